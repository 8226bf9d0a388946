"""What else a document says for or against a correction: repetition and the habits of its print.

Knows what is printed elsewhere in the document and how its forms write numbers. Does not know the
equations: it judges one amount beside what it should read.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.auditing.equations import PrintedAmount
from pipelines.auditing.slips import CREDIT, Slip, recognise_slip

# What it says for a number that another form or the prose prints it too, by the digits that agree.
# Numbers of few digits agree by chance: in a document of a few hundred numbers, of three digits
# every third does.
REPETITION_CREDIT = {4: 0.06, 5: 0.12, 6: 0.2}
# What it says against a number that it is printed otherwise than its form prints numbers.
ODD_CREDIT = 0.1
# What the logarithm of odds is worth: five times as likely weighs 0.05.
LOGARITHM_CREDIT = 0.03
# As many made-up numbers soften what few real ones of a form say about round ones.
MADE_UP = 2
# So many round numbers make a habit of leaving out their zeros.
HABITUAL = 4
SEPARATORS = re.compile(r"[,，\s]")


@dataclass(frozen=True, slots=True)
class Printing:
    """One number that a document prints, whether or not an identity binds it.

    Attributes:
        place: A form, or ``''`` for the prose.
        yuan: The amount; None where its reading is in doubt.
        step: The finest difference that its place prints, in yuan.
        column: Form, section and measure.
        row_index: Its row; None in the prose, and where it has no measure.
    """

    place: str
    yuan: Decimal | None
    step: Decimal
    column: tuple[str, ...] = ()
    row_index: int | None = None


class Repetitions:
    """The numbers of one document by their amounts, to find what is printed twice."""

    def __init__(self, printings: Iterable[Printing]) -> None:
        self._places: dict[Decimal, dict[Decimal, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._forms: set[str] = set()
        for each in printings:
            self._forms.add(each.place)
            if each.yuan is not None:
                self._places[each.step][each.yuan].add(each.place)

    def digits(self, yuan: Decimal, step: Decimal, forms: Iterable[str]) -> int:
        """In how many digits an amount agrees with one printed outside its forms; 0 with none.

        Zeros at the end count for nothing. All prose is one place, whatever it speaks of.
        """
        own = {form if form in self._forms else "" for form in forms}
        agreeing = [
            significant_digits(rounded)
            for other_step, places in self._places.items()
            if other_step >= step and places.get(rounded := round_to(yuan, other_step), set()) - own
        ]
        return max(agreeing, default=0)


def round_to(yuan: Decimal, step: Decimal) -> Decimal:
    """An amount as a place with this step prints it."""
    return (yuan / step).quantize(Decimal(1)) * step


def significant_digits(yuan: Decimal) -> int:
    """How many digits an amount has, without zeros before and after them."""
    return len(yuan.normalize().as_tuple().digits) if yuan else 0


class Habit:
    """How a form writes its numbers, and how round they are.

    Attributes:
        trims: Whether it leaves out zeros at the end of decimals.
    """

    def __init__(self, amounts: Sequence[PrintedAmount]) -> None:
        round_ones = [each for each in amounts if each.scale and _zeros(each.value, each.scale)]
        kept = sum(each.text.endswith("0") for each in round_ones)
        self.trims = len(round_ones) >= HABITUAL and kept <= 1
        self._zeros = Counter(_zeros(each.value, each.scale) for each in amounts)

    def write(self, value: Decimal, scale: int) -> str:
        """A number as the form prints it."""
        text = f"{value:.{scale}f}"
        return text.rstrip("0").rstrip(".") if self.trims and "." in text else text

    def is_odd(self, text: str) -> bool:
        """Whether a number is written otherwise than the form writes numbers."""
        return bool(re.match(r"-?0\d", text)) or (
            self.trims and "." in text and text.endswith("0") and bool(Decimal(text))
        )

    def odds(self, suggested: Decimal, printed: Decimal, scale: int) -> float:
        """How much oftener the form prints numbers as round as one than as round as another.

        Nil is a roundness of its own. The printed one counts too: a single round number among
        few others is no evidence.
        """
        likelier, rarer = (
            self._zeros[zeros] + MADE_UP * (0.5 if zeros is None else 0.45 * 0.1**zeros)
            for zeros in (_zeros(suggested, scale), _zeros(printed, scale))
        )
        return likelier / rarer


def _zeros(value: Decimal, scale: int) -> int | None:
    """How many zeros a number with so many decimals ends in; None for nil."""
    if not value:
        return None
    digits = f"{abs(value):.{scale}f}".replace(".", "")
    return len(digits) - len(digits.rstrip("0"))


class Evidence:
    """What a document says for or against corrections of its amounts."""

    def __init__(self, amounts: Iterable[PrintedAmount], printings: Iterable[Printing]) -> None:
        forms: dict[str, list[PrintedAmount]] = defaultdict(list)
        for each in amounts:
            forms[each.form].append(each)
        self._habits = {form: Habit(members) for form, members in forms.items()}
        self._repetitions = Repetitions(printings)

    def slip(self, amount: PrintedAmount, suggested: Decimal) -> Slip:
        """What may have happened to a number that should read another."""
        habit = self._habits[amount.form]
        return recognise_slip(_text(amount, habit), habit.write(suggested, amount.scale))

    def credit(
        self,
        amount: PrintedAmount,
        suggested: Decimal | None,
        slip: Slip,
        forms: Collection[str],
    ) -> float:
        """How much less it costs to correct a number than to release it without a reason.

        Args:
            amount: The number.
            suggested: What it should read, None where nothing pins it down.
            slip: What may have happened to it.
            forms: The forms that print it: what they repeat is no evidence.
        """
        habit = self._habits[amount.form]
        credit = -self._repeated(amount, amount.value, forms)
        if habit.is_odd(_text(amount, habit)):
            credit += ODD_CREDIT
        if suggested is not None:
            odds = habit.odds(suggested, amount.value, amount.scale)
            credit += CREDIT[slip] + self._repeated(amount, suggested, forms)
            credit += LOGARITHM_CREDIT * math.log(odds)
        return credit

    def _repeated(self, amount: PrintedAmount, value: Decimal, forms: Iterable[str]) -> float:
        digits = self._repetitions.digits(value * amount.unit_yuan, amount.step, forms)
        return REPETITION_CREDIT.get(min(digits, max(REPETITION_CREDIT)), 0.0)


def _text(amount: PrintedAmount, habit: Habit) -> str:
    """The digits as printed, or as they would be where other signs stand between them."""
    text = SEPARATORS.sub("", amount.text)
    is_plain = re.fullmatch(r"-?\d+(\.\d+)?", text) and Decimal(text) == amount.value
    return text if is_plain else habit.write(amount.value, amount.scale)
