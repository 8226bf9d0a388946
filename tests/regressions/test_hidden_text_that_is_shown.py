"""A PDF whose pages hold, hidden, the text of the page before filled the list of what was not used.

The text was lost nowhere, and what might have cost a number stood below it, in no order.
"""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from pipelines.domain.disclosure import RejectionReason
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.exploring.explanations import UnusedPrint
from pipelines.exploring.rendering.documents import show_unused
from pipelines.normalising.disclosing import hidden_texts
from tests.unit.recognising.grids import document

SHOWN = ("一、负责茶园的规划和", "监测。", "2、完成上级交办的其他任务。", "合计 12.50")


@pytest.mark.parametrize(
    ("hidden", "reason"),
    [
        ("规划和监测。", RejectionReason.HIDDEN_COPY),
        ("2、完成 上级交办的其他任务。", RejectionReason.HIDDEN_COPY),
        ("见。", RejectionReason.HIDDEN_TEXT),
        ("12.50", RejectionReason.HIDDEN_TEXT),
        ("另有说明", RejectionReason.HIDDEN_TEXT),
    ],
)
def test_hidden_text_is_harmless_only_where_the_file_shows_it(hidden, reason):
    printed = replace(document(*SHOWN), hidden_texts=(Paragraph(hidden, Place(page=2)),))
    assert [each.reason for each in hidden_texts(printed)] == [reason]


def test_what_the_edge_of_the_page_cuts_off_is_told_as_such():
    texts = tuple(Paragraph(text, Place(page=2)) for text in ("规划和监测。", "3.75万元"))
    cut = list(hidden_texts(replace(document(*SHOWN), cut_off_texts=texts)))
    assert [each.reason for each in cut] == [RejectionReason.HIDDEN_COPY, RejectionReason.CUT_OFF]
    assert all("beyond the edge of the page" in each.detail for each in cut)


def unused(reason: str, printed: str, page: int | None = None, path: str | None = None):
    return UnusedPrint(reason, "", printed, "", page, None, None, path)


def test_what_may_have_cost_a_number_is_first_by_place_and_the_harmless_is_summed_up():
    prints = [
        unused("hidden_copy", "甲", 4),
        unused("hidden_copy", "乙" * 60, 3),
        unused("ambiguous_cell", "2", None, "body/tr[10]"),
        unused("hidden_text", "丙", 1),
        unused("ambiguous_cell", "1", None, "body/tr[2]"),
        unused("watermark", "样", 2),
    ]
    console = Console(file=io.StringIO(), width=200)
    show_unused(console, sorted(prints, key=lambda each: each.rank))
    lines = console.file.getvalue().splitlines()[1:]
    assert [line.split()[0] for line in lines] == [
        "ambiguous_cell", "ambiguous_cell", "hidden_text", "1", "2",
    ]  # fmt: skip
    assert "tr[2]" in lines[0]
    assert lines[4].endswith(f"'{'乙' * 40}…'; pages 3, 4")
