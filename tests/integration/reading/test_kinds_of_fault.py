"""The kinds of fault that forms are read with, each in other words, bodies, figures and layouts.

Knows what is printed and what it means. Does not know how it is recognised. What is expected of a
document is written as text: ``=`` begins a table with its title, form and section, and each
line below it is one figure: row, header, measure, number; ``.`` stands for none.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from pipelines.domain.disclosure import Disclosure, DocumentKind, Figure
from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.normalising.disclosing import disclose, read_disclosure
from pipelines.reading.errors import UnreadableFileError
from pipelines.reading.web_page import read_web_page
from tests.paths import REFERENCE_DIR, SHARED_DIR
from tests.unit.recognising.grids import document, grid

CASES = SHARED_DIR / "cases" / "reading"
AMOUNT = re.compile(r"-?\d[\d,]*\.\d\d")
BUDGET = ("晴川市林草种苗站", "2021年度单位预算")
ACCOUNTS = ("临潼湾区渔政服务中心", "2022年度部门决算")
BUDGET_UNIT = "单位名称：晴川市林草种苗站 单位：万元"
ACCOUNTS_UNIT = "公开部门：临潼湾区渔政服务中心 金额单位：万元"

Told = tuple[str, str, str, str, str, str, str]


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def read(*blocks: str | Table) -> Disclosure:
    return kept(document(*blocks))


def kept(drawn: Document) -> Disclosure:
    """Disclose a document, of which every amount printed in a table must be a figure."""
    disclosure = disclose(drawn, REFERENCE_DIR)
    printed = Counter(
        amount
        for block in drawn.blocks
        if isinstance(block, Table)
        for cell in block.cells
        for amount in AMOUNT.findall(cell.text)
    )
    assert Counter(plain(figure.text) for figure in disclosure.figures) == printed
    assert [
        (form.title, form.number_count - form.accounted_count) for form in disclosure.forms
    ] == [(form.title, 0) for form in disclosure.forms]
    return disclosure


def row_of(figure: Figure) -> str:
    labels = "/".join(map(plain, figure.row.row_path))
    return f"{figure.row.row_code} {labels}".strip() or "."


def header_of(figure: Figure) -> str:
    return "/".join(map(plain, figure.column.header_path)) or "."


def told(disclosure: Disclosure) -> list[Told]:
    titles = {form.table_index: plain(form.title) for form in disclosure.forms}
    return sorted(
        (
            titles[figure.row.table_index],
            figure.row.form,
            figure.row.section,
            row_of(figure),
            header_of(figure),
            figure.measure or ".",
            plain(figure.text),
        )
        for figure in disclosure.figures
    )


def expected(drawing: str) -> list[Told]:
    title = form = section = ""
    figures: list[Told] = []
    for line in filter(None, map(str.strip, drawing.splitlines())):
        if line.startswith("="):
            title, form, section, *_ = [
                "" if word.strip() == "." else word.strip() for word in f"{line[1:]}||".split("|")
            ]
        else:
            row, header, measure, text = [word.strip() for word in line.split("|")]
            figures.append((title, form, section, row, header, measure, text))
    return sorted(figures)


def names(disclosure: Disclosure) -> dict[str, str]:
    """The name of each number, of documents in which no number is printed twice."""
    return {
        plain(figure.text): " ".join(filter(None, (figure.form, figure.section, figure.measure)))
        for figure in disclosure.figures
    }


def forms(disclosure: Disclosure) -> list[str]:
    return [form.form for form in disclosure.forms]


def paged(*pages: Iterable[str | Table]) -> Document:
    """A PDF of these pages, whose tables were drawn with edges."""
    blocks = [
        _put(block, page, 60.0 + 200.0 * position)
        for page, contents in enumerate(pages, start=1)
        for position, block in enumerate(contents)
    ]
    return Document("0" * 64, "drawn.pdf", FileKind.PDF, tuple(blocks), page_count=len(pages))


def _put(block: str | Table, page: int, top: float) -> Paragraph | Table:
    if isinstance(block, str):
        return Paragraph(block, Place(page=page, bbox=(60.0, top, 500.0, top + 12.0)))
    cells = tuple(replace(cell, place=_moved(cell.place, page, top)) for cell in block.cells)
    right = max(cell.place.bbox[2] for cell in cells if cell.place.bbox)
    bottom = max(cell.place.bbox[3] for cell in cells if cell.place.bbox)
    return replace(block, cells=cells, place=Place(page=page, bbox=(60.0, top, right, bottom)))


def _moved(place: Place, page: int, down: float) -> Place:
    assert place.bbox
    left, top, right, bottom = place.bbox
    return Place(page=page, bbox=(left, top + down, right, bottom + down))


def web(body: str) -> Document:
    page = f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    return read_web_page(page.encode(), sha256="0" * 64, file_name="drawn.html")


# A total is of the columns it spans.

FIVE = "因公出国（境）费用 | 公务接待费 | 公务用车购置及运行维护费 | < | <"
FIVE_BELOW = "^ | ^ | 小计 | 购置费 | 运行维护费"
WIDE_TOTALS = {
    "total first": """
        总计 | “三公”经费 | < | < | < | < | < | 会议费 | 培训费
        ^ | 小计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置及运行维护费 | < | < | ^ | ^
        ^ | ^ | ^ | ^ | 小计 | 购置费 | 运行维护费 | ^ | ^
        61.70 | 41.50 | 3.10 | 8.40 | 30.00 | 18.00 | 12.00 | 7.20 | 13.00
    """,
    "total last": """
        会议费 | 培训费 | 三公经费 | < | < | < | < | < | 合计
        ^ | ^ | 小计 | 因公出国（境）费用 | 公务接待费 | 公务用车购置及运行维护费 | < | < | ^
        ^ | ^ | ^ | ^ | ^ | 小计 | 购置费 | 运行维护费 | ^
        7.20 | 13.00 | 41.50 | 3.10 | 8.40 | 30.00 | 18.00 | 12.00 | 61.70
    """,
    "training first": """
        培训费 | 会议费 | 合计 | “三公”经费 | < | < | < | < | <
        ^ | ^ | ^ | 公务用车购置及运行维护费 | < | < | 公务接待费 | 因公出国（境）费用 | 合计
        ^ | ^ | ^ | 合计 | 购置费 | 运行维护费 | ^ | ^ | ^
        13.00 | 7.20 | 61.70 | 30.00 | 18.00 | 12.00 | 8.40 | 3.10 | 41.50
    """,
}


@pytest.mark.parametrize("drawing", WIDE_TOTALS.values(), ids=WIDE_TOTALS)
@pytest.mark.parametrize(
    "title",
    ["“三公”经费、会议费、培训费支出预算表", "一般公共预算“三公”经费、会议费和培训费支出预算表"],
)
def test_a_total_over_more_than_the_three_is_not_theirs(title: str, drawing: str):
    disclosure = read(*BUDGET, title, BUDGET_UNIT, grid(drawing))
    assert {
        header_of(figure).split("/")[0] for figure in disclosure.figures if figure.text == "8.40"
    } <= {"“三公”经费", "三公经费"}
    assert names(disclosure) == {
        "61.70": "budget_three_public grand_total",
        "41.50": "budget_three_public total",
        "3.10": "budget_three_public overseas",
        "8.40": "budget_three_public reception",
        "30.00": "budget_three_public vehicle",
        "18.00": "budget_three_public vehicle_purchase",
        "12.00": "budget_three_public vehicle_operation",
        "7.20": "budget_three_public meeting",
        "13.00": "budget_three_public training",
    }


def test_a_total_of_one_fund_is_not_the_total_of_all():
    table = grid("""
        科目编码 | 科目名称 | 总计 | 一般公共预算 | < | < | 政府性基金预算 | < | <
        ^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | 小计 | 基本支出 | 项目支出
        合计 | < | 87.00 | 63.00 | 40.00 | 23.00 | 24.00 | 9.00 | 15.00
        213 | 农林水支出 | 87.01 | 63.01 | 40.01 | 23.01 | 24.01 | 9.01 | 15.01
    """)
    read_names = names(read(*BUDGET, "支出预算总表", BUDGET_UNIT, table))
    for text in ("63.00", "40.00", "23.00", "24.00", "9.00", "15.00"):
        assert read_names[text] not in {
            f"budget_expenditure {m}" for m in ("total", "basic", "project")
        }
    assert read_names["87.00"] in {"", "budget_expenditure total"}


# An empty column shifts no side.

SHIFTED = {
    "one before": """
        . | 收入 | < | 支出 | <
        . | 项目 | 预算数 | 项目 | 预算数
        . | 一、一般公共预算拨款收入 | 310.40 | 一、农林水支出 | 255.30
        . | 二、事业收入 | 20.00 | 二、住房保障支出 | 75.10
        . | 收入总计 | 330.41 | 支出总计 | 330.42
    """,
    "two before": """
        . | . | 收入 | < | 支出 | <
        . | . | 项目 | 预算数 | 项目 | 预算数
        . | . | 一、一般公共预算拨款收入 | 310.40 | 一、农林水支出 | 255.30
        . | . | 二、事业收入 | 20.00 | 二、住房保障支出 | 75.10
        . | . | 收入总计 | 330.41 | 支出总计 | 330.42
    """,
    "one between": """
        收入 | < | . | 支出 | <
        项目 | 预算数 | . | 项目 | 预算数
        一、一般公共预算拨款收入 | 310.40 | . | 一、农林水支出 | 255.30
        二、事业收入 | 20.00 | . | 二、住房保障支出 | 75.10
        收入总计 | 330.41 | . | 支出总计 | 330.42
    """,
    "before, between and behind": """
        . | 收入 | < | . | 支出 | < | .
        . | 项目 | 预算数 | . | 项目 | 预算数 | .
        . | 一、一般公共预算拨款收入 | 310.40 | . | 一、农林水支出 | 255.30 | .
        . | 二、事业收入 | 20.00 | . | 二、住房保障支出 | 75.10 | .
        . | 收入总计 | 330.41 | . | 支出总计 | 330.42 | .
    """,
    "numbered rows": """
        序号 | 收入 | < | 支出 | <
        ^ | 项目 | 预算数 | 项目 | 预算数
        1 | 一、一般公共预算拨款收入 | 310.40 | 一、农林水支出 | 255.30
        2 | 二、事业收入 | 20.00 | 二、住房保障支出 | 75.10
        3 | 收入总计 | 330.41 | 支出总计 | 330.42
    """,
}


@pytest.mark.parametrize("drawing", SHIFTED.values(), ids=SHIFTED)
def test_an_empty_column_shifts_no_side(drawing: str):
    disclosure = read(*BUDGET, "收支预算总表", BUDGET_UNIT, grid(drawing))
    assert told(disclosure) == expected("""
        = 收支预算总表 | budget_summary | income
        一、一般公共预算拨款收入 | 收入/预算数 | amount | 310.40
        二、事业收入 | 收入/预算数 | amount | 20.00
        收入总计 | 收入/预算数 | amount | 330.41
        = 收支预算总表 | budget_summary | expenditure
        一、农林水支出 | 支出/预算数 | amount | 255.30
        二、住房保障支出 | 支出/预算数 | amount | 75.10
        支出总计 | 支出/预算数 | amount | 330.42
    """)


# The number before a title is no part of it.

CODED = """
    科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
    合计 | < | 96.00 | 71.00 | 25.00
    213 | 农林水支出 | 96.01 | 71.01 | 25.01
    21302 | 林业和草原 | 96.02 | 71.02 | 25.02
    2130204 | 事业机构 | 96.03 | 71.03 | 25.03
"""
CODED_ROWS = ("合计", "213 农林水支出", "21302 林业和草原", "2130204 事业机构")


def coded(title: str, form: str) -> list[Told]:
    """What the table drawn in ``CODED`` says under a title."""
    return sorted(
        (title, form, "", row, header, measure, f"{whole}.0{number}")
        for number, row in enumerate(CODED_ROWS)
        for header, measure, whole in (
            ("合计", "total", 96),
            ("基本支出", "basic", 71),
            ("项目支出", "project", 25),
        )
    )


@pytest.mark.parametrize(
    "number",
    ["公开03表：", "附表3：", "表三:", "公开表03 ", "（公开03表）", "预算公开03表：", "三、", "3."],
)
def test_a_number_before_a_title_is_no_part_of_it(number: str):
    disclosure = read(*BUDGET, f"{number}支出预算总表", BUDGET_UNIT, grid(CODED))
    assert told(disclosure) == coded("支出预算总表", "budget_expenditure")


# A caption may stand in one cell of the table, or in several.

CAPTIONS = {
    "title, number, unit": "支出预算总表\\n公开表三\\n单位名称：晴川市林草种苗站 单位：万元",
    "number, title, unit": "公开03表\\n支出预算总表\\n单位名称：晴川市林草种苗站 单位：万元",
    "title, then two lines": "支出预算总表\\n单位名称：晴川市林草种苗站\\n单位：万元",
    "spaced": "支 出 预 算 总 表\\n表3\\n填报单位：晴川市林草种苗站　　　　金额单位：万元",
}


@pytest.mark.parametrize("caption", CAPTIONS.values(), ids=CAPTIONS)
def test_a_caption_in_one_cell_is_taken_apart(caption: str):
    disclosure = read(*BUDGET, grid(f"{caption} | < | < | < | <\n{CODED}"))
    assert told(disclosure) == coded("支出预算总表", "budget_expenditure")
    assert {figure.yuan for figure in disclosure.figures if figure.text == "96.00"} == {
        Decimal(960000)
    }


def test_a_caption_in_rows_of_the_table_is_its_caption():
    disclosure = read(
        *BUDGET,
        grid(f"""
            公开03表 | < | < | < | <
            支出预算总表 | < | < | < | <
            单位名称：晴川市林草种苗站 | < | . | 单位：万元 | <
            {CODED}
        """),
    )
    assert told(disclosure) == coded("支出预算总表", "budget_expenditure")


def test_a_caption_in_a_cell_of_a_web_page():
    rows = [[cell.strip() for cell in line.split("|")] for line in CODED.strip().splitlines()]
    cells = "".join(
        "<tr>" + "".join(f"<td>{'' if text == '<' else text}</td>" for text in row) + "</tr>"
        for row in rows
    )
    drawn = web(
        "<p>晴川市林草种苗站</p><p>2021年度单位预算</p><table><tr><td colspan=5>支出预算总表<br>"
        f"公开表三<br>单位名称：晴川市林草种苗站 单位：万元</td></tr>{cells}</table>"
    )
    assert told(kept(drawn)) == coded("支出预算总表", "budget_expenditure")


# A province's own titles.

OWN_TITLES = {
    "财政拨款支出预算表（功能科目）": "budget_appropriation_expenditure",
    "一般公共预算支出预算表（功能分类科目）": "budget_general_expenditure",
    "政府性基金预算支出预算表（功能科目）": "budget_government_fund",
    "国有资本经营预算支出预算表（功能科目）": "budget_state_capital",
    "2021年一般公共预算支出预算表(按功能科目)": "budget_general_expenditure",
}


@pytest.mark.parametrize("column", ["金额", "预算数"])
@pytest.mark.parametrize("title", OWN_TITLES)
def test_a_form_by_function_with_one_column(title: str, column: str):
    table = grid(f"""
        功能科目编码 | 功能科目名称 | {column}
        . | 合计 | 71.00
        213 | 农林水支出 | 71.01
        21302 | 林业和草原 | 71.02
        2130204 | 事业机构 | 71.03
    """)
    disclosure = read(*BUDGET, title, BUDGET_UNIT, table)
    assert [line[1:] for line in told(disclosure)] == [
        line[1:]
        for line in expected(f"""
            = . | {OWN_TITLES[title]}
            合计 | {column} | total | 71.00
            213 农林水支出 | {column} | total | 71.01
            21302 林业和草原 | {column} | total | 71.02
            2130204 事业机构 | {column} | total | 71.03
        """)
    ]


ECONOMIC_TITLES = {
    "财政拨款基本支出预算表（经济科目）": "budget_appropriation_basic",
    "一般公共预算基本支出预算表（经济科目）": "budget_basic_expenditure",
    "一般公共预算基本支出预算表（部门预算经济分类科目）": "budget_basic_expenditure",
    "一般公共预算机关运行经费支出预算表": "budget_agency_operation",
}


@pytest.mark.parametrize("column", ["金额", "基本支出"])
@pytest.mark.parametrize("title", ECONOMIC_TITLES)
def test_a_form_by_economic_item_with_one_column(title: str, column: str):
    if title.endswith("机关运行经费支出预算表"):
        column = {"基本支出": "机关运行经费支出"}.get(column, column)
    table = grid(f"""
        科目编码 | 科目名称 | {column}
        . | 合计 | 44.00
        302 | 商品和服务支出 | 44.01
        30205 | 水费 | 6.30
        30211 | 差旅费 | 37.71
    """)
    disclosure = read(*BUDGET, title, BUDGET_UNIT, table)
    assert [line[1:] for line in told(disclosure)] == [
        line[1:]
        for line in expected(f"""
            = . | {ECONOMIC_TITLES[title]}
            合计 | {column} | total | 44.00
            302 商品和服务支出 | {column} | total | 44.01
            30205 水费 | {column} | total | 6.30
            30211 差旅费 | {column} | total | 37.71
        """)
    ]


def test_purchases_by_fund():
    table = grid("""
        采购项目 | 采购目录 | 合计 | 一般公共预算 | 政府性基金 | 其他资金
        合计 | < | 51.00 | 33.00 | 11.00 | 7.00
        种苗检测仪 | A0210 | 51.01 | 33.01 | 11.01 | 7.01
    """)
    read_names = names(read(*BUDGET, "政府采购支出预算表", BUDGET_UNIT, table))
    assert read_names["51.00"] == "budget_procurement total"
    assert read_names["33.00"] == "budget_procurement general_public_budget"
    assert read_names["11.00"] == "budget_procurement government_fund"
    assert read_names["7.00"] in {"", "budget_procurement other_funds"}


# The block of purposes.

PURPOSES = {
    "收支预算总表": "budget_summary",
    "部门收支总体情况表": "budget_summary",
    "财政拨款收支预算总表": "budget_appropriation_summary",
}


@pytest.mark.parametrize("title", PURPOSES)
def test_purposes_are_a_side_of_their_own(title: str):
    table = grid("""
        收入 | < | 支出 | < | < | <
        项目 | 金额 | 功能分类 | 金额 | 支出用途 | 金额
        一、一般公共预算 | 512.00 | 一、农林水支出 | 401.00 | 一、基本支出 | 333.00
        二、政府性基金预算 | 8.00 | 二、住房保障支出 | 119.00 | 二、项目支出 | 170.00
        . | . | . | . | 三、单位预留机动经费 | 10.00
        . | . | . | . | 四、结转下年资金 | 7.00
        收入总计 | 520.01 | 支出总计 | 520.02 | 支出总计 | 520.03
    """)
    disclosure = read(*BUDGET, title, BUDGET_UNIT, table)
    form = PURPOSES[title]
    sides = {
        plain(figure.text): (figure.row.form, figure.row.section) for figure in disclosure.figures
    }
    assert sides == {
        **dict.fromkeys(["512.00", "8.00", "520.01"], (form, "income")),
        **dict.fromkeys(["401.00", "119.00", "520.02"], (form, "expenditure")),
        **dict.fromkeys(["333.00", "170.00", "10.00", "7.00", "520.03"], (form, "purpose")),
    }
    read_names = names(disclosure)
    assert [read_names[text] for text in ("512.00", "8.00", "520.01")] == [
        f"{form} income amount"
    ] * 3
    measure = "amount" if form == "budget_summary" else "total"
    assert [read_names[text] for text in ("401.00", "119.00", "520.02")] == [
        f"{form} expenditure {measure}"
    ] * 3
    wrong = {"basic", "project", "general_public_budget"}
    assert not wrong & {figure.measure for figure in disclosure.figures}
    lines = {plain(figure.text): figure.row.line for figure in disclosure.figures}
    assert [lines[text] for text in ("333.00", "170.00", "10.00", "7.00")] == [
        "basic", "project", "reserve", "closing_balance"
    ]  # fmt: skip


def test_purposes_instead_of_functions():
    table = grid("""
        收入 | < | 支出用途 | <
        项目 | 金额 | 项目 | 金额
        一般公共预算资金 | 512.00 | 基本支出 | 333.00
        其他资金 | 8.00 | 项目支出 | 170.00
        . | . | 单位预留机动经费 | 17.00
        收入总计 | 520.01 | 支出总计 | 520.02
    """)
    disclosure = read(*BUDGET, "收支预算总表", BUDGET_UNIT, table)
    sections = {plain(figure.text): figure.row.section for figure in disclosure.figures}
    assert sections["512.00"] == sections["8.00"] == sections["520.01"] == "income"
    assert sections["333.00"] == sections["170.00"] == sections["17.00"] == "purpose"


# Whose document, and of which year.

COVERS = {
    "province": (
        ("青禾省2021年度", "省级部门预算公开报表", "部 门：晴川市林草种苗站", "青禾省财政厅印制"),
        2021,
        DocumentKind.BUDGET,
    ),
    "city": (
        ("晴川市2020年", "市级单位预算公开表", "单位：晴川市林草种苗站"),
        2020,
        DocumentKind.BUDGET,
    ),
    "accounts": (
        ("青禾省2022年度", "省直部门决算公开", "部门名称：晴川市林草种苗站"),
        2022,
        DocumentKind.FINAL_ACCOUNTS,
    ),
    "year below the place": (
        ("青禾省", "2023年度", "部门预算公开报表", "部门：晴川市林草种苗站"),
        2023,
        DocumentKind.BUDGET,
    ),
}


@pytest.mark.parametrize(("cover", "year", "kind"), COVERS.values(), ids=COVERS)
def test_a_year_and_a_publication_on_lines_of_their_own(
    cover: tuple[str, ...], year: int, kind: DocumentKind
):
    title = "支出预算总表" if kind is DocumentKind.BUDGET else "支出决算表"
    identification = read(*cover, title, BUDGET_UNIT, grid(CODED)).identification
    assert (identification.fiscal_year, identification.kind, identification.department_name) == (
        year,
        kind,
        "晴川市林草种苗站",
    )


@pytest.mark.parametrize(
    ("short", "long", "region"),
    [
        ("中共贵州省委蝉鸣研究室", "中国共产党贵州省委员会蝉鸣研究室", "520000"),
        ("中共云南省委云海工作委员会", "中国共产党云南省委员会云海工作委员会", "530000"),
        ("中共成都市委听雨办公室", "中国共产党成都市委员会听雨办公室", "510100"),
    ],
)
def test_an_organ_of_the_party_is_one_under_both_names(short: str, long: str, region: str):
    read_bodies = [
        read(
            name, "2021年度部门预算", "支出预算总表", f"部门：{name} 单位：万元", grid(CODED)
        ).identification
        for name in (short, long)
    ]
    assert [body.region_code for body in read_bodies] == [region, region]
    assert len({body.department_name for body in read_bodies}) == 1


# A code that cannot be one is blamed, no amount is.

MISTYPED = {
    "of three cells": (
        """
        科目编码 | < | < | 科目名称 | 合计 | 基本支出 | 项目支出
        类 | 款 | 项 | ^ | ^ | ^ | ^
        213 | . | . | 农林水支出 | 82.00 | 60.00 | 22.00
        213 | 02 | . | 林业和草原 | 82.01 | 60.01 | 22.01
        3 | 02 | 04 | 事业机构 | 82.02 | 60.02 | 22.02
        合计 | < | < | < | 82.03 | 60.03 | 22.03
        """,
        "事业机构",
    ),
    "of one cell": (
        """
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        213 | 农林水支出 | 82.00 | 60.00 | 22.00
        21302 | 林业和草原 | 82.01 | 60.01 | 22.01
        30204 | 事业机构 | 82.02 | 60.02 | 22.02
        合计 | < | 82.03 | 60.03 | 22.03
        """,
        "事业机构",
    ),
}


@pytest.mark.parametrize(("drawing", "label"), MISTYPED.values(), ids=MISTYPED)
def test_a_mistyped_code_takes_no_amount_with_it(drawing: str, label: str):
    disclosure = read(*BUDGET, "支出预算总表", BUDGET_UNIT, grid(drawing))
    assert names(disclosure) == {
        f"{whole}.0{number}": f"budget_expenditure {measure}"
        for whole, measure in ((82, "total"), (60, "basic"), (22, "project"))
        for number in range(4)
    }
    labels = {plain(figure.text): plain(figure.row.row_label) for figure in disclosure.figures}
    assert labels["82.02"] == label


def test_a_code_with_a_letter_is_rejected_and_its_amounts_are_kept():
    table = grid("""
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        213 | 农林水支出 | 82.00 | 60.00 | 22.00
        21302 | 林业和草原 | 82.01 | 60.01 | 22.01
        213O204 | 事业机构 | 82.02 | 60.02 | 22.02
        合计 | < | 82.03 | 60.03 | 22.03
    """)
    disclosure = read(*BUDGET, "支出预算总表", BUDGET_UNIT, table)
    assert [plain(rejection.printed) for rejection in disclosure.rejections] == ["213O204"]
    read_names = names(disclosure)
    assert {read_names[text] for text in ("82.00", "82.01", "82.03")} == {
        "budget_expenditure total"
    }
    labels = {plain(figure.text): row_of(figure) for figure in disclosure.figures}
    assert labels["82.02"] == labels["22.02"] == "事业机构"


# Prose alone is a disclosure.


def test_prose_without_forms_is_read():
    disclosure = read(
        *ACCOUNTS,
        "第三部分 2022年度部门决算情况说明",
        "一、收入支出决算总体情况说明",
        "临潼湾区渔政服务中心2022年度收、支总计1234.56万元，比上年减少65.44万元，下降5.03%。",
        "二、“三公”经费支出决算情况说明",
        "2022年度“三公”经费支出决算为21.30万元，其中：公务接待费支出决算为4.10万元。",
    )
    assert {"12345600", "213000", "41000"} <= {
        f"{claim.value.normalize():f}" for claim in disclosure.claims if claim.value is not None
    }
    assert (disclosure.forms, disclosure.figures) == ((), ())
    assert disclosure.identification.fiscal_year == 2022


# Words for a form that is empty.

EMPTY_WORDS = [
    "注：本单位无政府性基金预算收支，故本表为空。",
    "说明：本单位2021年没有政府性基金预算拨款安排的支出",
    "（本单位无政府性基金预算支出）",
    "本表无数据",
    "注：本单位无此项内容",
    "备注：无相关数据",
    "空表",
    "注：我站不涉及政府性基金，此表为空表。",
]


@pytest.mark.parametrize("words", EMPTY_WORDS)
@pytest.mark.parametrize("inside", [False, True], ids=["below", "inside"])
def test_a_form_says_that_it_is_empty(words: str, *, inside: bool):
    blank = "合计 | < | . | . | ."
    table = grid(f"""
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        {blank}
        {f"{words} | < | < | < | <" if inside else blank}
    """)
    blocks = [] if inside else [words]
    disclosure = read(
        *BUDGET, "支出预算总表", BUDGET_UNIT, grid(CODED),
        "政府性基金预算支出表", BUDGET_UNIT, table, *blocks,
    )  # fmt: skip
    assert forms(disclosure) == ["budget_expenditure", "budget_government_fund"]
    assert [bool(form.empty_statement) for form in disclosure.forms] == [False, True]
    assert plain(disclosure.forms[1].empty_statement) in plain(words)


# A table of no known form is kept with all that it prints.

STRANGE = {
    "coded": ("鱼苗投放进度一览", """
        编号 | 水域 | 草鱼 | 鲢鱼
        合计 | < | 15.20 | 9.80
        甲一 | 东塘 | 10.10 | 4.40
        甲二 | 西塘 | 5.10 | 5.40
    """),
    "two levels": ("", """
        水域 | 上半年 | < | 下半年 | <
        ^ | 投放 | 回捕 | 投放 | 回捕
        东塘 | 1.10 | 2.20 | 3.30 | 4.40
        西塘 | 5.50 | 6.60 | 7.70 | 8.80
    """),
    "one row": ("船艇油耗", """
        全年 | 一季度 | 二季度
        15.20 | 10.10 | 5.10
    """),
    "no header": ("", """
        东塘 | 1.10 | 2.20
        西塘 | 5.50 | 6.60
    """),
    "pairs": ("登记事项", """
        船长 | 12.50 | 吨位 | 31.70
        吃水 | 1.80 | 航速 | 9.40
    """),
}  # fmt: skip


@pytest.mark.parametrize(("title", "drawing"), STRANGE.values(), ids=STRANGE)
def test_a_strange_table_is_kept_and_has_no_name(title: str, drawing: str):
    blocks = [title] if title else []
    disclosure = read(*ACCOUNTS, *blocks, grid(drawing))
    assert {figure.measure for figure in disclosure.figures} == {""}
    assert set(forms(disclosure)) == {""}
    assert all(form.resolution for form in disclosure.forms)


def test_a_strange_table_keeps_rows_and_headers():
    title, drawing = STRANGE["two levels"]
    assert told(read(*ACCOUNTS, "投放统计", grid(drawing))) == expected(f"""
        = 投放统计{title}
        东塘 | 上半年/投放 | . | 1.10
        东塘 | 上半年/回捕 | . | 2.20
        东塘 | 下半年/投放 | . | 3.30
        东塘 | 下半年/回捕 | . | 4.40
        西塘 | 上半年/投放 | . | 5.50
        西塘 | 上半年/回捕 | . | 6.60
        西塘 | 下半年/投放 | . | 7.70
        西塘 | 下半年/回捕 | . | 8.80
    """)


# Vehicles without a subtotal.


@pytest.mark.parametrize(
    "columns",
    [
        ["合计", "因公出国（境）费", "公务接待费", "公务用车购置费", "公务用车运行维护费"],
        ["公务用车运行费", "公务用车购置费", "因公出国（境）费用", "公务接待费", "合计"],
    ],
)
def test_vehicles_without_a_subtotal(columns: list[str]):
    amounts = {
        "合计": ("48.00", "total"),
        "因公出国（境）费": ("11.00", "overseas"),
        "因公出国（境）费用": ("11.00", "overseas"),
        "公务接待费": ("6.00", "reception"),
        "公务用车购置费": ("18.00", "vehicle_purchase"),
        "公务用车运行维护费": ("13.00", "vehicle_operation"),
        "公务用车运行费": ("13.00", "vehicle_operation"),
    }
    row = " | ".join(amounts[column][0] for column in columns)
    table = grid(" | ".join(columns) + "\n" + row)
    assert told(read(*BUDGET, "“三公”经费支出预算表", BUDGET_UNIT, table)) == sorted(
        ("“三公”经费支出预算表", "budget_three_public", "", ".", column, measure, text)
        for column in columns
        for text, measure in [amounts[column]]
    )


# A government's, a company's tables are no department's.

GOVERNMENT_CODED = """
    科目编码 | 科目名称 | 上年执行数 | 本年预算数
    204 | 公共安全支出 | 41200 | 43300
    20402 | 公安 | 38700 | 40100
    206 | 科学技术支出 | 9900 | 10400
    合计 | < | 51100 | 53700
"""
REFUSED = {
    "budget": (
        "白鹭县2022年政府预算公开", "白鹭县财政局", "白鹭县2022年一般公共预算支出预算表",
        "单位：万元", grid(GOVERNMENT_CODED), "白鹭县2022年政府性基金预算收入表", "单位：万元",
        grid("项目 | 上年执行数 | 本年预算数\n国有土地使用权出让收入 | 31000 | 28000"),
    ),
    "accounts": (
        "白鹭县2021年财政总决算公开", "白鹭县财政局", "2021年度白鹭县一般公共预算收入决算表",
        "单位：万元",
        grid("项目 | 预算数 | 决算数\n一、税收收入 | 61000 | 60200\n车船税 | 2100 | 2000\n"
             "二、非税收入 | 9000 | 9900"),
        "2021年度白鹭县一般公共预算支出决算表", "单位：万元", grid(GOVERNMENT_CODED),
    ),
    "company": (
        "白鹭县水务投资有限公司", "2021年度财务信息公开", "资产负债表",
        "编制单位：白鹭县水务投资有限公司 单位：元",
        grid("资产 | 期末余额 | 负债和所有者权益 | 期末余额\n应收账款 | 31.00 | 应付账款 | 12.00\n"
             "存货 | 9.00 | 实收资本 | 28.00"),
    ),
    "nameless titles": (
        "白鹭县2022年政府预算公开", "白鹭县财政局", "表1", "2022年一般公共预算收入预算表",
        "单位：万元",
        grid("项目 | 上年执行数 | 本年预算数\n一、税收收入 | 61000 | 60200\n契税 | 2100 | 2000\n"
             "二、非税收入 | 9000 | 9900"),
        "表2", "2022年一般公共预算支出预算表", "单位：万元",
        grid("科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n"
             "204 | 公共安全支出 | 43300 | . | .\n合计 | < | 43300 | . | ."),
    ),
}  # fmt: skip


@pytest.mark.parametrize("blocks", REFUSED.values(), ids=REFUSED)
def test_what_is_no_departments_is_refused(blocks: tuple[str | Table, ...]):
    with pytest.raises(UnreadableFileError) as refusal:
        read(*blocks)
    assert str(refusal.value)


# All forms in one grid.

ALL_IN_ONE = """
    表一：收入支出决算总表 | < | < | < | < | <
    部门：临潼湾区渔政服务中心 | < | < | 单位：万元 | < | <
    收入 | < | < | 支出 | < | <
    项目 | < | 决算数 | 项目 | < | 决算数
    一、一般公共预算财政拨款收入 | < | 101.01 | 一、农林水支出 | < | 101.02
    总计 | < | 101.03 | 总计 | < | 101.04
    表二：收入决算表 | < | < | < | < | <
    科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 事业收入 | 其他收入
    合计 | < | 102.01 | 102.02 | 102.03 | 102.04
    213 | 农林水支出 | 102.05 | 102.06 | 102.07 | 102.08
    表三：支出决算表 | < | < | < | < | <
    科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出 | 经营支出
    合计 | < | 103.01 | 103.02 | 103.03 | 103.04
    213 | 农林水支出 | 103.05 | 103.06 | 103.07 | 103.08
    表四：财政拨款收入支出决算总表 | < | < | < | < | <
    收入 | < | 支出 | < | < | <
    项目 | 决算数 | 项目 | 合计 | 一般公共预算财政拨款 | 政府性基金预算财政拨款
    一、一般公共预算财政拨款 | 104.01 | 一、农林水支出 | 104.02 | 104.03 | 104.04
    总计 | 104.05 | 总计 | 104.06 | 104.07 | 104.08
    表五：一般公共预算财政拨款支出决算表 | < | < | < | < | <
    科目编码 | 科目名称 | < | 本年支出合计 | 基本支出 | 项目支出
    合计 | < | < | 105.01 | 105.02 | 105.03
    213 | 农林水支出 | < | 105.04 | 105.05 | 105.06
    表六：一般公共预算财政拨款基本支出决算表 | < | < | < | < | <
    科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
    301 | 工资福利支出 | 106.01 | 302 | 商品和服务支出 | 106.02
    30101 | 基本工资 | 106.03 | 30201 | 办公费 | 106.04
    人员经费合计 | < | 106.05 | 公用经费合计 | < | 106.06
    表七：财政拨款“三公”经费支出决算表 | < | < | < | < | <
    合计 | 因公出国（境）费 | 公务用车购置及运行维护费 | < | < | 公务接待费
    ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^
    107.01 | 107.02 | 107.03 | 107.04 | 107.05 | 107.06
    表八：政府性基金预算财政拨款收入支出决算表 | < | < | < | < | <
    科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | 年末结转和结余
    合计 | < | 108.01 | 108.02 | 108.03 | 108.04
    212 | 城乡社区支出 | 108.05 | 108.06 | 108.07 | 108.08
    表九：国有资本经营预算财政拨款支出决算表 | < | < | < | < | <
    科目编码 | 科目名称 | < | 合计 | 基本支出 | 项目支出
    合计 | < | < | 109.01 | 109.02 | 109.03
    223 | 国有资本经营预算支出 | < | 109.04 | 109.05 | 109.06
"""
NINE_FORMS = [
    "income_expenditure_summary",
    "income",
    "expenditure",
    "appropriation_summary",
    "general_budget_expenditure",
    "basic_expenditure",
    "three_public",
    "government_fund",
    "state_capital",
]
NINE_MEASURES = {
    "101": "amount amount amount amount",
    "102": "total fiscal_appropriation institutional other " * 2,
    "103": "total basic project operating " * 2,
    "104": "amount total general_public_budget government_fund " * 2,
    "105": "total basic project " * 2,
    "106": "amount " * 6,
    "107": "actual_total actual_overseas actual_vehicle actual_vehicle_purchase "
    "actual_vehicle_operation actual_reception",
    "108": "opening_balance income total closing_balance " * 2,
    "109": "total basic project " * 2,
}


def measures_in(disclosure: Disclosure) -> dict[str, str]:
    return {plain(figure.text): figure.measure for figure in disclosure.figures}


NINE = {
    f"{whole}.0{number}": measure
    for whole, words in NINE_MEASURES.items()
    for number, measure in enumerate(words.split(), start=1)
}


@pytest.mark.parametrize(
    "number", ["表{}：", "公开{}表 ", "附件{}：", "{}、", "（表{}）"], ids=lambda number: number
)
def test_nine_forms_may_stand_in_one_grid(number: str):
    drawing = re.sub(r"表(.)：", lambda found: number.format(found[1]), ALL_IN_ONE)
    disclosure = read(*ACCOUNTS, grid(drawing))
    assert forms(disclosure) == NINE_FORMS
    assert measures_in(disclosure) == NINE
    assert {figure.text[:3]: figure.row.form for figure in disclosure.figures} == dict(
        zip(NINE_MEASURES, NINE_FORMS, strict=True)
    )
    assert {figure.unit and figure.unit.value for figure in disclosure.figures} == {"万元"}


# Meetings and training beside the three.

BESIDE = {
    "group header": """
        项目 | “三公”经费 | < | < | < | < | < | 会议费 | 培训费
        ^ | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | < | 公务接待费 | ^ | ^
        ^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行费 | ^ | ^ | ^
        预算数 | 27.11 | 2.12 | 19.13 | 10.14 | 9.15 | 6.16 | 3.17 | 8.18
        决算数 | 24.21 | 1.22 | 18.23 | 10.24 | 8.25 | 5.26 | 2.27 | 7.28
    """,
    "bare total": """
        项目 | 合计 | 因公出国费 | 公务用车购置及运行费 | < | < | 公务接待费 | 会议费 | 培训费
        ^ | ^ | ^ | 小计 | 购置费 | 运行维护费 | ^ | ^ | ^
        预算数 | 27.11 | 2.12 | 19.13 | 10.14 | 9.15 | 6.16 | 3.17 | 8.18
        决算数 | 24.21 | 1.22 | 18.23 | 10.24 | 8.25 | 5.26 | 2.27 | 7.28
    """,
    "total in the group's name": """
        . | 财政拨款“三公”经费 | < | < | < | < | < | 会议费支出 | 培训费支出
        . | 小计 | 因公出国（境）费 | 公务用车购置及运行维护费 | < | < | 公务接待费 | ^ | ^
        . | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^ | ^ | ^
        年初预算数 | 27.11 | 2.12 | 19.13 | 10.14 | 9.15 | 6.16 | 3.17 | 8.18
        决算数 | 24.21 | 1.22 | 18.23 | 10.24 | 8.25 | 5.26 | 2.27 | 7.28
    """,
}
BESIDE_ITEMS = ["total", "overseas", "vehicle", "vehicle_purchase", "vehicle_operation",
                "reception", "meeting", "training"]  # fmt: skip
BESIDE_TEXTS = {
    "budget": ["27.11", "2.12", "19.13", "10.14", "9.15", "6.16", "3.17", "8.18"],
    "actual": ["24.21", "1.22", "18.23", "10.24", "8.25", "5.26", "2.27", "7.28"],
}


@pytest.mark.parametrize("drawing", BESIDE.values(), ids=BESIDE)
@pytest.mark.parametrize(
    "title",
    [
        "财政拨款“三公”经费、会议费、培训费支出决算表",
        "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
    ],
)
def test_meetings_and_training_beside_the_three(title: str, drawing: str):
    # 27.11 and 24.21 are rounded sums of the three alone.
    disclosure = read(*ACCOUNTS, title, ACCOUNTS_UNIT, grid(drawing))
    assert forms(disclosure) == ["three_public"]
    wanted = {
        text: f"{basis}_{item}"
        for basis, texts in BESIDE_TEXTS.items()
        for item, text in zip(BESIDE_ITEMS, texts, strict=True)
    }
    if drawing is BESIDE["bare total"]:
        # What a bare total is of, its amount must say; it may have no name.
        totals = {text: measures_in(disclosure)[text] for text in ("27.11", "24.21")}
        assert all(totals[text] in {"", wanted[text]} for text in totals)
        wanted |= totals
    assert measures_in(disclosure) == wanted
    rows = {figure.text: row_of(figure) for figure in disclosure.figures}
    assert rows["24.21"] == rows["7.28"] == "决算数"


def test_a_bare_total_over_meetings_and_training_is_not_of_the_three():
    drawing = BESIDE["bare total"].replace("27.11", "38.46").replace("24.21", "33.51")
    read_measures = measures_in(
        read(*ACCOUNTS, "“三公”经费、会议费、培训费支出决算表", ACCOUNTS_UNIT, grid(drawing))
    )
    assert (read_measures["38.46"], read_measures["33.51"]) == ("", "")
    assert (read_measures["3.17"], read_measures["7.28"]) == ("budget_meeting", "actual_training")


# A form printed under two titles.

FUND_COLUMNS = (
    "科目编码 | 科目名称 | 年初结转和结余 | 本年收入 | 本年支出 | < | < | 年末结转结余\n"
    "^ | ^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | ^\n"
)
CAPITAL = {
    "国有资本经营预算财政拨款收入支出决算表": FUND_COLUMNS
    + "合计 | < | 4.01 | 9.02 | 8.03 | 3.04 | 5.05 | 5.06\n"
    "223 | 国有资本经营预算支出 | 4.11 | 9.12 | 8.13 | 3.14 | 5.15 | 5.16",
    "国有资本经营预算财政拨款支出决算表": "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n"
    "合计 | < | 8.21 | 3.22 | 5.23\n223 | 国有资本经营预算支出 | 8.31 | 3.32 | 5.33",
}


@pytest.mark.parametrize(
    "order", [list(CAPITAL), list(CAPITAL)[::-1]], ids=["income first", "last"]
)
def test_a_form_under_two_titles_is_named_once_and_kept_twice(order: list[str]):
    blocks = [block for title in order for block in (title, ACCOUNTS_UNIT, grid(CAPITAL[title]))]
    disclosure = read(*ACCOUNTS, *blocks)
    assert sorted(forms(disclosure)) == ["", "state_capital"]
    named_tables = {figure.row.table_index for figure in disclosure.figures if figure.measure}
    assert len(named_tables) == 1
    titles = {plain(form.title) for form in disclosure.forms}
    assert titles == set(CAPITAL)
    texts = measures_in(disclosure)
    right = {"8.03": "total", "3.04": "basic", "5.05": "project", "4.01": "opening_balance",
             "9.02": "income", "5.06": "closing_balance", "8.21": "total", "3.22": "basic",
             "5.23": "project"}  # fmt: skip
    assert all(texts[text] in {"", measure} for text, measure in right.items())


# Functions across, economic items down, over several pages.


def economic_page(rows: str) -> Table:
    return grid(
        "科目编码 | 科目名称 | 合计 | 2130204 | 2210201\n^ | ^ | ^ | 事业机构 | 住房公积金\n"
        + rows,
        edges=(60, 120, 240, 320, 400, 480),
    )


def test_functions_across_and_economic_items_down_over_pages():
    disclosure = kept(
        paged(
            [
                *BUDGET,
                "基本支出分功能科目明细表",
                BUDGET_UNIT,
                economic_page(
                    "合计 | < | 90.01 | 70.02 | 20.03\n301 | 工资福利支出 | 60.04 | 40.05 | 20.06"
                ),
            ],
            [
                economic_page(
                    "30101 | 基本工资 | 40.07 | 40.08 | .\n30113 | 住房公积金 | 20.09 | . | 20.10"
                )
            ],
            [
                economic_page(
                    "302 | 商品和服务支出 | 30.11 | 30.12 | .\n30211 | 差旅费 | 30.13 | 30.14 | ."
                )
            ],
        )
    )
    by_text = {figure.text: figure for figure in disclosure.figures}
    assert {text: by_text[text].row.row_code for text in ("90.01", "40.08", "20.10", "30.14")} == {
        "90.01": "",
        "40.08": "30101",
        "20.10": "30113",
        "30.14": "30211",
    }
    assert header_of(by_text["30.14"]) == "2130204/事业机构"
    assert header_of(by_text["20.10"]) == "2210201/住房公积金"
    # Nothing in the catalogue is cut by function and by economic item in this way.
    across = {text: by_text[text].measure for text in ("70.02", "20.03", "40.08", "20.10", "30.14")}
    assert across == dict.fromkeys(across, "")
    assert [form.title for form in disclosure.forms] == ["基本支出分功能科目明细表"]


# A title at the foot of the page before its table.

EDGES = (60, 120, 240, 320, 400, 480)


def test_a_title_at_the_foot_of_the_page_before():
    other = CODED.replace("96.", "86.").replace("71.", "61.").replace("25.", "15.")
    disclosure = kept(
        paged(
            [*BUDGET, "公开03表", "支出预算总表", BUDGET_UNIT, grid(CODED, edges=EDGES),
             "公开05表", "一般公共预算支出预算表"],
            [BUDGET_UNIT, grid(other, edges=EDGES), "第 2 页"],
        )
    )  # fmt: skip
    assert forms(disclosure) == ["budget_expenditure", "budget_general_expenditure"]
    assert [plain(form.title) for form in disclosure.forms] == [
        "支出预算总表",
        "一般公共预算支出预算表",
    ]
    assert names(disclosure)["86.00"] == "budget_general_expenditure total"
    assert names(disclosure)["15.03"] == "budget_general_expenditure project"


def test_a_title_at_the_foot_with_the_page_number_below():
    other = CODED.replace("96.", "86.").replace("71.", "61.").replace("25.", "15.")
    disclosure = kept(
        paged(
            [*BUDGET, "支出预算总表", BUDGET_UNIT, grid(CODED, edges=EDGES),
             "一般公共预算支出预算表", "单位：万元", "— 7 —"],
            [grid(other, edges=EDGES), "— 8 —"],
        )
    )  # fmt: skip
    assert forms(disclosure) == ["budget_expenditure", "budget_general_expenditure"]
    assert names(disclosure)["61.00"] == "budget_general_expenditure basic"


# A continuation with other columns.


def test_a_continuation_with_other_columns_is_read_by_its_own_header():
    first = grid(
        """
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        合计 | < | 96.00 | 71.00 | 25.00
        213 | 农林水支出 | 96.01 | 71.01 | 25.01
        """,
        edges=EDGES,
    )
    second = grid(
        """
        科目编码 | 科目名称 | 上缴上级支出 | 经营支出 | 对附属单位补助支出
        合计 | < | 6.00 | 1.00 | 5.00
        213 | 农林水支出 | 6.01 | 1.01 | 5.01
        """,
        edges=EDGES,
    )
    disclosure = kept(paged([*ACCOUNTS, "支出决算表", ACCOUNTS_UNIT, first], [second]))
    headers = {figure.text: header_of(figure) for figure in disclosure.figures}
    assert (headers["71.01"], headers["1.01"], headers["5.00"]) == (
        "基本支出",
        "经营支出",
        "对附属单位补助支出",
    )
    read_measures = measures_in(disclosure)
    assert (read_measures["96.00"], read_measures["25.01"]) == ("total", "project")
    right = {"6.00": "remittance_to_superior", "1.01": "operating", "5.01": "subsidy_to_affiliated"}
    assert all(read_measures[text] in {"", measure} for text, measure in right.items())


def test_a_continuation_whose_columns_are_other_and_unsaid_takes_no_wrong_header():
    first = grid(CODED, edges=EDGES)
    second = grid(
        "2210201 | 住房公积金 | 8.01 | 8.02\n2210203 | 购房补贴 | 3.01 | 3.02",
        edges=(60, 120, 240, 320, 400),
    )
    disclosure = kept(paged([*BUDGET, "支出预算总表", BUDGET_UNIT, first], [second]))
    right = {"8.01": "total", "8.02": "basic", "3.01": "total", "3.02": "basic"}
    read_measures = measures_in(disclosure)
    assert all(read_measures[text] in {"", measure} for text, measure in right.items())
    codes = {figure.text: figure.row.row_code for figure in disclosure.figures}
    assert (codes["8.01"], codes["3.02"]) == ("2210201", "2210203")


# Rows cut inside a label by the page.

CUT = {
    "amounts before the break": (
        "2130204 | 林业草原事业 | 41.01 | 30.02 | 11.03",
        ". | 机构运转 | . | . | .",
    ),
    "amounts behind the break": (
        "2130204 | 林业草原事业 | . | . | .",
        ". | 机构运转 | 41.01 | 30.02 | 11.03",
    ),
}


@pytest.mark.parametrize("repeated", [False, True], ids=["headless", "header repeated"])
@pytest.mark.parametrize(("before", "behind"), CUT.values(), ids=CUT)
def test_a_row_cut_inside_its_label_is_one_row(before: str, behind: str, *, repeated: bool):
    header = "科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出\n"
    first = grid(
        header
        + "合计 | < | 96.00 | 71.00 | 25.00\n213 | 农林水支出 | 96.01 | 71.01 | 25.01\n"
        + before,
        edges=EDGES,
    )
    second = grid(
        (header if repeated else "") + behind + "\n2130205 | 森林资源培育 | 55.01 | 41.02 | 14.03",
        edges=EDGES,
    )
    disclosure = kept(paged([*BUDGET, "支出预算总表", BUDGET_UNIT, first], [second]))
    figures = {figure.text: figure for figure in disclosure.figures}
    cut = [figures[text] for text in ("41.01", "30.02", "11.03")]
    assert [(row_of(figure), figure.measure) for figure in cut] == [
        ("2130204 林业草原事业机构运转", measure) for measure in ("total", "basic", "project")
    ]
    assert (row_of(figures["55.01"]), figures["55.01"].measure) == ("2130205 森林资源培育", "total")


# The same number, grouped and not.


def test_grouped_and_plain_numbers_stand_side_by_side():
    table = grid("""
        科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
        合计 | < | 15,897.44 | 15897.44 | 1,015,897.44
        213 | 农林水支出 | 15897.44 | 15,897.44 | 1015897.44
    """)
    disclosure = read(*BUDGET, "支出预算总表", "单位：元", table)
    values = [
        (row_of(figure), figure.measure, figure.text, figure.value) for figure in disclosure.figures
    ]
    small, large = Decimal("15897.44"), Decimal("1015897.44")
    assert values == [
        ("合计", "total", "15,897.44", small),
        ("合计", "basic", "15897.44", small),
        ("合计", "project", "1,015,897.44", large),
        ("213 农林水支出", "total", "15897.44", small),
        ("213 农林水支出", "basic", "15,897.44", small),
        ("213 农林水支出", "project", "1015897.44", large),
    ]


# Income with its items down the side, in two levels of labels.

INCOME_DOWN = {
    "left level merged": """
        项目名称 | < | 金额
        收入总计 | < | 640.00
        一般公共预算资金 | 小计 | 500.01
        ^ | 公共财政拨款 | 480.02
        ^ | 专项收入 | 20.03
        政府性基金 | 小计 | 30.04
        事业收入 | < | 70.05
        经营收入 | < | 25.06
        其他收入 | < | 15.07
    """,
    "left level printed once": """
        收入项目 | 明细 | 预算数
        收入总计 | . | 640.00
        一般公共预算资金 | 小计 | 500.01
        . | 公共财政拨款 | 480.02
        . | 专项收入 | 20.03
        政府性基金 | 小计 | 30.04
        事业收入 | . | 70.05
        经营收入 | . | 25.06
        其他收入 | . | 15.07
    """,
}


@pytest.mark.parametrize("drawing", INCOME_DOWN.values(), ids=INCOME_DOWN)
@pytest.mark.parametrize("title", ["收入预算总表", "公开02表：2021年收入预算总表"])
def test_income_with_items_down_in_two_levels(title: str, drawing: str):
    disclosure = read(*BUDGET, title, BUDGET_UNIT, grid(drawing))
    assert forms(disclosure) == ["budget_income"]
    read_measures = measures_in(disclosure)
    assert {text: read_measures[text] for text in ("640.00", "70.05", "25.06", "15.07")} == {
        "640.00": "total",
        "70.05": "institutional",
        "25.06": "operating",
        "15.07": "other",
    }
    assert read_measures["500.01"] in {"", "general_public_budget"}
    assert read_measures["30.04"] in {"", "government_fund"}
    assert (read_measures["480.02"], read_measures["20.03"]) == ("", "")
    paths = {figure.text: tuple(map(plain, figure.row.row_path)) for figure in disclosure.figures}
    assert paths["500.01"] == ("一般公共预算资金", "小计")
    is_merged = drawing is INCOME_DOWN["left level merged"]
    above = ("一般公共预算资金",) if is_merged else ()
    assert paths["480.02"] == (*above, "公共财政拨款")
    assert paths["30.04"] == ("政府性基金", "小计")


# Expenditure in one row.


@pytest.mark.parametrize("title", ["支出预算总表", "表3：部门支出预算总表"])
@pytest.mark.parametrize(
    "head",
    ["合计 | 基本支出 | 项目支出 | 单位预留机动经费 | 结转下年资金",
     "总计 | 基本支出 | 项目支出 | 预留机动经费 | 结转下年"],
)  # fmt: skip
def test_expenditure_in_one_row(title: str, head: str):
    disclosure = read(
        *BUDGET, title, BUDGET_UNIT, grid(f"{head}\n731.10 | 522.20 | 190.30 | 12.40 | 6.20")
    )
    assert forms(disclosure) == ["budget_expenditure"]
    read_measures = measures_in(disclosure)
    assert [read_measures[text] for text in ("731.10", "522.20", "190.30")] == [
        "total", "basic", "project"
    ]  # fmt: skip
    assert read_measures["12.40"] in {"", "reserve"}
    assert read_measures["6.20"] in {"", "closing_balance"}
    assert [header_of(figure) for figure in disclosure.figures] == head.split(" | ")


# The invented cases that stand for real documents.

SUMMARY = {
    ("income", "一、一般公共预算"): "900.00",
    ("income", "收入合计"): "900.00",
    ("expenditure", "一、一般公共服务支出"): "700.00",
    ("expenditure", "二、社会保障和就业支出"): "200.00",
    ("expenditure", "支出合计"): "900.00",
}


def summary_is_right(disclosure: Disclosure, form: str = "budget_summary") -> None:
    assert {
        (figure.section, plain(figure.row.row_label)): figure.text
        for figure in disclosure.figures
        if figure.form == form and figure.measure in {"amount", "total"}
    } == SUMMARY


def values_of(disclosure: Disclosure, form: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for figure in disclosure.figures:
        if figure.form == form:
            values.setdefault(figure.measure, []).append(figure.text)
    return values


def three_public_beside(disclosure: Disclosure) -> None:
    summary_is_right(disclosure)
    assert values_of(disclosure, "budget_three_public") == {
        "total": ["30.00"], "overseas": ["10.00"], "vehicle": ["15.00"],
        "vehicle_purchase": ["5.00"], "vehicle_operation": ["10.00"], "reception": ["5.00"],
        "meeting": ["50.00"], "training": ["20.00"], "grand_total": ["100.00"],
    }  # fmt: skip
    assert [figure.text for figure in disclosure.figures if not figure.measure] == []


def both_summaries(disclosure: Disclosure) -> None:
    summary_is_right(disclosure)
    summary_is_right(disclosure, "budget_appropriation_summary")


def own_titles(disclosure: Disclosure) -> None:
    summary_is_right(disclosure)
    by_function = {"total": ["900.00", "700.00", "700.00", "700.00", "200.00", "200.00", "200.00"]}
    assert values_of(disclosure, "budget_appropriation_expenditure") == by_function
    assert values_of(disclosure, "budget_general_expenditure") == by_function
    assert values_of(disclosure, "budget_basic_expenditure") == {
        "total": ["900.00", "800.00", "800.00", "100.00", "100.00"]
    }
    assert values_of(disclosure, "budget_agency_operation") == {"total": ["100.00"] * 3}


def cover_year(disclosure: Disclosure) -> None:
    summary_is_right(disclosure)
    assert disclosure.identification.fiscal_year == 2018


def party_organ(disclosure: Disclosure) -> None:
    summary_is_right(disclosure)
    assert disclosure.identification.region_code == "620000"


def mistyped_code(disclosure: Disclosure) -> None:
    right = ["300.00"] * 3 + ["50.00"] * 3 + ["150.00"] * 3 + ["500.00"]
    assert values_of(disclosure, "budget_expenditure") == {"total": right, "basic": right}
    codes = [figure.row.row_code for figure in disclosure.figures if figure.measure == "total"]
    assert codes[5] == "71102"  # as it is printed: the warehouse's checks blame it


def prose(disclosure: Disclosure) -> None:
    values = {(claim.subject, claim.value) for claim in disclosure.claims}
    assert ("income_expenditure.total.budget", Decimal(9_000_000)) in values
    assert ("three_public.total.budget", Decimal(300_000)) in values


def empty_fund(disclosure: Disclosure) -> None:
    summary_is_right(disclosure)
    assert forms(disclosure) == ["budget_summary", "budget_government_fund"]
    assert disclosure.forms[1].empty_statement


def all_tables(disclosure: Disclosure) -> None:
    assert forms(disclosure) == [
        "budget_three_public", "budget_income", "budget_expenditure", "budget_general_expenditure"
    ]  # fmt: skip
    assert len(disclosure.figures) == 6 + 2 + 3 + 4
    assert values_of(disclosure, "budget_income")["total"] == ["900.00"]
    assert values_of(disclosure, "budget_expenditure") == {
        "total": ["900.00"], "basic": ["600.00"], "project": ["300.00"]
    }  # fmt: skip
    assert values_of(disclosure, "budget_general_expenditure") == {
        "total": ["900.00", "700.00", "700.00", "700.00"]
    }


def no_vehicle_subtotal(disclosure: Disclosure) -> None:
    summary_is_right(disclosure)
    assert values_of(disclosure, "budget_three_public") == {
        "total": ["30.00"], "overseas": ["10.00"], "reception": ["5.00"],
        "vehicle_purchase": ["5.00"], "vehicle_operation": ["10.00"],
    }  # fmt: skip


EXPECTED_OF_CASES: dict[str, Callable[[Disclosure], None] | None] = {
    "r00_control": summary_is_right,
    "r01_tpe_total": three_public_beside,
    "r02p_word_shading": None,
    "r02p_control": None,
    "r02_leading_column": both_summaries,
    "r03_number_colon": summary_is_right,
    "r04_caption_cell": summary_is_right,
    "r05_subject_suffix": own_titles,
    "r09_cover_year": cover_year,
    "r10_party_names": party_organ,
    "r11_mistyped_code": mistyped_code,
    "r12_prose_only": prose,
    "r14a_empty_words": empty_fund,
    "r14b_empty_words": empty_fund,
    "r14c_empty_words": empty_fund,
    "r14d_empty_words": empty_fund,
    "r15_silent_tables": all_tables,
    "r16_no_vehicle_subtotal": no_vehicle_subtotal,
}
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason=f"no cases at {CASES}")


@needs_cases
@pytest.mark.parametrize("folder", [name for name, check in EXPECTED_OF_CASES.items() if check])
def test_a_case_is_read_as_it_should_be(folder: str):
    check = EXPECTED_OF_CASES[folder]
    assert check
    for path in sorted((CASES / folder).iterdir()):
        check(read_disclosure(path, REFERENCE_DIR))


@needs_cases
def test_shading_changes_nothing():
    shaded, control = (
        told(read_disclosure(next((CASES / folder).iterdir()), REFERENCE_DIR))
        for folder in ("r02p_word_shading", "r02p_control")
    )
    assert shaded == control
    assert {"income", "expenditure"} <= {line[2] for line in control}


@needs_cases
def test_both_names_of_a_party_organ_are_one_department():
    read_bodies = {
        read_disclosure(path, REFERENCE_DIR).identification.department_name
        for path in (CASES / "r10_party_names").iterdir()
    }
    assert len(read_bodies) == 1


@needs_cases
@pytest.mark.parametrize(
    "folder",
    [
        "g01_government_budget",
        "g02_government_accounts",
        "g03_state_company",
        "g04_government_budget_unprefixed",
    ],
)
def test_a_case_that_is_no_departments_is_refused(folder: str):
    for path in (CASES / folder).iterdir():
        with pytest.raises(UnreadableFileError):
            read_disclosure(path, REFERENCE_DIR)
