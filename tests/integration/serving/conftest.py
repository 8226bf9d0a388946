"""A warehouse of invented bodies that can be compared, ranked and added up, and an explorer of it.

Three counties of one prefecture have a 教育局 each; one of them has two years and spent more on
三公 than was budgeted; one has a unit. A body and a file are called by what would be markup, were
it not escaped, and a sentence says it. One document has pages; the files of the others are gone.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest
from PIL import Image
from starlette.testclient import TestClient

from pipelines.domain.languages import Language
from pipelines.serving.application import create_app
from tests.integration.dbt.built import build_documents
from tests.integration.dbt.staged import Disclosed, Form, Row, Stated

HOSTILE = "<script>alert('x')</script>&\"局"
ADDRESS = "http://localhost"


def accounts(total: str, basic: str, project: str, spent: str = "1.00") -> tuple[Form, ...]:
    """Forms that agree with each other: everything is for education."""
    expenditure = {"total": total, "basic": basic, "project": project}
    return (
        Form(
            "income",
            (
                Row("205", "教育支出", "", {"total": total, "fiscal_appropriation": total}),
                Row("", "合计", "total", {"total": total, "fiscal_appropriation": total}),
            ),
        ),
        Form(
            "expenditure",
            (
                Row("205", "教育支出", "", expenditure),
                Row("20502", "普通教育", "", expenditure),
                Row("2050202", "小学教育", "", expenditure),
                Row("", "合计", "total", expenditure),
            ),
        ),
        Form(
            "three_public",
            (
                Row(
                    printed={
                        "budget_total": "2.00",
                        "budget_reception": "2.00",
                        "actual_total": spent,
                        "actual_reception": spent,
                    }
                ),
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class Invented:
    """What the warehouse holds."""

    first: Disclosed
    first_before: Disclosed
    second: Disclosed
    second_unit: Disclosed
    third: Disclosed
    hostile: Disclosed
    broken: Disclosed

    @property
    def documents(self) -> tuple[Disclosed, ...]:
        """All of it."""
        return (
            self.first,
            self.first_before,
            self.second,
            self.second_unit,
            self.third,
            self.hostile,
            self.broken,
        )


FIRST = Disclosed(
    "a0000000000000a1",
    accounts("120.00", "80.00", "40.00", spent="2.50"),
    department="沅陵县教育局",
    region="431222",
    file_name="沅陵县教育局2023年度部门决算.docx",
    claims=(
        Stated("staffing.staff.held", "count", "40", unit="人", part="report"),
        Stated("procurement.total.actual", "amount", "12.50"),
        Stated("assets.vehicles.total.held", "count", "3"),
    ),
)
INVENTED = Invented(
    first=FIRST,
    first_before=replace(
        FIRST,
        document_id="a0000000000000a2",
        forms=accounts("100.00", "70.00", "30.00"),
        fiscal_year=2022,
        file_name="沅陵县教育局2022年度部门决算.docx",
        claims=(),
    ),
    second=replace(
        FIRST,
        document_id="a0000000000000b1",
        forms=accounts("300.00", "200.00", "100.00"),
        department="辰溪县教育局",
        region="431223",
        file_name="辰溪县教育局2023年度部门决算.docx",
        claims=(),
    ),
    second_unit=replace(
        FIRST,
        document_id="a0000000000000b2",
        forms=accounts("50.00", "30.00", "20.00"),
        department="辰溪县教育局",
        region="431223",
        scope="unit",
        file_name="辰溪县教育局2023年度单位决算.docx",
        claims=(),
    ),
    third=replace(
        FIRST,
        document_id="a0000000000000c1",
        forms=accounts("200.00", "150.00", "50.00"),
        department="溆浦县教育局",
        region="431224",
        file_kind="pdf",
        file_name="溆浦县教育局2023年度部门决算.pdf",
        is_filed=True,
        claims=(),
    ),
    hostile=replace(
        FIRST,
        document_id="a0000000000000d1",
        forms=accounts("9.00", "6.00", "3.00"),
        department=HOSTILE,
        region="431222",
        file_name=f"{HOSTILE}=1+1.docx",
        claims=(
            Stated("procurement.total.actual", "amount", "9.00", sentence=f"{HOSTILE}9.00万元。"),
        ),
        prose=f"{HOSTILE}之前。{HOSTILE}9.00万元。之后。",
    ),
    broken=replace(
        FIRST,
        document_id="a0000000000000e1",
        # Basic and project expenditure come to 130, not to 120.
        forms=accounts("120.00", "80.00", "50.00"),
        department="麻阳县教育局",
        region="431226",
        file_name="麻阳县教育局2023年度部门决算.docx",
        claims=(),
    ),
)


# Where the figures of the third stand on its second page, in points.
PAGE, BOX = 2, (100.0, 200.0, 160.0, 212.0)
PAPERS = ("white", "lightgray", "white")
PAGE_SIZE = (595, 842)
# Of the row that prints 120 = 80 + 50.
CULPRIT = f"{INVENTED.broken.document_id}:expenditure::0:project"
LOCATE = """
    insert into marts.fct_error_locations by name
    select
        document_id,
        any_value(file_name) as file_name,
        1 as fault_number,
        1 as solution_rank,
        1 as solution_number,
        true as is_located,
        $culprit as figure_id,
        'expenditure' as form,
        '205 教育支出' as row_name,
        'project' as measure,
        '50.00' as printed_text,
        '40.00' as suggested_text,
        400000 as suggested_yuan,
        '万元' as printed_unit,
        'digit' as slip,
        1.0 as cost,
        'figures' as cause,
        '' as family_id,
        1 as place_count,
        1 as place_number,
        string_agg(check_id, ',') as repaired_check_ids,
        count(*) as repaired_count,
        string_agg(check_id, ',') as failing_check_ids,
        count(*) as failing_count
    from marts.fct_discrepancies
    where document_id = $document and level = 'violation'
    group by document_id
"""


def key_of(spelled: str) -> str:
    """The key of a figure or statement, by how it is spelled where it is staged."""
    return hashlib.sha256(spelled.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Explored:
    """An explorer, what it shows, and the keys of the bodies by name and scope."""

    client: TestClient
    warehouse: Path
    bodies: dict[tuple[str, str], str]

    def body(self, name: str, scope: str = "department") -> str:
        """The address of a body's page."""
        return f"/department/{self.bodies[name, scope]}"


@pytest.fixture(scope="session")
def raw_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the one file is that is still there: empty pages, the second one gray."""
    folder = tmp_path_factory.mktemp("raw")
    first, *others = (Image.new("RGB", PAGE_SIZE, paper) for paper in PAPERS)
    target = folder / INVENTED.third.document_id
    first.save(target, "PDF", resolution=72, save_all=True, append_images=others)
    return folder


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory, raw_dir: Path) -> Path:
    """The built warehouse, its figures and statements under keys as real ones have."""
    digest = hashlib.sha256((raw_dir / INVENTED.third.document_id).read_bytes()).hexdigest()

    def with_keys_and_a_file(connection: duckdb.DuckDBPyConnection) -> None:
        for table, column in (
            ("figures", "figure_id"),
            ("claims", "claim_id"),
            ("claims", "whole_claim_id"),
        ):
            connection.execute(f"update staging.{table} set {column} = left(sha256({column}), 16)")
        third = INVENTED.third.document_id
        for table in ("documents", "files"):
            connection.execute(
                f"update staging.{table} set sha256 = ? where sha256 = ?", [digest, third * 4]
            )
        connection.execute(
            "update staging.figures set page = ?, bbox_x0 = ?, bbox_top = ?, bbox_x1 = ?, "
            "bbox_bottom = ?, cell_path = null where document_id = ?",
            [PAGE, *BOX, third],
        )

    folder = tmp_path_factory.mktemp("explored")
    warehouse, _ = build_documents(folder, INVENTED.documents, changed=with_keys_and_a_file)
    with duckdb.connect(str(warehouse)) as connection:
        located = {"culprit": key_of(CULPRIT), "document": INVENTED.broken.document_id}
        connection.execute(LOCATE, located)
    return warehouse


@pytest.fixture
def explored(explorer: Explored) -> Explored:
    """The explorer for somebody who has not been there before."""
    explorer.client.cookies.clear()
    return explorer


@pytest.fixture(scope="session")
def explorer(invented: Path, raw_dir: Path) -> Iterator[Explored]:
    """An explorer of the warehouse, in Chinese."""
    app = create_app(invented, raw_dir, Language.ZH)
    with duckdb.connect(str(invented), read_only=True) as connection:
        found = connection.execute("select body_name, scope, body_id from marts.dim_bodies")
        bodies = {(name, scope): body_id for name, scope, body_id in found.fetchall()}
    with TestClient(app, base_url=ADDRESS) as client:
        yield Explored(client, invented, bodies)
