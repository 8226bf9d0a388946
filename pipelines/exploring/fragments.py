"""A redrawn table and a passage of prose as HTML fragments, for the report and the explorer.

Knows tags and classes: ``table.redrawn`` with ``.wanted``, ``.companion`` and ``tr.left-out``,
``p.passage`` with ``.sentence`` and ``mark``. Does not know how a page styles them.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from jinja2 import Environment, PackageLoader
from jinja2.environment import TemplateModule
from markupsafe import Markup

from pipelines.domain.languages import Language
from pipelines.exploring.passages import Passage
from pipelines.exploring.redrawn_tables import RedrawnTable

LEFT_OUT = {
    Language.EN: {"rows": "… rows left out: {count:,}", "columns": "… columns left out: {count:,}"},
    Language.ZH: {"rows": "… 省略 {count:,} 行", "columns": "… 省略 {count:,} 列"},
}


def table_html(
    table: RedrawnTable,
    languages: Sequence[Language],
    addresses: Mapping[str, str] | None = None,
) -> Markup:
    """A redrawn table.

    Args:
        table: The table.
        languages: Of what it says of what is left out, one after the other.
        addresses: Where cells lead to, by their paths; None where none leads anywhere.
    """
    said = {
        "above": left_out_text("rows", table.left_out_above, languages),
        "below": left_out_text("rows", table.left_out_below, languages),
        "columns": left_out_text("columns", table.left_out_columns, languages),
    }
    return _filled("redrawn", table, said, addresses or {})


def passage_html(passage: Passage) -> Markup:
    """A paragraph with its sentence and its number marked."""
    return _filled("passage", passage)


def left_out_text(what: str, count: int, languages: Sequence[Language]) -> str:
    """How many rows or columns are left out.

    Examples:
        >>> left_out_text("rows", 12, [Language.ZH, Language.EN])
        '… 省略 12 行 … rows left out: 12'
    """
    return " ".join(LEFT_OUT[language][what].format(count=count) for language in languages)


def _filled(macro: str, *values: object) -> Markup:
    """What a macro makes of values; it escapes every text."""
    return Markup(getattr(_macros(), macro)(*values))  # noqa: S704


@lru_cache(maxsize=1)
def _macros() -> TemplateModule:
    environment = Environment(
        loader=PackageLoader("pipelines.exploring"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("redrawn.html.j2").module
