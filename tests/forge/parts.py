"""Writes one publication as two files: the prose in one, the tables in the other.

Knows where a manuscript is cut. Does not know what is read of it.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.forge.blocks import Section, TextBlock
from tests.forge.composition import compose
from tests.forge.disclosure import WRITERS, FileFormat, Manuscript
from tests.forge.narrative import Narrative

NOTHING = Narrative(overview=(), explanation=(), glossary=(), claims=())


def write_prose(
    manuscript: Manuscript, path: Path, reword: Callable[[str], str] = lambda text: text
) -> None:
    """Write all but the forms; the name of the file says its format.

    Args:
        manuscript: The whole document.
        path: Where the file goes.
        reword: Makes each paragraph what is printed.
    """
    sections = compose(manuscript.front, manuscript.house, (), manuscript.narrate({}))
    _write(tuple(_reworded(section, reword) for section in sections), path)


def write_tables(manuscript: Manuscript, path: Path) -> None:
    """Write cover and forms; the name of the file says its format."""
    _write(compose(manuscript.front, manuscript.house, manuscript.forms, NOTHING), path)


def _write(sections: tuple[Section, ...], path: Path) -> None:
    WRITERS[FileFormat(path.suffix.removeprefix("."))](sections, path)


def _reworded(section: Section, reword: Callable[[str], str]) -> Section:
    return replace(
        section,
        blocks=tuple(
            replace(block, text=reword(block.text)) if isinstance(block, TextBlock) else block
            for block in section.blocks
        ),
    )
