"""A copy of the dbt project, so that tests write into folders of their own."""

import shutil
from pathlib import Path

from pipelines.warehouse.builds import WRITTEN_BY_DBT
from tests.paths import PROJECT_DIR


def copy_dbt_project(folder: Path) -> Path:
    """Copy the project without what dbt wrote into it; return where it is now."""
    written_by_dbt = shutil.ignore_patterns(*WRITTEN_BY_DBT)
    return shutil.copytree(
        PROJECT_DIR / "dbt_project", folder / "dbt_project", ignore=written_by_dbt
    )
