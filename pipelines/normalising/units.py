"""The unit a form is printed in: what it states, what its document agrees on, or neither.

Knows units and amounts. Does not know how forms are recognised.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipelines.domain.amount import Amount, PrintedUnit
from pipelines.normalising.amounts import UnreadableAmountError, parse_amount
from pipelines.recognising.forms import RecognisedForm
from pipelines.recognising.wording import squash

_SPOKEN = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(亿元|万元|千元|元)")
_UNITS_OF_FORMS = (PrintedUnit.WAN_YUAN, PrintedUnit.YUAN)


def unit_of_form(
    form: RecognisedForm, forms: Sequence[RecognisedForm], narrative: Iterable[str]
) -> PrintedUnit | None:
    """Tell the unit of a form.

    A form that states none takes the one unit that all other forms agree on. A form that is often
    printed in a unit of its own (三公 in 万元 where the rest is in 元) takes 万元 only, or the unit
    in which the narrative repeats its amounts.

    Args:
        form: The form.
        forms: All forms of its document.
        narrative: The document's paragraphs.

    Returns:
        The unit, None where nothing settles it: ten thousand times too much is worse than nothing.
    """
    if form.unit is not None:
        return form.unit
    units = {other.unit for other in forms if other.unit is not None}
    common = units.pop() if len(units) == 1 else None
    if not form.spec.has_own_unit or common is PrintedUnit.WAN_YUAN:
        return common
    return _unit_told(form, narrative)


def _unit_told(form: RecognisedForm, narrative: Iterable[str]) -> PrintedUnit | None:
    """Find the only unit in which the narrative states a form's largest amount."""
    told = [amount for text in narrative for amount in _spoken(text)]
    largest = max(_values(form), default=Decimal(0))
    fitting = [
        unit
        for unit in _UNITS_OF_FORMS
        if largest and any(_is_rounding_of(amount, largest * unit.yuan) for amount in told)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _values(form: RecognisedForm) -> Iterator[Decimal]:
    for row in form.rows:
        for value in row.values:
            try:
                amount = parse_amount(value.cell.text, PrintedUnit.YUAN)
            except UnreadableAmountError:
                continue
            if amount is not None:
                yield amount.value


def _spoken(text: str) -> Iterator[Amount]:
    for number, unit in _SPOKEN.findall(squash(text)):
        yield Amount(number, Decimal(number.replace(",", "")), PrintedUnit(unit))


def _is_rounding_of(amount: Amount, yuan: Decimal) -> bool:
    half_step = amount.unit.yuan / Decimal(10) ** amount.scale / 2
    return bool(amount.value) and abs(amount.yuan - yuan) <= half_step
