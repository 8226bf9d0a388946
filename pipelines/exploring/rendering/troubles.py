"""Shows what is wrong in a line each: what, why, since when, and who knows of it.

Knows how such lines are laid out. Does not know how trouble is found, nor what of it is news.
"""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console

from pipelines.domain.file_record import FileStatus, shown_name
from pipelines.domain.messages import say, say_count
from pipelines.domain.night_news import (
    Acknowledgement,
    Contradictions,
    NightNews,
    Share,
    ShareFall,
    StandingTrouble,
    Trouble,
    TroubleKind,
)
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.failing_tests import AUDIT, FailedTest
from pipelines.exploring.labels import named
from pipelines.exploring.moments import day_text, moment_text
from pipelines.exploring.rejections import rejection_text, why_in_part, why_rejected
from pipelines.exploring.rendering.topics import padded, topic_line
from pipelines.exploring.status import WarehouseStatus

LINES_SHOWN = 20


def show_troubles(console: Console, troubles: Sequence[StandingTrouble]) -> None:
    """Show everything that is wrong, what is known last."""
    for standing in sorted(troubles, key=lambda each: each.acknowledgement is not None):
        console.print(_standing_text(standing), soft_wrap=True)


def show_failed_tests(console: Console, tests: Sequence[FailedTest]) -> None:
    """Show of each test that found rows what must hold, some of what does not, and what to do."""
    for test in tests:
        lines = [say("{name}: what must hold: {held_to}", name=test.name, held_to=test.held_to)]
        lines += [f"  {example}" for example in test.examples]
        if test.row_count > len(test.examples):
            every = f"from {AUDIT}.{test.name}"
            lines.append(
                "  " + say("all {count:,} rows: {every}", count=test.row_count, every=every)
            )
        lines.append("  " + say("what to do: {remedy}", remedy=test.remedy))
        for line in lines:
            console.print(f"  {line}", soft_wrap=True)


def show_unused_files(console: Console, status: WarehouseStatus) -> None:
    """Show a line for each file that has another's content, and for each document without facts."""
    for file in status.files:
        if file.status is FileStatus.DUPLICATE:
            status_text = named("file_status", file.status)
            told = f"{rejection_text(file)} [{file.reason}]"
            console.print(topic_line(status_text, told), soft_wrap=True)
    for document in status.templates:
        template = say("{file}: a blank template, nobody's disclosure", file=document.file_name)
        console.print(topic_line(say("no facts"), template), soft_wrap=True)
    for document in status.unidentified:
        unidentified = say(
            "{file}: not identified: counts in no fact, because its text states {unstated}",
            file=document.file_name,
            unstated=_unstated_text(document),
        )
        console.print(topic_line(say("no facts"), unidentified), soft_wrap=True)


def show_news(console: Console, news: NightNews, last_at: datetime | None) -> None:
    """Show what is new since the last night, what is still wrong, and what is over.

    Args:
        console: Where.
        news: The news.
        last_at: When the last night ended, None where this is the first.
    """
    compared = say("this is the first night")
    if last_at is not None:
        compared = say("since the night of {moment}", moment=moment_text(last_at))
    if not news.is_any:
        console.print(topic_line(say("News"), say("none, {compared}", compared=compared)))
    falls = [*([news.whole_fall] if news.whole_fall else []), *news.falls]
    for title, lines in (
        (say("New, {compared}:", compared=compared), map(trouble_text, _plain(news.new))),
        (say("Less is proven, {compared}:", compared=compared), map(_fall_text, falls)),
        (
            say("More contradictions, {compared}:", compared=compared),
            map(_contradictions_text, news.contradictions),
        ),
        (say("Over:"), map(trouble_text, news.over)),
        (say("Still:"), map(_standing_text, news.still)),
        (say("Acknowledged:"), map(_standing_text, news.acknowledged)),
    ):
        _show_section(console, title, list(lines))


def show_acknowledged(
    console: Console, known: Sequence[tuple[Trouble, Acknowledgement]], standing: Sequence[Trouble]
) -> None:
    """Show what was acknowledged, by whom, when and why, and whether it is still so."""
    identities = {trouble.identity for trouble in standing}
    for trouble, said in known:
        line = f"{padded(kind_text(trouble.kind), 10)}{trouble.key}  {trouble.name}"
        if trouble.identity not in identities:
            line = say("{line} (no longer so)", line=line)
        console.print(line, soft_wrap=True)
        console.print(f"{padded('', 10)}{_acknowledgement_text(said)}", soft_wrap=True)
    if not known:
        console.print(say("Nothing is acknowledged."))


def kind_text(kind: TroubleKind) -> str:
    """What it is that is in trouble."""
    match kind:
        case TroubleKind.SITE:
            return say("site")
        case TroubleKind.ADDRESS:
            return say("address")
        case TroubleKind.FILE:
            return say("file")
        case TroubleKind.DOCUMENT:
            return say("document")
        case TroubleKind.TEST:
            return say("test")


def trouble_text(trouble: Trouble) -> str:
    """What is wrong, and why."""
    match trouble.kind:
        case TroubleKind.FILE:
            shown = shown_name(trouble.path, trouble.name)
            why = why_rejected(trouble.reason, trouble.detail)
            told = say("{file}: {why} [{reason}]", file=shown, why=why, reason=trouble.reason)
            return topic_line(named("file_status", FileStatus.REJECTED), told)
        case TroubleKind.DOCUMENT:
            told = say(
                "{file}: failing identities not confirmed by a second reading; see 'juesuan "
                "explain {document_id}'",
                file=trouble.name,
                document_id=trouble.key,
            )
            return topic_line(say("quarantined"), told)
        case TroubleKind.SITE:
            why = trouble.detail or say("nothing came from it")
            return topic_line(say("site failed"), say("{site}: {why}", site=trouble.name, why=why))
        case TroubleKind.ADDRESS:
            told = say("{address}: {why}", address=trouble.name, why=why_in_part(trouble.reason))
            return topic_line(say("cut short"), told)
        case TroubleKind.TEST:
            found = say("{name}: {count:,} rows", name=trouble.name, count=trouble.row_count)
            if trouble.detail:
                found = say("{found}, of {files}", found=found, files=trouble.detail)
            return topic_line(say("test failed"), found)


def _plain(troubles: Sequence[StandingTrouble]) -> list[Trouble]:
    return [standing.trouble for standing in troubles]


def _show_section(console: Console, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    console.print(title)
    for line in lines[:LINES_SHOWN]:
        console.print(f"  {line}", soft_wrap=True)
    if len(lines) > LINES_SHOWN:
        more = say("  … and {count:,} more: juesuan status", count=len(lines) - LINES_SHOWN)
        console.print(more)


def _standing_text(standing: StandingTrouble) -> str:
    told = trouble_text(standing.trouble)
    if standing.since:
        told = say("{trouble}; since {day}", trouble=told, day=day_text(standing.since))
    if standing.acknowledgement:
        said = _acknowledgement_text(standing.acknowledgement)
        told = say("{trouble}; {acknowledged}", trouble=told, acknowledged=said)
    return told


def _acknowledgement_text(said: Acknowledgement) -> str:
    """Who acknowledged something, when and why."""
    told = say("acknowledged by {who} on {day}", who=said.who, day=day_text(said.at))
    return say("{acknowledged}: {note}", acknowledged=told, note=said.note) if said.note else told


def _fall_text(fall: ShareFall) -> str:
    return say(
        "{what}: {after} after {before}",
        what=fall.name or say("all figures"),
        after=_share_text(fall.after),
        before=_share_text(fall.before),
    )


def _share_text(share: Share) -> str:
    return say("{proven:,} of {count:,} figures proven", proven=share.proven, count=share.figures)


def _contradictions_text(found: Contradictions) -> str:
    told = say_count("{count:,} contradiction", "{count:,} contradictions", found.after)
    if found.before:
        told = say("{after} instead of {before:,}", after=told, before=found.before)
    return say("{file}: {what}", file=found.name, what=told)


def _unstated_text(document: DocumentState) -> str:
    """What a document does not say of itself."""
    unstated = [
        *([] if document.department_name else [say("no department")]),
        *([] if document.fiscal_year is not None else [say("no year")]),
    ]
    return say(" and ").join(unstated) or say("no department of a known region")
