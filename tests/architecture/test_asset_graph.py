"""What Dagster shows: exactly these assets, checks, job and schedule, and nothing lost in silence.

A module with both a ``@dg.definitions`` function and other definitions loses the others, and
``dg check defs`` passes all the same. That is why everything is listed here.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.acquiring.site_catalogue import load_sites
from pipelines.definitions import defs
from pipelines.defs.audits import AUDIT_TABLES, REPAIR_TABLES
from pipelines.defs.manifest import ManifestError, current_manifest
from pipelines.defs.staging import STAGING_TABLES
from pipelines.settings import load_settings
from tests.dbt_copy import copy_dbt_project
from tests.paths import PROJECT_DIR

DOCUMENTED_ASSETS = {
    "raw": "fetched files",
    "staging": """
        files publications documents forms form_columns form_rows figures furniture paragraphs
        claims prose_furniture definitions department_facts performance_indicators text_findings
        rejections form_catalogue runs cell_readings pictured_pages
        audited_documents error_locations second_readings
        cell_repairs repaired_documents
        stg_claims stg_definitions stg_department_facts stg_documents stg_error_locations
        stg_cell_readings
        stg_figures stg_files stg_form_catalogue stg_form_columns stg_form_rows stg_forms
        stg_furniture stg_paragraphs stg_performance_indicators stg_prose_furniture
        stg_publications stg_rejections stg_second_readings stg_text_findings
    """,
    "reference": """
        administrative_changes_2021_2026 administrative_divisions
        administrative_divisions_supplement category_names_en economic_classification
        economic_mapping_gov_dept economic_name_history functional_classification
        functional_name_history
        accepted_exceptions counted_expenses cross_document_terms identities identity_terms
        ratio_identities stated_cells tiers
        borrowed_labels columns labels
    """,
    "intermediate": """
        int_amounts__published int_amounts__stated
        int_claim_checks__evaluated
        int_claims__judged int_claims__keyed int_claims__matched
        int_contradictions__explained int_cross_checks__evaluated
        int_claims__published int_discrepancies__grouped
        int_documents__described int_documents__joined int_documents__ranked
        int_figure_proofs__counted
        int_figures__judged int_figures__published int_figures__rounded int_figures__unplaced
        int_form_cells__joined int_form_cells__keyed int_forms__joined
        int_form_codes__in_doubt int_form_rows__in_doubt
        int_function_classes__named
        int_identities__evaluated int_identities__unevaluated int_identity_checks__attributed
        int_identity_terms__resolved int_self_checks__evaluated int_table_checks__evaluated
        int_table_terms__resolved
        int_amounts__bound int_equations__blank int_equations__signed int_figures__doubted
        int_printings__equal
    """,
    "marts": """
        dim_bodies dim_disclosures dim_documents dim_economic_classification
        dim_functional_classification dim_labels dim_regions
        fct_agency_operating_costs fct_appropriation_summary fct_asset_holdings
        fct_budget_execution fct_change_reasons fct_classification_names
        fct_department_facts fct_disclosed_figures fct_discrepancies
        fct_document_quality fct_error_locations
        fct_expenditure_by_economic_code fct_expenditure_by_function
        fct_form_printings fct_government_funds fct_identity_checks
        fct_identity_statistics fct_income_by_source
        fct_income_expenditure_summary fct_key_measures fct_meetings_and_training
        fct_narrative_claims fct_narrative_sections fct_performance fct_performance_indicators
        fct_performance_targets fct_procurement
        fct_project_expenditure fct_staffing fct_state_capital fct_term_definitions
        fct_three_public_expenses fct_year_on_year_changes
    """,
}
DOCUMENTED_CHECKS = {
    "raw/fetched": "every_site_was_asked_lately",
    "staging/files": "every_file_was_read",
    "staging/stg_forms": "assert_every_form_is_in_the_catalogue",
    "staging/stg_prose_furniture": "assert_furniture_of_prose_is_of_a_named_kind",
    "reference/identities": "assert_identity_catalogue_is_well_formed",
    "marts/dim_bodies": """
        assert_every_dimension_keeps_its_grain assert_every_fact_is_of_a_known_body
    """,
    "marts/dim_disclosures": "assert_what_adds_up_counts_once",
    "marts/dim_labels": "assert_every_value_has_a_label",
    "marts/dim_documents": "assert_facts_count_each_disclosure_once",
    "marts/fct_disclosed_figures": """
        every_figure_has_a_place assert_every_fact_leads_back_to_a_place
        assert_no_figure_is_lost_or_added
    """,
    "marts/fct_discrepancies": """
        assert_no_document_contradicts_itself assert_no_violation_is_left_unconfirmed
    """,
    "marts/fct_error_locations": "assert_no_culprit_is_proven",
    "marts/fct_document_quality": """
        assert_every_mart_keeps_its_grain assert_every_number_of_prose_is_accounted_for
    """,
    "intermediate/int_amounts__published": "assert_no_cell_has_two_sources",
    "marts/fct_identity_checks": (
        "assert_a_side_without_print_is_null assert_every_document_answers_for_every_identity"
    ),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the dbt project that nobody has parsed yet."""
    folder = tmp_path_factory.mktemp("home")
    copy_dbt_project(folder)
    return folder


@pytest.fixture(scope="module")
def definitions(home: Path) -> Iterator[dg.Definitions]:
    """What Dagster loads; loading it the first time has dbt write the manifest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUESUAN_HOME", str(home))
        patch.setenv("JUESUAN_DBT_PROJECT", "dbt_project")
        yield defs()


@pytest.fixture(scope="module")
def graph(definitions: dg.Definitions):
    return definitions.get_repository_def().asset_graph


def manifest_of(home: Path) -> Path:
    return home / "dbt_project" / "target" / "manifest.json"


def test_the_assets_are_exactly_the_documented_ones(graph):
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == {
        f"{schema}/{name}" for schema, names in DOCUMENTED_ASSETS.items() for name in names.split()
    }


def test_the_checks_are_exactly_the_documented_ones(graph):
    assert {(key.asset_key.to_user_string(), key.name) for key in graph.asset_check_keys} == {
        (asset, name) for asset, names in DOCUMENTED_CHECKS.items() for name in names.split()
    }


def test_every_dbt_test_that_reads_a_model_is_a_check(graph, home):
    nodes = json.loads(manifest_of(home).read_text(encoding="utf-8"))["nodes"].values()
    tests = {
        node["name"]
        for node in nodes
        if node["resource_type"] == "test" and node["depends_on"]["nodes"]
    }
    assert tests - {key.name for key in graph.asset_check_keys} == set(), (
        "name the model that the test is a check of in "
        "dbt_project/tests/singular/_singular__tests.yml"
    )


def test_lineage_runs_from_the_raw_files_to_every_fact(graph):
    reached = edge = {dg.AssetKey(["raw", "files"])}
    while edge := {child for key in edge for child in graph.get(key).child_keys} - reached:
        reached = reached | edge
    facts = {key for key in graph.get_all_asset_keys() if key.path[-1].startswith("fct_")}
    assert facts - reached == set()


def test_everything_shown_says_what_it_is(graph):
    silent = [
        node.key.to_user_string()
        for node in graph.asset_nodes
        if not node.description or not node.kinds or node.group_name in {None, "default"}
    ]
    assert silent == []
    assert [
        key for key in graph.asset_check_keys if not graph.get_check_spec(key).description
    ] == []


def test_staging_assets_are_described_as_their_tables():
    script = (PROJECT_DIR / "pipelines" / "warehouse" / "staging.sql").read_text(encoding="utf-8")
    grains = re.findall(
        r"^-- Grain: ((?:.+\n-- )*.+)\ncreate table if not exists staging\.(\w+)",
        script,
        re.MULTILINE,
    )
    tables = {
        table: f"O{grain[1:]}".replace("\n--", "")
        for grain, table in grains
        if table not in {"builds", "built_documents", "quality_history"}
    }
    assert tables == STAGING_TABLES | AUDIT_TABLES | REPAIR_TABLES


def test_one_job_builds_everything_in_one_process_and_one_fetches_a_site(definitions, graph):
    job = definitions.resolve_job_def("build_warehouse")
    fetched = dg.AssetKey(["raw", "fetched"])
    assert job.asset_layer.selected_asset_keys == graph.get_all_asset_keys() - {fetched}
    crawl = definitions.resolve_job_def("fetch_sites")
    assert crawl.asset_layer.selected_asset_keys == {fetched}
    assert crawl.partitions_def.get_partition_keys() == list(load_sites())
    assert job.executor_def is dg.in_process_executor
    ours = [job for job in definitions.get_repository_def().get_all_jobs() if job.name[0] != "_"]
    assert sorted(job.name for job in ours) == ["build_warehouse", "fetch_sites"]


def test_schedules_and_sensors_run_once_somebody_starts_them(definitions):
    repository = definitions.get_repository_def()
    assert {
        (each.name, each.job_name, each.cron_schedule, each.execution_timezone)
        for each in repository.schedule_defs
    } == {
        ("nightly", "build_warehouse", "30 2 * * *", "Asia/Shanghai"),
        ("nightly_crawls", "fetch_sites", "30 23 * * *", "Asia/Shanghai"),
    }
    by_themselves = {
        *(f"runs_in_the_diary_{end}" for end in ("failure", "canceled")),
        "runs_of_the_command",
    }
    assert {each.name: each.default_status.value for each in repository.sensor_defs} == {
        **dict.fromkeys(("inbox", "failures_told"), "STOPPED"),
        # These start nothing and tell nobody outside.
        **dict.fromkeys(by_themselves, "RUNNING"),
    }
    assert {each.default_status.value for each in repository.schedule_defs} == {"STOPPED"}


def test_audits_stand_between_the_evaluation_and_what_builds_on_it(graph):
    for table in AUDIT_TABLES:
        parents = graph.get(dg.AssetKey(["staging", table])).parent_keys
        assert dg.AssetKey(["intermediate", "int_identities__evaluated"]) in parents
    attributed = graph.get(dg.AssetKey(["intermediate", "int_identity_checks__attributed"]))
    assert dg.AssetKey(["staging", "stg_second_readings"]) in attributed.parent_keys


def test_repairs_stand_before_what_is_read_of_figures(graph):
    figures = graph.get(dg.AssetKey(["staging", "stg_figures"]))
    assert dg.AssetKey(["staging", "cell_repairs"]) in figures.parent_keys


def test_whatever_touches_the_warehouse_waits_its_turn(graph):
    pools = {
        key.to_user_string(): node.pools
        for key in graph.get_all_asset_keys()
        if (node := graph.get(key)) is not None
    }
    assert {asset for asset, waits_for in pools.items() if waits_for != {"warehouse"}} == {
        "raw/fetched",
        "raw/files",
    }


def test_checks_of_the_warehouse_wait_their_turn_too(definitions):
    """Of every step of the jobs, checks that stand by themselves among them."""
    waiting = {
        step.name: step.definition.pools
        for name in ("build_warehouse", "fetch_sites")
        for step in definitions.resolve_job_def(name).nodes
    }
    free = {name for name, pools in waiting.items() if pools != {"warehouse"}}
    assert free == {"raw__files", "raw__fetched"}
    assert "every_file_was_read" in " ".join(waiting)


@pytest.mark.usefixtures("definitions")
def test_a_manifest_is_written_again_only_when_the_project_changed(home):
    settings = load_settings({"JUESUAN_HOME": str(home), "JUESUAN_DBT_PROJECT": "dbt_project"})
    written = manifest_of(home).stat().st_mtime_ns
    current_manifest(settings)
    assert manifest_of(home).stat().st_mtime_ns == written


def test_a_project_that_cannot_be_parsed_is_said_in_words(tmp_path):
    (tmp_path / "models").mkdir()
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT_DIR / "dbt_project" / name, tmp_path)
    (tmp_path / "models" / "broken.sql").write_text("select {{ ref('no_such_model') }}")
    settings = load_settings({"JUESUAN_HOME": str(tmp_path), "JUESUAN_DBT_PROJECT": "."})
    with pytest.raises(ManifestError, match=r"no_such_model.*run 'make manifest'"):
        current_manifest(settings)


def test_a_project_that_is_not_there_is_said_in_words(tmp_path):
    settings = load_settings({"JUESUAN_HOME": str(tmp_path), "JUESUAN_DBT_PROJECT": "nowhere"})
    with pytest.raises(ManifestError, match="nowhere: it is no dbt project"):
        current_manifest(settings)
