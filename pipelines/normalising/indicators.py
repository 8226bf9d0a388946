"""Lists of performance indicators (绩效目标表, 绩效自评表) read row by row.

A target is words as often as a number: what is printed is kept, and its sign, number and unit told
apart where it has them. The numbers of the same rows are figures as well, see ``figures``.

Knows how targets are written. Does not know how tables are put together.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from pipelines.domain.amount import PrintedUnit, is_kept_exactly
from pipelines.domain.disclosure import PerformanceIndicator, StatedValue
from pipelines.domain.place import Place
from pipelines.normalising.amounts import UnreadableAmountError, is_blank, parse_amount
from pipelines.recognising.assembling import PrintedTable
from pipelines.recognising.bodies import BodyRow
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.headers import Column, Role
from pipelines.recognising.indicators import STATED, is_level, lists_indicators, names_level
from pipelines.recognising.wording import fold_header, squash, unspaced

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# What the number counts: 件, %, 万元, 个工作日.
_UNIT = r"[^\d\s<>=≤≥]{0,8}"
# A day by which something is done is no number of days: 12月底前, 2024年.
_IS_DATE = re.compile(r"年.*|[月日号](?!$)|.*[前底末初]")
_FIRST_YEAR, _LAST_YEAR = 1949, 2100
_LEVEL_COUNT = 3


def read_indicators(tables: Sequence[PrintedTable]) -> Iterator[PerformanceIndicator]:
    """Yield the indicators that a document's tables list, in the order printed.

    Args:
        tables: The tables, as ``assemble_tables`` puts them together.
    """
    for index, table in enumerate(tables):
        if lists_indicators(table.columns):
            yield from _List(index, table).indicators()


def read_stated(text: str, comparator: str = "", unit: str = "") -> StatedValue:
    """Tell the sign, the number and the unit of what a target says.

    Args:
        text: The cell of the target.
        comparator: The cell that says how to compare with it, '' where the table has none.
        unit: The cell that says its unit, '' likewise.

    Examples:
        >>> read_stated("≥5,200件")
        StatedValue(text='≥5,200件', comparator='>=', value=Decimal('5200'), unit='件')
        >>> read_stated("95%以上").comparator
        '>='
        >>> read_stated("98", "≥", "%").value
        Decimal('98')
        >>> read_stated("120", "＝", "台（套）").unit == read_stated("120台（套）").unit
        True
        >>> read_stated("12月底前").value is None
        True
    """
    printed = unspaced(text)
    if is_blank(printed):
        return StatedValue()
    sign = _sign_of(comparator)
    match = _stated().fullmatch(squash(printed))
    if match is None or _tells_date(match["number"], match["unit"]):
        return StatedValue(printed, sign, None, squash(unit))
    value = Decimal(match["number"].replace(",", ""))
    return StatedValue(
        text=printed,
        comparator=_sign_of(match["before"] or match["behind"] or "") or sign,
        value=value if is_kept_exactly(value) else None,
        unit=match["unit"] or squash(unit),
    )


@cache
def _stated() -> re.Pattern[str]:
    signs = load_catalogue().vocabulary.comparators.values()
    words = sorted((word for ways in signs for word in ways), key=len, reverse=True)
    any_sign = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?P<before>{any_sign})?(?P<number>{_NUMBER})"
        rf"(?P<unit>{_UNIT}?)(?:\(含\))?(?P<behind>{any_sign})?"
    )


def _sign_of(text: str) -> str:
    word = squash(text)
    signs = load_catalogue().vocabulary.comparators.items()
    return next((sign for sign, ways in signs if word in ways), "")


def _tells_date(number: str, unit: str) -> bool:
    is_year = number.isdecimal() and _FIRST_YEAR <= int(number) <= _LAST_YEAR
    return bool(_IS_DATE.fullmatch(unit)) and (is_year or not unit.startswith("年"))


@dataclass(slots=True)
class _Levels:
    """The words of some columns, each carried down until it or one before it changes."""

    columns: tuple[int, ...]
    current: dict[int, str] = field(default_factory=dict)

    def take(self, printed: dict[int, str]) -> tuple[str, ...]:
        """The words that hold for a row, from the outermost in."""
        for at, column in enumerate(self.columns):
            if text := printed.get(column):
                if text != self.current.get(column):
                    for inner in self.columns[at + 1 :]:
                        self.current.pop(inner, None)
                self.current[column] = text
        return tuple(self.current.get(column, "") for column in self.columns)


class _List:
    """One table that lists indicators."""

    def __init__(self, index: int, table: PrintedTable) -> None:
        self._index = index
        self._table = table
        levels = [column for column in table.columns if is_level(column)][-_LEVEL_COUNT:]
        before = [column for column in table.columns if column.index < levels[0].index]
        units = [column.index for column in before if column.has_units]
        projects = [column.index for column in before if _names_projects(column)]
        self._above = _Levels((*units[:1], *projects[:1]))
        self._has_unit, self._has_project = bool(units), bool(projects)
        self._levels = _Levels(tuple(column.index for column in levels))

    def indicators(self) -> Iterator[PerformanceIndicator]:
        for number, row in enumerate(self._table.rows):
            printed = dict(_printed(row))
            above = iter(self._above.take(printed))
            unit_name = next(above) if self._has_unit else ""
            project = next(above) if self._has_project else self._table.project
            own = [column for column in self._levels.columns if printed.get(column)]
            path = self._levels.take(printed)
            target, achieved = self._stated(row, "target"), self._stated(row, "achieved")
            if not own or not (target.text or achieved.text) or _is_total(printed[own[-1]]):
                continue
            *outer, name = path[: self._levels.columns.index(own[-1]) + 1]
            outer = [*[""] * (_LEVEL_COUNT - 1 - len(outer)), *outer]
            yield PerformanceIndicator(
                table_index=self._index,
                row_index=number,
                project_name=project,
                unit_name=unit_name,
                indicator_class=outer[0],
                indicator_type=outer[1],
                indicator_name=name,
                target=target,
                achieved=achieved,
                weight=self._number(row, "weight"),
                score=self._number(row, "score"),
                place=self._place(row),
            )

    def _stated(self, row: BodyRow, concept: str) -> StatedValue:
        comparator, unit = (self._text(row, each) for each in ("comparator", "measuring_unit"))
        return read_stated(self._text(row, concept), comparator, unit)

    def _place(self, row: BodyRow) -> Place:
        """Where a row says what its indicator is to be: first labels reach over several rows."""
        stated = (it for it in row.values if it.column.concepts and it.column.concepts & STATED)
        return next((value.cell.place for value in stated), row.place)

    def _number(self, row: BodyRow, concept: str) -> Decimal | None:
        try:
            number = parse_amount(self._text(row, concept).rstrip("%％分"), PrintedUnit.YUAN)
        except UnreadableAmountError:
            return None
        return number.value if number else None

    def _text(self, row: BodyRow, concept: str) -> str:
        """What a row prints below the first column that bears a concept."""
        return next(
            (value.cell.text for value in row.values if _measures(value.column, concept)), ""
        )


def _measures(column: Column, concept: str) -> bool:
    """Tell whether a column measures something: a weight is a score that may be earned."""
    concepts = column.concepts or frozenset()
    return concept in concepts and not (concept == "score" and "weight" in concepts)


def _names_projects(column: Column) -> bool:
    words = fold_header(column.header_path[-1]) if column.header_path else ""
    is_name = column.role is Role.NAME and not column.has_units
    return is_name and words in load_catalogue().vocabulary.project_labels


def _printed(row: BodyRow) -> Iterable[tuple[int, str]]:
    """Yield the labels of a row by their columns, headings that reach down beside it aside."""
    for column, label in zip(row.label_columns, row.labels, strict=True):
        text = unspaced(label)
        if not names_level(text, load_catalogue()):
            yield column, text


def _is_total(label: str) -> bool:
    return load_catalogue().names_total(label)
