"""Every query that the documents print runs on the sample documents and finds something."""

import re
from collections.abc import Iterator

import duckdb
import pytest

from tests.e2e.conftest import SampleWarehouse
from tests.paths import PROJECT_DIR

DOCUMENTS = ("README.md", "README.zh-CN.md", "docs/queries.md", "docs/zh/queries.md")
SQL_BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def documented_queries() -> Iterator[pytest.param]:
    """Each ```sql block, named by its document and the line it begins in."""
    for name in DOCUMENTS:
        text = (PROJECT_DIR / name).read_text(encoding="utf-8")
        for block in SQL_BLOCK.finditer(text):
            line = text.count("\n", 0, block.start()) + 1
            yield pytest.param(block[1], id=f"{name}:{line}")


@pytest.fixture(scope="module")
def warehouse(samples: SampleWarehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        yield connection


def test_every_document_prints_queries():
    printing = {str(param.id).partition(":")[0] for param in documented_queries()}
    assert printing == set(DOCUMENTS)


@pytest.mark.parametrize("query", list(documented_queries()))
def test_a_documented_query_finds_something(warehouse: duckdb.DuckDBPyConnection, query: str):
    assert warehouse.execute(query).fetchall()
