"""Who reads documents in tests: processes of this machine, with generous limits."""

from pipelines.warehouse.executors.contract import Limits
from pipelines.warehouse.executors.worker_processes import WorkerProcesses

GENEROUS = Limits(seconds=100, memory_bytes=2 * 2**30)
ONE_PROCESS = WorkerProcesses(jobs=1, limits=GENEROUS)
TWO_PROCESSES = WorkerProcesses(jobs=2, limits=GENEROUS)
