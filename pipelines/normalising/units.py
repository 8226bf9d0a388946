"""The unit a table is printed in: what it states, what its document agrees on, or neither.

Knows units and amounts. Does not know how tables are put together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipelines.domain.amount import Amount, PrintedUnit
from pipelines.normalising.amounts import UnreadableAmountError, parse_amount
from pipelines.recognising.headers import Column, Role
from pipelines.recognising.naming import Meaning
from pipelines.recognising.wording import squash, unit_of_header

_SPOKEN = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(亿元|万元|千元|元)")
_UNITS_OF_FORMS = (PrintedUnit.WAN_YUAN, PrintedUnit.YUAN)


def unit_of_table(
    meaning: Meaning, meanings: Sequence[Meaning], narrative: Iterable[str]
) -> PrintedUnit | None:
    """Tell the unit of a table.

    A table that counts things (单位：人) has none. One that states none takes the one unit that
    all other tables agree on, if its title is one of a form. A form that is often printed in a
    unit of its own (三公 in 万元 where the rest is in 元) takes 万元 only, or the unit in which the
    narrative repeats its amounts.

    Args:
        meaning: The table and what it means.
        meanings: All tables of its document.
        narrative: The document's paragraphs.

    Returns:
        The unit, None where nothing settles it: ten thousand times too much is worse than nothing.
    """
    if meaning.table.unit is not None:
        return meaning.table.unit
    captions = meaning.table.captions
    if captions.counts_things or (meaning.spec is None and not captions.is_titled):
        return None
    units = {other.table.unit for other in meanings if other.table.unit is not None}
    common = units.pop() if len(units) == 1 else None
    has_own_unit = meaning.spec is not None and meaning.spec.has_own_unit
    if not has_own_unit or common is PrintedUnit.WAN_YUAN:
        return common
    return _unit_told(meaning, narrative)


def unit_of_column(column: Column, unit: PrintedUnit | None) -> PrintedUnit | None:
    """Tell the unit of a column: what its header states, else its table's; None for no money."""
    if column.role is Role.COUNT:
        return None
    stated = [word for cell in column.header_path if (word := unit_of_header(cell))]
    if stated:
        return None if stated[-1] == "%" else PrintedUnit(stated[-1])
    return unit


def _unit_told(meaning: Meaning, narrative: Iterable[str]) -> PrintedUnit | None:
    """Find the only unit in which the narrative states a table's largest amount."""
    told = [amount for text in narrative for amount in _spoken(text)]
    largest = max(_values(meaning), default=Decimal(0))
    fitting = [
        unit
        for unit in _UNITS_OF_FORMS
        if largest and any(_is_rounding_of(amount, largest * unit.yuan) for amount in told)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _values(meaning: Meaning) -> Iterator[Decimal]:
    for row in meaning.table.rows:
        for value in row.values:
            try:
                amount = parse_amount(value.cell.text, PrintedUnit.YUAN)
            except UnreadableAmountError:
                continue
            if amount is not None and meaning.measure_of(row, value)[0]:
                yield amount.value


def _spoken(text: str) -> Iterator[Amount]:
    for number, unit in _SPOKEN.findall(squash(text)):
        yield Amount(number, Decimal(number.replace(",", "")), PrintedUnit(unit))


def _is_rounding_of(amount: Amount, yuan: Decimal) -> bool:
    half_step = amount.unit.yuan / Decimal(10) ** amount.scale / 2
    return bool(amount.value) and abs(amount.yuan - yuan) <= half_step
