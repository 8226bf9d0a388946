"""A small world for whole nights: a site of readable documents, a home, and the command."""

import hashlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.paths import PROJECT_DIR, SAMPLES_DIR
from tests.portal.sites import PublishedSite, published_sites

# Everything but when, and in which run, something happened; and the order of rows.
SETTLED_TABLES = """
    select table_schema, table_name
    from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema in ('staging', 'marts', 'intermediate')
        and table_name not in ('runs', 'builds', 'quality_history')
    order by all
"""
MOMENTS = {"loaded_at", "seen_at", "first_seen_at", "audited_at", "modified_ns"}


@dataclass(frozen=True, slots=True)
class Night:
    """How a night ended.

    Attributes:
        exit_code: Its exit code.
        output: What it said on standard output.
        complaints: And on standard error.
    """

    exit_code: int
    output: str
    complaints: str


def readable_contents(number: int) -> bytes:
    """One of the sample documents."""
    samples = sorted(path for path in SAMPLES_DIR.rglob("*") if path.suffix in (".pdf", ".docx"))
    return samples[number % len(samples)].read_bytes()


def readable_site(count: int) -> PublishedSite:
    """A site that publishes a few documents that can be read."""
    return published_sites(readable_contents, count, with_faults=False)[0]


def environment(home: Path, **more: str) -> dict[str, str]:
    """The variables of a home of its own."""
    return {
        **os.environ,
        "JUESUAN_HOME": str(home),
        "JUESUAN_SITES": "sites",
        "JUESUAN_DBT_PROJECT": str(PROJECT_DIR / "dbt_project"),
        **more,
    }


def command(*words: str | Path) -> list[str]:
    """The installed command with words."""
    return [str(Path(sys.executable).with_name("juesuan")), *map(str, words)]


def spend_night(home: Path, *words: str | Path, **more: str) -> Night:
    """Run ``juesuan nightly`` in a home."""
    finished = subprocess.run(
        command("nightly", *words),
        env=environment(home, **more),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Night(finished.returncode, finished.stdout, finished.stderr)


def warehouse_of(home: Path) -> Path:
    """The warehouse of a home."""
    return home / "data" / "warehouse" / "juesuan.duckdb"


def settled_state(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a warehouse that does not depend on when it was put there."""
    state = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for schema, table in connection.execute(SETTLED_TABLES).fetchall():
            described = connection.execute(f"describe {schema}.{table}").fetchall()
            columns = ", ".join(f'"{row[0]}"' for row in described if row[0] not in MOMENTS)
            rows = connection.execute(f"select {columns} from {schema}.{table}").fetchall()
            state[f"{schema}.{table}"] = sorted(rows, key=repr)
    return state


def new_home(folder: Path, site: PublishedSite) -> Path:
    """A home that knows one site and nothing else yet."""
    (folder / "sites").mkdir(parents=True)
    (folder / "data" / "raw").mkdir(parents=True)
    site.write_description(folder / "sites")
    return folder


def kill_night(home: Path, seconds: float) -> bool:
    """Begin a night and kill it after some seconds; return whether it was still under way."""
    night = subprocess.Popen(
        command("nightly"),
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        night.wait(seconds)
    except subprocess.TimeoutExpired:
        night.kill()
    return night.wait() == -signal.SIGKILL


def stray_parts(home: Path) -> list[Path]:
    """Files of the raw store that are not what their names say."""
    objects = home / "data" / "raw" / "fetched" / "objects"
    return [
        path
        for path in objects.rglob("*")
        if path.is_file()
        and not path.name.startswith(".")
        and hashlib.sha256(path.read_bytes()).hexdigest() != path.stem
    ]
