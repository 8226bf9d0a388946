"""Printed classification codes to canonical ones.

Knows how codes are printed: in one cell, in three narrow ones, with zeros lost. Does not know
which codes exist.
"""

import re
from collections.abc import Sequence


def join_code(parts: Sequence[str]) -> str:
    """Join the parts of a code: three cells 类 | 款 | 项 are one code.

    The first part keeps its length; later parts are two digits each, and a part that lost its
    zero gets it back (``301 | 2`` is 30102).

    Examples:
        >>> join_code(["208", "05", "05"])
        '2080505'
        >>> join_code(["301", "2"])
        '30102'
        >>> join_code(["208-05.05"])
        '2080505'
        >>> join_code(["2080505"])
        '2080505'
    """
    if not parts:
        return ""
    first, *rest = (re.sub(r"[.·-]", "", part) for part in parts)
    return first + "".join(part.zfill(2) for part in rest)
