"""Only what is certainly wrong with the words is found, and it is found wherever it stands."""

from dataclasses import replace

import pytest

from pipelines.domain.disclosure import TextFinding
from pipelines.normalising.narrative import findings
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.findings import find_text_findings, load_rules
from tests.unit.normalising.drawn import paragraphs

NARRATIVE = "第三部分 2023年度部门决算情况说明"


def found(*texts: str, name: str = "") -> list[TextFinding]:
    printed = paragraphs(*texts)
    return list(find_text_findings(printed, read_prose(printed).claims, (), name))


def kinds(*texts: str, name: str = "") -> list[tuple[str, str]]:
    return [(finding.kind, finding.printed) for finding in found(*texts, name=name)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("收入支出总计XX万元。", "XX"),
        ("收入支出总计××万元。", "××"),
        ("倾斜基金*万元。", "*"),
        ("ＸＸ局没有收入。", "ＸＸ"),
        ("收入总计○○万元。", "○○"),
        ("**局没有收入。", "**"),
        ("___局没有收入。", "___"),
        ("某某局没有收入。", "某某"),
    ],
)
def test_placeholders_are_found(text: str, printed: str):
    assert kinds(NARRATIVE, text) == [("placeholder", printed)]


@pytest.mark.parametrize(
    "text", ["二○○八年成立。", "○一是收入。", "注**：四舍五入。", "代某某履行职责。"]
)
def test_what_may_be_no_placeholder_is_none(text: str):
    assert kinds(NARRATIVE, text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("比上年增加（减少）0万元。", "增加（减少）"),
        ("某某局部门（单位）共有车辆0辆。", "部门（单位）"),
        ("财政拨款收入5万元（不涉及的不列）。", "不涉及的不列"),
    ],
)
def test_leftovers_of_the_template_are_found(text: str, printed: str):
    assert ("template_residue", printed) in kinds(NARRATIVE, text)


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        ("机关运行经费5万元，比上年增加1万元，增长13.95。", "13.95", "13.95%"),
        ("国内公务接待支出0.39万（含外宾接待支出0.00万元）。", "0.39万", "0.39万元"),
        ("机关运行经费5万元，比年初预算数6减少1万元。", "6", "6万元"),
    ],
)
def test_lost_units_are_found(text: str, printed: str, expected: str):
    (finding,) = found(NARRATIVE, "一、“三公”经费和机关运行经费情况", text)
    assert (finding.kind, finding.printed, finding.expected) == ("unit_missing", printed, expected)


def test_a_document_that_always_writes_wan_lost_nothing():
    heading = "科技创新专项经费情况说明"
    assert (
        found(heading, "六、年度预算安排", "项目总预算20.00万，其中甲15.00万，乙5.00万元。") == []
    )


def test_another_fund_denied_in_a_funds_section_is_found():
    heading = "九、国有资本经营预算收入支出决算情况说明"
    assert kinds(NARRATIVE, heading, "本单位无政府性基金预算收入支出。") == [
        ("wrong_fund", "政府性基金")
    ]
    assert kinds(NARRATIVE, heading, "本单位无国有资本经营预算收入支出。") == []


@pytest.mark.parametrize("named", ["本基金", "政府性基金"])
def test_a_fund_may_be_called_by_any_of_its_names(named: str, monkeypatch: pytest.MonkeyPatch):
    names = {"government_fund": (("政府性基金", "本基金"), ("国有资本经营",))}
    monkeypatch.setattr(findings, "load_rules", lambda: replace(load_rules(), wrong_fund=names))
    heading = "七、政府性基金预算收入支出决算情况"
    assert kinds(NARRATIVE, heading, f"{named}收入5万元，无国有资本经营预算支出。") == []
    assert kinds(NARRATIVE, heading, "无国有资本经营预算支出。") == [("wrong_fund", "国有资本经营")]


def test_a_name_written_otherwise_is_found():
    name = "上海市青浦区规划和水务局"
    texts = (
        "上海市水务局的文件。",
        "上海市青浦区规划与水务局无收支。",
        "上海市规划和水务局2024年度部门决算表",
    )
    assert kinds(*texts, name=name) == [
        ("name_mismatch", "上海市青浦区规划与水务局"),
        ("name_mismatch", "上海市规划和水务局"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "推行“131”监管模式，构建“5+N”体系。",
        "（二）部门（单位）整体支出绩效情况",
        "提高其综合权重系数0.01，成效明显。",
        "支出增加，下降的是其他费用。",
        "DIP支付方式改革，CHS-DRG试点。",
        "三公经费支出5万元，比上年增加2万元，增长1.5倍。",
        "三公经费支出5万元（上年决算数为0，不可比）。",
    ],
)
def test_sound_words_are_left_alone(text: str):
    assert kinds(NARRATIVE, "十四、预算绩效情况", text) == []


@pytest.mark.parametrize(
    ("heading", "text", "printed"),
    [
        (
            "七、政府性基金预算收入支出决算情况",
            "本单位没有政府性基金收入，也没有使用国有资本经营预算安排的支出。",
            "国有资本经营",
        ),
        (
            "八、国有资本经营预算财政拨款支出情况",
            "我局未取得政府性基金预算财政拨款收入，亦未使用国有资本经营预算财政拨款安排支出。",
            "政府性基金",
        ),
        (
            "七、政府性基金预算支出情况",
            "2023年度无国有资本经营预算收入，未安排政府性基金支出。",
            "国有资本经营",
        ),
    ],
)
def test_halves_of_a_sentence_that_name_two_funds_are_found(heading: str, text: str, printed: str):
    assert kinds(NARRATIVE, heading, text) == [("wrong_fund", printed)]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        (
            "七、政府性基金预算收入支出决算情况",
            "本单位没有政府性基金收入，也没有使用政府性基金安排的支出。",
        ),
        (
            "七、政府性基金预算收入支出决算情况",
            "本单位没有政府性基金和国有资本经营预算收入，也没有相应支出。",
        ),
        (
            "七、政府性基金和国有资本经营预算情况",
            "本单位没有政府性基金收入，也没有国有资本经营预算支出。",
        ),
        (
            "七、政府性基金预算收入支出决算情况",
            "本单位没有政府性基金支出，也没有国有资本经营预算支出。",
        ),
    ],
)
def test_a_sentence_on_both_funds_is_sound(heading: str, text: str):
    assert kinds(NARRATIVE, heading, text) == []


def test_a_heading_on_two_funds_lets_each_be_denied_by_itself():
    denials = ("本局没有政府性基金预算财政拨款支出。", "本局没有国有资本经营预算财政拨款支出。")
    assert kinds("六、政府性基金预算和国有资本经营预算支出决算情况说明", *denials) == []
