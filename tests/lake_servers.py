"""A PostgreSQL server of the tests' own, for the catalogues of lakes."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

NUMBERS = count(1)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server that answers on the loopback.

    Attributes:
        programs: Folder of its programs.
        account: Before a program of its, so that it does not run as root.
        folder: Of its data.
        port: Where it answers.
    """

    programs: Path
    account: tuple[str, ...]
    folder: Path
    port: int

    def new_database(self) -> str:
        """Make an empty database; how DuckLake is told of it."""
        name = f"lake{next(NUMBERS)}"
        self.call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", name)
        return f"dbname={name} host=127.0.0.1 port={self.port} user=postgres"

    def call(self, program: str, *arguments: str) -> None:
        """Call a program of PostgreSQL's, as its account."""
        called = [*self.account, str(self.programs / program), *arguments]
        # What it writes is not waited for: the server that it starts would keep it open.
        subprocess.run(
            called,
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def programs_of_postgres() -> Path | None:
    """Where PostgreSQL is installed, as Debian has it or on the path; None where it is not."""
    of_debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = of_debian[-1] if of_debian else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def postgres_server(programs: Path) -> Iterator[PostgresServer]:
    """A server for as long as it is needed, and nothing of it afterwards."""
    account = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    with tempfile.TemporaryDirectory(prefix="juesuan-postgres-") as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, "postgres")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = PostgresServer(programs, account, folder, port)
        data = str(folder / "data")
        server.call("initdb", "-D", data, "-A", "trust", "-U", "postgres")
        # Nothing has to outlive a crash of the machine.
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = str(folder / "log")
        server.call("pg_ctl", "-D", data, "-w", "-o", options, "-l", log, "start")
        try:
            yield server
        finally:
            server.call("pg_ctl", "-D", data, "-m", "immediate", "stop")
