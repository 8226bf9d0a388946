"""Reads the figures in doubt again, with as many readers as it takes, and judges who is right.

Knows which reader is asked when, and how much each one's word is worth. Does not know how they
read, nor which documents are in doubt.

A second reader of tables has the first word: where it agrees, and the picture does not object, the
figure is printed so. It is judged as well: on a page on which it has another number where sums
prove the first reading, its objections count for nothing. Where the two differ, the characters in
the figure's own place decide, whose reader is judged likewise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.auditing.pictured_numbers import is_unseen, look_at
from pipelines.auditing.readings import (
    NO_WORD,
    Agreement,
    Doubt,
    FirstReading,
    Says,
    SecondReading,
    Testimony,
    errs,
    is_nil,
)
from pipelines.auditing.second_reading import LATTICE, SecondPage, read_page_again
from pipelines.auditing.third_reading import ThirdPage, third_pages
from pipelines.reading.documents import pages_as_pdf
from pipelines.reading.shown_pages import as_shown


@dataclass(frozen=True, slots=True)
class _Heard:
    """What all readers say of a figure in doubt."""

    first: FirstReading
    second: Testimony
    third: Testimony
    shown: Testimony


def read_again(doubt: Doubt) -> tuple[SecondReading, ...]:
    """Read a document's figures in doubt again."""
    pdf = pages_as_pdf(doubt.source.read_bytes())
    shown, points = as_shown(pdf, doubt.pages)
    printed = {page: [it for it in doubt.printed if it.page == page] for page in doubt.pages}
    found: list[SecondReading] = []
    for page, third in zip(doubt.pages, third_pages(shown, printed, points), strict=True):
        second = read_page_again(shown, page, printed[page], point=points[page])
        found.extend(_judge_page(pdf, printed[page], second, third))
    return tuple(found)


def _judge_page(
    pdf: bytes, printed: Sequence[FirstReading], second: SecondPage, third: ThirdPage
) -> Iterator[SecondReading]:
    seconds, thirds = second.said, third.said
    is_second_wrong, is_third_wrong = errs(printed, seconds), errs(printed, thirds)
    in_doubt = [place for place, each in enumerate(printed) if each.is_in_doubt]
    numbers = [printed[place] for place in in_doubt]
    shown = look_at(pdf, numbers, map(third.place_of, numbers)) if third.has_text else ()
    for rank, place in enumerate(in_doubt):
        heard = _Heard(
            first=printed[place],
            second=_believed(seconds[place], is_wrong=is_second_wrong),
            third=_believed(thirds[place], is_wrong=is_third_wrong),
            shown=_seen(shown[rank], thirds[place]) if shown else NO_WORD,
        )
        yield _reading(heard, seconds[place], thirds[place])
    yield from _missed(pdf, printed, second, third)


def _believed(said: Testimony, *, is_wrong: bool) -> Testimony:
    """A testimony, or none where its reader errs and does not even confirm."""
    return NO_WORD if is_wrong and said.says is not Says.SAME else said


def _seen(shown: Testimony, third: Testimony) -> Testimony:
    """What is seen; an objection counts only where that is the number's place for certain."""
    is_there = third.says in (Says.SAME, Says.ELSEWHERE)
    return shown if is_there or shown.says is Says.SAME else NO_WORD


def _reading(heard: _Heard, second: Testimony, third: Testimony) -> SecondReading:
    outcome, detail = _verdict(heard)
    return SecondReading(
        figure_id=heard.first.figure_id,
        form=heard.first.form,
        page=heard.first.page,
        first_text=heard.first.text,
        second_text=second.text,
        third_text=third.text,
        shown_text=heard.shown.text,
        outcome=outcome,
        detail=detail,
        flavour=second.flavour,
    )


def _verdict(heard: _Heard) -> tuple[Agreement, str]:
    """What follows of what all say, and what differs.

    What is to be seen counts most, since it is what was published; then who confirms the first
    reading, then who contradicts it.
    """
    second, third, shown = heard.second.says, heard.third.says, heard.shown.says
    if shown in (Says.OTHER, Says.UNSEEN):
        return Agreement.DIFFERS, shown if shown is Says.UNSEEN else "another number is to be seen"
    if second is Says.SAME:
        return Agreement.AGREES, ""
    if third is Says.SAME:
        return Agreement.UPHELD, second
    if Says.ELSEWHERE in (second, third):
        return _row_verdict(second, third)
    if shown is Says.SAME:
        return Agreement.UPHELD, second
    if Says.OTHER in (second, third):
        return Agreement.DIFFERS, Says.OTHER
    return Agreement.UNREADABLE, second


def _row_verdict(second: Says, third: Says) -> tuple[Agreement, str]:
    """What follows where one has the number in another row, and nobody has it in the same one."""
    if third is Says.ELSEWHERE and second not in (Says.ELSEWHERE, Says.OTHER):
        # Labels that wrap or span rows are not level with their numbers: by itself it tells little.
        return Agreement.UNREADABLE, Says.ELSEWHERE
    return Agreement.DIFFERS, Says.ELSEWHERE


def _missed(
    pdf: bytes, printed: Sequence[FirstReading], second: SecondPage, third: ThirdPage
) -> Iterator[SecondReading]:
    """Amounts that the second reader has and the first has not, where the third sees them, too.

    A nil more or less changes no sum, and what nobody sees is not printed.
    """
    page = printed[0].page
    loose = third.unaccounted() if second.unknown else []
    for amount in second.unknown:
        places = [box for text, box in loose if text == amount.text]
        if is_nil(amount.text) or not places or is_unseen(pdf, page, places[0]):
            continue
        loose.remove((amount.text, places[0]))
        yield SecondReading(
            figure_id="",
            form=amount.form,
            page=page,
            first_text="",
            second_text=amount.text,
            third_text=amount.text,
            shown_text="",
            outcome=Agreement.MISSED,
            detail=f"in the row {amount.row}",
            flavour=LATTICE,
        )
