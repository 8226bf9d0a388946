"""Writes what juesuan takes for many documents as a page, in English and in Chinese.

Knows the file of unit costs, how assumptions are given as options, and how numbers are shown. Does
not know the arithmetic, nor what the pages say around the numbers: that is in the templates.

Usage: python -m pipelines.exploring.capacity_page COSTS DOCS [--core-hour YUAN] …
"""

import argparse
import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipelines.domain.languages import Language
from pipelines.exploring.capacity import (
    OF_A_NIGHT,
    SCENARIOS,
    Assumptions,
    limits,
    loads,
    needs,
    reading_seconds,
    scan_seconds,
    unit_costs,
)

SMALL = 100
PAGES = {
    Language.EN: Path("capacity.md"),
    Language.ZH: Path("zh") / "capacity.md",
}


@dataclass(frozen=True, slots=True)
class MeasuredCost:
    """A unit cost as the file has it.

    Attributes:
        name: What the arithmetic calls it.
        value: How much it is.
        unit: Of what, by language.
        meaning: What it is, by language.
        command: The benchmark that measures it, '' for a setting.
        measured_on: When it was measured, '' for a setting.
        page: The page under ``docs/`` that says more, '' for none.
        is_counted: Whether the arithmetic asks for it; others are only told.
    """

    name: str
    value: Decimal
    unit: Mapping[Language, str]
    meaning: Mapping[Language, str]
    command: str
    measured_on: str
    page: str
    is_counted: bool


def read_costs(path: Path) -> list[MeasuredCost]:
    """Read the file of unit costs.

    Raises:
        KeyError: A column is missing.
        ValueError: A value is no number.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            MeasuredCost(
                name=row["name"],
                value=_number(row["value"]),
                unit={language: row[f"unit_{language}"] for language in Language},
                meaning={language: row[f"meaning_{language}"] for language in Language},
                command=row["command"],
                measured_on=row["measured_on"],
                page=row["page"],
                is_counted=row["is_counted"] == "true",
            )
            for row in csv.DictReader(lines)
        ]


def pages(measured: Sequence[MeasuredCost], assumed: Assumptions) -> dict[Path, str]:
    """Both pages, by their paths under ``docs/``."""
    environment = Environment(
        loader=PackageLoader("pipelines.exploring"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - what is written is Markdown
    )
    environment.filters |= {"shown": shown, "roughly": roughly}
    costs = unit_costs({cost.name: cost.value for cost in measured if cost.is_counted})
    told: dict[str, Any] = {
        "measured": measured,
        "assumed": assumed,
        "options": {field.name: option(field.name) for field in fields(Assumptions)},
        "needs": needs(costs, assumed),
        "limits": limits(costs, assumed),
        "of_a_night": OF_A_NIGHT,
        "loads": {scenario.name: loads(scenario, costs, assumed) for scenario in SCENARIOS},
        "limits_without_scans": limits(costs, replace(assumed, scans=Decimal(0))),
        "read_each": reading_seconds(costs, assumed),
        "scan_each": scan_seconds(costs),
    }
    return {
        path: _without_trailing_room(
            environment.get_template(f"capacity.{language}.md.j2").render(told, language=language)
        )
        for language, path in PAGES.items()
    }


def shown(value: Decimal) -> str:
    """Three digits of what is small, all of those before the point of what is not.

    Examples:
        >>> [shown(Decimal(text)) for text in ("0.0033", "12.345", "1E+1", "409600.4")]
        ['0.0033', '12.3', '10', '409,600']
    """
    is_whole = value == value.to_integral_value()
    return f"{value:,.0f}" if abs(value) >= SMALL or is_whole else f"{value:.3g}"


def roughly(value: Decimal) -> str:
    """Three digits, for what is no more certain than that.

    Examples:
        >>> roughly(Decimal("74491.3")), roughly(Decimal(900))
        ('74,500', '900')
    """
    return shown(Decimal(f"{value:.3g}"))


def option(name: str) -> str:
    """How an assumption is given.

    Examples:
        >>> option("core_hour")
        '--core-hour'
    """
    return f"--{name.replace('_', '-')}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write both pages below a folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("costs", type=Path, metavar="COSTS", help="the file of unit costs")
    parser.add_argument("docs", type=Path, metavar="DOCS", help="the folder of the pages")
    for field in fields(Assumptions):
        parser.add_argument(option(field.name), type=_number, default=field.default)
    asked = vars(parser.parse_args(arguments))
    try:
        assumed = Assumptions(**{field.name: asked[field.name] for field in fields(Assumptions)})
    except ValueError as error:
        parser.error(str(error))
    for path, text in pages(read_costs(asked["costs"]), assumed).items():
        page = asked["docs"] / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")


def _without_trailing_room(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _number(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(f"not a number: {text}")
    return value


if __name__ == "__main__":
    main()
