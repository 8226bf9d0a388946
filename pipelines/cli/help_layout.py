"""Lays out help in which characters take two columns, and lines may break between them.

Knows widths and where Chinese lines may break. Does not know what the help says.
"""

import inspect
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise

import click

COLUMNS_OF_WIDE = 2
# What no line begins with, and what none ends with.
CLOSING = "，。、；：？！”’）》」』】〕…,.;:?!)]}"
OPENING = "“‘（《「『【〔([{"
WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…]"
UNIT = re.compile(
    rf"\s+|[{re.escape(OPENING)}]*(?:{WIDE}|(?:(?!{WIDE})\S)+)[{re.escape(CLOSING)}]*"
)


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes.

    Examples:
        >>> columns_of("决算.pdf")
        8
    """
    return sum(
        COLUMNS_OF_WIDE if unicodedata.east_asian_width(each) in "WF" or each in "“”‘’…" else 1
        for each in text
    )


def wrapped(paragraph: str, width: int) -> list[str]:
    """A paragraph in lines of at most so many columns.

    Examples:
        >>> wrapped("读取 data/raw 下的新文件，建立仓库。", 16)
        ['读取 data/raw 下', '的新文件，建立仓', '库。']
    """
    lines = [""]
    for unit in UNIT.findall(_joined(paragraph)):
        if columns_of(lines[-1] + unit.rstrip()) > width and lines[-1]:
            lines.append("")
        if lines[-1] or not unit.isspace():
            lines[-1] += unit
    return [line.rstrip() for line in lines if line.strip()]


def _joined(paragraph: str) -> str:
    """The lines of a paragraph as one: with a space between words, without one between signs."""
    lines = [line.strip() for line in paragraph.splitlines()]
    joints = (
        "" if re.match(WIDE, before[-1:]) or re.match(WIDE, after[:1]) else " "
        for before, after in pairwise(lines)
    )
    return "".join(part for line in zip(lines, [*joints, ""], strict=True) for part in line)


class WideFormatter(click.HelpFormatter):
    """Formats help whose characters may be two columns wide."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of the usage; its colon needs no space."""
        from pipelines.domain.messages import say

        super().write_usage(prog, args, say("Usage:") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text))
        shown = (
            "\n".join(f"{indent}{line}" for line in wrapped(each, self.width - len(indent)))
            for each in paragraphs
        )
        self.write("\n\n".join(shown) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of terms with what they mean, in two columns."""
        listed = list(rows)
        widest = max((columns_of(term) for term, _ in listed), default=0)
        first = min(widest, col_max) + col_spacing
        for term, meaning in listed:
            self.write("".join(f"{line}\n" for line in self._listed(term, meaning, first)))

    def _listed(self, term: str, meaning: str, first: int) -> Iterator[str]:
        indent = " " * self.current_indent
        lines = wrapped(meaning, max(self.width - first - 2, 10))
        room = first - columns_of(term)
        if lines and room > 0:
            yield f"{indent}{term}{' ' * room}{lines.pop(0)}"
        else:
            yield f"{indent}{term}"
        for line in lines:
            yield f"{indent}{' ' * first}{line}"


class WideContext(click.Context):
    """A context whose help may be two columns wide a character."""

    formatter_class = WideFormatter
