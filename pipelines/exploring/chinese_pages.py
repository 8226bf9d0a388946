"""Writes the lists of the pages in Chinese: names, identities, and forms with their columns.

Knows the label table, the seeds of identities, the form catalogue and which kinds of names an
analyst looks up. What stands around a list is part of the page and is kept. Does not know any name.

Usage: python -m pipelines.exploring.chinese_pages PROJECT DOCS
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipelines.domain.disclosure import DocumentKind
from pipelines.exploring.labels import Label, Labels, shipped_labels
from pipelines.recognising.catalogue import FormSpec, Layout, SectionSpec, load_catalogue

# Everything below it is written anew, up to the end mark or else the end of the page.
MARK = "<!-- 以下由 make columns 生成，请勿手改。 -->"
END_MARK = "<!-- 以上由 make columns 生成。 -->"
# How the page of forms calls a layout, and explains it.
LAYOUTS = {
    Layout.TWO_SIDED: "双栏",
    Layout.CODED: "按科目",
    Layout.ECONOMIC_BLOCKS: "经济分类分栏",
    Layout.SINGLE_ROW: "单行",
}
# The named lines of most forms, which are not listed one by one.
USUAL_LINES: tuple[list[str], ...] = ([], ["total"])
# What an analyst meets in the data, by what it is headed.
KINDS = {
    "table": "表",
    "form": "公开表",
    "measure": "表的列",
    "line": "表的行",
    "section": "表侧",
    "document_kind": "公开类别",
    "scope": "公开范围",
    "basis": "资金口径",
    "component": "支出构成",
    "income_source": "收入来源",
    "fund": "资金性质",
    "code_level": "科目级次",
    "item": "项目",
    "topic": "文字说明的主题",
    "thing": "陈述的事项",
    "role": "口径",
    "claim_kind": "陈述的数值类别",
    "direction": "方向",
    "source": "金额来源",
    "status": "状态",
    "tier": "核对等级",
    "severity": "硬性与软性",
    "attribution": "归因",
    "level": "差异的程度",
    "slip": "笔误类型",
    "cause": "解释类型",
    "resolved_by": "判明方式",
    "suspicion": "嫌疑",
    "part": "所在部分",
    "fact": "部门概况",
    "staff_kind": "人员类别",
    "staff_class": "人员身份",
    "event_kind": "活动类别",
    "breakdown": "采购分列方式",
    "department_told_by": "隶属依据",
    "not_added_reason": "不可加总原因",
    "rejection": "未能读取或采用的原因",
    "not_fetched": "未抓取的原因",
    "doubt": "读法不明的原因",
    "identity_family": "勾稽类别",
}


def names_page(own: Labels) -> str:
    """A table for each kind of names: Chinese, canonical, English, and what it means.

    Args:
        own: The labels as they are listed, without those that one kind takes from another.
    """
    return "\n\n".join(
        "\n".join([f"## {heading}", "", *_names(own.of_kind(kind).values())])
        for kind, heading in KINDS.items()
    )


def identities_page(identities: Iterable[dict[str, str]], labels: Labels) -> str:
    """A table for each family of identities: meaning, formula, and where they may not hold."""
    by_family: dict[str, list[dict[str, str]]] = {}
    for identity in identities:
        by_family.setdefault(identity["family"], []).append(identity)
    return "\n\n".join(
        "\n".join([
            f"### {family.zh}",
            "",
            family.definition_zh,
            "",
            "| 勾稽编号 | 含义 | 公式 | 适用 | 硬软 |",
            "|---|---|---|---|---|",
            *(_identity(identity, labels) for identity in by_family[family.key]),
        ])
        for family in labels.of_kind("identity_family").values()
    )  # fmt: skip


def forms_page(forms: Sequence[FormSpec], labels: Labels) -> tuple[str, ...]:
    """Four tables: the forms of final accounts, of budgets, of some provinces; the named lines."""
    by_group: dict[tuple[DocumentKind, bool], list[FormSpec]] = {}
    for form in forms:
        is_provincial = form.kind is DocumentKind.FINAL_ACCOUNTS and not form.is_standard
        by_group.setdefault((form.kind, is_provincial), []).append(form)
    groups = (
        (DocumentKind.FINAL_ACCOUNTS, False),
        (DocumentKind.BUDGET, False),
        (DocumentKind.FINAL_ACCOUNTS, True),
    )
    return (
        *("\n".join(_forms(by_group[group], labels)) for group in groups),
        "\n".join(_lines(forms, labels)),
    )


def _forms(forms: Iterable[FormSpec], labels: Labels) -> Iterator[str]:
    yield from ("| 公开表 | 印作 | 版式 | 表侧 | 列 |", "|---|---|---|---|---|")
    for form in forms:
        label = labels.of_kind("form")[form.form]
        also = f"（{label.definition_zh.rstrip('。')}）" if label.definition_zh else ""
        head = f"| `{form.form}` | {label.zh}{also} | {LAYOUTS[form.layout]} |"
        for part in form.sections:
            side = _called("section", [part.section], labels)
            yield f"{head} {side} | {_columns(part, labels)} |"
            head = "| | | |"


def _columns(part: SectionSpec, labels: Labels) -> str:
    names = [measure for measure, _ in part.measures] + [measure for measure, _, _ in part.down]
    return _called("measure", dict.fromkeys(names), labels)


def _lines(forms: Iterable[FormSpec], labels: Labels) -> Iterator[str]:
    yield from ("| 公开表 | 表侧 | 行 |", "|---|---|---|")
    for form in forms:
        for part in form.sections:
            lines = [line.line for line in part.lines]
            if lines not in USUAL_LINES:
                cells = (("form", [form.form]), ("section", [part.section]), ("line", lines))
                yield f"| {' | '.join(_called(*cell, labels) for cell in cells)} |"


def _called(kind: str, keys: Iterable[str], labels: Labels) -> str:
    """Canonical names with what they are called, '' for none."""
    return "、".join(f"`{key}` {labels.of_kind(kind)[key].zh}" for key in keys if key)


def _names(labels: Iterable[Label]) -> Iterator[str]:
    yield from ("| 名称 | 规范名称 | 英文 | 释义 |", "|---|---|---|---|")
    for label in labels:
        yield f"| {label.zh} | `{label.key}` | {label.en} | {label.definition_zh} |"


def _identity(identity: dict[str, str], labels: Labels) -> str:
    cells = (
        f"`{identity['identity_id']}`",
        identity["meaning_zh"].rstrip("。"),
        _escaped(identity["formula"]),
        labels.of_kind("document_kind")[identity["document_kind"]].zh,
        labels.of_kind("severity")[identity["severity"]].zh,
    )
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def written(page: str, *listed: str) -> str:
    """A page with its lists written anew, each below its mark.

    Raises:
        ValueError: The page has no mark for one of them, or marks for more.
    """
    above, *behind = page.split(MARK)
    if len(behind) != len(listed):
        raise ValueError(f"no mark to write the list below, or too many: {MARK}")
    pieces = [above]
    for each, rest in zip(listed, behind, strict=True):
        _, end, after = rest.partition(END_MARK)
        pieces.append(f"{MARK}\n\n{each}\n" + (f"\n{end}{after}" if end else ""))
    return "".join(pieces)


def lists(project: Path) -> dict[str, tuple[str, ...]]:
    """The lists of each page in their order, by its name."""
    labels = shipped_labels(project)
    with (project / "seeds" / "labels" / "labels.csv").open(encoding="utf-8", newline="") as lines:
        fields = Label.__dataclass_fields__
        own = Labels(Label(**{name: row[name] for name in fields}) for row in csv.DictReader(lines))
    seed = project / "seeds" / "identities" / "identities.csv"
    with seed.open(encoding="utf-8", newline="") as lines:
        identities = list(csv.DictReader(lines))
    return {
        "names.md": (names_page(own),),
        "identities.md": (identities_page(identities, labels),),
        "forms.md": forms_page(load_catalogue().forms, labels),
    }


if __name__ == "__main__":
    dbt_project, docs = map(Path, sys.argv[1:])
    for name, listed in lists(dbt_project).items():
        page = docs / "zh" / name
        page.write_text(written(page.read_text(encoding="utf-8"), *listed), encoding="utf-8")
