"""What a reader owes a hostile document.

Knows duties and values. Does not know what is hostile about a document.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from tests.forge.hostile.sheet import Key, Sheet

ROW, COLUMN = 4, 4
CELL: Key = ("2010302", "一般行政管理事务", "project")
PLAIN = Sheet()


class Duty(StrEnum):
    """What a reader owes a hostile document.

    READ: every value, no other, and nothing reported but hidden texts.
    REPORT: every value, no other, and every refused text reported with its cell.
    EITHER: as READ, or whatever is not read is reported, be it the whole file; never another
        value.
    """

    READ = "read"
    REPORT = "report"
    EITHER = "read or report"


@dataclass(frozen=True, slots=True)
class HostileDocument:
    """One nasty file and its truth.

    Attributes:
        values: Figures by code, label (without white space) and measure. The form is
            ``tests.forge.sheet.FORM``, the unit 万元.
        refused: Printed texts that must be reported as ambiguous or unreadable.
        hidden: Texts in the file that nobody sees; they must not become figures, but may be
            reported.
    """

    path: Path
    duty: Duty
    values: Mapping[Key, Decimal]
    refused: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
