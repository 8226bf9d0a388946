"""Tells what is new since the last night from what is still so, and what is over.

Knows what makes a trouble the same as before, and when a share has fallen by more than chance.
Does not know how anything is found, nor who is told.
"""

import math
import statistics
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

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
from pipelines.domain.warehouse_place import Warehouse
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.troubles import standing_troubles
from pipelines.warehouse.acknowledgements import acknowledged, undo_acknowledgement
from pipelines.warehouse.night_memory import DocumentProof, NightMemory

# By whom an acknowledgement is taken back once what it was of is over.
NOBODY = "juesuan"
# What has a name and no content, and may fail again for another cause.
KNOWN_BY_NAME = (TroubleKind.SITE, TroubleKind.ADDRESS, TroubleKind.TEST)
# What a share shown with one decimal does not show, and how many standard errors are no chance.
SMALLEST_FALL = 0.001
STANDARD_ERRORS = 3.0


@dataclass(frozen=True, slots=True)
class NightState:
    """What a night found.

    Attributes:
        at: When it ended, with its zone.
        troubles: What is wrong.
        documents: Every document.
        asked_sites: The sites that it asked.
        is_of_some_sites: Whether only some sites were named; the others are as they were.
    """

    at: datetime
    troubles: Sequence[Trouble]
    documents: Sequence[DocumentState]
    asked_sites: Collection[str] = ()
    is_of_some_sites: bool = False


def compare_nights(
    warehouse: Warehouse, memory: NightMemory | None, found: NightState
) -> NightNews:
    """What is new since the last night; of the first night everything is.

    Args:
        warehouse: The DuckDB file, beside which acknowledgements are kept.
        memory: What the last night left, None where there was none.
        found: What this night found.
    """
    wrong = [*found.troubles, *_of_sites_not_asked(memory, found)]
    standing = standing_troubles(warehouse, memory, wrong)
    unknown = [each for each in standing if each.acknowledgement is None]
    before = memory.documents if memory else {}
    return NightNews(
        new=tuple(_since(each, found.at) for each in unknown if each.since is None),
        still=tuple(each for each in unknown if each.since is not None),
        acknowledged=tuple(_since(each, found.at) for each in standing if each.acknowledgement),
        over=tuple(_over(memory, wrong, found)),
        falls=tuple(_falls(before, found.documents)),
        whole_fall=whole_fall(before, proofs_of(found.documents)),
        contradictions=tuple(_contradictions(before, found.documents)),
    )


def memory_of_night(news: NightNews, found: NightState) -> NightMemory:
    """What the next night has to know of this one."""
    standing = (*news.new, *news.still, *news.acknowledged)
    return NightMemory(
        found.at,
        {each.trouble: each.since or found.at for each in standing},
        proofs_of(found.documents),
    )


def proofs_of(documents: Iterable[DocumentState]) -> dict[str, DocumentProof]:
    """How far each document is proven, by its id."""
    return {
        each.document_id: DocumentProof(each.figure_count, each.proven_count, each.violation_count)
        for each in documents
    }


def forget_what_is_over(warehouse: Warehouse, news: NightNews) -> None:
    """Take back what was acknowledged of sites that answer again: the next failure is another one.

    Likewise of addresses and of tests.

    Files and documents are known by their contents, which cannot fail for another reason.
    """
    known = acknowledged(warehouse)
    for trouble in news.over:
        if trouble.kind in KNOWN_BY_NAME and trouble.identity in known:
            said = Acknowledgement(datetime.now(UTC), NOBODY, "it is over")
            undo_acknowledgement(warehouse, trouble, said)


def whole_fall(
    before: Mapping[str, DocumentProof], after: Mapping[str, DocumentProof]
) -> ShareFall | None:
    """How far the share of all proven figures fell, None where chance may have done it.

    New documents move the share though nothing got worse, as one document is proven further than
    another. Were each drawn at random from those there were, the share would move by no more than
    three times the standard deviation of their shares, times the square root of the sum of squares
    of the new documents' parts in all figures. Without new documents nothing moves by chance.
    """
    share_before, share_after = _share(before.values()), _share(after.values())
    if not share_after.is_below(share_before):
        return None
    shares = [proof.proven / proof.figures for proof in before.values() if proof.figures]
    spread = statistics.stdev(shares) if len(shares) > 1 else 0.0
    new = [proof.figures for document, proof in after.items() if document not in before]
    parts = math.sqrt(sum(count * count for count in new)) / share_after.figures
    fall = share_before.proven / share_before.figures - share_after.proven / share_after.figures
    is_chance = fall <= max(SMALLEST_FALL, STANDARD_ERRORS * spread * parts)
    return None if is_chance else ShareFall(share_before, share_after)


def _share(proofs: Iterable[DocumentProof]) -> Share:
    listed = list(proofs)
    return Share(sum(each.proven for each in listed), sum(each.figures for each in listed))


def _since(standing: StandingTrouble, at: datetime) -> StandingTrouble:
    return StandingTrouble(standing.trouble, standing.since or at, standing.acknowledgement)


def _of_sites_not_asked(memory: NightMemory | None, found: NightState) -> list[Trouble]:
    """The sites that failed before and were not asked by a night of some sites only."""
    if memory is None or not found.is_of_some_sites:
        return []
    return [
        trouble
        for trouble in memory.troubles
        if trouble.kind is TroubleKind.SITE and trouble.key not in found.asked_sites
    ]


def _over(memory: NightMemory | None, wrong: Iterable[Trouble], found: NightState) -> list[Trouble]:
    """What was wrong and is no longer; a site that is not asked any more is nobody's news."""
    still = {(trouble.kind, trouble.key) for trouble in wrong}
    return [
        trouble
        for trouble in (memory.troubles if memory else ())
        if (trouble.kind, trouble.key) not in still
        and (trouble.kind is not TroubleKind.SITE or trouble.key in found.asked_sites)
    ]


def _falls(
    before: Mapping[str, DocumentProof], documents: Iterable[DocumentState]
) -> Iterable[ShareFall]:
    """The documents of which less is proven; they are the same, so any fall is one of judgement."""
    for each in documents:
        proof = before.get(each.document_id)
        if proof is None:
            continue
        was, now = Share(proof.proven, proof.figures), Share(each.proven_count, each.figure_count)
        if now.is_below(was):
            yield ShareFall(was, now, each.document_id, each.file_name, each.department_name)


def _contradictions(
    before: Mapping[str, DocumentProof], documents: Iterable[DocumentState]
) -> Iterable[Contradictions]:
    for each in documents:
        proof = before.get(each.document_id)
        was = proof.violations if proof else 0
        if each.violation_count > was:
            yield Contradictions(
                each.document_id, each.file_name, each.department_name, was, each.violation_count
            )
