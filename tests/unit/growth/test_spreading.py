"""Clones are of departments of their own, all over the country."""

from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.schema import apply_staging_schema
from tests.growth.cloning import Clone, clones
from tests.growth.source import counties
from tests.growth.spreading import spread
from tests.unit.growth.test_cloning import stage

BOATS, OF_TWO_YEARS, NOBODY = "boats", "boats, later", "nobody"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("source") / "source.duckdb"
    with duckdb.connect(str(path)) as connection:
        apply_staging_schema(connection)
        for document_id, name, code in (
            (BOATS, "霞浦县渡船局", "350921"),
            (OF_TWO_YEARS, "霞浦县渡船局", "350921"),
            ("gates", "敦煌市城门所", "620982"),
            (NOBODY, "", ""),
        ):
            stage(
                connection,
                "documents",
                document_id=document_id,
                department_name=name,
                region_code=code,
            )
    return path


def test_a_clone_is_of_the_same_body_in_another_county(source):
    (moved,) = spread(source, [Clone(BOATS, 3)])
    (county,) = [each for each in counties() if each.code == moved.region_code]
    assert moved.department_name == f"{county.name}第1渡船局"
    assert moved.document_id == BOATS
    assert moved.number == 3


def test_years_of_one_department_stay_together(source):
    one, other = spread(source, [Clone(BOATS, 7), Clone(OF_TWO_YEARS, 7)])
    assert one.department_name == other.department_name
    assert one.region_code == other.region_code


def test_no_two_departments_share_a_name_even_where_counties_run_out(source):
    count = 2 * len(counties())
    moved = spread(source, clones([BOATS, "gates"], count))
    assert len({clone.department_name for clone in moved}) == count
    assert len({clone.region_code for clone in moved}) == len(counties())


def test_a_document_of_nobody_stays_where_it_is(source):
    assert spread(source, [Clone(NOBODY, 1)]) == [Clone(NOBODY, 1)]
