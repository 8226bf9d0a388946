"""What a released figure should read, and what may have happened to it.

Knows the values that the equations leave it. Does not know why it was released.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from pipelines.auditing.equations import Equation, PrintedAmount, gap_of, slack_of, spread_of
from pipelines.auditing.evidence import Evidence
from pipelines.auditing.slips import Slip

# What a value says for itself by making an identity hold to the last digit.
EXACT_CREDIT = 0.25
# Values tried for one figure: more means that the identities hardly bind it.
MOST_VALUES = 200


def suggest(
    printed: Mapping[str, PrintedAmount],
    equations: Iterable[Equation],
    evidence: Evidence,
    wrong: Collection[str],
    others: Collection[str],
    forms: Collection[str],
) -> tuple[str, Decimal | None, Slip]:
    """The value that the other figures leave a quantity, and the slip that would explain its print.

    Within rounding several values may do: what makes identities exact, what a slip would explain
    and what is printed elsewhere is preferred.

    Args:
        printed: All amounts by their keys.
        equations: What binds them.
        evidence: What else the document says.
        wrong: The printings of the quantity that are taken for wrong.
        others: All other figures that are.
        forms: The forms that print the quantity, also those whose printings are right.

    Returns:
        The most precise printing that is taken for wrong; the value in its printed unit, None where
        nothing pins it down; and the slip.
    """
    key = min(wrong, key=lambda each: (printed[each].step, each))
    amount = printed[key]
    binding = [
        equation
        for equation in equations
        if equation.is_hard
        and sign_of(equation, wrong)
        and not any(equation.signs.get(other) for other in others)
    ]
    low, high = _bounds(printed, binding, key, wrong)
    if low is None or high is None:
        return key, None, Slip.NONE
    step = Decimal(1).scaleb(-amount.scale)
    first = (low / amount.unit_yuan / step).to_integral_value(ROUND_CEILING) * step
    last = (high / amount.unit_yuan / step).to_integral_value(ROUND_FLOOR) * step
    count = int((last - first) / step) + 1
    if count > MOST_VALUES:
        return key, None, Slip.NONE
    values = [first + step * number for number in range(count)]
    judged = [
        (value, evidence.slip(amount, value)) for value in values if value >= 0 or amount.value < 0
    ]
    # What is cut off does not add up to the last digit, and would not if it were right.
    exact = Counter(
        _exact_value(printed, equation, key, wrong) for equation in binding if not amount.is_cut_off
    )
    middle = (low + high) / 2 / amount.unit_yuan

    def merit(each: tuple[Decimal, Slip]) -> tuple[float, Decimal]:
        value, slip = each
        credit = EXACT_CREDIT * exact[value] + evidence.credit(amount, value, slip, forms)
        return credit, -abs(value - middle)

    value, slip = max(judged, key=merit, default=(None, Slip.NONE))
    return key, value, slip


def sign_of(equation: Equation, family: Iterable[str]) -> int:
    """How often an equation adds a quantity, all printings of it together."""
    return sum(equation.signs.get(key, 0) for key in family)


def _exact_value(
    printed: Mapping[str, PrintedAmount], equation: Equation, key: str, family: Iterable[str]
) -> Decimal | None:
    """The printed value that would make an equation hold to the last digit."""
    if equation.relation != "=":
        return None
    amount, sign = printed[key], sign_of(equation, family)
    return amount.value - gap_of(printed, equation) / sign / amount.unit_yuan


def _bounds(
    printed: Mapping[str, PrintedAmount],
    equations: Iterable[Equation],
    key: str,
    family: Collection[str],
) -> tuple[Decimal | None, Decimal | None]:
    """Between which printed values every equation can hold, in yuan; None where unbounded."""
    lows, highs = [], []
    for equation in equations:
        sign = sign_of(equation, family)
        own_terms = (equation.signs.get(each, 0) * printed[each].yuan for each in family)
        rest = gap_of(printed, equation) - sum(own_terms, Decimal(0))
        others = {other: signed for other, signed in equation.signs.items() if other not in family}
        below, above = spread_of(printed, others)
        own = sorted(sign * end for end in printed[key].interval)
        slack = slack_of(printed, equation)
        # Where the sign of the amount, times its value, has to lie.
        least = -rest - above - own[1] - slack
        most = -rest - below - own[0] + slack
        ends = sorted((least / sign, most / sign))
        is_least = (equation.relation == "<=") == (sign < 0)
        if equation.relation == "=" or is_least:
            lows.append(ends[0])
        if equation.relation == "=" or not is_least:
            highs.append(ends[1])
    return max(lows, default=None), min(highs, default=None)
