"""The data package says truly what its files hold, and in fiscal terms."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, validate

from pipelines.exploring.exporting.package import export_package
from pipelines.exploring.exporting.tables import list_marts

FACTS = "fct_three_public_expenses"


@pytest.fixture
def package(marts, tmp_path) -> Path:
    list(export_package(marts, list_marts(marts), tmp_path / "package"))
    return tmp_path / "package" / "datapackage.json"


def described(package: Path, name: str) -> dict[str, Any]:
    resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    (found,) = [resource for resource in resources if resource["name"] == name]
    return found


def test_every_mart_is_there_and_valid(marts, package):
    report = validate(package)
    assert report.flatten(["type", "note"]) == []
    assert Package(package).resource_names == [mart.name for mart in list_marts(marts)]


@pytest.mark.parametrize(
    ("before", "after"),
    [("某县水利局", "某县水务局"), ("one,", "ten,"), ("1234.500000", "1234.600000")],
    ids=["a name", "a key", "an amount"],
)
def test_a_file_that_was_changed_is_found_out(package, before, after):
    names = ("dim_bodies", FACTS)
    for path in (package.parent / "data" / f"{name}.csv" for name in names):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(before, after), encoding="utf-8")
    assert "hash-count" in {kind for (kind,) in validate(package).flatten(["type"])}


def test_a_fact_of_no_document_is_found_out(marts, tmp_path):
    marts.execute(f"update marts.{FACTS} set document_id = 'lost' where item = '决算'")
    list(export_package(marts, list_marts(marts), tmp_path))
    (error,) = validate(tmp_path / "datapackage.json").flatten(["type", "note"])
    assert error[0] == "foreign-key"
    assert '"lost" not found' in error[1]


def test_columns_have_types_meanings_and_fiscal_names(package):
    fields = {field["name"]: field for field in described(package, FACTS)["schema"]["fields"]}
    assert (fields["amount_yuan"]["type"], fields["amount_yuan"]["columnType"]) == (
        "number", "value",
    )  # fmt: skip
    assert fields["tags"]["type"] == "array"
    assert fields["is_planned"]["type"] == "boolean"
    assert fields["guest_count"]["type"] == "integer"
    assert (fields["item"]["title"], fields["item"]["description"]) == ("项目", "项目 the item")
    assert described(package, FACTS)["title"] == "三公经费 three public expenses"
    assert fields["item"]["columnType"] == "expenditure-type:code"
    documents = described(package, "dim_documents")["schema"]["fields"]
    types = {field["name"]: field.get("columnType") for field in documents}
    assert types["fiscal_year"] == "date:fiscal-year"
    assert types["body_id"] == "administrative-classification:generic:code"


def test_budget_and_actual_side_by_side_are_two_phases_of_one_amount(marts, tmp_path):
    marts.execute(f"alter table marts.{FACTS} add column budget_yuan decimal(24, 6)")
    marts.execute(f"alter table marts.{FACTS} rename column amount_yuan to actual_yuan")
    list(export_package(marts, list_marts(marts), tmp_path))
    schema = described(tmp_path / "datapackage.json", FACTS)["schema"]
    phases = {
        each["name"]: each["normalize"]["phase"] for each in schema["fields"] if "normalize" in each
    }
    assert phases == {"budget_yuan": "budget", "actual_yuan": "final_accounts"}
    extra = {field["name"]: field for field in schema["extraFields"]}
    assert extra["amount"]["normalizationTarget"]
    assert extra["phase"]["columnType"] == "phase:id"
    assert extra["currency"]["constant"] == "CNY"


def test_keys_lead_to_the_marts_that_are_there(marts, package, tmp_path):
    schema = described(package, FACTS)["schema"]
    assert schema["primaryKey"] == ["document_id", "item"]
    leading = {key["fields"][0]: key["reference"]["resource"] for key in schema["foreignKeys"]}
    assert leading == {
        "document_id": "dim_documents",
        "actual_figure_id": "fct_disclosed_figures",
        "claim_id": "fct_narrative_claims",
    }
    list(export_package(marts, list_marts(marts, [FACTS]), tmp_path / "alone"))
    alone = tmp_path / "alone" / "datapackage.json"
    assert described(alone, FACTS)["schema"]["foreignKeys"] == []
    assert validate(alone).valid


def test_it_says_whose_when_and_under_which_licence(marts, tmp_path):
    made_at = datetime(2026, 11, 29, 4, 5, 6)  # noqa: DTZ001
    marts.execute("insert into staging.builds values (?)", [made_at])
    list(export_package(marts, list_marts(marts), tmp_path))
    said = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert (said["version"], said["created"]) == ("2026.11.29", "2026-11-29T04:05:06Z")
    assert said["licenses"][0]["name"] == said["software"]["license"] == "Apache-2.0"
    assert "published facts" in said["rights"]
    assert said["sources"][1]["path"].startswith("https://a.example/")
    assert "2026-11-29" in said["citation"]
