"""Refusals cross from a worker process to its parent unharmed."""

import pickle

import pytest

from pipelines.reading.errors import UnreadableFileError, UnreadableReason


@pytest.mark.parametrize("reason", UnreadableReason)
def test_a_refusal_survives_pickling(reason: UnreadableReason):
    error = UnreadableFileError(reason, "it is broken; fetch it again")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert isinstance(copy, UnreadableFileError)
    assert (copy.reason, copy.explanation, str(copy)) == (reason, error.explanation, str(error))
