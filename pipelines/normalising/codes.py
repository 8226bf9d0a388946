"""Printed classification codes to canonical ones.

Knows how codes are printed: in one cell, in three narrow ones, with zeros lost. Does not know
which codes exist.
"""

import re
from collections.abc import Sequence

# Digits of a code's first level, and of each level below it.
_CLASS_DIGITS = 3
_LEVEL_DIGITS = 2


def join_code(parts: Sequence[str], above: str = "") -> str:
    """Join the parts of a code: three cells 类 | 款 | 项 are one code.

    The first part keeps its length; later parts are two digits each, and a part that lost its
    zero gets it back (``301 | 2`` is 30102). Cells may also each hold the code down to their own
    level, or only their own level, the levels above standing in rows further up.

    Args:
        parts: The printed parts, '' for each blank cell before the first.
        above: The code of the row above.

    Examples:
        >>> join_code(["208", "05", "05"])
        '2080505'
        >>> join_code(["301", "2"])
        '30102'
        >>> join_code(["208-05.05"])
        '2080505'
        >>> join_code(["2080505"])
        '2080505'
        >>> join_code(["208", "20805", "2080505"])
        '2080505'
        >>> join_code(["", "5"], above="2080101")
        '20805'
    """
    printed = [re.sub(r"[.·-]", "", part) for part in parts if part]
    if not printed:
        return ""
    blank = len(parts) - len(printed)
    if blank:
        reach = _CLASS_DIGITS + (blank - 1) * _LEVEL_DIGITS
        printed.insert(0, above[:reach] if len(above) >= reach else "")
    first, *rest = printed
    joined = first
    for part in rest:
        is_whole = bool(joined) and len(part) > len(joined) and part.startswith(joined)
        joined = part if is_whole else joined + part.zfill(_LEVEL_DIGITS)
    return joined
