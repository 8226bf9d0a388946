"""Who reads documents, as the settings have it.

Knows which executors there are and what each is told. Does not know how one works.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.settings import Settings
from pipelines.warehouse.executors.contract import Executor, Limits
from pipelines.warehouse.executors.worker_processes import WorkerProcesses


@contextmanager
def chosen_executor(settings: Settings) -> Iterator[Executor]:
    """The executor that the settings choose, for as long as a run needs it."""
    limits = Limits(settings.document_seconds, settings.document_bytes)
    yield WorkerProcesses(settings.jobs, limits)
