"""The sentences that state values, each once, with all values in it told apart.

Knows paragraphs and the places of values in them. Does not read anything again; the one paragraph
of one statement is a passage.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

import duckdb

from pipelines.exploring.marts import select_rows
from pipelines.exploring.passages import mark_passage

STATEMENTS = """
    select
        claims.claim_id,
        claims.document_id,
        claims.section_path,
        claims.sentence,
        paragraphs.text,
        claims.text_begin,
        claims.text_end,
        claims.page
    from staging.claims as claims
    inner join staging.paragraphs as paragraphs
        on
            claims.document_id = paragraphs.document_id
            and claims.paragraph_index = paragraphs.paragraph_index
    where
        list_contains($documents, claims.document_id)
        and list_contains($claims, claims.claim_id)
    order by claims.document_id, claims.paragraph_index, claims.text_begin, claims.claim_index
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """A value of the prose and where in its paragraph it stands.

    Attributes:
        claim_id: The statement.
        document_id: The document.
        section_path: Headings above it, outermost first.
        text: The paragraph.
        sentence: From where to where in it the sentence goes.
        value: From where to where in it the value goes; nowhere where words of no value state it.
        page: The page it is printed on, from 1, None where the format has none.
    """

    claim_id: str
    document_id: str
    section_path: tuple[str, ...]
    text: str
    sentence: tuple[int, int]
    value: tuple[int, int]
    page: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a sentence; with the statement whose value they are, or None."""

    text: str
    claim_id: str | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the values in it told apart.

    Attributes:
        document_id: The document.
        section_path: Headings above it, outermost first.
        pieces: Its words, value by value.
        claim_ids: Every statement of it that was asked for.
        page: The page it is printed on, from 1, None where the format has none.
    """

    document_id: str
    section_path: tuple[str, ...]
    pieces: tuple[Piece, ...]
    claim_ids: tuple[str, ...]
    page: int | None


def list_sentences(
    connection: duckdb.DuckDBPyConnection, documents: Collection[str], claims: Collection[str]
) -> list[Sentence]:
    """The sentences that chosen statements of chosen documents stand in, in printed order."""
    if not claims:
        return []
    chosen = {"documents": sorted(documents), "claims": sorted(claims)}
    found = [_statement(**row) for row in select_rows(connection, STATEMENTS, chosen)]
    return [
        as_sentence(list(together))
        for _, together in groupby(found, lambda each: (each.document_id, each.text, each.sentence))
    ]


def as_sentence(statements: Sequence[Statement]) -> Sentence:
    """One sentence of all statements that stand in it.

    Args:
        statements: At least one, in the order of their values.
    """
    first, (begin, end) = statements[0], statements[0].sentence
    text, reached = first.text, begin
    pieces = []
    for each in statements:
        start, stop = each.value
        # Two values may be read of the same words.
        if reached <= start < stop <= end:
            pieces += [Piece(text[reached:start], None), Piece(text[start:stop], each.claim_id)]
            reached = stop
    pieces.append(Piece(text[reached:end], None))
    return Sentence(
        document_id=first.document_id,
        section_path=first.section_path,
        pieces=tuple(pieces),
        claim_ids=tuple(each.claim_id for each in statements),
        page=first.page,
    )


def _statement(
    *,
    claim_id: str,
    document_id: str,
    section_path: list[str],
    sentence: str,
    text: str,
    text_begin: int,
    text_end: int,
    page: int | None,
) -> Statement:
    passage = mark_passage(text, sentence, text_begin, text_end)
    return Statement(
        claim_id=claim_id,
        document_id=document_id,
        section_path=tuple(section_path),
        text=text,
        sentence=(len(passage.before), len(text) - len(passage.after)),
        value=(text_begin, text_end),
        page=page,
    )
