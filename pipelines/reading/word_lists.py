"""The numbers that Word prints before the paragraphs of a list, and that stand in no text.

Knows numbering definitions, levels and the ways to write a number. Does not know what a paragraph
says.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_W}val"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
Element = etree._Element

_LARGEST = 9999
_PLACE = re.compile(r"%([1-9])")
# Behind these no space is seen, whatever Word sets there.
_CLOSING = frozenset("、．.）)：:，,")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _counted(number: int, digits: str, units: str) -> str:
    """A number in Chinese characters with units.

    Examples:
        >>> digits, units = "零一二三四五六七八九", " 十百千"
        >>> [_counted(number, digits, units) for number in (3, 10, 21, 105)]
        ['三', '十', '二十一', '一百零五']
    """
    written = str(number)
    printed = ""
    for place, digit in zip(range(len(written) - 1, -1, -1), written, strict=True):
        printed += digits[int(digit)] + (units[place] if place and digit != "0" else "")
    printed = re.sub(f"{digits[0]}+", digits[0], printed).rstrip(digits[0]) or digits[0]
    # Ten is written without a one before it, but for amounts.
    return printed.removeprefix("一") if printed.startswith("一十") else printed


def _roman(number: int) -> str:
    printed = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        printed += letters * count
    return printed


def _letter(number: int) -> str:
    repeats, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (repeats + 1)


def _in_turn(number: int, names: str) -> str:
    return names[(number - 1) % len(names)]


def _enclosed(number: int, first: str, last: int) -> str:
    return chr(ord(first) + number - 1) if number <= last else str(number)


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_CHINESE = partial(_counted, digits="零一二三四五六七八九", units=" 十百千")
_LEGAL = partial(_counted, digits="零壹贰叁肆伍陆柒捌玖", units=" 拾佰仟")
_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": "{:02}".format,
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "chineseCounting": _CHINESE,
    "chineseCountingThousand": _CHINESE,
    "japaneseCounting": _CHINESE,
    "taiwaneseCounting": _CHINESE,
    "taiwaneseCountingThousand": _CHINESE,
    "ideographDigital": _CHINESE,
    "chineseLegalSimplified": _LEGAL,
    "ideographLegalTraditional": _LEGAL,
    "ideographTraditional": partial(_in_turn, names="甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": partial(_in_turn, names="子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": partial(_enclosed, first="㊀", last=10),
    "decimalEnclosedCircle": partial(_enclosed, first="①", last=20),
    "decimalEnclosedCircleChinese": partial(_enclosed, first="①", last=20),
    "decimalEnclosedParen": partial(_enclosed, first="⑴", last=20),
    "decimalEnclosedFullstop": partial(_enclosed, first="⒈", last=20),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}


def number_text(number: int, form: str) -> str:
    """A number as Word writes it in a list.

    Args:
        number: The number.
        form: Word's name of the way to write it; one that is not known is taken for ``decimal``.

    Examples:
        >>> [number_text(27, form) for form in ("chineseCounting", "decimal", "lowerLetter")]
        ['二十七', '27', 'aa']
        >>> [number_text(3, form) for form in ("decimalEnclosedCircle", "upperRoman", "none")]
        ['③', 'III', '']
    """
    write = _FORMS.get(form)
    return str(number) if write is None or not 0 < number <= _LARGEST else write(number)


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int
    form: str
    text: str
    behind: str
    is_hidden: bool
    is_decimal: bool
    restarts: bool


@dataclass(slots=True)
class _List:
    """A definition that any number of lists share, and how far it has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)

    def count(self, depth: int) -> None:
        """Go on to the next paragraph of a level."""
        begun = self.counts.get(depth)
        self.counts[depth] = self.start(depth) if begun is None else begun + 1
        for deeper in [each for each in self.counts if each > depth]:
            if deeper not in self.levels or self.levels[deeper].restarts:
                del self.counts[deeper]

    def start(self, depth: int) -> int:
        """The first number of a level."""
        return self.levels[depth].start if depth in self.levels else 1


class ListNumbers:
    """The lists of a Word file, counted from its beginning to its end.

    Args:
        numbering: The part that defines them, None where there is none.
        styles: The part with the styles, None where there is none.
    """

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = _by_id(styles, "style", "styleId")
        self._definitions = _by_id(numbering, "abstractNum", "abstractNumId")
        self._numbers = _by_id(numbering, "num", "numId")
        self._lists: dict[str, _List] = {}
        self._begun: set[str] = set()

    def print_into(self, body: Element) -> None:
        """Put the numbers into the paragraphs of a body, as text before their first run."""
        if not self._numbers:
            return
        for paragraph in body.iter(f"{_W}p"):
            printed = self._number_of(paragraph)
            if printed:
                text = etree.Element(f"{_W}t")
                text.text = printed
                # Behind its properties: without these it is in no list.
                paragraph.insert(1, text)

    def _number_of(self, paragraph: Element) -> str:
        """What is printed before a paragraph, '' where nothing is."""
        number, depth = self._place_in_list(paragraph)
        counted = self._list(number) if number else None
        if counted is None or next(paragraph.iterancestors(_FALLBACK), None) is not None:
            return ""
        self._begin(number, counted)
        counted.count(depth)
        level = counted.levels.get(depth)
        if level is None or level.is_hidden or level.form == "bullet":
            return ""
        printed = _PLACE.sub(
            lambda place: self._written(counted, int(place[1]) - 1, level), level.text
        )
        return printed if not printed or printed[-1] in _CLOSING else printed + level.behind

    def _written(self, counted: _List, depth: int, shown_by: _Level) -> str:
        level = counted.levels.get(depth)
        form = "decimal" if level is None or shown_by.is_decimal else level.form
        return number_text(counted.counts.setdefault(depth, counted.start(depth)), form)

    def _place_in_list(self, paragraph: Element) -> tuple[str, int]:
        """The list that a paragraph is in, '' for none, and its level."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None or _is_on(properties.find(f"{_W}rPr/{_W}vanish")):
            return "", 0
        style = _value(properties, "pStyle")
        own = properties.find(f"{_W}numPr")
        number, depth = (_value(own, "numId"), _value(own, "ilvl")) if own is not None else ("", "")
        for ancestor in self._style_and_bases(style) if not number else ():
            inherited = ancestor.find(f"{_W}pPr/{_W}numPr")
            if inherited is not None:
                depth = depth or _value(inherited, "ilvl")
                number = _value(inherited, "numId")
                if number:
                    depth = depth or self._level_of_style(number, ancestor)
                    break
        return ("" if number == "0" else number), _whole(depth, 0)

    def _style_and_bases(self, name: str) -> Iterator[Element]:
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = _value(self._styles[name], "basedOn")

    def _level_of_style(self, number: str, style: Element) -> str:
        """The level of a list that names a style as its own, '' where none does."""
        definition = self._definition_of(number)
        wanted = style.get(f"{_W}styleId") or ""
        for level in definition.iter(f"{_W}lvl") if definition is not None else ():
            if _value(level, "pStyle") == wanted:
                return level.get(f"{_W}ilvl") or ""
        return ""

    def _definition_of(self, number: str) -> Element | None:
        """The definition of a list; one that refers to a style's is that of the style's list."""
        for _ in range(2):
            if number not in self._numbers:
                return None
            definition = self._definitions.get(_value(self._numbers[number], "abstractNumId"))
            link = _value(definition, "numStyleLink") if definition is not None else ""
            if not link or link not in self._styles:
                return definition
            properties = self._styles[link].find(f"{_W}pPr/{_W}numPr")
            number = _value(properties, "numId") if properties is not None else ""
        return None

    def _list(self, number: str) -> _List | None:
        definition = self._definition_of(number)
        if definition is None:
            return None
        key = definition.get(f"{_W}abstractNumId") or ""
        if key not in self._lists:
            self._lists[key] = _List(dict(_levels(definition)))
        return self._lists[key]

    def _begin(self, number: str, counted: _List) -> None:
        """Where a list that shares its definition is met first, begin as it says."""
        if number in self._begun:
            return
        self._begun.add(number)
        for override in self._numbers[number].iter(f"{_W}lvlOverride"):
            depth = _whole(override.get(f"{_W}ilvl") or "", 0)
            counted.levels.update(_levels(override))
            start = override.find(f"{_W}startOverride")
            if start is not None:
                counted.counts[depth] = _whole(start.get(_VALUE) or "", 1) - 1


def _levels(definition: Element) -> Iterator[tuple[int, _Level]]:
    for level in definition.iter(f"{_W}lvl"):
        depth = _whole(level.get(f"{_W}ilvl") or "", 0)
        behind = _value(level, "suff") or "tab"
        yield (
            depth,
            _Level(
                start=_whole(_value(level, "start"), 1),
                form=_value(level, "numFmt") or "decimal",
                text=_value(level, "lvlText"),
                behind="" if behind == "nothing" else " ",
                is_hidden=_is_on(level.find(f"{_W}rPr/{_W}vanish")),
                is_decimal=_is_on(level.find(f"{_W}isLgl")),
                restarts=_value(level, "lvlRestart") != "0",
            ),
        )


def _by_id(part: Element | None, tag: str, key: str) -> dict[str, Element]:
    found = part.iter(f"{_W}{tag}") if part is not None else ()
    return {element.get(f"{_W}{key}") or "": element for element in found}


def _value(element: Element, child: str) -> str:
    found = element.find(f"{_W}{child}")
    return (found.get(_VALUE) or "") if found is not None else ""


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(_VALUE, "true") not in ("0", "false", "off")
