"""How departments fill workbooks: every difference between them as a parameter.

Knows number formats and what they show. Does not know where cells stand.
"""

import random
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tests.forge.workbook import GENERAL


class SheetNames(StrEnum):
    """How the sheets of forms are called."""

    NUMBERED = "{number}.{title}"
    SHORT = "{title}"
    SYSTEM = "Z{number:02}"
    SYSTEM_AND_TITLE = "Z{number:02} {title}"
    PUBLISHED = "公开{number:02}表"
    PROGRAM = "Sheet{number}"


class FormSheets(StrEnum):
    """How forms are spread over sheets."""

    ONE_EACH = "a sheet a form"
    STACKED = "some forms below each other on each sheet"
    SIDE_BY_SIDE = "two forms beside each other on each sheet"


class ColumnHiding(StrEnum):
    """Why nobody sees the numbers of a helper column."""

    HIDDEN = "the column is hidden"
    WHITE = "they are white on white"
    FORMAT = ";;;"


class AmountCells(StrEnum):
    """What the cells of amounts hold."""

    NUMBERS = "numbers"
    TEXTS = "texts"
    FORMULAS = "numbers and formulas"
    MIXED = "numbers, formulas and texts"


class Mask(StrEnum):
    """Number formats; ``n`` is the format of the digits, such as ``#,##0.00``."""

    PLAIN = "n"
    PADDED = "n_ "
    BRACKETS = "n_);(n)"
    RED_BRACKETS = "n_);[Red]\\(n\\)"
    RED_MINUS = "n_ ;[Red]\\-n\\ "
    ACCOUNTING = '_ * n_ ;_ * \\-n_ ;_ * "-"??_ ;_ @_ '


NEGATIVES_IN_BRACKETS = frozenset({Mask.BRACKETS, Mask.RED_BRACKETS})
ZEROS_AS_DASHES = frozenset({Mask.ACCOUNTING})


class BlankCells(StrEnum):
    """What a cell holds that shows nothing."""

    EMPTY = "nothing"
    ZERO_SECTION = "n;\\-n;"
    ZERO_CONDITION = '[=0]"";n'
    ZERO_SHEET = "a zero, on a sheet that shows no zeros"


DASHED_ZERO = 'n;\\-n;"-"'
LONGEST_GENERAL = 10
"""Characters of a number beyond which a cell without a format may round it."""


@dataclass(frozen=True, slots=True)
class WorkbookHabits:
    """A department's way of filling workbooks. Nothing of it changes what is shown.

    Attributes:
        seed: What further choices, from cell to cell, are drawn from.
        has_numeric_codes: Whether codes, line and column numbers are numbers, not texts.
        keeps_digits: Whether amounts are held with more digits than are shown.
        indents_by_format: Whether names are indented by the cell's format, not by spaces.
        has_spacers: Whether narrow empty columns and empty rows part what belongs together.
        hides_columns: Whether there is a helper column with other numbers that nobody sees.
        column_hiding: Why nobody sees them.
        hides_rows: Whether rows with other numbers are hidden; not beside another form.
        hides_sheets: Whether a sheet with last year's numbers is hidden.
        has_rich_titles: Whether titles are set in several fonts.
        merges_captions: Whether number and unit take several merged cells at the right.
        centres_across: Whether texts over several columns stand in cells that are not merged.
        has_far_cells: Whether a blank cell far below the first form was formatted.
        is_narrated: Whether cover and prose have sheets, too.
    """

    seed: int = 0
    sheet_names: SheetNames = SheetNames.NUMBERED
    form_sheets: FormSheets = FormSheets.ONE_EACH
    amounts: AmountCells = AmountCells.NUMBERS
    mask: Mask = Mask.PLAIN
    blanks: BlankCells = BlankCells.EMPTY
    has_numeric_codes: bool = False
    keeps_digits: bool = False
    indents_by_format: bool = False
    has_spacers: bool = False
    hides_columns: bool = False
    column_hiding: ColumnHiding = ColumnHiding.HIDDEN
    hides_rows: bool = False
    hides_sheets: bool = False
    has_rich_titles: bool = False
    merges_captions: bool = False
    centres_across: bool = False
    has_far_cells: bool = False
    is_narrated: bool = True


PLAIN_HABITS = WorkbookHabits()
"""A sheet a form, numbers in plain formats, and nothing hidden."""


def draw_habits(seed: int) -> WorkbookHabits:
    """Draw a department's habits, each independent of the others."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret

    def sometimes() -> bool:
        return rng.random() < 1 / 2

    return WorkbookHabits(
        seed=seed,
        sheet_names=rng.choice(tuple(SheetNames)),
        form_sheets=rng.choice((FormSheets.ONE_EACH, *FormSheets)),
        amounts=rng.choice(tuple(AmountCells)),
        mask=rng.choice(tuple(Mask)),
        blanks=rng.choice(tuple(BlankCells)),
        has_numeric_codes=sometimes(),
        keeps_digits=sometimes(),
        indents_by_format=sometimes(),
        has_spacers=sometimes(),
        hides_columns=sometimes(),
        hides_rows=sometimes(),
        hides_sheets=sometimes(),
        has_rich_titles=sometimes(),
        merges_captions=sometimes(),
        column_hiding=rng.choice(tuple(ColumnHiding)),
        centres_across=sometimes(),
        has_far_cells=sometimes(),
    )


@dataclass(frozen=True, slots=True)
class Digits:
    """How the digits of a number are shown."""

    decimals: int
    separates_thousands: bool = False

    @property
    def code(self) -> str:
        """The format of the digits alone."""
        whole = "#,##0" if self.separates_thousands else "0"
        return f"{whole}.{'0' * self.decimals}" if self.decimals else whole


def digits_of(text: str, *, separates_thousands: bool) -> Digits:
    """How a number is shown that is written so."""
    return Digits(len(text.partition(".")[2]), separates_thousands)


def number_format(digits: Digits, mask: Mask) -> str:
    """A number format.

    Examples:
        >>> number_format(Digits(2, separates_thousands=True), Mask.BRACKETS)
        '#,##0.00_);(#,##0.00)'
    """
    return mask.value.replace("n", digits.code)


def showing_nothing(digits: Digits, blanks: BlankCells) -> str:
    """The number format of a cell that holds a zero and shows nothing.

    Examples:
        >>> showing_nothing(Digits(2), BlankCells.ZERO_CONDITION)
        '[=0]"";0.00'
    """
    if blanks is BlankCells.ZERO_SHEET:
        return digits.code
    return blanks.value.replace("n", digits.code)


def fitting_mask(wanted: Mask, amount: Decimal) -> Mask:
    """The wanted mask, or one that shows the amount as it must be shown."""
    is_shown_otherwise = (wanted in NEGATIVES_IN_BRACKETS and amount < 0) or (
        wanted in ZEROS_AS_DASHES and amount == 0
    )
    return Mask.PADDED if is_shown_otherwise else wanted


def plain_format(text: str, digits: Digits) -> str:
    """The format of a number whose zeros at the end are not shown: none, where none is needed."""
    is_long = len(text) > LONGEST_GENERAL
    return digits.code if is_long or digits.separates_thousands else GENERAL
