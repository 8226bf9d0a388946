"""The names of 类, 款 and 项 in the label of an item of functional classes.

Knows how prose brackets levels: 教育支出（类）普通教育（款）小学教育（项）. Does not know the
classification itself, nor which code a name stands for.
"""

import re
from dataclasses import dataclass

LEVELS = ("class", "subclass", "item")
TOPICS = ("expenditure", "appropriation", "general_budget", "government_fund", "state_capital")

_FOLDED = str.maketrans("（）：，", "():,")
_SPACE = re.compile(r"\s+")
_ORDINAL = re.compile(r"^[0-9一二三四五六七八九十]+[、.．]")
_MARK = re.compile(r"\([0-9]*([类款项])\)")
# 文物（类）（207）… or 文物（207）…: each level's code in a bracket behind its name.
_CODE = re.compile(r"(?:\([类款项]\))?\((\d{2,3})\)")
# “教育”款“小学教育”项; a name may have quotes in it.
_QUOTED = re.compile(r"“((?:[^“”]|“[^“”]*”)*)”([类款项])(?:中?的)?")
_LEVEL_OF_MARK = dict(zip("类款项", LEVELS, strict=True))


@dataclass(frozen=True, slots=True)
class FunctionPath:
    """The names on the way to an item, '' where the label does not print them.

    Attributes:
        lei: Name of the 类.
        kuan: Name of the 款.
        xiang: Name of the 项.
        level: Which of them is meant: ``class``, ``subclass``, ``item``; '' where it is no item of
            functional classes.
    """

    lei: str = ""
    kuan: str = ""
    xiang: str = ""
    level: str = ""


def function_path(topic: str, item: str, label: str) -> FunctionPath:
    """Tell the names and the level that a label prints.

    The innermost bracket tells the level, or else the item of the subject. A name without a bracket
    is the one that is meant.

    Args:
        topic: What the labelled value is of, as in docs/claims.md.
        item: Which item of the topic: ``class``, ``subclass`` or ``item`` of functional classes.
        label: The label as printed.

    Examples:
        >>> function_path("general_budget", "item", "教育（类）普通教育（款）小学教育（项）")
        FunctionPath(lei='教育', kuan='普通教育', xiang='小学教育', level='item')
        >>> function_path("general_budget", "class", "1、教育支出(205类)")
        FunctionPath(lei='教育支出', kuan='', xiang='', level='class')
        >>> function_path("general_budget", "item", "文化（类）（207）文物（02）博物馆（05）")
        FunctionPath(lei='文化', kuan='文物', xiang='博物馆', level='item')
        >>> function_path("general_budget", "item", "“教育”款“小学教育”项")
        FunctionPath(lei='', kuan='教育', xiang='小学教育', level='item')
        >>> function_path("expenditure", "item", "行政运行")
        FunctionPath(lei='', kuan='', xiang='行政运行', level='item')
        >>> function_path("basic", "class", "工资福利支出")
        FunctionPath(lei='', kuan='', xiang='', level='')
    """
    if topic not in TOPICS or item not in LEVELS or not label:
        return FunctionPath()
    path = _ORDINAL.sub("", _SPACE.sub("", label.translate(_FOLDED)))
    path = _QUOTED.sub(r"\1(\2)", path)
    names, rest = _bracketed(path)
    level = max((item, *names), key=LEVELS.index)
    return FunctionPath(
        lei=names.get("class", rest if level == "class" else ""),
        kuan=names.get("subclass", rest if level == "subclass" else ""),
        xiang=names.get("item", rest if level == "item" else ""),
        level=level,
    )


def _bracketed(path: str) -> tuple[dict[str, str], str]:
    """The names before the brackets by their level, and what follows the last bracket."""
    names: dict[str, str] = {}
    begin = 0
    codes = list(_CODE.finditer(path))
    if len(codes) > 1 and len(codes[0][1]) > len(codes[1][1]):
        for level, code in zip(LEVELS, codes, strict=False):
            names[level] = path[begin : code.start()]
            begin = code.end()
        return names, path[begin:]
    for mark in _MARK.finditer(path):
        names.setdefault(_LEVEL_OF_MARK[mark[1]], path[begin : mark.start()])
        begin = mark.end()
    return names, path[begin:]
