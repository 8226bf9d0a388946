"""Nasty files: every value that is printed is read, and what has no single reading is reported.

Knows what a reader owes each hostile document. Does not know how any of them is made.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.domain.disclosure import Disclosure, RejectionReason
from pipelines.normalising.disclosing import read_disclosure
from pipelines.reading.errors import UnreadableFileError
from pipelines.recognising.wording import squash
from tests.forge.hostile import HOSTILE, Duty, HostileDocument
from tests.paths import REFERENCE_DIR

Values = dict[tuple[str, str, str], Decimal]


def values_of(disclosure: Disclosure) -> Values:
    """The figures of which it is known what they measure, by code, label and measure."""
    return {
        (figure.row.row_code, squash(figure.row.row_label), figure.measure): figure.value
        for figure in disclosure.figures
        if figure.measure
    }


def expected(values: Mapping[tuple[str, str, str], Decimal]) -> Values:
    """The truth, its labels folded like those read."""
    return {
        (code, squash(label), measure): value for (code, label, measure), value in values.items()
    }


def reported(disclosure: Disclosure) -> list[str]:
    """What was printed and could not be used, and numbers of which nothing says what they are.

    Texts that are hidden or cut off are not among them: nobody printed those.
    """
    return [
        *(
            squash(rejection.printed)
            for rejection in disclosure.rejections
            if rejection.reason not in (RejectionReason.HIDDEN_TEXT, RejectionReason.CUT_OFF)
        ),
        *(squash(figure.text) for figure in disclosure.figures if not figure.measure),
    ]


def read_or_refuse(document: HostileDocument) -> Disclosure | None:
    """Read a document; None where the whole file is refused with a reason."""
    try:
        return read_disclosure(document.path, REFERENCE_DIR)
    except UnreadableFileError:
        return None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_read_rightly_or_reported(name: str, tmp_path: Path):
    document = HOSTILE[name](tmp_path)
    disclosure = read_or_refuse(document)
    truth = expected(document.values)
    if disclosure is None:
        assert document.duty is Duty.EITHER
        return
    read = values_of(disclosure)
    assert {key: value for key, value in read.items() if truth.get(key) != value} == {}
    refused = [squash(text) for text in document.refused]
    if document.duty is Duty.READ:
        assert (read, reported(disclosure)) == (truth, [])
    elif document.duty is Duty.REPORT:
        assert (read, sorted(reported(disclosure))) == (truth, sorted(refused))
    else:
        assert len(truth) - len(read) <= len(reported(disclosure))
