"""What the audit finds in real documents: all that a person found, and no other violation.

Knows the corpus beside the project, ``narrative/findings.csv`` and the defects that came with the
corpus. Skipped where the corpus is absent.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.e2e.sample_run import juesuan
from tests.paths import PROJECT_DIR, SHARED_DIR

CORPUS, GOLD = SHARED_DIR / "corpus", SHARED_DIR / "gold"
FINDINGS = PROJECT_DIR / "tests" / "golden" / "narrative" / "findings.csv"
SHANGHAI = "上海市普陀区规划和自然资源局2024年度部门决算"
TEMPLATE = "部门决算模板"
# Prints another amount of one item than its forms, beside a growth that only theirs makes.
STREET = "上海市普陀区人民政府万里街道办事处2024年部门预算"
YUAN = {"万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
CENT = Decimal("0.01")
# The defects that the audit of prose is to find, and the identities that find them.
DEFECTS = {
    "narrative_table_mismatch": {"nar_basic", "nar_basic_names"},
    "unit_missing": {"unit_missing"},
    "template_residue": {"template_residue"},
    "label_mismatch": {"label_mismatch"},
}
Finding = tuple[str, Decimal | None, Decimal | None, str]

pytestmark = pytest.mark.skipif(
    not (CORPUS.is_dir() and GOLD.is_dir()), reason=f"the corpus is not at {SHARED_DIR}"
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("corpus") / "corpus.duckdb"
    answer = juesuan("run", "--raw", CORPUS, "--warehouse", path)
    assert path.exists(), answer.complaints
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def discrepancies(
    warehouse: duckdb.DuckDBPyConnection, stem: str
) -> dict[str, list[dict[str, object]]]:
    """What fails in a document, by each file that prints it."""
    found = warehouse.execute(
        "select * from marts.fct_discrepancies where starts_with(file_name, ?)", [stem]
    )
    names = [column[0] for column in found.description]
    by_file: dict[str, list[dict[str, object]]] = {
        file_name: []
        for (file_name,) in warehouse.execute(
            "select file_name from marts.dim_documents where starts_with(file_name, ?)", [stem]
        ).fetchall()
    }
    for row in warehouse.execute(
        "select * from marts.fct_discrepancies where starts_with(file_name, ?)", [stem]
    ).fetchall():
        each = dict(zip(names, row, strict=True))
        by_file[str(each["file_name"])].append(each)
    return by_file


def found(each: dict[str, object]) -> Finding:
    left, right = each["left_yuan"], each["right_yuan"]
    words = str(each["printed_left"]) if left is None else ""
    return (
        str(each["identity_id"]),
        None if left is None else Decimal(str(left)).quantize(CENT),
        None if right is None else Decimal(str(right)).quantize(CENT),
        words,
    )


def side(text: str, unit: str) -> Decimal | None:
    if not re.fullmatch(r"[\d.]+", text):
        return None
    return (Decimal(text) * YUAN.get(unit, Decimal(1))).quantize(CENT)


def expected(stem: str, level: str) -> Counter[Finding]:
    counted: Counter[Finding] = Counter()
    for row in rows(FINDINGS):
        if (row["file"], row["level"]) == (stem, level):
            is_wording = not row["left_unit"]
            key = (
                row["identity_id"],
                None if is_wording else side(row["left_text"], row["left_unit"]),
                side(row["right_text"], row["right_unit"]),
                row["left_text"] if is_wording else "",
            )
            counted[key] += int(row["places"])
    return counted


def is_close(one: Finding, other: Finding) -> bool:
    """Computed sides are written with two decimals of their unit."""
    return (
        one[0] == other[0]
        and one[3] == other[3]
        and all(
            a == b or (a is not None and b is not None and abs(a - b) <= Decimal(50))
            for a, b in zip(one[1:3], other[1:3], strict=True)
        )
    )


def settle(wanted: Counter[Finding], seen: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Strike off what agrees; what is missing and what is too much are left."""
    missing, extra = list(wanted.elements()), []
    for each in seen:
        match = next((one for one in missing if is_close(one, each)), None)
        if match is None:
            extra.append(each)
        else:
            missing.remove(match)
    return missing, extra


@pytest.mark.parametrize("stem", sorted({row["file"] for row in rows(FINDINGS)}))
def test_every_violation_a_person_found_is_found_and_no_other(warehouse, stem: str):
    by_file = discrepancies(warehouse, stem)
    assert by_file
    for file_name, each in by_file.items():
        violations = [found(one) for one in each if one["level"] == "violation"]
        assert (file_name, *settle(expected(stem, "violation"), violations)) == (file_name, [], [])


@pytest.mark.parametrize("stem", sorted({row["file"] for row in rows(FINDINGS)}))
def test_oddities_a_person_found_are_information(warehouse, stem: str):
    for file_name, each in discrepancies(warehouse, stem).items():
        hints = [found(one) for one in each if one["level"] == "info"]
        missing, _ = settle(expected(stem, "info"), hints)
        assert (file_name, missing) == (file_name, [])


def test_whatever_is_found_in_prose_shows_both_sides_and_the_sentence(warehouse):
    silent = warehouse.execute(
        "select file_name, identity_id, scope_key from marts.fct_discrepancies "
        "where evidence = 'narrative' "
        "and (sentence = '' or place = '' or printed_left = '')",
    ).fetchall()
    assert silent == []


def tokens(defect: dict[str, str]) -> list[str]:
    """The words of a defect that tell it from others: quoted names, or the print itself."""
    quoted = re.findall(r"“([^”]+)”", defect["printed"])
    if quoted:
        return quoted
    if defect["kind"] == "label_mismatch":
        return [re.sub(r"支出$", "", defect["printed"].partition("（")[0])]
    return [defect["printed"].rstrip("。")]


@pytest.mark.parametrize(
    "defect",
    [
        pytest.param(row, id=row["id"])
        for row in (rows(GOLD / "shpt_gzj_2024_final.defects.csv") if GOLD.is_dir() else [])
        if row["kind"] in DEFECTS
    ],
)
def test_every_known_defect_of_the_prose_is_found(warehouse, defect: dict[str, str]):
    ((_, each),) = discrepancies(warehouse, SHANGHAI).items()
    words = " ".join(
        str(one[column])
        for one in each
        if one["identity_id"] in DEFECTS[defect["kind"]]
        for column in ("scope_key", "printed_left", "printed_right", "sentence", "reason")
    )
    assert [token for token in tokens(defect) if token not in words] == []


def test_the_blank_template_is_nobodys_disclosure(warehouse):
    """The template that came with the corpus is full of placeholders, and of nothing else."""
    ((document_id, *told),) = warehouse.execute(
        "select document_id, documents.is_template, documents.is_counted, documents.body_id, "
        "documents.department_name, quality.violation_count "
        "from marts.dim_documents as documents "
        "inner join marts.fct_document_quality as quality using (document_id) "
        "where starts_with(documents.file_name, ?)",
        [TEMPLATE],
    ).fetchall()
    assert told == [True, False, None, "", 0]
    tables = warehouse.execute(
        "select table_name from information_schema.columns "
        "where table_schema = 'marts' and column_name = 'document_id'"
    ).fetchall()
    holding = {
        table
        for (table,) in tables
        if warehouse.execute(
            f"select 1 from marts.{table} where document_id = ? limit 1",
            [document_id],
        ).fetchall()
    }
    assert holding == {"dim_documents", "fct_document_quality"}


def test_no_other_document_is_said_to_contradict_itself(warehouse):
    others = warehouse.execute(
        "select file_name, identity_id from marts.fct_discrepancies where level = 'violation'"
    ).fetchall()
    known = {row["file"] for row in rows(FINDINGS)}
    by_stem: dict[str, Counter[str]] = {}
    for file_name, identity_id in others:
        stem = file_name.rpartition(".")[0]
        if stem not in known:
            by_stem.setdefault(stem, Counter())[identity_id] += 1
    assert by_stem == {
        SHANGHAI: Counter(nar_basic=2, template_residue=2),
        STREET: Counter(b_nar_items=1),
    }


def test_a_contradiction_of_the_prose_quarantines_nothing(warehouse):
    assert (
        warehouse.execute(
            "select file_name from marts.dim_documents where is_quarantined"
        ).fetchall()
        == []
    )


CULPRITS = {
    # What the explanation calls the opening budget is the sum of the accounts.
    "怀化市医疗保障局2023年度部门决算": {("420.44万元", "292.43"), ("899.51万元", "544.13")},
    # All money's basic expenditure, told of the general public budget.
    SHANGHAI: {("5377.64万元", "5364.75"), ("4896.98万元", "4884.09")},
    STREET: {("352.67万元", "350.35")},
}


def test_what_a_person_would_blame_is_blamed_and_nothing_else(warehouse):
    located = warehouse.execute(
        "select file_name, printed_text, suggested_text from marts.fct_error_locations "
        "where is_located and solution_rank = 1"
    ).fetchall()
    by_stem: dict[str, set[tuple[str, str]]] = {}
    for file_name, printed, suggested in located:
        by_stem.setdefault(file_name.rpartition(".")[0], set()).add((printed, suggested))
    assert by_stem == CULPRITS


def test_no_culprit_is_proven(warehouse):
    proven = warehouse.execute(
        "select file_name, figure_id from marts.fct_disclosed_figures "
        "where suspicion = 'culprit' and status = 'proven'"
    ).fetchall()
    assert proven == []
