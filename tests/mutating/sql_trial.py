"""Tries mutants of the dbt project against its tests, by building only what each can change.

Every build of ``tests/integration/dbt`` is made once and kept, with what was staged for it. A
mutant is first put to the unit tests of the models that it is in. Where these pass, the models that
it changes are built anew in each kept warehouse, and what reads them only as long as rows differ.
The tests of a warehouse run where rows do, on what was rebuilt: what a whole build would have made.

Knows dbt's manifest, how the tests call dbt, and SQL as dbt compiles it. Does not know what a model
means. Nothing on disk is changed: mutants live in the parsed project and in copies of warehouses.
"""

import json
import os
import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt_common.exceptions import DbtBaseException

from pipelines.warehouse.written_in import hasten_dbt
from tests.integration.dbt import built
from tests.mutating.dbt_directly import DirectDbt, LaidOut, forget_compiled
from tests.mutating.mutants import Mutant, Outcome, Verdict
from tests.mutating.seed_mutants import seed_mutants
from tests.mutating.sql_mutants import sql_mutants
from tests.paths import PROJECT_DIR

DBT_DIR = PROJECT_DIR / "dbt_project"
TESTS_DIR = PROJECT_DIR / "tests" / "integration" / "dbt"
# The warehouse in which every model is built and every unit test runs.
WHOLE = "test_build"
# Breaking every identity takes longest: its documents follow from what holds.
LONGEST = "test_identities_break"
# What the lists of identities say is recorded here.
OF_SEEDS = ("test_terms",)
NAME = "juesuan.duckdb"
# What says which identities hold, and the macros that no identity is written with.
MODELS = ("identities", "intermediate", "auditing")
OTHER_MACROS = ("chinese_views", "comments", "generate_schema_name", "labelled_columns")
SEEDS = ("identities/*.csv", "prose/stated_cells.csv")
LONGEST_REBUILD = 60.0
STAGED = """
    select table_name from duckdb_tables()
    where database_name = current_database() and schema_name = 'staging' order by table_name
"""


@dataclass(slots=True)
class Kept:
    """One build that tests asked for.

    Attributes:
        folder: Where the warehouse is kept as it was built.
        module: The test module that asked.
        staged: A digest of what was staged.
        statuses: How each node of the build ended.
    """

    folder: Path
    module: str
    staged: str
    statuses: dict[str, str]

    @property
    def warehouse(self) -> Path:
        """The warehouse as it was built."""
        return self.folder / NAME


@dataclass(slots=True)
class Change:
    """A mutant as the database sees it.

    Attributes:
        compiled: The SQL of nodes that differs, by their ids.
        statement: What is done to a seed.
        seed: The id of that seed.
    """

    compiled: dict[str, str] = field(default_factory=dict)
    statement: str = ""
    seed: str = ""


def sql_files_mutants() -> list[Mutant]:
    """Every mutant of the models that evaluate identities, and of the macros they are of."""
    files = [path for folder in MODELS for path in (DBT_DIR / "models" / folder).rglob("*.sql")]
    files += [p for p in (DBT_DIR / "macros").glob("*.sql") if p.stem not in OTHER_MACROS]
    return [
        mutant
        for path in sorted(files)
        for mutant in sql_mutants(
            path.relative_to(PROJECT_DIR).as_posix(), path.read_text(encoding="utf-8")
        )
    ]


def seed_files_mutants() -> list[Mutant]:
    """Every mutant of the catalogue of identities and of what the prose is compared with."""
    files = [path for pattern in SEEDS for path in (DBT_DIR / "seeds").glob(pattern)]
    return [
        mutant
        for path in sorted(files)
        for mutant in seed_mutants(
            path.relative_to(PROJECT_DIR).as_posix(), path.read_text(encoding="utf-8")
        )
    ]


class CannotBuildError(Exception):
    """A mutant's model cannot be built of some rows, as a build would report."""


class TakesTooLongError(Exception):
    """A mutant's model cannot be built of few rows within reason: it joins all with all."""


@contextmanager
def _ended_after(seconds: float, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Interrupt a connection's query once the time is over."""
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def kept_builds(work_dir: Path, state: str) -> list[Kept]:
    """Every build of the test modules, made unless it is kept from before.

    Args:
        work_dir: Where builds are kept.
        state: A digest of the project: of another, builds are others too.
    """
    folder = work_dir / "builds"
    record = folder / "builds.json"
    kept = json.loads(record.read_text()) if record.is_file() else {}
    if kept.get("state") != state:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        recorder = Recorder(folder)
        with recorder.recording():
            answer = pytest.main(["-q", "-p", "no:cacheprovider", str(TESTS_DIR)])
        if answer != pytest.ExitCode.OK:
            raise SystemExit("mutate: tests/integration/dbt fails without any change")
        builds = [[k.folder.name, k.module, k.staged, k.statuses] for k in recorder.kept]
        kept = {"state": state, "builds": builds}
        record.write_text(json.dumps(kept))
    # Parsed here and kept, so that no process has to.
    os.environ["JUESUAN_WAREHOUSE_PATH"] = str(folder / NAME)
    built._parse(str(DBT_DIR))
    return [
        Kept(folder / name, module, staged, statuses)
        for name, module, staged, statuses in kept["builds"]
    ]


def begin(
    kept: Sequence[Kept], work_dir: Path, kind: str, number: int
) -> Callable[[Mutant], Outcome]:
    """Make what tries mutants of a kind in a process, which has a number."""
    trial = SqlTrial(kept, work_dir / f"scratch-{number}")
    return trial.try_seed if kind == "seeds" else trial.try_mutant


class SqlTrial:
    """The dbt project, the builds that tests make of it, and a way to try changes."""

    def __init__(self, kept: Sequence[Kept], scratch: Path) -> None:
        """Take up what the tests build.

        Args:
            kept: The builds.
            scratch: Where this process alone may write.
        """
        self.kept = kept
        self.scratch = scratch
        hasten_dbt()
        whole = next(each for each in kept if each.module == WHOLE)
        for place in (scratch, scratch / "whole"):
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(whole.warehouse, place / NAME)
        self._connection = duckdb.connect(str(scratch / "whole" / NAME))
        self._connection.execute("set threads = 1")
        os.environ["JUESUAN_WAREHOUSE_PATH"] = str(scratch / NAME)
        self.manifest = built._parse(str(DBT_DIR))
        self.manifest.build_parent_and_child_maps()
        self._parents: dict[str, list[str]] = self.manifest.parent_map
        self._children: dict[str, list[str]] = self.manifest.child_map
        self.direct = DirectDbt(self.manifest, DBT_DIR, scratch)
        with self.direct.at_work():
            self._sql = self._compiled(self._written_into(self.manifest.nodes))
        self._order = self._in_order()

    # The project.

    def _in_order(self) -> list[str]:
        """Models that are tables or views, and tests of rows, parents first."""
        order: list[str] = []
        seen: set[str] = set()

        def visit(key: str) -> None:
            if key in seen or key not in self._parents:
                return
            seen.add(key)
            for parent in self._parents[key]:
                visit(parent)
            order.append(key)

        for key in sorted(self.manifest.nodes):
            visit(key)
        return [key for key in order if key in self._sql]

    def _is_ephemeral(self, key: str) -> bool:
        return bool(self.manifest.nodes[key].config.materialized == "ephemeral")

    def read_by(self, key: str) -> set[str]:
        """The seeds and models that a node reads, through those that are written into it."""
        found: set[str] = set()
        for parent in self._parents.get(key, ()):
            if parent in self.manifest.nodes and self._is_ephemeral(parent):
                found |= self.read_by(parent)
            else:
                found.add(parent)
        return found

    def node_of(self, path: str) -> str | None:
        """The node that a file holds; None for macros."""
        inside = path.removeprefix("dbt_project/")
        return next(
            (k for k, node in self.manifest.nodes.items() if node.original_file_path == inside),
            None,
        )

    def macros_of(self, path: str) -> list[str]:
        """The macros that a file holds."""
        inside = path.removeprefix("dbt_project/")
        return [k for k, m in self.manifest.macros.items() if m.original_file_path == inside]

    def _users_of(self, macros: Iterable[str]) -> set[str]:
        """The nodes into which macros write, also through other macros."""
        using = set(macros)
        while more := {
            key
            for key, macro in self.manifest.macros.items()
            if key not in using and using & set(macro.depends_on.macros)
        }:
            using |= more
        return {
            key
            for key, node in self.manifest.nodes.items()
            if node.resource_type in ("model", "test") and using & set(node.depends_on.macros)
        }

    def changed_nodes(self, path: str) -> set[str]:
        """The nodes whose own SQL a file takes part in."""
        node = self.node_of(path)
        return {node} if node else self._users_of(self.macros_of(path))

    def _written_into(self, keys: Iterable[str]) -> set[str]:
        """Nodes, and all whose compiled SQL holds that of these."""
        found: set[str] = set()
        waiting = [*keys]
        while waiting:
            key = waiting.pop()
            node = self.manifest.nodes.get(key)
            if node and node.resource_type in ("model", "test") and key not in found:
                found.add(key)
                waiting += self._children[key] if self._is_ephemeral(key) else ()
        return found

    def _compiled(self, keys: Collection[str]) -> dict[str, str]:
        """The SQL of those models and tests that are not written into others, as it is now."""
        for key in keys:
            forget_compiled(self.manifest.nodes[key])
        return {
            key: self.direct.compiled(self.manifest.nodes[key])
            for key in keys
            if not self._is_ephemeral(key)
        }

    # A change.

    @contextmanager
    def _mutated(self, path: str, before: str, after: str) -> Iterator[None]:
        """The parsed project with one file changed."""
        node = self.node_of(path)
        if node:
            holder = self.manifest.nodes[node]
            raw = holder.raw_code
            holder.raw_code = after.strip()
            try:
                yield
            finally:
                holder.raw_code = raw
            return
        was = {key: self.manifest.macros[key].macro_sql for key in self.macros_of(path)}
        for key, sql in was.items():
            place = before.find(sql)
            rest = len(before) - place - len(sql)
            self.manifest.macros[key].macro_sql = self._changed_part(before, after, place, rest)
        try:
            yield
        finally:
            for key, sql in was.items():
                self.manifest.macros[key].macro_sql = sql

    @staticmethod
    def _changed_part(before: str, after: str, place: int, rest: int) -> str:
        """A macro's text after a change of its file, whether the change is in it or beside it."""
        same = next(
            (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before)
        )
        moved = len(after) - len(before)
        begin = place if same >= place else place + moved
        end = len(after) - rest if same < len(before) - rest else len(after) - rest - moved
        return after[begin:end]

    # Trying.

    def try_mutant(self, mutant: Mutant) -> Outcome:
        """Put a mutant of a model or of macros to the tests."""
        text = (PROJECT_DIR / mutant.path).read_text(encoding="utf-8")
        changed = self.changed_nodes(mutant.path)
        holders = self._written_into(changed)
        models = [k for k in changed if self.manifest.nodes[k].resource_type == "model"]
        with self.direct.at_work():
            tests = self.direct.lay_out(models, self._connection)
            with self._mutated(mutant.path, text, mutant.applied_to(text)):
                try:
                    compiled = self._compiled(holders)
                    different = {k: sql for k, sql in compiled.items() if sql != self._sql.get(k)}
                    if not different or not self._binds(different):
                        return Outcome(Verdict.INVALID)
                    if failed := self._failing(tests, different):
                        return Outcome(Verdict.NOTICED, failed)
                except DbtBaseException:
                    return Outcome(Verdict.INVALID)
                finally:
                    for key in holders:
                        forget_compiled(self.manifest.nodes[key])
        return self._try_builds(Change(different))

    def try_seed(self, mutant: Mutant) -> Outcome:
        """Put a mutant of a seed to the tests of warehouses."""
        text = mutant.applied_to((PROJECT_DIR / mutant.path).read_text(encoding="utf-8"))
        key = self.node_of(mutant.path)
        assert key is not None
        changed = self.scratch / "seed.csv"
        changed.write_text(text, encoding="utf-8")
        table = self.manifest.nodes[key].relation_name
        statement = f"""
            delete from {table};
            insert into {table} by name
            select * from read_csv('{changed}', header = true, all_varchar = true, quote = '"')
        """
        return self._try_builds(Change(statement=statement, seed=key))

    def _binds(self, compiled: Mapping[str, str]) -> bool:
        """Whether the database understands all of it."""
        for sql in compiled.values():
            try:
                self._connection.execute(f"explain {sql}")
            except duckdb.Error:
                return False
        return True

    def _failing(self, tests: Sequence[LaidOut], different: Mapping[str, str]) -> str:
        """The first test that fails of those that bring their own rows; empty where none does."""
        for test in tests:
            try:
                if self.direct.is_failing(test, self._connection):
                    return f"unit test {test.name}"
            except duckdb.Error as error:
                return f"unit test {test.name}: {error}"
        for key, sql in different.items():
            node = self.manifest.nodes[key]
            if (
                node.resource_type == "test"
                and not self._parents[key]
                and self._connection.execute(f"from ({sql}\n) limit 1").fetchall()
            ):
                return f"test {node.name}"
        return ""

    def _try_builds(self, change: Change) -> Outcome:
        """Put a change to the tests of one module after another, where its rows differ."""
        differing: dict[str, list[str]] = {}
        for module in self._modules_for(change):
            try:
                found = (
                    self._differing(kept, change) for kept in self.kept if kept.module == module
                )
                names = next(filter(None, found), [])
            except CannotBuildError as error:
                return Outcome(Verdict.NOTICED, f"{module}: {error}")
            except TakesTooLongError:
                return Outcome(Verdict.INVALID)
            if names and (failed := self._failed_in(module, change)):
                return Outcome(Verdict.NOTICED, failed)
            if names:
                differing[module] = names
        where = "; ".join(f"{module}: {', '.join(names)}" for module, names in differing.items())
        return Outcome(Verdict.SURVIVED, f"rows differ in {where}" if where else "no row differs")

    def _modules_for(self, change: Change) -> Sequence[str]:
        """The test modules, those first that are likeliest to notice, and the longest last."""
        modules = dict.fromkeys(kept.module for kept in self.kept)
        return sorted(
            modules,
            key=lambda module: (module == LONGEST, bool(change.seed) and module not in OF_SEEDS),
        )

    def _failed_in(self, module: str, change: Change) -> str:
        """The first test of a module that fails with a change, empty where none does."""
        replay = Replay(self, change)
        with replay.replaying():
            answer = pytest.main(
                [
                    *("-q", "-x", "-p", "no:cacheprovider", "--no-header", "--tb=no"),
                    str(TESTS_DIR / f"{module}.py"),
                ],
                plugins=[replay],
            )
        return "" if answer == pytest.ExitCode.OK else replay.failed or module

    def _differing(self, kept: Kept, change: Change) -> list[str]:
        """The tables of a kept build whose rows differ, and its tests that end otherwise."""
        folder = self.scratch / "differing"
        folder.mkdir(exist_ok=True)
        warehouse = folder / NAME
        shutil.copyfile(kept.warehouse, warehouse)
        statuses = dict(kept.statuses)
        changed = self.rebuild(warehouse, change, statuses)
        return [
            *sorted(self.manifest.nodes[key].name for key in changed),
            *sorted(name for name, status in statuses.items() if status != kept.statuses[name]),
        ]

    def rebuild(self, warehouse: Path, change: Change, statuses: dict[str, str]) -> set[str]:
        """Build what a change touches, as far as rows differ.

        Args:
            warehouse: A built warehouse, to be changed.
            change: The change.
            statuses: How the nodes of the build ended; brought up to date.

        Returns:
            The ids of the tables whose rows differ, and of the views over these.

        Raises:
            CannotBuildError: A model cannot be built of these rows any more.
            TakesTooLongError: A model takes too long.
        """
        # Some builds are of a part of the project, which a seed may be no part of.
        is_seed_in = change.seed and self.manifest.nodes[change.seed].name in statuses
        differing = {change.seed} if is_seed_in else set()
        with (
            duckdb.connect(str(warehouse)) as connection,
            _ended_after(LONGEST_REBUILD, connection),
        ):
            connection.execute("set threads = 1")
            if is_seed_in:
                connection.execute(change.statement)
            for key in self._order:
                is_touched = key in change.compiled or self.read_by(key) & differing
                if is_touched and self.manifest.nodes[key].name in statuses:
                    sql = change.compiled.get(key, self._sql[key])
                    if self._rebuild_node(connection, key, sql, statuses):
                        differing.add(key)
        tables = {key for key in differing if not self._is_view(key)}
        return tables | {
            key
            for key in differing - tables
            if key in change.compiled or self.read_by(key) & tables
        }

    def _is_view(self, key: str) -> bool:
        return bool(self.manifest.nodes[key].config.materialized == "view")

    def _rebuild_node(
        self, connection: duckdb.DuckDBPyConnection, key: str, sql: str, statuses: dict[str, str]
    ) -> bool:
        """Build one node; say whether what reads it may differ."""
        node = self.manifest.nodes[key]
        try:
            if node.resource_type == "test":
                statuses[node.name] = self._tested(connection, node, sql)
                return False
            if self._is_view(key):
                connection.execute(f"create or replace view {node.relation_name} as {sql}")
                return True
            return self._replace(connection, node.relation_name, sql)
        except duckdb.InterruptException as error:
            raise TakesTooLongError(node.name) from error
        except duckdb.Error as error:
            raise CannotBuildError(f"{node.name} cannot be built: {error}") from error

    @staticmethod
    def _tested(connection: duckdb.DuckDBPyConnection, node: Any, sql: str) -> str:  # noqa: ANN401
        connection.execute(f"create or replace table {node.relation_name} as {sql}")
        ((count,),) = connection.execute(f"select count(*) from {node.relation_name}").fetchall()
        if not count:
            return "pass"
        return "warn" if node.config.severity.lower() == "warn" else "fail"

    @staticmethod
    def _replace(connection: duckdb.DuckDBPyConnection, relation: str, sql: str) -> bool:
        """Put the rows of a query into a table; say whether they differ from those there."""
        connection.execute(f"create or replace temp table made as select * from {relation} limit 0")
        connection.execute(f"insert into made by name {sql}")
        ((other,),) = connection.execute(
            f"""
            select
                exists (select * from made except all select * from {relation})
                or exists (select * from {relation} except all select * from made)
            """
        ).fetchall()
        if other:
            connection.execute(f"delete from {relation}")
            connection.execute(f"insert into {relation} select * from made")
        return bool(other)


class _Builds:
    """Stands in for what the tests call to build."""

    def __init__(self) -> None:
        self._module = ""
        self._count = 0
        self._build = built._build

    def key(self, request_module: str) -> str:
        """The name of the next build that a module asks for."""
        self._count = self._count + 1 if request_module == self._module else 0
        self._module = request_module
        return f"{request_module}-{self._count}"

    @contextmanager
    def standing_in(self) -> Iterator[None]:
        """Have the tests build by ``build``."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(built, "_build", self.build)
            yield

    def build(self, warehouse: Path, folder: Path, project: str, *options: str) -> dict[str, str]:
        raise NotImplementedError


def _asking_module() -> str:
    """The test module whose fixture is being set up."""
    return os.environ["PYTEST_CURRENT_TEST"].split("::")[0].split("/")[-1].removesuffix(".py")


def _digest(warehouse: Path) -> str:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        tables = [name for (name,) in connection.execute(STAGED).fetchall()]
        return " ".join(
            str(
                connection.execute(
                    f"select count(*), sum(hash(t)::hugeint) from staging.{name} as t"
                ).fetchone()
            )
            for name in tables
        )


class Recorder(_Builds):
    """Keeps what tests build."""

    def __init__(self, folder: Path) -> None:
        """Keep builds in a folder."""
        super().__init__()
        self.folder = folder
        self.kept: list[Kept] = []

    def recording(self) -> Any:  # noqa: ANN401 - a context
        """Keep whatever is built meanwhile."""
        return self.standing_in()

    def build(self, warehouse: Path, folder: Path, project: str, *options: str) -> dict[str, str]:
        """Build, and keep a copy."""
        module = _asking_module()
        kept = Kept(self.folder / self.key(module), module, _digest(warehouse), {})
        kept.statuses.update(self._build(warehouse, folder, project, *options))
        kept.folder.mkdir()
        shutil.copyfile(warehouse, kept.warehouse)
        self.kept.append(kept)
        return dict(kept.statuses)


class Replay(_Builds):
    """Gives tests what was built before, with a change."""

    def __init__(self, trial: SqlTrial, change: Change) -> None:
        """Give tests the builds of a trial with a change."""
        super().__init__()
        self.trial = trial
        self.change = change
        self.failed = ""

    def replaying(self) -> Any:  # noqa: ANN401 - a context
        """Change whatever is built meanwhile."""
        return self.standing_in()

    def build(self, warehouse: Path, folder: Path, project: str, *options: str) -> dict[str, str]:
        """Take what was built of the same rows, or build, and make the change."""
        key = self.key(_asking_module())
        kept = next(each for each in self.trial.kept if each.folder.name == key)
        if _digest(warehouse) == kept.staged:
            shutil.copyfile(kept.warehouse, warehouse)
            statuses = dict(kept.statuses)
        else:
            statuses = self._build(warehouse, folder, project, *options)
        self.trial.rebuild(warehouse, self.change, statuses)
        return statuses

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note which test fails first."""
        if report.failed and not self.failed:
            self.failed = report.nodeid
