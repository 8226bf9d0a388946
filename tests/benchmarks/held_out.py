"""Disclosures that nobody has tuned anything on: invented bodies, random layouts, invented words.

Knows departments and house styles. Does not know formats, nor what is measured.
"""

import random
from collections.abc import Iterator
from dataclasses import replace

from tests.forge.budget.styles import BudgetStyle
from tests.forge.disclosure import Manuscript, draft
from tests.forge.invention import ANYWHERE
from tests.forge.ledger import Department
from tests.forge.styles import HeaderWords, HouseStyle, ZeroMark, ZeroMarks
from tests.growth.source import counties, draw_manuscripts

THINGS = (
    "雨伞",
    "铜铃",
    "棋谱",
    "风车",
    "竹简",
    "皮影",
    "石臼",
    "蓑衣",
    "算盘",
    "木屐",
    "瓦当",
    "纸鸢",
)
DOINGS = ("登记", "修缮", "检验", "收藏", "编目", "租借", "测绘", "展陈", "鉴定", "传习")
BODIES = ("局", "中心", "所", "站", "办公室", "管理处", "服务中心", "委员会")
INVENTED_WORDS = HeaderWords(
    department="填报单位：",
    unit="计量单位：",
    function_code="功能科目编号",
    function_name="功能科目名称",
    economic_code="经济科目编号",
    item="事    项",
    income_side="收 入 情 况",
    expenditure_side="支 出 情 况",
    appropriation_amount="本年数额",
    spending_total="支出小计",
    grand_total="总    计",
    overseas="因公出国（境）经费",
    vehicle="公务车辆购置及运行费",
    vehicle_operation="公务车辆运行费",
    surplus="动用非财政拨款结余",
)
"""Words that publishers might choose and that no style of the forge has."""
DASHES = ZeroMarks(*[ZeroMark.DASH] * 5)
ONE_IN_REWORDED, ONE_IN_DASHED = 3, 4


def held_out(documents: int, seed: int) -> list[Manuscript]:
    """Draw disclosures; the same seed draws the same ones."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    return [
        draft(replace(drawn.ledger, department=department), _dressed(drawn.style, number))
        for number, (drawn, department) in enumerate(
            zip(draw_manuscripts(documents, seed), _departments(rng), strict=False)
        )
    ]


def _departments(rng: random.Random) -> Iterator[Department]:
    for county in rng.sample(counties(), len(counties())):
        body = f"{rng.choice(THINGS)}{rng.choice(DOINGS)}{rng.choice(BODIES)}"
        name = f"{county.name}{body}"
        yield replace(ANYWHERE, name=name, place=county.name, region_code=county.code)


def _dressed(style: HouseStyle | BudgetStyle, number: int) -> HouseStyle | BudgetStyle:
    """Every third style in invented words, every fourth with dashes for nothing."""
    if isinstance(style, BudgetStyle):
        house = _dressed(style.house, number)
        assert isinstance(house, HouseStyle)
        return replace(style, house=house)
    if number % ONE_IN_REWORDED == 1:
        style = replace(style, words=INVENTED_WORDS)
    return replace(style, zeros=DASHES) if number % ONE_IN_DASHED == 1 else style
