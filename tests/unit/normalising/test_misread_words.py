"""Words that recognisers misread: which are mended, which are left, and that it is told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.domain.document import (
    Cell,
    CellReading,
    Document,
    FileKind,
    Paragraph,
    PicturedPage,
    Table,
)
from pipelines.domain.place import Place
from pipelines.normalising.known_words import KnownWords
from pipelines.normalising.misread_words import with_known_words
from pipelines.recognising.catalogue import load_catalogue
from tests.paths import REFERENCE_DIR

NAMES = {"地上附着物和青苗补偿": frozenset({"31009"}), "行政单位医疗": frozenset({"2101101"})}
LINES = {
    "事业收入",
    "事业支出",
    "粮油物资储备支出",
    "社会保障和就业支出",
    "年初结转和结余",
    "年末结转和结余",
}
TITLES = {
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "国有资本经营预算财政拨款支出决算表",
    "财政拨款三公经费支出决算表",
    "项目支出决算明细表",
}
KNOWN = KnownWords(NAMES, LINES, TITLES)
PAGE = Place(page=1)


def cell(text, *others: str):
    """A cell of a picture; others are read where the first recogniser hesitated."""
    readings = tuple(CellReading(each, each, 0.6, "one") for each in (text, *others))
    return Cell(text, 0, 0, 1, 1, PAGE, readings=readings)


@pytest.mark.parametrize(
    ("read", "taken"),
    [
        ("财政援款支出", "财政拨款支出"),
        ("一、一般公共预算财政援款", "一、一般公共预算财政拨款"),
        ("地上附着物和需苗补偿", "地上附着物和青苗补偿"),
        ("行政单位\n医行", "行政单位\n医疗"),
        ("2023 年财政援款支出", "2023 年财政拨款支出"),
        ("[bookmark: RANGE!A1:122财政援款支出", "[bookmark: RANGE!A1:122财政拨款支出"),
        ("[bookmark: RANGE!A1:I22]财政援款支出", "[bookmark: RANGE!A1:I22]财政拨款支出"),
    ],
)
def test_a_character_in_no_term_is_that_of_the_term_around_it(read, taken):
    assert KNOWN.of_cell(cell(read, "什么")) == taken


def test_a_reading_that_exists_is_taken_before_a_guess():
    assert KNOWN.of_cell(cell("预算政", "预算敉", "预算数")) == "预算数"


def test_specks_behind_words_are_none_of_them():
    assert KNOWN.of_cell(cell("四、上级补助收入.")) == "四、上级补助收入"
    assert KNOWN.of_cell(cell("某某小学.")) == "某某小学."


def test_a_single_letter_is_the_reading_that_exists():
    assert KNOWN.of_cell(cell("政", "歐", "款")) == "款"


@pytest.mark.parametrize("text", ["某某小学", "改革成本支出", "甲乙丙丁戊", "援", "12.50", "-", ""])
def test_what_no_term_tells_of_is_left_alone(text):
    assert KNOWN.of_cell(cell(text, "什么")) == text


def test_what_was_read_without_hesitation_is_mended_by_long_terms_only():
    assert KNOWN.of_cell(cell("财政援款支出")) == "财政援款支出"
    assert KNOWN.of_cell(cell("政府性基金预算财政援款收入")) == "政府性基金预算财政拨款收入"


def test_what_two_terms_tell_otherwise_is_left_alone():
    known = KnownWords(dict.fromkeys(("甲乙丙丁", "甲乙戊丁"), frozenset({"1"})))
    assert known.of_cell(cell("甲乙己丁", "什么")) == "甲乙己丁"
    assert known.of_cell(cell("甲乙丙己", "什么")) == "甲乙丙丁"


@pytest.mark.parametrize(
    ("read", "taken"),
    [
        ("年未财政援款结转和结余", "年末财政拨款结转和结余"),
        ("经营收人", "经营收入"),
        ("金額", "金额"),
        ("財政援款支出", "财政拨款支出"),
    ],
)
def test_characters_that_look_alike_are_taken_for_each_other_where_all_exists_then(read, taken):
    assert KNOWN.of_cell(cell(read, "什么")) == taken


@pytest.mark.parametrize(
    ("read", "taken"),
    [
        ("二十、根油物资赌备支出", "二十、粮油物资储备支出"),
        ("二十·根油物资赌备支出", "二十、粮油物资储备支出"),
        ("社全保播和务业支出", "社会保障和就业支出"),
        ("全社保播和务业各法", "全社保播和务业各法"),
        ("年旦结转和结余", "年旦结转和结余"),
        ("事亚收八", "事亚收八"),
        ("粮油支山", "粮油支山"),
    ],
    ids=[
        "behind its ordinal",
        "whose mark is blurred",
        "four of nine",
        "seven of nine",
        "two lines alike",
        "two of four",
        "too far",
    ],
)
def test_a_label_is_the_line_of_a_form_that_it_is_clearly_most_like(read, taken):
    assert KNOWN.of_cell(cell(read, "什么")) == taken


def test_what_was_read_without_hesitation_is_a_line_but_for_one_character():
    assert KNOWN.of_cell(cell("二十、根油物资储备支出")) == "二十、粮油物资储备支出"
    assert KNOWN.of_cell(cell("根油物资赌备支出")) == "根油物资赌备支出"


@pytest.mark.parametrize(
    ("read", "taken"),
    [
        ("股公共所算财政援教支出共算表", "一般公共预算财政拨款支出决算表"),
        ("一般公共預所財政援款支出決算表", "一般公共预算财政拨款支出决算表"),
        ("项目支出明细表", "项目支出明细表"),
        ("某某情况表", "某某情况表"),
    ],
    ids=[
        "six of fourteen",
        "traditional characters",
        "another form, of words that exist",
        "like none",
    ],
)
def test_a_title_that_is_misread_is_the_one_that_it_is_clearly_most_like(read, taken):
    assert KNOWN.of_title(read) == taken
    assert KNOWN.of_cell(cell(read, "什么")) == taken


def first_row(*texts: str):
    """The cells of the first row of a pictured table, each of several readings, after mending."""
    cells = [replace(cell(text, "什么" * bool(text)), column=at) for at, text in enumerate(texts)]
    table = Table(tuple(cells), 1, len(cells), PAGE)
    printed = replace(document(pictured=True), blocks=(table,))
    mended, misread = with_known_words(printed, REFERENCE_DIR)
    return [each.text for each in mended.blocks[0].cells], misread


@pytest.mark.parametrize(
    "pieces",
    [
        ("国有资本经营预算财", "拨款支出决算表"),
        ("国有资本经营", "预算财政拨款", "支出决算表"),
    ],
)
def test_a_title_that_rulings_cross_is_put_together(pieces):
    texts, misread = first_row(*pieces, "", "公开09表")
    title = "国有资本经营预算财政拨款支出决算表"
    assert texts == [title, *[""] * len(pieces), "公开09表"]
    assert {each.read for each in misread} == set(pieces)


def test_cells_that_make_no_title_stay_apart():
    assert first_row("项目", "本年支出", "决算数")[0] == ["项目", "本年支出", "决算数"]


@pytest.mark.parametrize(
    ("texts", "label"),
    [
        (("208", "共全保播和務业各法", "1.00"), "社会保障和就业支出"),
        (("20199", "其能般公共服务支出", "1.00"), "其他一般公共服务支出"),
        (("210", "11", "01", "行改单彼医行", "1.00"), "行政单位医疗"),
        (("39906", "贈与", "1.00"), "赠与"),
        (("208", "丁是丑甲", "1.00"), "丁是丑甲"),
        (("30907", "某某\n某某小学", "1.00"), "某某\n某某小学"),
        (("208", "某某中学社保支出", "1.00"), "某某中学社保支出"),
    ],
)
def test_a_misread_label_is_the_name_of_the_code_before_it(texts, label):
    assert label in first_row(*texts)[0]


@pytest.mark.parametrize(
    ("text", "other", "is_doubtful"),
    [
        ("某某小学", "某其小学", True),
        ("某某小学", "某某\n小学", False),
        ("某某小学", None, False),
        ("卫生健康支出", "卫生建康支出", False),
        ("12.50", "13.50", False),
    ],
    ids=["read otherwise", "read alike", "read once", "words that exist", "a number"],
)
def test_words_that_exist_nowhere_are_in_doubt_where_two_recognisers_differ(
    text, other, is_doubtful
):
    said = [CellReading(text, text, 0.9, "one"), CellReading(text, text, 0.5, "one")]
    said += [CellReading(other, other, 0.9, "another")] if other else []
    table = Table((replace(cell(text), readings=tuple(said)),), 1, 1, PAGE)
    mended, _ = with_known_words(replace(document(pictured=True), blocks=(table,)), REFERENCE_DIR)
    assert mended.blocks[0].cells[0].is_doubtful == is_doubtful


def test_two_labels_in_one_cell_are_no_name_misread():
    read = "经常性赠与\n资本性赠与"
    assert first_row("39907", read, "0.00")[0][1] == read


def test_the_last_letter_behind_a_whole_term_is_that_of_a_longer_one():
    known = KnownWords(dict.fromkeys(("甲乙丙丁", "甲乙丙丁戊"), frozenset({"1"})))
    assert known.of_cell(cell("甲乙丙丁己", "什么")) == "甲乙丙丁戊"


@given(st.sampled_from(sorted({*load_catalogue().grammar.terms, *NAMES})))
def test_words_that_exist_are_left_alone(term):
    assert KNOWN.of_cell(cell(term, "什么")) == term
    assert KNOWN.of_title(f"{term}表") == f"{term}表"


@given(st.text("财政援款支出一、12.,（）\n 某"))
def test_only_letters_change_and_each_for_one(text):
    taken = KNOWN.of_cell(cell(text, "什么"))
    # Specks behind words that exist are taken off.
    assert not text[len(taken) :].strip(" .")
    for before, after in zip(text[: len(taken)], taken, strict=True):
        assert before == after or (before.isalpha() and after.isalpha())


def document(*, pictured):
    table = Table((cell("财政援款支出", "什么"),), 1, 1, PAGE)
    texts = ("财政援款收入支出决算总表", "本年财政援款存入专户。")
    blocks = (*(Paragraph(text, PAGE) for text in texts), table)
    pages = (PicturedPage(1, 0),) if pictured else ()
    return Document("0" * 64, "a.pdf", FileKind.PDF, blocks, pictured_pages=pages)


def test_titles_and_cells_of_pictures_are_mended_and_prose_is_not():
    mended, misread = with_known_words(document(pictured=True), REFERENCE_DIR)
    title, prose, table = mended.blocks
    assert title.text == "财政拨款收入支出决算总表"
    assert prose.text == "本年财政援款存入专户。"
    assert table.cells[0].text == "财政拨款支出"
    assert [(each.read, each.taken) for each in misread] == [
        ("财政援款收入支出决算总表", "财政拨款收入支出决算总表"),
        ("财政援款支出", "财政拨款支出"),
    ]


def row_of(*texts: str | tuple[str, ...], before: tuple[str, ...] = (), is_doubtful=True):
    """A row of a code that may be in doubt and what stands before and behind it."""
    (code, *others), *beside = texts
    cells = [replace(cell(code, *others), is_doubtful=is_doubtful, column=len(before))]
    cells += [replace(cell(text), column=at) for at, text in enumerate(before)]
    cells += [replace(cell(text), column=len(before) + at) for at, text in enumerate(beside, 1)]
    table = Table(tuple(cells), 1, len(cells), PAGE)
    printed = Document(
        "0" * 64, "a.pdf", FileKind.PDF, (table,), pictured_pages=(PicturedPage(1, 0),)
    )
    mended, misread = with_known_words(printed, REFERENCE_DIR)
    return mended.blocks[0].cells[0], misread


def test_a_code_in_doubt_is_the_one_of_its_readings_that_has_the_name_beside_it():
    code, misread = row_of(("2101701", "2101101"), "行政单位医疗", "110.98")
    assert (code.text, code.is_doubtful) == ("2101101", False)
    assert [(each.read, each.taken) for each in misread] == [("2101701", "2101101")]


@pytest.mark.parametrize(
    ("before", "texts", "taken"),
    [
        (("210",), (("71", "11"), "", "行政事业单位医疗", "53.4182"), "11"),
        (("210",), (("71", "11"), "01", "行政单位医疗", "53.4182"), "11"),
        (("210", "11"), (("07", "01"), "行政单位医疗", "53.4182"), "01"),
        (("302",), (("1", "7"), "邮电费", "13999"), "7"),
        ((), (("270", "210"), "11", "01", "行政单位医疗"), "210"),
        (("210",), (("71", "17"), "01", "行政单位医疗", "53.4182"), None),
        (("210",), (("71", "11"), "", "行政单位医疗", "53.4182"), None),
    ],
)
def test_columns_of_their_own_make_one_code(before, texts, taken):
    code, _ = row_of(*texts, before=before)
    assert (code.text, code.is_doubtful) == (taken or texts[0][0], taken is None)


@pytest.mark.parametrize(
    "texts",
    [
        (("2101701", "2101701"), "行政单位医疗"),
        (("2101701", "2101101"), "某某小学"),
        (("2101701", "2101101"),),
    ],
    ids=["nobody reads it", "no name of the lists", "nothing beside it"],
)
def test_other_codes_stay_in_doubt(texts):
    code, misread = row_of(*texts)
    assert (code.text, code.is_doubtful) == (texts[0][0], True)
    assert not misread


def test_a_code_that_was_read_for_certain_is_left_alone():
    code, _ = row_of(("2101701", "2101101"), "行政单位医疗", is_doubtful=False)
    assert code.text == "2101701"


def test_pages_of_text_are_as_they_are_printed():
    printed = document(pictured=False)
    assert with_known_words(printed, REFERENCE_DIR) == (printed, [])
    elsewhere = replace(printed, pictured_pages=(PicturedPage(2, 0),))
    assert with_known_words(elsewhere, REFERENCE_DIR) == (elsewhere, [])


@pytest.mark.parametrize(
    ("read", "taken"),
    [
        ("甲乙丙己", "甲乙丙丁"),
        ("己乙丙丁", "甲乙丙丁"),
        ("某甲乙丙己", "某甲乙丙己"),
        ("戊己庚", "戊己庚"),
        ("甲己己丁", "甲己己丁"),
    ],
    ids=["the last", "the first", "beside another unknown", "a short term", "two characters"],
)
def test_a_term_of_four_characters_tells_of_one_of_them(read: str, taken: str):
    known = KnownWords(dict.fromkeys(("甲乙丙丁", "戊己辛"), frozenset({"1"})))
    assert known.of_cell(cell(read, "什么")) == taken


@pytest.mark.parametrize(
    ("name", "read", "taken"),
    [("甲乙丙丁戊己", "甲乙丙丁戊庚", "甲乙丙丁戊己"), ("甲乙丙丁戊", "甲乙丙丁庚", "甲乙丙丁庚")],
    ids=["six characters", "five"],
)
def test_what_was_read_without_hesitation_asks_for_a_term_of_six(name: str, read: str, taken: str):
    assert KnownWords({name: frozenset({"1"})}).of_cell(cell(read)) == taken


@pytest.mark.parametrize(
    ("text", "knows"),
    [
        ("经营收入", True),
        ("一、经营收入", True),
        ("行政单位医疗", True),
        ("12.50", True),
        ("-", True),
        ("", True),
        ("经营收人", False),
        ("行政单位医疗某", False),
    ],
)
def test_a_wording_exists_where_nothing_in_it_is_unknown(text: str, knows: bool):  # noqa: FBT001
    assert KNOWN.knows(text) is knows


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("经营收入. ·'", "经营收入"),
        ("12.", "12."),
        (".", "."),
        (" 经营收入", " 经营收入"),
    ],
)
def test_specks_are_taken_off_words_and_not_off_numbers(text: str, taken: str):
    assert KNOWN.of_cell(cell(text)) == taken


@pytest.mark.parametrize(
    ("readings", "doubtful"),
    [
        ((("某甲", "one"), ("某乙", "two")), True),
        ((("某甲", "one"), ("某乙", "one")), False),
        ((("某甲", "one"), ("某甲", "two")), False),
        ((("某甲", "one"), ("某乙", "one"), ("某甲", "two")), False),
        ((("某甲", "one"), ("某甲", "two"), ("某乙", "two")), False),
        ((), False),
    ],
    ids=["two", "one recogniser", "alike", "its first reading counts", "of each", "no readings"],
)
def test_two_recognisers_that_differ_in_their_first_readings_leave_words_in_doubt(
    readings: tuple[tuple[str, str], ...],
    doubtful: bool,  # noqa: FBT001
):
    read = tuple(CellReading(text, text, 0.9, recogniser) for text, recogniser in readings)
    assert KNOWN.is_doubtful(replace(cell("某甲"), readings=read)) is doubtful


@pytest.mark.parametrize(
    ("pieces", "title"),
    [
        (("国有资本经营预算财", "拨款支出决算表"), "国有资本经营预算财政拨款支出决算表"),
        (("支出决", "算表"), "支出决算表"),
        (("某某经营", "某某决算表"), None),
        (("项目", "合计"), None),
        ((), None),
    ],
)
def test_pieces_that_lost_a_character_or_two_are_a_title(
    pieces: tuple[str, ...], title: str | None
):
    assert KNOWN.of_pieces(pieces) == title


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("支出决算表", "支出决算表"),
        ("财政援款收入支出决算总表", "财政拨款收入支出决算总表"),
        ("财政援款收入", "财政援款收入"),
        ("项目支出决算明细", "项目支出决算明细"),
    ],
)
def test_only_what_looks_like_a_title_is_taken_for_one(text: str, taken: str):
    assert KNOWN.of_title(text) == taken


@pytest.mark.parametrize(
    ("read", "taken"),
    [("年未", "年末"), ("己未", "己未"), ("年末", "年末")],
)
def test_one_letter_that_looks_alike_is_taken_for_the_other(read: str, taken: str):
    known = KnownWords({"年末某": frozenset({"1"})})
    assert known.of_cell(cell(f"{read}某", "什么")) == f"{taken}某"


def test_two_wordings_that_look_alike_tell_nothing():
    known = KnownWords(dict.fromkeys(("某末", "某来"), frozenset({"1"})))
    assert known.of_cell(cell("某未", "什么")) == "某末"
    both = KnownWords(dict.fromkeys(("甲援", "甲拔"), frozenset({"1"})))
    assert both.of_cell(cell("甲拨", "什么")) == "甲拨"


@pytest.mark.parametrize(
    ("row", "taken"),
    [
        ((("30101", 0), ("甲乙庚辛", 1)), "甲乙丙丁"),
        ((("301", 0), ("01", 1), ("甲乙庚辛", 2)), "甲乙丙丁"),
        ((("301", 0), ("1", 1), ("甲乙庚辛", 2)), "甲乙丙丁"),
        ((("301", 0), ("", 1), ("01", 2), ("甲乙庚辛", 3)), "甲乙丙丁"),
        ((("甲乙庚辛", 0), ("30101", 1)), "甲乙庚辛"),
        ((("30101", 0), ("某", 1), ("甲乙庚辛", 2)), "甲乙庚辛"),
        ((("30102", 0), ("甲乙庚辛", 1)), "甲乙庚辛"),
        ((("9", 0), ("30101", 1), ("甲乙庚辛", 2)), "甲乙丙丁"),
    ],
    ids=["whole", "levels", "a zero lost", "a gap", "behind", "words", "another", "a number"],
)  # fmt: skip
def test_the_code_right_before_a_label_tells_its_name(row: tuple[tuple[str, int], ...], taken: str):
    known = KnownWords({"甲乙丙丁": frozenset({"30101"})})
    cells = [replace(cell(text, "什么" * bool(text)), column=at) for text, at in row]
    label = next(each for each in cells if each.text == "甲乙庚辛")
    assert known.of_cell(label, cells) == taken
