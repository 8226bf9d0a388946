"""The sample documents under ``data/raw/samples/``: which there are and how they are written.

Run ``python -m tests.forge.samples`` to write them again; the bytes do not change unless the
forge does. Knows departments, years and styles. Does not know how documents are read.
"""

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.domain.disclosure import Scope
from tests.forge.borrowed import larger_city_bureau, small_county_bureau
from tests.forge.budget.invention import BudgetCharacter, invent_budget
from tests.forge.budget.ledger import BudgetLedger
from tests.forge.budget.styles import (
    CENTRAL_BUDGET,
    METROPOLITAN_DEPARTMENT,
    METROPOLITAN_UNIT,
    BudgetStyle,
    BudgetTitles,
    IncomeColumns,
)
from tests.forge.consolidation import consolidate
from tests.forge.contradictions import (
    INCOME_ROW_SPLIT_OFF,
    THREE_PUBLIC_TOTAL_OFF,
    Contradiction,
)
from tests.forge.disclosure import FileFormat, ForgedDisclosure, draft, forge_disclosure
from tests.forge.invention import FEN_PER_YUAN, Character, invent_ledger
from tests.forge.ledger import Department, Ledger
from tests.forge.styles import (
    METROPOLITAN,
    MINISTRY_2022,
    OLDER_COUNTY,
    YUAN_PRINTING,
    CaptionPlace,
    FormOrder,
    HouseStyle,
    NarrativeFamily,
    TitleFamily,
)

FOLDER = Path(__file__).parents[2] / "data" / "raw" / "samples"

TIDE_CLOCKS = Department(
    name="徐闻县潮汐钟表校准局",
    place="徐闻县",
    region_code="440825",
    scope=Scope.DEPARTMENT,
    is_administrative=True,
    duties=(
        "校准全县公共场所的潮汐钟表",
        "保管历年潮位观测底册并提供查询",
        "编印年度潮汐年历，在渔港张贴",
    ),
)
LIGHTHOUSE_ARCHIVE = Department(
    name="徐闻县灯塔档案数字化中心",
    place="徐闻县",
    region_code="440825",
    scope=Scope.DEPARTMENT,
    is_administrative=False,
    duties=("扫描并编目灯塔值守日志", "维护灯塔影像数据库", "面向中小学开放灯塔资料室"),
)
FOLKWAYS = Department(
    name="徐闻县风物志编修办公室",
    place="徐闻县",
    region_code="440825",
    scope=Scope.DEPARTMENT,
    is_administrative=True,
    duties=("采集全县风物资料", "组织编修和出版《风物志》", "管理风物标本室"),
)
RECEIPT_MENDERS = Department(
    name="敦煌市医保票据修复事务局",
    place="敦煌市",
    region_code="620982",
    scope=Scope.DEPARTMENT,
    is_administrative=True,
    duties=("修复受潮、破损的医保旧票据", "为参保群众补录票据信息", "开展票据保管知识宣传"),
)
OLD_FILES = Department(
    name="鹤岗市医保旧档编目局",
    place="鹤岗市",
    region_code="230400",
    scope=Scope.DEPARTMENT,
    is_administrative=True,
    duties=("整理编目历年医保旧档", "核对旧档与现行参保信息", "提供旧档查阅服务"),
)
MIGRANT_BIRDS = Department(
    name="上海市崇明区候鸟迁徙记录中心",
    place="崇明区",
    region_code="310151",
    scope=Scope.DEPARTMENT,
    is_administrative=True,
    duties=("记录候鸟迁徙批次和数量", "维护滩涂观测站", "发布候鸟迁徙年报"),
)
REED_ALBUMS = Department(
    name="上海市崇明区芦苇画册编印所",
    place="崇明区",
    region_code="310151",
    scope=Scope.UNIT,
    is_administrative=False,
    duties=("拍摄芦苇四季影像", "编印芦苇画册", "借展画册原稿"),
)
HOT_SPRINGS = Department(
    name="腾冲市温泉水温记录所",
    place="腾冲市",
    region_code="530581",
    scope=Scope.UNIT,
    is_administrative=False,
    duties=("逐日记录温泉水温", "检定水温计", "向社会提供水温资料"),
)
MUDFLAT_PHOTOS = Department(
    name="霞浦县滩涂光影收藏局",
    place="霞浦县",
    region_code="350921",
    scope=Scope.DEPARTMENT,
    is_administrative=True,
    duties=("征集滩涂摄影作品", "建设光影作品库房", "组织滩涂摄影巡展"),
)
FISHING_PORTS = Department(
    name="霞浦县渔港资料管理局",
    place="霞浦县",
    region_code="350921",
    scope=Scope.DEPARTMENT,
    is_administrative=True,
    duties=("管理全县渔港资料", "组织渔港影像征集和编目", "发布渔港年历"),
    unit_names=("霞浦县渔港资料管理局（本级）", "霞浦县渔港影像记录中心"),
)
"""Publishes its own accounts beside those that hold its unit's."""
FISHING_PORTS_ALONE = replace(FISHING_PORTS, scope=Scope.UNIT, unit_names=())
PORT_PICTURES = Department(
    name="霞浦县渔港影像记录中心",
    place="霞浦县",
    region_code="350921",
    scope=Scope.UNIT,
    is_administrative=False,
    duties=("拍摄渔港四季影像", "维护渔港影像数据库"),
)

COASTAL_COUNTY = replace(
    MINISTRY_2022,
    name="coastal county",
    titles=TitleFamily.DEPARTMENT,
    order=FormOrder.THREE_PUBLIC_FIRST,
    caption=CaptionPlace.IN_GRID,
    narrative=NarrativeFamily.COUNTY,
    words=replace(MINISTRY_2022.words, function_code="功能分类科目编码", spending_total="合计"),
    repeats_header=True,
    merges_total_label=False,
)
"""What a county makes of the ministry's forms: its own titles and order, captions in the table."""
COASTAL_BUDGET = replace(
    CENTRAL_BUDGET,
    house=replace(CENTRAL_BUDGET.house, name="coastal county budget", caption=CaptionPlace.IN_GRID),
    titles=BudgetTitles.SHORT,
    income_columns=IncomeColumns.SOURCES,
    balances_carry_over=False,
    outlines_appropriation=False,
    splits_appropriation=True,
    lists_every_kind=False,
    nests_funds=True,
)
"""What the county makes of the central forms, for a department that carries nothing over."""

TIGHT_VEHICLE_BUDGET = 28_000 * FEN_PER_YUAN
"""Less than the department spends, so that its 三公 expenses overrun their budget."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample document."""

    ledger: Ledger | BudgetLedger
    style: HouseStyle | BudgetStyle
    file_format: FileFormat
    plant: tuple[Contradiction, ...] = ()

    @property
    def file_name(self) -> str:
        """A name as publishers give it."""
        front = draft(self.ledger, self.style).front
        return f"{front.department.name}{front.subject}.{self.file_format.value}"

    @property
    def style_name(self) -> str:
        """The house style's name."""
        house = self.style.house if isinstance(self.style, BudgetStyle) else self.style
        return house.name


def consecutive_years(
    department: Department, character: Character, first_year: int, seed: int
) -> tuple[Ledger, Ledger]:
    """Two years of one department, the second opening with what the first closed with."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    first = invent_ledger(rng, department, first_year, character)
    return first, invent_ledger(rng, department, first_year + 1, character, first)


def samples() -> tuple[Sample, ...]:
    """Every sample document."""
    docx, pdf, page = FileFormat
    clocks = consecutive_years(TIDE_CLOCKS, Character(11, "2010301", ("2010302",)), 2022, 1)
    lighthouse = consecutive_years(
        LIGHTHOUSE_ARCHIVE,
        Character(
            *(26, "2010350", ("2010302", "2060702")),
            carries_over=True,
            has_own_income=True,
        ),
        *(2022, 2),
    )
    folkways = consecutive_years(
        FOLKWAYS,
        Character(18, "2080101", ("2080899", "2019999"), has_government_fund=True),
        *(2023, 3),
    )
    birds = consecutive_years(
        MIGRANT_BIRDS,
        Character(
            *(64, "2120101", ("2120102", "2120399", "2110302")),
            carries_over=True,
            has_government_fund=True,
            has_state_capital=True,
        ),
        *(2023, 4),
    )
    reeds = consecutive_years(
        REED_ALBUMS, Character(9, "2050302", ("2059999",), has_own_income=True), 2023, 5
    )
    springs = consecutive_years(
        HOT_SPRINGS,
        Character(14, "2200106", ("2110302",), carries_over=True, has_own_income=True),
        *(2022, 6),
    )
    photos = consecutive_years(
        MUDFLAT_PHOTOS,
        Character(33, "2130501", ("2130504", "2130505"), has_government_fund=True),
        *(2023, 7),
    )
    overspent_photos = _with_a_smaller_vehicle_budget(photos[0])
    return (
        *_budgets(),
        Sample(clocks[0], OLDER_COUNTY, pdf),
        Sample(clocks[1], OLDER_COUNTY, docx),
        Sample(lighthouse[0], MINISTRY_2022, docx),
        Sample(lighthouse[1], MINISTRY_2022, pdf),
        Sample(folkways[0], MINISTRY_2022, docx, (THREE_PUBLIC_TOTAL_OFF,)),
        Sample(folkways[1], MINISTRY_2022, pdf),
        Sample(small_county_bureau(RECEIPT_MENDERS), OLDER_COUNTY, docx),
        Sample(larger_city_bureau(OLD_FILES), MINISTRY_2022, pdf),
        Sample(birds[0], METROPOLITAN, pdf),
        Sample(birds[1], METROPOLITAN, docx),
        Sample(reeds[0], METROPOLITAN, docx, (INCOME_ROW_SPLIT_OFF,)),
        Sample(reeds[1], METROPOLITAN, pdf),
        Sample(springs[0], YUAN_PRINTING, docx),
        Sample(springs[1], YUAN_PRINTING, pdf),
        Sample(overspent_photos, COASTAL_COUNTY, pdf),
        Sample(photos[1], COASTAL_COUNTY, page),
        *_department_and_units(),
    )


def _with_a_smaller_vehicle_budget(ledger: Ledger) -> Ledger:
    """The same year, for which less was budgeted to run the vehicles than was spent on them."""
    smaller = replace(ledger.budgeted, vehicle_operation=TIGHT_VEHICLE_BUDGET)
    return replace(ledger, budgeted=smaller)


def _department_and_units() -> tuple[Sample, ...]:
    """A department's accounts, and those of its bodies, which add up to them."""
    rng = random.Random(11)  # noqa: S311 - reproducible, and nothing is kept secret
    own = invent_ledger(rng, FISHING_PORTS_ALONE, 2023, Character(21, "2130501", ("2130504",)))
    pictures = invent_ledger(rng, PORT_PICTURES, 2023, Character(8, "2130504", ("2130505",)))
    department = consolidate(FISHING_PORTS, (own, pictures))
    return (
        Sample(department, MINISTRY_2022, FileFormat.DOCX),
        Sample(own, MINISTRY_2022, FileFormat.PDF),
        Sample(pictures, MINISTRY_2022, FileFormat.DOCX),
    )


def _budgets() -> tuple[Sample, ...]:
    """Budgets of departments whose accounts are among the samples, for the year after those."""
    birds = BudgetCharacter(
        Character(
            *(64, "2120101", ("2120102", "2120399", "2110302")),
            has_government_fund=True,
            has_state_capital=True,
        )
    )
    reeds = BudgetCharacter(Character(9, "2050302", ("2059999",), has_own_income=True))
    lighthouse = BudgetCharacter(
        Character(26, "2010350", ("2010302", "2060702"), has_own_income=True),
        is_in_whole_yuan=False,
    )
    docx, pdf = FileFormat.DOCX, FileFormat.PDF
    return (
        Sample(_budget(MIGRANT_BIRDS, birds, 8), METROPOLITAN_DEPARTMENT, pdf),
        Sample(_budget(REED_ALBUMS, reeds, 9), METROPOLITAN_UNIT, pdf),
        Sample(_budget(LIGHTHOUSE_ARCHIVE, lighthouse, 10), COASTAL_BUDGET, docx),
    )


def _budget(department: Department, character: BudgetCharacter, seed: int) -> BudgetLedger:
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    return invent_budget(rng, department, 2025, character)


README = """\
# Sample documents

{count} final accounts and budgets for trying the pipeline out, written by
`python -m tests.forge.samples`.

**No department named here exists.** The places are real, so that regions can be looked up; the
departments, what they do and whom they pay are invented. The figures are drawn at random from
consistent books, with two exceptions: the documents of {borrowed}
carry figures that two real Hunan bureaus published for 2023, under the invented names. No sentence
is taken from any published document. Where a department has two years, the second opens with what
the first closed with. {department} publishes its own accounts (单位决算) beside those
of the whole department (部门决算), to which they and its unit's add up. {overspent} spent more
on its vehicles in 2023 than was budgeted: its 三公 expenses overrun their budget, which contradicts
nothing.

Do not edit the files. To change one, change the forge and run it again; a test compares them byte
by byte. Word files marked below contradict themselves on purpose, so that there is a discrepancy
to find; in all others nothing differs but by rounding.

| file | house style | contradiction |
|---|---|---|
{rows}
"""
BORROWED = (RECEIPT_MENDERS.name, OLD_FILES.name)


def describe(sample: Sample) -> str:
    """The sample's row in the README."""
    breaks = ", ".join(name for planted in sample.plant for name in planted.breaks)
    return f"| {sample.file_name} | {sample.style_name} | {breaks or '–'} |"


def write_samples(folder: Path) -> tuple[ForgedDisclosure, ...]:
    """Write every sample and the README into a folder that exists."""
    chosen = samples()
    rows = "\n".join(describe(sample) for sample in chosen)
    text = README.format(
        count=len(chosen),
        borrowed=" and ".join(BORROWED),
        department=FISHING_PORTS.name,
        overspent=MUDFLAT_PHOTOS.name,
        rows=rows,
    )
    (folder / "README.md").write_text(text, encoding="utf-8")
    return tuple(
        forge_disclosure(
            *(sample.ledger, sample.style, sample.file_format),
            folder / sample.file_name,
            sample.plant,
        )
        for sample in chosen
    )


def main(report: Callable[[str], object] = sys.stdout.write) -> None:
    """Write the tracked samples and say what was written."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for forged in write_samples(FOLDER):
        report(f"{forged.path.name}  {forged.path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
