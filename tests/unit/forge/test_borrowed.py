"""The two hand-written ledgers print the published figures they were written for."""

from tests.forge.borrowed import larger_city_bureau, small_county_bureau
from tests.forge.invention import ANYWHERE
from tests.forge.ledger import Ledger
from tests.forge.printing import print_forms
from tests.forge.styles import MINISTRY_2022, OLDER_COUNTY, Form, HouseStyle


def printed(ledger: Ledger, style: HouseStyle, form: Form) -> dict[tuple[str, str, str], str]:
    return {
        (figure.row_code, figure.row_label, figure.measure): figure.amount_text
        for layout in print_forms(ledger, style)
        if layout.form is form
        for figure in layout.figures
    }


def test_the_small_bureau_prints_trimmed_figures():
    figures = printed(small_county_bureau(ANYWHERE), OLDER_COUNTY, Form.BASIC_EXPENDITURE)
    assert figures["30101", "基本工资", "amount"] == "46"
    assert figures["301", "工资福利支出", "amount"] == "171.9"
    assert figures["", "公用经费合计", "amount"] == "65.83"


def test_the_larger_bureau_keeps_the_rounding_residue_of_its_original():
    figures = printed(larger_city_bureau(ANYWHERE), MINISTRY_2022, Form.EXPENDITURE)
    item = ("2101599", "其他医疗保障管理事务支出")
    assert figures[(*item, "total")] == "286.58"
    assert figures[(*item, "basic")] == "49.78"
    assert figures[(*item, "project")] == "236.79"
    assert figures["21015", "医疗保障管理事务", "total"] == "656.56"


def test_three_public_parts_exceed_their_rounded_total_by_one_cent():
    figures = printed(larger_city_bureau(ANYWHERE), MINISTRY_2022, Form.THREE_PUBLIC)
    assert figures["", "", "actual_total"] == "9.11"
    assert figures["", "", "actual_vehicle"] == "6.14"
    assert figures["", "", "actual_reception"] == "2.98"
