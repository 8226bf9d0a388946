"""Shows discrepancies: as a table, as lines that wrap, or in one line each.

Knows how to lay them out. Does not know which of them count.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipelines.domain.messages import say
from pipelines.exploring.discrepancies import BoundDiscrepancy, Discrepancy, of_counted
from pipelines.exploring.labels import named, names
from pipelines.exploring.rendering.checks import evaluation_text
from pipelines.exploring.rendering.consoles import show_table
from pipelines.exploring.sentences import finding_text, suspects_text

WIDE_ENOUGH_FOR_SENTENCES = 200


def show_discrepancies(
    console: Console,
    discrepancies: Sequence[BoundDiscrepancy],
) -> None:
    """Show discrepancies as a table, one above the other where it would not fit, or say none."""
    if not discrepancies:
        console.print(say("No discrepancies: every identity that could be evaluated holds."))
        return
    if console.width < WIDE_ENOUGH_FOR_SENTENCES:
        for each in discrepancies:
            _stack_discrepancy(console, each)
        return
    rows = (
        (
            named("level", each.level),
            each.file_name,
            evaluation_text(each.identity_id, each.scope_key),
            finding_text(each, names()),
            suspects_text(each.suspects, names()) if each.is_located else "",
            _cause_text(each),
            each.place,
            each.check_id,
        )
        for each in discrepancies
    )
    heads = (
        say("level"), say("document"), say("identity"), say("what should be, and what is"),
        say("likeliest culprit"), say("verdict"), say("printed at"), f"!{say('check')}",
    )  # fmt: skip
    show_table(console, heads, rows)


def _stack_discrepancy(console: Console, each: BoundDiscrepancy) -> None:
    """Show everything that the table has, in lines that wrap."""
    console.print(f"{named('level', each.level)}: {each.file_name}")
    finding = finding_text(each, names())
    reason = names().reason(each.reason or "")
    for label, text in (
        ("", f"{evaluation_text(each.identity_ids, each.scope_key)}: {each.formula}"),
        ("", finding),
        (say("found"), "" if reason in finding else reason),
        (
            say("culprit") if each.is_located else say("candidates"),
            suspects_text(each.suspects, names()),
        ),
        (say("sentence"), each.sentence),
        (say("accepted"), each.accepted_reason),
        (say("verdict"), _cause_text(each)),
        (say("at"), each.place),
        (say("check"), each.check_id),
    ):
        if text:
            line = say("{topic}: {text}", topic=label, text=text) if label else text
            console.print(Padding(Text(line), (0, 0, 0, 2)))


def show_contradictions(
    console: Console,
    discrepancies: Sequence[Discrepancy],
    first: Sequence[BoundDiscrepancy],
) -> None:
    """Show some violations in a line each, and how many discrepancies there are.

    Args:
        console: Where.
        discrepancies: All of them, also of documents that facts do not count.
        first: The violations to show.
    """
    counted = of_counted(discrepancies)
    violations = [each for each in counted if each.is_violation]
    console.print(
        say(
            "Contradictions in the documents themselves: {count:,}; oddities that may have a "
            "reason: {oddity_count:,}",
            count=len(violations),
            oddity_count=len(counted) - len(violations),
        )
    )
    for each in first:
        console.print(f"  {discrepancy_text(each)}", soft_wrap=True)
    if len(violations) > len(first):
        console.print(say("  … and {count:,} more", count=len(violations) - len(first)))
    show_uncounted(console, discrepancies)


def show_uncounted(console: Console, discrepancies: Sequence[Discrepancy]) -> None:
    """Show how many contradictions stand in documents that facts do not count, if any do."""
    violations = [each for each in discrepancies if each.is_violation and not each.is_counted]
    if violations:
        console.print(
            say(
                "Besides, {count:,} in further editions and other documents that no fact counts: "
                "juesuan discrepancies --all",
                count=len(violations),
            )
        )


def discrepancy_text(each: BoundDiscrepancy) -> str:
    """A discrepancy in one line: whose, of what, what is wrong, and what it is put down to."""
    evaluation = evaluation_text(each.identity_id, each.scope_key)
    return say(
        "{file}: {identity}: {finding} [{verdict}]",
        file=each.file_name,
        identity=evaluation,
        finding=finding_text(each, names()),
        verdict=_cause_text(each),
    )


def _cause_text(each: Discrepancy) -> str:
    """What a contradiction is put down to; of an oddity, which accuses nobody, how it failed."""
    if each.is_violation:
        return named("attribution", each.attribution or "") or named("tier", each.tier)
    return say("may have a reason") if each.tier == "violation" else named("tier", each.tier)
