"""Writes the lists of the pages in Chinese: what things are called, and which identities there are.

Knows the label table, the seeds of identities and which kinds of names an analyst looks up. What
stands above a list is part of the page and is kept. Does not know any name.

Usage: python -m pipelines.exploring.chinese_pages PROJECT DOCS
"""

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipelines.exploring.labels import Label, Labels, shipped_labels

# Everything below it is written anew.
MARK = "<!-- 以下由 make columns 生成，请勿手改。 -->"
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


def written(page: str, listed: str) -> str:
    """A page with its list written anew below the mark.

    Raises:
        ValueError: The page has no mark.
    """
    above, mark, _ = page.partition(MARK)
    if not mark:
        raise ValueError(f"no mark to write the list below: {MARK}")
    return f"{above}{mark}\n\n{listed}\n"


def lists(project: Path) -> dict[str, str]:
    """The lists of each page, by its name."""
    labels = shipped_labels(project)
    with (project / "seeds" / "labels" / "labels.csv").open(encoding="utf-8", newline="") as lines:
        fields = Label.__dataclass_fields__
        own = Labels(Label(**{name: row[name] for name in fields}) for row in csv.DictReader(lines))
    seed = project / "seeds" / "identities" / "identities.csv"
    with seed.open(encoding="utf-8", newline="") as lines:
        identities = list(csv.DictReader(lines))
    return {"names.md": names_page(own), "identities.md": identities_page(identities, labels)}


if __name__ == "__main__":
    dbt_project, docs = map(Path, sys.argv[1:])
    for name, listed in lists(dbt_project).items():
        page = docs / "zh" / name
        page.write_text(written(page.read_text(encoding="utf-8"), listed), encoding="utf-8")
