"""三公经费支出情况表 was a form of the final accounts in a budget too."""

import pytest

from pipelines.domain.document import Document
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.forms import recognise_forms
from tests.unit.recognising.grids import document, grid

TABLE = grid("合计 | 公务接待费\n3.00 | 3.00")


def written(*above: str) -> Document:
    return document(*above, "“三公”经费支出情况表", "单位：万元", TABLE)


@pytest.mark.parametrize(
    ("above", "form", "measure"),
    [
        ("财政拨款收支总表", "budget_three_public", "total"),
        ("支出决算表", "three_public", "actual_total"),
    ],
)
def test_the_documents_other_titles_tell_which_form_it_is(above: str, form: str, measure: str):
    (found,) = recognise_forms(written(above), load_catalogue()).forms
    assert found.spec.form == form
    assert found.header is not None
    assert found.header.measures[0] == measure
