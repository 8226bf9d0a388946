"""What a warehouse says of documents, asked as users ask it, and how two readings differ.

Knows the command, its warehouse and how figures are told apart. Does not know formats or faults.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb

from tests.growth.measuring import JUESUAN, Command, Taken, measure

GOOD_ENDS = (0, 1)
"""Documents that cannot be read are no failure of the command."""
RAW_COLUMN = "reading_text"
"""What a recogniser read, where the warehouse keeps it beside what it was repaired to."""
FIGURES = """
select
    files.file_path,
    figures.form,
    figures.section,
    figures.row_code,
    figures.row_label,
    figures.measure,
    figures.amount_text,
    figures.amount_yuan,
    {raw},
    figures.status,
    figures.page,
    figures.bbox_x0,
    figures.bbox_top,
    figures.bbox_x1,
    figures.bbox_bottom
from marts.fct_disclosed_figures as figures
inner join staging.documents as documents using (document_id)
inner join staging.files as files on documents.sha256 = files.sha256
order by all
"""
CLAIMS = """
select files.file_path, claims.topic, claims.item, claims.role, claims.value_text, claims.unit
from staging.claims as claims
inner join staging.documents as documents using (document_id)
inner join staging.files as files on documents.sha256 = files.sha256
order by all
"""
DOCUMENTS = """
select
    files.file_path,
    documents.department_name,
    documents.fiscal_year,
    documents.kind,
    documents.scope
from staging.documents as documents
inner join staging.files as files on documents.sha256 = files.sha256
order by all
"""
REJECTED = """
select file_path, reason, message
from staging.files
where status = 'rejected'
order by all
"""


class Row(NamedTuple):
    """Whose number it is: the row of a form, and what the column measures."""

    form: str
    section: str
    code: str
    label: str
    measure: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the warehouse.

    Attributes:
        raw: What a recogniser read before it was repaired, '' where none did.
        box: Left, top, right and bottom in points, None where the figure has no place on a page.
    """

    row: Row
    text: str
    yuan: Decimal | None
    raw: str
    status: str
    page: int | None
    box: tuple[float, float, float, float] | None

    @property
    def amount(self) -> tuple[str, Decimal | None]:
        """What is printed, and what it comes to."""
        return self.text, self.yuan


@dataclass(slots=True)
class Told:
    """What the warehouse says of one document.

    Attributes:
        identity: Whose it is, which year and kind; empty where it was not read.
        rejected: Why it was not read, for programs and for people; empty where it was.
    """

    figures: list[Figure] = field(default_factory=list)
    claims: Counter[tuple[object, ...]] = field(default_factory=Counter)
    identity: tuple[object, ...] = ()
    rejected: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """A run over a folder: what is told of each document, and what the command took."""

    documents: Mapping[str, Told]
    taken: Taken


def read(raw: Path, warehouse: Path, documents: Iterable[str], jobs: int = 2) -> Reading:
    """Have the command read a folder, and ask the warehouse.

    Args:
        raw: The folder; every document has a folder of its own in it.
        warehouse: The file that the command makes.
        documents: Names of the documents' folders.
        jobs: How many processes read.

    Raises:
        MeasuringError: The command could not do its work.
    """
    command: Command = [
        *(JUESUAN, "run", "--raw", raw, "--warehouse", warehouse),
        *("--jobs", str(jobs)),
    ]
    taken = measure(command, {"JUESUAN_LANG": "en"}, GOOD_ENDS)
    told = {name: Told() for name in documents}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for name, identity in _by_document(connection, DOCUMENTS):
            told[name].identity = identity
        for name, values in _by_document(connection, FIGURES.format(raw=_raw_column(connection))):
            told[name].figures.append(_figure(values))
        for name, values in _by_document(connection, CLAIMS):
            told[name].claims[values] += 1
        for name, (reason, message) in _by_document(connection, REJECTED):
            told[name].rejected.append((str(reason), str(message)))
    return Reading(told, taken)


def _raw_column(connection: duckdb.DuckDBPyConnection) -> str:
    """The column that keeps what was read, or nothing in its place."""
    query = "select 1 from duckdb_columns() where schema_name = 'marts' and column_name = ?"
    is_there = connection.execute(query, [RAW_COLUMN]).fetchone()
    return f"figures.{RAW_COLUMN}" if is_there else "null"


def _by_document(
    connection: duckdb.DuckDBPyConnection, query: str
) -> Iterator[tuple[str, tuple[object, ...]]]:
    try:
        rows = connection.sql(query).fetchall()
    except duckdb.CatalogException:  # a warehouse of no document has no marts
        return
    for file_path, *values in rows:
        yield str(file_path).partition("/")[0], tuple(values)


def _figure(values: Sequence[object]) -> Figure:
    form, section, code, label, measured, text, yuan, raw, status, page, *box = values
    row = Row(str(form), str(section), str(code), "".join(str(label).split()), str(measured))
    return Figure(
        *(row, str(text), yuan, str(raw or ""), str(status), page),  # type: ignore[arg-type]
        None if box[0] is None else tuple(box),  # type: ignore[arg-type]
    )


@dataclass(slots=True)
class Comparison:
    """How the figures of a reading differ from those of another, which is the truth.

    Attributes:
        wanted: How many there are in truth.
        equal: Same row, measure and amount.
        unnamed: Same amount, of which nothing is said that it measures.
        different: Same row and measure, another amount, or the same amount said to be another's.
        proven: Of those that are different or extra, how many are said to be proven.
        identities_wrong: Documents said to be somebody else's, or of another year or kind.
        unread: Documents of which nothing was read; ``rejected`` counts what was said of files.
        examples: Of what is not equal, for people.
    """

    wanted: int = 0
    equal: int = 0
    unnamed: int = 0
    different: int = 0
    missing: int = 0
    extra: int = 0
    proven: int = 0
    claims_wanted: int = 0
    claims_equal: int = 0
    identities_wrong: int = 0
    documents: int = 0
    unread: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def is_perfect(self) -> bool:
        """Whether every figure is equal and there is no other."""
        return self.equal == self.wanted and not self.extra

    def add(self, other: "Comparison") -> None:
        """Count another document too."""
        for name in (
            *("wanted", "equal", "unnamed", "different", "missing", "extra", "proven"),
            *("claims_wanted", "claims_equal", "identities_wrong", "documents", "unread"),
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rejected.update(other.rejected)
        self.examples += other.examples


def compare(name: str, truth: Told, found: Told) -> Comparison:
    """Compare what is told of one document with the truth, figure for figure."""
    result = Comparison(
        wanted=len(truth.figures),
        claims_wanted=truth.claims.total(),
        claims_equal=(truth.claims & found.claims).total(),
        documents=1,
        unread=int(not found.identity),
        identities_wrong=int(bool(found.identity) and found.identity != truth.identity),
        rejected=Counter(f"{reason}: {_without_path(it)}" for reason, it in found.rejected),
    )
    wanted, extra = _unmatched(truth.figures, found.figures)
    result.equal = len(truth.figures) - len(wanted)
    pairs, wanted, extra = _paired(wanted, extra)
    wrong = [now for was, now in pairs if not _is_unnamed(was, now)]
    result.unnamed, result.different = len(pairs) - len(wrong), len(wrong)
    result.missing, result.extra = len(wanted), len(extra)
    wrong += extra
    result.proven = sum(figure.status == "proven" for figure in wrong)
    if result.unread:
        return result
    result.examples = [
        *(f"{name}: {_said(was)} became {_said(now)}" for was, now in pairs),
        *(f"{name}: {_said(figure)} is missing" for figure in wanted),
        *(f"{name}: {_said(figure)} is nowhere" for figure in extra),
    ]
    return result


def _without_path(message: str) -> str:
    """What is said of a file, without its name, which it begins with."""
    return message.partition(": ")[2] or message


def _unmatched(
    wanted: Iterable[Figure], found: Iterable[Figure]
) -> tuple[list[Figure], list[Figure]]:
    """What is left of both once equal figures are taken out."""
    open_: dict[object, list[Figure]] = {}
    for figure in found:
        open_.setdefault((figure.row, figure.amount), []).append(figure)
    left = [figure for figure in wanted if not _take(open_, (figure.row, figure.amount))]
    return left, [figure for figures in open_.values() for figure in figures]


def _take(open_: dict[object, list[Figure]], key: object) -> Figure | None:
    figures = open_.get(key)
    return figures.pop() if figures else None


def _is_unnamed(was: Figure, now: Figure) -> bool:
    """Whether all that a figure has lost is what it measures."""
    return bool(was.row.measure) and not now.row.measure and was.text == now.text


def _row_of(figure: Figure) -> object:
    return figure.row


def _amount_and_label(figure: Figure) -> object:
    return figure.text, figure.row.label


def _amount(figure: Figure) -> object:
    return figure.text


def _paired(
    wanted: list[Figure], extra: list[Figure]
) -> tuple[list[tuple[Figure, Figure]], list[Figure], list[Figure]]:
    """Pairs of figures that must be the same one: of one row and measure, or of one amount."""
    pairs: list[tuple[Figure, Figure]] = []
    for key in (_row_of, _amount_and_label, _amount):
        open_: dict[object, list[Figure]] = {}
        for figure in extra:
            open_.setdefault(key(figure), []).append(figure)
        left = []
        for figure in wanted:
            twin = _take(open_, key(figure))
            if twin is None:
                left.append(figure)
            else:
                pairs.append((figure, twin))
        wanted, extra = left, [figure for figures in open_.values() for figure in figures]
    return pairs, wanted, extra


def _said(figure: Figure) -> str:
    row = " ".join(filter(None, (figure.row.code, figure.row.label)))
    meaning = "/".join(filter(None, figure.row[:2])) or "no form"
    return f"{figure.text} ({meaning} | {row} | {figure.row.measure or 'no measure'})"
