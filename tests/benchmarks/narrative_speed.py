"""How many pages of prose are read into claims in a minute on one core.

Usage: python tests/benchmarks/narrative_speed.py [--rounds N] [DIR ...]

Reads the files once, keeps their paragraphs, and times outline, claims, definitions, department
facts and text findings together: user CPU time of this process, median of the rounds. The first
round, which compiles grammar and words, is told apart. A page of prose is a PDF's page that holds
any of its narrative; for Word files, as many characters as such pages hold on average. DIR
defaults to the samples and, where it is there, the shared corpus.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median

from pipelines.domain.document import Paragraph
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.facts import find_definitions, find_department_facts
from pipelines.normalising.narrative.findings import find_text_findings
from pipelines.normalising.narrative.sections import place_in_sections
from pipelines.reading.documents import read_document
from pipelines.recognising.assembling import assemble_tables
from tests.paths import SAMPLES_DIR, SHARED_DIR

SUFFIXES = (".pdf", ".docx")


@dataclass(frozen=True)
class Prose:
    """The paragraphs of one document."""

    name: str
    paragraphs: Sequence[Paragraph]

    @property
    def characters(self) -> int:
        """Characters of prose."""
        return sum(len(paragraph.text) for paragraph in self.paragraphs)

    @property
    def pages(self) -> int:
        """Pages that hold prose, 0 where the format has no pages."""
        return len({paragraph.place.page for paragraph in self.paragraphs} - {None})


def prose_in(directories: Iterable[Path]) -> Iterator[Prose]:
    """The prose of every file, tables left out."""
    for directory in directories:
        for path in sorted(directory.rglob("*")):
            if path.suffix in SUFFIXES:
                paragraphs = assemble_tables(read_document(path.read_bytes(), path.name)).paragraphs
                yield Prose(path.name, paragraphs)


def read(prose: Prose) -> int:
    """Read one document's prose; how many claims it makes."""
    paragraphs = tuple(place_in_sections(prose.paragraphs))
    claims = read_prose(paragraphs).claims
    find_definitions(paragraphs)
    find_department_facts(paragraphs)
    find_text_findings(paragraphs, claims, (), "")
    return len(claims)


def seconds_of(documents: Sequence[Prose]) -> tuple[float, int]:
    """CPU seconds for all documents, and their claims."""
    before = getrusage(RUSAGE_SELF).ru_utime
    claims = sum(map(read, documents))
    return getrusage(RUSAGE_SELF).ru_utime - before, claims


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("directories", nargs="*", type=Path)
    arguments = parser.parse_args()
    shared = SHARED_DIR / "corpus"
    usual = [SAMPLES_DIR, *([shared] if shared.is_dir() else [])]
    documents = list(prose_in(arguments.directories or usual))
    paged = [each for each in documents if each.pages]
    per_page = sum(each.characters for each in paged) / sum(each.pages for each in paged)
    pages = sum(each.pages or each.characters / per_page for each in documents)
    first, claims = seconds_of(documents)
    usually = median(seconds_of(documents)[0] for _ in range(arguments.rounds))
    characters = sum(each.characters for each in documents)
    print(f"{len(documents)} documents, {pages:.0f} pages of prose, {characters:,} characters")
    print(f"{claims:,} claims")
    for name, seconds in (("first round, compiling included", first), ("later rounds", usually)):
        print(f"{name}: {seconds:.2f} s, {pages / seconds * 60:,.0f} pages a minute")
    print(f"{characters / usually:,.0f} characters a second")


if __name__ == "__main__":
    main()
