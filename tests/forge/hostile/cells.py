"""What one amount cell or one code may hold: numbers that deceive, and what is no number.

Knows texts and what they say. Does not know how they are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from tests.forge.hostile.sheet import Sheet, draw_sheet, without, write_sheet_docx
from tests.forge.hostile.truth import CELL, COLUMN, PLAIN, ROW, Duty, HostileDocument

TWELVE = Decimal("-12.00")


@dataclass(frozen=True, slots=True)
class CellCase:
    """A text that one amount cell holds in place of 600.78, the project expenditure of 2010302.

    Attributes:
        value: What it says, None where no single reading is right.
        says_nothing: Whether it is a mark for no amount.
        duty: What is owed, where that does not follow from the value.
    """

    text: str
    value: Decimal | None = None
    says_nothing: bool = False
    duty: Duty | None = None
    height: int = 24

    @property
    def owed(self) -> Duty:
        """What a reader owes the cell."""
        if self.duty is not None:
            return self.duty
        return Duty.REPORT if self.value is None and not self.says_nothing else Duty.READ


CELLS: Mapping[str, CellCase] = {
    "zero_width_space": CellCase("600\u200b.78", Decimal("600.78")),
    "zero_width_joiner": CellCase("6\u200d00.78", Decimal("600.78")),
    "word_joiner": CellCase("600.\u206078", Decimal("600.78")),
    "byte_order_mark": CellCase("\ufeff600.78", Decimal("600.78")),
    "soft_hyphen": CellCase("600\u00ad.78", duty=Duty.EITHER, value=Decimal("600.78")),
    "no_break_space_before": CellCase("\u00a0600.78", Decimal("600.78")),
    "full_width_digits": CellCase("６００．７８", Decimal("600.78")),
    "full_width_separator": CellCase("１，６００．７８", Decimal("1600.78")),
    "half_full_width": CellCase("6００.7８", Decimal("600.78")),
    "separated_beside_plain": CellCase("1,234.5", Decimal("1234.5")),
    "plain_beside_separated": CellCase("1234.50", Decimal("1234.50")),
    "no_integer_digit": CellCase(".78", Decimal("0.78"), duty=Duty.EITHER),
    "plus": CellCase("+12.00", Decimal("12.00"), duty=Duty.EITHER),
    "hyphen_minus": CellCase("-12.00", TWELVE),
    "minus_sign": CellCase("\u221212.00", TWELVE),
    "en_dash_minus": CellCase("\u201312.00", TWELVE),
    "em_dash_minus": CellCase("—12.00", TWELVE),
    "full_width_minus": CellCase("－12.00", TWELVE),
    "small_minus": CellCase("\ufe6312.00", TWELVE),
    "hyphen": CellCase("\u201012.00", TWELVE),
    "no_break_hyphen": CellCase("\u201112.00", TWELVE),
    "minus_apart": CellCase("- 12.00", TWELVE),
    "parentheses": CellCase("(12.00)", TWELVE),
    "full_width_parentheses": CellCase("（12.00）", TWELVE),
    "dash_for_nothing": CellCase("—", says_nothing=True),
    "hyphen_for_nothing": CellCase("-", says_nothing=True),
    "slash_for_nothing": CellCase("/", says_nothing=True),
    "two_dashes_for_nothing": CellCase("——", says_nothing=True),
    "trailing_minus": CellCase("12.00-"),
    "two_signs": CellCase("--12.00"),
    "two_points": CellCase("1.600.78"),
    "comma_for_point": CellCase("600,78"),
    "separator_misplaced": CellCase("16,00.78"),
    "space_for_separator": CellCase("1 600.78"),
    "two_numbers": CellCase("600.78 12.00"),
    "two_numbers_on_two_lines": CellCase("600.78\n12.00", height=40),
    "two_numbers_with_a_slash": CellCase("600.78/12.00"),
    "split_between_digits": CellCase("1600\n.78", Decimal("1600.78"), duty=Duty.EITHER, height=40),
    "split_after_a_separator": CellCase(
        "1,600,\n700.78", Decimal("1600700.78"), duty=Duty.EITHER, height=40
    ),
    "split_inside_an_integer": CellCase("16007\n00.78", height=40),
    "letter_for_digit": CellCase("6O0.78"),
    "number_with_unit": CellCase("600.78万元", Decimal("600.78"), duty=Duty.EITHER),
    "number_with_note": CellCase("600.78注1"),
    "percentage": CellCase("60.78%"),
    "too_wide_to_print": CellCase("########"),
    "spreadsheet_error": CellCase("#REF!"),
    "exponent": CellCase("1.23E+06"),
    "ideographic_stop_for_point": CellCase("600。78"),
    "asterisks": CellCase("***"),
    "placeholder": CellCase("XX.XX"),
    "currency_sign": CellCase("¥600.78", Decimal("600.78"), duty=Duty.EITHER),
    "nothing_in_words": CellCase("无", says_nothing=True, duty=Duty.EITHER),
    "leading_zeros": CellCase("0600.78", Decimal("600.78"), duty=Duty.EITHER),
    "full_width_space_behind": CellCase("600.78　", Decimal("600.78")),
}
"""What one cell may hold, by name; printed into PDF and Word alike."""

CODES: Mapping[str, tuple[str, Duty]] = {
    "full_width": ("２０１０３０２", Duty.READ),
    "zero_width_space": ("201\u200b0302", Duty.READ),
    "spaces_around": (" 2010302　", Duty.READ),
    "spaces_between_levels": ("201 03 02", Duty.EITHER),
    "dots_between_levels": ("201.03.02", Duty.EITHER),
    "letter_for_digit": ("2O10302", Duty.EITHER),
}
"""How the code of the last row may be written, by name."""


def cell_in_pdf(name: str, folder: Path) -> HostileDocument:
    """Write the case of a cell as a PDF."""
    case = CELLS[name]
    path = folder / f"{name}.pdf"
    draw_sheet(_sheet_with(case), path)
    return _owed_for(case, path)


def cell_in_word(name: str, folder: Path) -> HostileDocument:
    """Write the case of a cell as a Word file."""
    case = CELLS[name]
    path = folder / f"{name}.docx"
    write_sheet_docx(_sheet_with(case), path)
    return _owed_for(case, path)


def _sheet_with(case: CellCase) -> Sheet:
    return replace(PLAIN.with_text(ROW, COLUMN, case.text), row_heights={ROW: case.height})


def _owed_for(case: CellCase, path: Path) -> HostileDocument:
    values = without(PLAIN.values(), [CELL])
    if case.value is not None:
        values[CELL] = case.value
    refused = (case.text,) if case.owed is Duty.REPORT else ()
    return HostileDocument(path, case.owed, values, refused)


def code_in_pdf(name: str, folder: Path) -> HostileDocument:
    """Write the case of a code as a PDF."""
    text, duty = CODES[name]
    path = folder / f"code_{name}.pdf"
    draw_sheet(PLAIN.with_text(ROW, 0, text), path)
    return HostileDocument(path, duty, PLAIN.values())
