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
from pipelines.normalising.misread_words import KnownWords, with_known_words
from pipelines.recognising.catalogue import load_catalogue
from tests.paths import REFERENCE_DIR

NAMES = {"地上附着物和青苗补偿": frozenset({"31009"}), "行政单位医疗": frozenset({"2101101"})}
KNOWN = KnownWords(NAMES)
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
