"""The state of a warehouse: its files, its documents and how much is proven.

Knows staging and, where they are built, the marts. Does not know how any of it is shown.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from pipelines.domain.file_record import FileRecord
from pipelines.exploring.documents import DocumentState, list_documents
from pipelines.exploring.failing_tests import FailedTest, list_failed_tests
from pipelines.exploring.marts import have_marts, select_all, select_rows
from pipelines.exploring.wording_gaps import WordingGap, list_wording_gaps
from pipelines.warehouse.connection import has_relation
from pipelines.warehouse.file_records import recorded_files

TREND = """
    select
        built_at, document_count, figure_count, named_count, proven_count, disputed_count,
        number_count, accounted_count, prose_number_count, prose_clear_count, violation_count
    from staging.quality_history
    order by built_at desc
"""
REPAIRS = """
    select
        coalesce(sum(doubtful_count), 0) as doubtful_count,
        coalesce(sum(decided_count), 0) as decided_count,
        coalesce(sum(too_many_count), 0) as too_many_count
    from staging.repaired_documents
"""
TIERS = """
    select verdict, count(*) as check_count
    from marts.fct_identity_checks
    group by verdict
"""


@dataclass(frozen=True, slots=True)
class QualityRow:
    """How much a build of the marts proved; time in UTC."""

    built_at: datetime
    document_count: int
    figure_count: int
    named_count: int
    proven_count: int
    disputed_count: int
    number_count: int
    accounted_count: int
    prose_number_count: int
    prose_clear_count: int
    violation_count: int


@dataclass(frozen=True, slots=True)
class RepairCounts:
    """Numbers of pictures that were not read for certain.

    Attributes:
        decided_count: Those that the identities determine.
        too_many_count: Those that are left because too many of them hang together.
    """

    doubtful_count: int = 0
    decided_count: int = 0
    too_many_count: int = 0


@dataclass(frozen=True, slots=True)
class WarehouseStatus:
    """What a warehouse holds.

    Attributes:
        files: Every file of the latest run, by path.
        documents: Every document; none where the marts are not built.
        gaps: Titles, headers and labels that did not name what they stand over.
        tiers: How many identity checks ended in each tier, soft violations apart.
        trend: What the latest builds proved, newest first.
        has_marts: Whether the marts are built.
        repairs: What became of numbers that were not read for certain.
        failed_tests: The tests of the warehouse that found rows in what is built, but for the one
            that finds the documents in quarantine.
    """

    files: tuple[FileRecord, ...]
    documents: tuple[DocumentState, ...]
    gaps: tuple[WordingGap, ...]
    tiers: Counter[str]
    trend: tuple[QualityRow, ...]
    has_marts: bool
    repairs: RepairCounts = RepairCounts()
    failed_tests: tuple[FailedTest, ...] = ()

    @property
    def document_count(self) -> int:
        """Documents read, without blank templates."""
        return len(self.documents) - len(self.templates)

    @property
    def figure_count(self) -> int:
        """Numbers printed in the tables of all documents."""
        return sum(document.figure_count for document in self.documents)

    @property
    def named_count(self) -> int:
        """Figures of which is known what they measure."""
        return sum(document.named_count for document in self.documents)

    @property
    def proven_count(self) -> int:
        """Figures proven by identities."""
        return sum(document.proven_count for document in self.documents)

    @property
    def disputed_count(self) -> int:
        """Figures in an identity that fails."""
        return sum(document.disputed_count for document in self.documents)

    @property
    def number_count(self) -> int:
        """Numbers printed in all tables, and amounts outside of them."""
        return sum(document.number_count for document in self.documents)

    @property
    def accounted_count(self) -> int:
        """Those of them that are a figure, a code, a label or furniture."""
        return sum(document.accounted_count for document in self.documents)

    @property
    def prose_number_count(self) -> int:
        """Numbers of the prose that state a value."""
        return sum(document.prose_number_count for document in self.documents)

    @property
    def prose_clear_count(self) -> int:
        """Those of them that can be read in one way only."""
        return sum(document.prose_clear_count for document in self.documents)

    @property
    def prose_furniture_count(self) -> int:
        """Numbers of the prose that state no value: dates, ordinals and the like."""
        return sum(document.prose_furniture_count for document in self.documents)

    @property
    def picture_page_count(self) -> int:
        """Pages that are pictures: nobody knows what they print."""
        return sum(document.picture_page_count for document in self.documents)

    @property
    def cut_off_count(self) -> int:
        """Texts with a number beyond the edge of a page, which does not show them."""
        return sum(document.cut_off_count for document in self.documents)

    @property
    def table_count(self) -> int:
        """Tables printed in all documents."""
        return sum(document.table_count for document in self.documents)

    @property
    def unnamed_table_count(self) -> int:
        """Tables that print figures and have no form."""
        return sum(document.unnamed_table_count for document in self.documents)

    @property
    def quarantined(self) -> tuple[DocumentState, ...]:
        """Documents kept out of the facts."""
        return tuple(document for document in self.documents if document.is_quarantined)

    @property
    def unidentified(self) -> tuple[DocumentState, ...]:
        """Documents that do not say whose they are or of which year, and count in no fact."""
        return tuple(
            document
            for document in self.documents
            if not document.is_identified and not document.is_template
        )

    @property
    def templates(self) -> tuple[DocumentState, ...]:
        """Blank templates, which are nobody's disclosures and count in no fact."""
        return tuple(document for document in self.documents if document.is_template)

    @property
    def violation_count(self) -> int:
        """Contradictions in the documents that facts count."""
        return sum(document.violation_count for document in self.documents if document.is_counted)


def read_status(connection: duckdb.DuckDBPyConnection, build_count: int = 5) -> WarehouseStatus:
    """Take stock of a warehouse.

    Args:
        connection: A warehouse, with marts or without.
        build_count: How many of the latest builds to include.

    Raises:
        WarehouseOutdatedError: It was made by another version.
    """
    has_marts = have_marts(connection)
    files = recorded_files(connection)
    # First of all: a warehouse of another version is refused in words.
    gaps = tuple(list_wording_gaps(connection)) if has_marts else ()
    documents = tuple(list_documents(connection)) if has_marts else ()
    return WarehouseStatus(
        files=tuple(files[path] for path in sorted(files)),
        documents=documents,
        gaps=gaps,
        tiers=_tiers(connection) if has_marts else Counter(),
        trend=_trend(connection, build_count),
        has_marts=has_marts,
        repairs=select_all(connection, RepairCounts, REPAIRS)[0],
        failed_tests=_failed_tests(connection, documents) if has_marts else (),
    )


def _failed_tests(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[DocumentState]
) -> tuple[FailedTest, ...]:
    """The tests that found more than documents in quarantine."""
    quarantined = {document.document_id for document in documents if document.is_quarantined}
    failed = list_failed_tests(connection)
    return tuple(test for test in failed if not test.is_told_by(quarantined))


def _trend(connection: duckdb.DuckDBPyConnection, count: int) -> tuple[QualityRow, ...]:
    """The latest builds; none of a warehouse made before they were remembered."""
    if not has_relation(connection, "staging", "quality_history"):
        return ()
    return tuple(select_all(connection, QualityRow, TREND)[:count])


def _tiers(connection: duckdb.DuckDBPyConnection) -> Counter[str]:
    return Counter({row["verdict"]: row["check_count"] for row in select_rows(connection, TIERS)})
