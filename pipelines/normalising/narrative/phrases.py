"""Sentences as rows of phrases.

Knows grammar.lark: which tokens make up which phrase. Does not know what any word means.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast

from lark import Lark, Token, Transformer, Tree
from lark.lexer import Lexer

VALUES = frozenset({"MONEY", "COUNT", "PERCENT", "SCORE", "NUMBER", "BLANK"})


def begin_of(token: Token) -> int:
    """Where a token begins in the folded paragraph."""
    return cast("int", token.start_pos)


def end_of(token: Token) -> int:
    """Where a token ends in the folded paragraph."""
    return cast("int", token.end_pos)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of a sentence."""

    tokens: tuple[Token, ...]

    @property
    def begin(self) -> int:
        """Where it begins in the folded paragraph."""
        return begin_of(self.tokens[0])

    @property
    def end(self) -> int:
        """Where it ends in the folded paragraph."""
        return end_of(self.tokens[-1])

    @property
    def word(self) -> Token:
        """Its first word, which says what sort of phrase it is."""
        return self.tokens[0]

    @property
    def values(self) -> list[Token]:
        """Its numbers."""
        return [token for token in self.tokens if token.type in VALUES]

    @property
    def names(self) -> list[Token]:
        """Its words for things."""
        return [token for token in self.tokens if token.type in ("SUBJECT", "ITEM", "PROJECT")]

    def of(self, *kinds: str) -> list[Token]:
        """Its tokens of some kinds."""
        return [token for token in self.tokens if token.type in kinds]


class Stated(Phrase):
    """公务接待费支出决算为3万元; 团组42个、288人次."""


class ToldEach(Phrase):
    """各是4125.49,4143.91万元."""


class Mentioned(Phrase):
    """公务接待费支出决算 … without a value behind it."""


class Baseline(Phrase):
    """与2022年相比, 比年初预算数76.87万元."""


class Became(Phrase):
    """减少到3万元."""


class Moved(Phrase):
    """减少1.24万元, 下降29.25%, 有所增加."""


class Level(Phrase):
    """持平."""


class Measured(Phrase):
    """小于预算数; 与年初预算数相等; 大于预算数55.93万元."""


class Completed(Phrase):
    """完成年初预算的95.45%, 执行率为100%."""


class Share(Phrase):
    """占本年支出合计的99.86%."""


class Lacking(Phrase):
    """无政府性基金预算财政拨款收入和支出."""


class Attended(Phrase):
    """人数45人."""


class Graded(Phrase):
    """为优等级."""


class Loose(Phrase):
    """A value, or a fund, that no name stands before."""


class Mark(Phrase):
    """A word or stop that is part of no other phrase."""


_PHRASES: Mapping[str, type[Phrase]] = {
    "stated": Stated,
    "told_each": ToldEach,
    "mentioned": Mentioned,
    "baseline": Baseline,
    "became": Became,
    "moved": Moved,
    "level": Level,
    "measured": Measured,
    "completed": Completed,
    "share": Share,
    "lacking": Lacking,
    "attended": Attended,
    "graded": Graded,
    "loose": Loose,
    "mark": Mark,
}


class _Phrases(Transformer[Token, tuple[Phrase, ...]]):
    """Makes phrases while the parser goes: inner rules hand their tokens up."""

    def __default__(self, data: Token, children: list[Any], meta: Any) -> Any:  # noqa: ANN401
        if data.startswith("_"):
            # lark repeats through rules of its own, and takes their children out of them again.
            return Tree(data, children)
        tokens: list[Token] = []
        for child in children:
            if isinstance(child, Token):
                tokens.append(child)
            else:
                tokens.extend(child)
        phrase = _PHRASES.get(str(data))
        return phrase(tuple(tokens)) if phrase else tokens

    def sentence(self, children: list[Phrase]) -> tuple[Phrase, ...]:
        """The sentence, without phrases that nothing was said of."""
        return tuple(phrase for phrase in children if phrase.tokens)


class _Given(Lexer):
    """Hands the parser tokens that the lexicon has made."""

    def __init__(self, lexer_conf: Any) -> None:  # noqa: ANN401
        pass

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:  # noqa: ANN401, ARG002
        yield from lexer_state

    def make_lexer_state(self, text: Any) -> Any:  # noqa: ANN401
        return text


@cache
def _parser() -> Lark:
    grammar = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer=_Given, start="sentence", transformer=_Phrases())


@cache
def terminals() -> frozenset[str]:
    """The names of the grammar's terminals."""
    rules = _parser().rules
    return frozenset(each.name for rule in rules for each in rule.expansion if each.is_term)


def parse(tokens: list[Token]) -> tuple[Phrase, ...]:
    """The phrases of a sentence. Every row of tokens is a sentence."""
    return cast("tuple[Phrase, ...]", _parser().parse(cast("str", tokens)))
