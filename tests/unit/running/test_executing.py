"""Who reads documents: chosen by the settings, and Ray is not touched before it has to be."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.domain.errors import ExplainedError
from pipelines.running.checkup import Health, check_up
from pipelines.running.executing import chosen_executor
from pipelines.settings import Executor, load_settings
from pipelines.warehouse.executors.contract import Limits
from pipelines.warehouse.executors.ray_cluster import EXTRA, NoRayError, RayCluster
from pipelines.warehouse.executors.worker_processes import WorkerProcesses
from tests.paths import REFERENCE_DIR


@pytest.fixture
def without_ray(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no Ray there, whatever is installed."""
    monkeypatch.setitem(sys.modules, "ray", None)


def test_processes_of_this_machine_read_unless_something_else_is_asked_for():
    settings = load_settings({"JUESUAN_JOBS": "3", "JUESUAN_DOCUMENT_SECONDS": "5"})
    with chosen_executor(settings, Path("work")) as executor:
        assert executor == WorkerProcesses(3, Limits(5, settings.document_bytes))


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "auto"),
        ({"RAY_ADDRESS": "head:6379"}, "head:6379"),
        ({"RAY_ADDRESS": "head:6379", "JUESUAN_RAY_ADDRESS": "other:6379"}, "other:6379"),
    ],
)
def test_the_cluster_is_named_by_our_variable_or_rays_own(variables, address):
    settings = load_settings({"JUESUAN_EXECUTOR": "Ray", **variables})
    assert (settings.executor, settings.ray_address) == (Executor.RAY, address)


@pytest.mark.usefixtures("without_ray")
def test_without_the_extra_it_is_said_what_to_install(tmp_path):
    settings = load_settings({"JUESUAN_EXECUTOR": "ray", "JUESUAN_HOME": str(tmp_path)})
    with chosen_executor(settings, tmp_path) as executor, pytest.raises(NoRayError) as refused:
        list(executor.read(["a"], str))
    assert isinstance(refused.value, ExplainedError)
    assert EXTRA in str(refused.value)
    (finding,) = [each for each in check_up(settings) if each.subject == "Executor"]
    assert (finding.health, finding.said) == (Health.ILL, refused.value.text)


@pytest.mark.usefixtures("without_ray")
def test_where_there_is_nothing_to_read_no_cluster_is_joined(tmp_path):
    with RayCluster("auto", Limits(1, 1), tmp_path / "results", REFERENCE_DIR) as executor:
        assert list(executor.read([], str)) == []


def test_nothing_of_ray_is_imported_before_a_cluster_is_joined():
    modules = "pipelines.cli, pipelines.running.nights, pipelines.warehouse.executors.ray_cluster"
    code = f"import sys, {modules}; sys.exit('ray' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
