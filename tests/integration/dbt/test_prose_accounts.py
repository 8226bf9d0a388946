"""Every number that prose prints is accounted for, and what is in doubt lowers the share.

Numbers are counted once by what the reader staged, and once by their digits.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest

from tests.integration.dbt.built import Query, build_documents
from tests.integration.dbt.staged import Disclosed, Stated

ACCOUNTS = "assert_every_number_of_prose_is_accounted_for"
TOTAL = Stated("income.total.actual", "amount", "12.50")
WHOLE = Disclosed(
    "a0000000000000d0",
    (),
    claims=(TOTAL, Stated("income.other.actual", "amount", "３５", reading="ambiguous")),
    prose_furniture=(("date", "2023"),),
    prose="2023年收入12.50万元，其中：３５万元，三个单位。",
)
OVERLOOKED = replace(
    WHOLE,
    document_id="b0000000000000d0",
    department="虚构县甲局",
    prose=f"{WHOLE.prose}另有1,234.5万元。",
)
TAKEN_TWICE = replace(
    WHOLE,
    document_id="c0000000000000d0",
    department="虚构县乙局",
    prose_furniture=(*WHOLE.prose_furniture, ("name", "12.50")),
)
TWO_READINGS = replace(
    WHOLE,
    document_id="d0000000000000d0",
    department="虚构县丙局",
    claims=(TOTAL, replace(TOTAL, kind="share", reading="ambiguous")),
    prose="2023年收入12.50万元。",
)
SILENT = Disclosed("e0000000000000d0", (), department="虚构县丁局")
# Headings and definitions tell of no year, and are not read for values.
DEFINED = replace(
    OVERLOOKED, document_id="f0000000000000d0", department="虚构县戊局", part="definitions"
)
DOCUMENTS = (WHOLE, OVERLOOKED, TAKEN_TWICE, TWO_READINGS, SILENT, DEFINED)


@pytest.fixture(scope="module")
def query(tmp_path_factory) -> Iterator[Query]:
    warehouse, statuses = build_documents(tmp_path_factory.mktemp("warehouse"), DOCUMENTS)
    assert statuses[ACCOUNTS] == "fail"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql, *values: connection.execute(sql, values).fetchall()


def test_a_number_that_is_nowhere_or_in_two_accounts_is_found(query):
    found = query(
        f"select document_id, number_text, text_begin, account_count from audit.{ACCOUNTS}"
    )
    assert sorted(found) == [
        (OVERLOOKED.document_id, "1,234.5", OVERLOOKED.prose.index("1,234.5"), 0),
        (TAKEN_TWICE.document_id, "12.50", TAKEN_TWICE.prose.index("12.50"), 2),
    ]


@pytest.mark.parametrize(
    ("document", "accounts"),
    [
        (WHOLE, (2, 1, 1, 1, Decimal("0.5"))),
        # One number: that one of its readings is clear does not make it so.
        (TWO_READINGS, (1, 0, 1, 1, Decimal(0))),
        (SILENT, (0, 0, 0, 0, None)),
    ],
    ids=["in doubt", "read twice", "no prose"],
)
def test_a_number_counts_once_and_only_what_is_clear_raises_the_share(query, document, accounts):
    assert query(
        "select prose_number_count, prose_clear_count, prose_in_doubt_count, "
        "prose_furniture_count, prose_coverage from marts.fct_document_quality "
        "where document_id = ?",
        document.document_id,
    ) == [accounts]
