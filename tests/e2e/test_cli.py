"""The command from end to end: what it does, what it says, how it exits."""

import csv
import json
import re
import shutil
import subprocess
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import duckdb
import pytest
import yaml
from reportlab.pdfgen.canvas import Canvas

from pipelines.acquiring.raw_files import find_raw_files
from pipelines.reading.scans.models import can_read_pictures
from pipelines.warehouse.diary import latest_entries
from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import juesuan
from tests.paths import SAMPLES_DIR
from tests.portal.nights import command


def rows(warehouse: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return connection.execute(query).fetchall()


def sample_files() -> list[Path]:
    return [file.path for file in find_raw_files(SAMPLES_DIR)]


def test_the_samples_are_read_and_built_without_a_complaint(samples: SampleWarehouse):
    assert samples.answer.exit_code == 0, samples.answer.complaints
    assert f"{len(sample_files())} read, 0 rejected" in samples.answer.output
    assert "Traceback" not in samples.answer.complaints


def test_every_sample_has_a_department_a_year_and_proven_figures(samples: SampleWarehouse):
    found = rows(
        samples.path,
        """
        select file_name, department_name, fiscal_year, kind, quality.proven_count > 0
        from marts.dim_documents inner join marts.fct_document_quality as quality
            using (document_id, file_name)
        """,
    )
    assert {row[0] for row in found} == {path.name for path in sample_files()}
    for file_name, department_name, fiscal_year, kind, has_proven_figures in found:
        assert file_name.startswith(f"{department_name}{fiscal_year}"), file_name
        named = "budget" if "预算" in file_name else "final_accounts"
        assert (kind, has_proven_figures) == (named, True), file_name


def test_a_second_run_reads_nothing_and_says_so(samples: SampleWarehouse, tmp_path: Path):
    # On a copy: a run is a writer, and other tests may be reading the shared one meanwhile.
    warehouse = Path(shutil.copy(samples.path, tmp_path))
    loaded = "select document_id, loaded_at from staging.documents order by all"
    again = juesuan("run", "--raw", SAMPLES_DIR, "--warehouse", warehouse)
    assert again.exit_code == 0
    assert "Nothing new: none of" in again.complaints
    assert "Nothing changed since the marts were built" in again.complaints
    assert again.output == samples.answer.output.replace(str(samples.path), str(warehouse))
    assert rows(warehouse, loaded) == rows(samples.path, loaded)


def test_discrepancies_say_the_same_in_every_format(samples: SampleWarehouse):
    def listed(layout: str) -> str:
        answer = juesuan("discrepancies", "--format", layout, "--warehouse", samples.path)
        assert answer.exit_code == 0
        return answer.output

    from_json = json.loads(listed("json"))
    from_csv = list(csv.DictReader(StringIO(listed("csv"))))
    assert [each["identity_id"] for each in from_json] == [each["identity_id"] for each in from_csv]
    stored = rows(samples.path, "select document_id, identity_id from marts.fct_discrepancies")
    assert sorted((each["document_id"], each["identity_id"]) for each in from_json) == sorted(
        stored
    )
    table = listed("table")
    assert all(each["identity_id"] in table for each in from_json)


def test_a_figure_is_explained_with_its_print_and_its_checks(samples: SampleWarehouse):
    figure_id, document_id, amount_text, amount_yuan = rows(
        samples.path,
        """
        select figure_id, document_id, amount_text, amount_yuan from marts.fct_disclosed_figures
        where form = 'income' and status = 'proven' and amount_yuan > 1000
        order by figure_id limit 1
        """,
    )[0]
    answer = juesuan("explain", figure_id, "--warehouse", samples.path)
    assert answer.exit_code == 0
    assert f"figure {figure_id} is proven" in answer.output
    assert amount_text in answer.output
    assert f"{amount_yuan.quantize(Decimal('0.01')):,} 元" in answer.output
    assert "← this one" in answer.output
    assert document_id in juesuan("explain", document_id, "--warehouse", samples.path).output


def test_ids_that_the_command_prints_are_ids_that_it_explains(samples: SampleWarehouse):
    """Checks and identities from the list of discrepancies, statements from an explained check."""

    def explained(*wanted: str) -> str:
        answer = juesuan("explain", *wanted, "--warehouse", samples.path)
        assert answer.exit_code == 0, answer.complaints
        return answer.output

    listed = juesuan("discrepancies", "--warehouse", samples.path, "--format", "json")
    check = next(
        each for each in json.loads(listed.output) if each["identity_id"] == "nar_tpe_items"
    )
    said = explained(check["check_id"])
    assert check["file_name"] in said
    assert check["document_id"] in explained("决算 2023", check["file_name"][:6])
    assert check["file_name"] in explained("nar_tpe_items")
    terms = re.findall(r"(?:left|right) .*\[([0-9a-f]{16})\]", said)
    stories = [explained(term) for term in terms]
    assert [story.split()[0] for story in stories] == ["claim", "figure"]
    assert all("nar_tpe_items" in story and "← this one" in story for story in stories)
    assert check["sentence"] in stories[0]


def test_what_is_not_printed_is_never_called_zero(samples: SampleWarehouse):
    """A sample prints what it pays for pensions by economic class, and not by function."""

    def discrepancies(layout: str) -> str:
        arguments = ("--warehouse", samples.path, "--raw", SAMPLES_DIR, "--format", layout)
        return juesuan("discrepancies", "敦煌", *arguments).output

    absent = [
        each
        for each in json.loads(discrepancies("json"))
        if each["identity_id"] == "func_econ_twin"
    ]
    assert absent
    assert all(each["left_yuan"] is None and each["right_yuan"] for each in absent)
    for layout, said in {
        "table": "the left side is not printed",
        "html": "左边未列示，而右边印为",
        "md": "未列示 nothing is printed",
    }.items():
        text = " ".join(discrepancies(layout).split())
        assert said in text, layout
        assert not re.search(r"(?<![\d.,])0\.00", text), layout


def test_the_report_draws_tables_and_paragraphs_of_files_without_pages(samples: SampleWarehouse):
    arguments = ("--warehouse", samples.path, "--raw", SAMPLES_DIR, "--format", "html")
    page = juesuan("discrepancies", "风物志 2023", *arguments).output
    assert '<td class="wanted">12.00</td>' in page
    assert "支出决算为<mark>11.00</mark>万元" in page
    assert "no pictures" not in page


def test_a_contradiction_is_never_headed_by_its_rule_alone(samples: SampleWarehouse):
    arguments = ("--warehouse", samples.path, "--raw", SAMPLES_DIR, "--format")
    for layout in ("html", "md"):
        text = juesuan("discrepancies", *arguments, layout).output
        rule = "文字所述“三公”经费与“三公”经费表一致"
        assert f"应当：{rule}；但是：文字印为 11.00 万元" in text
        assert text.count(rule) == text.count(f"应当：{rule}；但是：")
    assert "the prose prints 11.00 万元, while the table prints 12.00" in samples.answer.output


def test_every_number_of_the_samples_is_read_and_said_to_be(samples: SampleWarehouse):
    counts = "sum(number_count), sum(accounted_count), sum(figure_count), sum(named_count)"
    ((printed, read, figures, named),) = rows(
        samples.path, f"select {counts} from marts.fct_document_quality"
    )
    assert printed == read
    status = juesuan("status", "--warehouse", samples.path)
    for said in (samples.answer.output, status.output):
        assert f"{printed:,} printed: {read:,} read (100.0 %), of them {figures:,} figures" in said
        assert f"{figures:,}: {named:,} named (" in said


def test_every_number_of_the_prose_of_the_samples_is_accounted_for(samples: SampleWarehouse):
    counts = "sum(prose_number_count), sum(prose_clear_count), sum(prose_furniture_count)"
    ((numbers, clear, furniture),) = rows(
        samples.path, f"select {counts} from marts.fct_document_quality"
    )
    assert 0 < clear < numbers
    said = f"Prose       {numbers:,} numbers: {clear:,} read clearly ("
    doubts = f"{numbers - clear:,} in doubt (juesuan wording --prose); besides, {furniture:,} that"
    status = juesuan("status", "--warehouse", samples.path)
    for answer in (samples.answer.output, status.output):
        assert said in answer
        assert doubts in answer
    assert "assert_every_number_of_prose" not in samples.answer.output


def test_what_is_in_doubt_is_listed_with_its_sentence(samples: SampleWarehouse):
    listed = juesuan("wording", "--prose", "--warehouse", samples.path)
    assert listed.exit_code == 0
    assert "nothing says what it is compared with" in listed.output
    assert "机关运行经费支出27.1万元，减少0.54万元，下降1.96%。" in listed.output
    as_rows = juesuan("wording", "--prose", "--format", "csv", "--warehouse", samples.path)
    doubts = list(csv.DictReader(StringIO(as_rows.output)))
    ((in_doubt,),) = rows(
        samples.path, "select sum(prose_in_doubt_count) from marts.fct_document_quality"
    )
    assert sum(int(doubt["occurrences"]) for doubt in doubts) == in_doubt


def test_the_words_of_the_samples_are_known_in_every_format(samples: SampleWarehouse):
    def listed(layout: str) -> str:
        answer = juesuan("wording", "--format", layout, "--warehouse", samples.path)
        assert (answer.exit_code, answer.complaints) == (0, "")
        return answer.output

    assert "understood by its words" in listed("table")
    assert list(csv.DictReader(StringIO(listed("csv")))) == []
    assert yaml.safe_load(listed("yaml")) == {"concepts": None}


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The warehouse of one sample in words of its own, and what the run said."""
    folder = tmp_path_factory.mktemp("strange")
    (folder / "raw").mkdir()
    source = SAMPLES_DIR / "徐闻县风物志编修办公室2023年度部门决算.docx"
    with (
        zipfile.ZipFile(source) as read,
        zipfile.ZipFile(folder / "raw" / "strange.docx", "w") as written,
    ):
        for name in read.namelist():
            content = read.read(name)
            if name == "word/document.xml":
                content = content.replace("基本支出".encode(), "经常类支出".encode())
                content = content.replace("三公".encode(), "丙公".encode())
            written.writestr(name, content)
    answer = juesuan("run", "--raw", folder / "raw", "--warehouse", folder / "w.duckdb")
    assert answer.exit_code == 0, answer.complaints
    return folder / "w.duckdb", answer.output


def test_a_document_in_words_of_its_own_loses_no_number_and_says_which_words(strange):
    warehouse, said = strange
    assert "read (100.0 %), of them 639 figures" in said
    assert "Not understood:" in said
    assert "juesuan wording" in said
    terms = juesuan("wording", "--format", "yaml", "--warehouse", warehouse).output
    assert yaml.safe_load(terms)["concepts"]["basic"] == ["经常类"]
    assert "  # ?: [丙公]" in terms


def test_an_unnamed_figure_is_explained_by_what_stands_around_it(strange):
    warehouse, _ = strange
    unnamed = "select figure_id, title from marts.fct_disclosed_figures where measure = '' limit 1"
    ((figure_id, title),) = rows(warehouse, unnamed)
    answer = juesuan("explain", figure_id, "--warehouse", warehouse)
    assert answer.exit_code == 0
    assert f"title       {title}" in answer.output
    assert "measure     none: nothing says what it measures" in answer.output


def test_status_names_every_document(samples: SampleWarehouse):
    answer = juesuan("status", "--warehouse", samples.path)
    assert answer.exit_code == 0
    for (document_id,) in rows(samples.path, "select document_id from staging.documents"):
        assert document_id in answer.output


def test_status_tells_programs_the_same_in_both_languages(samples: SampleWarehouse):
    words = ("status", "--json", "--warehouse", samples.path)
    answers = [juesuan(*words, JUESUAN_LANG=language) for language in ("en", "zh")]
    assert [answer.exit_code for answer in answers] == [0, 0]
    assert answers[0].output == answers[1].output
    told = json.loads(answers[0].output)
    ((documents, figures, proven, violations),) = rows(
        samples.path,
        """
        select count(*), sum(figure_count), sum(proven_count), sum(violation_count)
        from marts.fct_document_quality
        """,
    )
    totals = told["totals"]
    assert (totals["documents"], totals["figures"]) == (documents, figures)
    assert (totals["proven"], totals["violations"]) == (proven, violations)
    contradicting = rows(
        samples.path,
        "select document_id from marts.fct_document_quality where violation_count > 0",
    )
    in_need = {each["document_id"] for each in told["documents_in_need"]}
    assert {document_id for (document_id,) in contradicting} <= in_need
    (run,) = told["runs"]
    assert (run["command"], run["exit_code"]) == ("run", 0)
    assert datetime.fromisoformat(run["started_at"]).utcoffset() == timedelta(0)
    assert run["proven_ratio"] == totals["proven_ratio"] < 1
    assert told["builds"][0]["figure_count"] == figures


def test_a_run_goes_on_when_its_reader_has_seen_enough_and_of_no_files_it_makes_an_empty_warehouse(
    tmp_path,
):
    (tmp_path / "raw").mkdir()
    warehouse = tmp_path / "w.duckdb"
    words = ["run", "--raw", tmp_path / "raw", "--warehouse", warehouse]
    process = subprocess.Popen(
        command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    process.stdout.close()
    _, complaints = process.communicate()
    assert (process.returncode, "Traceback" in complaints) == (0, False), complaints
    (run,) = latest_entries(warehouse, 2)
    assert (run.exit_code, run.error, run.was_needed) == (0, "", True)
    assert rows(warehouse, "select count(*) from marts.fct_disclosed_figures") == [(0,)]
    again = juesuan(*words)
    assert again.exit_code == 0, again.complaints
    assert "Files       0: 0 read" in again.output


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_check_up_of_the_samples_finds_nothing_amiss(samples: SampleWarehouse, language: str):
    words = ("doctor", "--raw", SAMPLES_DIR, "--warehouse", samples.path)
    answer = juesuan(*words, JUESUAN_LANG=language)
    assert answer.exit_code == 0, answer.output
    assert {"en": "is up to date", "zh": "已是最新"}[language] in answer.output
    absent = juesuan("doctor", "--raw", "no/such/folder", JUESUAN_LANG=language)
    assert absent.exit_code == 1


@pytest.fixture(scope="module")
def bad_input(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A raw directory with everything that goes wrong beside one good document and its copy."""
    raw_dir = tmp_path_factory.mktemp("bad") / "raw"
    raw_dir.mkdir()
    good = next(path for path in sample_files() if path.suffix == ".docx")
    pdf = next(path for path in sample_files() if path.suffix == ".pdf")
    shutil.copy(good, raw_dir / "good.docx")
    shutil.copy(good, raw_dir / "same_again.docx")
    (raw_dir / "empty.pdf").write_bytes(b"")
    (raw_dir / "truncated.pdf").write_bytes(pdf.read_bytes()[:2000])
    (raw_dir / "no_zip.docx").write_bytes(b"This was a Word file once. " * 100)
    (raw_dir / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    locked = Canvas(str(raw_dir / "locked.pdf"), encrypt="secret")
    locked.drawString(100, 100, "not for everybody")
    locked.save()
    scan = Canvas(str(raw_dir / "scan.pdf"))
    scan.rect(100, 100, 200, 200)
    scan.save()
    with zipfile.ZipFile(raw_dir / "other.docx", "w") as archive:
        archive.writestr("a.txt", "an archive, but no document")
    return raw_dir, raw_dir.parent / "w.duckdb"


def test_bad_files_cost_no_other_and_each_has_a_line_with_the_reason(
    bad_input: tuple[Path, Path],
):
    raw_dir, warehouse = bad_input
    answer = juesuan("run", "--raw", raw_dir, "--warehouse", warehouse)
    assert answer.exit_code == 1, answer.complaints
    assert "Traceback" not in answer.complaints + answer.output
    status = juesuan("status", "--warehouse", warehouse)
    assert status.exit_code == 0
    for name, reason in {
        "empty.pdf": "empty_file",
        "truncated.pdf": "damaged",
        "no_zip.docx": "not_a_document",
        "other.docx!/a.txt": "not_a_document",
        "locked.pdf": "encrypted",
        "same_again.docx": "duplicate",
        # With what reads them, these would be pictures in which nothing can be read.
        **({} if can_read_pictures() else {"picture.pdf": "no_ocr", "scan.pdf": "no_ocr"}),
    }.items():
        for text in (answer.output, status.output):
            (line,) = [line for line in text.splitlines() if f" {name}: " in line]
            assert line.endswith(f"[{reason}]")
    assert rows(warehouse, "select file_name from marts.dim_documents") == [("good.docx",)]


def test_a_run_reads_nothing_that_earlier_ones_wrote_into_its_folder(tmp_path):
    good = next(path for path in sample_files() if path.suffix == ".docx")
    shutil.copy(good, tmp_path)
    warehouse = tmp_path / "x.duckdb"

    def read_files() -> list[tuple]:
        answer = juesuan("run", "--raw", tmp_path, "--warehouse", warehouse)
        assert answer.exit_code == 0, answer.complaints
        return rows(warehouse, "select file_path, status from staging.files")

    assert read_files() == [(good.name, "read")]
    for layout in ("parquet", "csv", "xlsx", "datapackage"):
        folder = tmp_path / "out" if layout == "csv" else tmp_path
        answer = juesuan("export", folder, "--format", layout, "--warehouse", warehouse)
        assert answer.exit_code == 0
    assert juesuan("release", tmp_path, "--warehouse", warehouse).exit_code == 0
    report = juesuan(
        "discrepancies", "--format", "html", "--raw", tmp_path, "--warehouse", warehouse
    )
    (tmp_path / "report.html").write_text(report.output, encoding="utf-8")
    assert len(list(tmp_path.rglob("*"))) > 100
    assert read_files() == [(good.name, "read")]
    second = next(path for path in sample_files() if path.suffix == ".docx" and path != good)
    shutil.copy(second, tmp_path / "out")
    assert sorted(read_files()) == sorted([(good.name, "read"), (f"out/{second.name}", "read")])


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["run", "--raw", "no/such/folder"], "no raw directory at no/such/folder"),
        (["run", "--jobs", "0"], "--jobs"),
        (["status", "--warehouse", "no/such/file.duckdb"], "build it with 'juesuan run'"),
        (["status", "--warehouse", "pyproject.toml"], "is not a warehouse"),
        (["explain"], "Missing argument"),
        (["discrepancies", "--format", "xml"], "xml"),
        (["wording"], "build it with 'juesuan run'"),
        (["wording", "--format", "json"], "json"),
        (["wording", "--prose", "--format", "yaml"], "take table or csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line_and_exits_with_2(words, complaint, tmp_path):
    answer = juesuan(*words, JUESUAN_WAREHOUSE=str(tmp_path / "w.duckdb"))
    assert answer.exit_code == 2
    assert complaint in answer.complaints
    assert "Traceback" not in answer.complaints


def test_a_warehouse_in_use_is_said_in_a_line(tmp_path):
    warehouse = tmp_path / "w.duckdb"
    with duckdb.connect(str(warehouse)):
        answer = juesuan("run", "--raw", SAMPLES_DIR, "--warehouse", warehouse)
    assert answer.exit_code == 2
    (line,) = [line for line in answer.complaints.splitlines() if line.startswith("Error")]
    assert "is in use by process" in line


def test_a_wrong_setting_is_said_by_its_name(tmp_path):
    answer = juesuan("run", "--raw", tmp_path, JUESUAN_JOBS="many")
    assert answer.exit_code == 2
    assert "JUESUAN_JOBS" in answer.complaints
