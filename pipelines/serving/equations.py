"""Checks as equations of clickable terms, the failing ones first.

Knows how a check reads: its rule, its sides, what came of it. Does not know any page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipelines.exploring.checks import Check, Term
from pipelines.exploring.labels import Names
from pipelines.exploring.sentences import gap_text, side_text, what_is
from pipelines.serving.explorer import Visit
from pipelines.serving.sheets import Cell, Column, Kind, Link, Row, Sheet, Worked

# More terms than these that print 0 would hide the others.
ZEROS_SHOWN = 2


class Outcome(StrEnum):
    """How a check ended, the worst first."""

    CONTRADICTED = "contradicted"
    ODD = "odd"
    ROUNDED = "rounded"
    HELD = "held"
    OPEN = "open"


SIGNS = {"=": "=", "<=": "≤", ">=": "≥"}
BROKEN_SIGNS = {"=": "≠", "<=": ">", ">=": "<"}
UNEVALUATED = {"not_evaluable", "not_applicable", "ambiguous"}


@dataclass(frozen=True, slots=True)
class Part:
    """A term of an equation.

    Attributes:
        sign: ``+`` or ``−``; '' where it stands alone.
        name: What it is.
        printed: The number as printed with its unit.
        address: Its own page.
        is_statement: Whether the prose states it.
        is_here: Whether the page is about it.
        is_zero: Whether 0 is printed, so that a page may fold it.
        other_document: Address of the document that prints it, '' where it is the one of the check.
    """

    sign: str
    name: str
    printed: str
    address: str
    is_statement: bool
    is_here: bool
    is_zero: bool
    other_document: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an equation.

    Attributes:
        shown: The terms that are seen at once.
        folded: Terms that print 0, where there are many.
        amount: What they come to, with its unit, or that nothing is printed.
        is_sum: Whether that has to be said, because there is not just one term.
        is_derived: Whether it is worked out of the terms in another way than by adding.
    """

    shown: tuple[Part, ...]
    folded: tuple[Part, ...]
    amount: str
    is_sum: bool
    is_derived: bool


@dataclass(frozen=True, slots=True)
class Equation:
    """A check as a page shows it.

    Attributes:
        check_id: The check.
        identity_id: The identity.
        rule: What should hold, in words.
        formula: The same as a formula.
        place: On which row, code or measure.
        common: What all terms are of, '' where they have nothing in common.
        outcome: How it ended, roughly.
        verdict: How it ended, in words.
        cause: What a failure is put down to, '' for nothing.
        fact: What is instead, in words; '' where it holds.
        gap: How far the sides are apart, '' where they are not.
        sign: The relation that is true of the sides; '' where they have none.
        left: The left side.
        right: The right side.
    """

    check_id: str
    identity_id: str
    rule: str
    formula: str
    place: str
    common: str
    outcome: Outcome
    verdict: str
    cause: str
    fact: str
    gap: str
    sign: str
    left: Side
    right: Side

    @property
    def has_failed(self) -> bool:
        """Whether what should hold does not."""
        return self.outcome in {Outcome.CONTRADICTED, Outcome.ODD}


def equations_of(visit: Visit, checks: Iterable[Check], here: str = "") -> list[Equation]:
    """Checks as equations, the worst first.

    Args:
        visit: The request.
        checks: The checks.
        here: The figure or statement that the page is about.
    """
    order = list(Outcome)
    found = [equation_of(visit, check, here) for check in checks]
    return sorted(found, key=lambda each: order.index(each.outcome))


def equation_of(visit: Visit, check: Check, here: str = "") -> Equation:
    """A check as an equation."""
    outcome = outcome_of(check)
    names = [term_name(term, visit.names) for term in check.terms]
    common = common_words(names)
    reason = visit.names.reason(check.reason)
    fact = (what_is(check, visit.language) or reason) if check.is_failed else reason
    return Equation(
        check_id=check.check_id,
        identity_id=check.identity_id,
        rule=visit.called("identity", check.identity_id),
        formula=visit.means("identity", check.identity_id),
        place=visit.names.place(check.scope_key),
        common=" · ".join(common),
        outcome=outcome,
        verdict=_verdict(visit, check, outcome),
        cause=_cause(visit, check, outcome),
        fact=fact,
        gap=gap_text(check),
        sign=_sign(check),
        left=_side(visit, check, "left", here, common),
        right=_side(visit, check, "right", here, common),
    )


def _verdict(visit: Visit, check: Check, outcome: Outcome) -> str:
    """How a check ended; one that no rounding explains by what its discrepancy is called."""
    levels = {Outcome.CONTRADICTED: "violation", Outcome.ODD: "info"}
    if check.tier == "violation" and outcome in levels:
        return visit.called("level", levels[outcome])
    return visit.called("verdict", check.verdict)


def _cause(visit: Visit, check: Check, outcome: Outcome) -> str:
    """What a contradiction is put down to, '' for nothing: an oddity accuses nobody."""
    if outcome is not Outcome.CONTRADICTED or not check.attribution:
        return ""
    return visit.called("attribution", check.attribution)


def outcome_of(check: Check) -> Outcome:
    """How a check ended, roughly."""
    if check.is_failed:
        return Outcome.CONTRADICTED if check.severity == "hard" else Outcome.ODD
    if check.verdict in UNEVALUATED:
        return Outcome.OPEN
    return Outcome.HELD if check.verdict == "exact" else Outcome.ROUNDED


def term_name(term: Term, names: Names) -> tuple[str, ...]:
    """What a term is: its form, its row as printed, its measure."""
    if term.is_statement:
        place = names.place(" ".join(filter(None, (term.form, term.row, term.measure))))
        return _different((*place.split(" · "), term.row_label))
    row = term.row_label.rpartition("/")[2] or names.place(term.row)
    return _different((names("form", term.form), row, names("measure", term.measure)))


def _different(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))


def common_words(names: Sequence[Sequence[str]]) -> list[str]:
    """The words that all of several names have, but for those without which one says nothing.

    Examples:
        >>> common_words([("income", "205", "total"), ("income", "205", "other")])
        ['income', '205']
        >>> common_words([("income", "205"), ("income", "205")])
        ['income']
        >>> common_words([("income", "205")])
        []
    """
    if len(names) < 2:
        return []
    shared = [word for word in names[0] if all(word in name for name in names)]
    while shared and any(set(name) <= set(shared) for name in names):
        shared.pop()
    return shared


def terms_sheet(visit: Visit, checks: Iterable[Check]) -> Sheet:
    """Every term of every check, in a line each."""
    columns = (
        Column("identity_id", visit.say("Identity")),
        Column("rule", visit.say("What should hold")),
        Column("verdict", visit.say("Verdict"), is_short=True),
        Column("side", visit.say("Side"), is_short=True),
        Column("sign", visit.say("Sign"), is_short=True),
        Column("term", visit.say("Term")),
        Column("printed", visit.say("As printed"), is_short=True),
        Column("unit", visit.say("Unit"), is_short=True),
        Column("amount", visit.say("In yuan, else as it counts"), Kind.COUNT),
        Column("check_id", visit.say("Check"), is_short=True),
    )
    rows = tuple(Row(_term_cells(visit, check, term)) for check in checks for term in check.terms)
    return Sheet("equations", visit.say("Equations"), columns, rows)


def _term_cells(visit: Visit, check: Check, term: Term) -> tuple[Cell, ...]:
    return (
        Link(check.identity_id, f"/identity/{check.identity_id}"),
        visit.called("identity", check.identity_id),
        visit.called("verdict", check.verdict),
        visit.called("side", term.side),
        "−" if term.sign < 0 else "+",
        Link(" · ".join(term_name(term, visit.names)), _address(term)),
        term.printed,
        term.unit,
        Worked(term.amount_yuan),
        check.check_id,
    )


def _sign(check: Check) -> str:
    if check.left_yuan is None or check.right_yuan is None:
        return ""
    relation = check.relation or ("=" if check.unit == "%" else "")
    if check.is_failed:
        return BROKEN_SIGNS.get(relation, "")
    if relation == "=" and check.left_yuan != check.right_yuan:
        return "≈"
    return SIGNS.get(relation, "")


def _side(visit: Visit, check: Check, name: str, here: str, common: Sequence[str]) -> Side:
    terms = [term for term in check.terms if term.side == name]
    is_derived = check.unit == "%" and any(term.unit != "%" for term in terms)
    is_unsigned = is_derived or len(terms) == 1
    parts = [_part(visit, check, term, here, common, is_unsigned=is_unsigned) for term in terms]
    zeros = [part for part in parts if part.is_zero and not part.is_here]
    folded = zeros if len(zeros) > ZEROS_SHOWN and len(zeros) < len(parts) else []
    return Side(
        shown=tuple(part for part in parts if part not in folded),
        folded=tuple(folded),
        # Of a side that no term is bound to nothing is said where it need not be printed.
        amount=side_text(check, name, visit.language) if terms or check.is_failed else "",
        is_sum=_is_sum(terms, check),
        is_derived=is_derived,
    )


def _is_sum(terms: Sequence[Term], check: Check) -> bool:
    """Whether a side comes to something that no term of it prints."""
    if len(terms) != 1:
        return True
    side = check.left_yuan if terms[0].side == "left" else check.right_yuan
    return side is not None and side != terms[0].amount_yuan


def _part(
    visit: Visit, check: Check, term: Term, here: str, common: Sequence[str], *, is_unsigned: bool
) -> Part:
    named = [word for word in term_name(term, visit.names) if word not in common]
    sign = "−" if term.sign < 0 else "+"
    is_other = term.document_id not in {"", check.document_id}
    return Part(
        sign="" if is_unsigned and term.sign > 0 else sign,
        name=" · ".join(named),
        printed=f"{term.printed} {term.unit}".rstrip(),
        address=_address(term),
        is_statement=term.is_statement,
        is_here=term.figure_id == here,
        is_zero=term.amount_yuan == Decimal(0),
        other_document=f"/document/{term.document_id}" if is_other else "",
    )


def _address(term: Term) -> str:
    return f"/{'claim' if term.is_statement else 'figure'}/{term.figure_id}"
