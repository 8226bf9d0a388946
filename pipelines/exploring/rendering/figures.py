"""Shows a figure: what is printed where, what proves it, and its checks.

Knows how to lay it out. Does not know how it is explained.
"""

from rich.console import Console

from pipelines.domain.messages import say, say_count
from pipelines.exploring.explanations import (
    FigureExplanation,
)
from pipelines.exploring.labels import named
from pipelines.exploring.printed import FigureRow
from pipelines.exploring.rendering.checks import show_checks
from pipelines.exploring.rendering.topics import topic_line
from pipelines.exploring.rendering.values import path_text, print_place, yuan_text


def show_figure(console: Console, explained: FigureExplanation) -> None:
    """Show a figure: what is printed where, and each identity check it takes part in."""
    figure = explained.figure
    row = f"{figure.row_code} {path_text(figure.row_path)}".strip()
    no_amount = say("none: it counts no money, or nothing says the unit")
    if figure.is_doubtful:
        no_amount = say("none: it was not read for certain")
    status = named("status", figure.status)
    console.print(say("figure {figure_id} is {status}", figure_id=figure.figure_id, status=status))
    for topic, said in (
        (say("document"), f"{figure.file_name}  ({figure.document_id})"),
        (say("title"), figure.title or say("none printed")),
        (say("header"), path_text(figure.header_path) or say("none printed")),
        (say("row"), row or say("without code or label")),
        (say("form"), _table_text(figure)),
        (say("measure"), _measure_text(figure)),
        (say("line"), named("line", figure.line)),
        (say("printed"), f"{figure.amount_text} {figure.printed_unit}".strip()),
        (say("amount"), yuan_text(figure.amount_yuan) or no_amount),
        (say("reading"), _reading_text(explained)),
        (say("proof"), _proof_text(figure)),
        (say("prose"), say("states something else") if figure.is_contradicted_by_prose else ""),
    ):
        if said:
            console.print(f"  {topic_line(topic, said)}", soft_wrap=True)
    console.print(f"  {topic_line(say('place'), print_place(figure))}")
    if not explained.checks:
        console.print(say("It takes part in no identity that could be evaluated."))
    show_checks(console, say("Identity checks:"), explained.checks, of_figure=figure.figure_id)


def _proof_text(figure: FigureRow) -> str:
    """How strongly a figure is proven; '' where it is not."""
    if figure.proof is None:
        return ""
    if figure.proof == 0:
        return say("no sum binds it: it equals a copy, or is a nil among nils")
    return say_count(
        "{count:,} independent sum binds it", "{count:,} independent sums bind it", figure.proof
    )


def _reading_text(explained: FigureExplanation) -> str:
    """What was read of a number in doubt, and what decided what it is; '' of all others."""
    repair = explained.repair
    if repair is None:
        return ""
    said = {
        "read": repair.reading_text,
        "taken": repair.amount_text,
        "candidates": say(", ").join(repair.candidates),
        "checks": " ".join(repair.deciding_check_ids),
    }
    if repair.is_confirmed:
        return say(
            "as {read}, not for certain; confirmed by {checks}; it might have been {candidates}",
            **said,
        )
    return say(
        "as {read}; taken for {taken} because of {checks}; it might have been {candidates}", **said
    )


def _table_text(figure: FigureRow) -> str:
    """The form of a figure's table and what gave it to it, or why it has none."""
    if not figure.table_form:
        why = figure.resolution
        return say("none: {why}", why=why) if why else say("none")
    section = named("section", figure.section)
    form = " / ".join(filter(None, (named("form", figure.table_form), section)))
    by = named("resolved_by", figure.table_resolved_by)
    if not figure.resolution:
        return say("{name}, by {by}", name=form, by=by)
    return say("{name}, by {by}: {resolution}", name=form, by=by, resolution=figure.resolution)


def _measure_text(figure: FigureRow) -> str:
    """What a figure measures and what gave it that, or that nothing did."""
    if not figure.measure:
        return say("none: nothing says what it measures")
    by = named("resolved_by", figure.resolved_by)
    return say("{name}, by {by}", name=named("measure", figure.measure), by=by)
