"""The folder is the architecture: who may import whom, and who may touch what."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.normalising.versions import READING_MODULES, READING_ROOMS
from tests.architecture.sources import (
    PACKAGE_DIR,
    imported_packages,
    modules,
    name_of,
    tree_of,
)
from tests.paths import PROJECT_DIR

FORBIDDEN_NAMES = {"utils.py", "helpers.py", "common.py", "base.py", "manager.py"}


def offenders(package: str, allowed: tuple[str, ...]) -> list[str]:
    """Modules that import a package without being, or lying below, one of the allowed paths."""
    return [
        name_of(module)
        for module in modules()
        if package in imported_packages(module) and not name_of(module).startswith(allowed)
    ]


def test_the_layers_hold():
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("dagster", ("pipelines/defs/", "pipelines/definitions.py")),
        ("dagster_dbt", ("pipelines/defs/", "pipelines/definitions.py")),
        ("click", ("pipelines/cli/",)),
        ("rich", ("pipelines/cli/", "pipelines/exploring/")),
        (
            "dbt",
            (
                "pipelines/warehouse/transforming.py",
                "pipelines/warehouse/lake_for_dbt.py",
                "pipelines/warehouse/dbt_events.py",
                "pipelines/warehouse/kept_templates.py",
                "pipelines/warehouse/macro_namespaces.py",
                "pipelines/warehouse/parsed_projects.py",
                "pipelines/warehouse/written_in.py",
            ),
        ),
        ("pebble", ("pipelines/warehouse/executors/worker_processes.py",)),
        (
            "ray",
            (
                "pipelines/warehouse/executors/ray_batches.py",
                "pipelines/warehouse/executors/ray_cluster.py",
            ),
        ),
    ],
)
def test_a_library_is_known_only_where_it_belongs(package, allowed):
    assert offenders(package, allowed) == []


def test_only_the_settings_touch_the_environment():
    touching = [
        name_of(module)
        for module in modules()
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "putenv"}
    ]
    assert set(touching) == {"pipelines/settings.py"}


def test_no_module_is_named_after_nothing():
    assert [name_of(module) for module in modules() if module.name in FORBIDDEN_NAMES] == []


@pytest.mark.parametrize("module", modules(), ids=name_of)
def test_everything_public_says_what_it_is(module):
    tree = tree_of(module)
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    silent = [node.name for node in public if not ast.get_docstring(node)]
    assert ast.get_docstring(tree), f"{name_of(module)} has no docstring"
    assert silent == []


def test_the_readers_version_covers_every_value_type_that_reading_makes():
    rooms = tuple(f"pipelines/{room}/" for room in READING_ROOMS)
    reading = [module for module in modules() if name_of(module).startswith(rooms)]
    writing = [PACKAGE_DIR / module for module in READING_MODULES]
    imported = {
        node.module
        for module in (*reading, *writing)
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ImportFrom) and node.module
    }
    values = {
        f"domain/{name.rpartition('.')[2]}.py"
        for name in imported
        if name.startswith("pipelines.domain.")
    }
    # What it holds is what people are told, not what is read.
    assert values - {"domain/errors.py"} <= set(READING_MODULES)
