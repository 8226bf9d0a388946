"""Documents whose truth is known, drawn at random, read back figure for figure.

Knows the forge and the way from a file to a disclosure. What the layouts look like is the forge's.
"""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings

from pipelines.domain.disclosure import Disclosure
from pipelines.normalising.disclosing import read_disclosure
from pipelines.recognising.wording import squash
from tests.forge.budget.ledger import BudgetLedger
from tests.forge.budget.strategies import printable_budgets
from tests.forge.budget.styles import BudgetStyle
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
    """What was read and is known to measure something."""
    return Counter(
        (f.form, f.section, f.row.row_code, squash(f.row.row_label), f.measure, f.text)
        for f in disclosure.figures
        if f.measure
    )


def unnamed_numbers(disclosure: Disclosure) -> Counter[str]:
    """What was read and of which nothing says what it measures."""
    return Counter(f.text for f in disclosure.figures if not f.measure)


# Shrinking would forge and read hundreds of documents more; the failing style is printed anyway.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


def read_back(book: Ledger | BudgetLedger, style: HouseStyle | BudgetStyle, kind: FileFormat):
    """Forge a document and read it: everything it prints, and nothing else.

    Its counts are no amounts: they are figures without a measure, as nothing else is.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"forged.{kind}"
        forged = forge_disclosure(book, style, kind, path)
        disclosure = read_disclosure(path, REFERENCE_DIR)
    printed, read = printed_figures(forged), read_figures(disclosure)
    note(f"missing: {list((printed - read).items())[:8]}")
    note(f"extra: {list((read - printed).items())[:8]}")
    assert read == printed
    assert unnamed_numbers(disclosure) == Counter(forged.counts)
    assert disclosure.rejections == ()
    assert disclosure.identification.kind is forged.kind


@pytest.mark.parametrize("kind", FileFormat)
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=PHASES,
)
@given(pair=printable_pairs())
def test_final_accounts_are_read_figure_for_figure(
    kind: FileFormat, pair: tuple[Ledger, HouseStyle]
):
    """Recall and precision are 1.0 on any layout of final accounts."""
    read_back(*pair, kind)


@pytest.mark.parametrize("kind", FileFormat)
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=PHASES,
)
@given(pair=printable_budgets())
def test_budgets_are_read_figure_for_figure(
    kind: FileFormat, pair: tuple[BudgetLedger, BudgetStyle]
):
    """Recall and precision are 1.0 on any layout of budgets."""
    read_back(*pair, kind)
