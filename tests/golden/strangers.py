"""Prose by people who had not read the grammar, and how much of it is read right.

Knows the passages and statements of tests/golden/strangers. A number is right where its claim has
the kind, subject, base, way, label and value that the reader gave, or is in doubt where the reader
could doubt it; wrong where a clear claim says something else; and lost where no claim has it.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from pipelines.domain.disclosure import Claim, ClaimKind, DocumentKind, Reading
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.narrative.claims import Prose, read_prose
from pipelines.normalising.narrative.sections import place_in_sections
from tests.paths import PROJECT_DIR

FOLDER = PROJECT_DIR / "tests" / "golden" / "strangers"

# Two names of one thing, by what subjects begin with: their roles or kinds are not told apart.
EQUIVALENT = (
    # What is held, or was achieved, has no budget.
    (
        r"(?:assets|staffing)\..*|three_public\.vehicles_held|organisation\.units",
        ("held", "actual", "budget"),
    ),
    (r"three_public\..*(?:groups|persons|batches|bought)", ("planned", "actual", "budget")),
    (r"(?:performance|reasons|project\.count).*", ()),
)
# 人员经费 of all money: basic's classes or those of the economic classification.
_ALIASES = {"expenditure.economic": "basic.class"}
# Whose labels matter: elsewhere the subject says all.
_LABELLED = (
    "general_budget",
    "government_fund",
    "state_capital",
    "expenditure",
    "appropriation",
    "basic",
    "project",
)
_SAYS_LITTLE = re.compile(r"[“”\"'（）()、，\s\d]|支出$|经费$|项目$|类|款|项|的")
_PLAIN = ("amount", "count", "score", "grade", "rate")
_WORDS = (ClaimKind.DIRECTION, ClaimKind.NAME, ClaimKind.DATE)


class Verdict(StrEnum):
    """How a statement was read."""

    RIGHT = "right"
    WRONG = "wrong"
    DOUBTED = "doubted"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a reader says that a number or word states; the columns of statements.csv."""

    passage: str
    line: str
    nth: str
    value_text: str
    kind: str
    subject: str
    base: str
    direction: str
    item_label: str
    value: str
    doubt: str

    @property
    def batch(self) -> str:
        """The batch it was written in."""
        return self.passage[0]


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, how it was read, and why that is not right."""

    statement: Statement
    verdict: Verdict
    reasons: tuple[str, ...]
    claim: Claim | None


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the statements of a batch; ``extra`` are clear claims of no statement."""

    verdicts: Counter[Verdict]
    clear: int
    extra: int

    @property
    def right(self) -> float:
        """The share of all statements that is read right, in per cent."""
        return 100 * self.verdicts[Verdict.RIGHT] / self.verdicts.total()

    @property
    def precision(self) -> float:
        """The share of the clear claims that is right, in per cent."""
        wrong = self.verdicts[Verdict.WRONG] + self.extra
        return 100 * self.clear / (self.clear + wrong)


@cache
def statements() -> tuple[Statement, ...]:
    """All statements, in the order of the passages."""
    with (FOLDER / "statements.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Statement(**row) for row in csv.DictReader(file))


def batches() -> list[str]:
    """The names of the batches."""
    return sorted({each.batch for each in statements()})


def judge_batch(batch: str) -> tuple[Tally, list[Judged]]:
    """Read the passages of a batch and judge every statement of them."""
    told: dict[str, list[Statement]] = defaultdict(list)
    for each in statements():
        told[each.passage].append(each)
    judged: list[Judged] = []
    extra = 0
    for path in sorted((FOLDER / "passages").glob(f"{batch}-*.txt")):
        found, more = _judge_passage(path, told[path.stem])
        judged.extend(found)
        extra += more
    clear = sum(
        each.verdict is Verdict.RIGHT
        and each.claim is not None
        and each.claim.reading is Reading.CLEAR
        for each in judged
    )
    return Tally(Counter(each.verdict for each in judged), clear, extra), judged


def read_passage(path: Path) -> tuple[dict[int, str], Prose]:
    """The paragraphs of a passage by their lines in its file, and what is read of them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = {
        number: re.sub(r"^#+\s*", "", line).strip()
        for number, line in enumerate(lines, start=1)
        if line.strip()
    }
    title = next(iter(kept.values()))
    is_budget = _is_budget(title)
    kind = DocumentKind.BUDGET if is_budget else DocumentKind.FINAL_ACCOUNTS
    year = re.search(r"20\d\d", title)
    paragraphs = list(place_in_sections([Paragraph(text, Place()) for text in kept.values()]))
    return kept, read_prose(paragraphs, kind, int(year[0]) if year else None)


def _is_budget(title: str) -> bool:
    return "预算" in title and "决算" not in title


def _judge_passage(path: Path, told: list[Statement]) -> tuple[list[Judged], int]:
    kept, prose = read_passage(path)
    is_budget = _is_budget(next(iter(kept.values())))
    by_line: dict[int, list[Claim]] = defaultdict(list)
    numbers = list(kept)
    for claim in prose.claims:
        by_line[numbers[claim.paragraph_index]].append(claim)
    judged = [
        _judge(each, by_line[int(each.line)], kept.get(int(each.line), ""), is_budget=is_budget)
        for each in told
    ]
    taken = {each.claim.claim_index for each in judged if each.claim}
    extra = sum(
        claim.claim_index not in taken
        and claim.kind not in _WORDS
        and claim.reading is Reading.CLEAR
        for claim in prose.claims
    )
    return judged, extra


def _judge(statement: Statement, claims: list[Claim], text: str, *, is_budget: bool) -> Judged:
    claim = _claim_at(statement, claims, text)
    if claim is None:
        return Judged(statement, Verdict.LOST, (), None)
    reasons = tuple(_differences(statement, claim, is_budget=is_budget))
    if claim.reading is Reading.AMBIGUOUS:
        verdict = Verdict.RIGHT if statement.doubt else Verdict.DOUBTED
    else:
        verdict = Verdict.WRONG if reasons else Verdict.RIGHT
    return Judged(statement, verdict, reasons, claim)


def _claim_at(statement: Statement, claims: list[Claim], text: str) -> Claim | None:
    """The claim that stands where the statement does, best one of its kind and print."""
    begin = _place_of(statement, text)
    if begin is None:
        return None
    end = begin + len(statement.value_text)
    there = [claim for claim in claims if claim.begin < end and claim.end > begin]
    if re.search(r"\d", statement.value_text):
        printed = [
            claim
            for claim in there
            if claim.value_text.strip("余多").replace(" ", "") == statement.value_text
        ]
        there = printed or there
    alike = [claim for claim in there if _is_kind(claim, statement.kind)]
    return next(iter(alike or there), None)


def _place_of(statement: Statement, text: str) -> int | None:
    words = re.escape(statement.value_text)
    if re.fullmatch(r"-?[\d.,]+", statement.value_text):
        words = rf"(?<![\d.])(?<!\d,){words}(?!\d)(?!,\d{{3}})(?!\.\d)"
    places = [match.start() for match in re.finditer(words, text)]
    nth = int(statement.nth or 1)
    return places[nth - 1] if nth <= len(places) else None


def _is_kind(claim: Claim, kind: str) -> bool:
    return claim.kind.value == kind or {claim.kind.value, kind} == {"direction", "comparison"}


def _differences(statement: Statement, claim: Claim, *, is_budget: bool) -> Iterator[str]:
    if not _is_kind(claim, statement.kind):
        yield f"kind {claim.kind}, not {statement.kind}"
    if _subject(claim.subject) != _subject(statement.subject):
        yield f"subject {claim.subject}, not {statement.subject}"
    if not _is_base(statement, claim, is_budget=is_budget):
        yield f"base {claim.base}, not {statement.base}"
    if statement.direction and claim.direction.value != statement.direction:
        yield f"way {claim.direction}, not {statement.direction}"
    if statement.value and claim.value != Decimal(statement.value):
        yield f"value {claim.value}, not {statement.value}"
    if not _is_labelled(statement, claim):
        yield f"label {claim.item_label}, not {statement.item_label}"


def _is_base(statement: Statement, claim: Claim, *, is_budget: bool) -> bool:
    if claim.topic == "reasons" or statement.kind in _PLAIN:
        return True
    if statement.kind == "share":
        return not statement.base or claim.base == statement.base
    said = {claim.base, statement.base}
    # 上年 of a budget: its budget, or what was spent of it.
    is_year_before = is_budget and said <= {"prior", "prior_budget", "prior_execution"}
    return len(said) == 1 or is_year_before


def _is_labelled(statement: Statement, claim: Claim) -> bool:
    if not statement.item_label or not statement.subject.startswith(_LABELLED):
        return True
    told, read = (_SAYS_LITTLE.sub("", label) for label in (statement.item_label, claim.item_label))
    return told == read or bool(told and read and (told.endswith(read) or read.endswith(told)))


def _subject(subject: str) -> tuple[str, str]:
    """Topic and item, and the role where the two sides' roles are told apart."""
    thing, _, role = subject.rpartition(".")
    for pattern, roles in EQUIVALENT:
        if re.fullmatch(pattern, thing) and (not roles or role in roles):
            return _ALIASES.get(thing, thing), ""
    return _ALIASES.get(thing, thing), role
