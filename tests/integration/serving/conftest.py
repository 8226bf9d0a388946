"""A warehouse of invented bodies that can be compared, ranked and added up, and an explorer of it.

Three counties of one prefecture have a 教育局 each; one of them has two years and spent more on
三公 than was budgeted; one has a unit. A body and a file are called by what would be markup, were
it not escaped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest
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
        file_name="溆浦县教育局2023年度部门决算.docx",
        claims=(),
    ),
    hostile=replace(
        FIRST,
        document_id="a0000000000000d1",
        forms=accounts("9.00", "6.00", "3.00"),
        department=HOSTILE,
        region="431222",
        file_name=f"{HOSTILE}=1+1.docx",
        claims=(),
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
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built warehouse."""
    warehouse, _ = build_documents(tmp_path_factory.mktemp("explored"), INVENTED.documents)
    return warehouse


@pytest.fixture
def explored(explorer: Explored) -> Explored:
    """The explorer for somebody who has not been there before."""
    explorer.client.cookies.clear()
    return explorer


@pytest.fixture(scope="session")
def explorer(invented: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explored]:
    """An explorer of the warehouse, in Chinese."""
    app = create_app(invented, tmp_path_factory.mktemp("raw"), Language.ZH)
    with duckdb.connect(str(invented), read_only=True) as connection:
        found = connection.execute("select body_name, scope, body_id from marts.dim_bodies")
        bodies = {(name, scope): body_id for name, scope, body_id in found.fetchall()}
    with TestClient(app, base_url=ADDRESS) as client:
        yield Explored(client, invented, bodies)
