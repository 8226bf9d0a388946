"""What a check says, in a sentence: what should be, and what is printed instead.

Knows relations, sides and their terms, in Chinese and English. Does not know what an identity
means, nor where a sentence is shown. What is not printed is said not to be, and is never called 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from pipelines.domain.amount import PrintedUnit
from pipelines.domain.languages import Language
from pipelines.exploring.answers.suspects import Suspect
from pipelines.exploring.checks import Term
from pipelines.exploring.comparisons import grouped
from pipelines.exploring.discrepancies import BoundDiscrepancy
from pipelines.exploring.labels import Names

MONEY_UNITS = {unit.value for unit in PrintedUnit}
SENTENCES: Mapping[Language, Mapping[str, str]] = {
    Language.EN: {
        "equal": "should be equal",
        "sum": "should equal the sum of {count} items",
        "at_most": "the left side should not exceed the right side",
        "at_least": "the left side should not be less than the right side",
        "follows": "should follow from the amounts",
        "agree": "should agree",
        "rule": "should be: {rule}; but: {fact}",
        "norm": "{norm}: {fact}",
        "but": "{left}, while {right}",
        "and": "{left}, and {right}",
        "gap": "{sides}; difference {gap}",
        "absent": "{where} is not printed",
        "printed": "{where} prints {amount}",
        "summed": "the {count} items of {where} sum to {amount}",
        "netted": "the {count} items of {where} come to {amount}",
        "total_printed": "{amount} is printed",
        "parts_summed": "the {count} items sum to {amount}",
        "yields": "the amounts yield {amount}",
        "comes_to": "{where} comes to {amount}",
        "left": "the left side",
        "right": "the right side",
        "prose": "the prose",
        "table": "the table",
        "here": "this document",
        "there": "the other document",
        "nothing": "nothing is printed",
        "words": "printed: {printed}",
        "other_words": "printed: {printed}; expected: {expected}",
    },
    Language.ZH: {
        "equal": "应相等",
        "sum": "应等于各项（{count} 项）之和",
        "at_most": "左边应不超过右边",
        "at_least": "左边应不少于右边",
        "follows": "应与金额相符",
        "agree": "应相符",
        "rule": "应当：{rule}；但是：{fact}",
        "norm": "{norm}，实则{fact}",
        "but": "{left}，而{right}",
        "and": "{left}，{right}",
        "gap": "{sides}，相差 {gap}",
        "absent": "{where}未列示",
        "printed": "{where}印为 {amount}",
        "summed": "{where}各项（{count} 项）之和为 {amount}",
        "netted": "{where}各项（{count} 项）加减得 {amount}",
        "total_printed": "印为 {amount}",
        "parts_summed": "各项（{count} 项）之和为 {amount}",
        "yields": "按金额计得 {amount}",
        "comes_to": "{where}计得 {amount}",
        "left": "左边",
        "right": "右边",
        "prose": "文字",
        "table": "表内",
        "here": "本文件",
        "there": "另一文件",
        "nothing": "未列示",
        "words": "印为：{printed}",
        "other_words": "印为：{printed}；应为：{expected}",
    },
}


class Compared(Protocol):
    """What was compared: a check, or a discrepancy."""

    @property
    def document_id(self) -> str:
        """The document it was compared in."""

    @property
    def relation(self) -> str:
        """How the sides should relate: ``=``, ``<=``, ``>=``, '' where that is more than a sign."""

    @property
    def is_failed(self) -> bool:
        """Whether they do not."""

    @property
    def left_yuan(self) -> Decimal | None:
        """Left side, None where nothing of it is printed or nothing is added up."""

    @property
    def right_yuan(self) -> Decimal | None:
        """Right side, likewise."""

    @property
    def unit(self) -> str:
        """What the sides are in: ``yuan``, ``%`` or ``count``."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The amounts on both sides."""


class Ruled(Protocol):
    """What follows a rule: an identity, or what fails it."""

    @property
    def meaning_en(self) -> str:
        """The rule in English."""

    @property
    def meaning_zh(self) -> str:
        """The same in Chinese."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison and how to say it.

    Attributes:
        name: ``left`` or ``right``.
        where: What stands there, as a word of the sentences: ``prose``, ``table``…
        terms: Its amounts; none where nothing is printed.
        value: What they come to, None where nothing is printed.
        amount: The same with its unit, as it is said.
    """

    name: str
    where: str
    terms: tuple[Term, ...]
    value: Decimal | None
    amount: str

    @property
    def is_absent(self) -> bool:
        return self.value is None

    @property
    def is_printed(self) -> bool:
        """Whether it is one number, as printed."""
        return len(self.terms) == 1 and self.terms[0].amount_yuan == self.value

    @property
    def is_sum(self) -> bool:
        """Whether it is what several numbers add up to."""
        return len(self.terms) > 1 and all(term.sign == 1 for term in self.terms)

    @property
    def is_told_by_place(self) -> bool:
        """Whether where it stands says more than that it is the left or the right side."""
        return self.where not in {"left", "right"}


def what_is(compared: Compared, language: Language) -> str:
    """What is printed on both sides, with the difference where both are; '' without amounts.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Case:
        ...     left_yuan: Decimal | None
        ...     right_yuan: Decimal | None
        ...     terms: tuple[Term, ...]
        ...     relation: str = "="
        ...     is_failed: bool = True
        ...     unit: str = "yuan"
        ...     document_id: str = "d"
        >>> def term(side, printed):
        ...     amount = Decimal(printed) * 10_000
        ...     return Term(side, 1, printed, document_id="d", printed=printed, unit="万元",
        ...                 amount_yuan=amount)
        >>> total = Case(Decimal(120000), Decimal(110000), (
        ...     term("left", "12.00"), term("right", "8.00"), term("right", "3.00")))
        >>> what_is(total, Language.EN)
        '12.00 万元 is printed, while the 2 items sum to 11.00 万元; difference 1.00 万元'
        >>> absent = Case(None, Decimal(53600), (term("right", "5.36"),))
        >>> what_is(absent, Language.EN)
        'the left side is not printed, while the right side prints 5.36 万元'
        >>> what_is(absent, Language.ZH)
        '左边未列示，而右边印为 5.36 万元'
    """
    left, right = _sides(compared)
    if left.is_absent and right.is_absent:
        return ""
    words = SENTENCES[language]
    is_contrast = compared.is_failed and left.value != right.value
    sides = words["but" if is_contrast else "and"].format(
        left=_said(left, right, compared, words), right=_said(right, left, compared, words)
    )
    gap = gap_text(compared)
    return words["gap"].format(sides=sides, gap=gap) if gap else sides


def what_should_be(compared: Compared, language: Language) -> str:
    """How the sides should relate, in words; '' without amounts."""
    left, right = _sides(compared)
    if left.is_absent and right.is_absent:
        return ""
    words = SENTENCES[language]
    if compared.relation == "=":
        return _equality(left, right, words)
    if compared.relation in ("<=", ">="):
        return words["at_most" if compared.relation == "<=" else "at_least"]
    if left.value == right.value:
        return ""
    return words["follows" if compared.unit == "%" else "agree"]


def sentence(compared: Compared, language: Language) -> str:
    """What should be by the bare relation, and what is; '' where there are no amounts."""
    fact = what_is(compared, language)
    norm = what_should_be(compared, language)
    return SENTENCES[language]["norm"].format(norm=norm, fact=fact) if norm else fact


def ruled(rule: str, fact: str, language: Language) -> str:
    """A rule and what is instead.

    Examples:
        >>> ruled("Sources equal uses.", "they do not", Language.EN)
        'should be: Sources equal uses; but: they do not'
        >>> ruled("收入总计等于支出总计。", "并不相等", Language.ZH)
        '应当：收入总计等于支出总计；但是：并不相等'
    """
    return SENTENCES[language]["rule"].format(rule=rule.rstrip("。. "), fact=fact)


def rule_of(found: Ruled, language: Language) -> str:
    """What should be, as the identity says it in a language."""
    return found.meaning_zh if language is Language.ZH else found.meaning_en


def finding_text(found: BoundDiscrepancy, names: Names) -> str:
    """What is wrong, of amounts as of words: the rule, and what is instead.

    Args:
        found: The discrepancy.
        names: What forms and measures are called in the language of the sentence.
    """
    language = names.language
    fact = (
        what_is(found, language)
        or names.reason(found.reason or "")
        or misprinted(found.printed_left or "", found.printed_right or "", language)
    )
    return ruled(rule_of(found, language), fact, language)


def suspects_text(suspects: Sequence[Suspect], names: Names) -> str:
    """Figures that are likely to be wrong, as printed, with what they should read."""
    return "; ".join(suspect_text(each, names) for each in suspects)


def suspect_text(suspect: Suspect, names: Names) -> str:
    """A figure that is likely to be wrong: where it stands, what is printed, what it should read.

    Examples:
        >>> from dataclasses import replace
        >>> from pipelines.exploring.labels import BY_THEMSELVES
        >>> suspect = Suspect("d", 1, 1, True, "f", False, "income", "205 教育支出", "total",
        ...     "1.00", "11.00", "万元", "lost_digit", "figures", 1, 1, 2, 2, frozenset())
        >>> suspect_text(suspect, BY_THEMSELVES)
        'income · 205 · 教育支出 · total: 1.00 → 11.00 (lost_digit)'
        >>> suspect_text(replace(suspect, cause="shifted_down"), BY_THEMSELVES)
        'income · total: shifted_down'
    """
    if suspect.is_of_column:
        column = names.place(" ".join(filter(None, (suspect.form, suspect.measure))))
        return f"{column}: {names('cause', suspect.cause)}"
    place = names.place(" ".join(filter(None, (suspect.form, suspect.row_name, suspect.measure))))
    read = f"{place}: {suspect.printed}"
    if suspect.suggested:
        read += f" → {suspect.suggested}"
    if suspect.slip:
        read += f" ({names('slip', suspect.slip)})"
    if suspect.place_count > 1:
        read += f" ({names('cause', f'printed in {suspect.place_count} places')})"
    return read


def misprinted(printed: str, expected: str, language: Language) -> str:
    """What is printed where no amounts are compared, and what is expected; '' for nothing."""
    if not printed:
        return ""
    wording = SENTENCES[language]["other_words" if expected else "words"]
    return wording.format(printed=printed, expected=expected)


def side_text(compared: Compared, side: str, language: Language) -> str:
    """The amount of one side with its unit; that it is not printed, where only the other is."""
    chosen, other = sorted(_sides(compared), key=lambda each: each.name != side)
    if chosen.is_absent:
        return "" if other.is_absent else SENTENCES[language]["nothing"]
    return chosen.amount


def gap_text(compared: Compared) -> str:
    """How far the sides are apart, with its unit; '' where they are not, or one is absent."""
    left, right = compared.left_yuan, compared.right_yuan
    if left is None or right is None or left == right:
        return ""
    return _amount(abs(left - right), compared.unit, compared.terms)


def _equality(left: _Side, right: _Side, words: Mapping[str, str]) -> str:
    summed = [side for side in (left, right) if side.is_sum]
    if len(summed) == 1 and (left.is_printed or right.is_printed):
        return words["sum"].format(count=len(summed[0].terms))
    return words["equal"]


def _sides(compared: Compared) -> tuple[_Side, _Side]:
    left = tuple(term for term in compared.terms if term.side == "left")
    right = tuple(term for term in compared.terms if term.side == "right")
    first, second = _places(left, right, compared.document_id)
    return (
        _side(compared, "left", left, compared.left_yuan, first),
        _side(compared, "right", right, compared.right_yuan, second),
    )


def _side(
    compared: Compared, name: str, terms: tuple[Term, ...], value: Decimal | None, where: str
) -> _Side:
    amount = "" if value is None else _amount(value, compared.unit, compared.terms)
    side = _Side(name, where, terms, value, amount)
    if not side.is_printed:
        return side
    as_printed = f"{terms[0].printed} {terms[0].unit}".rstrip()
    return _Side(name, where, terms, value, as_printed)


def _places(left: Sequence[Term], right: Sequence[Term], document_id: str) -> tuple[str, str]:
    """What tells the sides apart: documents, prose and table, or else left and right."""
    documents = _told_apart(
        *(
            {"here" if term.document_id == document_id else "there" for term in side}
            for side in (left, right)
        )
    )
    sorts = _told_apart(
        *({"prose" if term.is_statement else "table" for term in side} for side in (left, right))
    )
    return documents or sorts or ("left", "right")


def _told_apart(left: set[str], right: set[str]) -> tuple[str, str] | None:
    """Where either side stands, None where that does not tell them apart."""
    if len(left) == len(right) == 1 and left != right:
        return next(iter(left)), next(iter(right))
    return None


def _said(side: _Side, other: _Side, compared: Compared, words: Mapping[str, str]) -> str:
    """What is printed of a side, as a clause."""
    told = {"where": words[side.where], "amount": side.amount, "count": len(side.terms)}
    return words[_clause(side, other, compared.unit)].format_map(told)


def _clause(side: _Side, other: _Side, unit: str) -> str:
    if side.is_absent:
        return "absent"
    if unit == "%":
        return "total_printed" if side.is_printed else "yields"
    if side.is_printed:
        return "total_printed" if other.is_sum and not side.is_told_by_place else "printed"
    if side.is_sum:
        return "parts_summed" if other.is_printed and not side.is_told_by_place else "summed"
    return "netted" if len(side.terms) > 1 else "comes_to"


def _amount(value: Decimal, unit: str, terms: Sequence[Term]) -> str:
    """A value in the unit that all terms are printed in, else in yuan; others as they are."""
    printed = {term.unit for term in terms}
    if unit in {"yuan", ""}:
        common = printed.pop() if len(printed) == 1 and printed <= MONEY_UNITS else "元"
        return f"{grouped(value / PrintedUnit(common).yuan)} {common}"
    whole, point, decimals = format(value, ",f").partition(".")
    decimals = decimals.rstrip("0")
    named = "%" if unit == "%" else printed.pop() if len(printed) == 1 else ""
    return f"{whole}{point if decimals else ''}{decimals} {named}".rstrip()
