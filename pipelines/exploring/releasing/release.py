"""Writes a release: a dated folder with everything that others need, and never half of one.

Knows which files a release has and how releases of a folder are told from each other. Does not know
how any of the files is made, nor what day it is.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import duckdb
from jinja2 import Environment, PackageLoader

from pipelines.acquiring.digests import digest_file
from pipelines.acquiring.own_files import RELEASE_MARK, is_release, mark_release
from pipelines.domain.languages import Language
from pipelines.exploring.answers.headline import read_headline
from pipelines.exploring.comparisons import grouped
from pipelines.exploring.discrepancies import list_discrepancies, of_counted
from pipelines.exploring.exporting.files import (
    ExportedTable,
    FileFormat,
    export_files,
    make_folder,
)
from pipelines.exploring.exporting.package import export_package
from pipelines.exploring.exporting.tables import ExportError, list_marts
from pipelines.exploring.exporting.workbook import WORKBOOK, export_workbook
from pipelines.exploring.labels import Labels, Names, read_labels
from pipelines.exploring.releasing.changes import (
    Changes,
    change_tables,
    compare,
    missing_columns,
)
from pipelines.exploring.reports import as_html, report_documents

RELEASE_NAME = re.compile(r"juesuan-(?P<day>\d{4}-\d{2}-\d{2})")
PARQUET, CHANGES = "parquet", "changes"
REPORT, SUMS = "discrepancies.html", "SHA256SUMS"
TEMPLATES = {
    "README.md": "release_readme.en.md.j2",
    "README.zh-CN.md": "release_readme.zh.md.j2",
    "CHANGES.md": "release_changes.md.j2",
    "CITATION.cff": "release_citation.cff.j2",
}


class ReleaseExistsError(ExportError):
    """There is a release of that day, or something else of its name."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was written.

    Attributes:
        path: Its folder.
        tables: Its tables, as Parquet.
        earlier: The release it was compared with, None where it is the first of its folder.
        changes: What changed since then, None where there is none to compare with, or it cannot
            be compared.
        incomparable: What the earlier one lacks to be compared.
        has_replaced: Whether it took the place of another of the same day.
    """

    path: Path
    tables: tuple[ExportedTable, ...]
    earlier: Path | None
    changes: Changes | None
    incomparable: tuple[str, ...]
    has_replaced: bool


def write_release(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    day: date,
    *,
    raw_dir: Path,
    language: Language,
    may_replace: bool = False,
) -> Release:
    """Write the state of a warehouse into a folder of its day, compared with the release before.

    It is written beside its place and moved there once it is whole.

    Args:
        connection: A warehouse with marts.
        folder: Where the releases are; created where missing.
        day: The day of the release.
        raw_dir: Where the published files lie, for the pictures of the report.
        language: Of the workbook.
        may_replace: Whether a release of the same day may be replaced.

    Raises:
        ReleaseExistsError: There is a release of that day and it may not be replaced, or what has
            its name is no release.
        ExportError: A folder cannot be made.
    """
    target = folder / f"juesuan-{day:%Y-%m-%d}"
    _refuse_to_overwrite(target, may_replace=may_replace)
    unfinished = folder / f".{target.name}.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    make_folder(unfinished)
    try:
        mark_release(unfinished)
        earlier = latest_release(folder, before=day)
        release = _write(connection, unfinished, target, earlier, day, raw_dir, language)
        _put_in_place(unfinished, target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return release


def latest_release(folder: Path, before: date) -> Path | None:
    """The latest release of an earlier day in a folder, None where there is none."""
    found = [
        (day, path)
        for path in folder.iterdir()
        if (day := _day_of(path)) and day < before and is_release(path)
    ]
    return max(found)[1] if found else None


def _day_of(path: Path) -> date | None:
    named = RELEASE_NAME.fullmatch(path.name)
    try:
        return date.fromisoformat(named["day"]) if named else None
    except ValueError:
        return None


def _refuse_to_overwrite(target: Path, *, may_replace: bool) -> None:
    if not target.exists():
        return
    if not is_release(target):
        raise ReleaseExistsError(
            "{target} exists and is no release: move it away, or name another folder",
            target=target,
        )
    if not may_replace:
        raise ReleaseExistsError(
            "there is a release of this day, {target}: --replace writes it anew",
            target=target,
        )


def _put_in_place(unfinished: Path, target: Path) -> None:
    """Move a whole release to its place; the one that was there goes once it has been replaced."""
    if not target.exists():
        unfinished.rename(target)
        return
    replaced = target.with_name(f".{target.name}.old")
    shutil.rmtree(replaced, ignore_errors=True)
    target.rename(replaced)
    unfinished.rename(target)
    shutil.rmtree(replaced)


def _write(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    target: Path,
    earlier: Path | None,
    day: date,
    raw_dir: Path,
    language: Language,
) -> Release:
    marts = list_marts(connection)
    labels = read_labels(connection)
    tables = tuple(export_files(connection, marts, folder / PARQUET, FileFormat.PARQUET))
    list(export_package(connection, marts, folder, day))
    export_workbook(connection, marts, folder / WORKBOOK, language)
    report = report_documents(connection, of_counted(list_discrepancies(connection)), raw_dir)
    (folder / REPORT).write_text(as_html(report, Names(labels, language)), encoding="utf-8")
    incomparable = tuple(missing_columns(connection, earlier / PARQUET)) if earlier else ()
    changes = compare(connection, earlier / PARQUET) if earlier and not incomparable else None
    if changes:
        for file_format in FileFormat:
            list(export_files(connection, change_tables(connection), folder / CHANGES, file_format))
    release = Release(target, tables, earlier, changes, incomparable, target.exists())
    _write_texts(folder, release, day, labels, read_headline(connection).document_count)
    _write_sums(folder)
    return release


def _write_texts(
    folder: Path, release: Release, day: date, labels: Labels, document_count: int
) -> None:
    environment = Environment(
        loader=PackageLoader("pipelines.exploring"),
        autoescape=False,  # noqa: S701 - Markdown and YAML, not HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"amount": grouped, "cell": _cell, "place": _place}
    for name, template in TEMPLATES.items():
        text = environment.get_template(template).render(
            release=release,
            day=day,
            version=version("juesuan"),
            document_count=document_count,
            rows={table.name: table.row_count for table in release.tables},
            labels=labels,
            zh=Language.ZH,
            en=Language.EN,
        )
        (folder / name).write_text(text, encoding="utf-8")


def _cell(value: object) -> str:
    """A value in a cell of a Markdown table; texts are strangers', so nothing in them is markup."""
    text = "" if value is None else str(value)
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", re.sub(r"\s+", " ", text))


def _place(row: dict[str, object]) -> str:
    """Where a figure is printed."""
    return f"p. {row['page']}" if row["page"] else _cell(row["cell_path"])


def _write_sums(folder: Path) -> None:
    """Write the digests of all files, as ``sha256sum --check`` reads them."""
    lines = (
        f"{digest_file(path)}  {path.relative_to(folder).as_posix()}" for path in _files(folder)
    )
    (folder / SUMS).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _files(folder: Path) -> Iterator[Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    yield from sorted(path for path in files if path.name != RELEASE_MARK)
