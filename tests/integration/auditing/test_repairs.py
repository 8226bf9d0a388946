"""Numbers that were not read for certain are what their identities determine, in a build.

Invented documents of which some numbers are in doubt, with what was read of them beside.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.running.building import build
from pipelines.settings import Settings
from pipelines.warehouse.builds import BuildOutcome
from pipelines.warehouse.transforming import DbtProject, NodeResults, Transformation
from tests.executors import ONE_PROCESS
from tests.integration.dbt.built import amounts
from tests.integration.dbt.staged import Disclosed, Form, Row, stage
from tests.made_settings import made_settings

Query = Callable[..., list[tuple]]
WAN = Decimal(10_000)


def expenditure(number: str, total: str, leaf: str) -> Disclosed:
    """Rows that add up by code and by column; the total and one leaf as given."""
    # So many that it can be no luck that all of them add up to the last digit.
    many = ("2010301", "2010302", "2010303", "2010304", "2010305", "2010306", "2010308", "2010309")
    rows = (
        Row("201", "一般公共服务支出", "", amounts("24.00", "8.00", "16.00")),
        Row("20103", "政府办公厅（室）及相关机构事务", "", amounts("24.00", "8.00", "16.00")),
        *(Row(code, f"事务{code}", "", amounts("3.00", "1.00", "2.00")) for code in many),
        Row("208", "社会保障和就业支出", "", amounts("300.00", "200.00", "100.00")),
        Row("20805", "行政事业单位养老支出", "", amounts("300.00", "200.00", "100.00")),
        Row("2080501", "行政单位离退休", "", amounts(leaf, "180.00", "70.00")),
        Row("2080502", "事业单位离退休", "", amounts("50.00", "20.00", "30.00")),
        Row("210", "卫生健康支出", "", amounts("54.70", "54.70", "")),
        Row("21011", "行政事业单位医疗", "", amounts("54.70", "54.70", "")),
        Row("2101102", "事业单位医疗", "", amounts("54.70", "54.70", "")),
        Row("", "合计", "total", amounts(total, "262.70", "116.00")),
    )
    return Disclosed(
        f"{number}0000000000000e1",
        (Form("budget_expenditure", rows),),
        f"虚构县第{number}局",
        kind="budget",
    )


MISREAD = expenditure("1", "371.70?", "250.00")
CONFIRMED = expenditure("2", "378.70?", "250.00")
TWO_AT_ONCE = expenditure("3", "371.70?", "280.00?")
HOPELESS = expenditure("4", "999.99?", "250.00")
SOUND = expenditure("5", "378.70", "250.00")
READINGS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    MISREAD.document_id: {"total": ("371.70", "37170", "378.70")},
    CONFIRMED.document_id: {"total": ("378.70", "371.70")},
    TWO_AT_ONCE.document_id: {"total": ("371.70", "378.70"), "leaf": ("280.00", "250.00")},
    HOPELESS.document_id: {"total": ("999.99", "888.88")},
}
WAYS = """
    insert into staging.cell_readings by name
    select
        document_id, 0 as cell_index, figure_id, true as is_doubtful, $rank as rank,
        $text as reading_text, $text as amount_text, $yuan as amount_yuan,
        0.9 - $rank / 10 as confidence, 'made' as recogniser
    from staging.figures
    where
        document_id = $document and is_doubtful
        and (line = 'total') = ($which = 'total')
"""


def stage_readings(warehouse: Path, readings: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        for document, cells in readings.items():
            for which, texts in cells.items():
                for rank, text in enumerate(texts, start=1):
                    connection.execute(
                        WAYS,
                        {
                            "document": document,
                            "which": which,
                            "rank": rank,
                            "text": text,
                            "yuan": Decimal(text) * WAN,
                        },
                    )


@dataclass(frozen=True, slots=True)
class Built:
    """A warehouse with repaired figures.

    Attributes:
        once_more: How often checks were built once more for it.
        again: A second build, of nothing new.
    """

    warehouse: Path
    settings: Settings
    first: Transformation
    once_more: int
    again: Transformation


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("repaired")
    warehouse = folder / "w.duckdb"
    stage(warehouse, (MISREAD, CONFIRMED, TWO_AT_ONCE, HOPELESS, SOUND))
    stage_readings(warehouse, READINGS)
    settings = replace(made_settings(), warehouse=warehouse, raw_dir=folder / "raw")
    counted = 0
    with pytest.MonkeyPatch.context() as patched:
        build_checks_again = DbtProject.build_checks_again

        def count(project: DbtProject, database: Path) -> NodeResults:
            nonlocal counted
            counted += 1
            return build_checks_again(project, database)

        patched.setattr(DbtProject, "build_checks_again", count)
        first, _ = build(warehouse, settings, ONE_PROCESS, on_progress=lambda _: None)
    again, _ = build(warehouse, settings, ONE_PROCESS, on_progress=lambda _: None)
    return Built(warehouse, settings, first, counted, again)


@pytest.fixture(scope="module")
def query(built: Built) -> Iterator[Query]:
    with duckdb.connect(str(built.warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, list(values)).fetchall()


def total_of(query: Query, document: Disclosed, *columns: str) -> tuple[object, ...]:
    (row,) = query(
        f"select {', '.join(columns)} from marts.fct_disclosed_figures "
        "where document_id = ? and line = 'total' and measure = 'total'",
        document.document_id,
    )
    return row


def test_a_misread_total_is_what_its_parts_add_up_to(built, query):
    assert built.first.summary.outcome is BuildOutcome.BUILT
    assert total_of(
        *(query, MISREAD),
        *("amount_text", "amount_yuan", "reading_text", "is_repaired", "is_doubtful", "status"),
    ) == ("378.70", Decimal("3787000.000000"), "371.70", True, False, "proven")


def test_what_was_read_stays_as_it_was_read(query):
    assert query(
        "select amount_text, amount_yuan, is_doubtful from staging.figures "
        "where document_id = ? and line = 'total' and measure = 'total'",
        MISREAD.document_id,
    ) == [("371.70", None, True)]


def test_a_repair_says_what_decided_it(query):
    ((reading, text, candidates, deciding),) = query(
        "select reading_text, amount_text, candidates, deciding_check_ids "
        "from staging.cell_repairs where document_id = ?",
        MISREAD.document_id,
    )
    assert (reading, text, candidates) == ("371.70", "378.70", ["371.70", "37170", "378.70"])
    held = query(
        "select check_id from marts.fct_identity_checks where document_id = ? and is_held",
        MISREAD.document_id,
    )
    assert deciding
    assert {(check,) for check in deciding} <= set(held)


def test_a_reading_that_is_right_is_confirmed(query):
    assert total_of(query, CONFIRMED, "amount_text", "is_repaired", "status") == (
        *("378.70", True, "proven"),
    )


def test_several_are_repaired_at_once(query):
    assert query(
        "select amount_text, is_repaired, status from marts.fct_disclosed_figures "
        "where document_id = ? and reading_text <> '' order by amount_text",
        TWO_AT_ONCE.document_id,
    ) == [("250.00", True, "proven"), ("378.70", True, "proven")]


def test_what_nothing_bears_out_stays_in_doubt(query):
    assert total_of(
        query, HOPELESS, "amount_text", "amount_yuan", "is_repaired", "is_doubtful", "status"
    ) == ("999.99", None, False, True, "unchecked")


def test_documents_without_doubt_are_not_decided_about(query):
    assert query(
        "select document_id, doubtful_count, decided_count from staging.repaired_documents "
        "order by document_id"
    ) == [
        (MISREAD.document_id, 1, 1),
        (CONFIRMED.document_id, 1, 1),
        (TWO_AT_ONCE.document_id, 2, 2),
        (HOPELESS.document_id, 1, 0),
    ]


def test_checks_are_built_once_more_and_nothing_is_built_again(built):
    assert built.once_more == 1
    assert not built.again.was_needed


def test_no_figure_but_those_in_doubt_is_repaired(query):
    assert (
        query(
            "select distinct document_id from marts.fct_disclosed_figures where is_repaired "
            "except select document_id from staging.figures where is_doubtful"
        )
        == []
    )


def test_other_code_decides_anew(built, tmp_path):
    copied = tmp_path / "w.duckdb"
    copied.write_bytes(built.warehouse.read_bytes())
    with duckdb.connect(str(copied)) as connection:
        connection.execute("update staging.repaired_documents set state = 'of earlier code'")
        connection.execute("delete from staging.cell_repairs")
    settings = replace(built.settings, warehouse=copied)
    transformation, _ = build(copied, settings, ONE_PROCESS, on_progress=lambda _: None)
    assert transformation.was_needed
    assert transformation.document_count == len(READINGS)
    with duckdb.connect(str(copied), read_only=True) as connection:
        counted = connection.execute("select count(*) from staging.cell_repairs").fetchone()
    assert counted == (4,)
