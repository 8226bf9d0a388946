"""Printed text of Word files that was lost, and text that was read twice or not printed at all."""

import pytest

from tests.unit.reading.word_xml import line, paragraph, read_texts, run


def boxed(*blocks: str) -> str:
    return f"<w:r><w:pict><w:txbxContent>{''.join(blocks)}</w:txbxContent></w:pict></w:r>"


def test_a_text_box_of_a_deleted_revision_is_not_printed():
    assert read_texts(paragraph(f"<w:del>{boxed(line('删去'))}</w:del>", run("留下"))) == ["留下"]


def test_a_text_box_inside_a_text_box_is_read_once():
    inner = paragraph(run("外"), boxed(line("内")))
    assert read_texts(paragraph(boxed(inner))) == ["外", "内"]


@pytest.mark.parametrize(
    "inline",
    [
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>jùn</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>浚</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        '<w:dir w:val="ltr"><w:r><w:t>浚</w:t></w:r></w:dir>',
        '<w:bdo w:val="ltr"><w:r><w:t>浚</w:t></w:r></w:bdo>',
    ],
    ids=["ruby", "dir", "bdo"],
)
def test_text_with_a_pronunciation_or_a_direction_is_read(inline: str):
    assert read_texts(paragraph(inline, run("县水利局"))) == ["浚县水利局"]
