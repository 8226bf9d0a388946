"""When the build step fails: exactly where something is amiss that no check shows."""

from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.build_report import refuse_incomplete
from pipelines.warehouse.builds import BuildSummary, TestFinding
from pipelines.warehouse.transforming import Transformation

SHOWN_TEST = TestFinding("assert_shown", 3, "Got 3 results")
MACRO_TEST = TestFinding("macro_catches_known_cases", 1, "Got 1 result")
MODEL = TestFinding("fct_three_public_expenses", 0, "Binder Error: no such column")


def transformation(
    *,
    failed: tuple[TestFinding, ...] = (),
    broken: tuple[TestFinding, ...] = (),
    skipped_count: int = 0,
) -> Transformation:
    summary = BuildSummary(
        model_count=1,
        passed_count=1,
        warned=(SHOWN_TEST,),
        failed=failed,
        broken=broken,
        skipped_count=skipped_count,
    )
    return Transformation(summary, Path("dbt.log"), document_count=1, was_needed=True)


@pytest.mark.parametrize("failed", [(), (SHOWN_TEST,)], ids=["nothing", "a test that is a check"])
def test_what_checks_show_does_not_fail_the_step(failed):
    refuse_incomplete(transformation(failed=failed), {"assert_shown"})


@pytest.mark.parametrize(
    ("transformed", "said"),
    [
        pytest.param(
            transformation(broken=(MODEL,), skipped_count=2),
            "1 models or tests of dbt failed, 2 were skipped\n"
            "fct_three_public_expenses: Binder Error: no such column",
            id="a model that cannot be built",
        ),
        pytest.param(
            transformation(failed=(MACRO_TEST, SHOWN_TEST)),
            "1 models or tests of dbt failed, 0 were skipped\n"
            "macro_catches_known_cases: Got 1 result",
            id="a test that is no check",
        ),
        pytest.param(
            transformation(failed=(SHOWN_TEST,), skipped_count=1),
            "0 models or tests of dbt failed, 1 were skipped",
            id="models skipped for a test that failed",
        ),
    ],
)
def test_what_no_check_shows_fails_the_step_and_is_named(transformed, said):
    with pytest.raises(dg.Failure) as failure:
        refuse_incomplete(transformed, {"assert_shown"})
    assert failure.value.description == said
