"""A small world for whole nights: a site of readable documents, a home, and the command."""

import hashlib
import os
import re
import signal
import subprocess
import threading
import time
from enum import IntEnum
from pathlib import Path
from typing import Self

import duckdb

from tests.forked_commands import INSTALLED, Answer, run_command
from tests.paths import PROJECT_DIR, SAMPLES_DIR
from tests.portal.server import wait_for
from tests.portal.sites import PublishedSite, published_sites

# Everything but when, and in which run, something happened; and the order of rows.
SETTLED_TABLES = """
    select table_schema, table_name
    from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema in ('staging', 'marts', 'intermediate')
        and table_name not in ('runs', 'builds', 'built_documents', 'quality_history')
    order by all
"""
MOMENTS = {"loaded_at", "seen_at", "first_seen_at", "audited_at", "modified_ns"}


class Phase(IntEnum):
    """What a night is at."""

    START = 0
    FETCH = 1
    READ = 2
    LOAD = 3  # from the first document that is loaded; others are still being read
    BUILD = 4  # dbt, auditing, dbt once more
    PUBLISH = 5
    END = 6


# What the command says when a phase begins; loading is seen by what is written instead.
OPENINGS = {
    "Fetching from": Phase.FETCH,
    "  [a-z_]+: ": Phase.READ,
    "Building": Phase.BUILD,
    "Publishing": Phase.PUBLISH,
}


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
    return [str(INSTALLED), *map(str, words)]


def spend_night(home: Path, *words: str | Path, **more: str) -> Answer:
    """Run ``juesuan nightly`` in a home."""
    return run_command(("nightly", *words), environment(home, **more), PROJECT_DIR)


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


def phase_lengths(home: Path) -> dict[Phase, float]:
    """Spend a night, and return how many seconds each of its phases took."""
    with _Watched(home) as night:
        night.wait_for(Phase.END)
    assert night.process.returncode == 0, night.lines
    ended = [*[began for began, _ in night.phases[1:]], night.ended]
    return {phase: end - began for (began, phase), end in zip(night.phases, ended, strict=True)}


def kill_night(home: Path, phase: Phase, seconds: float, *, with_children: bool) -> Phase:
    """Begin a night and kill it some seconds into a phase.

    Args:
        home: Where.
        phase: The phase; where the night skips it, the one that follows.
        seconds: How long after it began; while loading, at the next moment of writing.
        with_children: Whether its children are killed with it, or left to find out.

    Returns:
        The phase it was in when it died, ``END`` where it had ended before.
    """
    with _Watched(home) as night:
        night.wait_for(phase)
        night.wait_for(Phase.END, at_most=seconds)
        if phase is Phase.LOAD:
            night.wait_for_writing()
        died_in = night.phases[-1][1]
        if with_children:
            os.killpg(night.process.pid, signal.SIGKILL)
        else:
            night.process.kill()
    return died_in if night.process.returncode == -signal.SIGKILL else Phase.END


def survivors(group: int) -> list[int]:
    """Processes of a group that live."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, process_group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(process_group) == group and state != "Z":
            found.append(int(folder.name))
    return found


class _Watched:
    """A night under way, in a process group of its own, and the phases it has come to."""

    def __init__(self, home: Path) -> None:
        warehouse = warehouse_of(home)
        self.log = warehouse.with_name(f"{warehouse.stem}.draft") / f"{warehouse.name}.wal"
        self.began = time.monotonic()
        self.ended = 0.0
        self.lines: list[str] = []
        self.phases: list[tuple[float, Phase]] = [(0.0, Phase.START)]
        self.process = subprocess.Popen(
            command("nightly"),
            env=environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )
        self.listener = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        self.listener.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.wait()
        self.ended = time.monotonic() - self.began
        # Children that were left alive hold the pipe until they find out that they are alone.
        wait_for(lambda: not survivors(self.process.pid), seconds=60)
        self.listener.join()
        if self.process.stderr is not None:
            self.process.stderr.close()

    def wait_for(self, phase: Phase, at_most: float = 3600) -> None:
        """Wait until a phase, or one after it, has begun, or the night has ended."""
        deadline = time.monotonic() + at_most
        while (
            self.process.poll() is None
            and self.phases[-1][1] < phase
            and time.monotonic() < deadline
        ):
            if self.phases[-1][1] is Phase.READ and self._written():
                self._begin(Phase.LOAD)
            time.sleep(0.002)

    def wait_for_writing(self) -> None:
        """Wait for the next write to the draft, or the end of loading."""
        before = self._written()
        while self.phases[-1][1] is Phase.LOAD and self._written() == before:
            time.sleep(0.0005)

    def _written(self) -> int:
        try:
            return self.log.stat().st_size
        except OSError:
            return 0

    def _begin(self, phase: Phase) -> None:
        if phase > self.phases[-1][1]:
            self.phases.append((time.monotonic() - self.began, phase))

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line)
            for opening, phase in OPENINGS.items():
                if re.match(opening, line):
                    self._begin(phase)


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
