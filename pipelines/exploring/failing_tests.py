"""The tests of the warehouse that the latest build failed: what each holds it to, what it found.

Knows which tests there are, what to do about each and where its rows are kept. Does not know how
any of it is shown, nor who acknowledged what.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.domain.messages import marked, say
from pipelines.exploring.marts import select_rows
from pipelines.warehouse.builds import TestFinding, failed_tests
from pipelines.warehouse.connection import has_relation

# Where dbt keeps the rows that tests found, one table a test.
AUDIT = "audit"
EXAMPLE_COUNT = 3
# Characters of a sentence shown on either side of the number that it is about.
AROUND = 24
# Columns of a row that are told before the others.
_TOLD_APART = frozenset({"document_id", "file_name"})
QUARANTINE_TEST = "assert_no_violation_is_left_unconfirmed"

_REPORT = marked(
    "a mistake of juesuan and not of the documents: report it with these lines; until it is "
    "mended, 'juesuan acknowledge {name}' says that it is known"
)
_MEND = marked(
    "mend the seeds of the dbt project that you changed; where you changed none, report it"
)
HELD_TO: dict[str, str] = {
    "assert_a_side_without_print_is_null": marked(
        "a side of a check is 0 only where something is printed of it"
    ),
    "assert_every_dimension_keeps_its_grain": marked(
        "there is one row for each body, disclosure, region, code and identity; sums may count "
        "amounts twice"
    ),
    "assert_every_document_answers_for_every_identity": marked(
        "each document says of each identity how it ended, or why it could not be evaluated"
    ),
    "assert_every_fact_is_of_a_known_body": marked(
        "each fact is of a body that dim_bodies lists, in its scope; sums may lack amounts"
    ),
    "assert_every_fact_leads_back_to_a_place": marked(
        "each fact leads to the place in a document where it is printed"
    ),
    "assert_every_form_is_in_the_catalogue": marked(
        "each form that tables bear is in the catalogue of forms, and one document gives it to one "
        "table"
    ),
    "assert_every_mart_keeps_its_grain": marked(
        "a mart has one row for each thing that it says it has; sums may count amounts twice"
    ),
    "assert_every_number_of_prose_is_accounted_for": marked(
        "each number of the prose is in a statement, or is set aside with its kind; these are in "
        "neither, or in both"
    ),
    "assert_every_value_has_a_label": marked("each canonical name has a Chinese and English label"),
    "assert_facts_count_each_disclosure_once": marked(
        "facts count one document for a body, year and kind, and none that is in quarantine"
    ),
    "assert_furniture_of_prose_is_of_a_named_kind": marked(
        "a number of the prose is set aside for a reason that docs/claims.md lists"
    ),
    "assert_identity_catalogue_is_well_formed": marked(
        "each line of the catalogue of identities can be evaluated as it is written"
    ),
    "assert_no_cell_has_two_sources": marked(
        "an amount comes from a form or from one sentence; sums may count it twice"
    ),
    "assert_no_culprit_is_proven": marked(
        "nothing is proven that is named as what is wrong in its document"
    ),
    "assert_no_document_contradicts_itself": marked("no document contradicts itself"),
    "assert_no_figure_is_lost_or_added": marked(
        "the marts hold each number that was read, and no other, as it is printed"
    ),
    QUARANTINE_TEST: marked("what fails an identity was read twice, and alike"),
    "assert_what_adds_up_counts_once": marked(
        "no disclosure adds up beside another one that holds it; sums may count amounts twice"
    ),
}
MENDED_IN_SEEDS = frozenset(
    {
        "assert_every_form_is_in_the_catalogue",
        "assert_every_value_has_a_label",
        "assert_identity_catalogue_is_well_formed",
    }
)


@dataclass(frozen=True, slots=True)
class FailedTest:
    """A test of the warehouse that found rows.

    Attributes:
        name: Its name in the dbt project.
        row_count: How many rows it found.
        document_ids: The documents that its rows are of, the one of most rows first; none where
            its rows are of no document, or were not kept.
        file_names: The files of these documents.
        examples: A few of its rows, each in a line.
    """

    name: str
    row_count: int
    document_ids: tuple[str, ...] = ()
    file_names: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    def is_told_by(self, quarantined: Collection[str]) -> bool:
        """Whether all that it found are documents in quarantine, which are wrong one by one.

        Args:
            quarantined: The ids of those documents.
        """
        found = set(self.document_ids)
        return self.name == QUARANTINE_TEST and bool(found) and found <= set(quarantined)

    @property
    def held_to(self) -> str:
        """What must hold and does not."""
        if self.name in HELD_TO:
            return say(HELD_TO[self.name])
        return say("a rule of the dbt project; {name}.sql says which", name=self.name)

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return say(_MEND) if self.name in MENDED_IN_SEEDS else say(_REPORT, name=self.name)


def list_failed_tests(connection: duckdb.DuckDBPyConnection) -> tuple[FailedTest, ...]:
    """The tests that the latest build failed, as it named them; none before the first build."""
    return tuple(_with_rows(connection, each) for each in failed_tests(connection))


def _with_rows(connection: duckdb.DuckDBPyConnection, finding: TestFinding) -> FailedTest:
    if not has_relation(connection, AUDIT, finding.name):
        return FailedTest(finding.name, finding.row_count)
    rows = select_rows(connection, f'from {AUDIT}."{finding.name}" order by all')
    files = _files(connection)
    counted = Counter(str(row["document_id"]) for row in rows if row.get("document_id"))
    document_ids = tuple(document for document, _ in counted.most_common())
    return FailedTest(
        finding.name,
        finding.row_count,
        document_ids,
        tuple(files.get(each, each) for each in document_ids),
        tuple(dict.fromkeys(_example(row, files) for row in rows))[:EXAMPLE_COUNT],
    )


def _files(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The file of each document by its id."""
    rows = select_rows(connection, "select document_id, file_name from marts.dim_documents")
    return {row["document_id"]: row["file_name"] for row in rows}


def _example(row: dict[str, Any], files: dict[str, str]) -> str:
    """A row in a line: the file, then the sentence that it is of, or all its other values."""
    document_id = str(row.get("document_id") or "")
    if row.get("paragraph_text"):
        printed = _sentence(row["paragraph_text"], row["text_begin"], row["number_text"])
    else:
        told = {name: value for name, value in row.items() if name not in _TOLD_APART}
        printed = ", ".join(f"{name} {value}" for name, value in told.items() if value is not None)
    file_name = files.get(document_id, document_id)
    return say("{file}: {printed}", file=file_name, printed=printed) if file_name else printed


def _sentence(text: str, begin: int, number: str) -> str:
    """A number with the words around it.

    Examples:
        >>> _sentence("推行“131”监管模式。", 3, "131")
        '131 in “推行“131”监管模式。”'
    """
    end = begin + len(number)
    before = ("…" if begin > AROUND else "") + text[max(0, begin - AROUND) : begin]
    after = text[end : end + AROUND] + ("…" if len(text) > end + AROUND else "")
    return say("{number} in “{words}”", number=number, words=f"{before}{number}{after}")
