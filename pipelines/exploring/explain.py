"""Finds what a person means by a few characters of an id or a few words, and explains it.

Knows every sort of id that the product prints. Does not know what makes up an explanation.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import duckdb

from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import Text, counted_text, marked
from pipelines.exploring.documents import NothingFoundError, folded, match_documents
from pipelines.exploring.explanations import (
    Explanation,
    explain_check,
    explain_claim,
    explain_document,
    explain_figure,
    explain_identity,
)
from pipelines.exploring.marts import select_rows

# Fewer characters fit a figure, a statement and a check of any large warehouse by chance.
SHORTEST_PREFIX = 6
ID_LENGTH = 16
ID_BEGINNING = re.compile(rf"[0-9a-f]{{{SHORTEST_PREFIX},{ID_LENGTH}}}")
MATCHES_LISTED = 20


class Sort(StrEnum):
    """What can be explained, by the name of its id."""

    DOCUMENT = marked("document")
    FIGURE = marked("figure")
    CLAIM = marked("claim")
    CHECK = marked("check")
    IDENTITY = marked("identity")


COUNTED: Mapping[Sort, Callable[[int], Text]] = {
    Sort.DOCUMENT: lambda count: counted_text("{count:,} document", "{count:,} documents", count),
    Sort.FIGURE: lambda count: counted_text("{count:,} figure", "{count:,} figures", count),
    Sort.CLAIM: lambda count: counted_text("{count:,} claim", "{count:,} claims", count),
    Sort.CHECK: lambda count: counted_text("{count:,} check", "{count:,} checks", count),
    Sort.IDENTITY: lambda count: counted_text("{count:,} identity", "{count:,} identities", count),
}
EXPLAINED_BY: Mapping[Sort, Callable[[duckdb.DuckDBPyConnection, str], Explanation]] = {
    Sort.DOCUMENT: explain_document,
    Sort.FIGURE: explain_figure,
    Sort.CLAIM: explain_claim,
    Sort.CHECK: explain_check,
    Sort.IDENTITY: explain_identity,
}
# The condition stands for the comparison of an id with what was given: a range is read faster than
# a test of every beginning.
BY_ID = {
    Sort.FIGURE: """
        select
            figure_id as key,
            concat_ws(
                ' ', file_name, coalesce(nullif(form, ''), title), row_code, row_label, amount_text
            ) as name
        from marts.fct_disclosed_figures
        where figure_id {}
        order by key
    """,
    Sort.CLAIM: """
        select claim_id as key, concat_ws(' ', file_name, subject, value_text || unit) as name
        from marts.fct_narrative_claims
        where claim_id {}
        order by key
    """,
    Sort.CHECK: """
        select
            checks.check_id as key,
            concat_ws(' ', documents.file_name, checks.identity_id, checks.scope_key) as name
        from marts.fct_identity_checks as checks
        inner join marts.dim_documents as documents on checks.document_id = documents.document_id
        where checks.check_id {}
        order by key
    """,
}
IDENTITIES = """
    select identity_id as key, meaning_zh as name
    from marts.fct_identity_statistics
    where starts_with(identity_id, ?)
    order by identity_id <> ?, identity_id
"""


@dataclass(frozen=True, slots=True)
class Match:
    """Something that a person may mean.

    Attributes:
        sort: What it is.
        key: Its id.
        name: What a person knows it by.
    """

    sort: Sort
    key: str
    name: str


class AmbiguousError(ExplainedError):
    """What was asked for fits several things."""

    def __init__(self, wanted: str, found: Sequence[Match]) -> None:
        """Say how many things of which sort, and list the first of them."""
        counts = Counter(match.sort for match in found)
        more = len(found) - MATCHES_LISTED
        super().__init__(
            "{wanted!r} fits {sorts}; name one by its id, or give more words:{listed}{more}",
            wanted=wanted,
            sorts=tuple(COUNTED[sort](counts[sort]) for sort in Sort if counts[sort]),
            listed=_listed(found[:MATCHES_LISTED]),
            more=Text("\n  … and {count:,} more", {"count": more}) if more > 0 else "",
        )


def _listed(found: Sequence[Match]) -> Text:
    """Matches, a line each."""
    lines = "".join(f"\n  {{sort{number}}}  {{match{number}}}" for number in range(len(found)))
    fields: dict[str, object] = {}
    for number, match in enumerate(found):
        fields[f"sort{number}"] = Text(match.sort)
        fields[f"match{number}"] = f"{match.key}  {match.name}"
    return Text(lines, fields)


def explain(connection: duckdb.DuckDBPyConnection, wanted: str) -> Explanation:
    """Explain what the given text means: see ``find_matches``.

    Raises:
        NothingFoundError: Nothing fits.
        AmbiguousError: Several things fit.
    """
    found = find_matches(connection, wanted)
    if not found:
        raise NothingFoundError(
            "nothing is known by {wanted!r}: give words of a file name, in any order, or an id or "
            "its first characters, of a document ('juesuan status --all'), a figure, a claim, a "
            "check or an identity ('juesuan discrepancies')",
            wanted=wanted,
        )
    if len(found) > 1:
        raise AmbiguousError(wanted, found)
    return EXPLAINED_BY[found[0].sort](connection, found[0].key)


def find_matches(connection: duckdb.DuckDBPyConnection, wanted: str) -> list[Match]:
    """Everything that the given text may mean, documents first.

    Args:
        connection: A warehouse with marts.
        wanted: An id that the product prints, or a whole file name, which then mean nothing else;
            or the first characters of an id, or words of a document's names.
    """
    sought = folded(wanted)
    identities = _matches(connection, Sort.IDENTITY, IDENTITIES, [sought, sought]) if sought else []
    if identities and identities[0].key == sought:
        return identities[:1]
    documents = [
        Match(Sort.DOCUMENT, key, name) for key, name in match_documents(connection, wanted)
    ]
    if len(documents) == 1 and sought in (documents[0].key, folded(documents[0].name)):
        return documents
    return [*documents, *_matches_by_id(connection, sought), *identities]


def _matches_by_id(connection: duckdb.DuckDBPyConnection, sought: str) -> list[Match]:
    """Figures, claims and checks whose ids begin with what is sought."""
    if not ID_BEGINNING.fullmatch(sought):
        return []
    is_whole = len(sought) == ID_LENGTH
    condition = "= ?" if is_whole else "between ? and ?"
    bounds = [sought] if is_whole else [sought, sought + "g"]
    found: list[Match] = []
    for sort, query in BY_ID.items():
        found += _matches(connection, sort, query.format(condition), bounds)
        if found and is_whole:
            break
    return found


def _matches(
    connection: duckdb.DuckDBPyConnection, sort: Sort, query: str, parameters: list[str]
) -> list[Match]:
    return [
        Match(sort, row["key"], " ".join(row["name"].split()))
        for row in select_rows(connection, query, parameters)
    ]
