"""A small grammar of terms: printed words to the concepts that they are made of.

Knows how a heading, a label or a title is composed: of terms that mean something, of modifiers
that mean nothing by themselves, and of nothing else. Does not know which forms exist.

A wording is understood only if terms cover all of it: 其他资金收入预算总计 is no total of all
income, because 其他资金 is in it, and what holds an unknown word is not understood at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

Concepts = frozenset[str]
NO_CONCEPTS: Concepts = frozenset()

# Marks between terms that join them or set them off.
_JOINTS = frozenset("、,及和与的()[]:;/.-—~+《》<>·")


@dataclass(frozen=True)
class Grammar:
    """The terms of the field.

    Attributes:
        terms: Each term, folded as ``wording.squash`` does, and the concepts it stands for; a
            modifier stands for none.
    """

    terms: Mapping[str, Concepts]
    _longest_from: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note the longest term that begins with each character: no longer one is looked up."""
        for term in self.terms:
            self._longest_from[term[:1]] = max(self._longest_from.get(term[:1], 0), len(term))

    def __hash__(self) -> int:
        """Grammars are told apart by identity: one is loaded a process."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """Whether it is this very grammar."""
        return self is other

    @lru_cache(maxsize=16384)  # noqa: B019 - one grammar lives as long as the process
    def concepts(self, text: str) -> Concepts | None:
        """Take a folded wording apart.

        Returns:
            The concepts of its terms, None where no terms cover all of it or it is blank. Of
            several ways to cover it that of the fewest terms counts: the longest term is the most
            specific one.

        Examples:
            >>> grammar = Grammar({"基本": frozenset({"basic"}), "支出": frozenset({"expenditure"}),
            ...                    "基本支出": frozenset({"basic"}), "数": frozenset()})
            >>> sorted(grammar.concepts("基本支出数"))
            ['basic']
            >>> grammar.concepts("基本建设") is None
            True
        """
        pieces = self._cover(text)
        if not pieces:
            return None
        return frozenset().union(*(self.terms.get(piece, NO_CONCEPTS) for piece in pieces))

    def _cover(self, text: str) -> Sequence[str]:
        """Cut a text into the fewest terms, () where terms do not cover it."""
        # best[end]: the fewest pieces that cover the text up to there, and where the last begins.
        best: list[tuple[int, int] | None] = [(0, 0), *[None] * len(text)]
        for begin, first in enumerate(text):
            before = best[begin]
            if before is None:
                continue
            reach = self._longest_from.get(first, int(first in _JOINTS))
            for end in range(begin + 1, min(begin + reach, len(text)) + 1):
                piece = text[begin:end]
                if not (piece in self.terms or piece in _JOINTS):
                    continue
                # A joint is no term of its own: what it joins counts.
                count = before[0] + (piece not in _JOINTS)
                here = best[end]
                if here is None or count < here[0]:
                    best[end] = count, begin
        return tuple(_pieces(text, best)) if best[-1] is not None else ()


def _pieces(text: str, best: Sequence[tuple[int, int] | None]) -> Iterable[str]:
    end = len(text)
    pieces = []
    while end:
        cut = best[end]
        if cut is None:
            raise ValueError("a cover without a beginning")
        pieces.append(text[cut[1] : end])
        end = cut[1]
    return reversed(pieces)
