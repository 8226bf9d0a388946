"""Chooses what to visit in a warehouse: departments, regions, printed figures, words to look for.

Knows the marts that the documents describe. Does not know the pages.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
from pypinyin import Style, lazy_pinyin

from tests.growth.measuring import MeasuringError

# Shuffled, always in the same order; those with several years first, as they have most to show.
BODIES = """
    select body_id, body_name, scope
    from marts.dim_bodies
    where document_count > 0
    order by document_count > 1 desc, md5(body_id)
    limit $1
"""
# The division of each level that has most bodies below it.
REGIONS = """
    with regions as (
        select region_code, level, province_code, prefecture_code from marts.dim_regions
    ),

    bodies as (
        select regions.* from marts.dim_bodies inner join regions using (region_code)
    ),

    counted as (
        select regions.level, regions.region_code, count(*) as body_count
        from regions
        inner join bodies on regions.region_code in (
            bodies.region_code, bodies.prefecture_code, bodies.province_code
        )
        group by all
    )

    select arg_max(region_code, (body_count, region_code)) from counted group by level order by all
"""
# One figure of each PDF.
FIGURES = """
    select
        arg_min(figures.figure_id, md5(figures.figure_id)),
        documents.document_id,
        any_value(files.file_path)
    from marts.fct_disclosed_figures as figures
    inner join marts.dim_documents as documents using (document_id)
    inner join staging.files on documents.sha256 = files.sha256
    where documents.file_kind = 'pdf' and figures.page is not null
    group by documents.document_id
    order by md5(documents.document_id)
"""
CLAIMS = """
    select claim_id
    from marts.fct_narrative_claims
    where value_text <> ''
    order by md5(claim_id)
    limit $1
"""
IDENTITIES = """
    select identity_id
    from marts.fct_discrepancies
    group by identity_id
    order by count(*) desc, identity_id
    limit $1
"""


@dataclass(frozen=True, slots=True)
class Body:
    """A publishing body."""

    body_id: str
    body_name: str
    scope: str

    @property
    def part_of_name(self) -> str:
        """Its name without the first and the last character."""
        return self.body_name[1:-1]

    @property
    def initials(self) -> str:
        """The first letters of its name's pinyin."""
        return "".join(lazy_pinyin(self.body_name, style=Style.FIRST_LETTER))


@dataclass(frozen=True, slots=True)
class Subjects:
    """What is visited.

    Attributes:
        bodies: Publishing bodies.
        regions: Codes of a province, a prefecture and a county.
        figures: Ids of figures that are printed in PDFs that are there, each in another.
        documents: Ids of those PDFs.
        claims: Ids of statements.
        identities: Names of identities that fail most often.
    """

    bodies: tuple[Body, ...]
    regions: tuple[str, ...]
    figures: tuple[str, ...]
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    identities: tuple[str, ...]


def choose_subjects(warehouse: Path, raw_dir: Path, body_count: int, few: int) -> Subjects:
    """Choose so many bodies, and a few of everything else; always the same ones.

    Raises:
        MeasuringError: The warehouse holds too little.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        bodies = connection.execute(BODIES, [body_count]).fetchall()
        regions = connection.execute(REGIONS).fetchall()
        printed = connection.execute(FIGURES).fetchall()
        claims = connection.execute(CLAIMS, [few]).fetchall()
        identities = connection.execute(IDENTITIES, [few]).fetchall()
    there = [(figure, pdf) for figure, pdf, file in printed if (raw_dir / file).is_file()][:few]
    if not (bodies and regions and there):
        raise MeasuringError(
            f"the warehouse has {len(bodies)} bodies, {len(regions)} regions and {len(there)} PDFs "
            f"that are under {raw_dir}"
        )
    return Subjects(
        bodies=tuple(Body(*body) for body in bodies),
        regions=tuple(region for (region,) in regions),
        figures=tuple(figure for figure, _ in there),
        documents=tuple(pdf for _, pdf in there),
        claims=tuple(claim for (claim,) in claims),
        identities=tuple(identity for (identity,) in identities),
    )
