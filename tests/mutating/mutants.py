"""What a mutant is: one small change of one file, and where in the file it is.

Knows how a mutant is written and told apart from others, and which are known to change nothing.
Does not know any language, nor how mutants are tried.
"""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

EQUIVALENT_FILE = Path(__file__).with_name("equivalent.csv")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one file.

    Attributes:
        path: The file, from the project's folder.
        begin: Where in its text the change begins.
        end: Where what is replaced ends.
        becomes: What stands there instead.
        operator: The kind of change.
        within: What it is in: a common table expression, a function, a line of a seed.
        line: Its line, from 1.
        before: The line as it is, without what surrounds it.
        after: The same line changed.
    """

    path: str
    begin: int
    end: int
    becomes: str
    operator: str
    within: str
    line: int
    before: str
    after: str

    def applied_to(self, text: str) -> str:
        """The file's text with the change."""
        return f"{text[: self.begin]}{self.becomes}{text[self.end :]}"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is known by, wherever its lines move."""
        return self.path, self.within, self.before, self.after


class Verdict(Enum):
    """What became of a mutant; one that cannot be run is invalid, and counts for nothing."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant, and which test noticed it."""

    verdict: Verdict
    noticed_by: str = ""


def mutant_of(
    path: str, text: str, span: tuple[int, int], becomes: str, operator: str, within: str
) -> Mutant:
    """Describe a change of a text, with the lines that it touches."""
    begin, end = span
    line_begin = text.rfind("\n", 0, begin) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    before = " ".join(text[line_begin:line_end].split())
    after = " ".join(f"{text[line_begin:begin]}{becomes}{text[end:line_end]}".split())
    line = text.count("\n", 0, begin) + 1
    return Mutant(path, begin, end, becomes, operator, within, line, before, after)


def sampled(mutants: Iterable[Mutant], seed: int) -> list[Mutant]:
    """All mutants in an order that a seed decides, one at each place; the rest is left out.

    Each has its rank by itself: what changes elsewhere draws no others, so that a test that was
    written for one counts the next time too.
    """
    chosen: dict[tuple[str, int, int], Mutant] = {}
    for mutant in sorted(mutants, key=lambda each: _rank(each, seed)):
        chosen.setdefault((mutant.path, mutant.begin, mutant.end), mutant)
    return list(chosen.values())


def _rank(mutant: Mutant, seed: int) -> bytes:
    return hashlib.sha256("\n".join((str(seed), *mutant.key)).encode()).digest()


def known_equivalent() -> dict[tuple[str, str, str, str], str]:
    """Mutants that change nothing that anybody could notice, with the reason."""
    with EQUIVALENT_FILE.open(encoding="utf-8", newline="") as lines:
        return {
            (row["file"], row["within"], row["from"], row["to"]): row["reason"]
            for row in csv.DictReader(lines)
        }


def as_table(mutants: Sequence[Mutant]) -> Iterator[str]:
    """Lines of a table of mutants, as Markdown."""
    yield "| file, line | within | from | to |"
    yield "|---|---|---|---|"
    for each in mutants:
        cells = (f"{each.path}:{each.line}", each.within, each.before, each.after)
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
