"""Keeps dbt projects as dbt parsed them, so that one is parsed once and not for each warehouse.

Knows what a parsed project depends on, and a folder of the account's where it may be kept. Does not
know how dbt parses, nor what is in a project. Where the folder cannot be written, or what is in it
was spoilt, the project is parsed again: nothing depends on it.
"""

import hashlib
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.acquiring.whole_files import sweep, written_whole
from pipelines.warehouse.builds import project_digest

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

PARSERS = ("dbt-core", "dbt-adapters", "dbt-common", "dbt-duckdb")
SUFFIX = ".parsed"
# Warehouses of other names and projects that are being worked on; each takes a few MB.
KEPT = 12


def parsed_file(folder: Path, project: Path, database: str) -> Path:
    """Where a project is kept as these programs parse it for databases of a name.

    Args:
        folder: Where parsed projects are kept.
        project: The project's folder; what is parsed holds its path.
        database: The name of the database that is built, which stands in what is parsed.
    """
    told = [
        project_digest(project),
        str(project.absolute()),
        database,
        *map(version, PARSERS),
        ".".join(map(str, sys.version_info[:2])),
    ]
    return folder / f"{hashlib.sha256(chr(0).join(told).encode()).hexdigest()}{SUFFIX}"


def take_parsed(kept: Path) -> "Manifest | None":
    """A project as it was parsed before; None where it was not, or what was kept is spoilt."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    try:
        content = kept.read_bytes()
    except OSError:
        return None
    with suppress(OSError):  # of another account, or on a disk that is not to be written
        kept.touch()
    digest, packed = content[:32], content[32:]
    if hashlib.sha256(packed).digest() != digest:
        return None
    manifest = Manifest.from_msgpack(packed, decoder=extended_mashumuro_decoder)
    # What macros see of the project, which is not packed.
    manifest.build_flat_graph()
    return manifest


def keep_parsed(kept: Path, manifest: "Manifest") -> None:
    """Keep a parsed project; those that were not asked for longest give way."""
    from dbt.parser.manifest import extended_mashumaro_encoder

    packed = manifest.to_msgpack(extended_mashumaro_encoder)
    with suppress(OSError):
        with written_whole(kept) as unfinished:
            unfinished.write_bytes(hashlib.sha256(packed).digest() + packed)
        sweep(kept.parent)
        others = sorted(kept.parent.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime)
        for old in others[:-KEPT]:
            old.unlink(missing_ok=True)
