"""What people read: signs that are true, money with its unit, nothing cut off."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from pipelines.domain.file_record import FileRecord, FileStatus
from pipelines.domain.languages import Language
from pipelines.domain.night_news import StandingTrouble
from pipelines.exploring.answers.suspects import Suspect
from pipelines.exploring.checks import Check, Term
from pipelines.exploring.discrepancies import BoundDiscrepancy
from pipelines.exploring.documents import DocumentState
from pipelines.exploring.explanations import (
    DocumentExplanation,
    FigureExplanation,
    FormState,
    Repair,
)
from pipelines.exploring.labels import naming, shipped_labels
from pipelines.exploring.printed import FigureRow
from pipelines.exploring.prose_doubts import ProseDoubt
from pipelines.exploring.rendering.checks import show_checks
from pipelines.exploring.rendering.discrepancies import (
    discrepancy_text,
    show_contradictions,
    show_discrepancies,
)
from pipelines.exploring.rendering.documents import show_document
from pipelines.exploring.rendering.figures import show_figure
from pipelines.exploring.rendering.nights import show_findings
from pipelines.exploring.rendering.status import (
    DOCUMENTS_SHOWN,
    show_gaps,
    show_status,
    show_totals,
)
from pipelines.exploring.rendering.troubles import show_unused_files
from pipelines.exploring.rendering.values import share_text, yuan_text
from pipelines.exploring.rendering.wording import show_prose_doubts, show_wording
from pipelines.exploring.status import RepairCounts, WarehouseStatus
from pipelines.exploring.troubles import warehouse_troubles
from pipelines.exploring.wording_gaps import GapKind, WordingGap
from tests.paths import PROJECT_DIR

DOCUMENT = DocumentState(
    document_id="0123456789abcdef",
    file_name="某县[水利]局决算.pdf",
    file_path="县直.zip!/公开/某县[水利]局决算.pdf",
    department_name="某县水利局",
    region_name="某省某县",
    fiscal_year=2023,
    kind="final_accounts",
    scope="department",
    is_preferred=True,
    is_quarantined=True,
    is_identified=True,
    is_template=False,
    is_counted=True,
    form_count=9,
    table_count=11,
    unnamed_table_count=2,
    has_forms=True,
    other_parts="",
    missing_forms_known=False,
    missing_forms="",
    figure_count=1200,
    named_count=1100,
    proven_count=1199,
    unchecked_count=0,
    disputed_count=1,
    violation_count=2,
    number_count=1300,
    accounted_count=1299,
    prose_number_count=1204,
    prose_clear_count=1131,
    prose_furniture_count=410,
    picture_page_count=0,
    cut_off_count=0,
)


def bound(side: str, printed: str, measure: str = "total", sign: int = 1) -> Term:
    """A term of the document above, printed in 万元."""
    return Term(
        side=side,
        sign=sign,
        figure_id=f"{side} {printed}",
        document_id="0123456789abcdef",
        form="three_public",
        measure=measure,
        printed=printed,
        unit="万元",
        amount_yuan=Decimal(printed) * 10_000,
    )


DISCREPANCY = BoundDiscrepancy(
    check_id="c0ffee",
    document_id="0123456789abcdef",
    file_name="某县[水利]局决算.pdf",
    department_name="某县水利局",
    fiscal_year=2023,
    is_counted=True,
    identity_id="tpe_total_actual",
    scope_key="",
    identity_ids="tpe_total_actual",
    check_count=1,
    evidence="forms",
    level="violation",
    tier="violation",
    attribution="fails_in_source",
    severity="hard",
    formula="a = b",
    meaning_en="…",
    meaning_zh="…",
    relation="=",
    left_yuan=Decimal("120000.000000"),
    right_yuan=Decimal("110000.000000"),
    difference_yuan=Decimal("10000.000000"),
    unit="yuan",
    place="page 3",
    printed_left="12.00",
    printed_right="11.00",
    sentence="",
    fault_number=1,
    is_located=True,
    culprits="12.00 → 11.00",
    accepted_reason="",
    reason="",
    terms=(
        bound("left", "12.00", "actual_total"),
        bound("right", "8.68", "actual_overseas"),
        bound("right", "0.90", "actual_vehicle"),
        bound("right", "1.42", "actual_reception"),
    ),
    suspects=(
        Suspect(
            document_id="0123456789abcdef",
            fault_number=1,
            solution_number=1,
            is_located=True,
            figure_id="f",
            is_statement=False,
            form="three_public",
            row_name="",
            measure="actual_total",
            printed="12.00",
            suggested="11.00",
            unit="万元",
            slip="digit",
            cause="figures",
            place_count=1,
            place_number=1,
            repaired_count=1,
            failing_count=1,
            failing_checks=frozenset(),
        ),
    ),
)
CHECK = Check(
    check_id="c0ffee",
    document_id="0123456789abcdef",
    identity_id="tot_balance",
    scope_key="total",
    evidence="forms",
    relation="=",
    severity="hard",
    tier="exact",
    verdict="exact",
    is_failed=False,
    attribution="",
    left_yuan=Decimal("100.000000"),
    right_yuan=Decimal("100.000000"),
    difference_yuan=Decimal("0.000000"),
    unit="yuan",
    reason="",
    terms=(
        replace(bound("left", "0.01"), figure_id="feedfeedfeedfeed", form="income", row="合计"),
        replace(
            bound("right", "0.02", sign=-1),
            figure_id="0000000000000000",
            form="expenditure",
            row="合计",
        ),
    ),
)
FIGURE = FigureRow(
    figure_id="feedfeedfeedfeed",
    document_id="0123456789abcdef",
    file_name="某县[水利]局决算.pdf",
    title="收入决算表",
    header_path="本年收入/合计",
    row_path="合计",
    table_form="income",
    table_resolved_by="words",
    resolution="titled 收入决算表",
    form="income",
    section="",
    row_code="",
    row_label="合计",
    line="total",
    measure="total",
    resolved_by="proof",
    amount_text="0.01",
    amount_yuan=Decimal("100.000000"),
    printed_unit="万元",
    page=2,
    bbox_x0=1.0,
    bbox_top=2.0,
    bbox_x1=3.0,
    bbox_bottom=4.0,
    cell_path=None,
    table_index=0,
    status="proven",
)

GAP = WordingGap(
    kind=GapKind.HEADER,
    wording="经常类支出",
    resolved_by="",
    form="",
    measure="",
    occurrences=12,
    document_count=3,
    file_name="某县水利局决算.pdf",
    page=7,
    uncovered=("经常类",),
    concept="",
)
TITLE_GAP = replace(GAP, kind=GapKind.TITLE, wording="进项一览", occurrences=2)


def status_of(*documents: DocumentState, gaps: tuple[WordingGap, ...] = ()) -> WarehouseStatus:
    return WarehouseStatus((), documents, gaps, Counter(), (), has_marts=True)


@pytest.fixture
def console() -> Console:
    return Console(file=StringIO(), width=240, markup=False, highlight=False)


def shown(console: Console) -> str:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.000000", "0.00 元"),
        ("1234567.890000", "1,234,567.89 元"),
        ("-0.001000", "-0.001 元"),
        ("999999999999999999.000001", "999,999,999,999,999,999.000001 元"),
    ],
)
def test_money_has_separators_a_unit_and_every_digit(amount, text):
    assert yuan_text(Decimal(amount)) == text


def test_a_share_is_never_rounded_up_to_everything():
    assert share_text(99_999, 100_000) == "99.9 %"
    assert share_text(100_000, 100_000) == "100.0 %"


def test_a_contradiction_is_one_line_with_both_sides(console):
    found = [DISCREPANCY, replace(DISCREPANCY, level="info")]
    show_contradictions(console, found, found[:1])
    heading, line = shown(console).splitlines()
    assert "themselves: 1; oddities that may have a reason: 1" in heading
    assert "12.00 万元 is printed, while the 3 items sum to 11.00 万元" in line
    assert line.endswith("difference 1.00 万元 [fails_in_source]")


def test_a_site_that_could_not_be_asked_is_not_said_to_have_nothing(console):
    show_findings(console, [], has_failed=True)
    assert shown(console) == ""
    show_findings(console, [], has_failed=False)
    assert "nothing to fetch" in shown(console)


def test_checks_that_bind_the_same_figures_are_one_contradiction(console):
    twice = replace(DISCREPANCY, identity_ids="tree_kuan, single_child_equal", check_count=2)
    show_contradictions(console, [twice], [twice])
    assert "themselves: 1;" in shown(console)


def test_what_a_further_edition_repeats_is_counted_apart(console):
    repeated = replace(DISCREPANCY, check_id="feed", is_counted=False)
    odd = replace(repeated, check_id="beef", level="info")
    show_contradictions(console, [DISCREPANCY, repeated, odd], [DISCREPANCY])
    heading, _, besides = shown(console).splitlines()
    assert "themselves: 1; oddities that may have a reason: 0" in heading
    assert besides.startswith("Besides, 1 in further editions")


@pytest.mark.parametrize(
    ("tier", "verdict"),
    [("violation", "may have a reason"), ("copy_mismatch", "copies differ")],
)
def test_an_oddity_accuses_nobody(console, tier: str, verdict: str):
    odd = replace(DISCREPANCY, level="info", severity="soft", tier=tier)
    with naming(shipped_labels(PROJECT_DIR / "dbt_project"), Language.EN):
        assert discrepancy_text(odd).endswith(f"[{verdict}]")
        assert discrepancy_text(DISCREPANCY).endswith("[the document contradicts itself]")
        failed = replace(CHECK, severity="soft", verdict="soft_violation", is_failed=True)
        show_checks(console, "", [replace(failed, attribution="fails_in_source")])
    assert "contradicts itself" not in shown(console)


def test_a_blank_template_is_called_one(console):
    blank = replace(
        DOCUMENT, department_name="", is_identified=False, is_template=True, is_counted=False
    )
    status = WarehouseStatus((), (DOCUMENT, blank), (), Counter(), (), has_marts=True)
    show_totals(console, status)
    show_unused_files(console, status)
    show_document(console, DocumentExplanation(blank, (), Counter(), (), ()))
    text = shown(console)
    assert "Documents   1, of them" in text
    assert "besides, 1 blank template" in text
    assert f"{blank.file_name}: a blank template, nobody's disclosure" in text
    assert "a blank template, nobody's disclosure: counts in no fact and is not judged" in text
    assert "not identified:" not in text


@pytest.mark.parametrize("width", [60, 80, 199, 200, 240])
def test_a_discrepancy_loses_nothing_on_narrow_terminals(console, width):
    console.width = width
    show_discrepancies(console, [DISCREPANCY])
    words = "".join(shown(console).split())
    for said in ("fails_in_source", "page3", "tpe_total_actual", "actual_total:12.00→11.00"):
        assert said in words


def test_contradictions_beyond_the_first_are_counted(console):
    show_contradictions(console, [DISCREPANCY] * 5, [DISCREPANCY] * 2)
    assert shown(console).splitlines()[-1] == "  … and 3 more"


def test_a_table_of_discrepancies_cuts_nothing_off(console):
    long_place = ", ".join(f"body/tbl[{number}]/tr[1]/tc[1]" for number in range(30))
    show_discrepancies(console, [replace(DISCREPANCY, place=long_place)])
    assert "某县[水利]局决算.pdf" in shown(console)
    assert all(f"tbl[{number}]" in shown(console) for number in range(30))


def test_a_contradiction_without_amounts_gives_its_reason(console):
    wordless = replace(DISCREPANCY, left_yuan=None, right_yuan=None, difference_yuan=None)
    wordless = replace(wordless, terms=(), reason="row 3 is missing")
    show_contradictions(console, [wordless], [wordless])
    assert "tpe_total_actual: should be: …; but: row 3 is missing [fails_in_source]" in shown(
        console
    )


@pytest.mark.parametrize("width", [80, 100, 240])
def test_an_id_can_be_copied_from_any_terminal(width):
    narrow = Console(file=StringIO(), width=width)
    document = replace(DOCUMENT, is_quarantined=False)
    show_status(narrow, status_of(document))
    assert f" {DOCUMENT.document_id} " in shown(narrow)
    assert max(cell_len(line) for line in shown(narrow).splitlines()) <= width


def test_of_many_documents_those_in_need_of_a_look_are_listed(console):
    many = [
        replace(DOCUMENT, document_id=f"{number:016}", is_quarantined=False, violation_count=0)
        for number in range(DOCUMENTS_SHOWN + 5)
    ]
    many[-1] = replace(many[-1], is_quarantined=True)
    many[-2] = replace(many[-2], violation_count=1)
    show_status(console, status_of(*many))
    text = shown(console)
    rows = [text.index(many[number].document_id) for number in (-1, -2, 0)]
    assert rows == sorted(rows)
    assert many[-3].document_id not in text
    assert "and 5 more" in text
    assert "juesuan status --all" in text


def test_every_document_is_listed_on_request_and_where_they_are_few(console):
    many = [replace(DOCUMENT, document_id=f"{number:016}") for number in range(DOCUMENTS_SHOWN + 1)]
    show_status(console, status_of(*many), lists_all=True)
    show_status(console, status_of(*many[:DOCUMENTS_SHOWN]))
    assert all(each.document_id in shown(console) for each in many)
    assert "more" not in shown(console)


def test_no_discrepancies_is_said(console):
    show_discrepancies(console, [])
    assert "No discrepancies" in shown(console)


@pytest.mark.parametrize(
    ("check", "sides"),
    [
        (CHECK, "100.00 元 = 100.00 元"),
        (replace(CHECK, tier="rounding_likely", right_yuan=Decimal(99)), "100.00 元 ≈ 99.00 元"),
        (replace(CHECK, relation="<=", right_yuan=Decimal(999)), "100.00 元 <= 999.00 元"),
        (
            replace(
                CHECK,
                relation="",
                unit="%",
                left_yuan=Decimal("67.290000"),
                right_yuan=Decimal("67.298500"),
            ),
            "67.29 % ≈ 67.2985 %",
        ),
        (replace(CHECK, relation="", unit="count"), "100 = 100"),
    ],
)
def test_the_sign_between_sides_that_agree_is_true(console, check, sides):
    show_figure(console, FigureExplanation(FIGURE, (check,)))
    assert sides in shown(console)


def test_a_figure_is_shown_with_print_amount_place_and_its_part_in_each_check(console):
    show_figure(console, FigureExplanation(FIGURE, (CHECK,)))
    text = shown(console)
    assert "printed     0.01 万元" in text
    assert "amount      100.00 元" in text
    assert "page 2, box (1.0, 2.0, 3.0, 4.0)" in text
    assert "left  + 0.01 万元  income · 合计 · total  [feedfeedfeedfeed]  ← this one" in text
    assert "right − 0.02 万元  expenditure · 合计 · total  [0000000000000000]\n" in text


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        (3, "proof       3 independent sums bind it"),
        (1, "proof       1 independent sum binds it"),
        (0, "proof       no sum binds it: it equals a copy, or is a nil among nils"),
    ],
)
def test_a_proven_figure_says_how_strongly(console, proof, said):
    show_figure(console, FigureExplanation(replace(FIGURE, proof=proof), (CHECK,)))
    assert said in shown(console)


def test_what_the_prose_says_against_a_figure_stands_beside_its_status(console):
    show_figure(console, FigureExplanation(FIGURE, (CHECK,)))
    assert "states something else" not in shown(console)
    told = replace(FIGURE, status="proven", is_contradicted_by_prose=True)
    show_figure(console, FigureExplanation(told, (CHECK,)))
    assert "is proven" in shown(console)
    assert "  prose       states something else" in shown(console)


def test_a_figure_that_is_not_proven_says_nothing_of_proof(console):
    show_figure(console, FigureExplanation(replace(FIGURE, status="disputed"), (CHECK,)))
    assert "  proof  " not in shown(console)


def test_a_repaired_figure_says_what_was_read_and_what_decided(console):
    repair = Repair("0.0l", "0.01", ["0.0", "0.01"], ["c0ffee"], is_confirmed=False)
    show_figure(console, FigureExplanation(FIGURE, (CHECK,), repair))
    said = "as 0.0l; taken for 0.01 because of c0ffee; it might have been 0.0, 0.01"
    assert said in shown(console)


def test_a_confirmed_figure_says_that_it_was_not_sure(console):
    repair = Repair("0.01", "0.01", ["0.01"], ["c0ffee"], is_confirmed=True)
    show_figure(console, FigureExplanation(FIGURE, (CHECK,), repair))
    said = "as 0.01, not for certain; confirmed by c0ffee; it might have been 0.01"
    assert said in shown(console)


def test_a_figure_in_doubt_has_no_amount(console):
    doubtful = replace(FIGURE, is_doubtful=True, amount_yuan=None)
    show_figure(console, FigureExplanation(doubtful, ()))
    assert "none: it was not read for certain" in shown(console)


def test_numbers_in_doubt_and_what_became_of_them_are_counted(console):
    repairs = RepairCounts(doubtful_count=7, decided_count=4, too_many_count=2)
    status = WarehouseStatus((), (DOCUMENT,), (), Counter(), (), has_marts=True, repairs=repairs)
    show_status(console, status)
    words = " ".join(shown(console).split())
    assert "7 figures not read for certain, 4 of them determined by identities, 3 still" in words
    assert "(2 hang together with too many others)" in words


def test_a_check_that_fails_says_what_should_be_and_what_is(console):
    failing = replace(CHECK, is_failed=True, right_yuan=Decimal(-200), verdict="violation")
    show_figure(console, FigureExplanation(FIGURE, (failing,)))
    assert "tot_balance · total: violation  [c0ffee]" in shown(console)
    assert "should be equal: the left side prints 0.01 万元" in shown(console)
    assert "≠" not in shown(console)


def test_a_side_of_which_nothing_is_printed_is_no_zero(console):
    absent = replace(DISCREPANCY, left_yuan=None, terms=DISCREPANCY.terms[1:2])
    absent = replace(absent, right_yuan=absent.terms[0].amount_yuan)
    for width in (80, 240):
        console.width = width
        show_discrepancies(console, [absent])
    show_contradictions(console, [absent], [absent])
    words = " ".join(shown(console).split())
    assert words.count("not printed") == 3
    assert "0.00" not in words


def test_a_check_that_could_not_be_evaluated_says_why(console):
    blind = replace(
        CHECK, verdict="not_evaluable", left_yuan=None, right_yuan=None, reason="no income form"
    )
    show_figure(console, FigureExplanation(FIGURE, (blind,)))
    assert "not_evaluable  [c0ffee]\n    no income form" in shown(console)


def test_a_status_lists_every_problem_in_one_line(console):
    rejected = FileRecord(
        "a/b.pdf", "b.pdf", "00", 1, 1, FileStatus.REJECTED, "damaged", "a/b.pdf: cut short", "1"
    )
    status = WarehouseStatus(
        (rejected,), (DOCUMENT,), (), Counter(exact=3, violation=1), (), has_marts=True
    )
    troubles = [StandingTrouble(each, since=None) for each in warehouse_troubles(status)]
    show_status(console, status, troubles=troubles)
    text = shown(console)
    assert "1: 0 read, 1 rejected, 0 duplicate" in text
    assert "rejected    a/b.pdf: cut short [damaged]" in text
    assert "quarantined 某县[水利]局决算.pdf" in text
    assert "1,300 printed: 1,299 read (99.9 %), of them 1,200 figures" in text
    assert (
        "Prose       1,204 numbers: 1,131 read clearly (93.9 %), 73 in doubt (juesuan wording"
        in text
    )
    assert "besides, 410 that state no value, such as dates and ordinals" in text
    assert "1,200: 1,100 named (91.6 %), 1,199 proven (99.9 %), 0 unchecked, 1 disputed" in text
    assert "11, of them 2 with figures and without a name" in text
    assert "4 checks: 3 exact, 1 violation" in text


def test_prose_that_is_read_has_nothing_in_doubt_and_none_prints_no_numbers(console):
    show_status(console, status_of(replace(DOCUMENT, prose_clear_count=1204)))
    assert "1,204 read clearly (100.0 %), 0 in doubt; besides, 410" in shown(console)
    silent = replace(DOCUMENT, prose_number_count=0, prose_clear_count=0, prose_furniture_count=0)
    show_status(console, status_of(silent))
    assert "Prose       no numbers\n" in shown(console)


def test_numbers_that_all_state_no_value_are_no_share(console):
    dated = replace(DOCUMENT, prose_number_count=0, prose_clear_count=0)
    show_status(console, status_of(dated))
    assert "0 numbers: 0 read clearly (–), 0 in doubt; besides, 410" in shown(console)


def test_doubts_are_shown_with_the_sentence_and_the_reason(console):
    doubt = ProseDoubt("往来款", "no reason", 12, 3, "3万元", "往来款3万元。", "a.pdf", 7)
    show_prose_doubts(console, [doubt, replace(doubt, words="", page=None)])
    text = shown(console)
    assert "往来款  " in text
    assert "no reason" in text
    assert "往来款3万元。" in text
    assert "a.pdf page 7" in text
    assert "(no words)" in text


def test_no_doubts_are_said(console):
    show_prose_doubts(console, [])
    assert "can be read in one way only" in shown(console)


def test_a_warehouse_without_marts_says_how_to_build_them(console):
    show_status(console, WarehouseStatus((), (), (), Counter(), (), has_marts=False))
    assert "run 'juesuan run'" in shown(console)


def test_pages_that_nobody_read_stand_beside_what_was_read(console):
    whole = replace(DOCUMENT, accounted_count=1300)
    show_status(console, status_of(whole))
    assert "(100.0 %)" in shown(console)
    assert "pictures" not in shown(console)
    show_status(console, status_of(replace(whole, picture_page_count=1)))
    assert "besides, 1 page of pictures that nobody read" in shown(console)
    assert "100.0 %, without 1 page of pictures" in shown(console)


def test_numbers_beyond_the_edge_of_a_page_stand_beside_what_was_read(console):
    whole = replace(DOCUMENT, accounted_count=1300, cut_off_count=2)
    show_status(console, status_of(whole))
    said = shown(console)
    assert "2 texts with numbers are cut off by the edges of their pages" in said
    assert "100.0 %, without 2 texts cut off by the edge" in said


@pytest.mark.parametrize(
    ("department_name", "fiscal_year", "unstated"),
    [
        ("", 2023, "no department"),
        ("某县水利局", None, "no year"),
        ("", None, "no department and no year"),
    ],
)
def test_a_document_of_nobody_is_said_to_count_in_no_fact(
    console, department_name, fiscal_year, unstated
):
    nobody = replace(
        DOCUMENT, department_name=department_name, fiscal_year=fiscal_year, is_identified=False
    )
    show_status(console, status_of(nobody))
    said = f"not identified: counts in no fact, because its text states {unstated}\n"
    assert f"{nobody.file_name}: {said}" in shown(console)


def test_wordings_are_counted_and_never_listed_one_by_one(console):
    many = [replace(GAP, wording=f"第{number}类", occurrences=number) for number in range(1, 10)]
    told = replace(GAP, wording="专项类支出", resolved_by="proof", measure="project")
    show_gaps(console, [TITLE_GAP, *many, replace(many[8], form="income"), told])
    assert shown(console).splitlines() == [
        "Not understood:",
        "  title     进项一览 ×2",
        "  header    第9类 ×18",
        "  header    第8类 ×8",
        "  header    第7类 ×7",
        "  … and 6 more, 1 wording named by structure or arithmetic alone: juesuan wording",
    ]


def test_nothing_is_said_where_every_word_is_known(console):
    show_gaps(console, [])
    assert shown(console) == ""
    show_wording(console, [])
    assert "understood by its words" in shown(console)


@pytest.mark.parametrize("width", [80, 240])
def test_a_wording_is_shown_with_what_told_its_meaning_and_the_word_to_add(console, width):
    console.width = width
    told = replace(GAP, resolved_by="proof", form="expenditure", measure="basic", concept="basic")
    show_wording(console, [told, replace(TITLE_GAP, wording="")])
    words = "".join(shown(console).split())
    assert "header经常类支出proof" in words
    assert "title(notitle)nothing" in words
    assert "经常类" in words
    assert ("expenditure·basic" in words) == (width == 240)


def test_a_figure_says_how_its_name_was_found(console):
    with naming(shipped_labels(PROJECT_DIR / "dbt_project"), Language.EN):
        show_figure(console, FigureExplanation(FIGURE, ()))
    text = shown(console)
    assert "title       收入决算表" in text
    assert "header      本年收入 / 合计" in text
    assert "form        income, by wording: titled 收入决算表" in text
    assert "measure     total, by arithmetic" in text


def test_a_figure_without_a_name_says_why(console):
    unnamed = replace(
        FIGURE,
        table_form="", table_resolved_by="", form="", measure="", resolved_by="", line="",
        resolution="the title names no form of the catalogue: 进项一览",
        amount_yuan=None, printed_unit="", row_code="201", row_path="社会/行政运行",
    )  # fmt: skip
    show_figure(console, FigureExplanation(unnamed, ()))
    text = shown(console)
    assert "form        none: the title names no form of the catalogue: 进项一览" in text
    assert "measure     none: nothing says what it measures" in text
    assert "row         201 社会 / 行政运行" in text
    assert "amount      none: it counts no money, or nothing says the unit" in text
    assert "printed     0.01\n" in text


FORM = FormState(
    table_index=0,
    form="", resolved_by="", resolution="no title is printed above the table", title="",
    printed_unit="万元", empty_statement="", page=3,
    figure_count=9, named_count=0, proven_count=4, disputed_count=0,
)  # fmt: skip


def test_forms_are_said_to_be_missing_only_where_that_is_known(console):
    open_one = DocumentExplanation(DOCUMENT, (FORM,), Counter(), (), ())
    show_document(console, open_one)
    assert "missing     not known: 2 tables with figures and without a name" in shown(console)
    assert "no title is printed above the table" in shown(console)
    known = replace(DOCUMENT, missing_forms_known=True, missing_forms="income, three_public")
    show_document(console, replace(open_one, document=known))
    assert "missing     income, three_public" in shown(console)
