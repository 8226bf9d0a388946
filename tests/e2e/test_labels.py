"""Every value of the samples' marts has a label, and the dbt project sees one that has none."""

import re

import duckdb
import pytest

from pipelines.domain.languages import Language
from pipelines.exploring.labels import read_labels, shipped_labels
from pipelines.warehouse.transforming import dbt_work_dir, latest_results
from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import juesuan
from tests.paths import PROJECT_DIR

TEST = "assert_every_value_has_a_label"


def test_every_value_of_the_samples_has_a_label(samples: SampleWarehouse):
    results = latest_results(dbt_work_dir(samples.path))
    assert results[f"test.juesuan.{TEST}"]["status"] == "pass"


def test_a_value_without_a_label_is_seen(samples: SampleWarehouse, tmp_path):
    (compiled,) = (dbt_work_dir(samples.path) / "target" / "compiled").rglob(f"{TEST}.sql")
    copy = tmp_path / samples.path.name
    copy.write_bytes(samples.path.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("delete from marts.dim_labels where kind = 'status' and key = 'proven'")
        found = connection.execute(compiled.read_text(encoding="utf-8")).fetchall()
    assert ("fct_disclosed_figures", "status", "status", "proven") in found
    assert {(kind, value) for _, _, kind, value in found} == {("status", "proven")}


def test_the_project_and_the_warehouse_have_the_same_labels(samples: SampleWarehouse):
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        built = read_labels(connection)
    shipped = shipped_labels(PROJECT_DIR / "dbt_project")
    assert set(built.kinds) == set(shipped.kinds)
    for kind in built.kinds:
        assert dict(built.of_kind(kind)) == dict(shipped.of_kind(kind))
    assert list(built.of_kind("tier")) == list(shipped.of_kind("tier"))


def test_what_is_borrowed_and_every_identity_are_named():
    labels = shipped_labels(PROJECT_DIR / "dbt_project")
    assert labels.name("verdict", "exact", Language.ZH) == "恰等"
    assert labels.name("base", "prior_final", Language.ZH) == "上年决算数"
    assert labels.name("base", "income.total.restated", Language.ZH) == "本年收入合计（同口径）"
    assert labels.name("income_source", "operating", Language.ZH) == "经营收入"
    assert labels.name("identity", "tot_balance", Language.ZH) == "收入总计等于支出总计。"


def test_every_place_of_a_check_is_named(samples: SampleWarehouse):
    labels = shipped_labels(PROJECT_DIR / "dbt_project")
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        places = connection.execute(
            "select distinct scope_key from marts.fct_identity_checks"
        ).fetchall()
    assert len(places) > 1000
    called = {place: labels.place(place, Language.ZH) for (place,) in places}
    assert {place: name for place, name in called.items() if re.search("[a-z]{2}", name)} == {}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("status",), "恰等"),
        (("discrepancies",), "自相矛盾"),
        (("discrepancies", "--format", "md"), "财政拨款“三公”经费支出决算表"),
        (("explain", "徐闻县风物志编修办公室2023"), "公务接待费（决算数）"),
    ],
)
def test_answers_in_chinese_name_things_in_chinese(samples, command, said):
    answer = juesuan(*command, "--warehouse", samples.path, JUESUAN_LANG="zh")
    assert answer.exit_code == 0, answer.complaints
    assert said in answer.output
    # What is written like this is an identity, which has its meaning beside it, or a path.
    names = set(re.findall(r"(?<![/.\w])[a-z]+(?:_[a-z]+)+(?!\w)", answer.output))
    identities = set(shipped_labels(PROJECT_DIR / "dbt_project").of_kind("identity"))
    assert names - identities == set()
    assert not re.search(r"[a-z_]+\.[a-z_]+\.(?:actual|budget)", answer.output)
