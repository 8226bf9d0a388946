"""Lists of performance indicators, and the projects that they are of.

Forms of performance targets (绩效目标表) and self-evaluations (绩效自评表) list what is to be
reached: 一级指标 | 二级指标 | 三级指标 | 指标值. A sheet for one project names it above its list; a
list for many names it in a column.

Knows grids, columns and the grammar's words. Does not read what a target says.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipelines.domain.document import Cell, Table
from pipelines.recognising.catalogue import Catalogue
from pipelines.recognising.headers import Column, Role, is_numeric
from pipelines.recognising.terms import NO_CONCEPTS
from pipelines.recognising.wording import fold_header, fold_label, squash, unspaced

_INDICATOR = frozenset({"indicator"})
_LEVELS = 2
# What heads a column of a project's funds, and of how well they were spent.
_FUNDS = frozenset({"budgeted", "actual", "executed"})
_POINTS = frozenset({"score", "weight"})
_OF_FUNDS = _FUNDS | _POINTS | {"ratio"}
# What an indicator is to be, or came to be.
STATED = frozenset({"target", "achieved"})
# A number that is to be compared with, or has a unit that is no day's: >=58, 95%, 120台.
_NUMBER_STATED = re.compile(r"[<>=≤≥≦≧]{1,2}\d.*|\d[\d.,]*[^\d\s年月日号]{1,8}")
# The year of the sheet, printed on one line with the project's name.
_BEHIND_NAME = re.compile(r"[(（](19|20)\d{2}年度?[)）]$")
_LABEL_AND_NAME = re.compile(r"([^:：]+)[:：](.+)", re.DOTALL)


def heads_indicators(row: Iterable[Cell], catalogue: Catalogue) -> bool:
    """Tell whether a row heads a list of indicators: 一级指标 | 二级指标 | 三级指标 | 指标值."""
    printed = [cell.text for cell in row if squash(cell.text)]
    levels = [text for text in printed if names_level(text, catalogue)]
    return len(levels) > 1 and not any(map(is_numeric, printed))


def heads_funds(row: Iterable[Cell], catalogue: Catalogue) -> bool:
    """Tell whether a row heads the funds of a project: 年初预算数 | 全年执行数 | 分值 | 执行率."""
    printed = [cell.text for cell in row if squash(cell.text)]
    found = [catalogue.grammar.concepts(fold_header(text)) or NO_CONCEPTS for text in printed]
    figures = [concepts for concepts in found if concepts & _OF_FUNDS]
    return len(figures) > 1 and not any(map(is_numeric, printed))


def names_level(text: str, catalogue: Catalogue) -> bool:
    """Tell whether a cell's text is what levels of indicators are called, and no indicator."""
    word = catalogue.without_explanation(fold_header(text))
    return catalogue.grammar.concepts(word) == _INDICATOR


def lists_indicators(columns: Sequence[Column]) -> bool:
    """Tell whether columns list indicators, and what they are to be or came to be."""
    return any(map(is_level, columns)) and any(
        column.concepts and column.concepts & STATED for column in columns
    )


def lists_funds(columns: Sequence[Column]) -> bool:
    """Tell whether columns are of a project's funds: budget, what was spent of it, and points."""
    said = [column.concepts or NO_CONCEPTS for column in columns]
    has_points = any(concepts & _POINTS for concepts in said)
    return has_points and any(concepts & _FUNDS for concepts in said)


def sets_funds(labels: Sequence[str], catalogue: Catalogue) -> bool:
    """Tell whether a row's labels say that its number is of a project's funds: 年度资金总额."""
    # A grid without a header may run the project's name and the label of its funds together.
    ends = tuple(catalogue.vocabulary.project_funds)
    return any(fold_header(label).endswith(ends) for label in labels)


def columns_of_unread_targets(columns: Sequence[Column]) -> list[Column]:
    """The columns that say of indicators what nobody understands; none of a list that is read.

    Indicators are named on several levels, and a column behind them says what each is to be.
    """
    levels = [column.index for column in columns if is_level(column)]
    if len(levels) < _LEVELS or lists_indicators(columns):
        return []
    return [column for column in columns if column.index > levels[0] and not is_level(column)]


def states_number(text: str) -> bool:
    """Tell whether a text is a number with what it is compared by or counted in: >=58, 120台."""
    return _NUMBER_STATED.fullmatch(squash(text)) is not None


def is_level(column: Column) -> bool:
    """Tell whether a column names indicators, or what they are grouped by."""
    return column.role is Role.NAME and bool(column.concepts and "indicator" in column.concepts)


def names_subject(row: Sequence[Cell], catalogue: Catalogue) -> bool:
    """Tell whether a row says whose indicators follow: 项目名称 | 办案业务费, 部门名称 | …."""
    labels = catalogue.vocabulary.project_labels | catalogue.vocabulary.entity_labels
    return bool(_named(row, labels, catalogue))


def names_project(row: Sequence[Cell], catalogue: Catalogue) -> bool:
    """Tell whether a row says which project follows: 项目名称 | 办案业务费."""
    return bool(_named(row, catalogue.vocabulary.project_labels, catalogue))


def project_of(table: Table, catalogue: Catalogue) -> str:
    """The project that a row of a table names beside 项目名称, '' where none does."""
    labels = catalogue.vocabulary.project_labels
    names = (_named(row, labels, catalogue) for row in table.rows())
    return next(filter(None, names), "")


def project_in(line: str, catalogue: Catalogue) -> str:
    """The project that a line of text names (项目名称：办案业务费), '' where it names none."""
    match = _LABEL_AND_NAME.fullmatch(line)
    is_labelled = match and fold_label(match[1]) in catalogue.vocabulary.project_labels
    return _BEHIND_NAME.sub("", unspaced(match[2])) if match and is_labelled else ""


def _named(row: Sequence[Cell], labels: Iterable[str], catalogue: Catalogue) -> str:
    """What a row says beside one of some labels, or behind it in the same cell.

    What the grammar knows heads a column: 项目名称 | 一级指标.
    """
    printed = [cell for cell in row if squash(cell.text)]
    for cell, beside in pairwise(printed):
        # Hardly a cell is such a label: whether the next one is a name is asked of few.
        if (
            fold_label(cell.text).rstrip(":") in labels
            and not is_numeric(beside.text)
            and catalogue.grammar.concepts(fold_header(beside.text)) is None
        ):
            return unspaced(beside.text)
    return next(filter(None, (project_in(cell.text, catalogue) for cell in printed)), "")
