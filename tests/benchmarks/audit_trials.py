"""Copies of documents with one error each, staged as if it had been printed so.

Knows how errors come about: a digit, a wrong amount that software prints wherever it repeats it, a
column that slipped down by a row, a code. Does not know how errors are located.

What is one quantity is taken from identities that hold between two amounts of the clean document;
a column is taken from the rows of its table.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from tests.paths import PROJECT_DIR

LEAST_CHANGE = Decimal("0.05")
WAN_YUAN = Decimal(10_000)
YUAN = {"元": Decimal(1), "千元": Decimal(1_000), "万元": WAN_YUAN, "亿元": Decimal(10) ** 8}
# A column of fewer different amounts that are no nil says too little.
LEAST_IN_A_COLUMN = 4
MOST_DRAWS = 50
COPIED = ("documents", "forms", "form_columns", "furniture", "paragraphs")

FIGURES = """
    select
        document_id, figure_id, amount_text, printed_unit, printed_scale, amount_yuan, form,
        table_index, section, block, row_index, column_index
    from staging.figures
    where document_id = any(?) and form <> '' and printed_unit <> '' and amount_yuan is not null
    order by all
"""
EQUAL_PAIRS = """
    select equations.figure_ids[1], equations.figure_ids[2]
    from intermediate.int_equations__signed as equations
    inner join staging.figures as one on equations.figure_ids[1] = one.figure_id
    inner join staging.figures as other on equations.figure_ids[2] = other.figure_id
    where
        equations.document_id = any(?)
        and equations.relation = '='
        and equations.severity = 'hard'
        and equations.tier = 'exact'
        and len(equations.figure_ids) = 2
        and one.amount_yuan = other.amount_yuan
"""
ROWS = """
    select document_id, table_index, section, block, row_index, row_code
    from staging.form_rows
    where document_id = any(?) and form <> ''
    order by all
"""

Column: TypeAlias = tuple[str, int, str, int, int]


class Mistake(StrEnum):
    """What is wrong with a copy."""

    NOTHING = "clean"
    DIGIT = "digit"  # one digit of one figure
    COPIED = "copied"  # one quantity, in all forms that print it
    EVERYWHERE = "everywhere"  # an amount, wherever it stands in a form
    SHIFTED = "shifted"  # a column's amounts, one row down
    CODE = "code"  # one digit of one code


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell prints; a text of None is a blank cell."""

    text: str | None
    yuan: Decimal | None
    scale: int


BLANK = Content(None, None, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed figure of the clean document."""

    document_id: str
    figure_id: str
    content: Content
    unit: str
    form: str
    column: Column
    row_index: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A copy of a document.

    Attributes:
        name: Its document id.
        document_id: Of which document.
        mistake: What is wrong with it.
        contents: What figures print instead.
        added: Figures printed where the document prints none: which one in which row.
        code: The row, by table, section, block and index, and its code; nothing for most.
    """

    name: str
    document_id: str
    mistake: Mistake
    contents: Mapping[str, Content]
    added: tuple[tuple[str, int], ...] = ()
    code: tuple[int, str, int, int, str] | None = None

    @property
    def guilty(self) -> frozenset[str]:
        """The figures of the copy that print what is wrong."""
        changed = {key for key, each in self.contents.items() if each.text is not None}
        return frozenset(self.name + key for key in changed) | {
            added_id(self.name, key, row) for key, row in self.added
        }


def added_id(trial: str, figure_id: str, row_index: int) -> str:
    """What a figure is called that a trial prints in a row without one."""
    return f"{trial}{figure_id}+{row_index}"


def draw_trials(
    connection: duckdb.DuckDBPyConnection, documents: Sequence[str], count: int, rng: random.Random
) -> list[Trial]:
    """Trials of each kind, so many of each, and a clean copy of each document."""
    clean = [
        Trial(f"{Mistake.NOTHING}{number:04}", document_id, Mistake.NOTHING, {})
        for number, document_id in enumerate(documents)
    ]
    printed = _Printed(connection, documents)
    drawing = {
        Mistake.DIGIT: printed.with_a_digit,
        Mistake.COPIED: printed.with_a_quantity,
        Mistake.EVERYWHERE: printed.with_an_amount,
        Mistake.SHIFTED: printed.with_a_shift,
        Mistake.CODE: printed.with_a_code,
    }
    trials = []
    for mistake, draw in drawing.items():
        for number in range(count):
            drawn = (draw(rng) for _ in range(MOST_DRAWS))
            trial = next((each for each in drawn if each is not None), None)
            if trial is not None:
                trials.append(replace(trial, name=f"{mistake}{number:05}"))
    return [*clean, *trials]


class _Printed:
    """What documents print, and mistakes drawn in it; None where one drawn is none."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, documents: Collection[str]) -> None:
        wanted = [list(documents)]
        self._cells = [
            Cell(document_id, key, Content(text, yuan, scale), unit, form, (document_id, *at), row)
            for document_id, key, text, unit, scale, yuan, form, *place in connection.execute(
                FIGURES, wanted
            ).fetchall()
            for *at, row, column in [place]
            for at in [(*at, column)]
        ]
        self._equal: dict[str, set[str]] = defaultdict(set)
        for one, other in connection.execute(EQUAL_PAIRS, wanted).fetchall():
            self._equal[one].add(other)
            self._equal[other].add(one)
        self._by_key = {each.figure_id: each for each in self._cells}
        self._rows: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        self._codes: list[tuple[str, int, str, int, int, str]] = []
        for *block, row, code in connection.execute(ROWS, wanted).fetchall():
            self._rows[tuple(block)].append(row)
            if code:
                self._codes.append((*block, row, code))
        columns: dict[Column, list[Cell]] = defaultdict(list)
        for each in self._cells:
            columns[each.column].append(each)
        self._columns = [
            members
            for members in columns.values()
            if len({each.content.yuan for each in members} - {Decimal(0)}) >= LEAST_IN_A_COLUMN
        ]

    def with_a_digit(self, rng: random.Random) -> Trial | None:
        cell = rng.choice(self._cells)
        return self._changed(Mistake.DIGIT, cell, [cell], rng)

    def with_a_quantity(self, rng: random.Random) -> Trial | None:
        cell = rng.choice(self._cells)
        family, new = {cell.figure_id}, [cell.figure_id]
        while new:
            new = [each for each in self._equal[new.pop()] if each not in family] + new
            family.update(new)
        if len({self._by_key[key].form for key in family}) < 2:
            return None
        return self._changed(Mistake.COPIED, cell, [self._by_key[key] for key in family], rng)

    def with_an_amount(self, rng: random.Random) -> Trial | None:
        cell = rng.choice(self._cells)
        digits = (cell.content.text or "").replace(",", "").replace(".", "").strip("-0")
        alike = [
            each
            for each in self._cells
            if each.document_id == cell.document_id and each.content.yuan == cell.content.yuan
        ]
        if len(digits) < LEAST_IN_A_COLUMN or len({each.form for each in alike}) < 2:
            return None
        return self._changed(Mistake.EVERYWHERE, cell, alike, rng)

    def _changed(
        self, mistake: Mistake, cell: Cell, members: Sequence[Cell], rng: random.Random
    ) -> Trial | None:
        """One digit of a cell is another one, and whatever prints the same follows it."""
        text = cell.content.text or ""
        at = rng.choice([at for at, letter in enumerate(text) if letter.isdigit()])
        digit = rng.choice([digit for digit in "0123456789" if digit != text[at]])
        changed = text[:at] + digit + text[at + 1 :]
        yuan = yuan_of(changed, cell.unit)
        if abs(yuan - yuan_of(text, cell.unit)) < LEAST_CHANGE * WAN_YUAN:
            return None
        contents = {each.figure_id: _written(yuan, each) for each in members}
        contents[cell.figure_id] = replace(cell.content, text=changed, yuan=yuan)
        return Trial("", cell.document_id, mistake, contents)

    def with_a_shift(self, rng: random.Random) -> Trial | None:
        if not self._columns:
            return None
        members = rng.choice(self._columns)
        document_id, *block, _ = members[0].column
        rows = self._rows[document_id, *block]
        by_row = {each.row_index: each for each in members}
        contents: dict[str, Content] = {}
        added: list[tuple[str, int]] = []
        # What was printed in the last row is printed nowhere.
        for above, row in zip([None, *rows], rows, strict=False):
            moved = by_row.get(above) if above is not None else None
            if row in by_row:
                content = moved.content if moved else BLANK
                # Who prints the same as the row above is right all the same.
                if content.yuan != by_row[row].content.yuan:
                    contents[by_row[row].figure_id] = content
            elif moved:
                added.append((moved.figure_id, row))
        return Trial("", document_id, Mistake.SHIFTED, contents, tuple(added))

    def with_a_code(self, rng: random.Random) -> Trial | None:
        if not self._codes:
            return None
        document_id, *place, code = rng.choice(self._codes)
        at = rng.randrange(len(code))
        digit = rng.choice([digit for digit in "0123456789" if digit != code[at]])
        changed = code[:at] + digit + code[at + 1 :]
        table_index, section, block, row_index = place
        return Trial(
            "",
            document_id,
            Mistake.CODE,
            {},
            code=(table_index, section, block, row_index, changed),
        )


def _written(yuan: Decimal, cell: Cell) -> Content:
    """An amount as the form of a cell prints it."""
    text = f"{yuan / YUAN[cell.unit]:,.{cell.content.scale}f}"
    if "," not in (cell.content.text or ""):
        text = text.replace(",", "")
    return Content(text, yuan_of(text, cell.unit), cell.content.scale)


def yuan_of(text: str, unit: str) -> Decimal:
    """A printed number in yuan."""
    return Decimal(text.replace(",", "").replace("−", "-")) * YUAN[unit]


def stage(source: Path, target: Path, trials: Sequence[Trial]) -> None:
    """Stage the copies.

    Args:
        source: A warehouse with the documents.
        target: A database that is not there yet.
        trials: The copies.
    """
    with duckdb.connect(str(target)) as connection:
        schema = PROJECT_DIR / "pipelines" / "warehouse" / "staging.sql"
        connection.execute(schema.read_text(encoding="utf-8"))
        connection.execute(f"attach '{source}' as source (read_only)")
        _list_trials(connection, trials)
        for statement in _statements():
            connection.execute(statement)


def _list_trials(connection: duckdb.DuckDBPyConnection, trials: Sequence[Trial]) -> None:
    connection.execute(
        """
        create table trials (
            trial varchar, document_id varchar, table_index integer, section varchar,
            block integer, row_index integer, row_code varchar
        );
        create table contents (
            trial varchar, figure_id varchar, printed varchar, yuan decimal(24, 6), scale integer
        );
        create table added (trial varchar, figure_id varchar, row_index integer, new_id varchar);
        """
    )
    nowhere = (None,) * 5
    for table, rows in (
        ("trials", [(each.name, each.document_id, *(each.code or nowhere)) for each in trials]),
        (
            "contents",
            [
                (each.name, key, content.text, content.yuan, content.scale)
                for each in trials
                for key, content in each.contents.items()
            ],
        ),
        (
            "added",
            [
                (each.name, key, row, added_id(each.name, key, row))
                for each in trials
                for key, row in each.added
            ],
        ),
    ):
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"insert into {table} values ({marks})", rows)


def _statements() -> Iterator[str]:
    """What fills the staging tables of the copies."""
    for table in COPIED:
        yield f"""
            insert into staging.{table}
            select staged.* replace (trials.trial as document_id)
            from source.staging.{table} as staged
            inner join trials on staged.document_id = trials.document_id
        """
    yield """
        insert into staging.claims
        select
            staged.* replace (
                trials.trial as document_id, trials.trial || staged.claim_id as claim_id
            )
        from source.staging.claims as staged
        inner join trials on staged.document_id = trials.document_id
    """
    is_its_row = """
        coalesce(
            (staged.table_index, staged.section, staged.block, staged.row_index)
            = (trials.table_index, trials.section, trials.block, trials.row_index),
            false
        )
    """
    code = f"if({is_its_row}, trials.row_code, staged.row_code) as row_code"
    yield f"""
        insert into staging.form_rows
        select staged.* replace (trials.trial as document_id, {code})
        from source.staging.form_rows as staged
        inner join trials on staged.document_id = trials.document_id
    """
    yield f"""
        insert into staging.figures
        select
            staged.* replace (
                trials.trial as document_id,
                trials.trial || staged.figure_id as figure_id,
                coalesce(contents.printed, staged.amount_text) as amount_text,
                coalesce(contents.yuan, staged.amount_yuan) as amount_yuan,
                coalesce(contents.scale, staged.printed_scale) as printed_scale,
                {code}
            )
        from source.staging.figures as staged
        inner join trials on staged.document_id = trials.document_id
        left join contents
            on trials.trial = contents.trial and staged.figure_id = contents.figure_id
        where contents.figure_id is null or contents.printed is not null
    """
    yield """
        insert into staging.figures
        select
            staged.* replace (
                added.trial as document_id,
                added.new_id as figure_id,
                there.row_index as row_index,
                there.row_code as row_code,
                there.row_label as row_label,
                there.row_path as row_path,
                there.line as line,
                there.page as page,
                there.bbox_top as bbox_top,
                there.bbox_bottom as bbox_bottom,
                coalesce(there.cell_path, staged.cell_path) as cell_path
            )
        from source.staging.figures as staged
        inner join added on staged.figure_id = added.figure_id
        inner join source.staging.form_rows as there
            on
                staged.document_id = there.document_id
                and staged.table_index = there.table_index
                and staged.section = there.section
                and staged.block = there.block
                and added.row_index = there.row_index
    """
