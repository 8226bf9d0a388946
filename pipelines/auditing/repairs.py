"""Repairs numbers that were not read for certain by the identities that they have to meet.

Knows the models that dbt gives auditing, what is staged of cells, and where repairs go. Does not
know how anything is decided, nor how cells are read.

For the checks to be evaluated at all, every number in doubt is first taken for its likeliest
reading. What is not determined then goes back to being in doubt: nothing is ever repaired by being
likely. A document is repaired once for each reading of it and version of the code.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.auditing.audits import bound_amounts, evaluated
from pipelines.auditing.candidates import Candidate, Reading, candidates
from pipelines.auditing.choices import Choices, choose
from pipelines.auditing.due_audits import plan_repairs
from pipelines.auditing.equations import PrintedAmount
from pipelines.warehouse.connection import open_for_writing
from pipelines.warehouse.loads import REPAIR_TABLES, delete_rows
from pipelines.warehouse.rows import Row, insert_rows
from pipelines.warehouse.transactions import transaction

TENTATIVE = """
    insert into staging.cell_repairs by name
    select
        figures.document_id,
        figures.figure_id,
        figures.reading_text,
        likeliest.amount_text,
        likeliest.amount_yuan,
        length(split_part(likeliest.amount_text, '.', 2)) as printed_scale,
        cast([] as varchar[]) as candidates,
        cast([] as varchar[]) as deciding_check_ids
    from staging.figures as figures
    inner join (
        select readings.document_id, readings.figure_id, readings.amount_text, readings.amount_yuan
        from staging.cell_readings as readings
        inner join staging.figures as figures
            on
                readings.document_id = figures.document_id
                and readings.figure_id = figures.figure_id
        where readings.document_id = any($documents) and readings.amount_yuan is not null
        qualify row_number() over (
                partition by readings.document_id, readings.figure_id
                order by readings.amount_text <> figures.amount_text, readings.rank
            ) = 1
    ) as likeliest
        on
            figures.document_id = likeliest.document_id
            and figures.figure_id = likeliest.figure_id
    where figures.document_id = any($documents) and figures.is_doubtful
"""
TAKEN = """
    select document_id, figure_id, amount_text
    from staging.cell_repairs
    where document_id = any($documents)
    order by all
"""
READINGS = """
    select figures.document_id, figures.figure_id, figures.reading_text, readings.amount_text,
        readings.confidence
    from staging.figures as figures
    inner join staging.cell_readings as readings
        on figures.document_id = readings.document_id and figures.figure_id = readings.figure_id
    where figures.document_id = any($documents) and figures.is_doubtful
    order by figures.document_id, figures.figure_id, readings.rank
"""
# Checks of which several ways come to something else: which one is judged may hang on the very
# numbers that are in doubt.
SEVERAL_WAYS = """
    create or replace temporary table several_ways as
    with

    ways as (
        select
            terms.document_id, terms.identity_id, terms.scope_key, terms.term_key,
            list_sort(list(distinct concat_ws(' ', terms.side, terms.sign, terms.figure_id)))
                as bound
        from intermediate.int_identity_terms__resolved as terms
        left join staging.cell_repairs as taken
            on terms.document_id = taken.document_id and terms.figure_id = taken.figure_id
        where
            terms.document_id = any($documents)
            and terms.side in ('left', 'right')
            and terms.figure_id is not null
            and (terms.amount_yuan <> 0 or taken.figure_id is not null)
        group by terms.document_id, terms.identity_id, terms.scope_key, terms.term_key
    )

    select any_value(checks.check_id) as check_id
    from ways
    inner join intermediate.int_identity_checks__attributed as checks
        on
            ways.document_id = checks.document_id
            and ways.identity_id = checks.identity_id
            and ways.scope_key = checks.scope_key
    group by ways.document_id, ways.identity_id, ways.scope_key
    having count(distinct ways.bound) > 1
"""
# Forms only: the prose proves nothing. Whether a conditional identity speaks may hang on numbers
# in doubt, too.
DECIDING_EQUATIONS = """
    select document_id, check_id, relation, severity, tier, figure_ids, signs
    from intermediate.int_equations__signed
    where
        document_id = any($documents)
        and check_id not in (select check_id from several_ways)
        and identity_id in (
            select identity_id from reference.identities where evidence = 'forms'
        )
        and identity_id not in (
            select identity_id from reference.identity_terms where side like 'when_%'
        )
    order by document_id, check_id
"""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Documents whose numbers in doubt are taken for their likeliest readings for now.

    Attributes:
        states: The state to note for each document.
        taken: Which number is taken for what, by document and figure.
    """

    states: Mapping[str, str]
    taken: Mapping[tuple[str, str], str]

    def __bool__(self) -> bool:
        """Whether there is anything to decide."""
        return bool(self.states)


@dataclass(frozen=True, slots=True)
class DoubtfulFigure:
    """A number in doubt: as it was read at first, and all that it may be."""

    reading_text: str
    candidates: tuple[Candidate, ...]


def propose(database: Path, project: str) -> Proposal:
    """Take every number in doubt that has to be decided for its likeliest reading.

    Args:
        database: The DuckDB file, open nowhere.
        project: Digest of the dbt project.

    Raises:
        WarehouseError: The file cannot be opened.
    """
    with open_for_writing(database) as connection:
        states = plan_repairs(connection, project)
        if not states:
            return Proposal({}, {})
        parameters = {"documents": list(states)}
        with transaction(connection):
            delete_rows(connection, REPAIR_TABLES, states)
            connection.execute(TENTATIVE, parameters)
        found = connection.execute(TAKEN, parameters).fetchall()
    return Proposal(states, {(document, figure): text for document, figure, text in found})


def repair(database: Path, proposal: Proposal) -> bool:
    """Keep what the identities determine, and put the rest back in doubt.

    Args:
        database: The DuckDB file, with the checks built upon the proposal and open nowhere.
        proposal: What was proposed.

    Returns:
        Whether anything is other than proposed, so that the checks have to be built again.

    Raises:
        WarehouseError: The file cannot be opened.
    """
    documents = list(proposal.states)
    with open_for_writing(database) as connection:
        repairs: list[Row] = []
        notes: list[Row] = []
        for document_id, found, amounts, choices in _decide(connection, documents):
            notes.append(
                {
                    "document_id": document_id,
                    "state": proposal.states[document_id],
                    "doubtful_count": len(found),
                    "decided_count": len(choices.decided),
                    "too_many_count": choices.too_many,
                }
            )
            repairs.extend(_rows(document_id, found, amounts, choices))
        with transaction(connection):
            delete_rows(connection, REPAIR_TABLES, documents)
            insert_rows(connection, "staging.cell_repairs", repairs)
            insert_rows(connection, "staging.repaired_documents", notes)
    kept = {
        (str(row["document_id"]), str(row["figure_id"])): str(row["amount_text"]) for row in repairs
    }
    return kept != proposal.taken


def _decide(
    connection: duckdb.DuckDBPyConnection, documents: Collection[str]
) -> Iterator[tuple[str, Mapping[str, DoubtfulFigure], Mapping[str, PrintedAmount], Choices]]:
    doubtful = _doubtful(connection, documents)
    amounts = bound_amounts(connection, documents)
    connection.execute(SEVERAL_WAYS, {"documents": list(documents)})
    equations = evaluated(connection, documents, DECIDING_EQUATIONS)
    for document_id in documents:
        found = doubtful[document_id]
        printed = amounts.get(document_id, {})
        choices = choose(
            printed,
            equations.get(document_id, ()),
            {key: figure.candidates for key, figure in found.items()},
        )
        yield document_id, found, printed, choices


def _doubtful(
    connection: duckdb.DuckDBPyConnection, documents: Collection[str]
) -> Mapping[str, Mapping[str, DoubtfulFigure]]:
    raw: dict[tuple[str, str], str] = {}
    readings: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    rows = connection.execute(READINGS, {"documents": list(documents)}).fetchall()
    for document_id, figure_id, reading_text, text, confidence in rows:
        raw[document_id, figure_id] = reading_text
        readings[document_id, figure_id].append(Reading(text, confidence))
    found: dict[str, dict[str, DoubtfulFigure]] = defaultdict(dict)
    for (document_id, figure_id), said in readings.items():
        figure = DoubtfulFigure(raw[document_id, figure_id], candidates(said))
        found[document_id][figure_id] = figure
    return found


def _rows(
    document_id: str,
    doubtful: Mapping[str, DoubtfulFigure],
    amounts: Mapping[str, PrintedAmount],
    choices: Choices,
) -> Iterator[Row]:
    for decision in choices.decided:
        figure, chosen = doubtful[decision.key], decision.candidate
        yield {
            "document_id": document_id,
            "figure_id": decision.key,
            "reading_text": figure.reading_text,
            "amount_text": chosen.text,
            "amount_yuan": chosen.value * amounts[decision.key].unit_yuan,
            "printed_scale": chosen.scale,
            "candidates": tuple(each.text for each in figure.candidates if each.is_read),
            "deciding_check_ids": decision.check_ids,
        }
