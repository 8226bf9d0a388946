"""Whatever a table says, each of its numbers is kept, and names follow from words alone.

Knows what every table owes its reader. Does not know any form's rules.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.domain.disclosure import Disclosure, Rejection
from pipelines.domain.document import Table
from pipelines.normalising.disclosing import disclose
from pipelines.recognising.headers import is_numeric
from tests.paths import REFERENCE_DIR
from tests.unit.recognising.grids import document, grid

same_each_time = settings(derandomize=True, max_examples=60)
ACCOUNTS = ("临潼湾区渔政服务中心", "2022年度部门决算")

# Words that no form knows, and a few that many forms know.
nonsense = st.text("蜻蜓点水鲲鹏逐浪砚池墨香", min_size=2, max_size=6)
words = st.one_of(nonsense, nonsense, st.sampled_from(["合计", "项目", "小计", "其中：蜻蜓"]))
codes = st.sampled_from(["", "201", "20126", "2012601", "301", "30201", "7", "05", "2O1"])
amounts = st.decimals(-9_999_999, 9_999_999, places=2).map(
    lambda number: f"{number:,.2f}" if number % 3 else f"{number:.2f}"
)
values = st.one_of(amounts, amounts, st.sampled_from([".", "-", "0.00", "—", "12", "1,234"]))


@dataclass(frozen=True)
class Drawn:
    """A table of nonsense: its lines as ``grid`` draws them."""

    lines: tuple[str, ...]
    title: str

    @property
    def table(self) -> Table:
        """The grid itself."""
        return grid("\n".join(self.lines))


@st.composite
def nonsense_tables(draw: st.DrawFn) -> Drawn:
    """Draw a table with or without codes, a header of one or two rows, a total, a title."""
    width = draw(st.integers(1, 5))
    has_codes = draw(st.booleans())
    head = [draw(words) for _ in range(width + 1 + has_codes)]
    lines = [" | ".join(head)]
    if width > 1 and draw(st.booleans()):
        group = [head[0]] + ([head[1]] if has_codes else []) + [draw(nonsense)]
        lines = [
            " | ".join([*group, *["<"] * (width - 1)]),
            " | ".join([*["^"] * (1 + has_codes), *head[1 + has_codes :]]),
        ]
    for _ in range(draw(st.integers(1, 6))):
        row = ([draw(codes) or "."] if has_codes else []) + [draw(words)]
        lines.append(" | ".join([*row, *(draw(values) for _ in range(width))]))
    return Drawn(tuple(lines), draw(st.one_of(st.just(""), nonsense, nonsense.map("{}表".format))))


def read(drawn: Drawn) -> Disclosure:
    return disclose(document(*ACCOUNTS, *filter(None, [drawn.title]), drawn.table), REFERENCE_DIR)


def rejected_numbers(rejections: tuple[Rejection, ...]) -> int:
    return sum(is_numeric(rejection.printed) for rejection in rejections)


@same_each_time
@given(nonsense_tables())
def test_every_number_is_accounted_for_or_rejected_by_name(drawn: Drawn):
    disclosure = read(drawn)
    for form in disclosure.forms:
        own = tuple(each for each in disclosure.rejections if each.table_index == form.table_index)
        assert form.number_count == form.accounted_count + rejected_numbers(own)


@same_each_time
@given(nonsense_tables())
def test_every_amount_is_a_figure_or_rejected_and_stands_where_it_is_printed(drawn: Drawn):
    disclosure = read(drawn)
    printed = {cell.place: cell.text for cell in drawn.table.cells}
    assert all(figure.text in printed[figure.place] for figure in disclosure.figures)
    assert len({figure.place for figure in disclosure.figures}) == len(disclosure.figures)
    found = {
        *(figure.place for figure in disclosure.figures),
        *(rejection.place for rejection in disclosure.rejections),
    }
    assert [
        text
        for place, text in printed.items()
        if place not in found and is_numeric(text) and "." in text
    ] == []


@same_each_time
@given(nonsense_tables())
def test_nonsense_has_no_name(drawn: Drawn):
    disclosure = read(drawn)
    assert {form.form for form in disclosure.forms} <= {""}
    assert {figure.measure for figure in disclosure.figures} <= {""}


# Tables of several forms and of none, with numbers in them to be drawn.

KNOWN = {
    "支出决算表": """
        科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
        合计 | < | {} | {} | {}
        213 | 农林水支出 | {} | {} | {}
    """,
    "收入决算表": """
        科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 其他收入
        合计 | < | {} | {} | {}
        213 | 农林水支出 | {} | {} | {}
    """,
    "一般公共预算财政拨款基本支出决算表": """
        科目编码 | 科目名称 | 决算数
        301 | 工资福利支出 | {}
        30101 | 基本工资 | {}
        合计 | < | {}
    """,
    "收入支出决算总表": """
        收入 | < | 支出 | <
        项目 | 决算数 | 项目 | 决算数
        一、一般公共预算财政拨款收入 | {} | 一、农林水支出 | {}
        二、其他收入 | {} | 二、住房保障支出 | {}
        总计 | {} | 总计 | {}
    """,
    "蜻蜓点水统计表": """
        鲲鹏 | 逐浪 | 砚池
        墨香 | {} | {}
        点水 | {} | {}
    """,
    "": """
        鲲鹏 | 合计 | 砚池
        墨香 | {} | {}
    """,
}
Names = Counter[tuple[str, str, tuple[str, ...], str, str, str]]
whole_amounts = st.lists(st.integers(0, 10**7), min_size=6, max_size=6)


def blocks_of(title: str, numbers: list[int], unit: str) -> list[str | Table]:
    """A table with numbers, of 万元, in its unit."""
    scale = {"元": 10_000, "万元": 1}[unit]
    texts = [f"{Decimal(number * scale):.2f}" for number in numbers]
    return [title or "砚池墨香", f"单位：{unit}", grid(KNOWN[title].format(*texts))]


def named(disclosure: Disclosure) -> Names:
    titles = {form.table_index: form.title for form in disclosure.forms}
    return Counter(
        (
            titles[figure.row.table_index],
            figure.row.row_label,
            figure.column.header_path,
            figure.form,
            figure.section,
            figure.measure,
        )
        for figure in disclosure.figures
    )


@same_each_time
@given(st.lists(whole_amounts, min_size=len(KNOWN), max_size=len(KNOWN)))
def test_no_name_depends_on_the_unit(numbers: list[list[int]]):
    in_wan, in_yuan = (
        disclose(
            document(
                *ACCOUNTS,
                *(
                    block
                    for title, own in zip(KNOWN, numbers, strict=True)
                    for block in blocks_of(title, own, unit)
                ),
            ),
            REFERENCE_DIR,
        )
        for unit in ("万元", "元")
    )
    assert named(in_wan) == named(in_yuan)
    assert [figure.yuan for figure in in_wan.figures] == [figure.yuan for figure in in_yuan.figures]


@same_each_time
@given(st.permutations(list(KNOWN)), whole_amounts)
def test_no_name_depends_on_the_order_of_tables(order: list[str], numbers: list[int]):
    first, other = (
        disclose(
            document(
                *ACCOUNTS,
                *(block for title in titles for block in blocks_of(title, numbers, "万元")),
            ),
            REFERENCE_DIR,
        )
        for titles in (list(KNOWN), order)
    )
    assert named(first) == named(other)
    assert len({form for _, _, _, form, _, _ in named(first)} - {""}) == 4
