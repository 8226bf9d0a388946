"""The classification codes and names that forged documents print.

Knows codes, names and their tree. Does not know amounts.
"""

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
CLASS_DIGITS = 3
"""Digits of a 类 code, functional or economic."""
GROUP_DIGITS = 5
"""Digits of a functional 款 code."""


def _read_names(file_name: str) -> dict[str, str]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@cache
def function_names() -> dict[str, str]:
    """Names of functional codes, in code order."""
    return _read_names("functions.csv")


@cache
def economic_names() -> dict[str, str]:
    """Names of departmental economic codes, in code order."""
    return _read_names("economics.csv")


@cache
def function_classes() -> dict[str, str]:
    """Names of the functional 类 that the summaries list, in the order they are printed."""
    return {code: name for code, name in function_names().items() if len(code) == CLASS_DIGITS}


def ancestors(code: str) -> tuple[str, ...]:
    """The 类, and the 款 where there is one, that a code belongs to.

    Examples:
        >>> ancestors("2101501")
        ('210', '21015')
        >>> ancestors("30101")
        ('301',)
    """
    return tuple(code[:digits] for digits in (CLASS_DIGITS, GROUP_DIGITS) if digits < len(code))


def economic_children(parent: str) -> tuple[str, ...]:
    """The 款 codes of an economic 类, in code order."""
    return tuple(code for code in economic_names() if code != parent and code.startswith(parent))
