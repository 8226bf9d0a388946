"""docs/claims.md says what the reader of prose does: its subjects, kinds, roles and doubts.

The lists are held to the data and to the code in both directions: what either names is on the
page, and the page names nothing else.
"""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from pipelines.domain.disclosure import ClaimKind, Direction, ProseFurnitureKind
from pipelines.normalising.narrative.lexicon import Subject, load_wording
from pipelines.normalising.narrative.naming import EVENT_TOPICS, FUND_TOPICS
from tests.architecture.sources import PACKAGE_DIR, tree_of
from tests.architecture.test_docs import first_names, names_in, section, table_rows, text_of

NARRATIVE_DIR = PACKAGE_DIR / "normalising" / "narrative"
SPENT_TOPICS = ("expenditure", "appropriation", *FUND_TOPICS)
LEVELS = ("class", "subclass", "item")
NAME = re.compile(r"[a-z_]+(?:\.[a-z_0-9]+)+")


def joined(topics: tuple[str, ...], items: tuple[str, ...]) -> set[str]:
    return {f"{topic}.{item}" for topic, item in product(topics, items)}


# What the names that the code puts together can be, by how it puts them together.
COMPOSED = {
    "{topic}.{level}": joined(SPENT_TOPICS, LEVELS),
    "{whole.topic}.{thing.item}": joined(SPENT_TOPICS, ("basic", "project", "personnel", "public")),
    "{topic}.event": joined(EVENT_TOPICS, ("event",)),
    "{topic}.persons": joined(EVENT_TOPICS, ("persons",)),
    "{around.topic}.as_of": joined(("assets", "three_public"), ("as_of",)),
    "performance.{item}": joined(("performance",), ("fund_income", "fund_outlay", "fund_balance")),
    "performance.rated_{grade}": {
        f"performance.rated_{grade}" for grade in load_wording().entry["rated"]
    },
    "performance.{values.get('grade', 'overall_grade')}": {"performance.overall_grade"},
    # An item of the data, see names_of.
    "{self.topic}.{item}": set(),
}


def names_of(subject: Subject) -> Iterator[str]:
    """What claims are of where the words of a subject stand."""
    if subject.is_label or subject.is_relative:
        return
    yield subject.name
    yield from (f"{subject.topic}.{item}" for item in subject.counts.values())
    for item in subject.values.values():
        yield item if "." in item else f"{subject.topic}.{item}"
    yield from subject.pair
    yield from filter(None, (subject.list_of, subject.spent))
    if subject.money:
        yield f"{subject.topic}.{subject.money}"


def names_in_data() -> set[str]:
    """Topic and item of everything that the words of the narrative can name."""
    entry = load_wording().entry
    wholes = {*entry["vague_wholes"].values(), *entry["open_wholes"]}
    return wholes.union(*map(names_of, load_wording().subjects.values()))


def literals(modules: Iterator[Path], topics: set[str]) -> Iterator[str]:
    """Names that the code spells out, wherever it does."""
    for module in modules:
        nodes = list(ast.walk(tree_of(module)))
        pieces = {
            piece for node in nodes if isinstance(node, ast.JoinedStr) for piece in node.values
        }
        words = (
            node.value for node in nodes if isinstance(node, ast.Constant) and node not in pieces
        )
        for word in words:
            if isinstance(word, str) and NAME.fullmatch(word) and word.partition(".")[0] in topics:
                yield word


def compositions(modules: Iterator[Path]) -> Iterator[str]:
    """How the code puts names of things together, where it makes a thing or renames one."""
    for module in modules:
        for node in ast.walk(tree_of(module)):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) not in ("Thing", "replace"):
                continue
            is_made = ast.unparse(node.func) == "Thing"
            named = [*node.args[:1]] if is_made else []
            named += [keyword.value for keyword in node.keywords if keyword.arg == "name"]
            for each in named:
                if isinstance(each, ast.JoinedStr):
                    yield ast.unparse(each)[2:-1]


def narrative_modules() -> Iterator[Path]:
    return iter(sorted(NARRATIVE_DIR.rglob("*.py")))


def documented_subjects() -> list[str]:
    return first_names(section(text_of("docs/claims.md"), "Subjects"))


def test_the_ways_to_put_a_subject_together_are_known():
    """Where this fails, say in COMPOSED what the new way can give."""
    assert set(compositions(narrative_modules())) == set(COMPOSED)


def test_the_subjects_are_those_of_the_data_and_the_code():
    listed = documented_subjects()
    assert len(listed) == len(set(listed))
    in_data = names_in_data()
    subjects = load_wording().subjects
    topics = {each.topic for each in subjects.values()} | {
        name.partition(".")[0] for name in listed
    }
    unsaid = {key for key, each in subjects.items() if each.is_label or each.is_relative}
    in_code = {*literals(narrative_modules(), topics)} - unsaid
    known = in_data.union(in_code, *COMPOSED.values())
    assert sorted(known - set(listed)) == []
    assert sorted(set(listed) - known) == []


def test_the_kinds_are_those_of_claims():
    listed = first_names(section(text_of("docs/claims.md"), "Kinds"))
    assert sorted(listed) == sorted(map(str, ClaimKind))


def test_the_roles_are_those_of_the_wording():
    """The words for spending only say that it is money, and execution is one of two others."""
    listed = first_names(section(text_of("docs/claims.md"), "Roles"))
    wording = load_wording()
    said = {*wording.roles.values(), *wording.entry["a_year_before"].values()}
    assert said - {"spending", "execution"} <= set(listed)
    assert len(listed) == len(set(listed))


def test_the_furniture_is_that_of_the_code():
    listed = first_names(section(text_of("docs/claims.md"), "Numbers that state no value"))
    assert listed == list(map(str, ProseFurnitureKind))


def test_the_reasons_for_doubt_are_those_of_the_readers():
    """A reason is a sentence of the code; … stands for a word that it puts in."""
    rows = table_rows(section(text_of("docs/claims.md"), "Doubts"))
    listed = {row[0].replace("…", "") for row in rows}
    spelled = "\n".join(path.read_text(encoding="utf-8") for path in narrative_modules())
    assert [reason for reason in listed if reason not in spelled] == []
    assert noted_in(narrative_modules()) <= listed


def noted_in(modules: Iterator[Path]) -> set[str]:
    """What the code writes into notes: assigned, passed on, or named by a constant."""
    found: set[str] = set()
    for module in modules:
        for node in ast.walk(tree_of(module)):
            targets: list[str] = []
            if isinstance(node, ast.Assign):
                targets = [ast.unparse(target) for target in node.targets]
            elif isinstance(node, ast.keyword):
                targets = [node.arg or ""]
            if "note" in targets:
                found |= {
                    each.value
                    for each in ast.walk(node.value)
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return {note for note in found if " " in note}


def test_directions_are_named():
    row = next(
        row
        for row in table_rows(section(text_of("docs/claims.md"), "A row"))
        if row[0] == "`direction`"
    )
    assert set(names_in(row[1])) >= {str(each) for each in Direction if each}
