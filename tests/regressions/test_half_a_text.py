"""Text was read up to a comment or an entity, and codes up to a hyphen."""

import pytest

from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from tests.unit.normalising.drawn import collected, expenditure_table
from tests.unit.reading.word_xml import paragraph, read, read_texts


def test_a_number_with_an_entity_in_it_is_not_read_by_half():
    prolog = '<!DOCTYPE d [<!ENTITY point ".">]>'
    with pytest.raises(UnreadableFileError) as refused:
        read(paragraph("<w:r><w:t>12&point;34</w:t></w:r>"), prolog=prolog)
    assert refused.value.reason is UnreadableReason.DAMAGED


def test_a_number_with_a_comment_in_it_is_read_whole():
    assert read_texts(paragraph("<w:r><w:t>12<!-- x -->.34</w:t></w:r>")) == ["12.34"]


def test_a_code_with_hyphens_is_one_code():
    contents = collected(
        "支出决算表", "单位：万元", expenditure_table("208-05-05 | 养老 | 1.00 | 1.00 | .")
    )
    assert [(row.row_code, row.row_label) for row in contents.rows] == [("2080505", "养老")]
