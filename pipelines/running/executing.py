"""Who reads documents, as the settings have it.

Knows which executors there are and what each is told. Does not know how one works.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from pipelines.settings import Executor as Choice
from pipelines.settings import Settings
from pipelines.warehouse.drafts import draft_dir
from pipelines.warehouse.executors.contract import Executor, Limits
from pipelines.warehouse.executors.worker_processes import WorkerProcesses

if TYPE_CHECKING:
    from pipelines.warehouse.executors.ray_cluster import RayCluster


def chosen_executor(settings: Settings) -> AbstractContextManager[Executor]:
    """The executor that the settings choose, for as long as a run needs it."""
    match settings.executor:
        case Choice.PROCESSES:
            return nullcontext(WorkerProcesses(settings.jobs, _limits(settings)))
        case Choice.RAY:
            return ray_executor(settings)


def ray_executor(settings: Settings) -> "RayCluster":
    """The Ray cluster of the settings, not joined yet."""
    from pipelines.warehouse.executors.ray_cluster import RayCluster  # only where it is chosen

    warehouse = settings.warehouse.resolve()
    return RayCluster(
        settings.ray_address,
        _limits(settings),
        # In the draft's folder: nobody else writes there, and every node has to see it anyhow,
        # because archives are unpacked there.
        results=draft_dir(warehouse) / f"{warehouse.name}.read",
        reference_dir=settings.reference_dir,
        folders=(settings.raw_dir.absolute(),),
    )


def _limits(settings: Settings) -> Limits:
    return Limits(settings.document_seconds, settings.document_bytes)
