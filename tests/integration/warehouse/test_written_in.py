"""What is written into other models is written as dbt does it, character for character."""

import pytest
from dbt.artifacts.resources.v1.components import InjectedCTE
from dbt.compilation import inject_ctes_into_sql

from pipelines.warehouse.written_in import hasten_dbt, written_in
from tests.paths import PROJECT_DIR

ONE, TWO = " __dbt__cte__a as (\nselect 1\n)", " __dbt__cte__b as (\nselect 2\n)"
# Every third, as dbt takes a while.
MODELS = sorted((PROJECT_DIR / "dbt_project" / "models").rglob("*.sql"))[::3]
# As other queries begin, and some that only seem to begin with it.
QUERIES = [
    "with x as (select 1) select * from x",
    "WITH\n\n-- what it is\nx as (select 1) select * from x",
    "/* with */ with x as (select 1) select * from x",
    "with recursive x as (select 1) select * from x",
    "select * from (with x as (select 1) select * from x)",
    "select ';' as semicolon",
    "-- one; two\nselect 1",
    "\n\n-- with; this\n\n  select 1 as one -- at last\n",
    "-- one; two\nwith x as (select 1) select * from x",
    "select x from y with ordinality",
    "select 1; select 2",
    "with x as (select ';' as semicolon) select * from x",
    "with x as (select '/* ' as a, ';' as b) select * from x -- one; two",
    "with x as (select 'it''s; so' as \"a;b\") /* one; two */ select * from x",
    r"with x as (select '\d;' as a) select * from x",
    r"with x as (select '\' as a) select 1; select ' ' as b",
    r"with x as (select '\'; select 1 as a) select 2",
    "with x as (select $$ ' $$ as a); select ' ' as b",
    "with x as (select 1) # '\nselect 1; select ' '",
    "with x as (select 'a' as a) select 1; select 'b' as b",
    "withdrawn as select 1",
    "",
]


def by_dbt(sql: str, expressions: list[str]) -> str:
    return inject_ctes_into_sql(sql, [InjectedCTE(id=text, sql=text) for text in expressions])


@pytest.mark.parametrize("expressions", [[ONE], [ONE, TWO], []], ids=len)
@pytest.mark.parametrize("sql", QUERIES)
def test_queries_are_those_of_dbt(sql, expressions):
    if not sql and expressions:
        pytest.skip("dbt itself does not know what to do")
    wanted = by_dbt(sql, expressions)
    assert written_in(sql, expressions, lambda: wanted) == wanted


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_models_are_those_of_dbt_and_hardly_any_is_left_to_it(path):
    # Not rendered: braces are words like others to whoever looks for the first.
    sql = path.read_text(encoding="utf-8")
    wanted = by_dbt(sql, [ONE, TWO])
    left: list[str] = []

    def leave() -> str:
        left.append(path.stem)
        return wanted

    assert written_in(sql, [ONE, TWO], leave) == wanted
    assert not left or "with" in sql


def test_dbt_is_told_once(monkeypatch):
    from dbt import compilation

    monkeypatch.setattr(compilation, "inject_ctes_into_sql", inject_ctes_into_sql)
    hasten_dbt()
    told = compilation.inject_ctes_into_sql
    hasten_dbt()
    assert compilation.inject_ctes_into_sql is told
    assert told("with x as (select 1) from x", [InjectedCTE("a", ONE)]) == by_dbt(
        "with x as (select 1) from x", [ONE]
    )
