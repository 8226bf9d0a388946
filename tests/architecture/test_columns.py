"""Each column is described once, in both languages, and whatever has it refers to that."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from pipelines.exploring.column_docs import block_name, column_docs, docs_file, read_columns
from pipelines.exploring.labels import shipped_labels
from tests.paths import PROJECT_DIR

PROJECT = PROJECT_DIR / "dbt_project"
ROWS = read_columns(PROJECT)
BY_PLACE = {(row["table_name"], row["column_name"]): row for row in ROWS}
DESCRIBED = {place for place, row in BY_PLACE.items() if row["description_zh"]}
NO_LABELS = "-"


def properties() -> Iterator[Path]:
    for folder in ("models", "seeds"):
        yield from sorted((PROJECT / folder).rglob("*.yml"))


def described_tables() -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every model and seed with what its YAML says of it."""
    for path in properties():
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
        for table in (*entry.get("models", ()), *entry.get("seeds", ())):
            yield path, table


def columns_of(table: Mapping[str, Any]) -> list[str]:
    return [column["name"] for column in table.get("columns", ())]


def marts() -> dict[str, list[str]]:
    return {
        table["name"]: columns_of(table)
        for path, table in described_tables()
        if "marts" in path.relative_to(PROJECT).parts
    }


def name_of(table: str, column: str) -> str:
    own, general = BY_PLACE.get((table, column)), BY_PLACE[("", column)]
    return (own and own["name_zh"]) or general["name_zh"]


def test_what_dbt_reads_is_what_the_table_of_columns_gives():
    assert docs_file(PROJECT).read_text(encoding="utf-8") == column_docs(ROWS), "run make columns"


def test_every_column_refers_to_its_description():
    """By its table and name where it means something else there, else by its name."""
    wrong = []
    for _, table in described_tables():
        for column in table.get("columns", ()):
            place = (table["name"], column["name"])
            block = block_name(*(place if place in DESCRIBED else ("", column["name"])))
            if column.get("description") != f"{{{{ doc('{block}') }}}}":
                wrong.append(place)
    assert wrong == []


def test_every_row_is_of_a_column_that_is_there_and_says_something():
    tables = {table["name"]: set(columns_of(table)) for _, table in described_tables()}
    everywhere = set().union(*tables.values())
    assert len(everywhere) > 400
    assert [(t, c) for t, c in BY_PLACE if c not in (tables.get(t, ()) if t else everywhere)] == []
    assert len(BY_PLACE) == len(ROWS)
    for (table, _), row in BY_PLACE.items():
        said = row["description_zh"] or row["name_zh"] or row["label_kind"]
        assert said, row
        if not table:
            assert row["description_zh"], row


def test_a_row_of_a_table_differs_from_that_of_all():
    for (table, column), row in BY_PLACE.items():
        if table:
            general = BY_PLACE[("", column)]
            for field in ("name_zh", "label_kind", "description_zh"):
                assert not row[field] or row[field] != general[field], (table, column, field)


def test_descriptions_are_in_both_languages():
    for row in ROWS:
        chinese, english = row["description_zh"], row["description_en"]
        assert bool(chinese) == bool(english), row
        if chinese:
            assert re.search("[一-鿿]", chinese), row
            assert chinese[-1] in "。）", row
            assert english[-1] in ".…)'", row
            assert not re.search("[。，；：]", english), row


def test_every_mart_has_a_chinese_name_and_its_columns_have_different_ones():
    tables = shipped_labels(PROJECT).of_kind("table")
    assert sorted(marts()) == sorted(tables)
    names = [label.zh for label in tables.values()]
    assert len(set(names)) == len(names)
    for table, columns in marts().items():
        called = Counter(name_of(table, column) for column in columns)
        assert [name for name, count in called.items() if count > 1 or not name] == [], table


def test_chinese_names_can_be_written_without_quotes():
    """DuckDB takes letters, digits and full-width signs as they are, if no digit comes first."""
    names = {row["name_zh"] for row in ROWS} - {""}
    names |= {label.zh for label in shipped_labels(PROJECT).of_kind("table").values()}
    assert [name for name in names if not re.fullmatch(r"[^\W\d][\w（）]*", name)] == []


def test_kinds_of_labels_are_those_that_labels_have():
    kinds = {row["label_kind"] for row in ROWS} - {"", NO_LABELS}
    assert kinds - set(shipped_labels(PROJECT).kinds) == set()
