"""What ``deploy/compose.yaml`` starts, on this machine: its commands, its instance, PostgreSQL.

Without containers, and with the warehouse as a file: what Compose itself does is not tried.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

import duckdb
import pytest
import yaml

from tests.architecture.deployed import DEPLOY_DIR, content_of, text_of
from tests.dbt_copy import copy_dbt_project
from tests.lake_servers import PostgresServer, postgres_server, programs_of_postgres
from tests.paths import PROJECT_DIR, SAMPLES_DIR

pytest.importorskip("dagster_postgres", reason="juesuan[dagster-server] is not installed")
POSTGRES = programs_of_postgres()
pytestmark = pytest.mark.skipif(POSTGRES is None, reason="PostgreSQL is not installed")

SERVICES = content_of("compose.yaml")["services"]
STARTING_SECONDS, RUN_SECONDS = 120, 400
LAST_WORDS = 1500
ENDED = {"SUCCESS", "FAILURE", "CANCELED"}
LAUNCH = """
    mutation ($job: String!) {
        launchRun(
            executionParams: {
                selector: {
                    repositoryLocationName: "juesuan"
                    repositoryName: "__repository__"
                    jobName: $job
                }
                runConfigData: {}
            }
        ) {
            __typename
            ... on LaunchRunSuccess { run { runId } }
        }
    }
"""
RUN = """
    query ($run: ID!) {
        runOrError(runId: $run) { ... on Run { status startTime endTime } }
    }
"""


@dataclass(frozen=True, slots=True)
class Deployment:
    """The three services at work.

    Attributes:
        home: What the container's ``/srv/juesuan`` is.
        url: Where the webserver answers.
    """

    home: Path
    url: str

    def ask(self, query: str, **variables: str) -> dict[str, Any]:
        """What the webserver answers to a question."""
        asked = urllib.request.Request(  # noqa: S310 - of this machine
            f"{self.url}/graphql",
            data=json.dumps({"query": query, "variables": variables}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            return json.load(answer)["data"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def in_time(home: Path, seconds: float, is_so: Callable[[], bool]) -> None:
    """Wait until something is so; where it takes too long, tell what the services said last."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, {
            log.name: log.read_text(errors="replace")[-LAST_WORDS:] for log in home.glob("*.log")
        }
        time.sleep(1)


@contextmanager
def service(name: str, home: Path, ports: dict[str, int], told: dict[str, str]) -> Iterator[None]:
    """A service's command, with the paths and ports of this machine."""
    program, *words = SERVICES[name]["command"]
    words = [word.replace("/srv/juesuan", str(home)) for word in words]
    for option, value in (("--port", str(ports.get(name))), ("--host", "127.0.0.1")):
        if option in words:
            words[words.index(option) + 1] = value
    with (home / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [Path(sys.executable).with_name(program), *words],
            cwd=home,
            env=told,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=60)


def variables(home: Path, database: PostgresServer) -> dict[str, str]:
    """Those of the services, where they are the same here; and those of this test run."""
    for_containers = SERVICES["code"]["environment"]
    assert {"PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "DAGSTER_HOME"} <= set(for_containers)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUESUAN_")}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(
            filter(None, (str(PROJECT_DIR), os.environ.get("PYTHONPATH")))
        ),
        "PGHOST": "127.0.0.1",
        "PGPORT": str(database.port),
        "PGUSER": "postgres",
        "PGPASSWORD": "not asked for",
        "DAGSTER_HOME": str(home / "dagster"),
        "JUESUAN_HOME": str(home),
        "JUESUAN_DBT_PROJECT": "dbt_project",
        "JUESUAN_JOBS": "1",
    }


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """Everything but the object store, with one document to read."""
    home = tmp_path_factory.mktemp("srv")
    raw = home / "data" / "raw"
    raw.mkdir(parents=True)
    shutil.copy(min(SAMPLES_DIR.glob("*.docx")), raw)
    copy_dbt_project(home)
    (home / "dagster").mkdir()
    shutil.copy(DEPLOY_DIR / "dagster.yaml", home / "dagster")
    ports = {"code": free_port(), "webserver": free_port()}
    workspace = yaml.safe_load(text_of("workspace.yaml"))
    (server,) = workspace["load_from"]
    server["grpc_server"] |= {"host": "127.0.0.1", "port": ports["code"]}
    (home / "dagster" / "workspace.yaml").write_text(yaml.safe_dump(workspace), encoding="utf-8")
    assert POSTGRES is not None
    with ExitStack() as stack:
        database = stack.enter_context(postgres_server(POSTGRES))
        database.call(
            *("createdb", "-h", "127.0.0.1", "-p", str(database.port), "-U", "postgres", "dagster")
        )
        told = variables(home, database)
        stack.enter_context(service("code", home, ports, told))
        in_time(home, STARTING_SECONDS, lambda: answers(ports["code"]))
        for name in ("webserver", "daemon"):
            stack.enter_context(service(name, home, ports, told))
        deployed = Deployment(home, f"http://127.0.0.1:{ports['webserver']}")
        in_time(home, STARTING_SECONDS, lambda: answers(ports["webserver"]))
        yield deployed


def ended(deployment: Deployment, run: str) -> dict[str, Any] | None:
    """A run that has ended, None while it has not."""
    try:
        found = deployment.ask(RUN, run=run)["runOrError"]
    except (URLError, TimeoutError):  # a busy machine answers the next time
        return None
    return found if found.get("status") in ENDED else None


def test_two_builds_asked_for_at_once_work_one_after_the_other(deployment):
    launched = [deployment.ask(LAUNCH, job="build_warehouse")["launchRun"] for _ in range(2)]
    assert {each["__typename"] for each in launched} == {"LaunchRunSuccess"}
    runs = [each["run"]["runId"] for each in launched]
    in_time(deployment.home, RUN_SECONDS, lambda: all(ended(deployment, run) for run in runs))
    found = sorted((ended(deployment, run) for run in runs), key=lambda run: run["startTime"])
    assert [run["status"] for run in found] == ["SUCCESS", "SUCCESS"]
    first, second = found
    assert first["endTime"] <= second["startTime"]
    warehouse = deployment.home / "data" / "warehouse" / "juesuan.duckdb"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        assert connection.sql("select count(*) from marts.dim_documents").fetchall() == [(1,)]
        assert connection.sql("select count(*) from staging.runs").fetchall() == [(1,)]


def test_runs_and_events_are_kept_in_postgresql_and_not_beside_it(deployment):
    kept = {path.name for path in (deployment.home / "dagster").rglob("*")}
    assert not [name for name in kept if name.endswith(".db")]
