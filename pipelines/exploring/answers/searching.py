"""Finds bodies, regions and files by what a person remembers of their names.

Knows how words match names: any part, in any order, in characters or by the first letters of their
pinyin. Does not know what the things found hold.

Nothing is written down for each name but the name: a word of letters becomes a pattern of the
characters that are read so, in any of their readings, so that 重庆 is found by zq as by cq.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import duckdb

from pipelines.exploring.answers.bodies import Body
from pipelines.exploring.answers.regions import Region
from pipelines.exploring.marts import select_all

FILES = """
    select document_id, file_name as name, fiscal_year, coalesce(kind, '') as kind
    from marts.dim_documents
    order by name, document_id
"""
# What a word may leave out between two of its characters, as 成都教育局 leaves out 市. Letters
# stand for so many characters that with more between them they would be found everywhere.
GAP, GAP_OF_LETTERS = ".*", ".{0,2}"

Thing = TypeVar("Thing", bound="Body | Region | FoundFile")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A document by its file.

    Attributes:
        document_id: The document.
        name: Its file.
        fiscal_year: Of which year, None where it does not say.
        kind: ``final_accounts`` or ``budget``, '' where it does not say.
    """

    document_id: str
    name: str
    fiscal_year: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """What matches, the best first."""

    bodies: tuple[Body, ...]
    regions: tuple[Region, ...]
    files: tuple[FoundFile, ...]


class SearchIndex:
    """Every name of a warehouse that can be searched."""

    def __init__(
        self, bodies: Iterable[Body], regions: Iterable[Region], files: Iterable[FoundFile]
    ) -> None:
        """Take the things that can be found."""
        self._bodies = [(folded(f"{body.region_name} {body.name}"), body) for body in bodies]
        self._regions = [(folded(region.name), region) for region in regions]
        self._files = [(folded(file.name), file) for file in files]
        named = (*self._bodies, *self._regions, *self._files)
        self._read_so = characters_by_letter({character for name, _ in named for character in name})

    def find(self, wanted: str) -> Found:
        """What matches every word of a text.

        Where nothing has a word as it stands, names are taken that have its characters in this
        order with others between them.

        Args:
            wanted: Words with white space between them.
        """
        words = folded(wanted).split()
        return Found(
            tuple(self._matching(words, self._bodies)),
            tuple(self._matching(words, self._regions)),
            tuple(self._matching(words, self._files)),
        )

    def _matching(self, words: Sequence[str], things: list[tuple[str, Thing]]) -> list[Thing]:
        if not words:
            return []
        for is_spread in (False, True):
            patterns = [self._pattern(word, is_spread=is_spread) for word in words]
            found = [
                (name, thing)
                for name, thing in things
                if all(pattern.search(name) for pattern in patterns)
            ]
            if found:
                break
        # The shortest name has the least that was not asked for.
        return [
            thing for _, thing in sorted(found, key=lambda each: _rank(each[0], each[1], patterns))
        ]

    def _pattern(self, word: str, *, is_spread: bool) -> re.Pattern[str]:
        gap = GAP_OF_LETTERS if word.isascii() else GAP
        return re.compile((gap if is_spread else "").join(self._class(each) for each in word))

    def _class(self, character: str) -> str:
        read_so = self._read_so.get(character)
        return f"[{character}{read_so}]" if read_so else re.escape(character)


def build_search_index(
    connection: duckdb.DuckDBPyConnection, bodies: Iterable[Body], regions: Iterable[Region]
) -> SearchIndex:
    """The index of a warehouse with marts.

    Args:
        connection: The warehouse.
        bodies: All of its bodies, kept by the index and not copied.
        regions: All of its regions, likewise.
    """
    return SearchIndex(bodies, regions, select_all(connection, FoundFile, FILES))


def folded(text: str) -> str:
    """A text as it is compared: without width and case.

    Examples:
        >>> folded("ＳＺ 教育局")
        'sz 教育局'
    """
    return unicodedata.normalize("NFKC", text).lower()


def characters_by_letter(characters: Iterable[str]) -> Mapping[str, str]:
    """The characters that can be read with each first letter, of those that are given.

    Examples:
        >>> {letter: sorted(read_so) for letter, read_so in characters_by_letter("重庆").items()}
        {'c': ['重'], 't': ['重'], 'z': ['重'], 'q': ['庆']}
    """
    found: defaultdict[str, str] = defaultdict(str)
    read_so = _readings()
    for character in characters:
        readings = read_so.get(str(ord(character)), "")
        letters = {unicodedata.normalize("NFD", each)[0] for each in readings.split(",") if each}
        for letter in sorted(letters):
            found[letter] += character
    return found


def _readings() -> Mapping[str, str]:
    """Every reading of each character, by its number in Unicode.

    From pypinyin's own list, which is needed for a moment: the library itself keeps fifty
    megabytes of phrases for as long as it is there.
    """
    package = find_spec("pypinyin")
    folders = package.submodule_search_locations if package else None
    if not folders:
        raise ModuleNotFoundError("pypinyin")
    listed = Path(folders[0]) / "pinyin_dict.json"
    readings: Mapping[str, str] = json.loads(listed.read_text(encoding="utf-8"))
    return readings


def _rank(name: str, thing: Thing, patterns: Sequence[re.Pattern[str]]) -> tuple[bool, int, str]:
    """Those first whose own name matches, and not only the region's."""
    own = folded(thing.name)
    return not all(pattern.search(own) for pattern in patterns), len(name), name
