"""What a node of a cluster does with a batch, done here: reports, result files, refusals."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pebble import ProcessPool

from pipelines.normalising.versions import current_reader_version
from pipelines.warehouse.executors import batch_reading, worker_processes
from pipelines.warehouse.executors.batch_reading import Order, Report, UnfitNodeError, carry_out
from pipelines.warehouse.executors.contract import Failure
from pipelines.warehouse.executors.result_files import put, take
from pipelines.warehouse.executors.worker_processes import WorkerProcesses
from tests.executors import GENEROUS
from tests.integration.warehouse.fake_reader import lines_of, modules_of, wait_for
from tests.paths import REFERENCE_DIR


def order(folder: Path, *names: str, reader: object = lines_of) -> Order[Path, object]:
    for name in names:
        (folder / name).write_text(f"of {name}", encoding="utf-8")
    tasks = tuple(folder / name for name in names)
    results = folder / "results"
    results.mkdir(exist_ok=True)
    version = current_reader_version(REFERENCE_DIR)
    return Order(tasks, reader, GENEROUS, results, (folder,), REFERENCE_DIR, version)


def results_of(order: Order[Path, object], reports: list[Report]) -> dict[str, object]:
    return {
        task.name: outcome
        for report in reports
        if report.file
        for task, outcome in take(order.results, report.file)
    }


def test_a_batch_tells_that_it_begins_and_leaves_its_results_in_the_folder(tmp_path):
    ordered = order(tmp_path, "a", "b", "bad")
    (tmp_path / "bad").unlink()
    reports = list(carry_out(ordered))
    assert reports[0] == Report()
    found = results_of(ordered, reports)
    assert (found["a"], found["b"]) == (["of a"], ["of b"])
    assert isinstance(found["bad"], Failure)
    assert not list(ordered.results.iterdir())


def test_a_batch_tells_of_itself_while_nothing_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(batch_reading, "REPORT_SECONDS", 0.0)
    ordered = order(tmp_path, "a", reader=wait_for)
    begun, *others = carry_out(ordered)
    assert len(others) > 2
    assert results_of(ordered, [begun, *others]) == {"a": "waited"}


def test_processes_that_read_do_not_run_the_main_module_again(tmp_path):
    main = sys.modules["__main__"]
    ordered = order(tmp_path, "a", reader=modules_of)
    ((_, names),) = results_of(ordered, list(carry_out(ordered))).items()
    assert "pipelines.warehouse.executors.worker_processes" in names
    assert "pytest" not in names
    assert sys.modules["__main__"] is main


@pytest.mark.parametrize(("file_count", "process_count"), [(0, []), (1, [1]), (3, [2])])
def test_no_more_processes_start_than_there_are_files(
    tmp_path, monkeypatch, file_count, process_count
):
    started: list[int] = []

    class Noted(ProcessPool):
        def __init__(self, max_workers: int, **more: object) -> None:
            started.append(max_workers)
            super().__init__(max_workers, **more)

    monkeypatch.setattr(worker_processes, "ProcessPool", Noted)
    paths = [tmp_path / str(number) for number in range(file_count)]
    for path in paths:
        path.write_text(f"of {path.name}", encoding="utf-8")
    read = dict(WorkerProcesses(2, GENEROUS).read(paths, lines_of))
    assert read == {path: [f"of {path.name}"] for path in paths}
    assert started == process_count


def test_a_node_that_sees_other_folders_is_refused(tmp_path):
    ordered = replace(order(tmp_path, "a"), folders=(tmp_path / "elsewhere",))
    with pytest.raises(UnfitNodeError, match=r"does not see .*elsewhere"):
        next(carry_out(ordered))


def test_a_node_that_would_read_differently_is_refused(tmp_path):
    ordered = replace(order(tmp_path, "a"), reader_version="another")
    with pytest.raises(UnfitNodeError, match="not another"):
        next(carry_out(ordered))


def test_results_are_taken_once(tmp_path):
    name = put(tmp_path, [("task", "result")])
    assert take(tmp_path, name) == [("task", "result")]
    assert not list(tmp_path.iterdir())
