"""Documents whose truth is known, drawn at random, read back figure for figure.

Knows the forge and the way from a file to a disclosure. What the layouts look like is the forge's.
"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings

from pipelines.domain.disclosure import Disclosure, RejectionReason
from pipelines.normalising.disclosing import read_disclosure
from pipelines.recognising.wording import squash
from tests.forge.disclosure import FileFormat, ForgedDisclosure, forge_disclosure
from tests.forge.ledger import Ledger
from tests.forge.strategies import printable_pairs
from tests.forge.styles import HouseStyle
from tests.paths import REFERENCE_DIR

Key = tuple[str, str, str, str, str, str]


def printed_figures(forged: ForgedDisclosure) -> Counter[Key]:
    """What the forge printed."""
    return Counter(
        (f.form, f.section, f.row_code, squash(f.row_label), f.measure, f.amount_text)
        for f in forged.figures
    )


def read_figures(disclosure: Disclosure) -> Counter[Key]:
    """What was read."""
    return Counter(
        (f.form, f.section, f.row_code, squash(f.row_label), f.measure, f.amount.text)
        for f in disclosure.figures
    )


@pytest.mark.parametrize("file_format", FileFormat)
# Shrinking would forge and read hundreds of documents more; the failing style is printed anyway.
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(pair=printable_pairs())
def test_every_printed_figure_is_read_and_nothing_else(
    file_format: FileFormat, pair: tuple[Ledger, HouseStyle]
):
    """Recall and precision are 1.0 on any layout, and nothing is rejected.

    But for counts, which are no amounts: those among the 三公 expenses, and those of the table of
    assets that some styles print, a form that is in no catalogue entry.
    """
    ledger, style = pair
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"forged.{file_format}"
        forged = forge_disclosure(ledger, style, file_format, path)
        disclosure = read_disclosure(path, REFERENCE_DIR)
    printed, read = printed_figures(forged), read_figures(disclosure)
    note(f"missing: {list((printed - read).items())[:8]}")
    note(f"extra: {list((read - printed).items())[:8]}")
    assert read == printed
    rejected = {rejection.reason for rejection in disclosure.rejections}
    assert rejected <= {RejectionReason.UNKNOWN_FORM, RejectionReason.NOT_AN_AMOUNT}
    assert (RejectionReason.UNKNOWN_FORM in rejected) == style.has_asset_form
