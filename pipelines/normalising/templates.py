"""Blank templates: what is published for others to fill in, and discloses nothing.

Knows what stands where something is to be filled in. Does not know how covers, headings and forms
print a name, nor what is wrong with a single placeholder that a finished text left behind.
"""

import re
from collections.abc import Iterable

# Texts are folded, so that full-width signs are half-width ones.
_PLACEHOLDER = re.compile(r"[Xx×✕╳]{2,}|[○〇◯●]{2,}|[□■]{2,}|\*{2,}|_{2,}|某某")
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?(?=[万亿千]?元)")


def has_placeholder(text: str) -> bool:
    """Whether something in a folded text is to be filled in.

    Examples:
        >>> [has_placeholder(name) for name in ("某市XX局", "××单位", "____委", "某市某局", "XP局")]
        [True, True, True, False, False]
    """
    return _PLACEHOLDER.search(text) is not None


def is_filled_in(texts: Iterable[str], figure_count: int) -> bool:
    """Whether a document states more amounts than it leaves to be filled in.

    Args:
        texts: Its folded paragraphs.
        figure_count: How many figures other than zero its tables print.

    Examples:
        >>> is_filled_in(["收入总计XX万元,支出总计XX万元,结余1.00万元。"], 0)
        False
        >>> is_filled_in(["收入总计XX万元,支出总计2.00万元,结余1.00万元。"], 0)
        True
    """
    whole = "\n".join(texts)
    stated = sum(any(digit in "123456789" for digit in it) for it in _AMOUNT.findall(whole))
    return figure_count + stated > len(_PLACEHOLDER.findall(whole))
