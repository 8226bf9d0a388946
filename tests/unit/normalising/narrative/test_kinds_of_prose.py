"""Each kind of prose that was once misread is read as a careful reader reads it.

Every body and number here is invented. A passage passes where its clear claims are the ones
listed, no more and no fewer; what a list leaves open (a label, a word) is not compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from pipelines.domain.disclosure import Claim, ClaimKind, Direction, DocumentKind, Reading
from tests.unit.normalising.drawn import stated

BUDGET = DocumentKind.BUDGET
FINAL_ACCOUNTS = DocumentKind.FINAL_ACCOUNTS
# Statements about what surrounds a value.
BESIDE = (ClaimKind.DATE, ClaimKind.NAME)
MOVES = (ClaimKind.CHANGE, ClaimKind.GROWTH)
LIKENESS = (ClaimKind.DIRECTION, ClaimKind.COMPARISON)


def printed_line(subject: str, kind: str, *words: str | None) -> str:
    """A value and what it is of."""
    return f"{subject} {kind} {'|'.join('*' if word is None else word for word in words)}"


@dataclass(frozen=True, slots=True)
class Told:
    """One value that a sentence tells. None is for what may be anything.

    Attributes:
        subject: With its role, or without where the words leave the role open.
        kinds: Any of them will do.
    """

    subject: str
    kinds: tuple[ClaimKind, ...]
    text: str | None
    base: str | None = ""
    direction: Direction | None = Direction.UNSAID
    label: str | None = None
    group: str | None = None

    def __str__(self) -> str:
        """In one line, as claims are printed; * for what may be anything."""
        direction = None if self.direction is None else self.direction.value
        words = (self.base, direction, self.label, self.group)
        kinds = "/".join(kind.value for kind in self.kinds)
        return printed_line(self.subject, kinds, self.text, *words)

    def is_met_by(self, claim: Claim) -> bool:
        """Whether the claim says this."""
        wanted = (self.text, self.base, self.direction, self.label)
        read = (claim.value_text, claim.base, claim.direction, claim.item_label)
        return (
            self.subject in (claim.subject, without_role(claim))
            and claim.kind in self.kinds
            and all(want is None or want == got for want, got in zip(wanted, read, strict=True))
            # Publishers and readers differ on whether 支出 belongs to the name.
            and (
                self.group is None
                or self.group.removesuffix("支出") == claim.group_label.removesuffix("支出")
            )
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, its sentences, and what they tell."""

    texts: tuple[str, ...]
    told: tuple[Told, ...]
    kind: DocumentKind
    fiscal_year: int

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Everything that is claimed, clear or not."""
        return stated(*self.texts, kind=self.kind, fiscal_year=self.fiscal_year)


def final_accounts(fiscal_year: int, *texts: str, tells: Iterable[Told] = ()) -> Passage:
    return Passage(texts, tuple(tells), FINAL_ACCOUNTS, fiscal_year)


def budget(fiscal_year: int, *texts: str, tells: Iterable[Told] = ()) -> Passage:
    return Passage(texts, tuple(tells), BUDGET, fiscal_year)


def amount(subject: str, text: str, label: str | None = None, group: str | None = None) -> Told:
    return Told(subject, (ClaimKind.AMOUNT,), text, label=label, group=group)


def count(subject: str, text: str, label: str | None = None) -> Told:
    return Told(subject, (ClaimKind.COUNT,), text, label=label)


def share(subject: str, text: str, base: str, label: str | None = None) -> Told:
    return Told(subject, (ClaimKind.SHARE,), text, base, label=label)


def completion(subject: str, text: str, base: str, label: str | None = None) -> Told:
    return Told(subject, (ClaimKind.COMPLETION,), text, base, label=label)


def more(subject: str, text: str, base: str, label: str | None = None) -> Told:
    return Told(subject, (ClaimKind.CHANGE,), text, base, Direction.INCREASE, label)


def less(subject: str, text: str, base: str, label: str | None = None) -> Told:
    return Told(subject, (ClaimKind.CHANGE,), text, base, Direction.DECREASE, label)


def rose(subject: str, text: str, base: str, label: str | None = None) -> Told:
    return Told(subject, (ClaimKind.GROWTH,), text, base, Direction.INCREASE, label)


def fell(subject: str, text: str, base: str, label: str | None = None) -> Told:
    return Told(subject, (ClaimKind.GROWTH,), text, base, Direction.DECREASE, label)


def as_before(subject: str, base: str) -> Told:
    """Equal to something else, by whatever word."""
    return Told(subject, LIKENESS, None, base, Direction.EQUAL)


def without_role(claim: Claim) -> str:
    return claim.subject.rpartition(".")[0]


def clear(passage: Passage) -> list[Claim]:
    """The clear claims of values, without the direction that stands beside each change."""
    found = [
        claim
        for claim in passage.claims
        if claim.reading is Reading.CLEAR and claim.kind not in BESIDE
    ]
    moved = {(claim.subject, claim.base, claim.direction) for claim in found if claim.kind in MOVES}
    return [
        claim
        for claim in found
        if claim.kind is not ClaimKind.DIRECTION
        or (claim.subject, claim.base, claim.direction) not in moved
    ]


def printed(claim: Claim) -> str:
    """A claim in one line."""
    words = (claim.base, claim.direction.value, claim.item_label, claim.group_label)
    return printed_line(claim.subject, claim.kind.value, claim.value_text, *words)


def misread(passage: Passage, found: list[Claim] | None = None) -> list[str]:
    """What the passage tells and is not claimed, and what is claimed and it does not tell."""
    left = clear(passage) if found is None else list(found)
    missing = []
    for told in passage.told:
        met = next((claim for claim in left if told.is_met_by(claim)), None)
        if met is None:
            missing.append(f"missing: {told}")
        else:
            left.remove(met)
    return [*missing, *(f"wrong: {printed(claim)}" for claim in left)]


def reasons(passage: Passage) -> list[Claim]:
    """What is named as a reason."""
    return [claim for claim in clear(passage) if claim.topic == "reasons"]


def beside_reasons(passage: Passage) -> list[Claim]:
    """Every clear claim that is no reason."""
    return [claim for claim in clear(passage) if claim.topic != "reasons"]


# Wrong, said with certainty


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2022,
            "一、收入支出决算总体情况说明",
            "2022年本年收入合计132.46万元，本年支出合计120.80万元。收入比上年决算数减少8.10万元，"
            "下降5.76%；支出比上年决算数增加2.40万元，增长2.03%。",
            tells=[
                amount("income.total.actual", "132.46"),
                amount("expenditure.total.actual", "120.80"),
                less("income.total.actual", "8.10", "prior_final"),
                fell("income.total.actual", "5.76", "prior_final"),
                more("expenditure.total.actual", "2.40", "prior_final"),
                rose("expenditure.total.actual", "2.03", "prior_final"),
            ],
        ),
        final_accounts(
            2021,
            "一、收入支出决算情况说明",
            "苔原气象哨全年收入45.00万元，全年支出44.00万元。",
            "与2020年度相比，收入增加5.00万元，增长12.5%，支出减少1.00万元，下降2.22%。",
            tells=[
                amount("income.total.actual", "45.00"),
                amount("expenditure.total.actual", "44.00"),
                more("income.total.actual", "5.00", "prior_final"),
                rose("income.total.actual", "12.5", "prior_final"),
                less("expenditure.total.actual", "1.00", "prior_final"),
                fell("expenditure.total.actual", "2.22", "prior_final"),
            ],
        ),
        final_accounts(
            2019,
            "二、收支决算总体情况",
            "2019年度支出61.20万元，收入70.00万元。支出较上年下降3.5%。收入较上年上升10.2%。",
            tells=[
                amount("expenditure.total.actual", "61.20"),
                amount("income.total.actual", "70.00"),
                fell("expenditure.total.actual", "3.5", "prior_final"),
                rose("income.total.actual", "10.2", "prior_final"),
            ],
        ),
        budget(
            2025,
            "一、部门收支预算总体情况",
            "2025年收入预算300万元，支出预算290万元。收入预算比2024年预算减少20万元，下降6.25%。"
            "支出预算比2024年预算减少10万元，下降3.33%。",
            tells=[
                amount("income.total.budget", "300"),
                amount("expenditure.total.budget", "290"),
                less("income.total.budget", "20", "prior_budget"),
                fell("income.total.budget", "6.25", "prior_budget"),
                less("expenditure.total.budget", "10", "prior_budget"),
                fell("expenditure.total.budget", "3.33", "prior_budget"),
            ],
        ),
    ],
    ids=["semicolon", "both_in_one_sentence", "expenditure_first", "budget"],
)
def test_w01_a_sentence_that_begins_with_income_is_of_income(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2021,
            "七、“三公”经费支出决算情况说明",
            "本年公务接待21批、163人次，开支1.86万元，比2020年决算增加0.31万元，增长20%。",
            tells=[
                count("three_public.reception_batches.actual", "21"),
                count("three_public.reception_persons.actual", "163"),
                amount("three_public.reception.actual", "1.86"),
                more("three_public.reception.actual", "0.31", "prior_final"),
                rose("three_public.reception.actual", "20", "prior_final"),
            ],
        ),
        final_accounts(
            2023,
            "七、“三公”经费支出决算情况说明",
            "（三）公务接待费",
            "全年接待33个批次、412人次，所用经费4.40万元，与上年相比减少1.10万元，下降20%。",
            tells=[
                count("three_public.reception_batches.actual", "33"),
                count("three_public.reception_persons.actual", "412"),
                amount("three_public.reception.actual", "4.40"),
                less("three_public.reception.actual", "1.10", "prior_final"),
                fell("three_public.reception.actual", "20", "prior_final"),
            ],
        ),
        final_accounts(
            2020,
            "“三公”经费使用情况",
            "公务接待情况：2020年度共7批次，52人次，合计支出4500元，比上年决算数增长50%。",
            tells=[
                count("three_public.reception_batches.actual", "7"),
                count("three_public.reception_persons.actual", "52"),
                amount("three_public.reception.actual", "4500"),
                rose("three_public.reception.actual", "50", "prior_final"),
            ],
        ),
    ],
    ids=["opened", "under_its_heading", "in_yuan"],
)
def test_w02_money_behind_guests_is_what_receiving_them_cost(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2022,
            "八、“三公”经费支出决算情况说明",
            "2022年“三公”经费支出8.00万元，比上年减少2.00万元，下降20%。公务接待30批次、211人次，"
            "合计花费3.20万元，比上年减少0.80万元。",
            tells=[
                amount("three_public.total.actual", "8.00"),
                less("three_public.total.actual", "2.00", "prior_final"),
                fell("three_public.total.actual", "20", "prior_final"),
                count("three_public.reception_batches.actual", "30"),
                count("three_public.reception_persons.actual", "211"),
                amount("three_public.reception.actual", "3.20"),
                less("three_public.reception.actual", "0.80", "prior_final"),
            ],
        ),
        final_accounts(
            2019,
            "六、“三公”经费情况",
            "“三公”经费全年支出决算12.60万元，较2018年决算数减少1.40万元，下降10%。其中公务接待18个批次、"
            "140人次，累计支出2.10万元，比2018年决算数增加0.10万元，增长5%。",
            tells=[
                amount("three_public.total.actual", "12.60"),
                less("three_public.total.actual", "1.40", "prior_final"),
                fell("three_public.total.actual", "10", "prior_final"),
                count("three_public.reception_batches.actual", "18"),
                count("three_public.reception_persons.actual", "140"),
                amount("three_public.reception.actual", "2.10"),
                more("three_public.reception.actual", "0.10", "prior_final"),
                rose("three_public.reception.actual", "5", "prior_final"),
            ],
        ),
    ],
    ids=["next_sentence", "as_a_part"],
)
def test_w02b_the_money_of_guests_is_not_the_total_s_though_the_total_stands_before(
    passage: Passage,
):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2023,
            "九、其他重要事项的情况说明",
            "下属场站运维保障资金盘子640万元，其中：基本支出40万元，项目支出600万元，比上年增加160万元，"
            "增长33.33%。",
        ),
        budget(
            2022,
            "八、其他重要事项说明",
            "基层哨所养护专款合计320万元，其中基本支出120万元、项目支出200万元，较2021年预算减少80万元。",
        ),
        final_accounts(
            2021,
            "十一、其他需要说明的情况",
            "河道联合体周转资金共计200万元，其中：人员经费50万元，公用经费150万元，占比分别为25%、75%。",
        ),
    ],
    ids=["change_behind", "short_parts", "personnel"],
)
def test_w03_parts_of_an_unknown_whole_are_unknown(passage: Passage):
    known = (
        "expenditure",
        "general_budget",
        "appropriation",
        "basic",
        "income",
        "income_expenditure",
    )
    assert [printed(claim) for claim in clear(passage) if claim.topic in known] == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2025,
            "六、一般公共预算支出情况说明",
            "2025年一般公共预算拨款支出820万元，其中：基本支出700万元，项目支出120万元。",
            "高中教育支出500万元，其中：基本支出450万元，项目支出50万元。",
            "初中教育支出320万元，其中：基本支出250万元，项目支出70万元。",
            tells=[
                amount("general_budget.total.budget", "820"),
                amount("general_budget.basic.budget", "700", group=""),
                amount("general_budget.project.budget", "120", group=""),
                amount("general_budget.item.budget", "500", "高中教育支出"),
                amount("general_budget.basic.budget", "450", group="高中教育支出"),
                amount("general_budget.project.budget", "50", group="高中教育支出"),
                amount("general_budget.item.budget", "320", "初中教育支出"),
                amount("general_budget.basic.budget", "250", group="初中教育支出"),
                amount("general_budget.project.budget", "70", group="初中教育支出"),
            ],
        ),
        final_accounts(
            2022,
            "五、一般公共预算财政拨款支出决算情况说明",
            "1.卫生健康支出41.00万元，其中：基本支出38.00万元，项目支出3.00万元。",
            "2.农林水支出77.00万元，其中：基本支出7.00万元，项目支出70.00万元。",
            tells=[
                amount("general_budget.class.actual", "41.00", "卫生健康支出"),
                amount("general_budget.basic.actual", "38.00", group="卫生健康支出"),
                amount("general_budget.project.actual", "3.00", group="卫生健康支出"),
                amount("general_budget.class.actual", "77.00", "农林水支出"),
                amount("general_budget.basic.actual", "7.00", group="农林水支出"),
                amount("general_budget.project.actual", "70.00", group="农林水支出"),
            ],
        ),
        final_accounts(
            2020,
            "五、一般公共预算财政拨款支出决算情况说明",
            "一般公共预算财政拨款支出150.00万元，其中基本支出60.00万元、项目支出90.00万元。"
            "文物保护支出90.00万元，其中基本支出5.00万元、项目支出85.00万元。",
            tells=[
                amount("general_budget.total.actual", "150.00"),
                amount("general_budget.basic.actual", "60.00", group=""),
                amount("general_budget.project.actual", "90.00", group=""),
                amount("general_budget.item.actual", "90.00", "文物保护支出"),
                amount("general_budget.basic.actual", "5.00", group="文物保护支出"),
                amount("general_budget.project.actual", "85.00", group="文物保护支出"),
            ],
        ),
    ],
    ids=["schools", "classes", "in_one_paragraph"],
)
def test_w03b_parts_of_an_item_are_not_the_fund_s(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2024,
            "三、支出预算情况说明",
            "2024年支出预算800.00万元。",
            "1.卫生健康支出类科目212.00万元，占支出总预算的26.5%，比2023年预算减少8.00万元，下降3.64%。",
            tells=[
                amount("expenditure.total.budget", "800.00"),
                amount("expenditure.class.budget", "212.00", "卫生健康支出"),
                share("expenditure.class.budget", "26.5", "expenditure.total", "卫生健康支出"),
                less("expenditure.class.budget", "8.00", "prior_budget", "卫生健康支出"),
                fell("expenditure.class.budget", "3.64", "prior_budget", "卫生健康支出"),
            ],
        ),
        budget(
            2023,
            "三、部门支出预算说明",
            "2023年本年支出预算合计800.00万元，具体如下：",
            "（二）节能环保支出类科目安排188.00万元，占支出总预算23.5%，同比增加38.00万元，增长25.33%。",
            tells=[
                amount("expenditure.total.budget", "800.00"),
                amount("expenditure.class.budget", "188.00", "节能环保支出"),
                share("expenditure.class.budget", "23.5", "expenditure.total", "节能环保支出"),
                more("expenditure.class.budget", "38.00", "prior", "节能环保支出"),
                rose("expenditure.class.budget", "25.33", "prior", "节能环保支出"),
            ],
        ),
        final_accounts(
            2021,
            "三、支出决算情况说明",
            "（三）交通运输支出类科目75.00万元，占本年支出合计的15%，较上年决算数减少5.00万元，下降6.25%。",
            tells=[
                amount("expenditure.class.actual", "75.00", "交通运输支出"),
                share("expenditure.class.actual", "15", "expenditure.total", "交通运输支出"),
                less("expenditure.class.actual", "5.00", "prior_final", "交通运输支出"),
                fell("expenditure.class.actual", "6.25", "prior_final", "交通运输支出"),
            ],
        ),
    ],
    ids=["against_a_budget", "planned", "final_accounts"],
)
def test_w04_a_class_called_a_heading_of_the_classification_is_that_class(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("printed_path", "names", "code"),
    [
        (
            "卫生健康支出（类）（210）公共卫生（04）疾病预防控制机构（01）",
            ("卫生健康支出", "公共卫生", "疾病预防控制机构"),
            "2100401",
        ),
        ("农林水（类）（213）水利（03）水文测报（13）", ("农林水", "水利", "水文测报"), "2130313"),
        (
            "一般公共服务支出（类）（201）档案事务（26）档案馆（04）",
            ("一般公共服务支出", "档案事务", "档案馆"),
            "2012604",
        ),
        (
            "社会保障和就业（类）（208）行政事业单位养老支出（05）机关事业单位基本养老保险缴费支出（05）",
            ("社会保障和就业", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出"),
            "2080505",
        ),
    ],
    ids=["clinic", "hydrology", "archive", "pension"],
)
@pytest.mark.parametrize(
    "heading",
    ["（三）一般公共预算财政拨款支出明细情况", "（三）支出决算具体情况"],
    ids=["says_the_fund", "leaves_it_to_the_section"],
)
def test_w05_a_path_with_its_codes_is_the_item_it_ends_in(
    printed_path: str, names: tuple[str, ...], code: str, heading: str
):
    passage = final_accounts(
        2022,
        "六、一般公共预算财政拨款支出决算情况说明",
        heading,
        f"2.{printed_path}：支出决算为155.20万元，完成年初预算的97%。",
        tells=[
            amount("general_budget.item.actual", "155.20"),
            completion("general_budget.item.actual", "97", "opening_budget"),
        ],
    )
    assert misread(passage) == []
    for claim in clear(passage):
        assert claim.item_code == code
        assert [name for name in names if name not in claim.item_label] == []


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2022,
            "八、“三公”经费支出决算变化情况",
            "2022年度“三公”经费支出合计9.60万元，比2021年度“三公”经费支出合计8.00万元增加1.60万元，"
            "增长20%。",
            tells=[
                amount("three_public.total.actual", "9.60"),
                amount("three_public.total.prior_final", "8.00"),
                more("three_public.total.actual", "1.60", "prior_final"),
                rose("three_public.total.actual", "20", "prior_final"),
            ],
        ),
        final_accounts(
            2019,
            "“三公”经费增减情况",
            "2019年公开的“三公”经费决算3.30万元，与2018年公开的“三公”经费决算4.40万元相比，减少1.10万元，"
            "下降25%。",
            tells=[
                amount("three_public.total.actual", "3.30"),
                amount("three_public.total.prior_final", "4.40"),
                less("three_public.total.actual", "1.10", "prior_final"),
                fell("three_public.total.actual", "25", "prior_final"),
            ],
        ),
        final_accounts(
            2021,
            "十、机关运行经费支出情况",
            "2021年度机关运行经费支出66.00万元，较2020年度机关运行经费支出60.00万元增加6.00万元，"
            "增长10%。",
            tells=[
                amount("operating_cost.total.actual", "66.00"),
                amount("operating_cost.total.prior_final", "60.00"),
                more("operating_cost.total.actual", "6.00", "prior_final"),
                rose("operating_cost.total.actual", "10", "prior_final"),
            ],
        ),
        final_accounts(
            2023,
            "八、“三公”经费支出决算情况",
            "2023年公务接待费支出2.20万元，同2022年公务接待费支出2.00万元相比增加0.20万元。",
            tells=[
                amount("three_public.reception.actual", "2.20"),
                amount("three_public.reception.prior_final", "2.00"),
                more("three_public.reception.actual", "0.20", "prior_final"),
            ],
        ),
    ],
    ids=["sums", "published", "running", "reception"],
)
def test_w06_what_the_year_before_is_called_by_its_full_name_is_the_year_before_s(
    passage: Passage,
):
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("passage", "year"),
    [
        (
            budget(
                2025,
                "一、2025年“三公”经费预算情况",
                "2025年“三公”经费预算安排9.00万元。",
                "二、2024年“三公”经费决算情况说明",
                "2024年“三公”经费共支出8.10万元，其中：公务用车运行维护费6.60万元，公务接待费1.50万元。",
                tells=[
                    amount("three_public.total", "8.10"),
                    amount("three_public.vehicle_operation", "6.60"),
                    amount("three_public.reception", "1.50"),
                ],
            ),
            2024,
        ),
        (
            budget(
                2022,
                "三、2021年度“三公”经费支出决算情况",
                "“三公”经费支出总额3.70万元，其中：因公出国（境）费0万元，公务接待费3.70万元。",
                tells=[
                    amount("three_public.total", "3.70"),
                    amount("three_public.overseas", "0"),
                    amount("three_public.reception", "3.70"),
                ],
            ),
            2021,
        ),
    ],
    ids=["behind_this_year_s", "year_in_the_heading_alone"],
)
def test_w06b_a_section_on_the_last_final_accounts_is_of_that_year_throughout(
    passage: Passage, year: int
):
    past = [claim for claim in clear(passage) if str(year) in claim.section_path[-1]]
    assert misread(passage, past) == []
    assert {claim.role for claim in past} <= {"prior_final", "prior_execution"}
    assert {claim.year for claim in past} == {year}


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2021,
            "“三公”经费支出决算情况说明",
            "2021年“三公”经费支出决算9.40万元，比年初预算减少0.60万元。其中：因公出国决算与年初预算持平。",
            tells=[
                amount("three_public.total.actual", "9.40"),
                less("three_public.total.actual", "0.60", "opening_budget"),
                as_before("three_public.overseas.actual", "opening_budget"),
            ],
        ),
        final_accounts(
            2018,
            "七、“三公”经费情况",
            "“三公”经费支出决算5.50万元，完成预算的91.67%；公务接待支出决算与预算持平。",
            tells=[
                amount("three_public.total.actual", "5.50"),
                completion("three_public.total.actual", "91.67", "budget"),
                as_before("three_public.reception.actual", "budget"),
            ],
        ),
        final_accounts(
            2022,
            "七、“三公”经费支出情况说明",
            "公务用车运行维护费支出4.00万元，比预算减少0.50万元，因公出境支出决算与上年决算持平。",
            tells=[
                amount("three_public.vehicle_operation.actual", "4.00"),
                less("three_public.vehicle_operation.actual", "0.50", "budget"),
                as_before("three_public.overseas.actual", "prior_final"),
            ],
        ),
    ],
    ids=["abroad", "guests", "out_of_the_country"],
)
def test_w07_a_short_name_names_its_own_item(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2024,
            "七、“三公”经费预算情况说明",
            "2024年“三公”经费预算40.00万元，比2023年预算增加2.00万元。其中：公务用车购置及运行维护费"
            "36.00万元（含公务用车购置费16.00万元、公务用车运行维护费20.00万元），"
            "比2023年预算增加4.00万元，增长12.5%。",
            tells=[
                amount("three_public.total.budget", "40.00"),
                more("three_public.total.budget", "2.00", "prior_budget"),
                amount("three_public.vehicle.budget", "36.00"),
                amount("three_public.vehicle_purchase.budget", "16.00"),
                amount("three_public.vehicle_operation.budget", "20.00"),
                more("three_public.vehicle.budget", "4.00", "prior_budget"),
                rose("three_public.vehicle.budget", "12.5", "prior_budget"),
            ],
        ),
        final_accounts(
            2022,
            "“三公”经费支出决算情况说明",
            "“三公”经费支出23.00万元，其中：公务用车购置及运行费21.00万元（公务用车购置费0万元；"
            "公务用车运行维护费21.00万元。），较上年决算减少9.00万元，下降30%。",
            tells=[
                amount("three_public.total.actual", "23.00"),
                amount("three_public.vehicle.actual", "21.00"),
                amount("three_public.vehicle_purchase.actual", "0"),
                amount("three_public.vehicle_operation.actual", "21.00"),
                less("three_public.vehicle.actual", "9.00", "prior_final"),
                fell("three_public.vehicle.actual", "30", "prior_final"),
            ],
        ),
        final_accounts(
            2020,
            "八、“三公”经费支出决算情况",
            "“三公”经费支出11.00万元，比上年减少1.00万元。其中，公务接待费6.00万元（国内接待费5.50万元，"
            "外宾接待费0.50万元。），比上年减少2.00万元，下降25%。",
            tells=[
                amount("three_public.total.actual", "11.00"),
                less("three_public.total.actual", "1.00", "prior_final"),
                amount("three_public.reception.actual", "6.00"),
                amount("three_public.reception_domestic.actual", "5.50"),
                amount("three_public.reception_foreign.actual", "0.50"),
                less("three_public.reception.actual", "2.00", "prior_final"),
                fell("three_public.reception.actual", "25", "prior_final"),
            ],
        ),
    ],
    ids=["commas", "full_stop_inside", "guests"],
)
def test_w07b_behind_a_bracket_goes_on_what_stood_before_it(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2022,
            "一、收入支出决算总体情况说明",
            "2022年度收、支总计均为600.00万元。与上年决算数相比，收、支总计各减少270.00万元，下降31.03%，"
            "主要原因是2021年度棚改专项债券收支260.00万元，本年度没有这一事项。",
            tells=[
                amount("income_expenditure.total.actual", "600.00"),
                less("income_expenditure.total.actual", "270.00", "prior_final"),
                fell("income_expenditure.total.actual", "31.03", "prior_final"),
            ],
        ),
        final_accounts(
            2023,
            "二、收入决算情况说明",
            "2023年度本年收入合计310.00万元，比上年减少130.00万元，下降29.55%，主要是2022年度灾后重建补助收入"
            "120.00万元，今年未再下达。",
            tells=[
                amount("income.total.actual", "310.00"),
                less("income.total.actual", "130.00", "prior_final"),
                fell("income.total.actual", "29.55", "prior_final"),
            ],
        ),
        final_accounts(
            2021,
            "十、机关运行经费支出情况",
            "机关运行经费支出55.00万元，比上年减少30.00万元，下降35.29%，原因是2020年度搬迁专项支出"
            "28.00万元，2021年不再发生。",
            tells=[
                amount("operating_cost.total.actual", "55.00"),
                less("operating_cost.total.actual", "30.00", "prior_final"),
                fell("operating_cost.total.actual", "35.29", "prior_final"),
            ],
        ),
    ],
    ids=["bonds", "relief", "removal"],
)
def test_w08_an_amount_of_last_year_s_in_a_reason_is_no_total_of_last_year(passage: Passage):
    assert misread(passage, beside_reasons(passage)) == []


@pytest.mark.parametrize(
    ("reason", "number"),
    [
        ("主要原因是严格执行市委关于过紧日子的15条措施", "15"),
        ("主要是贯彻厉行节约8项规定，压减开支", "8"),
        ("减少的原因是坚持州政府提出的20项举措，从严控制", "20"),
        ("原因是认真落实县纪委“7条”禁令和6项要求", "7"),
    ],
    ids=["measures", "rules", "steps", "prohibitions"],
)
def test_w08b_the_number_of_rules_obeyed_counts_nothing(reason: str, number: str):
    passage = final_accounts(
        2022,
        "七、“三公”经费支出决算情况说明",
        f"“三公”经费支出决算31万元，比上年决算数减少4万元，{reason}。",
        tells=[
            amount("three_public.total.actual", "31"),
            less("three_public.total.actual", "4", "prior_final"),
        ],
    )
    assert misread(passage) == []
    assert number not in [claim.value_text for claim in passage.claims]


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2021,
            "八、其他重要事项的情况说明",
            "（一）机关（事业）运行经费",
            "2021年监测中心运行经费财政拨款预算安排42.70万元。",
            tells=[amount("operating_cost.total.budget", "42.70")],
        ),
        budget(
            2024,
            "（一）机关运行经费",
            "2024年候鸟驿站的运行经费一般公共预算拨款28.10万元，比2023年预算减少1.90万元，下降6.33%。",
            tells=[
                amount("operating_cost.total.budget", "28.10"),
                less("operating_cost.total.budget", "1.90", "prior_budget"),
                fell("operating_cost.total.budget", "6.33", "prior_budget"),
            ],
        ),
        final_accounts(
            2022,
            "十、机关（事业单位）运行经费情况",
            "2022年度种子库运行经费财政拨款支出38.40万元。",
            tells=[amount("operating_cost.total.actual", "38.40")],
        ),
    ],
    ids=["centre", "with_a_change", "final_accounts"],
)
def test_w09_running_costs_paid_by_the_treasury_are_running_costs(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2023,
            "六、一般公共预算支出情况说明",
            "（1）项目支出预算320.00万元，占一般公共预算支出的40%，比2022年预算增加20.00万元，增长6.67%。",
            "（2）基本支出480.00万元，占一般公共预算支出的60%，比2022年预算减少20.00万元，下降4%。",
            tells=[
                amount("general_budget.project.budget", "320.00"),
                share("general_budget.project.budget", "40", "general_budget.total"),
                more("general_budget.project.budget", "20.00", "prior_budget"),
                rose("general_budget.project.budget", "6.67", "prior_budget"),
                amount("general_budget.basic.budget", "480.00"),
                share("general_budget.basic.budget", "60", "general_budget.total"),
                less("general_budget.basic.budget", "20.00", "prior_budget"),
                fell("general_budget.basic.budget", "4", "prior_budget"),
            ],
        ),
        budget(
            2022,
            "五、一般公共预算拨款支出预算说明",
            "一是基本支出预算63.00万元，占一般公共预算支出的70%，同比增长5%。",
            "二是项目支出预算27.00万元，占一般公共预算支出的30%，同比下降10%。",
            tells=[
                amount("general_budget.basic.budget", "63.00"),
                share("general_budget.basic.budget", "70", "general_budget.total"),
                rose("general_budget.basic.budget", "5", "prior"),
                amount("general_budget.project.budget", "27.00"),
                share("general_budget.project.budget", "30", "general_budget.total"),
                fell("general_budget.project.budget", "10", "prior"),
            ],
        ),
        final_accounts(
            2020,
            "五、一般公共预算财政拨款支出决算情况说明",
            "1、基本支出99.00万元，占一般公共预算财政拨款支出的90%，较上年增加9.00万元。",
            "2、项目支出11.00万元，占一般公共预算财政拨款支出的10%，较上年减少1.00万元。",
            tells=[
                amount("general_budget.basic.actual", "99.00"),
                share("general_budget.basic.actual", "90", "general_budget.total"),
                more("general_budget.basic.actual", "9.00", "prior_final"),
                amount("general_budget.project.actual", "11.00"),
                share("general_budget.project.actual", "10", "general_budget.total"),
                less("general_budget.project.actual", "1.00", "prior_final"),
            ],
        ),
    ],
    ids=["project_first", "in_words", "final_accounts"],
)
def test_w10_basic_and_project_spending_are_of_the_section_s_fund(passage: Passage):
    assert misread(passage) == []


def evaluated(label: str, cost: str, rate: str, score: str, grade: str) -> list[Told]:
    """What is told of one evaluated project."""
    return [
        amount("project.total.actual", cost, label),
        completion("project.total.actual", rate, "budget", label),
        Told("performance.project_score", (ClaimKind.SCORE,), score, label=label),
        Told("performance.project_grade", (ClaimKind.GRADE,), grade, label=label),
    ]


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2021,
            "十二、预算绩效管理情况",
            "“塘坝清淤”项目支出26.00万元，预算执行率95%，绩效评价得分91分，达到优秀等级；"
            "“闸门更换”项目支出7.40万元，预算执行率88%，绩效评价得分82分，达到良好等级。",
            tells=[
                *evaluated("塘坝清淤", "26.00", "95", "91", "优秀"),
                *evaluated("闸门更换", "7.40", "88", "82", "良好"),
            ],
        ),
        final_accounts(
            2023,
            "十三、预算绩效情况说明",
            "“古树复壮”项目实际支出9.50万元，预算执行率为100%，评价分数为88.5分，评价等级为“良”。",
            tells=evaluated("古树复壮", "9.50", "100", "88.5", "良"),
        ),
        final_accounts(
            2022,
            "绩效评价结果",
            "“戏曲进校园”项目决算支出40.00万元，预算执行率97.56%，自评得分96分，自评结果为优；",
            "“乐器购置”项目决算支出12.00万元，预算执行率80%，自评得分79分，自评结果为中。",
            tells=[
                *evaluated("戏曲进校园", "40.00", "97.56", "96", "优"),
                *evaluated("乐器购置", "12.00", "80", "79", "中"),
            ],
        ),
    ],
    ids=["ponds", "trees", "own_paragraphs"],
)
def test_w11_what_is_said_of_a_named_project_is_that_project_s(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2021,
            "五、项目支出预算情况说明",
            "1、护林员防火培训费36000元；",
            "2、界桩更换费58000元；",
            "3、网格员业务会议费18000元。",
            tells=[
                amount("project.total.budget", "36000", "护林员防火培训费"),
                amount("project.total.budget", "58000", "界桩更换费"),
                amount("project.total.budget", "18000", "网格员业务会议费"),
            ],
        ),
        budget(
            2023,
            "项目支出预算安排说明",
            "（1）边境巡护车辆运行费25000元；",
            "（2）非遗传承人培训费14000元；",
            tells=[
                amount("project.total.budget", "25000", "边境巡护车辆运行费"),
                amount("project.total.budget", "14000", "非遗传承人培训费"),
            ],
        ),
        budget(
            2024,
            "七、项目支出情况说明",
            "2．年度编目会议费3.20万元；",
            "4．回访专家公务接待费0.90万元；",
            tells=[
                amount("project.total.budget", "3.20", "年度编目会议费"),
                amount("project.total.budget", "0.90", "回访专家公务接待费"),
            ],
        ),
    ],
    ids=["wardens", "border", "archive"],
)
def test_w13_a_project_called_a_training_is_a_project(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2019,
            "二、“三公”经费支出与年初预算对比",
            "“三公”经费实际支出5.10万元，年初预算6.00万元，差额0.90万元。其中：公务用车运行维护费支出3.60万元，"
            "年初预算4.00万元，差额0.40万元；公务接待费支出1.50万元，年初预算2.00万元，差额0.50万元。",
            tells=[
                amount("three_public.total.actual", "5.10"),
                amount("three_public.total.opening_budget", "6.00"),
                less("three_public.total.actual", "0.90", "opening_budget"),
                amount("three_public.vehicle_operation.actual", "3.60"),
                amount("three_public.vehicle_operation.opening_budget", "4.00"),
                less("three_public.vehicle_operation.actual", "0.40", "opening_budget"),
                amount("three_public.reception.actual", "1.50"),
                amount("three_public.reception.opening_budget", "2.00"),
                less("three_public.reception.actual", "0.50", "opening_budget"),
            ],
        ),
        final_accounts(
            2020,
            "三、“三公”经费决算情况",
            "公务用车购置支出18.00万元，年初预算为20.00万元，差值为2.00万元；公务接待费支出0.70万元，"
            "年初预算为1.00万元，差值为0.30万元。",
            tells=[
                amount("three_public.vehicle_purchase.actual", "18.00"),
                amount("three_public.vehicle_purchase.opening_budget", "20.00"),
                less("three_public.vehicle_purchase.actual", "2.00", "opening_budget"),
                amount("three_public.reception.actual", "0.70"),
                amount("three_public.reception.opening_budget", "1.00"),
                less("three_public.reception.actual", "0.30", "opening_budget"),
            ],
        ),
    ],
    ids=["spent", "a_car"],
)
def test_w16_a_difference_is_a_change_against_the_opening_budget(passage: Passage):
    # Which way it goes is for the two amounts to say, not for the word.
    told = tuple(
        replace(each, direction=None) if ClaimKind.CHANGE in each.kinds else each
        for each in passage.told
    )
    assert misread(replace(passage, told=told)) == []


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2018,
            "“三公”经费支出情况",
            "因公出国（境）费支出7.30万元。主要是参加友城交流活动，2018年共有3个团组、出访累计9人次。",
            tells=[
                amount("three_public.overseas.actual", "7.30"),
                count("three_public.overseas_groups.actual", "3"),
                count("three_public.overseas_persons.actual", "9"),
            ],
        ),
        final_accounts(
            2023,
            "“三公”经费支出情况",
            "因公出国（境）支出12.00万元。主要原因是执行援外培训任务，全年1个批次、出国共4人次。",
            tells=[
                amount("three_public.overseas.actual", "12.00"),
                count("three_public.overseas_groups.actual", "1"),
                count("three_public.overseas_persons.actual", "4"),
            ],
        ),
        final_accounts(
            2022,
            "“三公”经费支出情况",
            "公务接待费支出1.20万元。主要是兄弟单位前来考察，2022年累计14个批次、接待累计98人次。",
            tells=[
                amount("three_public.reception.actual", "1.20"),
                count("three_public.reception_batches.actual", "14"),
                count("three_public.reception_persons.actual", "98"),
            ],
        ),
    ],
    ids=["exchange", "aid", "guests"],
)
def test_w17_journeys_told_behind_their_purpose_are_no_reasons(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2024,
            "九、政府采购情况说明",
            "2024年政府采购预算40000元。按采购资金来源划分，一般公共预算资金24000元，政府性基金6000元，"
            "其他资金10000元。",
            tells=[
                amount("procurement.total.budget", "40000"),
                amount("procurement.by_fund.budget", "24000", "一般公共预算资金"),
                amount("procurement.by_fund.budget", "6000", "政府性基金"),
                amount("procurement.by_fund.budget", "10000", "其他资金"),
            ],
        ),
        budget(
            2022,
            "八、其他重要事项的情况说明",
            "（二）政府采购情况",
            "2022年政府采购预算总额90.00万元，按资金性质分：一般公共预算拨款71.50万元，上年结转资金18.50万元。",
            tells=[
                amount("procurement.total.budget", "90.00"),
                amount("procurement.by_fund.budget", "71.50", "一般公共预算拨款"),
                amount("procurement.by_fund.budget", "18.50", "上年结转资金"),
            ],
        ),
        budget(
            2025,
            "十、政府采购预算情况",
            "政府采购预算52.00万元。按组织形式划分，集中采购30.00万元，分散采购22.00万元。",
            tells=[
                amount("procurement.total.budget", "52.00"),
                amount("procurement.by_organiser.budget", "30.00", "集中采购"),
                amount("procurement.by_organiser.budget", "22.00", "分散采购"),
            ],
        ),
    ],
    ids=["source", "brought_forward", "organiser"],
)
def test_w18_what_purchases_are_paid_from_is_no_income(passage: Passage):
    assert misread(passage) == []


APPENDED = ("第五部分 附件", "部门整体支出绩效评价报告", "一、基本情况")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "全年实施项目共4个，年初批复预算4个项目52.00万元，调整预算后项目预算48.50万元，实际到位资金46.00万元。",
            ("4", "52.00", "48.50", "46.00"),
        ),
        (
            "本年度共有11个项目，年初预算11个项目210.00万元，调整预算198.00万元，到位资金198.00万元。",
            ("11", "210.00", "198.00", "198.00"),
        ),
        (
            "项目总数3个，年初批复项目预算17.00万元，调整后项目预算19.00万元，实际到位项目资金18.00万元。",
            ("3", "17.00", "19.00", "18.00"),
        ),
    ],
    ids=["few", "many", "without_the_count_again"],
)
def test_w19_projects_of_an_appended_report_are_projects(
    sentence: str, told: tuple[str, str, str, str]
):
    number, opening, adjusted, received = told
    passage = final_accounts(
        2022,
        *APPENDED,
        sentence,
        tells=[
            count("project.count", number),
            amount("project.total.opening_budget", opening),
            amount("project.total.adjusted_budget", adjusted),
            amount("project.income", received),
        ],
    )
    # How many projects the opening budget had may be claimed or left.
    found = clear(passage)
    counts = [claim for claim in found if without_role(claim) == "project.count"]
    assert {claim.value_text for claim in counts} == {number}
    assert misread(passage, [claim for claim in found if claim not in counts[1:]]) == []


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2020,
            *APPENDED,
            "1、收入：208.00万元。较上年度减少12.00万元。",
            "2、支出：201.00万元。",
            tells=[
                amount("income.total.actual", "208.00"),
                less("income.total.actual", "12.00", "prior_final"),
                amount("expenditure.total.actual", "201.00"),
            ],
        ),
        final_accounts(
            2023,
            *APPENDED,
            "（1）支出：66.00万元，同比上年度增加6.00万元。",
            "（2）收入：69.00万元，同比上年度增加3.00万元。",
            tells=[
                amount("expenditure.total.actual", "66.00"),
                more("expenditure.total.actual", "6.00", "prior_final"),
                amount("income.total.actual", "69.00"),
                more("income.total.actual", "3.00", "prior_final"),
            ],
        ),
    ],
    ids=["income_first", "expenditure_first"],
)
def test_a05_income_and_expenditure_of_an_appended_report_are_the_body_s(passage: Passage):
    assert misread(passage) == []


# Marts and checks


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2022,
            "二、机构设置及人员情况",
            "经批准行政编制15名、事业编制22名；实际在岗行政人员14名、事业人员20名。",
            tells=[
                count("staffing.posts.held", "15", "行政编制"),
                count("staffing.posts.held", "22", "事业编制"),
                count("staffing.staff.held", "14", "行政人员"),
                count("staffing.staff.held", "20", "事业人员"),
            ],
        ),
        final_accounts(
            2021,
            "三、人员编制情况",
            "石林巡护队共有行政编制9个、工勤编制2个、事业编制30个。现有行政人员9人、工勤人员1人、事业人员28人。",
            tells=[
                count("staffing.posts.held", "9", "行政编制"),
                count("staffing.posts.held", "2", "工勤编制"),
                count("staffing.posts.held", "30", "事业编制"),
                count("staffing.staff.held", "9", "行政人员"),
                count("staffing.staff.held", "1", "工勤人员"),
                count("staffing.staff.held", "28", "事业人员"),
            ],
        ),
        final_accounts(
            2020,
            "二、机构设置及人员情况",
            "泥炭研究室核定行政编制6个、核定事业编制18个；年末实有行政人员5人、实有事业人员17人。",
            tells=[
                count("staffing.posts.held", "6", "行政编制"),
                count("staffing.posts.held", "18", "事业编制"),
                count("staffing.staff.held", "5", "行政人员"),
                count("staffing.staff.held", "17", "事业人员"),
            ],
        ),
    ],
    ids=["two_kinds", "three_kinds", "words_before_the_kind"],
)
def test_w12_posts_and_staff_say_of_which_kind_they_are(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "年末实有人数48人，其中：在职人员35人，离休人员1人，退休人员12人。",
        "浮桥养护所2023年末实有人员48人，其中在职35人、离休1人、退休12人。",
        "人员总数48名，其中：在职职工35名；离休干部1名；退休职工12名。",
    ],
    ids=["full", "short", "cadres"],
)
def test_w12b_veterans_are_no_retired_staff(sentence: str):
    passage = final_accounts(
        2023,
        "二、机构设置及人员情况",
        sentence,
        tells=[
            count("staffing.total.held", "48"),
            count("staffing.staff.held", "35"),
            count("staffing.retired_veterans.held", "1"),
            count("staffing.retired.held", "12"),
        ],
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("moved", "told", "expected"),
    [
        (
            "增加25.00万元，增长6.25%",
            "主要原因是一般公共预算财政拨款收入增加60.00万元，政府性基金预算收入减少15.00万元，"
            "年初结转和结余减少20.00万元",
            (60, -15, -20),
        ),
        (
            "减少44.00万元，下降9.4%",
            "主要是事业收入减少50.00万元，其他收入增加8.00万元，上年结转减少2.00万元",
            (-50, 8, -2),
        ),
        (
            "减少7.00万元，下降1.62%",
            "主要原因：财政拨款增加30.00万元，政府性基金减少33.00万元，年初结转结余下降4.00万元",
            (30, -33, -4),
        ),
    ],
    ids=["rise", "fall", "bare_names"],
)
def test_w14_reasons_keep_their_signs_and_add_up(moved: str, told: str, expected: tuple[int, ...]):
    passage = final_accounts(
        2023,
        "一、收入支出决算总体情况说明",
        f"2023年度收、支总计425.00万元。与2022年度相比，收、支总计各{moved}，{told}。",
    )
    change = next(claim for claim in beside_reasons(passage) if claim.kind is ClaimKind.CHANGE)
    found = reasons(passage)
    assert [claim.value for claim in found] == [Decimal(10_000 * part) for part in expected]
    assert {claim.base for claim in found} == {"income_expenditure.total"}
    assert sum(claim.value or 0 for claim in found) == change.value


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        (
            "2021年度收、支总计分别为210.30，198.70万元。与2020年相比，收、支总计分别增加12.10，9.40万元。",
            (2_103_000, 1_987_000, 121_000, 94_000),
        ),
        (
            "2021年度收入、支出总计各为88.00、91.50万元，较上年各减少2.00、3.50万元。",
            (880_000, 915_000, -20_000, -35_000),
        ),
    ],
    ids=["commas", "enumeration_commas"],
)
def test_w15_one_unit_stands_for_a_list(sentence: str, values: tuple[int, ...]):
    passage = final_accounts(2021, "一、收入支出决算总体情况说明", sentence)
    found = clear(passage)
    assert [(without_role(claim), claim.kind, claim.value) for claim in found] == [
        ("income_expenditure.income_total", ClaimKind.AMOUNT, values[0]),
        ("income_expenditure.expenditure_total", ClaimKind.AMOUNT, values[1]),
        ("income_expenditure.income_total", ClaimKind.CHANGE, values[2]),
        ("income_expenditure.expenditure_total", ClaimKind.CHANGE, values[3]),
    ]
    assert [claim.value_text for claim in found if claim.is_unit_missing] == []


# Said and not claimed


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("一、主要职能", "人员情况：在职职工27人，管理人员5人，专业技术人员20人、工勤人员2人。"),
        ("一、部门职责", "现有在职人员27人，其中：管理人员5人，专业技术人员20人，工勤人员2人。"),
        (
            "一、单位主要职责",
            "队伍概况：在编在职27名，管理人员5名、专业技术人员20名、工勤人员2名。",
        ),
    ],
    ids=["functions", "as_parts", "on_the_list"],
)
def test_m01_staff_are_counted_in_a_section_on_duties_too(heading: str, sentence: str):
    passage = final_accounts(
        2023,
        heading,
        sentence,
        tells=[
            count("staffing.staff.held", "27"),
            count("staffing.staff.held", "5", "管理人员"),
            count("staffing.staff.held", "20", "专业技术人员"),
            count("staffing.staff.held", "2", "工勤人员"),
        ],
    )
    assert misread(passage) == []


THREE_PUBLIC = "七、“三公”经费支出决算情况说明"
FOREIGN = {"three_public.reception_foreign", "three_public.foreign_batches"}


@pytest.mark.parametrize(
    ("heading", "sentence", "subjects"),
    [
        (THREE_PUBLIC, "全年没有国（境）外来访接待。", FOREIGN),
        (THREE_PUBLIC, "2023年无外宾公务接待情况。", FOREIGN),
        (THREE_PUBLIC, "外宾接待支出为零。", {"three_public.reception_foreign"}),
        (THREE_PUBLIC, "本单位外事接待支出零元。", {"three_public.reception_foreign"}),
        (THREE_PUBLIC, "本年度未发生公务用车购置及运行维护费用。", {"three_public.vehicle"}),
        (THREE_PUBLIC, "我站没有公务用车运行维护费用支出。", {"three_public.vehicle_operation"}),
        (THREE_PUBLIC, "本单位全年没有因公出国（境）人员。", {"three_public.overseas_persons"}),
        (THREE_PUBLIC, "2023年度无人员因公出国。", {"three_public.overseas_persons"}),
        ("十一、政府采购支出情况", "本年度未安排政府采购资金。", {"procurement.total"}),
        ("十一、政府采购支出情况", "2023年度无政府采购资金安排。", {"procurement.total"}),
    ],
)
def test_m02_a_statement_of_none_is_of_what_it_names(
    heading: str, sentence: str, subjects: set[str]
):
    found = clear(final_accounts(2023, heading, sentence))
    assert [claim.value for claim in found] == [0]
    assert {without_role(claim) for claim in found} <= subjects


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("本年度未发生公务用车购置及运行维护费用，与上年无变化。", "vehicle"),
        ("无因公出国（境）费用支出，与上年持平。", "overseas"),
        ("没有公务接待费用支出，较上年无增减变化。", "reception"),
    ],
)
def test_m02_no_change_of_nothing_is_of_the_same_nothing(sentence: str, item: str):
    passage = final_accounts(
        2023,
        THREE_PUBLIC,
        "“三公”经费支出决算4.00万元。",
        sentence,
        tells=[
            amount("three_public.total.actual", "4.00"),
            replace(amount(f"three_public.{item}.actual", ""), text=None),
            as_before(f"three_public.{item}.actual", "prior_final"),
        ],
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("sentence", "base"),
    [
        ("2019年度“三公”经费决算为8.80万元，没有超出2019年预算数。", "budget"),
        ("“三公”经费支出决算8.80万元，未突破年初预算数。", "opening_budget"),
        ("“三公”经费支出8.80万元，未超年初预算。", "opening_budget"),
    ],
)
def test_m03_not_more_than_the_budget_is_a_comparison(sentence: str, base: str):
    passage = final_accounts(
        2019,
        "“三公”经费支出决算情况说明",
        sentence,
        tells=[
            amount("three_public.total.actual", "8.80"),
            Told("three_public.total.actual", (ClaimKind.COMPARISON,), None, base, None),
        ],
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("sentence", "item", "direction"),
    [
        ("比起2018年，公务用车运行维护费有所下降。", "vehicle_operation", Direction.DECREASE),
        ("相较2018年，公务接待费略有增加。", "reception", Direction.INCREASE),
        ("同2018年相比因公出国（境）费有所增长。", "overseas", Direction.INCREASE),
    ],
)
def test_m03_a_change_without_a_number_has_a_direction(
    sentence: str, item: str, direction: Direction
):
    passage = final_accounts(
        2019,
        "“三公”经费支出决算情况说明",
        "2019年“三公”经费支出决算8.80万元。" + sentence,
        tells=[
            amount("three_public.total.actual", "8.80"),
            Told(
                f"three_public.{item}.actual",
                (ClaimKind.DIRECTION,),
                None,
                "prior_final",
                direction,
            ),
        ],
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2024,
            "“三公”经费预算情况",
            "（一）公务接待费",
            "2024年预算安排3万元，较2023年预算下降40%。",
            "（二）公务用车运行维护费",
            "2024年预算安排5万元，与2023年预算持平。",
            tells=[
                amount("three_public.reception.budget", "3"),
                fell("three_public.reception.budget", "40", "prior_budget"),
                amount("three_public.vehicle_operation.budget", "5"),
                as_before("three_public.vehicle_operation.budget", "prior_budget"),
            ],
        ),
        budget(
            2021,
            "七、“三公”经费预算说明",
            "1.因公出国（境）费用",
            "2021年安排预算1.50万元，同2020年预算相同。",
            tells=[
                amount("three_public.overseas.budget", "1.50"),
                as_before("three_public.overseas.budget", "prior_budget"),
            ],
        ),
        budget(
            2023,
            "七、“三公”经费财政拨款预算",
            "（三）公务用车购置费",
            "2023年预算20.00万元，比2022年预算增加20.00万元。",
            tells=[
                amount("three_public.vehicle_purchase.budget", "20.00"),
                more("three_public.vehicle_purchase.budget", "20.00", "prior_budget"),
            ],
        ),
    ],
    ids=["two_headings", "same", "a_car"],
)
def test_m04_what_only_the_heading_names_is_of_the_heading(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("sentence", "offices"),
    [
        ("本队内设6个股室、2个办公室。", ["6", "2"]),
        ("我馆设3个股室和1个办公室。", ["3", "1"]),
    ],
)
def test_m05_an_office_beside_the_sections_is_counted(sentence: str, offices: list[str]):
    passage = final_accounts(
        2022,
        "一、单位基本情况",
        sentence,
        tells=[count("staffing.offices.held", number) for number in offices],
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("测算标准：45名护堤员，每人每年2400元。", "45"),
        ("测算依据：18名讲解员，年人均补助3600元。", "18"),
    ],
)
def test_m05_people_that_a_cost_is_reckoned_by_are_kept_and_are_no_staff(
    sentence: str, number: str
):
    found = final_accounts(2022, "一、单位基本情况", sentence).claims
    assert number in [claim.value_text for claim in found]
    assert not [
        printed(claim)
        for claim in found
        if claim.reading is Reading.CLEAR and claim.topic == "staffing"
    ]


# Kept ambiguous though a reader has no doubt


@pytest.mark.parametrize(
    "words",
    ["决算数总共", "决算数合计为", "决算总额为", "支出决算汇总数为", "决算共计", "支出决算合计数"],
)
def test_a01_a02_a_sum_may_be_called_by_any_word_for_a_sum(words: str):
    passage = final_accounts(
        2020,
        "八、“三公”经费支出决算情况说明",
        f"2020年“三公”经费{words}6.80万元，较2019年增加0.80万元，增长13.33%。",
        tells=[
            amount("three_public.total.actual", "6.80"),
            more("three_public.total.actual", "0.80", "prior_final"),
            rose("three_public.total.actual", "13.33", "prior_final"),
        ],
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    "name",
    ["公务用车运行及购置费", "公务用车运行维护及购置费用", "公务用车运行维护及购置经费"],
)
def test_a03_running_and_buying_cars_may_be_named_in_either_order(name: str):
    passage = budget(
        2023,
        "七、“三公”经费预算情况说明",
        f"{name}预算12.00万元，较2022年预算减少4.00万元，下降25%。",
        tells=[
            amount("three_public.vehicle.budget", "12.00"),
            less("three_public.vehicle.budget", "4.00", "prior_budget"),
            fell("three_public.vehicle.budget", "25", "prior_budget"),
        ],
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        final_accounts(
            2019,
            "三、一般公共预算支出决算情况说明",
            "2019年度一般公共预算财政拨款支出99.00万元。",
            "2019年预算数96.00万元，调整数101.00万元，决算数99.00万元，增加3.00万元。",
            tells=[
                amount("general_budget.total.actual", "99.00"),
                amount("general_budget.total.budget", "96.00"),
                amount("general_budget.total.adjusted_budget", "101.00"),
                amount("general_budget.total.actual", "99.00"),
                more("general_budget.total.actual", "3.00", "budget"),
            ],
        ),
        final_accounts(
            2018,
            "二、收入决算情况说明",
            "2018年度本年收入合计258.00万元。",
            "2018年预算数262.00万元，调整预算数270.00万元，决算数258.00万元，减少4.00万元，下降1.53%。",
            tells=[
                amount("income.total.actual", "258.00"),
                amount("income.total.budget", "262.00"),
                amount("income.total.adjusted_budget", "270.00"),
                amount("income.total.actual", "258.00"),
                less("income.total.actual", "4.00", "budget"),
                fell("income.total.actual", "1.53", "budget"),
            ],
        ),
        final_accounts(
            2020,
            "三、支出决算情况说明",
            "2020年度本年支出合计75.00万元。2020年预算数70.00万元，调整数75.00万元，决算数75.00万元，"
            "增加5.00万元。",
            tells=[
                amount("expenditure.total.actual", "75.00"),
                amount("expenditure.total.budget", "70.00"),
                amount("expenditure.total.adjusted_budget", "75.00"),
                amount("expenditure.total.actual", "75.00"),
                more("expenditure.total.actual", "5.00", "budget"),
            ],
        ),
    ],
    ids=["general_budget", "income", "expenditure"],
)
def test_a04_bare_budget_and_final_figures_are_of_the_section_s_total(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2022,
            "五、项目支出预算情况说明",
            "2022年安排项目支出73.00万元，分别是：",
            "1、志愿服务经费20.00万元；",
            "2、方志编纂经费53.00万元。",
            tells=[
                amount("expenditure.project.budget", "73.00"),
                amount("project.total.budget", "20.00", "志愿服务经费"),
                amount("project.total.budget", "53.00", "方志编纂经费"),
            ],
        ),
        budget(
            2024,
            "项目支出预算安排情况",
            "本年共安排项目支出9.00万元，具体为：",
            "（1）口述史采集5.00万元；",
            "（2）展柜修缮4.00万元。",
            tells=[
                amount("expenditure.project.budget", "9.00"),
                amount("project.total.budget", "5.00", "口述史采集"),
                amount("project.total.budget", "4.00", "展柜修缮"),
            ],
        ),
    ],
    ids=["funds", "bare_names"],
)
def test_a06_entries_below_planned_projects_are_projects(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "passage",
    [
        budget(
            2024,
            "四、财政拨款收支预算总体情况说明",
            "2024年财政拨款收支总预算126.00万元。财政拨款总收支比2023年预算增加6.00万元，增长5%。",
            tells=[
                amount("appropriation.total.budget", "126.00"),
                more("appropriation.total.budget", "6.00", "prior_budget"),
                rose("appropriation.total.budget", "5", "prior_budget"),
            ],
        ),
        budget(
            2023,
            "四、财政拨款收支总体情况",
            "2023年财政拨款收支总预算80.00万元。支出包括：教育支出70.00万元、住房保障支出10.00万元。",
            "财政拨款总收支较上年减少20.00万元，下降20%，主要原因是校舍修缮完工。",
            tells=[
                amount("appropriation.total.budget", "80.00"),
                amount("appropriation.class.budget", "70.00", "教育支出"),
                amount("appropriation.class.budget", "10.00", "住房保障支出"),
                less("appropriation.total.budget", "20.00", "prior"),
                fell("appropriation.total.budget", "20", "prior"),
            ],
        ),
        final_accounts(
            2021,
            "四、财政拨款收入支出决算总体情况说明",
            "2021年度财政拨款总收支33.00万元，与2020年度相比增加3.00万元，增长10%。",
            tells=[
                amount("appropriation.total.actual", "33.00"),
                more("appropriation.total.actual", "3.00", "prior_final"),
                rose("appropriation.total.actual", "10", "prior_final"),
            ],
        ),
    ],
    ids=["same_paragraph", "behind_classes", "final_accounts"],
)
def test_a07_all_income_and_expenditure_of_the_treasury_s_money_is_its_total(passage: Passage):
    assert misread(passage) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年初预算支出148.00万元，其中：教育支出110.00万元，卫生健康支出20.00万元，住房保障支出18.00万元。",
        "2023年年初预算支出148.00万元。其中：教育支出110.00万元、卫生健康支出20.00万元、住房保障支出18.00万元。",
        "2023年初支出预算148.00万元，包括：教育支出110.00万元；卫生健康支出20.00万元；住房保障支出18.00万元。",
    ],
    ids=["commas", "next_sentence", "including"],
)
def test_a08_classes_behind_an_opening_budget_are_classes(sentence: str):
    passage = budget(
        2023,
        "二、部门收支概况",
        sentence,
        tells=[
            amount("expenditure.total", "148.00"),
            amount("expenditure.class", "110.00", "教育支出"),
            amount("expenditure.class", "20.00", "卫生健康支出"),
            amount("expenditure.class", "18.00", "住房保障支出"),
        ],
    )
    assert misread(passage) == []
    assert {claim.role for claim in clear(passage)} <= {"budget", "opening_budget"}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("全局下设9个科室。", [count("staffing.offices.held", "9")]),
        ("本院内设机构共7个科室。", [count("staffing.offices.held", "7")]),
        (
            "现有在编人员33名，人事派遣人员6名。",
            [count("staffing.staff.held", "33"), count("staffing.temporary.held", "6")],
        ),
        (
            "现有在职人员21人，派遣制人员8人。",
            [count("staffing.staff.held", "21"), count("staffing.temporary.held", "8")],
        ),
    ],
)
def test_a09_offices_and_dispatched_staff_are_counted(sentence: str, told: list[Told]):
    passage = final_accounts(2021, "一、单位基本情况", sentence, tells=told)
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("纳入2022年部门决算编制范围的预算单位有7个单位。", "7"),
        ("参加本部门2022年度决算编报的预算单位共包括3个单位。", "3"),
        ("本部门决算由局机关和5家二级单位组成。", "5"),
        ("纳入决算编制范围的有11家二级单位。", "11"),
    ],
)
def test_a12_the_units_of_the_accounts_are_counted(sentence: str, number: str):
    passage = final_accounts(
        2022, "二、部门决算单位构成", sentence, tells=[count("organisation.units", number)]
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    "name",
    ["财政拨款结转结余", "年末财政拨款结转结余", "财政拨款结转和结余", "财政拨款结转结余资金"],
)
def test_a10_what_is_left_of_the_treasury_s_money_is_its_closing_balance(name: str):
    passage = final_accounts(
        2023,
        "四、财政拨款收入支出决算情况",
        f"{name}8.60万元，比上年增加0.60万元，增长7.5%。",
        tells=[
            amount("appropriation.closing_balance.actual", "8.60"),
            more("appropriation.closing_balance.actual", "0.60", "prior_final"),
            rose("appropriation.closing_balance.actual", "7.5", "prior_final"),
        ],
    )
    assert misread(passage) == []


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("全年车辆运行费4.70万元。", amount("three_public.vehicle_operation.actual", "4.70")),
        ("车辆运行维护费支出2.05万元。", amount("three_public.vehicle_operation.actual", "2.05")),
        ("公车运行费为6.10万元。", amount("three_public.vehicle_operation.actual", "6.10")),
        ("2022年度出国7人次。", count("three_public.overseas_persons.actual", "7")),
        ("全年出国（境）2人次。", count("three_public.overseas_persons.actual", "2")),
        ("公务车购置费17.80万元。", amount("three_public.vehicle_purchase.actual", "17.80")),
        ("公务车购置支出0万元。", amount("three_public.vehicle_purchase.actual", "0")),
        (
            "“三公”经费中公务车购置0.00万元。",
            amount("three_public.vehicle_purchase.actual", "0.00"),
        ),
    ],
)
def test_a11_short_names_of_the_three_public_items_are_known(sentence: str, told: Told):
    passage = final_accounts(2022, "六、“三公”经费支出决算情况说明", sentence, tells=[told])
    assert misread(passage) == []
