"""What becomes of cells that were read in pictures, and not for certain."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.domain.disclosure import Disclosure
from pipelines.domain.document import CellReading, Table
from pipelines.normalising.disclosing import disclose
from tests.paths import REFERENCE_DIR
from tests.unit.normalising.drawn import document, expenditure_table

BODY = """合计 | < | 100.00 | 60.00 | 40.00
        2010301 | 行政运行 | 100.00 | 60.00 | 40.00"""
READINGS = (
    CellReading("60.0O", "60.00", 0.7, "one"),
    CellReading("80.00", "80.00", 0.6, "other"),
)


def recognised(*doubtful: str) -> Disclosure:
    """The expenditure form as read in a picture, the cells of some texts in doubt."""
    table = expenditure_table(BODY)
    cells = tuple(
        replace(cell, readings=READINGS, is_doubtful=cell.text in doubtful)
        if cell.text in doubtful
        else replace(cell, readings=(CellReading(cell.text, cell.text, 1.0, "one"),))
        for cell in table.cells
    )
    shown: Table = replace(table, cells=cells)
    return disclose(document("支出决算表", "单位：万元", shown), REFERENCE_DIR)


def test_a_number_in_doubt_is_a_figure_without_an_amount():
    figures = [it for it in recognised("60.00").figures if it.text == "60.00"]
    assert [(it.is_doubtful, it.reading, it.yuan) for it in figures] == [(True, "60.0O", None)] * 2
    assert {it.measure for it in figures} == {"basic"}


def test_others_are_figures_as_ever_with_what_was_read():
    figures = [it for it in recognised("60.00").figures if it.text == "40.00"]
    assert [(it.is_doubtful, it.reading, it.yuan) for it in figures] == [
        (False, "40.00", Decimal("400000.00"))
    ] * 2


def test_all_readings_are_kept_with_their_amounts_and_the_figure():
    disclosure = recognised("60.00")
    cell = next(it for it in disclosure.recognised_cells if it.is_doubtful)
    assert cell.figure_index is not None
    assert disclosure.figures[cell.figure_index].text == "60.00"
    assert [(it.raw, it.yuan, it.confidence) for it in cell.candidates] == [
        ("60.0O", Decimal("600000.00"), 0.7),
        ("80.00", Decimal("800000.00"), 0.6),
    ]
    words = [it for it in disclosure.recognised_cells if it.candidates[0].raw == "行政运行"]
    assert [(it.figure_index, it.candidates[0].yuan) for it in words] == [(None, None)]


@pytest.mark.parametrize("doubtful", [(), ("2010301",)], ids=["certain", "in doubt"])
def test_a_code_in_doubt_names_no_row(doubtful: tuple[str, ...]):
    figures = [it for it in recognised(*doubtful).figures if it.row.row_label == "行政运行"]
    assert len(figures) == 3
    assert all((it.measure == "") is bool(doubtful) for it in figures)
