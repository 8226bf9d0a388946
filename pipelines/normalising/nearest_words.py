"""Which of some wordings a misread one is most like.

Knows how far apart two wordings are. Does not know which exist.

Recognisers take a character for another one far more often than they lose or invent one, and a
wording of a form is long: even where a third of it is misread, what is left is like one wording
and clearly less like any other.
"""

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

# Of the longer wording's characters, at most so many are misread.
FARTHEST = 0.42
# What is likelier than the next one by less is no answer, except where one character is wrong.
LEAST_LEAD = 2


def nearest(text: str, wordings: Collection[str], farthest: float = FARTHEST) -> str | None:
    """The wording that a text is most like.

    Args:
        text: What was read, folded as the wordings are.
        wordings: What it may be, none twice.
        farthest: The share of the longer one's characters that may differ.

    Returns:
        That wording, None where none is near or another is nearly as near.

    Examples:
        >>> nearest("财政援教收入", ["财政拨款收入", "财政拨款支出", "其他收入"])
        '财政拨款收入'
        >>> nearest("财政援教牧人", ["财政拨款收入", "财政拨款支出"]) is None
        True
    """
    ranked = process.extract(text, wordings, scorer=Levenshtein.distance, limit=2)
    if not ranked:
        return None
    (best, distance, _), *others = ranked
    lead = min(LEAST_LEAD, max(distance, 1))
    is_alone = all(other - distance >= lead for _, other, _ in others)
    return best if is_alone and distance <= farthest * max(len(best), len(text)) else None
