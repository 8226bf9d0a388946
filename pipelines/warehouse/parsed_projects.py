"""Keeps dbt projects as dbt parsed them, so that one is parsed once and not for each warehouse.

Knows what a parsed project depends on, where its folder and a database's name stand in it, and a
folder of the account's where it may be kept. Does not know how dbt parses, nor what is in a
project. Where the folder cannot be written, or what is in it was spoilt, the project is parsed
again: nothing depends on it.
"""

import hashlib
import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.acquiring.kept_files import keep, take
from pipelines.warehouse.builds import project_digest

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

PARSERS = ("dbt-core", "dbt-adapters", "dbt-common", "dbt-duckdb", "jinja2")
SUFFIX = ".parsed"
# Projects that are being worked on, and those of other versions; each takes a few MB.
KEPT = 12


def parsed_file(folder: Path, project: Path) -> Path:
    """Where a project is kept as these programs parse it.

    Args:
        folder: Where parsed projects are kept.
        project: The project's folder; wherever it lies, what it holds is what counts.
    """
    told = [
        project_digest(project),
        *map(version, PARSERS),
        ".".join(map(str, sys.version_info[:2])),
    ]
    return folder / f"{hashlib.sha256(chr(0).join(told).encode()).hexdigest()}{SUFFIX}"


def take_parsed(kept: Path, project: Path, database: str) -> "Manifest | None":
    """A project as it was parsed before; None where it was not, or what was kept is spoilt.

    Args:
        kept: Where it would be.
        project: The project's folder, which may not be the one that was parsed.
        database: The name of the database to build, for which it may not have been parsed.
    """
    from dbt.contracts.graph.manifest import Manifest
    from dbt.parser.manifest import extended_mashumuro_decoder

    if (packed := take(kept)) is None:
        return None
    manifest = Manifest.from_msgpack(packed, decoder=extended_mashumuro_decoder)
    _settle(manifest, str(project.absolute()), database)
    # What macros see of the project, which is not packed.
    manifest.build_flat_graph()
    return manifest


def _settle(manifest: "Manifest", project: str, database: str) -> None:
    """Have a parsed project be in a folder and of a database; neither stands elsewhere in it."""
    from dbt.contracts.graph.nodes import SeedNode

    for node in (*manifest.nodes.values(), *manifest.sources.values()):
        if isinstance(node, SeedNode):
            node.root_path = project
        if node.relation_name:
            # Of a name in quotes only this part, not the schema or the table after it.
            node.relation_name = node.relation_name.replace(
                f'"{node.database}".', f'"{database}".', 1
            )
        node.database = database


def keep_parsed(kept: Path, manifest: "Manifest") -> None:
    """Keep a parsed project; those that were not asked for longest give way."""
    from dbt.parser.manifest import extended_mashumaro_encoder

    keep(kept, manifest.to_msgpack(extended_mashumaro_encoder), KEPT)
