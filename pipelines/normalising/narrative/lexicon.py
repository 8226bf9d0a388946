"""The words of the narrative as terminals of its grammar.

Knows how a sentence falls apart into subjects, roles, numbers with units, years and the words
between them; which words those are is data. Does not know what the phrases they make up mean.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import Any

from lark import Token

from pipelines.normalising.narrative.phrases import VALUES
from pipelines.recognising.shipped_data import shipped_yaml
from pipelines.recognising.wording import RADICALS, squash

# Dropped where a text is folded: unlike squash, titles keep their 《》 and lists their comma.
_DROPPED = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\ufeff“”„‟‘’'\"「」『』]")
# 1，234.56万元 is one number.
_WIDE_THOUSANDS = re.compile(
    r"(?<![\d.,，])(\d{1,3})，(?=\d{3}(?:[,，]\d{3})*(?:\.\d+)?(?:万元|亿元|元))"
)
# A comma between words is a comma whatever its width; between digits it may part thousands.
_NARROW_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_QUOTES = frozenset('“”„‟"「」『』')
_STEPS = {"“": 1, "”": -1}
_QUOTED_FIGURE = re.compile(r"[“\"'‘「](?=[^”\"'’」]*[\dA-Za-z])[\dA-Za-z+./-]{1,8}[”\"'’」]")
_MINUS = str.maketrans(dict.fromkeys("−–—‐‑‒―﹣－", "-"))

NUMBER = r"(?<![\dA-Za-z.])-?(?:(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+(?=[万亿]?元|%))"
_BUDGET = r"(?:年初|全年|调整后?|当年|年度|本年|年)?(?:部门|支出|收入)?预算(?:数|安排|总额)?"
_NAME = (
    r"(?:[\u4e00-\u9fff、]|\((?!\d*[类款项]\)|\d+\)|[一二三四五六七八九十]+\))[^()，。]{1,12}\))"
)
_CLASS = rf"{_NAME}{{2,40}}?\(\d*类\)"
_SUBCLASS = rf"{_NAME}{{1,40}}?\(\d*款\)"
_ITEM = rf"{_NAME}{{1,40}}?\(\d*项\)"
# 2080505机关事业单位基本养老保险缴费支出, 行政运行（2010301）
_CODED = (
    rf"(?<![\d\u4e00-\u9fff])2[0-3]\d(?:\d{{2}}){{1,2}}(?![\d.,年万亿元千%分个人名次批辆台家件项种条户])"
    rf"-?(?:{_NAME}{{4,30}}?|(?<=[\d-]{{7}}){_NAME}{{2,3}}?)"
    r"(?=-?\d|年初|支出决算|决算|预算|[:，,。])"
)
# 文物（类）（207）文物（02）博物馆（05）
_CODED_PATH = (
    rf"{_NAME}{{2,30}}?(?:\(类\))?\(2[0-3]\d\)"
    rf"(?:{_NAME}{{1,30}}?(?:\(款\))?\(\d{{2}}\)(?:{_NAME}{{1,40}}?(?:\(项\))?\(\d{{2}}\))?)?"
)
_CODED_BEHIND = rf"(?:{_NAME}{{2,30}}?\(2[0-3]\d(?:\d{{2}}){{0,2}}\))+"
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that the narrative states values of; see data/subjects.yaml for the fields."""

    topic: str
    item: str
    fund: str
    role: str
    is_relative: bool
    is_label: bool
    weak: frozenset[str]
    unglued: frozenset[str]
    echoes: frozenset[str]
    is_named: bool
    spent: str
    counts: Mapping[str, str]
    values: Mapping[str, str]
    pair: tuple[str, ...]
    list_of: str
    none_unit: str
    then: str
    money: str

    @property
    def name(self) -> str:
        """Topic and item, without a role."""
        return f"{self.topic}.{self.item}"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for reading, where each folded character stands, and what was in quotes."""

    original: str
    text: str
    offsets: tuple[int, ...]
    quoted: tuple[tuple[int, int], ...] = ()

    def printed(self, begin: int, end: int) -> str:
        """The original characters of a span of the folded text."""
        if begin >= end:
            return ""
        return self.original[self.offsets[begin] : self.offsets[end - 1] + 1]


def fold(text: str) -> Folded:
    """Fold a paragraph: half-width forms, no white space and no quotes.

    A number alone in quotes (“131”监管模式) is a name and is blanked out.
    """
    masked = _QUOTED_FIGURE.sub(lambda match: "〓" * len(match[0]), text)
    masked = _WIDE_THOUSANDS.sub(lambda match: f"{match[1]},", masked)
    characters: list[str] = []
    offsets: list[int] = []
    marks: list[tuple[int, str]] = []
    for offset, character in enumerate(masked):
        if character in _QUOTES:
            marks.append((len(characters), character))
        for folded in _fold_character(character):
            characters.append(folded)
            offsets.append(offset)
    folded_text = _NARROW_COMMA.sub("，", "".join(characters))
    return Folded(text, folded_text, tuple(offsets), tuple(_quoted_spans(marks)))


def _quoted_spans(marks: list[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Yield what stands in quotes, of quotes in quotes the outer ones where all are closed.

    Args:
        marks: The quotation marks, each with where it stands in the folded text.

    >>> list(_quoted_spans([(0, "“"), (2, "“"), (4, "”"), (6, "”")]))
    [(0, 6)]
    >>> list(_quoted_spans([(0, '"'), (2, '"')]))
    [(0, 2)]
    """
    steps = [_STEPS.get(mark, 0) for _, mark in marks]
    depths = list(accumulate(steps))
    if all(steps) and depths and depths[-1] == min(depths) == 0 and max(depths) > 1:
        begin = 0
        for (position, _), step, depth in zip(marks, steps, depths, strict=True):
            if (step, depth) == (1, 1):
                begin = position
            elif depth == 0:
                yield begin, position
        return
    opened: int | None = None
    for position, mark in marks:
        if opened is not None and opened < position:
            yield opened, position
        opened = position if opened is None or mark in "“「『" else None


@cache
def _fold_character(character: str) -> str:
    if _DROPPED.match(character):
        return ""
    if character in "，：；" or unicodedata.category(character) == "No":
        return {"：": ":", "；": ";"}.get(character, character)
    return unicodedata.normalize("NFKC", character).translate(_MINUS).translate(RADICALS)


@dataclass(frozen=True, slots=True)
class Wording:
    """The whole of data/wording.yaml and data/subjects.yaml, words folded."""

    entry: Mapping[str, Any]
    roles: Mapping[str, str]
    subjects: Mapping[str, Subject]
    words: Mapping[str, Mapping[str, str]]
    anchors: Mapping[str, str]
    patterns: Mapping[str, tuple[tuple[str, str], ...]]
    neutral: tuple[str, ...]
    before_moved: tuple[str, ...]
    held_for: tuple[str, ...]


def load_data(name: str) -> Any:  # noqa: ANN401
    """One of the package's YAML files."""
    return shipped_yaml(__package__, f"{name}.yaml")


def any_of(forms: str | list[str]) -> str:
    """One pattern of a form or of several."""
    return forms if isinstance(forms, str) else "|".join(forms)


@cache
def load_wording() -> Wording:
    """Load the wording that ships with the package."""
    entry = load_data("wording")
    topics: Mapping[str, Mapping[str, Any]] = load_data("subjects")
    pieces: Mapping[str, str] = entry["pieces"]

    def pieced(pattern: str) -> str:
        return re.sub("<([A-Z]+)>", lambda match: pieces[match[1]], pattern)

    subjects: dict[str, Subject] = {}
    words: dict[str, dict[str, str]] = {}
    anchors: dict[str, str] = {}
    patterns: dict[str, list[tuple[str, str]]] = {}
    for topic, items in topics.items():
        words[topic] = {}
        patterns[topic] = []
        for item, spec in items.items():
            key = f"{topic}.{item}"
            subjects[key] = _read_subject(topic, item, spec)
            own = {squash(word): key for word in spec.get("words", ())}
            words[topic].update(own)
            patterns[topic].extend((pieced(each), key) for each in spec.get("patterns", ()))
            if spec.get("anchor"):
                weak = subjects[key].weak
                anchors.update({word: key for word in own if word not in weak})
    return Wording(
        entry=entry,
        roles={squash(w): role for role, each in entry["roles"].items() for w in each},
        subjects=subjects,
        words=words,
        anchors=anchors,
        patterns={topic: tuple(each) for topic, each in patterns.items()},
        neutral=_longest_first(entry["neutral"]),
        before_moved=_longest_first((*entry["before_moved"], *entry["neutral"])),
        held_for=_longest_first(entry["held_for"]),
    )


@cache
def _function_names() -> Mapping[str, str]:
    """The level of each name of the functional classification below the 类, with 支出 and bare."""
    found: dict[str, str] = {}
    for level, names in load_data("functions").items():
        for name in map(_fold_name, names):
            found[name] = level
            if not name.endswith("支出"):
                found[f"{name}支出"] = level
    return found


def _fold_name(name: str) -> str:
    return fold(name).text


def function_level(name: str) -> str:
    """Whether a name of the functional classification is a 款 or a 项, '' where it is neither."""
    return _function_names().get(name, "")


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def _read_subject(topic: str, item: str, spec: Mapping[str, Any]) -> Subject:
    meant = spec.get("as", item)
    topic, item = meant.split(".", 1) if "." in meant and "as" in spec else (topic, meant)
    return Subject(
        topic=topic,
        item=item,
        fund=spec.get("fund", ""),
        role=spec.get("role", ""),
        is_relative=spec.get("relative", False),
        is_label=spec.get("label", False),
        weak=frozenset(map(squash, spec.get("weak", ()))),
        unglued=frozenset(map(squash, spec.get("unglued", ()))),
        echoes=frozenset(map(squash, spec.get("echoes", ()))),
        is_named=spec.get("named", False),
        spent=spec.get("spent", ""),
        counts={squash(unit): each for unit, each in spec.get("counts", {}).items()},
        values={kind: spec[kind] for kind in ("amount", "share", "score", "grade") if kind in spec},
        pair=tuple(spec.get("pair", ())),
        list_of=spec.get("list", ""),
        none_unit=spec.get("none", ""),
        then=spec.get("then", ""),
        money=spec.get("money", ""),
    )


class Lexicon:
    """Takes the sentences of one kind of section apart into tokens.

    Numbers, years, paths of 类, 款 and 项 and the like are found first, everywhere alike; then,
    between them, the longest words that the section knows.
    """

    def __init__(self, scope: tuple[str, ...]) -> None:
        wording = load_wording()
        self._subjects = self._subjects_in(scope, wording)
        names = _function_names() if "function_class" in scope else {}
        self._terminals = (
            _terminals(wording)
            | dict.fromkeys(names, "ITEM")
            | dict.fromkeys(self._subjects, "SUBJECT")
        )
        self._has_projects = bool({"performance", "project"} & set(scope))
        self._lengths: dict[str, list[int]] = {}
        for word in sorted(self._terminals, key=len, reverse=True):
            lengths = self._lengths.setdefault(word[0], [])
            if len(word) not in lengths:
                lengths.append(len(word))
        self._described = [
            (re.compile(pattern), key)
            for topic in scope
            for pattern, key in wording.patterns.get(topic, ())
        ]

    @staticmethod
    def _subjects_in(scope: tuple[str, ...], wording: Wording) -> dict[str, str]:
        found = {word: key for word, key in wording.anchors.items() if word not in wording.roles}
        for topic in reversed(scope):
            found.update(wording.words.get(topic, {}))
        return found

    def subject(self, token: Token) -> str | None:
        """The key of the subject that a SUBJECT token names here, None for other tokens."""
        if token.type != "SUBJECT":
            return None
        described = str(token.value) != str(token)
        return str(token.value) if described else self._subjects.get(str(token))

    def tokens(
        self, text: str, begin: int, end: int, quoted: tuple[tuple[int, int], ...] = ()
    ) -> list[Token]:
        """The tokens of one sentence.

        Args:
            text: The folded paragraph.
            begin: Where the sentence begins in it.
            end: Where it ends.
            quoted: What the paragraph has in quotes.
        """
        found: list[Token] = []
        position = begin
        named = list(_quoted_items(text, begin, end, quoted))
        if self._has_projects and not named:
            named = self._projects(text, begin, end, quoted)
        for kind, start, stop, key in self._fixed(text, begin, end, named):
            found.extend(self._words(text, position, start))
            token = _token(kind, text, start, stop)
            if key:
                # What a described subject is depends on the words around it: its token says so.
                token.value = key
            found.append(token)
            position = stop
        found.extend(self._words(text, position, end))
        return list(_between_values(found))

    def _projects(
        self, text: str, begin: int, end: int, quoted: tuple[tuple[int, int], ...]
    ) -> list[tuple[int, int, str]]:
        """Where projects are named, in quotes or by a name that ends so, and their names."""
        found: list[tuple[int, int, str]] = []
        titles = [title.span() for title in _IN_TITLE.finditer(text, begin, end)]
        for start, stop in quoted:
            name = text[start:stop]
            behind = _behind_project().match(text, stop)
            stop = behind.end() if behind else stop
            is_project = name.endswith("项目") or text[stop - 2 : stop] == "项目"
            is_project = is_project or bool(_SAID_OF_PROJECT.match(text, stop))
            if begin <= start and stop <= end and is_project and self._is_unknown(name):
                found.append((start, stop, f"{_PROJECT}{name}"))
        for match in _project_name().finditer(text, begin, end):
            if not any(start < match.end() and match.start() < stop for start, stop, _ in found):
                found.append((*match.span(), f"{_PROJECT}{match[0]}"))
        # 《关于下达项目预算的通知》 names no project.
        return sorted(
            each
            for each in found
            if not any(first < each[1] and each[0] < last for first, last in titles)
        )

    def _is_unknown(self, name: str) -> bool:
        return len(name) >= _PROJECT_MIN and name not in self._terminals

    def _fixed(
        self, text: str, begin: int, end: int, named: list[tuple[int, int, str]]
    ) -> Iterator[tuple[str, int, int, str]]:
        """Yield the tokens told by their form, where they stand, and a described one's subject."""
        described = [
            span
            for span in self._described_spans(text, begin, end)
            if not any(start < span[1] and span[0] < stop for start, stop, _ in named)
        ]
        spans = iter([*sorted([*described, *named]), (end, end, "")])
        start, stop, key = next(spans)
        for match in _fixed_pattern(has_items=bool(_MARKED.search(text, begin, end))).finditer(
            text, begin, end
        ):
            while stop <= match.start():
                yield _described_kind(key), start, stop, key
                start, stop, key = next(spans)
            if match.start() < stop and match.end() > start:
                continue
            kind = match.lastgroup or ""
            lead = _LEAD.match(match[0]) if kind == "ITEM" else None
            yield kind, match.start() + (lead.end() if lead else 0), match.end(), ""
        while start < end:
            yield _described_kind(key), start, stop, key
            start, stop, key = next(spans)

    def _described_spans(self, text: str, begin: int, end: int) -> list[tuple[int, int, str]]:
        """Where subjects stand that are told by a pattern; the first and longest counts."""
        found = [
            (*match.span(), key)
            for pattern, key in self._described
            for match in pattern.finditer(text, begin, end)
            if not self._is_within_word(text, begin, *match.span())
        ]
        chosen: list[tuple[int, int, str]] = []
        for start, stop, key in sorted(found, key=lambda span: (span[0], -span[1])):
            if not chosen or start >= chosen[-1][1]:
                chosen.append((start, stop, key))
        return chosen

    def _is_within_word(self, text: str, begin: int, start: int, stop: int) -> bool:
        """Tell whether a described subject is part of a longer name."""
        return any(
            self._subjects.get(text[first : first + length])
            for first in range(max(begin, start - _LONGEST_NAME), start + 1)
            for length in self._lengths.get(text[first], ())
            if first + length > start and (first < start or first + length > stop)
        )

    def _words(self, text: str, begin: int, end: int) -> Iterator[Token]:
        """Yield the known words of a span, and what stands between them as text."""
        unknown = position = begin
        while position < end:
            kind, length = self._word_at(text, position, end)
            if not length:
                position += 1
                continue
            if unknown < position:
                yield _token("TEXT", text, unknown, position)
            if kind:
                yield _token(kind, text, position, position + length)
            position += length
            unknown = position
        if unknown < end:
            yield _token("TEXT", text, unknown, end)

    def _is_classified(self, word: str, kind: str | None) -> bool:
        """Tell whether a word is a name of the functional classification."""
        named = self._subjects.get(word, "") == "function_class.named" and kind == "SUBJECT"
        return kind == "ITEM" or named

    def _begins_within(self, text: str, position: int, length: int) -> bool:
        """Tell whether a subject begins inside a word and outreaches it: 某局机关运行经费."""
        return any(
            self._subjects.get(text[inner : inner + reach])
            for inner in range(position + 1, position + length)
            for reach in self._lengths.get(text[inner], ())
            if inner + reach > position + length
        )

    def _is_of_longer(self, text: str, position: int, word: str, kind: str) -> bool:
        """Tell whether a known word is only a piece of what stands there: 资金到位率."""
        if kind == "NEUTRAL" and self._begins_within(text, position, len(word)):
            return True
        if self._is_classified(word, kind) and not _stands_alone(text, position, word):
            return True
        return kind in _NAMES_OF_RATES and text.startswith("率", position + len(word))

    def _word_at(self, text: str, position: int, end: int) -> tuple[str, int]:
        for length in self._lengths.get(text[position], ()):
            if position + length <= end:
                word = text[position : position + length]
                kind = self._terminals.get(word)
                if kind and not self._is_of_longer(text, position, word, kind):
                    return kind, length
        if _WITHIN.match(text, position):
            return "AMONG", 1
        mark = _MARKS.get(text[position])
        if mark == "OPEN" and (aside := _ASIDE.match(text, position)):
            return "", aside.end() - position
        return (mark, 1) if mark else ("", 0)


# What another word is made of where 率 stands right behind.
_NAMES_OF_RATES = ("SUBJECT", "ROLE", "BE", "NEUTRAL")
# What may stand before the name of a 类, 款 or 项, and behind it.
_BEFORE_NAME = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|其中|包括|用于|安排|支出|预算|年度?|和|与|及|为|是|按|分|科目|列|中"
    r"|(?:缴|支|计|发|交)[纳存付提放]的?)$"
)
_BEHIND_NAME = re.compile(
    r"[^\u4e00-\u9fff]|支出|经费|预算|决算|为|年初|全年|安排|比|较|占|共|合计|完成|和|及|与|类|科目|增|减|$"
)
_SHORT_NAME = 2


def _stands_alone(text: str, position: int, word: str) -> bool:
    """Tell whether a name is whole: 小学教育支出 is not 教育支出, 法院 is no expenditure.

    >>> _stands_alone("小学教育支出5万元", 2, "教育支出")
    False
    >>> _stands_alone("教育支出5万元", 0, "教育支出")
    True
    >>> [_stands_alone(f"{each}的购房补贴5万元", 3, "购房补贴") for each in ("缴纳", "老人")]
    [True, False]
    """
    end = position + len(word)
    if len(word) <= _SHORT_NAME or not _BEHIND_NAME.match(text, end):
        return False
    return bool(_BEFORE_NAME.search(text[max(0, position - 4) : position]))


_IN_TITLE = re.compile(r"《[^》]{0,80}》?")
# A project's token says its name.
_PROJECT = "project:"
_PROJECT_MIN = 4
_SAID_OF_PROJECT = re.compile(
    r"\d[\d,.]*(?:万元|亿元|元)|[1一]个[^，。；;:、\d]{0,6}项目|自评|得分|安排|评价|全年预算|年初预算|绩效"
)


# So does that of an item whose names are in quotes: “教育”款“小学教育”项.
_ITEM_PATH = "item:"
_QUOTED_LEVEL = re.compile(r"(?P<level>[类款项])(?:中?的)?")
_ENDS_PATH = re.compile(r"(?:科目)?(?:支出|预算|决算|年初|上年|安排|[\d(:，,。比较与为占]|$)")


def _quoted_items(
    text: str, begin: int, end: int, quoted: tuple[tuple[int, int], ...]
) -> Iterator[tuple[int, int, str]]:
    """Yield where 类, 款 and 项 are named in quotes, and their names with brackets.

    >>> folded = fold("1.“教育”款“小学教育”项5万元")
    >>> list(_quoted_items(folded.text, 0, len(folded.text), folded.quoted))
    [(2, 10, 'item:教育(款)小学教育(项)')]
    """
    first = last = begin
    path = ""
    for start, stop in quoted:
        level = _QUOTED_LEVEL.match(text, stop, end)
        if level is None or start < begin:
            continue
        if start != last:
            first, path = start, ""
        last, path = level.end(), f"{path}{text[start:stop]}({level['level']})"
        if _ENDS_PATH.match(text, last, end):
            yield first, last, f"{_ITEM_PATH}{path}"


def _described_kind(key: str) -> str:
    kinds = {_PROJECT: "PROJECT", _ITEM_PATH: "ITEM"}
    return next((kind for prefix, kind in kinds.items() if key.startswith(prefix)), "SUBJECT")


def item_named(token: Token) -> str:
    """The names of 类, 款 and 项 that an ITEM token names, with their brackets."""
    return str(token.value).removeprefix(_ITEM_PATH)


def project_named(token: Token) -> str:
    """The name of the project that a PROJECT token names."""
    return str(token.value).removeprefix(_PROJECT)


@cache
def _project_name() -> re.Pattern[str]:
    return re.compile(load_wording().entry["project_name"].replace("<NUMBER>", NUMBER))


@cache
def _behind_project() -> re.Pattern[str]:
    return re.compile(load_wording().entry["behind_project"])


_LONGEST_NAME = 24
_MARKS = {
    **dict.fromkeys(";。!?", "STOP"),
    **dict.fromkeys("，,、", "SEP"),
    "(": "OPEN",
    ")": "CLOSE",
}
# What a bracket adds before a number is said: 采购金额（以合同签订为准）为5万元.
_ASIDE = re.compile(r"\([^()\d]{1,30}\)(?=为|是|共|支出|预算|决算|总额|总数|的比|:|\d|[，,]?占)")
# 基本支出中用于…, 支出决算中，…
_WITHIN = re.compile(r"[中里内](?=用于|，|,|:)")
_MARKED = re.compile(r"[类款项]\)|\(2[0-3]\d\)|2[0-3]\d(?:\d{2})*[-)\u4e00-\u9fff]")
_LEAD = re.compile(r"(?:主要用于|用于|其中|主要包括|包括|安排|按|具体[为是])+")


@cache
def _fixed_pattern(*, has_items: bool) -> re.Pattern[str]:
    """Everything told by its form; the paths of 类, 款 and 项 only where a sentence has one."""
    wording = load_wording()
    units = sorted(map(squash, wording.entry["count_units"]), key=len, reverse=True)
    unit = "|".join(map(re.escape, units))
    figure = rf"{NUMBER}(?:余|多)?"
    items = (
        rf"{_CODED_PATH}|(?:{_CLASS}(?:支出)?)?(?:{_SUBCLASS})?{_ITEM}"
        rf"|{_CLASS}(?:支出)?{_SUBCLASS}|{_CLASS}|{_SUBCLASS}|{_CODED}|{_CODED_BEHIND}"
    )
    last = "|".join(map(re.escape, map(squash, wording.entry["last_year"])))
    named = {"NUMBER": NUMBER, "BUDGET": _BUDGET, "LAST": last}
    worded = [
        (name, re.sub(r"<([A-Z]+)>", lambda match: named[str(match[1])], any_of(forms)))
        for name, forms in wording.entry["patterns"].items()
    ]
    rules = (
        ("TITLE", _IN_TITLE.pattern + r"|[〔\[(【]\d{4}[〕\])】]\d*号?|\d{4}\.\d{1,2}\.\d{1,2}"),
        *((("ITEM", items),) if has_items else ()),
        ("DATE", r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|份)?|\d{4}年(?:末|底)"),
        ("YEAR", r"(?:19|20)\d{2}年度?(?!\d{1,2}月)"),
        (
            "ENUM",
            r"(?<![^，,;:。为是)])\d{1,2}[、.](?!\d(?!\d{4}|\d{3}年))|\(\d{1,2}\)|[①-⑳]"
            r"|\([一二三四五六七八九十]+\)|(?<![^，,;:。])[一二三四五六七八九十]+(?:、|是)",
        ),
        *worded,
        (
            "MONEY",
            rf"{NUMBER}亿\d+(?:\.\d+)?万元|{figure}(?:亿元|万元|千元|元(?!/))|{NUMBER}[亿万千](?:余|多)元|{figure}(?:亿|万)(?=[，。、；;,:)(]|$)",
        ),
        ("PERCENT", rf"{figure}%|百分之{NUMBER}"),
        ("SCORE", rf"{figure}分(?![钟之别类为公部支])"),
        ("COUNT", rf"{figure}(?:万|亿|千|百)?(?:个百分点|{unit})"),
        ("NUMBER", NUMBER),
        ("BLANK", r"(?:[Xx]{2,}|×{2,}|[*]+)(?:万元|亿元|元|%|个|人次|人|辆|批次|分|台\(套\))"),
    )
    return re.compile("|".join(f"(?P<{name}>{rule})" for name, rule in rules))


def _token(kind: str, text: str, begin: int, end: int) -> Token:
    return Token(kind, text[begin:end], start_pos=begin, end_pos=end)


_BETWEEN_VALUES = ("，", ",", "、", "和", "与", "及", "以及")


def _between_values(tokens: list[Token]) -> Iterator[Token]:
    """Yield tokens, with what separates two values told from what separates clauses."""
    for index, token in enumerate(tokens):
        if token in _BETWEEN_VALUES and 0 < index < len(tokens) - 1:
            around = {tokens[index - 1].type, tokens[index + 1].type}
            # 减少2.40万元，1个团: money and people are told of different things.
            if around <= VALUES and not {"MONEY", "COUNT"} <= around:
                yield Token("AND", str(token), start_pos=token.start_pos, end_pos=token.end_pos)
                continue
        yield token


def _terminals(wording: Wording) -> dict[str, str]:
    entry = wording.entry
    named = {
        "BE": entry["be"],
        "NEUTRAL": entry["neutral"],
        "EACH": entry["each"],
        "LAST": entry["last_year"],
        "COMPARED": entry["compared"],
        "UP": entry["up"],
        "DOWN": entry["down"],
        "UNDECIDED": entry["changed"],
        "FLAT": entry["flat"],
        "MORE": entry["more"],
        "LESS": entry["less"],
        "SAME": entry["same"],
        "SHARE": entry["share"],
        "OF": entry["of"],
        "NONE": entry["none"],
        "AMONG": entry["among"],
        "REASON": entry["reason"],
        "ABOUT": entry["about"],
        "ATTENDANCE": entry["attendance"],
        "FORMER": entry["former"],
        "LATTER": entry["latter"],
    }
    found = {squash(word): kind for kind, words in named.items() for word in words}
    # squash drops the comma's width; lists keep theirs.
    return found | dict.fromkeys(wording.roles, "ROLE") | {":": "BE"}


@cache
def lexicon_of(scope: tuple[str, ...]) -> Lexicon:
    """The lexicon of sections that know these topics, nearest first."""
    return Lexicon(scope)


def scaled(text: str) -> tuple[Decimal, int]:
    """A printed number and how many decimals it has."""
    printed = re.search(NUMBER.removeprefix(r"(?<![\dA-Za-z.])"), text)
    number = Decimal((printed[0] if printed else "0").replace(",", ""))
    exponent = number.as_tuple().exponent
    return number, max(0, -exponent) if isinstance(exponent, int) else 0
