"""Who reads documents, as the settings have it.

Knows which executors there are and what each is told. Does not know how one works.
"""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.settings import Executor as Choice
from pipelines.settings import Settings
from pipelines.warehouse.executors.contract import Executor, Limits
from pipelines.warehouse.executors.result_files import RESULTS
from pipelines.warehouse.executors.worker_processes import WorkerProcesses

if TYPE_CHECKING:
    from pipelines.warehouse.executors.ray_cluster import RayCluster


def chosen_executor(settings: Settings, work_dir: Path) -> AbstractContextManager[Executor]:
    """The executor that the settings choose, for as long as a run needs it.

    Args:
        settings: The choice, and its limits.
        work_dir: Where there is room that every node of a cluster sees.
    """
    match settings.executor:
        case Choice.PROCESSES:
            return nullcontext(WorkerProcesses(settings.jobs, _limits(settings)))
        case Choice.RAY:
            return ray_executor(settings, work_dir)


def ray_executor(settings: Settings, work_dir: Path) -> "RayCluster":
    """The Ray cluster of the settings, not joined yet; arguments as for ``chosen_executor``."""
    from pipelines.warehouse.executors.ray_cluster import RayCluster  # only where it is chosen

    return RayCluster(
        settings.ray_address,
        _limits(settings),
        results=work_dir.absolute() / RESULTS,
        reference_dir=settings.reference_dir,
        folders=(settings.raw_dir.absolute(),),
    )


def _limits(settings: Settings) -> Limits:
    return Limits(settings.document_seconds, settings.document_bytes)
