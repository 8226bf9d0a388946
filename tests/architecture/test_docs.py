"""What the documents say of the project agrees with the project: names, tables, settings, links.

That targets, commands and paths exist is test_promises.py's; here it is the lists that a page
claims to be complete, and what a page must not contain.
"""

import csv
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import click
import pytest

from pipelines.acquiring.archive_entries import ArchiveTrouble
from pipelines.cli import main
from pipelines.cli.group import COMMANDS
from pipelines.domain.disclosure import RejectionReason
from pipelines.domain.file_record import FileReason
from pipelines.exploring.labels import shipped_labels
from pipelines.reading.errors import UnreadableReason
from pipelines.recognising.captions import titled_forms
from pipelines.recognising.catalogue import SectionSpec, load_catalogue
from pipelines.settings import VARIABLES
from tests.architecture.test_promises import DOCUMENTS
from tests.paths import PROJECT_DIR

DOCS_DIR = PROJECT_DIR / "docs"
READMES = ("README.md", "README.zh-CN.md")
SEEDS_DIR = PROJECT_DIR / "dbt_project" / "seeds" / "identities"

LINK = re.compile(r"\[[^\]]*\]\((?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]+))?\)")
FENCED_BLOCK = re.compile(r"^```\w*\n.*?^```$", re.MULTILINE | re.DOTALL)
INDENTED_BLOCK = re.compile(r"(?:^ {4}.*\n)+", re.MULTILINE)
# Where a checkout lies on somebody's machine is nobody else's business.
MACHINE_PATH = re.compile(r"(?<![\w.…/])/(?:home|root|opt|tmp|work|Users)/")
PACKAGE_HOST = re.compile(r"pypi|pythonhosted|/simple\b", re.IGNORECASE)
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff\u2705\u2728\u274c]")
FORM_TABLES = ("Final accounts 部门决算", "Provincial forms 各省自设的表", "Budgets 部门预算")
ADR_SECTIONS = ["Context", "Decision", "Consequences", "How we would know it was wrong"]


def text_of(path: Path | str) -> str:
    return (PROJECT_DIR / path).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    (found,) = re.findall(rf"^#+ {re.escape(heading)}$\n(.*?)(?=^#|\Z)", text, re.M | re.S)
    return found


def table_rows(text: str) -> Iterator[list[str]]:
    """The cells of every row of the Markdown tables in a text, heads left out."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for row, following in pairwise([*rows, ""]):
        is_head = set(following) <= set("|-: ") and following != ""
        if not is_head and not set(row) <= set("|-: "):
            yield [cell.strip() for cell in row.strip("|").split("|")]


def names_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def first_names(text: str) -> list[str]:
    """The names in the first column of a text's tables."""
    return [name for row in table_rows(text) for name in names_in(row[0])]


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def code_blocks(text: str) -> list[str]:
    return [*FENCED_BLOCK.findall(text), *INDENTED_BLOCK.findall(FENCED_BLOCK.sub("", text))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_project_leads_somewhere(document: Path):
    text = text_of(document)
    for link in LINK.finditer(text):
        if link["path"].startswith("https://"):
            continue
        target = (document.parent / link["path"]) if link["path"] else document
        assert target.exists(), link[0]
        if link["anchor"]:
            assert link["anchor"] in anchors(text_of(target)), link[0]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_machine_host_or_decoration_is_in_the_documents(document: Path):
    text = text_of(document)
    found = [*MACHINE_PATH.findall(text), *PACKAGE_HOST.findall(text), *EMOJI.findall(text)]
    assert found == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_option_that_is_shown_exists(document: Path):
    for command, rest in re.findall(r"\bjuesuan ([a-z]+)([^`\n#]*)", text_of(document)):
        if called := main.get_command(click.Context(main), command):
            known = {name for option in called.params for name in option.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"juesuan {command}{rest}"


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_lists_every_command_and_every_mart(readme: str):
    listed = first_names(text_of(readme))
    marts = [path.stem for path in (PROJECT_DIR / "dbt_project/models/marts").rglob("*.sql")]
    commands = [f"juesuan {name}" for name in COMMANDS]
    assert sorted(listed) == sorted([*commands, *marts])


def test_both_readmes_show_the_same_code():
    """Comments and the words after a path differ; what is typed does not."""

    def typed(readme: str) -> list[list[str]]:
        untranslated = text_of(readme).replace("meaning_zh", "meaning_en")
        return [
            [re.sub(r"\s{2,}\S.*|#.*", "", line) for line in block.splitlines()]
            for block in code_blocks(untranslated)
        ]

    assert typed("README.md") == typed("README.zh-CN.md")


def test_operations_list_every_setting():
    text = text_of("docs/operations.md")
    listed = set(first_names(section(text, "Settings")))
    told_to_dbt = {name for name in VARIABLES if "_DUCKDB_" in name or name.endswith("_PATH")}
    assert listed | told_to_dbt == VARIABLES
    for document in DOCUMENTS:
        assert set(re.findall(r"(?<!_)JUESUAN_\w+", text_of(document))) <= VARIABLES


def test_operations_say_the_same_in_both_languages():
    english, chinese = (text_of(f"docs/{page}") for page in ("operations.md", "zh/operations.md"))

    def said(text: str) -> tuple[set[str], int, list[str]]:
        prose = FENCED_BLOCK.sub("", text)
        typed = re.findall(r"^    (\S.*?)(?: --note .*)?$", prose, re.MULTILINE)
        return set(names_in(prose)), text.count("\n|"), typed

    assert said(english) == said(chinese)


def test_operations_list_every_reason():
    text = section(text_of("docs/operations.md"), "Bad input")
    reasons = {*UnreadableReason, *ArchiveTrouble, *FileReason, *RejectionReason}
    reasons -= {FileReason.NONE}
    assert sorted(first_names(text)) == sorted(map(str, reasons))


def test_operations_name_the_time_of_the_schedule():
    cron, zone = re.findall(
        r'cron_schedule="(\S+ \S+ .*?)".*?execution_timezone="(.*?)"',
        text_of("pipelines/defs/jobs.py"),
        re.DOTALL,
    )[0]
    minute, hour = map(int, cron.split()[:2])
    text = text_of("docs/operations.md")
    assert cron in text
    assert f"{hour:02}:{minute:02}, {zone}" in text


def documented_forms() -> Iterator[tuple[str, str, str]]:
    """Form, section and measures of every row of the form tables of docs/forms.md."""
    text, form = text_of("docs/forms.md"), ""
    for heading in FORM_TABLES:
        for row in table_rows(section(text, heading)):
            form = (names_in(row[0]) or [form])[0]
            yield form, "".join(names_in(row[3])), row[4]


def measures_of(part: SectionSpec) -> list[str]:
    """Every measure of a section, those with the items down the side included."""
    names = (measure for measure, *_ in (*part.measures, *part.down))
    return list(dict.fromkeys(names))


def test_the_forms_are_those_of_the_catalogue():
    """Where this fails, paste the measures it prints into the form's row of docs/forms.md."""
    in_catalogue = [
        (spec.form, part.section, " ".join(f"`{name}`" for name in measures_of(part)))
        for spec in load_catalogue().forms
        for part in spec.sections
    ]
    assert list(documented_forms()) == in_catalogue


def test_the_measures_of_tables_of_performance_are_those_of_the_catalogue():
    paragraph = section(text_of("docs/forms.md"), "Tables of no form").split("\n\n")[1]
    named = names_in(paragraph)
    assert named[: len(measures_of(load_catalogue().performance))] == measures_of(
        load_catalogue().performance
    )


def test_the_printed_names_of_the_forms_are_titles_in_the_catalogue():
    text = text_of("docs/forms.md")
    for heading in FORM_TABLES:
        for row in table_rows(section(text, heading)):
            for form in names_in(row[0]):
                named = titled_forms(row[1], load_catalogue())
                others = [name for spec in named for name in (spec.by_unit, spec.twin)]
                assert form in [*(spec.form for spec in named), *others], row[1]


def test_the_named_lines_are_those_of_the_catalogue():
    documented = {
        (names_in(row[0])[0], "".join(names_in(row[1]))): names_in(row[2])
        for row in table_rows(section(text_of("docs/forms.md"), "Named lines"))
    }
    in_catalogue = {
        (spec.form, part.section): [line.line for line in part.lines]
        for spec in load_catalogue().forms
        for part in spec.sections
    }
    others = {key: lines for key, lines in in_catalogue.items() if key not in documented}
    assert documented == {key: in_catalogue[key] for key in documented}
    assert set(map(tuple, others.values())) == {("total",), ()}


def is_composed_of(known: set[str], name: str) -> bool:
    """Whether a name is known, or begins with a known name and what follows is composed of them."""
    splits = [match.start() for match in re.finditer("_", name)]
    return name in known or any(
        name[:at] in known and is_composed_of(known, name[at + 1 :]) for at in splits
    )


def test_the_glossary_has_every_measure_section_and_line():
    forms = [(spec, part) for spec in load_catalogue().forms for part in spec.sections]
    names = {
        *measures_of(load_catalogue().performance),
        *(name for spec, part in forms for name in measures_of(part)),
        *(part.section for _, part in forms if part.section),
        *(line.line for _, part in forms for line in part.lines),
    }
    known = {name.strip("_…") for name in first_names(text_of("docs/glossary.md"))}
    assert sorted(name for name in names if not is_composed_of(known, name)) == []


def catalogue_of_identities() -> list[dict[str, str]]:
    with (SEEDS_DIR / "identities.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_families_of_identities_are_those_of_the_catalogue():
    """Names that begin alike may share a pattern, such as `econ_…`; nothing may be left over."""
    identities = catalogue_of_identities()
    rows = list(table_rows(section(text_of("docs/identities.md"), "The families")))
    families = {names_in(row[0])[0]: names_in(row[1]) for row in rows}
    assert sorted(families) == sorted({identity["family"] for identity in identities})
    for family, patterns in families.items():
        ids = {each["identity_id"] for each in identities if each["family"] == family}
        found = {
            pattern: {name for name in ids if re.fullmatch(pattern.replace("…", r"\w+"), name)}
            for pattern in patterns
        }
        assert [pattern for pattern, names in found.items() if not names] == []
        assert sorted(ids - set().union(*found.values())) == []


def test_every_model_of_the_prose_is_gathered_tested_and_says_what_it_judges():
    """It may judge several identities that differ by data; then its head names them."""
    identities = {identity["identity_id"] for identity in catalogue_of_identities()}
    gathering = text_of("dbt_project/models/intermediate/int_claim_checks__gathered.sql")
    (listed,) = re.findall(r"for name in \[(.*?)\]", gathering, re.DOTALL)
    models = sorted((PROJECT_DIR / "dbt_project/models/identities/prose").glob("*.sql"))
    assert [path.stem for path in models] == re.findall(r"'(\w+)'", listed)
    for path in models:
        head, _, _ = path.read_text(encoding="utf-8").partition("\nwith\n")
        assert path.stem in identities or identities & set(re.findall(r"\w+", head)), path
        assert f"model: {path.stem}\n" in path.with_suffix(".yml").read_text(encoding="utf-8")


def test_the_selectors_are_those_that_sql_knows():
    documented = {
        re.split(r":", name)[0]
        for name in first_names(section(text_of("docs/identities.md"), "The catalogue"))
    }
    sql = text_of("dbt_project/models/intermediate/int_identity_terms__matched.sql")
    (cases,) = re.findall(r"case terms\.selector\n(.*?)else error", sql, re.DOTALL)
    assert documented == set(re.findall(r"when '(\w+)'", cases))


def test_the_tiers_are_those_that_the_rounding_rule_gives():
    macro = text_of("dbt_project/macros/rounding_tier.sql")
    with (SEEDS_DIR / "tiers.csv").open(encoding="utf-8", newline="") as lines:
        listed = {row["tier"] for row in csv.DictReader(lines)}
    given = set(re.findall(r"(?:then|else) '(\w+)'", macro))
    assert given
    assert given <= listed
    assert set(first_names(section(text_of("docs/identities.md"), "Tiers"))) == listed
    labels = shipped_labels(PROJECT_DIR / "dbt_project")
    assert set(labels.of_kind("tier")) == listed | {"soft_violation"}


def test_the_example_of_an_identity_is_the_catalogue_s_own():
    seeds = [path.read_text(encoding="utf-8") for path in sorted(SEEDS_DIR.glob("*.csv"))]
    shown = re.findall(r"^ {4}(fund_split,.*)$", text_of("CONTRIBUTING.md"), re.MULTILINE)
    assert shown == [
        line for seed in seeds for line in seed.splitlines() if line.startswith("fund_split,")
    ]


def test_decisions_are_numbered_and_say_the_four_things():
    records = sorted((DOCS_DIR / "adr").glob("*.md"))
    numbers = [int(path.name[:4]) for path in records]
    assert numbers == list(range(1, len(records) + 1))
    for path, number in zip(records, numbers, strict=True):
        text = text_of(path)
        assert text.startswith(f"# {number}. ")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ADR_SECTIONS
