"""Whose money a document is about: a department's, a whole government's or a company's.

Knows which titles, rows and headings each of the three prints. Weighs all of them, since each
borrows words from the others: a government prints 基本支出 and 三公, a finance bureau has
duties for the government's debt, a department owns companies. Does not know names or years.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipelines.domain.disclosure import FormPrinting
from pipelines.domain.document import Paragraph
from pipelines.normalising.body_names import clean_name, is_heading
from pipelines.recognising.wording import fold_label, squash


class Publisher(StrEnum):
    """Whose budget or accounts a document discloses."""

    DEPARTMENT = "department"  # a department or unit: what this project reads
    GOVERNMENT = "government"  # 政府预算, 政府决算: all revenues of a division
    COMPANY = "company"  # the financial statements of an enterprise


@dataclass(frozen=True, slots=True)
class PublisherFinding:
    """Whose document it is, and why.

    Attributes:
        publisher: Department where the evidence is not clearly another's.
        evidence: One sentence for people, quoting the printed words.
    """

    publisher: Publisher
    evidence: str


@dataclass(frozen=True, slots=True)
class _Clue:
    """A wording that speaks for one kind of publisher, once however often it is printed."""

    kind: Publisher
    weight: int
    pattern: re.Pattern[str]

    def says(self, label: str) -> bool:
        """Whether a whole label is this wording."""
        return self.pattern.fullmatch(label) is not None


def _clues(kind: Publisher, weights: Mapping[str, int]) -> tuple[_Clue, ...]:
    return tuple(_Clue(kind, weight, re.compile(words)) for words, weight in weights.items())


_TABLE = r"(预算|决算|执行|完成)?(情况)?(明细|总)?表"
# Titles of tables and headings. Where two clues of a kind fit one line, both count.
_LINE_CLUES = (
    *_clues(
        Publisher.GOVERNMENT,
        {
            r"20\d{2}年?(度)?([省市县区州盟旗乡镇]?本?级)?政府(预算|决算)(?!(支出)?经济)": 4,
            r"[省市县区州盟旗镇乡](本级)?政府(预算|决算)(公开|草案|报告)": 4,
            r"预算执行情况.{0,20}预算(草案|安排)|财政总决算": 3,
            rf"一般公共预算收入{_TABLE}": 3,
            r"一般公共预算收支(平衡|总)|收支平衡表": 3,
            rf"政府性基金(预算)?收入{_TABLE}": 3,
            rf"国有资本经营(预算)?收入{_TABLE}": 3,
            r"社会保险基金(预算)?(收入|支出|收支|结余|预算|决算).{0,8}表": 4,
            r"税收返还": 4,
            r"(一般性|专项)转移支付.{0,16}表|转移支付(分(地区|项目)|补助).{0,12}表": 2,
            r"(政府|一般|专项)债务.{0,12}(限额|余额|发行|还本|付息).{0,12}(表|情况)": 4,
            r"政府经济分类.{0,8}(预算|决算)表": 1,
        },
    ),
    *_clues(
        Publisher.DEPARTMENT,
        {
            r"(部门|单位)预算(?!支出经济|经济)|预算单位": 4,
            r"(部门|单位)决算": 4,
            r"本部门|本单位": 2,
            r"(部门|单位)?收支(预算|决算)?总表": 2,
            r"收入支出(决算|预算)总表": 3,
            r"(部门|单位)(收入|支出)": 3,
            r"财政拨款(收支|收入支出|支出)": 3,
            r"收入费用表|净资产变动表|预算收入支出表": 3,
            r"部门职责|主要职[能责]|内设机构|机构设置|(部门|单位)概况": 2,
            r"机关运行经费": 2,
            r"整体支出绩效": 2,
            r"三公": 1,
            r"基本支出": 1,
            r"项目支出": 1,
        },
    ),
    *_clues(
        Publisher.COMPANY,
        {
            r"资产负债表": 2,
            r"利润(及利润分配)?表|损益表": 3,
            r"现金流量表": 2,
            r"(所有者|股东)权益变动表": 3,
            r"国有资本收益(表|收缴|申报)": 2,
            r"有限(责任)?公司|股份公司|集团公司": 2,
        },
    ),
)
# Whole labels of rows, ordinals folded away.
_TAXES = (
    r"税收收入|(国内)?增值税|企业所得税|个人所得税|城市维护建设税|房产税|印花税|城镇土地使用税"
    r"|土地增值税|车船税|耕地占用税|契税|资源税|环境保护税|烟叶税"
)
_LABEL_CLUES = (
    *_clues(
        Publisher.GOVERNMENT,
        {
            r"税收收入": 2,
            rf"(?!税收收入)({_TAXES})": 2,
            r"返还性收入|一般性转移支付收入|专项转移支付收入": 3,
            r"转移性收入": 2,
            r"地方政府.*债(务|券).*": 3,
            r"债务转贷收入|动用预算稳定调节基金|上解上级支出|补助下级支出": 3,
            r"国有土地使用权出让(金)?收入": 2,
            r"利润收入|股利、?股息收入|产权转让收入": 2,
            r"(企业职工|城乡居民|机关事业单位)基本(养老|医疗)保险基金(收入|支出)?": 3,
        },
    ),
    *_clues(
        Publisher.DEPARTMENT,
        {
            r".*财政拨款(收入|资金)?": 2,
            r"事业收入|经营收入|事业单位经营收入": 2,
            r"附属单位上缴收入|对附属单位补助支出|上缴上级支出": 2,
            r"使用非财政拨款结余.*|结余分配": 2,
        },
    ),
    *_clues(
        Publisher.COMPANY,
        {
            r"营业(总)?收入|主营业务收入": 3,
            r"营业(总)?成本": 2,
            r"净利润|利润总额": 3,
            r"实收资本(\(或?股本\))?|股本|未分配利润|盈余公积": 3,
            r"(短期|长期)借款|应付债券": 1,
            r"(负债和)?(所有者|股东)权益(\(.*\))?(总计|合计)?": 1,
        },
    ),
)
# Of text outside headings, which all three may print about each other: it only speaks for the
# department that a document may yet be.
_SPEAKS_OF_ITSELF = _Clue(Publisher.DEPARTMENT, 3, re.compile(r"本部门|本单位|我单位|我局"))
# A title and two rows, or several titles: one word alone never makes a government or a company.
_ENOUGH = 6
_OWNERS = {
    Publisher.DEPARTMENT: "a department's or unit's",
    Publisher.GOVERNMENT: "a whole government's, not a department's",
    Publisher.COMPANY: "a company's, not a department's",
}
_QUOTED = 6


def identify_publisher(
    printings: Sequence[FormPrinting], row_labels: Iterable[str], paragraphs: Sequence[Paragraph]
) -> PublisherFinding:
    """Tell a department's document from a government's and a company's.

    Each clue counts once. A government or a company needs more than one clue, and more weight
    than the department's clues have; in doubt the document is a department's.

    Args:
        printings: The printed tables, with a form or without.
        row_labels: The labels of the tables' rows.
        paragraphs: The paragraphs outside the tables.
    """
    found = _found(printings, row_labels, paragraphs)
    weights = {kind: sum(clue.weight for clue in found if clue.kind is kind) for kind in Publisher}
    heaviest = max((Publisher.GOVERNMENT, Publisher.COMPANY), key=lambda kind: weights[kind])
    is_enough = weights[heaviest] >= _ENOUGH
    if is_enough and weights[heaviest] > weights[Publisher.DEPARTMENT]:
        return PublisherFinding(heaviest, _sentence(heaviest, found))
    return PublisherFinding(Publisher.DEPARTMENT, _sentence(Publisher.DEPARTMENT, found))


def _found(
    printings: Sequence[FormPrinting], row_labels: Iterable[str], paragraphs: Sequence[Paragraph]
) -> dict[_Clue, str]:
    """Find every clue with the first words that gave it."""
    texts = [squash(paragraph.text) for paragraph in paragraphs]
    titles = [squash(printing.title) for printing in printings]
    labels = dict.fromkeys(map(fold_label, row_labels))
    found: dict[_Clue, str] = {}
    for clue, words in (
        *_in_lines((*titles, *filter(is_heading, texts))),
        *((clue, label) for label in labels for clue in _LABEL_CLUES if clue.says(label)),
        *_by_entity(printings),
        *_of_itself(texts),
    ):
        found.setdefault(clue, words)
    return found


def _in_lines(lines: Iterable[str]) -> Iterator[tuple[_Clue, str]]:
    for line in lines:
        for clue in _LINE_CLUES:
            match = clue.pattern.search(line)
            if match:
                yield clue, match.group()


def _of_itself(texts: Iterable[str]) -> Iterator[tuple[_Clue, str]]:
    for text in texts:
        match = _SPEAKS_OF_ITSELF.pattern.search(text)
        if match:
            yield _SPEAKS_OF_ITSELF, match.group()


def _by_entity(printings: Sequence[FormPrinting]) -> Iterator[tuple[_Clue, str]]:
    """Read who the tables say they are of; a government's tables name its finance office."""
    for printing in printings:
        entity = clean_name(printing.entity_text)
        if entity.endswith("公司"):
            yield _ENTITY_CLUES[Publisher.COMPANY], entity
        elif entity and not re.search(r"(财政[局厅所]|人民政府|[镇乡])$", entity):
            yield _ENTITY_CLUES[Publisher.DEPARTMENT], entity


_ENTITY_CLUES = {
    kind: _Clue(kind, weight, re.compile(r"named on the table"))
    for kind, weight in ((Publisher.COMPANY, 3), (Publisher.DEPARTMENT, 5))
}


def _sentence(kind: Publisher, found: Mapping[_Clue, str]) -> str:
    """Say what decided, the heaviest words first, and what spoke for somebody else."""
    ordered = sorted(found.items(), key=lambda clue_and_words: -clue_and_words[0].weight)
    own = [words for clue, words in ordered if clue.kind is kind]
    others = [words for clue, words in ordered if clue.kind is not kind]
    if not own:
        return "Nothing printed says that it is a government's or a company's." + _against(others)
    return f"It prints words of {_OWNERS[kind]}: {_quote(own)}." + _against(others)


def _against(others: Sequence[str]) -> str:
    return f" Fewer or weaker words speak against it: {_quote(others)}." if others else ""


def _quote(words: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(words))
    return ", ".join(distinct[:_QUOTED]) + (", …" if len(distinct) > _QUOTED else "")
