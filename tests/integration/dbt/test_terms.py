"""Each identity of the catalogue binds what it was read to bind, and nothing else.

Where one fails and the change is wanted: ``make readings``, and read the diff beside the formula.
"""

from collections.abc import Mapping, Sequence

import pytest

from tests.golden.equations import CELLS, evaluated, recorded
from tests.integration.dbt.term_documents import identities_with_terms


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Sequence[str]]:
    return evaluated(tmp_path_factory.mktemp("terms"))


@pytest.mark.parametrize("identity_id", identities_with_terms())
def test_an_identity_binds_what_it_bound(lines: Mapping[str, Sequence[str]], identity_id: str):
    assert lines[identity_id] == recorded()[identity_id]


def test_the_prose_states_the_cells_that_it_stated(lines: Mapping[str, Sequence[str]]):
    assert lines[CELLS] == recorded()[CELLS]


def test_every_identity_with_terms_is_recorded():
    assert sorted(recorded().keys() - {CELLS}) == identities_with_terms()


@pytest.mark.parametrize("identity_id", identities_with_terms())
def test_every_identity_is_evaluated_somewhere(identity_id: str):
    assert any(", violation" in line or ", exact" in line for line in recorded()[identity_id])
