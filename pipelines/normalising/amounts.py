"""Printed text to amounts.

Knows how numbers are printed: full-width digits, separators, minus signs, blanks. Does not know
what an amount measures.
"""

import re
import unicodedata
from decimal import Decimal

from pipelines.domain.amount import Amount, PrintedUnit, is_kept_exactly
from pipelines.domain.document import UNREADABLE

# Marks that stand for "nothing" in a value cell; a printed zero is not one of them.
BLANK_MARKS = frozenset({"", "-", "--", "---", "/", "\\", "无", "一", "×", "*"})

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_MINUS_SIGNS = str.maketrans(dict.fromkeys("−–—‐‑‒―﹣－ー", "-"))
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
# A spread number, of more pieces than two numbers have.
_FEW_PIECES = 2
_SPREAD = re.compile(r"\d(\.\d)?")
# A long number whose last digit a narrow cell broke off: of two, one below the other, both would
# have as many decimals.
_LAST_DIGIT_BROKEN_OFF = re.compile(r"-?(\d{1,3}(,\d{3})+|\d{5,})\.\d\s*\n\s*\d")
# A currency format prints the sign before the number, on either side of its minus.
_CURRENCY = re.compile(r"^([-(]?)\s*¥\s*(?=[-\d])")
_PARENTHESISED = re.compile(r"\(([\d,.]+)\)")


class UnreadableAmountError(ValueError):
    """A value cell's text is not one number."""


def parse_amount(text: str, unit: PrintedUnit) -> Amount | None:
    """Read one printed amount.

    Args:
        text: A value cell's text.
        unit: The unit the form states.

    Returns:
        The amount, or None where the cell prints nothing. A printed ``0.00`` is an amount of
        zero and is never folded into None.

    Raises:
        UnreadableAmountError: The text is not one number: letters, two numbers, separators that
            fit no way of grouping digits, something that is no text in the file, or more digits
            than an amount of money has.

    Examples:
        >>> parse_amount("１,234.50", PrintedUnit.WAN_YUAN).yuan
        Decimal('12345000.00')
        >>> parse_amount("　", PrintedUnit.YUAN) is None
        True
        >>> parse_amount("(3.5)", PrintedUnit.WAN_YUAN).value
        Decimal('-3.5')
        >>> parse_amount("￥ 1,234.50", PrintedUnit.YUAN).value
        Decimal('1234.50')
    """
    if UNREADABLE in text:
        raise UnreadableAmountError("drawn, a picture or in unknown glyphs: look at the page")
    folded = _fold(text)
    compact = "".join(folded.split())
    if compact in BLANK_MARKS:
        return None
    value = _number(compact)
    if value is None or _holds_two_numbers(folded) or _has_note_mark(text):
        raise UnreadableAmountError(f"not one number: {text.strip()!r}")
    amount = Amount(text=text.strip(), value=value, unit=unit)
    if not (is_kept_exactly(value) and is_kept_exactly(amount.yuan)):
        raise UnreadableAmountError(f"more digits than an amount has: {amount.text!r}")
    return amount


def is_blank(text: str) -> bool:
    """Tell whether a cell prints nothing, or a mark that stands for it.

    Examples:
        >>> is_blank(" — "), is_blank("0.00")
        (True, False)
    """
    return "".join(_fold(text).split()) in BLANK_MARKS


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return _CURRENCY.sub(r"\1", folded.translate(_MINUS_SIGNS).replace("，", ",").strip())


def _number(compact: str) -> Decimal | None:
    negative = _PARENTHESISED.fullmatch(compact)
    if negative:
        inner = _number(negative.group(1))
        return None if inner is None else -inner
    if _PLAIN.fullmatch(compact):
        return Decimal(compact)
    if _GROUPED.fullmatch(compact):
        return Decimal(compact.replace(",", ""))
    return None


def _holds_two_numbers(folded: str) -> bool:
    """Tell whether white space separates two numbers rather than the parts of one.

    Justified text spreads a number's digits one by one (``1 2 . 5``, ``6 1 2.5``), and a
    narrow cell breaks a number so that its parts are none (``1,23`` / ``4,567``), or breaks off
    its last digit (``1,234.5`` / ``0``); two numbers are each complete.
    """
    if _LAST_DIGIT_BROKEN_OFF.fullmatch(folded):
        return False
    pieces = folded.split()
    complete = len(pieces) > 1 and all(_number(piece) is not None for piece in pieces)
    is_spread = all(_SPREAD.fullmatch(piece) for piece in pieces)
    are_single = all(len(piece) == 1 for piece in pieces)
    return complete and not are_single and not (is_spread and len(pieces) > _FEW_PIECES)


def _has_note_mark(text: str) -> bool:
    """Tell whether a mark such as ① or ² follows a number: folded, it would be a digit more."""
    return any(unicodedata.category(character) == "No" for character in text)
