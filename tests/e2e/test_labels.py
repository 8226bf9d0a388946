"""Every value of the samples' marts has a label, and the dbt project sees one that has none."""

import duckdb

from pipelines.domain.languages import Language
from pipelines.exploring.labels import read_labels
from pipelines.warehouse.transforming import dbt_work_dir, latest_results
from tests.e2e.conftest import SampleWarehouse

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


def test_what_is_borrowed_and_every_identity_are_named(samples: SampleWarehouse):
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        labels = read_labels(connection)
    assert labels.name("verdict", "exact", Language.ZH) == "恰等"
    assert labels.name("base", "prior_final", Language.ZH) == "上年决算数"
    assert labels.name("base", "three_public.total.restated", Language.ZH).endswith("（同口径）")
    assert labels.name("income_source", "operating", Language.ZH) == "经营收入"
    assert labels.name("identity", "tot_balance", Language.ZH) == "收入总计等于支出总计。"
    assert next(iter(labels.of_kind("tier"))) == "exact"
