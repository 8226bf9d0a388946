"""Audits every document whose identities fail: reads it again and locates the error.

Knows the models that dbt gives auditing and where the findings go. Does not know how a table is
read again, nor how an error is located.

A document is audited once for each state of its checks. One without contradictions costs nothing.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.acquiring.sources import Source, locate
from pipelines.auditing.due_audits import plan_audits
from pipelines.auditing.equations import Equation, PrintedAmount
from pipelines.auditing.evidence import Printing
from pipelines.auditing.location import Culprit, Explanation, Fault, locate_faults
from pipelines.auditing.readings import Agreement, Doubt, FirstReading, SecondReading
from pipelines.auditing.rereading import read_again
from pipelines.auditing.slips import Slip
from pipelines.domain.amount import PrintedUnit
from pipelines.warehouse.connection import open_for_writing
from pipelines.warehouse.executors.contract import Executor, Failure
from pipelines.warehouse.loads import LOCATION_TABLES, delete_rows
from pipelines.warehouse.rows import Row, Value, insert_rows, utc_now
from pipelines.warehouse.transactions import transaction

# What a figure costs to release whose two readings differ.
DOUBT_WHERE_READINGS_DIFFER = 0.25
DOCUMENTS_AT_A_TIME = 200
NOBODY = Culprit(key="", suggested=None, slip=Slip.NONE, repairs=())

FILES = """
    select distinct documents.document_id, files.file_path
    from staging.documents as documents
    inner join staging.files as files on documents.sha256 = files.sha256
    where documents.file_kind in ('pdf', 'ofd') and documents.document_id = any($documents)
    order by documents.document_id, files.file_path
"""
# A sum binds at least three figures, of which one is no nil: copies may all be misread alike.
PRINTED = """
    with

    doubted as (
        select document_id, figure_id
        from intermediate.int_figures__doubted
        where document_id = any($documents)
    ),

    summed as (
        select distinct document_id, unnest(figure_ids) as figure_id
        from intermediate.int_equations__signed
        where
            document_id = any($documents)
            and severity = 'hard' and relation = '=' and tier <> 'violation'
            and len(figure_ids) > 2
    ),

    printed as (
        select
            figures.document_id, figures.figure_id, figures.form, figures.page,
            figures.bbox_x0, figures.bbox_top, figures.bbox_x1, figures.bbox_bottom,
            figures.amount_text, figures.row_code, figures.row_label,
            doubted.figure_id is not null as is_in_doubt,
            doubted.figure_id is null
            and summed.figure_id is not null
            and coalesce(figures.amount_yuan <> 0, false) as is_summed
        from staging.stg_figures as figures
        left join doubted
            on
                figures.document_id = doubted.document_id
                and figures.figure_id = doubted.figure_id
        left join summed
            on
                figures.document_id = summed.document_id
                and figures.figure_id = summed.figure_id
        where figures.document_id = any($documents)
        union all
        select
            document_id, '', form, page, bbox_x0, bbox_top, bbox_x1, bbox_bottom, printed, '', '',
            false, false
        from staging.rejections
        where document_id = any($documents)
    )

    select printed.*
    from printed
    semi join (select distinct document_id, page from printed where is_in_doubt) as pages
        on printed.document_id = pages.document_id and printed.page = pages.page
    -- Places on a picture that was turned are none of the page that other readers see.
    anti join staging.pictured_pages as turned
        on
            printed.document_id = turned.document_id
            and printed.page = turned.page
            and turned.turn <> 0
    where printed.bbox_x0 is not null
    order by all
"""
# Figures and, where identities bind them, statements of the narrative.
AMOUNTS = """
    select
        bound.document_id, bound.figure_id, bound.amount_yuan, bound.half_step_yuan,
        bound.amount_text, bound.unit, bound.form, bound.section, bound.measure, bound.row_index,
        bound.column_index, bound.outcome, bound.is_cut_off, coalesce(families.family_id, ''),
        bound.is_statement
    from intermediate.int_amounts__bound as bound
    left join intermediate.int_printings__equal as families
        on bound.document_id = families.document_id and bound.figure_id = families.figure_id
    where bound.document_id = any($documents)
    order by bound.document_id, bound.figure_id
"""
# All amounts of a document that are known to be of a form, the prose as one place.
PRINTINGS = """
    select
        document_id, form, section, measure, row_index, amount_yuan, printed_unit, printed_scale
    from staging.stg_figures
    where document_id = any($documents) and form <> ''
    union all
    select document_id, '', '', '', null, value, unit, printed_scale
    from staging.claims
    where document_id = any($documents) and kind = 'amount' and printed_scale is not null
    order by all
"""
EQUATIONS = """
    select document_id, check_id, relation, severity, tier, figure_ids, signs
    from intermediate.int_equations__signed
    where document_id = any($documents)
    order by document_id, check_id
"""
ROWS = """
    select document_id, form, section, list(distinct row_index order by row_index)
    from staging.stg_form_rows
    where document_id = any($documents) and form <> ''
    group by document_id, form, section, table_index, block
    order by document_id, form, section, table_index, block
"""
BLANKS = """
    select document_id, check_id, form, section, measure, row_index, sign
    from intermediate.int_equations__blank
    where document_id = any($documents)
    order by all
"""


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """What an audit did.

    Attributes:
        audited: Documents with failing identities that were audited now.
        read_again: Those of them of which tables were read a second time.
        not_read_again: Why tables of others could not be, by document.
        changed: Whether anything was written, so that the marts have to follow.
    """

    audited: tuple[str, ...]
    read_again: tuple[str, ...]
    not_read_again: Mapping[str, str]
    changed: bool

    def joined_with(self, other: "AuditSummary") -> "AuditSummary":
        """What this audit and another one of other documents did."""
        return AuditSummary(
            audited=(*self.audited, *other.audited),
            read_again=(*self.read_again, *other.read_again),
            not_read_again={**self.not_read_again, **other.not_read_again},
            changed=self.changed or other.changed,
        )


def audit(database: Path, raw_dir: Path, executor: Executor) -> AuditSummary:
    """Audit every document whose failing identities have not been audited yet.

    Args:
        database: The DuckDB file, with the marts built and open nowhere.
        raw_dir: Where the published files lie.
        executor: Who has documents read again.

    Raises:
        WarehouseError: The file cannot be opened.
    """
    with open_for_writing(database) as connection:
        due, settled = plan_audits(connection)
        if not due and not settled:
            return AuditSummary((), (), {}, changed=False)
        with transaction(connection):
            delete_rows(connection, LOCATION_TABLES, [*due, *settled])
        read_twice: list[str] = []
        not_read_again: dict[str, str] = {}
        for documents in _batches(list(due)):
            doubts, messages = _doubts(connection, raw_dir, documents)
            for doubt, outcome in executor.read(doubts, read_again):
                if isinstance(outcome, Failure):
                    messages[doubt.document_id] = outcome.explanation
                else:
                    _write_readings(connection, doubt.document_id, outcome)
                    read_twice.append(doubt.document_id)
            _write_locations(connection, documents)
            _note(connection, {key: due[key] for key in documents}, messages)
            not_read_again |= messages
    return AuditSummary(tuple(due), tuple(sorted(read_twice)), not_read_again, changed=True)


def locate_in_documents(
    connection: duckdb.DuckDBPyConnection, documents: Collection[str]
) -> Iterator[tuple[str, list[Fault], Mapping[str, PrintedAmount]]]:
    """Locate the errors of documents: each with its faults and its printed amounts by figure."""
    parameters = {"documents": list(documents)}
    amounts, equations = bound_amounts(connection, documents), evaluated(connection, documents)
    printings: dict[str, list[Printing]] = defaultdict(list)
    for document_id, form, section, measure, row, yuan, unit, scale in connection.execute(
        PRINTINGS, parameters
    ).fetchall():
        if unit in set(PrintedUnit):
            step = PrintedUnit(unit).yuan * Decimal(1).scaleb(-scale)
            place = (form, section, measure)
            printings[document_id].append(
                Printing(form, yuan, step, place, row if measure else None)
            )
    blanks: dict[str, list[tuple[tuple[str, ...], int, int]]] = defaultdict(list)
    for _, check_id, *column, row, sign in connection.execute(BLANKS, parameters).fetchall():
        blanks[check_id].append((tuple(column), row, sign))
    rows: dict[str, dict[tuple[str, str], list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    for document_id, form, section, lines in connection.execute(ROWS, parameters).fetchall():
        rows[document_id][form, section].append(lines)
    for document_id in documents:
        printed = amounts[document_id]
        checks = [
            replace(each, blanks=tuple(blanks[each.key])) if each.key in blanks else each
            for each in equations[document_id]
        ]
        faults = locate_faults(printed.values(), checks, printings[document_id], rows[document_id])
        yield document_id, faults, printed


def bound_amounts(
    connection: duckdb.DuckDBPyConnection, documents: Collection[str]
) -> Mapping[str, Mapping[str, PrintedAmount]]:
    """The amounts that identities bind, by document and figure; none where there are none."""
    amounts: dict[str, dict[str, PrintedAmount]] = defaultdict(dict)
    for document_id, *columns in connection.execute(
        AMOUNTS, {"documents": list(documents)}
    ).fetchall():
        amount = _printed_amount(*columns)
        amounts[document_id][amount.key] = amount
    return amounts


def evaluated(
    connection: duckdb.DuckDBPyConnection, documents: Collection[str], query: str = EQUATIONS
) -> Mapping[str, Sequence[Equation]]:
    """The identities that could be evaluated, by document; none where there are none."""
    equations: dict[str, list[Equation]] = defaultdict(list)
    for document_id, *columns in connection.execute(
        query, {"documents": list(documents)}
    ).fetchall():
        equations[document_id].append(_equation(*columns))
    return equations


def _doubts(
    connection: duckdb.DuckDBPyConnection, raw_dir: Path, documents: list[str]
) -> tuple[list[Doubt], dict[str, str]]:
    """What to read again of the documents that have pages, and why some of it cannot be."""
    parameters = {"documents": documents}
    paths: dict[str, list[str]] = defaultdict(list)
    for document_id, file_path in connection.execute(FILES, parameters).fetchall():
        paths[document_id].append(file_path)
    printed: dict[str, list[FirstReading]] = defaultdict(list)
    for row in connection.execute(PRINTED, parameters).fetchall():
        document_id, figure_id, form, page, x0, top, x1, bottom, *rest = row
        box = (x0, top, x1, bottom)
        printed[document_id].append(FirstReading(figure_id, form, page, box, *rest))
    doubts, messages = [], {}
    for document_id, found in paths.items():
        there = (locate(raw_dir, path) for path in found)
        source = next((each for each in there if each and _is_document(each, document_id)), None)
        if source is None:
            messages[document_id] = f"the file is not under {raw_dir} any more"
        elif printed[document_id]:
            doubts.append(Doubt(document_id, source, tuple(printed[document_id])))
    return doubts, messages


def _is_document(source: Source, document_id: str) -> bool:
    """Whether a file is still the one that was read."""
    try:
        return source.digest().startswith(document_id)
    except OSError:
        return False


def _write_readings(
    connection: duckdb.DuckDBPyConnection, document_id: str, readings: Iterable[SecondReading]
) -> None:
    rows: list[Row] = [{"document_id": document_id, **asdict(reading)} for reading in readings]
    insert_rows(connection, "staging.second_readings", rows)


def _write_locations(connection: duckdb.DuckDBPyConnection, documents: Collection[str]) -> None:
    rows: list[Row] = []
    for document_id, faults, printed in locate_in_documents(connection, documents):
        for number, fault in enumerate(faults, start=1):
            rows.extend(
                {"document_id": document_id, "fault_number": number, **row}
                for row in _fault_rows(fault, printed)
            )
    insert_rows(connection, "staging.error_locations", rows)


def _fault_rows(fault: Fault, printed: Mapping[str, PrintedAmount]) -> Iterator[Row]:
    shared: dict[str, Value] = {
        "is_located": fault.is_located,
        "failing": json.dumps(fault.failing),
    }
    if not fault.explanations:
        unexplained = Explanation(cost=0.0, culprits=())
        yield {**shared, **_solution(1, 1, unexplained), **_culprit_row(NOBODY, None)}
    for rank, number, explanation in fault.ranked():
        solution = _solution(rank, number, explanation)
        for culprit in explanation.culprits:
            yield {**shared, **solution, **_culprit_row(culprit, printed[culprit.key])}


def _solution(rank: int, number: int, explanation: Explanation) -> dict[str, Value]:
    return {
        "solution_rank": rank,
        "solution_number": number,
        "cost": explanation.cost,
        "cause": explanation.cause,
    }


def _culprit_row(culprit: Culprit, amount: PrintedAmount | None) -> dict[str, Value]:
    row: dict[str, Value] = {
        "figure_id": culprit.key,
        "family_id": culprit.family,
        "suggested_text": "",
        "suggested_yuan": None,
        "slip": culprit.slip,
        "repairs": json.dumps(culprit.repairs),
    }
    if culprit.suggested is not None and amount is not None:
        row["suggested_text"] = f"{culprit.suggested:.{amount.scale}f}"
        row["suggested_yuan"] = culprit.suggested * amount.unit_yuan
    return row


def _note(
    connection: duckdb.DuckDBPyConnection, due: Mapping[str, str], messages: Mapping[str, str]
) -> None:
    audited_at = utc_now()
    insert_rows(
        connection,
        "staging.audited_documents",
        [
            {
                "document_id": document_id,
                "state": state,
                "message": messages.get(document_id, ""),
                "audited_at": audited_at,
            }
            for document_id, state in due.items()
        ],
    )


def _printed_amount(
    figure_id: str,
    amount_yuan: Decimal,
    half_step_yuan: Decimal,
    text: str,
    unit: str,
    form: str,
    section: str,
    measure: str,
    row_index: int,
    column_index: int,
    outcome: str,
    is_cut_off: bool,  # noqa: FBT001 - a row of the query as it comes
    family: str,
    is_statement: bool,  # noqa: FBT001
) -> PrintedAmount:
    # Counts and shares have units of their own.
    unit_yuan = PrintedUnit(unit).yuan if unit in set(PrintedUnit) else Decimal(1)
    return PrintedAmount(
        key=figure_id,
        value=amount_yuan / unit_yuan,
        scale=_scale(half_step_yuan / unit_yuan),
        unit_yuan=unit_yuan,
        column=(form, section, measure),
        row_index=row_index,
        row=(form, section, str(row_index)),
        column_index=column_index,
        doubt=DOUBT_WHERE_READINGS_DIFFER if outcome == Agreement.DIFFERS else 1.0,
        is_cut_off=is_cut_off,
        text=text,
        family=family,
        is_statement=is_statement,
    )


def _scale(half_step: Decimal) -> int:
    """How many decimals a number with this half step has; what was not rounded has none."""
    return max(0, -(half_step * 2).normalize().adjusted()) if half_step else 0


def _equation(
    check_id: str,
    relation: str,
    severity: str,
    tier: str,
    figure_ids: list[str],
    signs: list[int],
) -> Equation:
    return Equation(
        key=check_id,
        relation=relation,
        is_hard=severity == "hard",
        fails=tier == "violation",
        signs=dict(zip(figure_ids, signs, strict=True)),
    )


def _batches(documents: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(documents), DOCUMENTS_AT_A_TIME):
        yield documents[first : first + DOCUMENTS_AT_A_TIME]
