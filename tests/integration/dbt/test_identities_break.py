"""Each identity of the forms fails where a forged document breaks it, and so does what it entails.

Sound documents are forged and read once. For each line of the catalogue a copy of one is staged in
which the figures are changed that ``breaking`` names; what must then fail follows from the
equations that held before. All copies are evaluated in one build. An identity that no document can
break fails here, so a new one needs a place in the forged documents.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.normalising.disclosing import read_disclosure
from pipelines.warehouse.loads import replace_document
from tests.forge.budget.styles import CENTRAL_BUDGET, METROPOLITAN_DEPARTMENT, METROPOLITAN_UNIT
from tests.forge.complete import (
    busy_accounts,
    busy_budget,
    carried_budget,
    plain_budget,
    quiet_accounts,
)
from tests.forge.disclosure import FileFormat, forge_disclosure
from tests.forge.styles import (
    MINISTRY_2022,
    ExtraForm,
    ProjectColumns,
    StateCapitalLayout,
)
from tests.integration.dbt.breaking import Breakage, Equation, break_identity
from tests.integration.dbt.built import evaluate_identities
from tests.integration.dbt.staged import Disclosed, Form, Row, create_staging, stage_documents
from tests.paths import PROJECT_DIR, REFERENCE_DIR

CATALOGUE = PROJECT_DIR / "dbt_project" / "seeds" / "identities"
PRINTED = ("documents", "forms", "form_columns", "form_rows", "figures", "furniture")
FAILING = ("violation", "undefined_ratio", "residual_plug", "copy_mismatch")
YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}

BUSY = replace(
    MINISTRY_2022,
    extra_forms=frozenset({ExtraForm.PROJECT_EXPENDITURE}),
    project_columns=ProjectColumns.BY_FUND,
    state_capital_layout=StateCapitalLayout.INCOME_AND_SPENDING,
    prints_basic_total=True,
)
QUIET = replace(MINISTRY_2022, numbers=replace(MINISTRY_2022.numbers, decimals=4))
WIDE_BUDGET = replace(
    METROPOLITAN_DEPARTMENT, balances_carry_over=True, lists_every_kind=True, lists_projects=True
)
SOUND = {
    "busy": (busy_accounts(), BUSY),
    "quiet": (quiet_accounts(), QUIET),
    "busy budget": (busy_budget(), WIDE_BUDGET),
    "carried budget": (carried_budget(), replace(CENTRAL_BUDGET, splits_appropriation=True)),
    "plain budget": (plain_budget(), METROPOLITAN_UNIT),
}

# What no forged document prints.
BY_PURPOSE = Disclosed(
    "d000000000000b0d",
    (
        *(
            Form(
                "budget_summary",
                tuple(Row("", label, line, {"amount": amount}) for label, line, amount in rows),
                section,
            )
            for section, rows in {
                "expenditure": (
                    ("一、教育支出", "function_class", "90.00"),
                    ("二、卫生健康支出", "function_class", "10.00"),
                    ("本年支出合计", "expenditure_total", "100.00"),
                    ("结转下年", "closing_balance", "7.00"),
                    ("支出总计", "grand_total", "107.00"),
                ),
                "purpose": (
                    ("一、基本支出", "basic", "60.00"),
                    ("二、项目支出", "project", "35.00"),
                    ("三、单位预留机动经费", "reserve", "5.00"),
                ),
            }.items()
        ),
        Form(
            "budget_procurement",
            tuple(
                Row("", label, line, {"total": amount})
                for label, line, amount in (
                    ("合计", "total", "9.00"),
                    ("货物", "goods", "4.00"),
                    ("工程", "works", "3.00"),
                    ("服务", "services", "2.00"),
                )
            ),
        ),
        Form(
            "budget_general_public_expenditure",
            (
                Row(
                    "201",
                    "一般公共服务支出",
                    "",
                    {"prior_execution": "20.00", "change": "5.00", "growth": "25"},
                ),
            ),
            unit="",
        ),
    ),
    kind="budget",
)

# What no figure can break: a check of the print itself, and the words that break it.
BLANK_ROW = """
    insert into staging.form_rows by name
    select
        document_id, table_index, form, section, block, max(row_index) + 1 as row_index,
        '{code}' as row_code, '{name}' as row_label, '{name}' as row_path, '' as line,
        false as is_label_doubtful
    from staging.form_rows where document_id = '{copy}' and form = '{form}'
    group by document_id, table_index, form, section, block
"""
MISPRINTS: Mapping[str, tuple[str, str]] = {
    "rownum_contiguous": (
        "busy",
        """
        delete from staging.furniture
        where document_id = '{copy}' and form = 'income_expenditure_summary'
            and kind = 'line_number' and number_text = '3'
        """,
    ),
    "colnum_matches_width": (
        "busy",
        """
        delete from staging.furniture
        where document_id = '{copy}' and form = 'income'
            and kind = 'column_number' and number_text = '2'
        """,
    ),
    "code_shape": (
        "busy",
        BLANK_ROW.replace("{code}", "20503")
        .replace("{name}", "职业教育")
        .replace("{form}", "income"),
    ),
    "code_name_known": (
        "busy",
        """
        update staging.form_rows
        set row_label = '机关养老', row_path = replace(row_path, row_label, '机关养老')
        where document_id = '{copy}' and form = 'income' and row_code = '2080505'
        """,
    ),
    "code_domain": (
        "busy",
        BLANK_ROW.replace("{code}", "301")
        .replace("{name}", "工资福利支出")
        .replace("{form}", "expenditure"),
    ),
    "entity_year_unit_header": (
        "busy",
        """
        update staging.forms set entity_text = '部门：虚构县别处局'
        where document_id = '{copy}' and form = 'income'
        """,
    ),
    "empty_form_has_note": (
        "quiet",
        """
        update staging.forms set empty_statement = '', empty_statement_forms = ''
        where document_id = '{copy}' and form = 'government_fund'
        """,
    ),
    "empty_note_holds": (
        "busy",
        """
        update staging.forms set empty_statement = '故本表无数据',
            empty_statement_forms = 'government_fund'
        where document_id = '{copy}' and form = 'government_fund'
        """,
    ),
    # What is no sum: a per cent beside the amounts that it follows from.
    "b_growth": (
        "by purpose",
        """
        update staging.figures set amount_text = '95' where document_id = '{copy}'
            and measure = 'growth'
        """,
    ),
    # No identity binds what is budgeted beside the three public expenses.
    "non_negative": (
        "busy",
        """
        insert into staging.figures
        select * replace (
            figure_id || 'x' as figure_id, 'budget_meeting' as measure,
            '-1.00' as amount_text, -10000 as amount_yuan
        )
        from staging.figures
        where document_id = '{copy}' and form = 'three_public' and measure = 'budget_total'
        """,
    ),
}


# Families that no signed sum expresses, so that a misprint of their own breaks them.
BY_MISPRINTS = ("self_check", "ratio")


def catalogue(*, by_misprints: bool | None = None) -> list[str]:
    """The identities of the forms; test_tables.py breaks those of tables that nobody named."""
    with (CATALOGUE / "identities.csv").open(encoding="utf-8", newline="") as lines:
        return [
            row["identity_id"]
            for row in csv.DictReader(lines)
            if row["evidence"] == "forms"
            and row["family"] != "table"
            and by_misprints in {None, row["family"] in BY_MISPRINTS}
        ]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What became of the copies.

    Attributes:
        sound: What fails in each sound document.
        breakages: What was changed for each identity, and what that must break.
        failing: The identities that fail in each copy, by the identity that it was made for.
    """

    sound: Mapping[str, set[str]]
    breakages: Mapping[str, Breakage]
    failing: Mapping[str, set[str]]


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory: pytest.TempPathFactory) -> Evaluated:
    folder = tmp_path_factory.mktemp("breaking")
    warehouse = folder / "juesuan.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        documents = stage_sound_documents(connection, folder)
    evaluate_identities(warehouse, folder)
    with duckdb.connect(str(warehouse)) as connection:
        breakages = find_breakages(connection)
        for identity_id, breakage in breakages.items():
            copy_document(connection, breakage.document_id, copy_of(identity_id))
            for figure_id, change in breakage.changes.items():
                reprint(connection, copy_of(identity_id), figure_id, change)
        for identity_id, (name, statement) in MISPRINTS.items():
            copy_document(connection, documents[name], copy_of(identity_id))
            connection.execute(statement.format(copy=copy_of(identity_id)))
    evaluate_identities(warehouse, folder)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        failing = failing_identities(connection)
    return Evaluated(
        sound={name: failing.get(document, set()) for name, document in documents.items()},
        breakages=breakages,
        failing={
            identity_id: failing.get(copy_of(identity_id), set()) for identity_id in catalogue()
        },
    )


def copy_of(identity_id: str) -> str:
    return f"copy-{identity_id}"


def stage_sound_documents(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, str]:
    """Forge, read and stage the sound documents, without their prose."""
    create_staging(connection)
    documents = {}
    for name, (book, style) in SOUND.items():
        path = folder / f"{name}.docx"
        forge_disclosure(book, style, FileFormat.DOCX, path)
        disclosure = read_disclosure(path, REFERENCE_DIR)
        replace_document(connection, disclosure, "1")
        documents[name] = disclosure.document_id
    stage_documents(connection, [BY_PURPOSE])
    documents["by purpose"] = BY_PURPOSE.document_id
    for table in ("claims", "paragraphs", "department_facts", "text_findings"):
        connection.execute(f"delete from staging.{table}")
    return documents


def find_breakages(connection: duckdb.DuckDBPyConnection) -> dict[str, Breakage]:
    """The smallest breakage of every identity that holds somewhere."""
    amounts = dict(
        connection.execute("select figure_id, amount_yuan from staging.figures").fetchall()
    )
    rows = connection.execute(
        """
        select
            checks.document_id, checks.identity_id, checks.relation, equations.figure_ids,
            equations.signs, checks.difference_yuan
        from intermediate.int_identity_checks__attributed as checks
        inner join intermediate.int_equations__signed as equations using (check_id)
        where checks.evidence = 'forms' and checks.relation <> ''
            and checks.is_held
        order by all
        """
    ).fetchall()
    equations = [
        Equation(document_id, identity_id, relation, dict(zip(figures, signs, strict=True)), gap)
        for document_id, identity_id, relation, figures, signs, gap in rows
    ]
    grounds: dict[str, list[str]] = {}
    for identity_id, ground in connection.execute(
        "select identity_id, form from reference.identity_terms where side = 'when_holds'"
    ).fetchall():
        grounds.setdefault(identity_id, []).append(ground)
    found = {
        identity_id: break_identity(identity_id, equations, amounts, grounds)
        for identity_id in catalogue(by_misprints=False)
    }
    return {identity_id: breakage for identity_id, breakage in found.items() if breakage}


def copy_document(connection: duckdb.DuckDBPyConnection, document_id: str, copy: str) -> None:
    """Stage a document again under another key."""
    for table in PRINTED:
        keys = ", figure_id || $copy as figure_id" if table == "figures" else ""
        connection.execute(
            f"insert into staging.{table} select * replace ($copy as document_id{keys}) "
            f"from staging.{table} where document_id = $document_id",
            {"copy": copy, "document_id": document_id},
        )


def reprint(
    connection: duckdb.DuckDBPyConnection, copy: str, figure_id: str, change: Decimal
) -> None:
    """Print another number in a figure's place."""
    ((yuan, unit, scale),) = connection.execute(
        "select amount_yuan, printed_unit, printed_scale from staging.figures where figure_id = ?",
        [figure_id],
    ).fetchall()
    changed = yuan + change
    connection.execute(
        "update staging.figures set amount_yuan = ?, amount_text = ? where figure_id = ?",
        [changed, f"{changed / YUAN[unit]:.{scale}f}", figure_id + copy],
    )


def failing_identities(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    failing: dict[str, set[str]] = {}
    for document_id, identity_id in connection.execute(
        "select distinct document_id, identity_id "
        "from intermediate.int_identity_checks__attributed "
        "where list_contains(?, tier) and list_contains(?, identity_id)",
        [list(FAILING), catalogue()],
    ).fetchall():
        failing.setdefault(document_id, set()).add(identity_id)
    return failing


def test_sound_documents_break_nothing(evaluated: Evaluated):
    assert evaluated.sound == {name: set() for name in (*SOUND, "by purpose")}


@pytest.mark.parametrize("identity_id", catalogue(by_misprints=False))
def test_changed_figures_break_an_identity_and_what_it_entails(
    evaluated: Evaluated, identity_id: str
):
    assert identity_id in evaluated.breakages, (
        "no forged document prints what this identity binds, so none can break it: "
        "give tests/forge/complete.py such amounts, or its style such a form"
    )
    breakage = evaluated.breakages[identity_id]
    assert evaluated.failing[identity_id] == breakage.broken, breakage


@pytest.mark.parametrize("identity_id", catalogue(by_misprints=True))
def test_a_misprint_breaks_the_check_that_looks_for_it(evaluated: Evaluated, identity_id: str):
    assert evaluated.failing[identity_id] == {identity_id}


def test_most_identities_are_broken_alone(evaluated: Evaluated):
    """Entailment is the exception: what is broken together shares its figures by definition."""
    together = {
        identity_id: sorted(breakage.broken - {identity_id})
        for identity_id, breakage in evaluated.breakages.items()
        if len(breakage.broken) > 1
    }
    assert len(together) * 3 < len(evaluated.breakages), together
