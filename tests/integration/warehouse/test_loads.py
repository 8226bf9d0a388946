"""What a disclosure says is what staging holds, once."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.place import Place
from pipelines.warehouse.connection import open_for_writing
from pipelines.warehouse.loads import (
    DOCUMENT_TABLES,
    forget_document,
    loaded_documents,
    replace_document,
)
from pipelines.warehouse.rows import UnstorableValueError
from pipelines.warehouse.schema import WarehouseOutdatedError, apply_staging_schema
from tests.made_disclosures import CELL, made_claim, made_disclosure, made_figure, made_row


@pytest.fixture
def connection(tmp_path: Path):
    with open_for_writing(tmp_path / "w.duckdb") as opened:
        apply_staging_schema(opened)
        yield opened


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    return {
        table: len(connection.execute(f"select * from staging.{table}").fetchall())
        for table in DOCUMENT_TABLES
    }


def test_every_part_is_stored(connection):
    replace_document(connection, made_disclosure(rows=(made_row(0, "201", "合计"),)), "1")
    assert counts(connection) == dict.fromkeys(DOCUMENT_TABLES, 1)


def test_a_figure_is_stored_as_printed_with_its_place(connection):
    word = made_figure(row_index=1, row_code="", row_label="合计", text="1,234.50", place=CELL)
    replace_document(connection, made_disclosure(figures=(made_figure(), word)), "1")
    found = connection.execute(
        """
        select amount_text, amount_yuan, printed_unit, printed_scale, page, bbox_x1, cell_path
        from staging.figures order by row_index
        """
    ).fetchall()
    assert found == [
        ("12.30", Decimal("123000.000000"), "万元", 2, 3, 30.0, None),
        ("1,234.50", Decimal("12345000.000000"), "万元", 2, None, None, CELL.path),
    ]


def test_a_count_is_stored_without_money_and_without_a_form(connection):
    count = replace(made_figure(measure="", text="17"), unit=None)
    replace_document(connection, made_disclosure(figures=(count,)), "1")
    found = connection.execute(
        """
        select form, measure, resolved_by, amount_text, amount_yuan, printed_unit, title,
            header_path, row_path, column_index
        from staging.figures
        """
    ).fetchall()
    named = ("支出决算表", "本年支出合计", "行政运行", 2)
    assert found == [("", "", "", "17", None, "", *named)]


def test_a_claim_is_stored_in_typed_columns(connection):
    subclass = replace(
        made_claim(subject="general_budget.class.actual"),
        item_label="教育支出（类）普通教育（款）",
        section_path=("三、支出情况", "（一）教育支出"),
    )
    replace_document(connection, made_disclosure(claims=(subclass,)), "1")
    found = connection.execute(
        "select topic, item, role, lei, kuan, xiang, level, section, section_path "
        "from staging.claims"
    ).fetchone()
    subject = ("general_budget", "class", "actual")
    path = ("教育支出", "普通教育", "", "subclass")
    assert found == (*subject, *path, "（一）教育支出", ["三、支出情况", "（一）教育支出"])


def test_a_claim_is_stored_with_the_place_of_its_number(connection):
    in_pdf = replace(made_claim(), place=Place(page=4, bbox=(100.0, 50.0, 130.0, 62.0)))
    in_word = replace(made_claim(), place=Place(path="body/p[7]/r[2]"))
    replace_document(connection, made_disclosure(claims=(in_pdf, in_word)), "1")
    found = connection.execute(
        "select page, bbox_x0, bbox_top, bbox_x1, bbox_bottom, cell_path from staging.claims "
        "order by claim_index"
    ).fetchall()
    assert found == [
        (4, 100.0, 50.0, 130.0, 62.0, None),
        (None, None, None, None, None, "body/p[7]/r[2]"),
    ]


def test_loading_again_replaces_and_leaves_other_documents_alone(connection):
    replace_document(connection, made_disclosure("other"), "1")
    replace_document(connection, made_disclosure("this"), "1")
    shorter = made_disclosure("this", figures=(), claims=())
    replace_document(connection, shorter, "2")
    assert counts(connection)["documents"] == 2
    assert counts(connection)["figures"] == counts(connection)["claims"] == 1
    assert loaded_documents(connection) == {
        shorter.sha256: "2", made_disclosure("other").sha256: "1"
    }  # fmt: skip


def test_a_forgotten_document_leaves_nothing(connection):
    disclosure = made_disclosure()
    replace_document(connection, disclosure, "1")
    forget_document(connection, disclosure.document_id)
    assert counts(connection) == dict.fromkeys(DOCUMENT_TABLES, 0)


def test_a_load_that_fails_half_way_changes_nothing(connection):
    replace_document(connection, made_disclosure(), "1")
    before = counts(connection)
    impossible = replace(made_figure(), text="1E+20", value=Decimal("1E+20"), unit=PrintedUnit.YUAN)
    broken = made_disclosure(figures=(impossible,))
    with pytest.raises(UnstorableValueError):
        replace_document(connection, broken, "2")
    assert counts(connection) == before
    assert loaded_documents(connection) == {broken.sha256: "1"}


def test_a_warehouse_of_another_version_is_told_with_the_remedy(connection):
    connection.execute("alter table staging.figures drop column measure")
    with pytest.raises(WarehouseOutdatedError, match=r"staging\.figures.*juesuan run"):
        apply_staging_schema(connection)


def test_tables_of_a_database_that_is_attached_are_not_taken_for_ones_own(tmp_path):
    with open_for_writing(tmp_path / "other.duckdb") as connection:
        apply_staging_schema(connection)
    with open_for_writing(tmp_path / "own.duckdb") as connection:
        connection.execute(f"attach '{tmp_path / 'other.duckdb'}' as other (read_only)")
        apply_staging_schema(connection)
        assert connection.execute("select count(*) from own.staging.documents").fetchone() == (0,)
