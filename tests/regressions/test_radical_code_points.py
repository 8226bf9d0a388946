"""Fonts that map characters to look-alike radicals hid labels, titles and headers."""

import pytest

from pipelines.domain.amount import PrintedUnit
from pipelines.recognising.captions import entity_in, titled_forms, unit_in
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.wording import squash


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("部⻔", "部门"), ("公务用⻋购置费", "公务用车购置费"), ("⼈⺠政府", "人民政府")],
)
def test_radicals_read_as_the_characters_they_look_like(printed: str, meant: str):
    assert squash(printed) == meant


def test_captions_written_with_radicals_are_understood():
    catalogue = load_catalogue()
    (found,) = titled_forms("某局2023年度部⻔收⼊⽀出决算总表", catalogue)
    assert found.form == "income_expenditure_summary"
    assert entity_in("部⻔：某县⻄城管理局", catalogue) == "某县西城管理局"
    assert unit_in("⾦额单位：万元") is PrintedUnit.WAN_YUAN
