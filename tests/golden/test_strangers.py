"""What people wrote who had not read the grammar is read no worse than it was."""

import pytest

from tests.golden.strangers import Verdict, batches, judge_batch

# Of each batch: per cent read right, per cent of the clear claims that are, and how many are lost.
FLOORS = {
    "1": (97.5, 99.2, 4),
    "2": (90.0, 95.5, 6),
    "3": (95.0, 96.9, 4),
    "4": (94.9, 95.4, 4),
    "5": (94.5, 97.3, 2),
}


def test_every_batch_has_its_floor():
    assert batches() == sorted(FLOORS)


@pytest.mark.parametrize("batch", FLOORS)
def test_strangers_are_understood(batch: str):
    tally, judged = judge_batch(batch)
    right, precision, lost = FLOORS[batch]
    wrong = [each for each in judged if each.verdict in (Verdict.WRONG, Verdict.LOST)]
    assert tally.right >= right, wrong
    assert tally.precision >= precision, wrong
    assert tally.verdicts[Verdict.LOST] <= lost, wrong
