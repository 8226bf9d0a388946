"""Every file is in one batch, and a file that takes down whoever reads it ends up alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.warehouse.executors.reading_batches import FILES_PER_BATCH, Batch, after_loss, cut
from pipelines.warehouse.executors.worker_processes import FILES_PER_WORKER


@given(count=st.integers(0, 500), places=st.integers(1, 9))
def test_each_file_is_in_one_batch_and_the_batches_are_bounded(count, places):
    batches = list(cut(range(count), places))
    assert [task for batch in batches for task in batch.tasks] == list(range(count))
    assert all(0 < len(batch.tasks) <= FILES_PER_BATCH for batch in batches)


def test_files_are_taken_as_batches_are():
    waiting = iter(range(1000))
    next(cut(waiting, places=2))
    assert next(waiting) == 2 * FILES_PER_BATCH


def test_a_worker_process_reads_a_batch_without_being_replaced():
    assert FILES_PER_BATCH < FILES_PER_WORKER


@pytest.mark.parametrize("culprit", range(7))
def test_a_file_that_takes_its_batch_down_is_the_only_one_given_up(culprit):
    waiting, read, given_up, losses = [Batch(tuple(range(7)))], [], [], 0
    while waiting:
        batch = waiting.pop()
        if culprit not in batch.tasks:
            read += batch.tasks
            continue
        losses += 1
        before = batch.tasks.index(culprit)
        read += batch.tasks[:before]
        left = batch.without(batch.tasks[:before])
        again = after_loss(left)
        waiting += again
        given_up += [] if again else left.tasks
    assert (sorted(read), given_up) == ([each for each in range(7) if each != culprit], [culprit])
    assert losses <= 4


def test_a_batch_without_what_was_read_keeps_the_order_of_the_rest():
    assert Batch((3, 1, 2), losses=1).without([1]) == Batch((3, 2), losses=1)
