"""What is made of fixed documents, layer by layer, as lines that say where something changed.

    python -m tests.golden.readings          write tests/golden/readings anew, to be read as a diff
    python -m tests.golden.readings FILE     print all that is read of a file

Knows the domain's types by their fields alone. Whether what is read is right is for other tests to
say: here nothing changes unseen, be it the box of a number or the words of a rejection. A line has
what it is of, how much of it there is, and a digest.
"""

import argparse
import hashlib
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache, partial
from pathlib import Path

from pipelines.domain.disclosure import Disclosure
from pipelines.domain.document import Document, Table
from pipelines.domain.place import TextPiece
from pipelines.normalising.disclosing import disclose
from pipelines.reading.documents import read_document
from pipelines.reading.errors import UnreadableFileError
from tests.forge.budget.invention import invent_budget
from tests.forge.budget.styles import NAMED_BUDGET_STYLES, BudgetStyle
from tests.forge.disclosure import Manuscript, draft
from tests.forge.editions import Edition, write_edition
from tests.forge.hostile import HOSTILE
from tests.forge.invention import Character, invent_ledger
from tests.forge.page_faults import PageFault, spoil
from tests.forge.styles import MINISTRY_2022, NAMED_STYLES, HouseStyle
from tests.golden.strangers import FOLDER as STRANGERS
from tests.golden.strangers import read_passage
from tests.paths import REFERENCE_DIR, SAMPLES_DIR, SHARED_DIR

RECORDED = Path(__file__).with_name("readings")
CORPUS = SHARED_DIR / "corpus"
# Programs of the machine write and read the others.
EDITIONS = (
    *(Edition.DOCX, Edition.WEB_PAGE, Edition.XLSX, Edition.XLS, Edition.OFD, Edition.MHTML),
)
SEED = 20
DIGITS = 10

STYLES: Mapping[str, HouseStyle | BudgetStyle] = {
    **{style.name: style for style in NAMED_STYLES},
    **{style.house.name: style for style in NAMED_BUDGET_STYLES},
}

Lines = tuple[str, ...]


def lines_of_file(path: Path) -> Lines:
    """What is made of a file: of its blocks page by page, and of all that it discloses."""
    try:
        return tuple(_summed(_layers(path)))
    except UnreadableFileError as error:
        return (f"refused: {error.reason}",)


def lines_of_passage(path: Path) -> Lines:
    """What is made of a passage of prose."""
    _, prose = read_passage(path)
    return tuple(_summed({"claims": prose.claims, "furniture": prose.furniture}))


def told_of_file(path: Path) -> Iterator[str]:
    """All that is read of a file, of which the lines are digests."""
    for name, things in _layers(path).items():
        yield f"# {name}"
        yield from map(_told, things)


def _layers(path: Path) -> Mapping[str, list[object]]:
    """All that is read of a file, by what it is of."""
    document = read_document(path.read_bytes(), path.name)
    return {**_blocks(document), **_disclosed(disclose(document, REFERENCE_DIR))}


def _blocks(document: Document) -> Mapping[str, list[object]]:
    """The blocks of a document by kind and page, and what was left out of it."""
    found: dict[str, list[object]] = defaultdict(list)
    for block in document.blocks:
        kind = "table" if isinstance(block, Table) else "paragraphs"
        found[f"{kind} of page {block.place.page or '-'}"].append(block)
    for name in (
        *("hidden_texts", "cut_off_texts", "unreadable", "watermarks", "unsure_numbers"),
        "textless_pages",
    ):
        found[name].extend(getattr(document, name))
    return found


def _disclosed(disclosure: Disclosure) -> Mapping[str, list[object]]:
    """What a disclosure says by form and topic."""
    found: dict[str, list[object]] = {"identification": [disclosure.identification]}
    for form in disclosure.forms:
        found[f"form {form.table_index} {form.form or form.title}"] = [
            form,
            *(
                each
                for things in (
                    *(disclosure.columns, disclosure.rows, disclosure.furniture),
                    disclosure.performance_indicators,
                )
                for each in things
                if each.table_index == form.table_index
            ),
            *(each for each in disclosure.figures if each.row.table_index == form.table_index),
        ]
    by_topic: dict[str, list[object]] = defaultdict(list)
    for claim in disclosure.claims:
        by_topic[f"claims of {claim.topic or '-'}"].append(claim)
    found.update(sorted(by_topic.items()))
    for name in (
        *("paragraphs", "prose_furniture", "definitions", "department_facts", "text_findings"),
        *("rejections", "recognised_cells"),
    ):
        found[name] = list(getattr(disclosure, name))
    return found


def _summed(told: Mapping[str, Iterable[object]]) -> Iterator[str]:
    for name, things in told.items():
        texts = list(map(_told, things))
        if texts:
            digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:DIGITS]
            yield f"{name}: {len(texts)} {digest}"


def _told(thing: object) -> str:
    """A thing with all its fields. Boxes to the hundredth of a point: no more of them is kept."""
    if isinstance(thing, Enum):
        return str(thing.value)
    if isinstance(thing, float):
        return f"{thing:.2f}"
    if isinstance(thing, TextPiece):
        return f"{thing.begin} {_told(thing.place)}"
    if is_dataclass(thing):
        values = ((it, getattr(thing, it.name)) for it in fields(thing))
        # What is as a matter of course is left out: a new field changes no digest by being there.
        told = ", ".join(f"{it.name}={_told(value)}" for it, value in values if value != it.default)
        return f"{type(thing).__name__}({told})"
    if isinstance(thing, dict):
        return "{" + ", ".join(f"{key}: {_told(value)}" for key, value in thing.items()) + "}"
    if isinstance(thing, tuple | list):
        return "[" + ", ".join(map(_told, thing)) + "]"
    return str(thing)


@cache
def _manuscripts() -> Mapping[str, Manuscript]:
    """One in each style that has a name."""
    rng = random.Random(SEED)  # noqa: S311 - reproducible, and nothing is kept secret
    kind = Character(6, "2120101", ("2120102",))
    return {
        name: draft(
            invent_budget(rng)
            if isinstance(style, BudgetStyle)
            else invent_ledger(rng, character=kind),
            style,
        )
        for name, style in STYLES.items()
    }


def _edition(manuscript: str, edition: Edition) -> Lines:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{manuscript}.{edition}"
        write_edition(_manuscripts()[manuscript], edition, path, SEED)
        return lines_of_file(path)


def _spoilt(fault: PageFault) -> Lines:
    with tempfile.TemporaryDirectory() as folder:
        sound, spoilt = Path(folder) / "sound.pdf", Path(folder) / "spoilt.pdf"
        write_edition(_manuscripts()[MINISTRY_2022.name], Edition.PDF, sound, SEED)
        spoil(sound, fault, spoilt, SEED)
        return lines_of_file(spoilt)


def _hostile(name: str) -> Lines:
    with tempfile.TemporaryDirectory() as folder:
        return lines_of_file(HOSTILE[name](Path(folder)).path)


Group = Mapping[str, Callable[[], Lines]]


def _files(folder: Path) -> Group:
    return {
        path.relative_to(folder).as_posix(): partial(lines_of_file, path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".pdf", ".docx", ".doc", ".html", ".xls", ".xlsx")
    }


GROUPS: Mapping[str, Group] = {
    "samples": _files(SAMPLES_DIR),
    "hostile": {name: partial(_hostile, name) for name in HOSTILE},
    "page_faults": {str(fault): partial(_spoilt, fault) for fault in PageFault},
    "editions": {
        f"{style} as {edition}": partial(_edition, style, edition)
        for number, style in enumerate(STYLES)
        for edition in (Edition.PDF, EDITIONS[number % len(EDITIONS)])
    },
    "passages": {
        path.stem: partial(lines_of_passage, path)
        for path in sorted((STRANGERS / "passages").glob("*.txt"))
    },
    "corpus": _files(CORPUS),
}


@cache
def recorded(group: str) -> Mapping[str, Lines]:
    """What was made of the documents of a group, by their names, when it was last written."""
    entries = (RECORDED / f"{group}.txt").read_text(encoding="utf-8").split("== ")[1:]
    return {name: tuple(lines) for name, *lines in (entry.splitlines() for entry in entries)}


def write() -> None:
    """Write what is made of all documents that are there."""
    RECORDED.mkdir(exist_ok=True)
    for group, documents in GROUPS.items():
        if documents:
            entries = ("\n".join((f"== {name}", *read())) for name, read in documents.items())
            (RECORDED / f"{group}.txt").write_text("\n".join(entries) + "\n", encoding="utf-8")


def main() -> None:
    """Write what is recorded anew, or print what is read of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, help="print all that is read of it")
    options = parser.parse_args()
    if options.file is None:
        write()
    else:
        sys.stdout.writelines(f"{line}\n" for line in told_of_file(options.file))


if __name__ == "__main__":
    main()
