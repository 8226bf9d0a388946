"""Lines of a PDF page joined into paragraphs.

Knows where lines begin and end on the page. Does not know what they say, beyond page numbers,
which belong to the page and not to the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place, TextPiece
from pipelines.reading.pdf_objects import WHOLE_SHEET, Char, Frame

# What begins a new numbered paragraph: （一） 1、 一、 1. ①
_ENUMERATOR = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[①-⑳]")
# A part's heading stands alone, however far it reaches.
_PART_HEADING = re.compile(r"第\s*[一二三四五六七八九十]+\s*部分.{0,30}$")
# 住房保障支出 | （类）5万元: the line was broken before the bracket, which begins nothing.
_LEVEL = re.compile(r"[（(][类款项][）)]")
_SENTENCE_END = ("。", "；", "：", ":", "！")
# Numbers and Latin words are not broken at a line's end.
_UNBROKEN = re.compile(r"[!-~]+")
# Nor is a character torn from the brackets and quotation marks around it, and the mark behind it.
_HELD_TOGETHER = re.compile(r"[（“‘《【〔「]*[^!-~][）”’》】〕」，。、；：！？]*")

# 3, - 3 -, 第 3 页, 第 3 页 共 20 页, 3/20
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(第\s*)?\d{1,4}(\s*页)?([,，\s]*(/|共)\s*\d{1,4}(\s*页)?)?[-—–－·\s]*"
)

# A page number stands in the outer tenth of the page.
_MARGIN_RATIO = 0.1
# In units of the line's height: how far a full line may end before the text's right edge
# (punctuation is pushed out or squeezed), and how far apart lines of one paragraph stand.
_FULL_LINE_SLACK = 1.6
_LINE_DISTANCE = 2.6
_INDENT = 0.8
_LATIN_WIDTH = 0.6
_LONGEST_NUMBER = 12
# Lines at least this share of the page's width show where the text's right edge is.
_LONG_LINE_RATIO = 0.6


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line outside any table, in points from the page's upper left corner.

    ``page`` is the number of the sheet in the file, on which the page lies as ``frame`` says;
    ``chars`` are the characters of its text without the spaces.
    """

    text: str
    page: int
    page_width: float
    page_height: float
    x0: float
    top: float
    x1: float
    bottom: float
    chars: tuple[Char, ...] = ()
    frame: Frame = WHOLE_SHEET

    @property
    def place(self) -> Place:
        """Where it is printed."""
        box = self.frame.in_file((self.x0, self.top, self.x1, self.bottom))
        return Place(page=self.page, bbox=box)

    @property
    def height(self) -> float:
        """Height of the line's characters."""
        return self.bottom - self.top

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends with a mark that closes a sentence or announces a list."""
        return self.text.endswith(_SENTENCE_END)

    @property
    def begins_numbered(self) -> bool:
        """Whether it begins with what numbers a paragraph."""
        return _ENUMERATOR.match(self.text) is not None

    def is_full(self, right_edges: Mapping[float, float], slack: float = _FULL_LINE_SLACK) -> bool:
        """Tell whether it reaches the text's right edge.

        Args:
            right_edges: For each page width, how far to the right text reaches.
            slack: How far it may end before that, in units of its height.
        """
        edge = right_edges.get(self.page_width, self.page_width)
        return self.x1 >= edge - slack * self.height

    @property
    def is_page_number(self) -> bool:
        """Whether the line is a page number: digits alone in the page's margin."""
        margin = self.page_height * _MARGIN_RATIO
        in_margin = self.bottom < margin or self.top > self.page_height - margin
        return in_margin and self.looks_like_page_number

    @property
    def looks_like_page_number(self) -> bool:
        """Whether the line would be one if it stood in the margin."""
        return _PAGE_NUMBER.fullmatch(self.text) is not None


def join_lines(
    lines: Sequence[TextLine], right_edges: Mapping[float, float]
) -> Iterator[Paragraph]:
    """Join the lines between two tables into paragraphs.

    A line goes on in the next when it reaches the text's right edge and the next one is not
    indented further than it.

    Args:
        lines: Lines in reading order, over any number of pages.
        right_edges: For each page width, how far to the right text reaches.
    """
    printed = [line for line in lines if not line.is_page_number]
    paragraph: list[TextLine] = []
    for line in printed:
        if paragraph and not _goes_on(paragraph, line, right_edges):
            yield _to_paragraph(paragraph)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield _to_paragraph(paragraph)


def _goes_on(
    paragraph: Sequence[TextLine], following: TextLine, right_edges: Mapping[float, float]
) -> bool:
    last = paragraph[-1]
    if _LEVEL.match(following.text) and not last.ends_sentence:
        return True
    if not last.is_full(right_edges, _slack(following)):
        return False
    if _PART_HEADING.match(last.text) and len(paragraph) == 1:
        return False
    if last.ends_sentence and following.begins_numbered:
        return False
    if following.page == last.page and following.top - last.bottom > _LINE_DISTANCE * last.height:
        return False
    # The first line may be indented; all later ones begin where the text block begins.
    return following.x0 <= last.x0 + _INDENT * last.height


def _slack(following: TextLine) -> float:
    """How much room a full line may leave: what did not fit as a whole moved to the next line."""
    moved = 0.0
    if unbroken := _UNBROKEN.match(following.text):
        moved = _LATIN_WIDTH * min(len(unbroken.group()), _LONGEST_NUMBER)
    elif not following.begins_numbered and (held := _HELD_TOGETHER.match(following.text)):
        # For one character there is no room in any full line.
        moved = len(held.group()) - 1
    return _FULL_LINE_SLACK + moved


def right_edges(lines: Iterable[TextLine]) -> dict[float, float]:
    """Map each page width to where running text ends on pages of that width.

    The median over the long lines: hanging punctuation and stray lines do not move it.
    """
    reach: dict[float, list[float]] = {}
    for line in lines:
        if line.x1 - line.x0 >= _LONG_LINE_RATIO * line.page_width:
            reach.setdefault(line.page_width, []).append(line.x1)
    return {width: median(edges) for width, edges in reach.items()}


def _to_paragraph(lines: Iterable[TextLine]) -> Paragraph:
    parts = tuple(lines)
    first = parts[0]
    on_first_page = [line for line in parts if (line.page, line.frame) == (first.page, first.frame)]
    box = (
        min(line.x0 for line in on_first_page),
        first.top,
        max(line.x1 for line in on_first_page),
        on_first_page[-1].bottom,
    )
    return Paragraph(
        text="".join(line.text for line in parts),
        place=Place(page=first.page, bbox=first.frame.in_file(box)),
        pieces=tuple(_pieces(parts)),
    )


def _pieces(lines: Iterable[TextLine]) -> Iterator[TextPiece]:
    begin = 0
    for line in lines:
        yield TextPiece(begin, line.place, line.frame.chars_in_file(line.chars))
        begin += len(line.text)
