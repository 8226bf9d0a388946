"""Results are put where they belong on a page, and nothing else of it changes."""

import pytest

from tests.browsing.page import MARKERS as EXPLORER
from tests.growth.markdown import PAGE, replaced
from tests.growth.page import MARKERS as GROWTH

MARKERS = "<!-- begin -->", "<!-- end -->"


def test_only_what_stands_between_the_markers_is_replaced():
    page = "before\n\n<!-- begin -->\nold\n<!-- end -->\n\nafter\n"
    once = replaced(page, MARKERS, "new")
    assert once == "before\n\n<!-- begin -->\n\nnew\n\n<!-- end -->\n\nafter\n"
    assert replaced(once, MARKERS, "new") == once


def test_a_page_without_markers_is_left_alone():
    with pytest.raises(ValueError, match="needs"):
        replaced("a page", MARKERS, "new")


@pytest.mark.parametrize("markers", [GROWTH, EXPLORER], ids=["growth", "explorer"])
def test_the_page_has_a_place_for_each_benchmark(markers):
    assert "new" in replaced(PAGE.read_text(encoding="utf-8"), markers, "new")
