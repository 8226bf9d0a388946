"""Shows words that nobody knows, and sentences that can be read in several ways.

Knows which columns a narrow terminal does without. Does not know how gaps are found.
"""

from collections.abc import Sequence

from rich.console import Console

from pipelines.domain.messages import marked, say
from pipelines.exploring.labels import named
from pipelines.exploring.prose_doubts import ProseDoubt
from pipelines.exploring.rendering.consoles import show_table
from pipelines.exploring.wording_gaps import WordingGap

NO_TITLE = marked("(no title)")
NO_WORDS = marked("(no words)")


def show_wording(console: Console, gaps: Sequence[WordingGap]) -> None:
    """Show the wordings that did not name what they stand over, or say that there are none."""
    if not gaps:
        console.print(say("Every title, header and label was understood by its words."))
        return
    rows = (
        (
            named("wording_gap", gap.kind),
            gap.wording or say(NO_TITLE),
            named("resolved_by", gap.resolved_by) or say("nothing"),
            " · ".join(filter(None, (named("form", gap.form), named("measure", gap.measure)))),
            f"{gap.occurrences:,}",
            f"{gap.document_count:,}",
            " ".join(gap.uncovered),
            gap.concept,
            _example_text(gap),
        )
        for gap in gaps
    )
    heads = (
        f"!{say('kind')}", say("wording"), say("named by"), f"?{say('form, measure')}",
        f">{say('times')}", f"?{say('documents')}", say("words to add"), f"?{say('concept')}",
        f"?{say('for example')}",
    )  # fmt: skip
    show_table(console, heads, rows)


def _example_text(example: WordingGap | ProseDoubt) -> str:
    """A place where a wording or a doubt is found."""
    if example.page is None:
        return example.file_name
    return say("{file} page {page}", file=example.file_name, page=example.page)


def show_prose_doubts(console: Console, doubts: Sequence[ProseDoubt]) -> None:
    """Show the words behind which values are in doubt, or say that there are none."""
    if not doubts:
        console.print(say("Every value of the prose can be read in one way only."))
        return
    rows = (
        (
            doubt.words or say(NO_WORDS),
            named("doubt", doubt.reason),
            f"{doubt.occurrences:,}",
            f"{doubt.document_count:,}",
            doubt.printed,
            doubt.sentence,
            _example_text(doubt),
        )
        for doubt in doubts
    )
    heads = (
        say("words before"), say("why in doubt"), f">{say('times')}", f"?{say('documents')}",
        say("for example"), say("sentence"), f"?{say('in')}",
    )  # fmt: skip
    show_table(console, heads, rows)
