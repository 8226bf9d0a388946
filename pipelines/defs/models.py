"""The dbt project as assets: seeds and models, with its tests as their checks.

Knows how Dagster names, groups and describes them. Does not know any model, nor how dbt is run:
the build is ``pipelines.running.updating``, as on the command line.

Holds no bare definitions, because everything here depends on the manifest, which is read only when
Dagster asks for it.
"""

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets

from pipelines.defs.build_report import refuse_incomplete, report_build
from pipelines.defs.jobs import WAREHOUSE_POOL
from pipelines.defs.manifest import current_manifest
from pipelines.running.updating import build_marts
from pipelines.settings import Settings, load_settings


@dg.definitions
def models() -> dg.Definitions:
    """The assets of the dbt project as it is now."""
    return dg.Definitions(assets=[model_assets(current_manifest(load_settings()))])


def model_assets(manifest: Mapping[str, Any]) -> dg.AssetsDefinition:
    """Every seed and model of a manifest, built together.

    Whatever is selected, the whole project is brought up to date, and nothing is built twice from
    the same state; the selection decides only what is reported.
    """

    @dbt_assets(
        manifest=manifest,
        name="warehouse_models",
        dagster_dbt_translator=_Translator(),
        pool=WAREHOUSE_POOL,
    )
    def build_models(
        context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]
    ) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
        transformed = build_marts(settings)
        yield from report_build(context, settings.warehouse)
        refuse_incomplete(transformed, {spec.name for spec in build_models.check_specs})

    return build_models


class _Translator(DagsterDbtTranslator):
    """Shows the dbt project's own folders and words."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The folder below ``models`` or ``seeds``: staging, marts_finance, reference."""
        _, *folders, _ = dbt_resource_props["fqn"]
        return "_".join(folders)

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The description without the SQL, which is in the project."""
        return str(dbt_resource_props["description"])

    def get_asset_check_spec(
        self,
        asset_spec: dg.AssetSpec,
        manifest: Mapping[str, Any],
        unique_id: str,
        project: DbtProject | None,
    ) -> dg.AssetCheckSpec | None:
        """A check that says what it catches, and leaves it to dbt what its failure stops."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        if spec is None:
            return None
        test = manifest["nodes"][unique_id]
        description = test["description"] or _opening_comment(test["raw_code"])
        return spec._replace(description=description, blocking=False)


def _opening_comment(sql: str) -> str:
    """The comment lines that a test begins with, where its author says what it catches."""
    lines = takewhile(lambda line: line.startswith("--"), sql.splitlines())
    # Two spaces at its end are how Markdown is told that a line ends.
    return "  \n".join(line.removeprefix("--").strip() for line in lines)
