"""Folding makes ， and ； half-width; patterns that looked for the full ones never saw a clause."""

import pytest

from pipelines.recognising.captions import looks_like_form_title, read_captions
from pipelines.recognising.catalogue import load_catalogue
from tests.unit.normalising.printed import identified
from tests.unit.recognising.test_captions import lines


def test_a_clause_of_comparison_is_no_heading():
    clause = "比2021年度决算、2022年度决算、2022年决算均有增加，"
    assert identified("某县水利局2023年度部门决算", clause, clause).fiscal_year == 2023


def test_a_clause_names_no_body():
    assert identified("按照要求，某县水利局概况").department_name == ""


def test_a_clause_between_title_and_table_makes_the_title_a_mention():
    captions = read_captions(lines("收入决算表", "见附表；另有说明"), load_catalogue())
    assert captions.forms == ()


@pytest.mark.parametrize("text", ["详见附件，收入决算表", "另附；收入决算表"])
def test_a_clause_is_no_title(text: str):
    assert not looks_like_form_title(text)
