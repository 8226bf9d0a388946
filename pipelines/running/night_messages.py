"""Puts a night's news into words for the people who run the pipeline.

Knows what is worth a line, how many lines of a kind are enough, and what to do next. Does not know
what is news, nor who is told.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pipelines.domain.messages import say, say_count
from pipelines.domain.night_news import (
    Contradictions,
    NightNews,
    Share,
    ShareFall,
    Trouble,
    TroubleKind,
)
from pipelines.exploring.moments import day_text
from pipelines.exploring.rejections import why_in_part, why_rejected
from pipelines.running.messages import ERROR_LENGTH, Message, in_a_line
from pipelines.running.notes import Notes

LINES_OF_A_KIND = 5
NAME_LENGTH = 48
DETAIL_LENGTH = 120


def message_of(notes: Notes) -> Message:
    """What people are told of a night, the most urgent first, in the language of the answer."""
    news = notes.news or NightNews()
    error = [in_a_line(notes.told_error, ERROR_LENGTH)] if notes.error else []
    entry = notes.entry()
    facts = {
        "command": notes.command,
        "exit_code": notes.exit_code,
        "error": notes.error,
        "counts": entry.counts,
        "news": entry.news,
    }
    return Message(_title(notes, news), (*error, *_lines_of(news)), _closing(notes, news), facts)


def _title(notes: Notes, news: NightNews) -> str:
    """The whole of it in a line."""
    worse_count = news.counts["new_troubles"] + news.counts["falls"]
    if notes.error:
        return say(
            "juesuan nightly could not do its work (exit code {exit_code})",
            exit_code=notes.exit_code,
        )
    if worse_count:
        return say_count(
            "juesuan nightly: {count} new problem (exit code {exit_code})",
            "juesuan nightly: {count} new problems (exit code {exit_code})",
            worse_count,
            exit_code=notes.exit_code,
        )
    if news.contradictions:
        return say_count(
            "juesuan nightly: new contradictions in {count} document",
            "juesuan nightly: new contradictions in {count} documents",
            len(news.contradictions),
        )
    return say_count(
        "juesuan nightly: {count} problem is over",
        "juesuan nightly: {count} problems are over",
        len(news.over),
    )


def _closing(notes: Notes, news: NightNews) -> str:
    """What to do next, '' where nothing is."""
    if notes.error:
        return say("Next: mend it and run juesuan nightly again; the warehouse is as it was")
    if news.is_bad or news.still:
        return say(
            "Next: juesuan status lists everything; juesuan acknowledge NAME says that something "
            "is known"
        )
    if news.contradictions:
        return say("Next: juesuan discrepancies lists what is, and what should be")
    return ""


def _lines_of(news: NightNews) -> list[str]:
    """A line for each thing to know; of many of a kind the first, and how many more."""
    of_kinds = [
        [_trouble(each.trouble) for each in news.new if each.trouble.kind is kind]
        for kind in TroubleKind
    ]
    whole = [_whole_fall(news.whole_fall)] if news.whole_fall else []
    of_kinds += [
        [*whole, *map(_fall, news.falls)],
        [_contradictions(each) for each in news.contradictions],
        [say("Over: {name}", name=_named(each)) for each in news.over],
        [_still(each.trouble, each.since) for each in news.still if each.since],
    ]
    lines = [line for of_kind in of_kinds for line in _first_of(of_kind)]
    if news.acknowledged:
        lines.append(say("Acknowledged and still so: {count}", count=len(news.acknowledged)))
    return lines


def _first_of(lines: Sequence[str]) -> Iterator[str]:
    """The first few lines of a kind, and how many more there are."""
    yield from lines[:LINES_OF_A_KIND]
    if len(lines) > LINES_OF_A_KIND:
        yield say("… and {count} more", count=len(lines) - LINES_OF_A_KIND)


def _trouble(trouble: Trouble) -> str:
    """What is wrong, why, and where to look."""
    name = _named(trouble)
    match trouble.kind:
        case TroubleKind.SITE:
            why = in_a_line(trouble.detail, DETAIL_LENGTH) or say("nothing came from it")
            return say(
                "Site {name} could not be asked: {why}; see: juesuan fetch --check {name}",
                name=name,
                why=why,
            )
        case TroubleKind.ADDRESS:
            why = why_in_part(trouble.reason)
            return say("Not had whole: {address}: {why}", address=name, why=why)
        case TroubleKind.FILE:
            why = in_a_line(why_rejected(trouble.reason, trouble.detail), DETAIL_LENGTH)
            return say("Not read: {name}: {why}", name=name, why=why)
        case TroubleKind.DOCUMENT:
            return say(
                "Quarantined: {name}: read twice, and not the same; see: juesuan explain {key}",
                name=name,
                key=trouble.key,
            )
        case TroubleKind.TEST:
            found = say("{count:,} rows", count=trouble.row_count)
            if trouble.detail:
                files = in_a_line(trouble.detail, DETAIL_LENGTH)
                found = say("{found}, of {files}", found=found, files=files)
            return say("Test of the warehouse failed: {name} ({found})", name=name, found=found)


def _still(trouble: Trouble, since: datetime) -> str:
    """What was wrong before already."""
    return say("Still: {name}, since {day}", name=_named(trouble), day=day_text(since))


def _fall(fall: ShareFall) -> str:
    """Of what less is proven, and how much less."""
    return say(
        "Less is proven of {name}: {after} after {before}; see: juesuan explain {key}",
        name=_named(fall),
        after=_percent(fall.after),
        before=_percent(fall.before),
        key=fall.document_id,
    )


def _whole_fall(fall: ShareFall) -> str:
    return say(
        "Less is proven of all figures: {after} after {before}",
        after=_percent(fall.after),
        before=_percent(fall.before),
    )


def _contradictions(found: Contradictions) -> str:
    """Which document contradicts itself, and how often."""
    if not found.before:
        return say_count(
            "Contradicts itself: {name}: {count} contradiction; see: juesuan discrepancies {key}",
            "Contradicts itself: {name}: {count} contradictions; see: juesuan discrepancies {key}",
            found.after,
            name=_named(found),
            key=found.document_id,
        )
    return say(
        "Contradicts itself: {name}: {after} contradictions instead of {before}; see: juesuan "
        "discrepancies {key}",
        name=_named(found),
        after=found.after,
        before=found.before,
        key=found.document_id,
    )


def _named(named: Trouble | ShareFall | Contradictions) -> str:
    """A name, with the department where the name does not say it."""
    name = in_a_line(named.name, NAME_LENGTH)
    if not named.department or named.department in named.name:
        return name
    department = in_a_line(named.department, NAME_LENGTH)
    return say("{name} ({department})", name=name, department=department)


def _percent(share: Share) -> str:
    percent = share.proven * 1000 // share.figures / 10
    return f"{percent:.1f} % ({share.proven:,}/{share.figures:,})"
