"""What the documents of the project promise is there: targets, commands, paths."""

import re
from pathlib import Path

import pytest
import yaml

from pipelines.cli.group import COMMANDS
from tests.paths import PROJECT_DIR

DOCUMENTS = sorted(
    path
    for path in (*PROJECT_DIR.glob("*.md"), *PROJECT_DIR.glob("docs/**/*.md"))
    if "site" not in path.parts
)
# Folders whose contents are made by running the pipeline.
MADE_BY_RUNNING = ("data/warehouse/", "data/raw/fetched", "data/raw/inbox", "docs/site")
CODE = re.compile(r"^```.*?^```|`[^`\n]+`|^ {4}.*?$", re.MULTILINE | re.DOTALL)
OWN_PATH = re.compile(r"`((?:pipelines|dbt_project|tests|docs|data/raw|\.ci)/[\w./-]*)`")


def targets() -> set[str]:
    makefile = (PROJECT_DIR / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def in_code(document: Path, pattern: str | re.Pattern[str]) -> set[str]:
    """What a pattern finds in the document's code blocks and code spans."""
    code = "\n".join(CODE.findall(document.read_text(encoding="utf-8")))
    return set(re.findall(pattern, code))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(document):
    assert in_code(document, r"\bmake (?:-C \S+ )?([a-z][a-z-]*)") <= targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(document):
    assert in_code(document, r"\bjuesuan ([a-z]+)") <= set(COMMANDS)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_is_named_exists(document):
    paths = {path for path in in_code(document, OWN_PATH) if not path.startswith(MADE_BY_RUNNING)}
    assert sorted(path for path in paths if not (PROJECT_DIR / path).exists()) == []


def test_every_make_target_is_listed_by_make_help():
    makefile = (PROJECT_DIR / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert set(phony.split()) == targets()


def test_the_lock_names_no_package_host():
    lock = (PROJECT_DIR / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links=", lock) == []


def test_dbt_reads_only_staging_tables_that_are_loaded():
    script = (PROJECT_DIR / "pipelines" / "warehouse" / "staging.sql").read_text(encoding="utf-8")
    loaded = set(re.findall(r"create table if not exists staging\.(\w+)", script))
    (declared,) = (PROJECT_DIR / "dbt_project" / "models").rglob("*sources.yml")
    (source,) = yaml.safe_load(declared.read_text(encoding="utf-8"))["sources"]
    assert {table["name"] for table in source["tables"]} <= loaded
