"""A page headed …“三公”经费支出决算情况说明 lost the names of the form below its heading.

The heading names a fund, and was taken for the beginning of the title below it.
"""

import pytest

from pipelines.normalising.disclosing import read_disclosure
from tests.paths import REFERENCE_DIR

ITEMS = (
    "<td rowspan=2>合计</td><td rowspan=2>因公出国（境）费</td>"
    "<td colspan=3>公务用车购置及运行费</td><td rowspan=2>公务接待费</td>"
)
KINDS = "<td>小计</td><td>公务用车购置费</td><td>公务用车运行费</td>"
AMOUNTS = [
    *("9.00", "1.00", "6.00", "2.00", "4.00", "2.00"),
    *("7.50", "0.50", "5.50", "2.00", "3.50", "1.50"),
]
PAGE = f"""<html><head><meta charset="utf-8"></head><body><h1>{{heading}}</h1><table>
<tr><td colspan=12>一般公共预算财政拨款“三公”经费支出决算表</td></tr>
<tr><td colspan=12>部门：乌有县气象站 金额单位：万元</td></tr>
<tr><td colspan=6>预算数</td><td colspan=6>决算数</td></tr>
<tr>{ITEMS}{ITEMS}</tr><tr>{KINDS}{KINDS}</tr>
<tr>{"".join(f"<td>{amount}</td>" for amount in AMOUNTS)}</tr>
</table></body></html>"""


@pytest.mark.parametrize("ending", ["", "情况", "情况说明", "情况公开", "情况报告"])
def test_the_form_below_the_heading_is_read(tmp_path, ending: str):
    path = tmp_path / "page.html"
    heading = f"乌有县气象站2021年度一般公共预算财政拨款“三公”经费支出决算{ending}"
    path.write_text(PAGE.format(heading=heading), encoding="utf-8")
    disclosure = read_disclosure(path, REFERENCE_DIR)
    assert [form.form for form in disclosure.forms] == ["three_public"]
    assert [figure.text for figure in disclosure.figures if figure.measure] == AMOUNTS
    assert disclosure.identification.fiscal_year == 2021
