"""Values of the prose that can be read in several ways or in none, by the words before them.

Knows what staging says of them and where they stand. Does not read a sentence again, and does not
know how any of it is shown.
"""

import re
from dataclasses import dataclass

import duckdb

from pipelines.exploring.marts import select_rows
from pipelines.recognising.wording import squash
from pipelines.warehouse.schema import refuse_outdated

DOUBTS = """
    select
        claims.document_id,
        documents.file_name,
        any_value(paragraphs.text)[:claims.text_begin] as before,
        any_value(claims.value_text || claims.unit) as printed,
        string_agg(distinct claims.reading_note, '; ' order by claims.reading_note) as reason,
        any_value(claims.sentence) as sentence,
        any_value(claims.page) as page
    from staging.claims as claims
    inner join staging.documents as documents on claims.document_id = documents.document_id
    inner join staging.paragraphs as paragraphs
        on
            claims.document_id = paragraphs.document_id
            and claims.paragraph_index = paragraphs.paragraph_index
    where claims.reading = 'ambiguous'
    group by
        claims.document_id, documents.file_name, claims.paragraph_index, claims.text_begin,
        claims.text_end, if(claims.text_end > claims.text_begin, 0, claims.claim_index)
    order by
        documents.file_name, claims.document_id, claims.paragraph_index, claims.text_begin,
        min(claims.claim_index)
"""
# Words count from the last mark or number on: what stands before that belongs to another value.
_WORDS = re.compile(r"([^。；;！？!?，,、：:()\[\]\d.%]+)[，,、：:()\[\].]*$")
_WORDS_SHOWN = 16


@dataclass(frozen=True, slots=True)
class ProseDoubt:
    """Words behind which values are in doubt for one reason, with all places where they are.

    Attributes:
        words: The words before the value, without white space; '' where none stand there.
        reason: Why nobody can say what the value is of.
        occurrences: Values in doubt.
        document_count: Documents that print them.
        printed: One of the values as printed.
        sentence: The sentence it stands in.
        file_name: The document it stands in.
        page: Its page there, None where the format has none.
    """

    words: str
    reason: str
    occurrences: int
    document_count: int
    printed: str
    sentence: str
    file_name: str
    page: int | None


def list_prose_doubts(connection: duckdb.DuckDBPyConnection) -> list[ProseDoubt]:
    """Every value in doubt, by the words before it and the reason, the most frequent first.

    Args:
        connection: A warehouse, with marts or without.

    Raises:
        WarehouseOutdatedError: Its staging tables are another version's.
    """
    refuse_outdated(connection)
    found: dict[tuple[str, str], ProseDoubt] = {}
    documents: dict[tuple[str, str], set[str]] = {}
    for row in select_rows(connection, DOUBTS):
        key = words_before(row["before"]), row["reason"]
        documents.setdefault(key, set()).add(row["document_id"])
        known = found.get(key)
        found[key] = ProseDoubt(
            words=key[0],
            reason=key[1],
            occurrences=known.occurrences + 1 if known else 1,
            document_count=len(documents[key]),
            printed=known.printed if known else row["printed"],
            sentence=known.sentence if known else row["sentence"],
            file_name=known.file_name if known else row["file_name"],
            page=known.page if known else row["page"],
        )
    return sorted(found.values(), key=lambda doubt: -doubt.occurrences)


def words_before(text: str) -> str:
    """The words that a text ends in, from its last mark or number on.

    >>> words_before("全年收入12.5万元，其中 往来 款"), words_before("2023年，共（")
    ('其中往来款', '共')
    >>> words_before("3.5")
    ''
    """
    match = _WORDS.search(squash(text))
    return match[1][-_WORDS_SHOWN:] if match else ""
