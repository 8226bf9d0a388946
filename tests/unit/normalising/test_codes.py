"""Classification codes come out joined, however they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.normalising.codes import join_code

PAIRS = st.integers(1, 99)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([], ""),
        (["208"], "208"),
        (["20805"], "20805"),
        (["2080505"], "2080505"),
        (["208", "05"], "20805"),
        (["208", "05", "05"], "2080505"),
        (["301", "2"], "30102"),
        (["208", "5", "5"], "2080505"),
    ],
)
def test_parts_are_joined(parts: list[str], code: str):
    assert join_code(parts) == code


@given(st.integers(201, 599), st.lists(PAIRS, max_size=2))
def test_a_code_is_the_same_in_one_cell_or_in_several(first: int, rest: list[int]):
    whole = str(first) + "".join(f"{part:02d}" for part in rest)
    assert join_code([whole]) == whole
    assert join_code([str(first), *(f"{part:02d}" for part in rest)]) == whole


@given(st.integers(201, 599), st.lists(PAIRS, max_size=2))
def test_a_lost_zero_comes_back(first: int, rest: list[int]):
    whole = str(first) + "".join(f"{part:02d}" for part in rest)
    assert join_code([str(first), *map(str, rest)]) == whole
