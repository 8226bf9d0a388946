"""What happens to the explorer while the warehouse is built anew, is missing or is no warehouse."""

import shutil
import threading
from contextlib import closing

import duckdb
import pytest
from starlette.testclient import TestClient

from pipelines.domain.languages import Language
from pipelines.exploring.served_warehouse import ServedWarehouse
from pipelines.serving.application import create_app

MEBIBYTE = 1024 * 1024


@pytest.fixture
def copied(invented, tmp_path):
    return shutil.copy(invented, tmp_path / "juesuan.duckdb")


@pytest.fixture
def client(copied, tmp_path):
    with TestClient(create_app(copied, tmp_path, Language.EN), base_url="http://localhost") as made:
        yield made


def replace_without(warehouse, document_id):
    """Put another warehouse in the place of one, as a build does."""
    draft = warehouse.with_suffix(".draft")
    shutil.copy(warehouse, draft)
    with duckdb.connect(str(draft)) as connection:
        connection.execute("delete from marts.dim_documents where document_id = ?", [document_id])
    draft.replace(warehouse)


def test_a_replaced_warehouse_is_shown_at_once(client, copied):
    before = client.get("/")
    assert "<dd>7</dd>" in before.text
    replace_without(copied, "a0000000000000c1")
    after = client.get("/", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert "<dd>6</dd>" in after.text


def test_who_still_asks_the_former_one_is_not_disturbed(copied):
    count = "select count(*) from marts.dim_documents"
    with (
        closing(ServedWarehouse(copied, 128 * MEBIBYTE, 2)) as served,
        served.now().asking() as former,
    ):
        replace_without(copied, "a0000000000000c1")
        with served.now().asking() as present:
            assert present.execute(count).fetchone() == (6,)
        assert former.execute(count).fetchone() == (7,)


def test_a_missing_warehouse_is_said_and_then_found(client, copied, tmp_path):
    away = copied.rename(tmp_path / "away.duckdb")
    gone = client.get("/")
    assert gone.status_code == 503
    assert "no warehouse at" in gone.text
    away.rename(copied)
    assert client.get("/").status_code == 200


def test_a_file_that_is_no_warehouse_is_said(client, copied):
    copied.write_text("no database", encoding="utf-8")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "is not a warehouse of juesuan" in answer.text


def test_marts_that_are_not_built_are_said(client, copied):
    with duckdb.connect(str(copied)) as connection:
        connection.execute("drop schema marts cascade")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "are not built yet" in answer.text


def test_a_mart_of_another_version_is_said(client, copied):
    with duckdb.connect(str(copied)) as connection:
        connection.execute("alter table marts.dim_bodies drop column scope")
    answer = client.get("/search?q=x")
    assert answer.status_code == 503
    assert "scope" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "create table marts.new (a integer)",
        "delete from marts.dim_documents",
        "select * from read_csv('/etc/hosts')",
        "copy marts.dim_regions to '/tmp/out.csv'",
        "attach '/tmp/other.duckdb'",
        "set enable_external_access = true",
        "set memory_limit = '99GB'",
        "install httpfs",
    ],
)
def test_the_warehouse_can_be_asked_and_nothing_else(copied, query):
    with (
        closing(ServedWarehouse(copied, 128 * MEBIBYTE, 2)) as served,
        served.now().asking() as connection,
        pytest.raises(duckdb.Error),
    ):
        connection.execute(query)


def test_many_can_ask_at_once(client):
    answers = []
    asking = [
        threading.Thread(target=lambda: answers.append(client.get("/discrepancies").status_code))
        for _ in range(12)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert answers == [200] * 12


def test_one_asks_at_a_time_and_may_have_something_worked_out(copied):
    count = "select count(*) from marts.dim_documents"
    done = []

    def ask() -> None:
        with opened.asking() as connection:
            done.append(connection.execute(count).fetchone())

    with closing(ServedWarehouse(copied, 128 * MEBIBYTE, 1)) as served:
        opened = served.now()
        other = threading.Thread(target=ask)
        with opened.asking():
            other.start()
            other.join(0.2)
            assert not done
            assert opened.worked_out("count", lambda it: it.execute(count).fetchone()) == (7,)
        other.join()
        assert done == [(7,)]


def test_what_was_worked_out_is_there_while_others_ask(copied):
    count = "select count(*) from marts.dim_documents"
    found = []
    with closing(ServedWarehouse(copied, 128 * MEBIBYTE, 1)) as served:
        opened = served.now()
        opened.worked_out("count", lambda it: it.execute(count).fetchone())
        with opened.asking():
            other = threading.Thread(
                target=lambda: found.append(opened.worked_out("count", lambda _: None))
            )
            other.start()
            other.join()
    assert found == [(7,)]
