"""What exports say of the marts agrees with the dbt project: names, columns and keys."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from pipelines.exploring.exporting.fiscal import COLUMN_TYPES, FISCAL_TABLES
from pipelines.exploring.exporting.package import NO_REFERENCES, REFERENCES
from pipelines.exploring.exporting.sheets import FIRST, FOR_PROGRAMS, WORST_FIRST
from pipelines.exploring.exporting.tables import KEYS
from tests.paths import PROJECT_DIR

DBT_DIR = PROJECT_DIR / "dbt_project"
GRAINS = (
    DBT_DIR / "tests" / "singular" / "assert_every_mart_keeps_its_grain.sql",
    DBT_DIR / "tests" / "singular" / "assert_every_dimension_keeps_its_grain.sql",
)


def columns() -> dict[str, set[str]]:
    """The columns of every mart, as the dbt project declares them."""
    described = [
        model
        for path in (DBT_DIR / "models" / "marts").rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
    ]
    return {model["name"]: {each["name"] for each in model["columns"]} for model in described}


def grains_in(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    (listed,) = re.findall(r"set grains = (\{.*?\})", path.read_text(encoding="utf-8"), re.DOTALL)
    for mart, key in ast.literal_eval(listed).items():
        yield mart, tuple(re.split(r", | \|\| ' ' \|\| ", key))


def test_every_mart_is_sorted_by_the_key_that_dbt_tests():
    grains = dict(pair for path in GRAINS for pair in grains_in(path))
    assert {mart: set(key) for mart, key in KEYS.items()} == {
        mart: set(grains[mart]) for mart in columns()
    }


def test_every_mart_that_exports_name_exists():
    named = {
        *FIRST,
        *FOR_PROGRAMS,
        *WORST_FIRST,
        *FISCAL_TABLES,
        *(name for name, _ in NO_REFERENCES),
    }
    assert named - set(columns()) == set()


def test_every_column_that_a_mart_is_said_to_have_exists():
    declared = columns()
    assert {name for names in declared.values() for name in names} >= set(COLUMN_TYPES)
    for mart, table in FISCAL_TABLES.items():
        assert declared[mart] >= {*dict(table.phases), *dict(table.column_types)}, mart
        amounts = set(dict(table.phases)) or {"amount_yuan"}
        assert amounts <= declared[mart], mart


@pytest.mark.parametrize(("name", "mart", "column"), REFERENCES, ids=lambda each: str(each))
def test_every_reference_leads_to_the_key_of_a_mart(name, mart, column):
    assert KEYS[mart] == (column,)
    assert any(each.endswith(name) for names in columns().values() for each in names)
