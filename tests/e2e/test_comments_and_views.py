"""The warehouse says itself what its tables and columns mean, and shows them under Chinese names.

Also after an increment, which fills tables that are there and builds others anew.
"""

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.domain.languages import Language
from pipelines.exploring.column_docs import read_columns
from pipelines.exploring.labels import shipped_labels
from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import juesuan
from tests.paths import PROJECT_DIR, SAMPLES_DIR

PROJECT = PROJECT_DIR / "dbt_project"
FIRST = "霞浦县滩涂光影收藏局2023年度部门决算.pdf"
SECOND = "霞浦县滩涂光影收藏局2024年度部门决算.html"
SCHEMAS = ["marts", "reference", "分析"]
SILENT = """
    select schema_name, table_name, column_name
    from duckdb_columns()
    where schema_name = any($schemas) and coalesce(comment, '') = ''
    union all
    select schema_name, table_name, ''
    from duckdb_tables() where schema_name = any($schemas) and coalesce(comment, '') = ''
    union all
    select schema_name, view_name, ''
    from duckdb_views() where schema_name = any($schemas) and coalesce(comment, '') = ''
"""
COUNTED = """
    select schema_name, count(*) from duckdb_columns()
    where schema_name = any($schemas) group by schema_name
"""


def silent(warehouse: Path) -> list[tuple[str, str, str]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        counted = dict(connection.execute(COUNTED, {"schemas": SCHEMAS}).fetchall())
        assert counted["marts"] > 600
        assert counted["分析"] >= counted["marts"]
        return connection.execute(SILENT, {"schemas": SCHEMAS}).fetchall()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[list, list, Path]:
    """What is silent after a first run and after a second with one more document."""
    folder = tmp_path_factory.mktemp("grown")
    # A word of SQL: a warehouse may be called like one.
    raw, warehouse = folder / "raw", folder / "all.duckdb"
    raw.mkdir()
    found = []
    for name in (
        "霞浦县滩涂光影收藏局2023年度部门决算.pdf",
        "霞浦县滩涂光影收藏局2024年度部门决算.html",
    ):
        shutil.copy(SAMPLES_DIR / name, raw)
        answer = juesuan("run", "--raw", raw, "--warehouse", warehouse)
        assert answer.exit_code == 0, answer.complaints
        found.append(silent(warehouse))
    return found[0], found[1], warehouse


def test_every_table_and_column_says_what_it_is(samples: SampleWarehouse):
    assert silent(samples.path) == []


def test_comments_survive_an_increment(grown):
    first, second, warehouse = grown
    assert first == []
    assert second == []
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        (count,) = connection.execute("select count(*) from 分析.文件").fetchone()
    assert count == 2


def test_a_comment_is_the_description_in_both_languages_chinese_first(samples: SampleWarehouse):
    row = next(row for row in read_columns(PROJECT) if row["column_name"] == "document_id")
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        found = connection.execute(
            "select distinct comment from duckdb_columns() "
            "where schema_name = 'marts' and column_name = 'document_id' "
            "and table_name not in ('dim_disclosures', 'fct_classification_names')"
        ).fetchall()
        (facts,) = connection.execute(
            "select comment from duckdb_tables() where table_name = 'fct_three_public_expenses'"
        ).fetchone()
    assert found == [(f"{row['description_zh']} {row['description_en']}",)]
    assert re.match("[“一-鿿]", facts), facts


def test_every_mart_is_a_view_under_its_chinese_name(samples: SampleWarehouse):
    called = {name: label.zh for name, label in shipped_labels(PROJECT).of_kind("table").items()}
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        views = connection.execute(
            "select view_name from duckdb_views() where schema_name = '分析'"
        ).fetchall()
        assert {view for (view,) in views} == set(called.values())
        for mart, view in called.items():
            counts = connection.execute(
                f'select (select count(*) from marts.{mart}), (select count(*) from 分析."{view}")'
            ).fetchone()
            assert counts[0] == counts[1], mart
            connection.execute(f'from 分析."{view}" limit 1').fetchall()


def test_values_and_bodies_are_called_by_their_names(samples: SampleWarehouse):
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        rows = connection.execute(
            "select 机构名称, 区划名称, 年度, 公开类别, 公开范围, 预算数（元）, 决算数（元）, "
            "预算数状态, 决算数状态 "
            "from 分析.三公经费 "
            "where 项目 = '合计' and 机构名称 = '徐闻县风物志编修办公室' and 年度 = 2023"
        ).fetchall()
        shown = connection.execute("select distinct 程度, 归因 from 分析.差异").fetchall()
    ((body, region, year, kind, scope, budget, actual, *statuses),) = rows
    assert (body, region, year) == ("徐闻县风物志编修办公室", "广东省湛江市徐闻县", 2023)
    assert (kind, scope, *statuses) == ("决算", "部门", "已证实", "有争议")
    assert actual == 120_000
    assert budget > actual
    assert ("自相矛盾", "文件自身不符") in shown


def test_the_warehouse_has_the_labels_that_the_product_ships(samples: SampleWarehouse):
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        found = connection.execute("select kind, key, zh, en from marts.dim_labels").fetchall()
    shipped = shipped_labels(PROJECT)
    kinds = {kind for kind, *_ in found}
    assert {(kind, key): (zh, en) for kind, key, zh, en in found} == {
        (kind, key): (label.zh, label.en)
        for kind in kinds
        for key, label in shipped.of_kind(kind).items()
    }
    assert shipped.name("measure", "prior_reception", Language.ZH) == "上年公务接待费"
