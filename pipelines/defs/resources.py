"""What every asset is handed, and how runs are executed.

Knows the settings and the executor. Holds no assets: a module with a ``@dg.definitions`` function
hides every other definition in it.
"""

import dagster as dg

from pipelines.defs.runs import noted_runs
from pipelines.settings import load_settings


@dg.definitions
def resources() -> dg.Definitions:
    """The settings of this process, and one process for all steps.

    A process for each step would spend more time on starting than most steps take; reading
    documents is spread over processes inside its step.
    """
    settings = dg.ResourceDefinition(
        noted_runs(load_settings()),
        description="Paths and limits, from the JUESUAN_ variables; notes each run in the diary.",
    )
    return dg.Definitions(resources={"settings": settings}, executor=dg.in_process_executor)
