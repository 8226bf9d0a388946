"""Keeps the dbt manifest, from which Dagster draws models and tests, abreast of the project.

Knows how to tell that the manifest is out of date and how to have dbt write it. Does not know
what is in it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import Text
from pipelines.domain.warehouse_place import Warehouse
from pipelines.settings import Settings, exposed_to_dbt
from pipelines.warehouse.builds import WRITTEN_BY_DBT


class ManifestError(ExplainedError):
    """Dagster cannot be told which models there are."""

    def __init__(self, dbt_project_dir: Path, explanation: Text) -> None:
        super().__init__(
            "no dbt manifest of {folder}: {explanation}; mend that, then run 'make "
            "manifest' and load the definitions again",
            folder=dbt_project_dir,
            explanation=explanation,
        )


def current_manifest(settings: Settings) -> dict[str, Any]:
    """The manifest of the dbt project as it is now, written by dbt first where it is not there.

    It lies where ``make manifest`` and dbt itself put it, in the project's target folder.

    Raises:
        ManifestError: There is no project, or dbt cannot parse it.
    """
    project_dir = settings.dbt_project_dir.absolute()
    if not (project_dir / "dbt_project.yml").is_file():
        explanation = Text("it is no dbt project (JUESUAN_DBT_PROJECT says where it is)")
        raise ManifestError(project_dir, explanation)
    manifest = project_dir / "target" / "manifest.json"
    if not _is_current(manifest, project_dir):
        _parse(project_dir, settings.warehouse)
    loaded: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return loaded


def _is_current(manifest: Path, project_dir: Path) -> bool:
    """Whether nothing in the project was written, added or removed after the manifest."""
    if not manifest.is_file():
        return False
    written_at = manifest.stat().st_mtime
    return all(path.stat().st_mtime <= written_at for path in _sources(project_dir))


def _sources(project_dir: Path) -> Iterator[Path]:
    """Files and folders that the manifest depends on."""
    for path in project_dir.iterdir():
        if path.name not in WRITTEN_BY_DBT:
            yield path
            yield from path.rglob("*")


def _parse(project_dir: Path, warehouse: Warehouse) -> None:
    """Do what ``make manifest`` does, for this project and warehouse."""
    dbt = Path(sys.executable).with_name("dbt")
    # Absolute, because dbt remembers the paths in its cache, and later calls come from elsewhere.
    folders = ("--project-dir", str(project_dir), "--profiles-dir", str(project_dir))
    with exposed_to_dbt(warehouse, {}):
        finished = subprocess.run(  # noqa: S603
            [dbt, "--quiet", "--no-version-check", "parse", *folders],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if finished.returncode != 0:
        reported = " ".join((finished.stdout + finished.stderr).split())
        raise ManifestError(
            project_dir, Text("dbt cannot parse it: {reported}", {"reported": reported})
        )
