"""A page for each identity in the dbt docs: formula, why it holds, exceptions, how often it held.

Knows the catalogue's seeds, what the docs site shows as a page (an analysis with a description)
and where a built warehouse keeps its statistics. Does not know how the site is made: ``make docs``
has dbt make it from the copy of the project that this writes.

Usage: python -m pipelines.exploring.identity_pages PROJECT COPY [WAREHOUSE]
"""

import csv
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipelines.exploring.marts import select_rows
from pipelines.warehouse.builds import WRITTEN_BY_DBT
from pipelines.warehouse.connection import has_relation, open_for_reading

Row = Mapping[str, str]
Statistics = Mapping[str, Mapping[str, Any]]

END_OF_BLOCK = "{% enddocs %}"
# Markdown cells and Jinja would read these as their own; the site knows no backslashes in tables.
ESCAPED = str.maketrans({"|": " &#124; ", "{": "&#123;", "}": "&#125;", "\n": " "})
TERM_COLUMNS = {
    "identity_terms": ("side", "sign", "form", "section", "rows", "measures", "required"),
    "cross_document_terms": ("document", "sign", "form", "section", "line", "measure", "required"),
}


def copy_with_pages(project: Path, copy: Path, warehouse: Path | None) -> int:
    """Copy the dbt project and add a page for each identity, and a list of them to the overview.

    Args:
        project: The dbt project.
        copy: Where the copy goes; what is there is replaced.
        warehouse: A built warehouse, which tells how often identities held; None where there
            is none yet.

    Returns:
        How many pages there are.
    """
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(*WRITTEN_BY_DBT))
    identities = _seed(copy, "identities")
    statistics = _statistics(warehouse) if warehouse else {}
    terms = {name: _by_identity(_seed(copy, name)) for name in TERM_COLUMNS}
    folder = copy / "analyses" / "identities"
    folder.mkdir(parents=True)
    described = []
    for identity in identities:
        name = identity["identity_id"]
        (folder / f"{name}.sql").write_text(_query(identity), encoding="utf-8")
        tables = [
            _table(columns, terms[seed][name])
            for seed, columns in TERM_COLUMNS.items()
            if name in terms[seed]
        ]
        page = describe_identity(identity, tables, statistics.get(name))
        described.append(f"{{% docs identity_{name} %}}\n{page}\n{END_OF_BLOCK}\n")
    # Doc blocks are read from the folder of docs only.
    docs = copy / "models" / "docs"
    (docs / "identities.md").write_text("\n".join(described), encoding="utf-8")
    (folder / "identities.yml").write_text(_properties(identities), encoding="utf-8")
    overview = docs / "overview.md"
    text = overview.read_text(encoding="utf-8")
    listed = f"{list_identities(identities, statistics)}\n{END_OF_BLOCK}"
    overview.write_text(text.replace(END_OF_BLOCK, listed), encoding="utf-8")
    return len(identities)


def describe_identity(
    identity: Row, tables: Iterable[str], statistics: Mapping[str, Any] | None
) -> str:
    """The page of one identity, in Markdown.

    Args:
        identity: Its line of the catalogue.
        tables: Its terms as tables.
        statistics: Its row of ``fct_identity_statistics``, None where nothing was evaluated yet.
    """
    exceptions = identity["exceptions"] or "none known 无"
    parts = [
        f"## {identity['formula'].translate(ESCAPED)}",
        f"{identity['meaning_en']} {identity['meaning_zh']}",
        f"**Exceptions 例外.** {exceptions.translate(ESCAPED)}",
        _table(
            ("family", "scope", "relation", "severity", "document_kind", "evidence"), [identity]
        ),
        f"**How often it held 成立情况.** {_held(statistics)}",
        *tables,
    ]
    return "\n\n".join(part for part in parts if part)


def list_identities(identities: Iterable[Row], statistics: Statistics) -> str:
    """The list of all identities for the overview, each with a link to its page."""
    lines = [
        "",
        "## Identities · 勾稽关系",
        "",
        "| Identity | Formula 公式 | Evaluated 评估 | Held 成立 |",
        "| --- | --- | --- | --- |",
    ]
    for identity in identities:
        name = identity["identity_id"]
        found = statistics.get(name, {})
        link = f"[`{name}`](#!/analysis/analysis.juesuan.{name})"
        counts = f"{found.get('evaluated_count', '')} | {found.get('held_count', '')}"
        lines.append(f"| {link} | {identity['formula'].translate(ESCAPED)} | {counts} |")
    return "\n".join([*lines, ""])


def _held(statistics: Mapping[str, Any] | None) -> str:
    if statistics is None:
        return "No warehouse was there when this page was written. 生成本页时尚无数据仓库。"
    if not statistics["evaluated_count"]:
        return "Never evaluated in this warehouse, so it proves nothing here. 本仓库中从未评估。"
    said = (
        "Evaluations: {evaluated_count}, documents: {document_count}; held {held_count}, "
        "{exact_count} of them exactly; failed {failed_count}; nothing to bind "
        "{not_applicable_count}; a form or term missing {not_evaluable_count}. "
        "评估 {evaluated_count} 次，成立 {held_count} 次，不成立 {failed_count} 次。"
    )
    return said.format_map(statistics)


def _table(columns: Iterable[str], rows: Iterable[Row]) -> str:
    names = list(columns)
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    for row in rows:
        cells = ((row[name] or "").translate(ESCAPED) for name in names)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _query(identity: Row) -> str:
    name = identity["identity_id"]
    return (
        f"-- Every place at which {name} was evaluated, what fails first.\n"
        "select *\n"
        "from {{ ref('fct_identity_checks') }}\n"
        f"where identity_id = '{name}'\n"
        "order by abs(difference_yuan) desc nulls last, document_id, scope_key\n"
    )


def _properties(identities: Iterable[Row]) -> str:
    lines = ["version: 2", "", "analyses:"]
    for identity in identities:
        name = identity["identity_id"]
        lines += [
            f"  - name: {name}",
            "    description: |",
            f"      {{{{ doc('identity_{name}') }}}}",
            "",
            f"      {{{{ doc('why_{identity['family']}') }}}}",
        ]
    return "\n".join([*lines, ""])


def _seed(project: Path, name: str) -> list[dict[str, str]]:
    path = project / "seeds" / "identities" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _by_identity(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row["identity_id"], []).append(row)
    return grouped


def _statistics(warehouse: Path) -> Statistics:
    with open_for_reading(warehouse) as connection:
        if not has_relation(connection, "marts", "fct_identity_statistics"):
            return {}
        rows = select_rows(connection, "select * from marts.fct_identity_statistics")
    return {row["identity_id"]: row for row in rows}


if __name__ == "__main__":
    project_dir, copy_dir, *built = map(Path, sys.argv[1:])
    pages = copy_with_pages(project_dir, copy_dir, next(filter(Path.is_file, built), None))
    print(f"{pages} pages of identities")  # noqa: T201
