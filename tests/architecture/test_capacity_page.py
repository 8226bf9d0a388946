"""The page of capacity is what the command writes, and its costs are what they say they are."""

import csv
import re
from decimal import Decimal

import pytest

from pipelines.acquiring.site_catalogue import Budget, Politeness
from pipelines.exploring.capacity import Assumptions
from pipelines.exploring.capacity_page import main, pages, read_costs
from pipelines.settings import load_settings
from tests.architecture.test_docs import DOCS_DIR, text_of
from tests.architecture.test_promises import targets
from tests.paths import PROJECT_DIR

COSTS = DOCS_DIR / "performance" / "unit_costs.csv"
WRITTEN = pages(read_costs(COSTS), Assumptions())


@pytest.mark.parametrize("path", WRITTEN, ids=str)
def test_the_page_is_what_the_command_writes(path):
    assert (DOCS_DIR / path).read_text(encoding="utf-8") == WRITTEN[path], "run make capacity"


def test_make_capacity_writes_these_pages(tmp_path):
    (command,) = re.findall(
        r"^capacity:.*\n\t\$\(BIN\)/python -m pipelines\.exploring\.capacity_page (.*) docs$",
        text_of("Makefile"),
        re.MULTILINE,
    )
    main([str(PROJECT_DIR / command), str(tmp_path)])
    found = {path: (tmp_path / path).read_text(encoding="utf-8") for path in WRITTEN}
    assert found == WRITTEN


def test_both_languages_have_the_same_numbers():
    """Rows of tables, in their order; what stands around the numbers is translated."""

    def numbers(text: str) -> list[list[str]]:
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        return [re.findall(r"(?<![\w.])\d[\d,.]* %|(?<![\w.])\d[\d,.]*", row) for row in rows]

    def of_values(rows: list[list[str]]) -> list[list[str]]:
        return [sorted(found) for found in rows]

    english, chinese = (WRITTEN[path] for path in WRITTEN)
    count = english.count("\n| ")
    assert count == chinese.count("\n| ") > 0
    upto = english.index("## Unit costs"), chinese.index("## 单位成本")
    assert of_values(numbers(english[: upto[0]])) == of_values(numbers(chinese[: upto[1]]))


def test_other_prices_and_machines_are_other_pages(tmp_path, capsys):
    main([str(COSTS), str(tmp_path), "--core-hour", "3", "--cores", "1", "--season-days", "10"])
    text = (tmp_path / "capacity.md").read_text(encoding="utf-8")
    assert "| a core for an hour; nobody's offer | 3 yuan |" in text
    assert "one machine does not read what the whole country publishes" in text
    for wrong in ("-1", "many", "NaN"):
        with pytest.raises(SystemExit):
            main([str(COSTS), str(tmp_path), "--cores", wrong])
    assert "cores cannot be -1" in capsys.readouterr().err


def test_a_cost_is_measured_by_a_command_that_exists_or_is_a_default():
    settings, politeness, budget = load_settings({}), Politeness(), Budget()
    defaults = {
        "delay_seconds": politeness.delay_seconds,
        "sites_at_once": settings.fetch_sites_at_once,
        "fetch_minutes": settings.fetch_minutes,
        "site_minutes": budget.minutes,
    }
    costs = {cost.name: cost for cost in read_costs(COSTS)}
    for name, cost in costs.items():
        if name in defaults:
            assert (cost.value, cost.command) == (Decimal(str(defaults[name])), ""), name
            continue
        assert re.fullmatch(r"2\d{3}-\d\d-\d\d", cost.measured_on), name
        if target := cost.command.removeprefix("make "):
            assert target in targets() or " " in target, name
        assert cost.page == "" or (DOCS_DIR / cost.page).exists(), name
    assert set(defaults) <= set(costs)


def test_a_cost_is_what_its_page_prints():
    """Where this fails a benchmark was run again: change the cost, then run make capacity."""
    with COSTS.open(encoding="utf-8", newline="") as lines:
        costs = list(csv.DictReader(lines))
    measured = [cost for cost in costs if cost["page"] and cost["command"]]
    assert measured
    for cost in measured:
        assert cost["printed"], cost["name"]
        assert cost["printed"] in text_of(f"docs/{cost['page']}"), cost["name"]
