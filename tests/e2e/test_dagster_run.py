"""The job from end to end, in this process: what the command does, and Dagster told of it.

And Dagster's own command, in processes that are stopped and killed.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals

import dagster as dg
import duckdb
import pytest

from pipelines.definitions import defs
from tests.dbt_copy import copy_dbt_project
from tests.forked_commands import run_command
from tests.paths import PROJECT_DIR, SAMPLES_DIR

# The first of them contradicts itself in the total of the three public expenses.
SAMPLES = (
    "徐闻县风物志编修办公室2023年度部门决算.docx",
    "徐闻县风物志编修办公室2024年度部门决算.pdf",
)


@dataclass(frozen=True, slots=True)
class Runs:
    """The job run twice over the same files.

    Attributes:
        first: The run that had everything to do.
        second: The run that had nothing to do.
        warehouse: What both were about.
    """

    first: dg.ExecuteInProcessResult
    second: dg.ExecuteInProcessResult
    warehouse: Path


# One step, which waits to be stopped.
WAITING = """
import os, time
from pathlib import Path
import dagster as dg
from pipelines.defs import resources as handed
from pipelines.defs.staging import FILES
from pipelines.settings import Settings

@dg.asset(key=FILES)
def files(settings: dg.ResourceParam[Settings]) -> None:
    Path(os.environ["JUESUAN_HOME"], "begun").touch()
    time.sleep({seconds})

defs = dg.Definitions.merge(
    handed.resources(),
    dg.Definitions(assets=[files], jobs=[dg.define_asset_job("build_warehouse")]),
)
"""
# On a machine that is busy with much else.
STARTING_SECONDS = 400


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    """Run over two years of one department, Word and PDF, and a file that is neither."""
    home = tmp_path_factory.mktemp("home")
    raw_dir = home / "data" / "raw"
    raw_dir.mkdir(parents=True)
    for sample in SAMPLES:
        shutil.copy(SAMPLES_DIR / sample, raw_dir)
    (raw_dir / "neither.pdf").write_bytes(b"neither PDF nor Word")
    copy_dbt_project(home)
    with pytest.MonkeyPatch.context() as patch, dg.DagsterInstance.ephemeral() as instance:
        patch.setenv("JUESUAN_HOME", str(home))
        patch.setenv("JUESUAN_DBT_PROJECT", "dbt_project")
        patch.setenv("DAGSTER_HOME", str(home))
        job = defs().resolve_job_def("build_warehouse")
        first, second = (job.execute_in_process(instance=instance) for _ in range(2))
        yield Runs(first, second, home / "data" / "warehouse" / "juesuan.duckdb")


def reported(run: dg.ExecuteInProcessResult) -> dict[str, dict[str, object]]:
    """What a run reported of each asset."""
    return {
        event.asset_key.to_user_string(): {
            name: value.value for name, value in event.materialization.metadata.items()
        }
        for event in run.get_asset_materialization_events()
    }


def test_everything_is_materialised_in_one_run(runs):
    assert runs.first.success
    expected = runs.first.job_def.asset_layer.selected_asset_keys
    assert set(reported(runs.first)) == {key.to_user_string() for key in expected}


def test_the_files_lead_to_figures_in_the_marts(runs):
    with duckdb.connect(str(runs.warehouse), read_only=True) as connection:
        found = connection.execute(
            """
            select file_name, count(*), count(*) filter (status = 'proven')
            from marts.fct_disclosed_figures group by file_name order by file_name
            """
        ).fetchall()
    assert tuple(name for name, _, _ in found) == SAMPLES
    assert all(0 < proven <= figures for _, figures, proven in found)


def test_the_run_says_what_it_read_and_how_much_of_it_is_proven(runs):
    said = reported(runs.first)
    assert said["raw/files"]["files"] == 3
    reading = said["staging/files"]
    assert (reading["files_read_now"], reading["files_rejected_now"]) == (2, 1)
    quality = said["marts/fct_document_quality"]
    assert (quality["documents"], quality["documents_quarantined"]) == (2, 0)
    assert quality["figures"] == reading["figures_loaded_now"] > 0
    assert 0 < quality["proven_ratio"] <= 1
    assert said["marts/fct_disclosed_figures"]["dagster/row_count"] == quality["figures"]


def test_every_check_ran_and_only_what_is_wrong_is_complained_of(runs):
    evaluations = runs.first.get_asset_check_evaluations()
    job_checks = runs.first.job_def.asset_layer.asset_graph.asset_check_keys
    assert {evaluation.asset_check_key for evaluation in evaluations} == job_checks
    complaints = {each.check_name: each for each in evaluations if not each.passed}
    assert set(complaints) == {"every_file_was_read", "assert_no_document_contradicts_itself"}
    assert {each.severity for each in complaints.values()} == {dg.AssetCheckSeverity.WARN}
    (listed,) = complaints["every_file_was_read"].metadata["rejected_files"].records
    assert (listed.data["reason"], listed.data["message"][:11]) == ("not_a_document", "neither.pdf")


def test_a_check_that_fails_shows_the_rows_that_failed_it(runs):
    (found,) = [
        evaluation.metadata
        for evaluation in runs.first.get_asset_check_evaluations()
        if evaluation.asset_check_key.name == "assert_no_document_contradicts_itself"
    ]
    rows = [record.data for record in found["first_rows"].records]
    assert len(rows) == found["rows_found"].value
    assert "tpe_total_actual" in {row["identity_id"] for row in rows}
    assert {row["file_name"] for row in rows} == {SAMPLES[0]}


def test_a_second_run_reads_and_builds_nothing_and_reports_the_same_state(runs):
    first, second = reported(runs.first), reported(runs.second)
    assert (runs.second.success, second.keys()) == (True, first.keys())
    reading = second["staging/files"]
    assert (reading["files_read_now"], reading["files_unchanged"]) == (0, 3)
    marts = {asset for asset in second if asset.startswith("marts/")}
    assert {first[asset]["built_in_this_run"] for asset in marts} == {True}
    assert {second[asset]["built_in_this_run"] for asset in marts} == {False}
    row_counts = [
        {asset: said[asset]["dagster/row_count"] for asset in marts} for said in (first, second)
    ]
    assert row_counts[0] == row_counts[1]


def test_the_warehouse_knows_the_run_that_changed_it(runs):
    with duckdb.connect(str(runs.warehouse), read_only=True) as connection:
        diary = connection.execute(
            """
            select
                summary ->> 'dagster_run', documents_read, documents_rejected,
                cast(summary ->> 'figures_loaded' as integer)
            from staging.runs order by started_at
            """
        ).fetchall()
    figure_count = reported(runs.first)["staging/files"]["figures_loaded_now"]
    assert diary == [(runs.first.run_id, 2, 1, figure_count)]


def told_by_the_command(home: Path) -> list[tuple[str, int, str]]:
    """The latest runs, as 'juesuan status' has them: what, how it ended, and why."""
    variables = {**os.environ, "JUESUAN_HOME": str(home), "JUESUAN_LANG": "en"}
    answer = run_command(["status", "--json"], variables, PROJECT_DIR)
    return [
        (each["command"], each["exit_code"], each["error"])
        for each in json.loads(answer.output)["runs"]
    ]


def test_the_command_lists_both_runs_though_no_daemon_saw_them(runs):
    home = runs.warehouse.parents[2]
    assert told_by_the_command(home) == [("dagster build_warehouse", 0, "")] * 2


def execute(home: Path, signal: Signals | None) -> None:
    """Run Dagster's command; where a signal is given, send it while the step is at work."""
    (home / "begun").unlink(missing_ok=True)
    definitions = home / "waiting.py"
    definitions.write_text(WAITING.format(seconds=0 if signal is None else STARTING_SECONDS))
    said = (home / "said").open("w")
    process = subprocess.Popen(
        [
            Path(sys.executable).with_name("dagster"),
            *("job", "execute", "--python-file", definitions, "--job", "build_warehouse"),
        ],
        env={
            **os.environ,
            "PYTHONPATH": str(PROJECT_DIR),
            "DAGSTER_HOME": str(home),
            "JUESUAN_HOME": str(home),
            # Other tests of this module have set it to a copy of theirs.
            "JUESUAN_DBT_PROJECT": str(PROJECT_DIR / "dbt_project"),
        },
        stderr=said,
    )
    said.close()
    try:
        if signal is not None:
            until = time.monotonic() + STARTING_SECONDS
            while not (home / "begun").exists():
                assert process.poll() is None, (home / "said").read_text()[-4000:]
                assert time.monotonic() < until, "its step did not begin in time"
                time.sleep(0.2)
            process.send_signal(signal)
        ended = process.wait(timeout=STARTING_SECONDS)
    finally:
        process.kill()
    assert ended == {None: 0, SIGTERM: 1, SIGKILL: -SIGKILL}[signal]


def test_a_run_that_was_stopped_says_so_and_the_next_one_tells_of_one_that_was_killed(tmp_path):
    shutil.copy(PROJECT_DIR / ".dagster" / "dagster.yaml", tmp_path)
    for signal in (SIGTERM, SIGKILL, None):
        execute(tmp_path, signal)
    done, killed, stopped = told_by_the_command(tmp_path)
    assert done == ("dagster build_warehouse", 0, "")
    assert stopped == ("dagster build_warehouse", 130, "interrupted")
    command, exit_code, error = killed
    assert (command, exit_code) == ("dagster build_warehouse", 2)
    assert error.startswith("its process is gone, last heard of at ")
