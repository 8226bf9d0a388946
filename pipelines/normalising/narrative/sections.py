"""Headings: which section each paragraph of the narrative stands in.

Knows how headings are numbered. Does not know what any section is about.
"""

import re
from collections.abc import Iterator, Sequence

from pipelines.domain.disclosure import NarrativeParagraph
from pipelines.domain.document import Paragraph
from pipelines.recognising.wording import squash

# Outermost first. Provinces mix full-width and half-width brackets and stops.
_NUMBERINGS = (
    re.compile(r"^第[一二三四五六七八九十]+(部分|章)"),
    re.compile(r"^[一二三四五六七八九十]+[、.]"),
    re.compile(r"^\([一二三四五六七八九十]+\)"),
    re.compile(r"^\d{1,2}[、.](?!\d)"),
)
# A heading is short and is no sentence.
_HEADING_MAX = 45
_SENTENCE = re.compile(r"[。；;，,]|\d万元")


def place_in_sections(paragraphs: Sequence[Paragraph]) -> Iterator[NarrativeParagraph]:
    """Yield each paragraph with the headings above it, outermost first.

    A heading is its own innermost section.
    """
    path: dict[int, str] = {}
    for index, paragraph in enumerate(paragraphs):
        level = _heading_level(paragraph.text)
        if level is not None:
            path = {depth: title for depth, title in path.items() if depth < level}
            path[level] = paragraph.text.strip()
        yield NarrativeParagraph(
            index=index,
            section_path=tuple(path[depth] for depth in sorted(path)),
            text=paragraph.text,
            place=paragraph.place,
        )


def _heading_level(text: str) -> int | None:
    folded = squash(text)
    if len(folded) > _HEADING_MAX or _SENTENCE.search(folded):
        return None
    return next((level for level, pattern in enumerate(_NUMBERINGS) if pattern.match(folded)), None)
