"""Compiles nodes of the dbt project, and runs its unit tests, without what dbt does around each.

dbt takes seconds to begin, and most of the time of a unit test to ask what columns its rows have.
Here it begins once, and lays out each unit test once: its rows, as dbt writes them into the model,
and the rows that it expects, as a table. What is run is what dbt compiles of the model as it is
then.

Knows how dbt compiles, and what its materialization of unit tests does. Does not know any model.
"""

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.adapters.factory import FACTORY, get_adapter, register_adapter, reset_adapters
from dbt.clients.jinja import MacroGenerator
from dbt.compilation import Compiler
from dbt.config.runtime import RuntimeConfig
from dbt.context.providers import generate_runtime_macro_context, generate_runtime_model_context
from dbt.contracts.graph.manifest import Manifest
from dbt.events.logging import cleanup_event_logger
from dbt.flags import get_flags, set_from_args
from dbt.mp_context import get_mp_context
from dbt.parser.unit_tests import UnitTestManifestLoader
from dbt_common.context import set_invocation_context


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A unit test whose rows are laid out.

    Attributes:
        name: What it is called.
        tested: The id of the model.
        node: The model as dbt puts it to this test.
        manifest: The rows that it is given, as dbt writes them into it.
        columns: What is compared.
        expected: The table of the rows that are expected.
    """

    name: str
    tested: str
    node: Any
    manifest: Manifest
    columns: str
    expected: str


class DirectDbt:
    """A parsed project that is compiled and unit-tested in this process."""

    def __init__(self, manifest: Manifest, project_dir: Path, work_dir: Path) -> None:
        """Begin, for the warehouse that the environment names.

        Args:
            manifest: The project, parsed; what is changed in it counts at once.
            project_dir: Where the project is.
            work_dir: Where dbt may write.
        """
        self._manifest = manifest
        options = Namespace(
            project_dir=str(project_dir),
            profiles_dir=str(project_dir),
            target_path=str(work_dir / "target"),
            log_path=str(work_dir / "logs"),
            which="compile",
            vars={},
            profile=None,
            target=None,
            threads=1,
            write_json=False,
        )
        set_invocation_context(os.environ)
        set_from_args(options, None)
        cleanup_event_logger()
        self._config = RuntimeConfig.from_args(get_flags())
        self._compiler = Compiler(self._config)
        self._laid_out: dict[str, LaidOut] = {}
        self._adapter: Any = None

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Have dbt's adapter be that of this project: another call of dbt takes it away."""
        if self._adapter is None or FACTORY.adapters.get(self._adapter.type()) is not self._adapter:
            reset_adapters()
            register_adapter(self._config, get_mp_context())
            adapter: Any = get_adapter(self._config)
            adapter.set_macro_context_generator(generate_runtime_macro_context)
            adapter.set_macro_resolver(self._manifest)
            self._adapter = adapter
        try:
            with self._adapter.connection_named("mutating"):
                yield
        finally:
            DuckDBConnectionManager.close_all_connections()

    def compiled(self, node: Any) -> str:  # noqa: ANN401 - a node of any kind
        """The SQL of a node as dbt compiles it now; models written into it are as they were."""
        return self._compiled_in(node, self._manifest)

    def _compiled_in(self, node: Any, manifest: Manifest) -> str:  # noqa: ANN401
        forget_compiled(node)
        return str(self._compiler.compile_node(node, manifest, {}, write=False).compiled_code)

    def lay_out(
        self, models: Iterable[str], connection: duckdb.DuckDBPyConnection
    ) -> Sequence[LaidOut]:
        """The unit tests of models, by their ids, laid out as long as nothing is changed.

        Args:
            models: The ids of the models.
            connection: Where the rows that are expected are put.
        """
        wanted = set(models)
        return [
            self._test_laid_out(key, connection)
            for key, test in self._manifest.unit_tests.items()
            if test.depends_on.nodes[0] in wanted
        ]

    def _test_laid_out(self, key: str, connection: duckdb.DuckDBPyConnection) -> LaidOut:
        if key not in self._laid_out:
            manifest = UnitTestManifestLoader(self._manifest, self._config, {key}).load()
            node: Any = manifest.nodes[key]
            sql = self._compiled_in(node, manifest)
            connection.execute(f"create or replace temp table shape as from ({sql}\n) limit 0")
            types = {
                name.lower(): kind
                for name, kind, *_ in connection.execute("describe shape").fetchall()
            }
            rows = node.config.expected_rows
            expected_sql = node.config.expected_sql or self._expected_sql(node, rows, types)
            columns = ", ".join(f'"{name.lower()}"' for name in (rows[0] if rows else types))
            table = f'"expected by {key}"'
            connection.execute(
                f"create or replace temp table {table} as select {columns} from ({expected_sql}\n)"
            )
            tested = node.tested_node_unique_id
            self._laid_out[key] = LaidOut(node.name, tested, node, manifest, columns, table)
        return self._laid_out[key]

    def _expected_sql(self, node: Any, rows: list[Any], types: dict[str, str]) -> str:  # noqa: ANN401
        if not rows:
            return "from shape"
        context = generate_runtime_model_context(node, self._config, self._manifest)
        macro = self._manifest.macros["macro.dbt.get_expected_sql"]
        quoted = {name: f'"{name}"' for name in types}
        return str(MacroGenerator(macro, context)(rows, types, quoted))

    def is_failing(self, test: LaidOut, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether a model as it is now makes other rows than a test of it expects.

        Raises:
            duckdb.Error: The model cannot be run on these rows.
        """
        test.node.raw_code = self._manifest.nodes[test.tested].raw_code
        sql = self._compiled_in(test.node, test.manifest)
        connection.execute(
            f"create or replace temp table made as select {test.columns} from ({sql}\n)"
        )
        ((is_other,),) = connection.execute(
            f"""
            select
                exists (from made except all from {test.expected})
                or exists (from {test.expected} except all from made)
            """
        ).fetchall()
        return bool(is_other)


def forget_compiled(node: Any) -> None:  # noqa: ANN401 - a node of any kind
    """Have dbt write models into a node anew, which it does once only."""
    node.extra_ctes = []
    node.extra_ctes_injected = False
