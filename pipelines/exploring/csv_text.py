"""Writes rows as CSV that spreadsheets open as they are, and says how DuckDB writes the same.

Knows what spreadsheets do to texts and encodings. Does not know what any column holds.

Texts come from documents that strangers published, and a spreadsheet takes a cell that begins with
'=', '+', '-' or '@' for a formula. Such a text gets an apostrophe before it, unless it is nothing
but a number. The first bytes are those by which Excel knows UTF-8; without them it shows Chinese
as rubbish.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from io import StringIO
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
# Some Excels take the full-width signs for the others. One pattern for Python's and DuckDB's
# engines, whose \s are not the same.
LOOKS_LIKE_A_FORMULA = r"^[ \t\r\n]*[=+\-@\t\r＝＋－＠]"
IS_A_NUMBER = r"^[+-]?[0-9][0-9,]*(\.[0-9]+)?%?$"


def as_csv(row_type: type[Any], rows: Iterable[object], *properties: str) -> str:
    r"""Dataclass values as CSV with a header; amounts in plain decimals, lists in one cell.

    Args:
        row_type: Their class, whose fields are the columns.
        rows: The values.
        properties: Properties of the class that are columns too, after the fields.

    Examples:
        >>> from dataclasses import make_dataclass
        >>> named = make_dataclass("Named", ["label", "words"])
        >>> as_csv(named, [named("=1+1", ("决", "算"))])
        "\ufefflabel,words\n'=1+1,决 算\n"
    """
    names = [*(each.name for each in fields(row_type)), *properties]
    text = StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple | list):
        return disarmed(" ".join(map(str, value)))
    return disarmed(value) if isinstance(value, str) else value


def disarmed(text: str) -> str:
    """A text as one that no spreadsheet takes for a formula.

    Examples:
        >>> disarmed("@SUM(A1)"), disarmed("＝1"), disarmed("-12.30"), disarmed("决算")
        ("'@SUM(A1)", "'＝1", '-12.30', '决算')
    """
    is_formula = re.match(LOOKS_LIKE_A_FORMULA, text) and not re.fullmatch(IS_A_NUMBER, text)
    return f"'{text}" if is_formula else text


def disarmed_in_sql(expression: str) -> str:
    """The same as an SQL expression, for what DuckDB writes by itself."""
    return f"""
        case
            when
                regexp_matches({expression}, '{LOOKS_LIKE_A_FORMULA}')
                and not regexp_full_match({expression}, '{IS_A_NUMBER}')
                then '''' || {expression}
            else {expression}
        end
    """
