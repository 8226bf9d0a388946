"""Describes the marts as a Fiscal Data Package, beside the CSV files that hold them.

Knows the Tabular Data Package, version 1, which the Fiscal Data Package extends: types, keys,
checksums and where sources and licences stand. Does not know what any mart holds; its columns say
so themselves.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.metadata import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.acquiring.digests import digest_file
from pipelines.acquiring.whole_files import written_whole
from pipelines.domain.languages import Language
from pipelines.exploring.exporting.files import (
    TIMESTAMPS,
    ExportedTable,
    FileFormat,
    export_files,
)
from pipelines.exploring.exporting.fiscal import (
    FISCAL_TABLES,
    PHASE,
    TAXONOMY,
    column_type,
    phase_of,
)
from pipelines.exploring.exporting.tables import Column, Mart, built_at
from pipelines.exploring.labels import read_labels

DESCRIPTOR = "datapackage.json"
DATA = "data"
TEXTS = files("pipelines.exploring.exporting") / "data" / "package.yaml"
SITES = """
    select site, count(*) as document_count, min(url) as url
    from marts.dim_documents
    where site is not null
    group by site
    order by site
"""

TYPES = {
    "BOOLEAN": {"type": "boolean"},
    "DATE": {"type": "date"},
    "TIMESTAMP": {"type": "datetime", "format": TIMESTAMPS},
    "DOUBLE": {"type": "number"},
    "VARCHAR": {"type": "string"},
}
# Where a column's value is the key of another mart's row, by the end of its name.
REFERENCES = (
    ("document_id", "dim_documents", "document_id"),
    ("disclosure_id", "dim_documents", "document_id"),
    ("body_id", "dim_bodies", "body_id"),
    ("region_code", "dim_regions", "region_code"),
    ("functional_code", "dim_functional_classification", "functional_code"),
    ("economic_code", "dim_economic_classification", "economic_code"),
    ("figure_id", "fct_disclosed_figures", "figure_id"),
    ("claim_id", "fct_narrative_claims", "claim_id"),
    ("identity_id", "fct_identity_statistics", "identity_id"),
)
# Columns of such names that may hold something else: a class that only a summary names, a claim.
NO_REFERENCES = frozenset(
    {("fct_appropriation_summary", "functional_code"), ("fct_error_locations", "figure_id")}
)


def export_package(
    connection: duckdb.DuckDBPyConnection,
    marts: Sequence[Mart],
    folder: Path,
    day: date | None = None,
) -> Iterator[ExportedTable]:
    """Write a Fiscal Data Package: the marts as CSV, and a descriptor, which comes last.

    Args:
        connection: A warehouse with marts.
        marts: Which of them.
        folder: Where to; created where missing.
        day: The day of its version; None for the day on which the warehouse was built.

    Raises:
        ExportError: The folder cannot be made.
    """
    names, labels = {mart.name for mart in marts}, read_labels(connection)
    resources = []
    for mart, table in zip(
        marts, export_files(connection, marts, folder / DATA, FileFormat.CSV), strict=True
    ):
        titles = (labels.name("table", mart.name, language) for language in Language)
        title = " ".join(dict.fromkeys(titles))
        filled = _filled(connection, mart)
        resources.append(_resource(mart, table, folder, names, filled, title))
        yield table
    descriptor = _descriptor(connection, resources, day)
    with written_whole(folder / DESCRIPTOR) as unfinished:
        text = json.dumps(descriptor, ensure_ascii=False, indent=2)
        unfinished.write_text(f"{text}\n", encoding="utf-8")


def _descriptor(
    connection: duckdb.DuckDBPyConnection,
    resources: list[dict[str, Any]],
    day: date | None,
) -> dict[str, Any]:
    software = metadata("juesuan")
    created = built_at(connection)
    version = day or created
    texts = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    as_of = f", as of {version:%Y-%m-%d}" if version else ""
    return {
        **texts,
        **({"version": f"{version:%Y.%m.%d}"} if version else {}),
        **({"created": f"{created:%Y-%m-%dT%H:%M:%SZ}"} if created else {}),
        "citation": texts["citation"].format(version=software["Version"], as_of=as_of),
        "sources": [*texts["sources"], *_sites(connection)],
        "software": {
            "title": software["Name"],
            "version": software["Version"],
            "license": software["License-Expression"],
        },
        "columnTypes": [TAXONOMY],
        "resources": resources,
    }


def _sites(connection: duckdb.DuckDBPyConnection) -> list[dict[str, str]]:
    """The sites that documents were fetched from, each with the first of its addresses."""
    found = connection.execute(SITES).fetchall()
    return [{"title": f"{site} ({count} documents)", "path": url} for site, count, url in found]


def _resource(
    mart: Mart, table: ExportedTable, folder: Path, names: set[str], filled: set[str], title: str
) -> dict[str, Any]:
    fiscal = FISCAL_TABLES.get(mart.name)
    key = list(mart.key)
    return {
        "profile": "tabular-data-resource",
        "name": mart.name,
        **_described(title, mart.meaning),
        "path": table.path.relative_to(folder).as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.path.stat().st_size,
        "hash": f"sha256:{digest_file(table.path)}",
        "rowCount": table.row_count,
        "schema": {
            "fields": [_field(mart, column, filled) for column in mart.columns],
            **({"extraFields": fiscal.extra_fields} if fiscal else {}),
            # A key of which parts may be empty is no primary key, and unique all the same.
            **({"primaryKey": key} if filled.issuperset(key) else {"uniqueKeys": [key]}),
            "foreignKeys": list(_foreign_keys(mart, names)),
            "missingValues": [""],
        },
    }


def _described(title: str, meaning: str) -> dict[str, str]:
    """What something is called and means, as far as the warehouse says."""
    said = {"title": title, "description": meaning}
    return {name: text for name, text in said.items() if text}


def _field(mart: Mart, column: Column, filled: set[str]) -> dict[str, Any]:
    fiscal_type = column_type(mart.name, column.name)
    phase = phase_of(mart.name, column.name)
    return {
        "name": column.name,
        **_type(column),
        **_described(column.name_zh, column.meaning),
        **({"columnType": fiscal_type} if fiscal_type else {}),
        **({"normalize": {PHASE: phase}} if phase else {}),
        **({"constraints": {"required": True}} if column.name in filled else {}),
    }


def _type(column: Column) -> dict[str, str]:
    if column.is_nested:
        return {"type": "array"}
    if column.data_type.startswith("DECIMAL"):
        return {"type": "number"}
    return TYPES.get(column.data_type, {"type": "integer"})


def _filled(connection: duckdb.DuckDBPyConnection, mart: Mart) -> set[str]:
    """The columns that must hold something and are empty in no row of the mart."""
    columns = [each for each in mart.columns if not each.is_nullable or each.name in mart.key]
    if not columns:
        return set()
    counts = ", ".join(
        f"count(*) filter (where coalesce(cast(\"{each.name}\" as varchar), '') = '')"
        for each in columns
    )
    found = connection.execute(f"select {counts} from {mart.relation}").fetchone()  # noqa: S608
    return {each.name for each, empty in zip(columns, found or (), strict=True) if not empty}


def _foreign_keys(mart: Mart, names: set[str]) -> Iterator[dict[str, Any]]:
    """The columns that hold keys of other marts of the package, or of the mart's own rows."""
    for column in mart.columns:
        reference = _reference(column.name)
        if reference is None or (mart.name, column.name) in {reference, *NO_REFERENCES}:
            continue
        target, key = reference
        if target in names:
            # A mart's own rows are referred to by an empty name.
            resource = "" if target == mart.name else target
            yield {"fields": [column.name], "reference": {"resource": resource, "fields": [key]}}


def _reference(column: str) -> tuple[str, str] | None:
    """The mart and column that a column's values are keys of, by its name."""
    found = (
        (target, key)
        for ending, target, key in REFERENCES
        if column == ending or column.endswith(f"_{ending}")
    )
    return next(found, None)
