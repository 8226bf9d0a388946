"""The numbers of a sentence that no reader took: furniture, or values of nobody knows what.

Every number that prose prints is in a claim, is kept as ambiguous with a reason, or is furniture
of a named kind. Knows tokens and what stands around them. Does not know what anything is of.
"""

import re
from collections.abc import Iterator, Mapping

from lark import Token

from pipelines.domain.disclosure import Claim, ClaimKind, ProseFurniture, ProseFurnitureKind
from pipelines.normalising.narrative.around import Around
from pipelines.normalising.narrative.focus import Focus, Thing
from pipelines.normalising.narrative.phrases import VALUES, begin_of
from pipelines.normalising.narrative.statements import Said, counts_something, state_value

UNTOLD = "nothing says what it is of"
UNREAD = "it stands in a section that is not read for values"
# A number as printed, wherever it stands.
_PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)*")
_MASKED = re.compile("〓+")
_KINDS: Mapping[str, ProseFurnitureKind] = {
    "DATE": ProseFurnitureKind.DATE,
    "YEAR": ProseFurnitureKind.DATE,
    "ENUM": ProseFurnitureKind.ORDINAL,
    "TITLE": ProseFurnitureKind.DOCUMENT_NUMBER,
    "RULES": ProseFurnitureKind.RULE,
}
_ORDINAL = re.compile(r"(?:第|附件|附表|表|图|编号|序号|之|类别)$")
_CITED = re.compile(r"(?:号|期|次全|届|表)")
# How far the words stand that say what a number is.
_NEAR = 24
_LASTING = re.compile(r"(?:个)?(?:年|月|周|天|日|分钟|小时|点|时)")
_PAGE = re.compile(r"[.…·]{2,}\s*[(-]?\d+[)-]?$")


def account_for(
    tokens: list[Token], claims: list[Claim], focus: Focus, around: Around, note: str = UNTOLD
) -> Iterator[ProseFurniture]:
    """Account for the numbers that no claim has: yield the furniture, claim the rest in doubt.

    Args:
        tokens: The tokens of the sentence.
        claims: The claims of its paragraph.
        focus: What has been named.
        around: The sentence.
        note: Why the rest is in doubt.
    """
    yield from numbers_in_quotes(around)
    taken = {place for claim in claims for place in range(claim.begin, claim.end)}
    offsets = around.folded.offsets
    is_contents = bool(_PAGE.search(around.text))
    for token in tokens:
        for match in _PRINTED.finditer(token):
            begin = offsets[begin_of(token) + match.start()]
            if begin in taken:
                continue
            kind = _furniture(token, match, around, is_contents=is_contents)
            if kind is None:
                sort = ClaimKind.COUNT if token.type == "NUMBER" else None
                state_value(Thing(""), "", token, focus, around, Said(kind=sort, note=note))
                break
            end = offsets[begin_of(token) + match.end() - 1] + 1
            yield ProseFurniture(
                paragraph_index=around.paragraph.index,
                kind=kind,
                number_text=around.paragraph.text[begin:end],
                begin=begin,
                place=around.paragraph.place_of(begin, end),
            )


def prints_number(around: Around) -> bool:
    """Whether a sentence prints a number, be it in quotes, where the folded text leaves it out."""
    folded = around.text[around.begin : around.end]
    return bool(_PRINTED.search(folded)) or any(numbers_in_quotes(around))


def numbers_in_quotes(around: Around) -> Iterator[ProseFurniture]:
    """Yield the numbers that are names in quotes, which the folded text leaves out: “131”模式."""
    offsets = around.folded.offsets
    for masked in _MASKED.finditer(around.text, around.begin, around.end):
        start, stop = offsets[masked.start()], offsets[masked.end() - 1] + 1
        for match in _PRINTED.finditer(around.paragraph.text, start, stop):
            yield ProseFurniture(
                paragraph_index=around.paragraph.index,
                kind=ProseFurnitureKind.NAME,
                number_text=match[0],
                begin=match.start(),
                place=around.paragraph.place_of(*match.span()),
            )


def _furniture(
    token: Token, match: re.Match[str], around: Around, *, is_contents: bool
) -> ProseFurnitureKind | None:
    """What sort of furniture a number is, None where it is a value."""
    if token.type in _KINDS:
        return _KINDS[token.type]
    begin, end = begin_of(token) + match.start(), begin_of(token) + match.end()
    before = around.text[max(around.begin, begin - _NEAR) : begin]
    after = around.text[end : end + _NEAR]
    if is_contents and not after.strip(")-"):
        return ProseFurnitureKind.PAGE
    if any(word in before for word in around.wording.entry["addresses"]):
        return ProseFurnitureKind.ADDRESS
    if token.type not in VALUES:
        is_year = len(match[0]) == len("2023") and after.startswith("年")
        return ProseFurnitureKind.DATE if is_year else ProseFurnitureKind.NAME
    return _of_value(token, before, after, around)


def _of_value(token: Token, before: str, after: str, around: Around) -> ProseFurnitureKind | None:
    """What sort of furniture a number with or without a unit is, None where it is a value."""
    if _ORDINAL.search(before):
        return ProseFurnitureKind.ORDINAL
    if not counts_something(token, around):
        return ProseFurnitureKind.MEASURE
    if token.type != "NUMBER":
        return None
    if _CITED.match(after):
        return ProseFurnitureKind.ORDINAL
    return ProseFurnitureKind.MEASURE if _LASTING.match(after) else None
