"""A page in the dbt docs for each form and for each class of codes, so that their names are found.

Knows the form catalogue, the label table, the lists of codes and what the docs site shows as a page
(an analysis with a description): whoever searches there for 差旅费 or 收入总表 finds where it is,
and the query that asks for it. Does not know how the site is made, see ``identity_pages``.

Usage: python -m pipelines.exploring.name_pages COPY
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.domain.languages import Language
from pipelines.exploring.labels import Labels, shipped_labels
from pipelines.recognising.catalogue import FormSpec, load_catalogue

# Of the code of a 类.
CLASS_DIGITS = 3
# The list of codes, the fact that has them, and its column of them.
CLASSIFICATIONS = (
    ("economic", "fct_expenditure_by_economic_code", "经济分类", "economic classification"),
    ("functional", "fct_expenditure_by_function", "功能分类", "functional classification"),
)
FORM_QUERY = """-- Every figure of the form, with the page that prints it.
select *
from {{{{ ref('fct_disclosed_figures') }}}}
where form = '{form}'
order by document_id, section, row_index, column_index
"""
CODES_QUERY = """-- What was spent on the class and what is below it.
select bodies.body_name, facts.*
from {{{{ ref('{fact}') }}}} as facts
inner join {{{{ ref('dim_bodies') }}}} as bodies on facts.body_id = bodies.body_id
where starts_with(facts.{classification}_code, '{code}')
order by bodies.body_name, facts.fiscal_year, facts.{classification}_code
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name in the address, its text in Markdown, and the query that it shows."""

    name: str
    text: str
    query: str


def add_name_pages(copy: Path) -> int:
    """Add the pages to a copy of the dbt project; return how many they are."""
    labels = shipped_labels(copy)
    pages = [_form_page(form, labels) for form in load_catalogue().forms]
    pages += [
        page for classification in CLASSIFICATIONS for page in _class_pages(copy, classification)
    ]
    folder = copy / "analyses" / "names"
    folder.mkdir(parents=True, exist_ok=True)
    for page in pages:
        (folder / f"{page.name}.sql").write_text(page.query, encoding="utf-8")
    blocks = (f"{{% docs page_{each.name} %}}\n{each.text}\n{{% enddocs %}}\n" for each in pages)
    (copy / "models" / "docs" / "names.md").write_text("\n".join(blocks), encoding="utf-8")
    (folder / "names.yml").write_text(_properties(pages), encoding="utf-8")
    return len(pages)


def _form_page(form: FormSpec, labels: Labels) -> Page:
    label = labels.of_kind("form")[form.form]
    measures: dict[str, None] = {}
    for part in form.sections:
        measures |= dict.fromkeys(measure for measure, _ in part.measures)
        measures |= dict.fromkeys(measure for measure, _, _ in part.down)
    lines = dict.fromkeys(line.line for part in form.sections for line in part.lines)
    parts = (
        f"## {label.zh} · {label.en}",
        label.definition_zh,
        _table("列 measures", "measure", measures, labels),
        _table("行 lines", "line", lines, labels) if lines else "",
    )
    return Page(
        name=f"form_{form.form}",
        text="\n\n".join(filter(None, parts)),
        query=FORM_QUERY.format(form=form.form),
    )


def _table(title: str, kind: str, keys: Iterable[str], labels: Labels) -> str:
    rows = (
        f"| {labels.name(kind, key, Language.ZH)} | {labels.name(kind, key, Language.EN)} "
        f"| `{key}` |"
        for key in keys
    )
    return "\n".join([f"| {title} | | |", "| --- | --- | --- |", *rows])


def _class_pages(copy: Path, classification: tuple[str, str, str, str]) -> Iterator[Page]:
    name, fact, in_chinese, in_english = classification
    seed = copy / "seeds" / "reference" / f"{name}_classification.csv"
    classes: dict[str, list[tuple[str, str]]] = {}
    with seed.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            codes = classes.setdefault(row["code"][:CLASS_DIGITS], [])
            codes.append((row["code"], row["name_zh"]))
    for code, members in classes.items():
        called = next((label for each, label in members if each == code), "")
        rows = (f"| {each} | {label} |" for each, label in members)
        table = "\n".join(["| 编码 code | 名称 name |", "| --- | --- |", *rows])
        yield Page(
            name=f"{name}_{code}",
            text=f"## {in_chinese} {code} {called} · {in_english}\n\n{table}",
            query=CODES_QUERY.format(fact=fact, classification=name, code=code),
        )


def _properties(pages: Iterable[Page]) -> str:
    lines = ["version: 2", "", "analyses:"]
    for page in pages:
        lines += [
            f"  - name: {page.name}",
            f"    description: \"{{{{ doc('page_{page.name}') }}}}\"",
        ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    count = add_name_pages(Path(sys.argv[1]))
    print(f"{count} pages of forms and classes")  # noqa: T201
