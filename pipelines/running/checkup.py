"""Looks whether everything that juesuan needs is there, and says what to do where it is not.

Knows what a run, a night and pictures need of the machine, and how to find out without changing
anything. Does not know how any of it is shown, nor how a run does its work.
"""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import duckdb
from packaging.requirements import Requirement

from pipelines.acquiring.packed_archives import PackedKind, find_program
from pipelines.acquiring.raw_files import find_raw_files
from pipelines.acquiring.raw_store import RawStore, StoreUnwritableError
from pipelines.acquiring.site_catalogue import load_sites
from pipelines.domain.errors import ExplainedError
from pipelines.domain.messages import Text, counted_text, marked, system_text
from pipelines.exploring.drawings import find_font
from pipelines.reading.office import find_office
from pipelines.reading.scans.models import EXTRA, FIRST, SECOND, missing_parts
from pipelines.running.executing import ray_executor
from pipelines.running.written_places import (
    beside_warehouse,
    other_disks,
    refused_places,
    written_places,
)
from pipelines.settings import MEBIBYTE, Executor, Settings, no_setting
from pipelines.warehouse.drafts import draft_dir, draft_file
from pipelines.warehouse.room import LEAST_BYTES
from pipelines.warehouse.transforming import refuse_missing_project

OLDEST_PYTHON = (3, 11)
# Some of what answers consist of.
SIGNS = "决算 ≠ ≈ ← ×"
# What a small warehouse, dbt's own files and a log take beside each other.
LEAST_FREE_BYTES = 512 * MEBIBYTE
# What the process itself takes beside what DuckDB may use while it builds.
PROCESS_BYTES = 1024 * MEBIBYTE


class Health(StrEnum):
    """What a finding means."""

    WELL = marked("ok")
    ODD = marked("note")
    ILL = marked("mend")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing that juesuan needs.

    Attributes:
        subject: What was looked at.
        health: Whether it is well, worth a note, or prevents work.
        said: What was found; where it is not well, with what to do.
    """

    subject: str
    health: Health
    said: Text


Said = tuple[Health, Text]


def check_up(settings: Settings) -> Iterator[Finding]:
    """Look at everything, one thing after another; what cannot be looked at is a finding, too."""
    for subject, look in CHECKS.items():
        try:
            health, said = look(settings)
        except ExplainedError as error:
            health, said = Health.ILL, error.text
        except OSError as error:
            reason = system_text(error)
            health = Health.ILL
            said = Text("{file}: {reason}", {"file": error.filename or "", "reason": reason})
        except duckdb.Error as error:
            health, said = Health.ILL, Text("{error}", {"error": str(error).splitlines()[0]})
        yield Finding(subject, health, said)


def _python(_: Settings) -> Said:
    fields = {"version": platform.python_version(), "path": sys.executable}
    if sys.version_info < OLDEST_PYTHON:
        return Health.ILL, Text("{version}: too old, take 3.11 or newer ({path})", fields)
    return Health.WELL, Text("{version} ({path})", fields)


def _packages(_: Settings) -> Said:
    needed = [Requirement(each) for each in requires("juesuan") or ()]
    needed = [each for each in needed if each.marker is None or each.marker.evaluate()]
    amiss = [f"{each.name} {has}".strip() for each in needed if (has := _amiss(each)) is not None]
    if amiss:
        said = Text(
            "missing or of another version: {packages}; install requirements.lock again",
            {"packages": ", ".join(amiss)},
        )
        return Health.ILL, said
    return Health.WELL, Text(
        "juesuan {version}; all {count} packages that it needs",
        {"version": version("juesuan"), "count": len(needed)},
    )


def _amiss(needed: Requirement) -> str | None:
    """The version of a package that does not do, '' where it is missing; None where it does."""
    try:
        installed = version(needed.name)
    except PackageNotFoundError:
        return ""
    return None if needed.specifier.contains(installed, prereleases=True) else installed


def _settings(settings: Settings) -> Said:
    if unknown := settings.unknown_variables:
        return Health.ODD, no_setting(unknown[0])
    return Health.WELL, Text("every JUESUAN_ variable is a setting")


def _duckdb(_: Settings) -> Said:
    with duckdb.connect() as connection:
        connection.execute("select 1")
    return Health.WELL, Text("{version}", {"version": duckdb.__version__})


def _terminal(_: Settings) -> Said:
    fields = {"encoding": sys.stdout.encoding}
    try:
        SIGNS.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        said = Text(
            "writes {encoding}, in which not every sign can be shown: set PYTHONUTF8=1", fields
        )
        return Health.ODD, said
    return Health.WELL, Text("writes {encoding}", fields)


def _disk(settings: Settings) -> Said:
    place = beside_warehouse(settings)
    free = place.free_bytes
    file = settings.warehouse
    # A lake's files lie elsewhere, and a run works on none of them as a whole.
    size = file.stat().st_size if isinstance(file, Path) and file.exists() else 0
    # A run works on a copy, and DuckDB writes a third of it anew where it is loose.
    needed = 2 * size + LEAST_FREE_BYTES
    fields = {
        "folder": place.there,
        "free": free // MEBIBYTE,
        "needed": needed // MEBIBYTE,
    }
    if free < size + LEAST_FREE_BYTES // 2:
        said = Text(
            "{free:,} MiB free at {folder}, a run needs {needed:,} MiB: free some space", fields
        )
        return Health.ILL, said
    if free < needed:
        said = Text(
            "{free:,} MiB free at {folder}, a large run may need {needed:,} MiB: free some space",
            fields,
        )
        return Health.ODD, said
    return _other_disks(settings) or (Health.WELL, Text("{free:,} MiB free at {folder}", fields))


def _other_disks(settings: Settings) -> Said | None:
    """What is amiss with the fullest disk beside that of the warehouse, None where nothing is."""
    place = min(other_disks(settings), key=lambda each: each.free_bytes, default=None)
    if place is None or place.free_bytes >= LEAST_FREE_BYTES:
        return None
    said = Text(
        "{free:,} MiB free at {folder}, for {purpose}: free some space, or name a folder on "
        "another disk with {variable}",
        {
            "free": place.free_bytes // MEBIBYTE,
            "folder": place.there,
            "purpose": Text(place.purpose),
            "variable": place.variable,
        },
    )
    return Health.ILL if place.free_bytes < LEAST_BYTES else Health.ODD, said


def _writing(settings: Settings) -> Said:
    refused = refused_places(written_places(settings))
    fields = {
        "places": tuple(
            Text("{path} ({purpose})", {"path": place.there, "purpose": Text(place.purpose)})
            for place in refused
        ),
        "variables": tuple(filter(None, (place.variable for place in refused))),
    }
    if not refused:
        return Health.WELL, Text("this account may write wherever a run does")
    health = Health.ILL if any(place.is_needed for place in refused) else Health.ODD
    if not fields["variables"]:
        return health, Text("this account cannot write {places}: mend the rights (chown)", fields)
    return health, Text(
        "this account cannot write {places}: mend the rights (chown), or name other places with "
        "{variables}",
        fields,
    )


def _memory(settings: Settings) -> Said:
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    needed = settings.build_bytes + PROCESS_BYTES
    fields = {
        "whole": whole // MEBIBYTE,
        "needed": needed // MEBIBYTE,
        "jobs": settings.jobs,
    }
    if whole < needed:
        said = Text(
            "{whole:,} MiB, and a large build may need {needed:,} MiB: lower "
            "JUESUAN_BUILD_MEBIBYTES and JUESUAN_BUILD_DOCUMENTS",
            fields,
        )
        return Health.ODD, said
    return Health.WELL, Text("{whole:,} MiB; {jobs} reading processes", fields)


def _raw_dir(settings: Settings) -> Said:
    count = sum(1 for _ in find_raw_files(settings.raw_dir))
    files = counted_text("{count:,} file", "{count:,} files", count)
    fields = {"files": files, "raw_dir": settings.raw_dir, "folder": settings.store_dir}
    if not _can_fetch(settings):
        return Health.ODD, Text(
            "{files} under {raw_dir}: they are read, but nothing can be fetched into {folder}, "
            "which this account cannot write; mend the rights, or name another folder with "
            "JUESUAN_RAW",
            fields,
        )
    if not count:
        return Health.ODD, Text(
            "no files under {raw_dir} yet: put PDF or Word files there, or 'juesuan fetch'", fields
        )
    return Health.WELL, Text("{files} under {raw_dir}", fields)


def _can_fetch(settings: Settings) -> bool:
    try:
        RawStore(settings.store_dir).refuse_unwritable()
    except StoreUnwritableError:
        return False
    return True


def _archives(_: Settings) -> Said:
    programs = {kind: find_program(kind) for kind in PackedKind}
    missing = tuple(str(kind) for kind, program in programs.items() if program is None)
    if missing:
        # Nothing but such archives needs one.
        return Health.ODD, Text(
            "no program that unpacks {kinds}: where such archives are published, install one "
            "(apt install libarchive-tools)",
            {"kinds": missing},
        )
    listed = tuple(f"{kind}: {program.name}" for kind, program in programs.items() if program)
    return Health.WELL, Text("{programs}", {"programs": listed})


def _office(_: Settings) -> Said:
    program = find_office()
    if program is None:
        # Nothing but such files needs it.
        return Health.ODD, Text(
            "not installed: where .doc, .wps, .rtf or .odt files are published, install it "
            "(apt install libreoffice-writer-nogui)"
        )
    return Health.WELL, Text("{path}", {"path": program})


def _pictures(_: Settings) -> Said:
    if missing := missing_parts():
        # Nothing but scans and pictures needs it.
        return Health.ODD, Text(
            "scans and pictures are not read, for want of {missing}: where such files are "
            "published, install {extra}",
            {"missing": missing, "extra": EXTRA},
        )
    models = tuple(model.name for model in (FIRST, SECOND))
    return Health.WELL, Text("read by {models}", {"models": models})


def _executor(settings: Settings) -> Said:
    if settings.executor is Executor.PROCESSES:
        return Health.WELL, Text(
            "processes of this machine ({jobs}, JUESUAN_JOBS)", {"jobs": settings.jobs}
        )
    with ray_executor(settings, draft_dir(settings.warehouse)) as cluster:
        members = cluster.join()
    return Health.WELL, Text(
        "Ray {version} at {address}: {nodes}, {places} batches at a time",
        {
            "version": members.ray_version,
            "address": members.address,
            "nodes": counted_text("{count:,} node", "{count:,} nodes", members.node_count),
            "places": members.place_count,
        },
    )


def _dbt_project(settings: Settings) -> Said:
    refuse_missing_project(settings.dbt_project_dir)
    return Health.WELL, Text(
        "{folder}, dbt {version}",
        {"folder": settings.dbt_project_dir, "version": version("dbt-core")},
    )


def _warehouse(settings: Settings) -> Said:
    from pipelines.running.updating import standing_update
    from pipelines.warehouse.connection import is_there, open_for_reading
    from pipelines.warehouse.schema import has_current_staging_schema

    fields = {"warehouse": settings.warehouse}
    if not is_there(settings.warehouse):
        return Health.WELL, Text("none yet at {warehouse}: 'juesuan run' builds it", fields)
    with open_for_reading(settings.warehouse) as connection:
        is_current = has_current_staging_schema(connection)
    if not is_current:
        return Health.ODD, Text(
            "{warehouse} was made by another version: 'juesuan run' makes it anew", fields
        )
    if draft_file(settings.warehouse).exists():
        return Health.ODD, Text(
            "{warehouse} is whole; a run is under way, or was interrupted and 'juesuan run' goes "
            "on with it",
            fields,
        )
    if standing_update(settings) is None:
        return Health.ODD, Text(
            "{warehouse} is behind the files, the reader or the dbt project: 'juesuan run' brings "
            "it up to date",
            fields,
        )
    return Health.WELL, Text("{warehouse} is up to date", fields)


def _fonts(_: Settings) -> Said:
    try:
        path = find_font()[0]
    except ExplainedError as error:
        # Nothing but pictures needs it.
        return Health.ODD, error.text
    return Health.WELL, Text("{name}, for pictures", {"name": Path(path).name})


def _sites(settings: Settings) -> Said:
    sites = load_sites(settings.sites_dir)
    enabled = [name for name, site in sites.items() if site.enabled]
    if not enabled:
        return Health.WELL, Text(
            "none enabled, {count} examples: describe your own where files are to be fetched",
            {"count": len(sites)},
        )
    fields = {
        "count": len(enabled),
        "names": ", ".join(enabled),
        "variable": settings.unused_proxy,
    }
    # Without the raw directory nothing is read either: that is said of the raw files.
    if settings.raw_dir.is_dir():
        RawStore(settings.store_dir).refuse_unwritable()
    if not settings.contact:
        return Health.ODD, Text(
            "{count} enabled ({names}): set JUESUAN_CONTACT, so that their keepers can write to "
            "you",
            fields,
        )
    if settings.unused_proxy:
        return Health.ODD, Text(
            "{count} enabled ({names}); {variable} is not used for them: they must be reachable "
            "without a proxy",
            fields,
        )
    return Health.WELL, Text("{count} enabled ({names})", fields)


def _webhook(settings: Settings) -> Said:
    if settings.webhook is None:
        return Health.WELL, Text("not set: nobody is told of nights that fail")
    fields = {"host": settings.webhook.host, "program": settings.webhook.program}
    return Health.WELL, Text("{program} at {host}", fields)


CHECKS: dict[str, Callable[[Settings], Said]] = {
    marked("Python"): _python,
    marked("Packages"): _packages,
    marked("Settings"): _settings,
    marked("DuckDB"): _duckdb,
    marked("Terminal"): _terminal,
    marked("Disk"): _disk,
    marked("Writing"): _writing,
    marked("Memory"): _memory,
    marked("Executor"): _executor,
    marked("Raw files"): _raw_dir,
    marked("Archives"): _archives,
    marked("LibreOffice"): _office,
    marked("Pictures"): _pictures,
    marked("dbt project"): _dbt_project,
    marked("Warehouse"): _warehouse,
    marked("Fonts"): _fonts,
    marked("Sites"): _sites,
    marked("Webhook"): _webhook,
}
