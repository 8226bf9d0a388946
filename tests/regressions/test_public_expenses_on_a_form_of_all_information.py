"""Where the three public expenses stand on 机构运行信息表 alone, nothing was held against them."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.integration.dbt.built import Query, build_documents, tiers
from tests.integration.dbt.staged import Disclosed, Form, Row, Stated

PARTS = {"overseas": "0.00", "vehicle_purchase": "0.00", "vehicle_operation": "7.20"}
WHOLE = PARTS | {"vehicle": "7.20", "reception": "1.35", "total": "8.55"}
NO_SUBTOTAL = PARTS | {"reception": "1.35", "total": "8.55"}


def accounts(number: str, printed: dict[str, str], reception: str = "1.35") -> Disclosed:
    measures = {
        f"{figure}_{item}": text
        for figure in ("budget", "actual")
        for item, text in printed.items()
    }
    form = Form(
        "agency_information", (Row(printed=measures | {"actual_agency_operation": "33.00"}),)
    )
    stated = (
        Stated("three_public.total.actual", "amount", "8.55"),
        Stated("three_public.reception.actual", "amount", reception),
        Stated("operating_cost.total.actual", "amount", "33.00"),
    )
    return Disclosed(f"{number}0000000000000d1", (form,), f"虚构县第{number}局", claims=stated)


RIGHT = accounts("1", WHOLE)
WRONG_PART = accounts("2", WHOLE | {"reception": "1.85"}, reception="1.85")
WRONG_VEHICLES = accounts("3", WHOLE | {"vehicle_operation": "6.20"})
OTHERWISE_IN_PROSE = accounts("4", WHOLE, reception="1.53")
WITHOUT_SUBTOTAL = accounts("5", NO_SUBTOTAL)


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Query]:
    folder = tmp_path_factory.mktemp("information")
    documents = (RIGHT, WRONG_PART, WRONG_VEHICLES, OTHERWISE_IN_PROSE, WITHOUT_SUBTOTAL)
    warehouse, _ = build_documents(folder, documents)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


@pytest.mark.parametrize(
    ("document", "tier"),
    [(RIGHT, "exact"), (WRONG_PART, "violation"), (WITHOUT_SUBTOTAL, "exact")],
    ids=["right", "a part is wrong", "without a subtotal"],
)
@pytest.mark.parametrize("identity", ["tpe_total_budget", "tpe_total_actual"])
def test_they_add_up(query, document, tier, identity):
    assert tiers(query, document, identity)["agency_information"] == tier


def test_the_prose_is_held_against_them(query):
    stated = "three_public.reception.actual"
    assert tiers(query, RIGHT, "nar_tpe_items")[stated] == "exact"
    assert tiers(query, OTHERWISE_IN_PROSE, "nar_tpe_items")[stated] == "violation"
    assert set(tiers(query, RIGHT, "nar_opex_form").values()) == {"exact"}


def test_what_adds_up_is_proven(query):
    statuses = query(
        "select distinct status from marts.fct_disclosed_figures where document_id = ? "
        "and measure <> 'actual_agency_operation'",
        RIGHT.document_id,
    )
    assert statuses == [("proven",)]
