"""Writes what each column means as blocks that the dbt project refers to.

Knows the seed ``columns`` and how dbt writes blocks of documentation. Does not know which table has
which column: their YAML says so, and refers to a block by the column's name, or by the table's and
the column's where it means something else there.

Usage: python -m pipelines.exploring.column_docs PROJECT
"""

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

HEADING = "{# Written by `make columns` from seeds/labels/columns.csv: change it there. #}\n"


def block_name(table: str, column: str) -> str:
    """What a column's block is called: by the column, or by its table, too.

    Examples:
        >>> block_name("", "page"), block_name("dim_regions", "level")
        ('page', 'dim_regions__level')
    """
    return f"{table}__{column}" if table else column


def column_docs(columns: Iterable[Mapping[str, str]]) -> str:
    """The blocks of documentation for the rows of the table of columns, Chinese first."""
    blocks = (
        f"{{% docs {block_name(row['table_name'], row['column_name'])} %}}\n"
        f"{row['description_zh']} {row['description_en']}\n"
        "{% enddocs %}\n"
        for row in columns
        if row["description_zh"]
    )
    return "\n".join([HEADING, *blocks])


def read_columns(project: Path) -> list[dict[str, str]]:
    """The rows of the table of columns."""
    seed = project / "seeds" / "labels" / "columns.csv"
    with seed.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def docs_file(project: Path) -> Path:
    """Where the blocks stand."""
    return project / "models" / "docs" / "columns.md"


if __name__ == "__main__":
    dbt_project = Path(sys.argv[1])
    docs_file(dbt_project).write_text(column_docs(read_columns(dbt_project)), encoding="utf-8")
