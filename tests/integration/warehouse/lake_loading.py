"""What a loader's process does in tests, importable by it."""

from pathlib import Path

from pipelines.domain.warehouse_place import Lake
from pipelines.warehouse.drafts import open_for_loading
from pipelines.warehouse.ingesting import IngestSummary, ingest
from pipelines.warehouse.parts import Part
from tests.executors import ONE_PROCESS
from tests.integration.warehouse.fake_reader import read_fake


def load(lake: Lake, raw_dir: Path, part: Part) -> IngestSummary:
    """Read a part of the files into a lake."""
    with open_for_loading(lake, part) as draft:
        return ingest(
            raw_dir,
            draft.database,
            executor=ONE_PROCESS,
            on_progress=lambda _: None,
            reader=read_fake,
            reader_version="1",
            work_dir=draft.folder,
            part=part,
        )
