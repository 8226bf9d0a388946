"""What each identity of the catalogue binds, as lines that a person can hold against its formula.

    python -m tests.golden.equations      write tests/golden/equations anew, to be read as a diff

For each identity a document is made that prints what its terms select, and documents in which one
term is blank or missing. A line says what became of a document: the amounts that were added up,
with their signs, or why they were not. Knows the names of figures. Does not know what is right: a
new line is read by somebody, beside ``formula`` in identities.csv.
"""

import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from tests.integration.dbt import cross_term_documents, stated_cell_documents, term_documents
from tests.integration.dbt.built import evaluate_identities
from tests.integration.dbt.staged import create_staging, stage_documents
from tests.integration.dbt.term_documents import identity_of

RECORDED = Path(__file__).with_name("equations")
CHECKS = """
    with

    names as (

        select
            figure_id,
            concat_ws(
                ' ', form, nullif(section, ''), coalesce(nullif(line, ''), row_code || row_label),
                measure
            ) as name
        from staging.figures
        union all
        select
            claim_id,
            concat_ws(
                ' ', part, topic, item, nullif(item_label, ''), nullif(role, ''), nullif(base, '')
            )
        from staging.claims

    ),

    terms as (

        select
            check_id,
            unnest(figure_ids) as figure_id,
            unnest(signs) as sign
        from intermediate.int_equations__signed

    ),

    equations as (

        select
            terms.check_id,
            list(if(terms.sign < 0, '− ', '+ ') || names.name order by names.name) as terms
        from terms
        inner join names on terms.figure_id = names.figure_id
        group by terms.check_id

    )

    select
        checks.document_id,
        checks.identity_id,
        checks.relation,
        checks.severity,
        checks.evidence,
        checks.scope_key,
        checks.tier,
        coalesce(checks.reason, '') as reason,
        checks.left_yuan,
        checks.right_yuan,
        coalesce(equations.terms, []) as terms
    from intermediate.int_identity_checks__attributed as checks
    left join equations on checks.check_id = equations.check_id
    order by checks.document_id, checks.identity_id, checks.scope_key, checks.tier, checks.reason
"""

# By kind of document.
FORMS = "select kind, list(form order by form) from staging.form_catalogue group by kind"
CELLS = "stated_cells"
STATED_CELLS = """
    select
        concat_ws(
            ' ', stated.document_id || ':', claims.topic, claims.item, claims.role, '→',
            stated.form_family, stated.form_basis, nullif(stated.section, ''),
            coalesce(nullif(stated.line, ''), stated.row_code), stated.measure
        ) as line
    from intermediate.int_amounts__stated as stated
    inner join staging.claims as claims on stated.claim_id = claims.claim_id
    where regexp_matches(stated.document_id, '^(final_accounts|budget), ')
    order by stated.document_id, claims.claim_index, line
"""


def evaluated(folder: Path) -> Mapping[str, Sequence[str]]:
    """What became of the documents of each identity, by identity; and which cells prose states.

    Args:
        folder: Where a warehouse may be built.
    """
    warehouse = folder / "juesuan.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        create_staging(connection)
        forms = dict(connection.execute(FORMS).fetchall())
        made = (*term_documents.documents(), *cross_term_documents.documents())
        stage_documents(connection, (*made, *stated_cell_documents.documents(forms)))
    evaluate_identities(warehouse, folder, "int_amounts__stated")
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        checks = connection.execute(CHECKS).fetchall()
        cells = [line for (line,) in connection.execute(STATED_CELLS).fetchall()]
    by_document = defaultdict(list)
    for document_id, identity_id, *check in checks:
        if identity_id == identity_of(document_id):
            by_document[document_id].append(check)
    lines: dict[str, list[str]] = defaultdict(list)
    for document in made:
        if document.document_id not in by_document:
            continue  # It is there for another's sake.
        of_identity = lines[identity_of(document.document_id)]
        variant = document.document_id.partition(", ")[2]
        if not variant:
            of_identity.append(document.document_id)
        for check in by_document[document.document_id]:
            of_identity += _told(variant, check)
    return {**lines, CELLS: cells}


def _told(variant: str, check: Sequence[Any]) -> Sequence[str]:
    """One line of a document that lacks something; of one that does not, a line for each term."""
    relation, severity, evidence, scope, tier, reason, left, right, terms = check
    came_of_it = " ".join(str(each) for each in (tier, reason) if each)
    if variant:
        sums = "" if left is None and right is None else f": {_sum(left)} {relation} {_sum(right)}"
        return [f"    {variant}: {came_of_it}{sums}"]
    sums = f"{_sum(left)} {relation} {_sum(right)}"
    head = f"  {scope or '·'}: {evidence}, {severity}, {came_of_it}: {sums}"
    return [head, *(f"      {term}" for term in terms)]


def _sum(yuan: Decimal | None) -> str:
    return "nothing" if yuan is None else f"{yuan / 10_000:,.2f}"


def recorded() -> Mapping[str, Sequence[str]]:
    """What was recorded of each identity."""
    return {
        path.stem: path.read_text(encoding="utf-8").splitlines() for path in RECORDED.glob("*.txt")
    }


def main() -> None:
    """Write everything anew."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("JUESUAN_CACHE", str(Path(folder, "cache")))
        found = evaluated(Path(folder))
    RECORDED.mkdir(exist_ok=True)
    for path in RECORDED.glob("*.txt"):
        path.unlink()
    for identity, lines in found.items():
        (RECORDED / f"{identity}.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    sys.stdout.write(f"wrote {len(found)} files\n")


if __name__ == "__main__":
    main()
