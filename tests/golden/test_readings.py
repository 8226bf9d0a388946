"""What is made of fixed documents has not changed unseen.

Where one fails and what is read now is as it should be: ``make readings``, and read the diff.
"""

import pytest

from tests.golden.readings import GROUPS, recorded

DOCUMENTS = [(group, name) for group, documents in GROUPS.items() for name in documents]


@pytest.mark.parametrize(("group", "name"), DOCUMENTS)
def test_a_document_is_read_as_it_was(group: str, name: str):
    assert GROUPS[group][name]() == recorded(group)[name]


@pytest.mark.parametrize("group", [group for group, documents in GROUPS.items() if documents])
def test_no_document_is_recorded_that_is_gone(group: str):
    assert list(recorded(group)) == list(GROUPS[group])
