"""Printed numbers of sentences: amounts, counts, per cents and scores, and lost units.

Knows units. Does not know what a number is of.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from lark import Token

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.disclosure import ClaimKind
from pipelines.normalising.narrative.lexicon import scaled

_MULTIPLIERS = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number as read."""

    kind: ClaimKind
    value: Decimal
    scale: int
    unit: str
    is_unit_missing: bool = False


def is_rate(value: Token, word: Token) -> bool:
    """Tell whether a change is told per cent; one without any unit is so if its word says so."""
    if value.type == "NUMBER":
        return any(part in word for part in ("增长", "下降", "幅", "率", "降低", "比例"))
    return value.type == "PERCENT"


def unit_of(token: Token) -> str:
    """The unit of an amount, '' where it lacks one."""
    match = re.search(r"([亿万千]?)(?:余|多)?元$", token)
    return f"{match[1]}元" if match else ""


def count_unit(token: Token) -> str:
    """What a count counts in, without 万 and 亿 before it."""
    match = re.fullmatch(r"-?[\d,.]+(?:余|多)?(?:万|亿|千|百)?(?P<unit>.*)", token)
    return match["unit"] if match else ""


def read_number(token: Token, money_unit: str) -> Number:
    """Read a value.

    Args:
        token: A value's token.
        money_unit: The unit that a bare number stands for, '' where it is no amount.
    """
    printed, scale = scaled(str(token))
    readers: Mapping[str, Callable[[], Number]] = {
        "MONEY": lambda: _read_money(token, printed, scale),
        "PERCENT": lambda: Number(ClaimKind.RATE, printed, scale, "%" if "%" in token else ""),
        "SCORE": lambda: Number(ClaimKind.SCORE, printed, scale, "分"),
        "COUNT": lambda: _read_count(token, printed, scale),
    }
    if token.type in readers:
        return readers[token.type]()
    if not money_unit:
        return Number(ClaimKind.AMOUNT, printed, scale, "", is_unit_missing=True)
    value = printed * PrintedUnit(money_unit).yuan
    return Number(ClaimKind.AMOUNT, value, scale, "", is_unit_missing=True)


def _read_money(token: Token, printed: Decimal, scale: int) -> Number:
    unit = unit_of(token)
    if mixed := re.fullmatch(r"(?P<head>[^亿]+)亿(?P<rest>[\d.]+)万元", token):
        # 1亿2000万元: one amount, printed to the unit of its end.
        rest, scale = scaled(mixed["rest"])
        head = scaled(mixed["head"])[0] * _MULTIPLIERS["亿"]
        return Number(ClaimKind.AMOUNT, head + rest * PrintedUnit(unit).yuan, scale, unit)
    if unit:
        return Number(ClaimKind.AMOUNT, printed * PrintedUnit(unit).yuan, scale, unit)
    short = str(token)[-1]
    value = printed * PrintedUnit(f"{short}元").yuan
    return Number(ClaimKind.AMOUNT, value, scale, short, is_unit_missing=True)


def _read_count(token: Token, printed: Decimal, scale: int) -> Number:
    unit = count_unit(token)
    rest = str(token)[: len(token) - len(unit)]
    multiplier = _MULTIPLIERS.get(rest[-1], 1)
    shown = f"{rest[-1]}{unit}" if multiplier > 1 else unit
    return Number(ClaimKind.COUNT, printed * multiplier, scale, shown)
