"""Shows identity checks with their terms, and says how they ended.

Knows how sides and signs are written. Does not know whose checks they are.
"""

from collections.abc import Sequence

from rich.console import Console

from pipelines.domain.messages import say
from pipelines.exploring.checks import Check, Term
from pipelines.exploring.labels import named, names
from pipelines.exploring.rendering.topics import padded
from pipelines.exploring.rendering.values import value_text
from pipelines.exploring.sentences import sentence, what_is


def show_checks(
    console: Console,
    title: str,
    checks: Sequence[Check],
    of_figure: str = "",
) -> None:
    """Show checks with their terms, one figure or statement pointed out."""
    if not checks:
        return
    console.print(title)
    for check in checks:
        identity = identity_text(check.identity_id, check.scope_key)
        ended = say(
            "  {identity}: {verdict}  [{check_id}]",
            identity=identity,
            verdict=_verdict_text(check),
            check_id=check.check_id,
        )
        console.print(ended, soft_wrap=True)
        for line in filter(None, (_evaluated_text(check), names().reason(check.reason))):
            console.print(f"    {line}", soft_wrap=True)
        for side, called in (("left", say("left")), ("right", say("right"))):
            for term in (term for term in check.terms if term.side == side):
                line = f"      {padded(called, 6)}{_term_text(term, of_figure)}"
                console.print(line, soft_wrap=True)


def identity_text(identity_ids: str, scope_key: str) -> str:
    """What a check is of: its identities, what they are called, and where they were evaluated."""
    listed = identity_ids.split(", ")
    called = [named("identity", each).rstrip("。.") for each in listed]
    rules = "; ".join(called) if called != listed else ""
    return " · ".join(filter(None, (identity_ids, rules, names().place(scope_key))))


def evaluation_text(identity_ids: str, scope_key: str) -> str:
    """Identities and where they were evaluated; what they mean is not said as if it held."""
    return " · ".join(filter(None, (identity_ids, names().place(scope_key))))


def _verdict_text(check: Check) -> str:
    """How a check ended, and what one that must hold and fails is put down to."""
    cause = named("attribution", check.attribution) if check.severity == "hard" else ""
    return say(", ").join(filter(None, (named("verdict", check.verdict), cause)))


def _evaluated_text(check: Check) -> str:
    """What came of a check: both sides with the sign that is true of them, or what is wrong.

    Of a side of which nothing is printed that is said, too; '' without amounts.
    """
    if check.is_failed:
        return sentence(check, names().language)
    left, right = check.left_yuan, check.right_yuan
    if left is None or right is None:
        # Without a relation a side may be there and be no amount.
        return what_is(check, names().language) if check.relation else ""
    sign = check.relation or "="
    if sign == "=" and left != right:
        sign = "≈"
    sides = f"{value_text(left, check.unit)} {sign} {value_text(right, check.unit)}"
    difference = value_text(check.difference_yuan, check.unit)
    return say("{sides}, difference {difference}", sides=sides, difference=difference)


def _term_text(term: Term, of_figure: str) -> str:
    sign = "−" if term.sign < 0 else "+"
    here = say("  ← this one") if of_figure and term.figure_id == of_figure else ""
    place = names().place(" ".join(filter(None, (term.form, term.row, term.measure))))
    printed = f"{term.printed} {term.unit}".rstrip()
    return f"{sign} {printed}  {place}  [{term.figure_id}]{here}"
