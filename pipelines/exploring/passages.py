"""The paragraph that a statement stands in, with its sentence and its number told apart.

Knows paragraphs and offsets of staging, so no file is needed. Does not know how they are shown.
"""

from dataclasses import dataclass

import duckdb

from pipelines.exploring.marts import select_rows

PARAGRAPH = """
    select paragraphs.text, claims.sentence, claims.text_begin, claims.text_end
    from staging.claims as claims
    inner join staging.paragraphs as paragraphs
        on
            claims.document_id = paragraphs.document_id
            and claims.paragraph_index = paragraphs.paragraph_index
    where claims.document_id = ? and claims.claim_id = ?
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in five pieces, which put together are its text.

    Attributes:
        before: What stands before the sentence.
        opening: The sentence up to the number or word.
        value: The number or word that states the value, '' where nothing is printed.
        closing: The rest of the sentence.
        after: What stands behind it.
    """

    before: str
    opening: str
    value: str
    closing: str
    after: str

    @property
    def text(self) -> str:
        """The paragraph."""
        return f"{self.before}{self.opening}{self.value}{self.closing}{self.after}"


def find_passage(
    connection: duckdb.DuckDBPyConnection, document_id: str, claim_id: str
) -> Passage | None:
    """The paragraph of a statement, None where staging has none of it."""
    for row in select_rows(connection, PARAGRAPH, [document_id, claim_id]):
        return mark_passage(row["text"], row["sentence"], row["text_begin"], row["text_end"])
    return None


def mark_passage(text: str, sentence: str, begin: int, end: int) -> Passage:
    """Tell a sentence and a number apart from the rest of a paragraph.

    Args:
        text: The paragraph.
        sentence: The sentence; of several alike the one that the number stands in.
        begin: Offset of the number.
        end: Offset behind it.

    Examples:
        >>> mark_passage("其一。支出3万元。其二。", "支出3万元。", 5, 6)
        Passage(before='其一。', opening='支出', value='3', closing='万元。', after='其二。')
    """
    first = text.rfind(sentence, 0, begin + len(sentence))
    first = begin if first < 0 else min(first, begin)
    last = max(first + len(sentence), end)
    return Passage(text[:first], text[first:begin], text[begin:end], text[end:last], text[last:])
