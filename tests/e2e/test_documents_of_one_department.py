"""Documents of one department are held against each other: consecutive years of the samples."""

import duckdb
import pytest

from tests.e2e.conftest import SampleWarehouse


@pytest.fixture
def checks(samples: SampleWarehouse) -> list[tuple]:
    with duckdb.connect(str(samples.path), read_only=True) as connection:
        return connection.execute(
            """
            select identity_id, scope_key, tier, file_name, left_yuan, right_yuan
            from marts.fct_identity_checks
            inner join staging.documents using (document_id)
            where fct_identity_checks.evidence = 'cross_document'
                and tier not in ('not_evaluable', 'not_applicable')
            """
        ).fetchall()


def test_a_year_opens_with_what_the_year_before_closed_with(checks):
    tiers = [tier for identity, _, tier, *_ in checks if identity == "x_opening_closing"]
    assert tiers
    assert set(tiers) == {"exact"}


def test_only_the_total_that_was_planted_in_the_year_before_is_missed_the_year_after(checks):
    implied = [check for check in checks if check[0] == "x_prior_year_file"]
    assert len(implied) > 10
    failing = [check for check in implied if check[2] == "violation"]
    assert [(scope, left, right) for _, scope, _, _, left, right in failing] == [
        ("three_public", 110_000, 120_000)
    ]
