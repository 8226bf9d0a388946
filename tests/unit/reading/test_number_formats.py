"""Numbers are printed by their formats, digit for digit as spreadsheet programs print them."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.amount import PrintedUnit
from pipelines.normalising.amounts import parse_amount
from pipelines.reading.number_formats import (
    BUILT_IN,
    MAX_FORMAT_LENGTH,
    UnknownFormatError,
    print_number,
    print_text,
    stored_number,
)

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
amounts = st.decimals(-(10**12), 10**12, places=4)


@pytest.mark.parametrize(
    ("number", "code", "printed"),
    [
        # What a column of amounts is usually given.
        ("1234.5", "0.00_ ", "1234.50"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("-1234.5", "#,##0.00", "-1,234.50"),
        ("1234567", "#,##0", "1,234,567"),
        ("0", "#,##0.00", "0.00"),
        ("0.5", "#,##0.00", "0.50"),
        ("0.5", "#,###.00", ".50"),
        ("999.995", "#,##0.00", "1,000.00"),
        # Negative numbers by a section of their own, red or in brackets.
        ("-1234.5", "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        ("1234.5", "#,##0.00_);(#,##0.00)", "1,234.50"),
        ("-5", "0.00;[Red]0.00", "5.00"),
        ("-5", "0.00;[红色]-0.00", "-5.00"),
        ("-5", "[Red]0.00", "-5.00"),
        ("0", "0.00;[Red]0.00", "0.00"),
        # A zero by the third section: a mark, nothing, or words.
        ("0", ACCOUNTING, "-"),
        ("-12", ACCOUNTING, "-12.00"),
        ("0", '#,##0.00;-#,##0.00;""', ""),
        ("0", "0.00;-0.00;", ""),
        ("0", "0.00;-0.00;;@", ""),
        ("0", '0.00;-0.00;"无"', "无"),
        ("0.001", "0.00;-0.00;-", "0.00"),
        ("0", "#", ""),
        ("0", "#,###", ""),
        ("5", ";;;", ""),
        ("-5", "0.00;;", ""),
        # A half of the decimal digits is rounded up, not of the binary ones.
        ("1.005", "0.00", "1.01"),
        ("2.675", "0.00", "2.68"),
        ("-2.675", "0.00", "-2.68"),
        ("-0.001", "0.00", "-0.00"),
        # Scaled: per cent, thousands, and the 万 that a literal point makes.
        ("0.25", "0%", "25%"),
        ("0.12345", "0.00%", "12.35%"),
        ("1234567.891", "#,##0.00,", "1,234.57"),
        ("1234567891", "0.0,,", "1234.6"),
        ("12345678", "0!.0,", "1234.6"),
        ("12345678", "#!.0000", "1234.5678"),
        ("12345678", r"0\.0000", "1234.5678"),
        ("50000000", "#,##0,,\"百万\"", "50百万"),
        # Codes and other numbers that are no amounts.
        ("2080501", "General", "2080501"),
        ("208", "0", "208"),
        ("5", "000", "005"),
        ("5", "0,000", "0,005"),
        ("2080501", '000"-"00"-"00', "208-05-01"),
        ("3", "@", "3"),
        # General, by its Chinese name too.
        ("0.3", "General", "0.3"),
        ("-1234.5", "General", "-1234.5"),
        ("1234567890.126", "General", "1234567890"),
        ("12345678901.6", "General", "12345678902"),
        ("123456789012", "General", "1.23457E+11"),
        ("99999999999.5", "General", "1E+11"),
        ("0.123456789012", "General", "0.123456789"),
        ("0.0000123456789", "General", "1.23457E-05"),
        ("12.5", 'G/通用格式"元"', "12.5元"),
        ("12.5", "", "12.5"),
        ("0", "General", "0"),
        ("0.000012345", "General", "0.000012345"),
        ("0.0000123456", "General", "1.23456E-05"),
        ("0.00012345678", "General", "0.000123457"),
        ("0.123456789876", "General", "0.12345679"),
        ("1.23456789876", "General", "1.234567899"),
        ("123456.789876", "General", "123456.7899"),
        ("99999999999.4", "General", "99999999999"),
        ("9999999999999", "General", "1E+13"),
        ("9999994999999", "General", "9.99999E+12"),
        # Conditions, currency, exponents.
        ("20000", '[>=10000]0.0,"千";0.00', "20.0千"),
        ("-5", '[>=10000]0.0,"千";0.00', "-5.00"),
        ("0", "[=0]\"\";0.00", ""),
        ("-5", "[=0]\"\";0.00", "-5.00"),
        ("-3", "[<0]\"△\"0.00;0.00", "△3.00"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("-1234.5", '"¥"#,##0.00;"¥"-#,##0.00', "¥-1,234.50"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("0.00012", "##0.0E+0", "120.0E-6"),
        ("9.999", "0.0E+00", "1.0E+01"),
        ("12345", '0.0E+00"元"', "1.2E+04元"),
        ("12345", "0.0e-0", "1.2E4"),
        # What stands at the end and moves or quotes nothing stands for itself.
        *(("5", f"0{mark}", f"5{mark}") for mark in ("_", "*", "!", "\\")),
        *(("5", f"0{mark}x", printed) for mark, printed in (("_", "5"), ("*", "5"), ("!", "5x"))),
        ("5", '0"元', "5元"),
        ("5", "0[Red]", "5"),
        # Thousands are separated within the digits, and commas behind them divide.
        ("1234567", "0,000", "1,234,567"),
        ("1234567", ",0", "1234567"),
        ("1234567", "0,.0", "1234.6"),
        ("1234567", "0.0,", "1234.6"),
        ("1234567", "0.,", "1235."),
        ("1234567", "#,##0,.0,", "1.2"),
        ("1234", '"x"?,??0', "x1,234"),
        ("5", '"x"?,??0', "x    5"),
        ("0.25", "0%%", "2500%%"),
        # Decimals that need not be printed.
        ("1.5", "0.0##", "1.5"),
        ("1.2345", "0.0##", "1.235"),
        ("1", "0.##", "1."),
        ("1.5", '0.??"元"', "1.5 元"),
    ],
)  # fmt: skip
def test_numbers_are_printed_as_programs_print_them(number: str, code: str, printed: str):
    assert print_number(Decimal(number), code) == printed


@pytest.mark.parametrize(
    ("days", "code", "printed"),
    [
        ("45292", "yyyy/m/d", "2024/1/1"),
        ("45292", 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        ("45292", "yyyy年mm月dd日;@", "2024年01月01日"),
        ("45292", "yy-m-d", "24-1-1"),
        ("45292", "[$-F800]dddd, mmmm dd, yyyy", "2024年1月1日"),
        ("45292", '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二四年一月一日"),
        ("45646", '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二四年十二月二十日"),
        ("45292", "aaaa", "星期一"),
        ("45292.75", "h:mm AM/PM", "6:00 PM"),
        ("45292", "上午/下午h时", "上午12时"),
        ("45292.5", "yyyy-mm-dd hh:mm:ss", "2024-01-01 12:00:00"),
        ("45292.999999", "yyyy-mm-dd hh:mm", "2024-01-02 00:00"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("0.000011574", "mm:ss.0", "00:01.0"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("2958465", "yyyy-mm-dd", "9999-12-31"),
        ("0", "h:mm", "0:00"),
        ("45292", "d-mmm-yy", "1-1月-24"),
        ("45292", "mmmm", "1月"),
        ("45292", "dd/m/yyy", "01/1/2024"),
        ("45292", 'e"年"', "2024年"),
        ("45292", "ddd aaa dddd", "一 一 星期一"),
        ("45298", "dddd", "星期日"),
        ("0.0000057870370370", "ss.0000000", "00.500000"),
        ("0.0000057870370370", "ss.00", "00.50"),
        # Noon and midnight are twelve.
        ("0", "h:mm AM/PM", "12:00 AM"),
        ("0.5", "h:mm A/P", "12:00 P"),
        ("0.4997", "h:mm A/P", "11:59 A"),
        ("0.5417", "h 上午/下午", "1 下午"),
        # All hours, minutes or seconds that have gone by.
        ("1.5", "[m]", "2160"),
        ("1.5", "[s]", "129600"),
        ("0.01", "[hh]:mm", "00:14"),
        # Minutes stand behind hours or before seconds, months elsewhere.
        ("45292.51", "m", "1"),
        ("45292.51", "h:m", "12:14"),
        ("45292.51", "[h]:m", "1087020:14"),
        ("45292.51", "m:s", "14:24"),
        ("45292.51", "h-mmm", "12-1月"),
        ("45292.51", "d-m-h", "1-1-12"),
    ],
)
def test_days_are_printed_as_dates(days: str, code: str, printed: str):
    assert print_number(Decimal(days), code) == printed


@pytest.mark.parametrize(
    ("relation", "holds"),
    [("<", "100"), ("<=", "110"), (">", "001"), (">=", "011"), ("=", "010"), ("<>", "101")],
)
def test_a_section_prints_what_meets_its_condition(relation: str, holds: str):
    printed = [print_number(Decimal(n), f'[{relation}5]"1";"0"') for n in (4, 5, 6)]
    assert "".join(printed) == holds


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("[<0]0.00;0", "5.00"),
        ("[<-1]0.00;0", "5.00"),
        ("[<1]0.00;0", "-5.00"),
        ("[<=-1]0.00;0", "5.00"),
        ("[<=0]0.00;0", "-5.00"),
        ("[=-5]0.00;0", "-5.00"),
        ("[<>0]0.00;0", "-5.00"),
        ("[>=0]0;0.00", "5.00"),
        ("[>0]0;0.00", "5.00"),
        ("[>1]0;0.00", "-5.00"),
        ("[=0]0;0.00", "-5.00"),
        ("0;0.00;0.0", "5.00"),
        ("[>9]0;[>8]0;0.00", "-5.00"),
    ],
)
def test_a_section_that_is_for_negative_numbers_alone_prints_no_sign(code: str, printed: str):
    assert print_number(Decimal(-5), code) == printed


def test_days_may_be_counted_from_1904():
    assert print_number(Decimal(1), "yyyy-mm-dd", is_1904=True) == "1904-01-02"
    assert print_number(Decimal(43830), "yyyy-mm-dd", is_1904=True) == "2024-01-01"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("0.5", "# ?/?"),
        ("5", "[DBNum2]0"),
        ("5", "[>10]0"),
        ("-1", "yyyy-mm-dd"),
        ("2958466", "yyyy-mm-dd"),
        ("1", "0" * (MAX_FORMAT_LENGTH + 1)),
    ],
    ids=["fraction", "Chinese numerals", "no section", "before all days", "beyond", "too long"],
)
def test_what_is_not_understood_prints_no_number(number: str, code: str):
    with pytest.raises(UnknownFormatError):
        print_number(Decimal(number), code)


@pytest.mark.parametrize(
    ("text", "code", "printed"),
    [
        ("合计", "General", "合计"),
        ("1,234.50", "0", "1,234.50"),
        ("  其中：工资", "@", "  其中：工资"),
        ("某局", '"单位："@', "单位：某局"),
        ("合计", "0.00;-0.00;;", ""),
        ("合计", "0.00;-0.00;0", "合计"),
        ("合计", '0.00;-0.00;0;"甲"', "甲"),
        ("合计", ACCOUNTING, " 合计 "),
    ],
)
def test_texts_are_printed_by_the_section_that_is_theirs(text: str, code: str, printed: str):
    assert print_text(text, code) == printed


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        *((0, "-1234.5"), (1, "-1235"), (2, "-1234.50"), (3, "-1,235"), (4, "-1,234.50")),
        *((5, "¥-1,235"), (6, "¥-1,235"), (7, "¥-1,234.50"), (8, "¥-1,234.50")),
        *((9, "-123450%"), (10, "-123450.00%"), (37, "(1,235)"), (38, "(1,235)")),
        *((39, "(1,234.50)"), (40, "(1,234.50)"), (41, "-1,235"), (42, "¥-1,235")),
        *((43, "-1,234.50"), (44, "¥-1,234.50"), (49, "-1234.5")),
    ],
)
def test_what_workbooks_name_by_number_is_built_in(code: int, printed: str):
    assert print_number(Decimal("-1234.5"), BUILT_IN[code]).strip() == printed


@pytest.mark.parametrize(
    ("codes", "printed"),
    [
        ((14,), "2024/3/5"),
        ((22,), "2024/3/5 6:07"),
        ((27, 36, 50, 52, 57), "2024年3月"),
        ((28, 29, 51, 53, 54, 58), "3月5日"),
        ((30,), "3-5-24"),
        ((31,), "2024年3月5日"),
        ((20,), "6:07"),
        ((21,), "6:07:08"),
        ((32,), "6时07分"),
        ((33,), "6时07分08秒"),
        ((34, 55), "上午6时07分"),
        ((35, 56), "上午6时07分08秒"),
        ((45,), "07:08"),
    ],
)
def test_dates_that_workbooks_name_by_number_are_built_in(codes: tuple[int, ...], printed: str):
    moment = Decimal(45356) + Decimal(6 * 3600 + 7 * 60 + 8) / Decimal(24 * 3600)
    assert {print_number(moment, BUILT_IN[code]) for code in codes} == {printed}


@given(number=amounts, places=st.integers(0, 4))
def test_amounts_are_rounded_half_up_and_read_back(number: Decimal, places: int):
    decimals = "." + "0" * places if places else ""
    rounded = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    for code in (f"0{decimals}", f"#,##0{decimals}", f"#,##0{decimals}_);(#,##0{decimals})"):
        amount = parse_amount(print_number(number, code), PrintedUnit.YUAN)
        assert amount is not None
        assert amount.value == rounded


@given(
    number=st.floats(allow_nan=False, allow_infinity=False),
    code=st.sampled_from([*BUILT_IN.values()]),
)
def test_every_stored_number_is_printed_or_refused(number: float, code: str):
    try:
        printed = print_number(stored_number(number), code)
    except UnknownFormatError:
        return
    assert len(printed) < MAX_FORMAT_LENGTH


@given(number=amounts, code=st.text('0#?,.%;()-_* "E+@[Red]<>=yymdhs年/\\!', max_size=30))
def test_any_format_prints_or_is_refused(number: Decimal, code: str):
    try:
        print_number(number, code)
        print_text("合计", code)
    except UnknownFormatError:
        return


@given(number=st.integers(-(10**10), 10**10))
def test_general_prints_whole_numbers_whole(number: int):
    assert print_number(Decimal(number), "General") == str(number)
