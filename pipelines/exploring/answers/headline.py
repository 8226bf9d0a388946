"""What a warehouse holds, in a few numbers.

Knows ``marts.dim_documents`` and ``marts.fct_document_quality``. Numbers are counts, never shares.
"""

from dataclasses import dataclass

import duckdb

from pipelines.exploring.marts import select_all

HEADLINE = """
    select
        count(*) filter (where not documents.is_template) as document_count,
        count(*) filter (where documents.is_template) as template_count,
        count(*) filter (where not documents.is_identified and not documents.is_template)
            as unidentified_count,
        count(*) filter (where documents.is_quarantined) as quarantined_count,
        count(distinct documents.body_id) as body_count,
        count(distinct documents.region_code) as region_count,
        min(documents.fiscal_year) as first_year,
        max(documents.fiscal_year) as last_year,
        cast(coalesce(sum(quality.number_count), 0) as bigint) as number_count,
        cast(coalesce(sum(quality.accounted_count), 0) as bigint) as accounted_count,
        cast(coalesce(sum(quality.figure_count), 0) as bigint) as figure_count,
        cast(coalesce(sum(quality.named_count), 0) as bigint) as named_count,
        cast(coalesce(sum(quality.proven_count), 0) as bigint) as proven_count,
        cast(coalesce(sum(quality.disputed_count), 0) as bigint) as disputed_count,
        cast(coalesce(sum(quality.unchecked_count), 0) as bigint) as unchecked_count,
        cast(
            coalesce(sum(quality.violation_count) filter (where documents.is_counted), 0) as bigint
        ) as violation_count
    from marts.dim_documents as documents
    inner join marts.fct_document_quality as quality
        on documents.document_id = quality.document_id
"""


@dataclass(frozen=True, slots=True)
class Headline:
    """A whole warehouse, counted.

    Attributes:
        document_count: Documents read, without blank templates.
        template_count: Blank templates, which are nobody's.
        unidentified_count: Those that do not say whose they are or of which year.
        quarantined_count: Those that facts leave out until a second reading agrees.
        body_count: Departments and units that published them.
        region_count: Regions of these.
        first_year: Earliest fiscal year, None where no document says one.
        last_year: Latest fiscal year, likewise.
        number_count: Numbers printed.
        accounted_count: Those that are a figure, a code, a label or furniture.
        figure_count: Numbers printed in tables that measure something.
        named_count: Those of which is known what they measure.
        proven_count: Figures proven by identities.
        disputed_count: Figures in an identity that fails.
        unchecked_count: Figures in no identity that could be evaluated.
        violation_count: Contradictions in the documents that facts count.
    """

    document_count: int
    template_count: int
    unidentified_count: int
    quarantined_count: int
    body_count: int
    region_count: int
    first_year: int | None
    last_year: int | None
    number_count: int
    accounted_count: int
    figure_count: int
    named_count: int
    proven_count: int
    disputed_count: int
    unchecked_count: int
    violation_count: int

    @property
    def unnamed_count(self) -> int:
        """Figures of which nobody knows what they measure."""
        return self.figure_count - self.named_count


def read_headline(connection: duckdb.DuckDBPyConnection) -> Headline:
    """Count a warehouse with marts."""
    (headline,) = select_all(connection, Headline, HEADLINE)
    return headline
