"""The picture of where something is printed: the right place outlined, the print left alone."""

from pathlib import Path

import duckdb
import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import Answer, juesuan
from tests.paths import SAMPLES_DIR

RED = (220, 30, 30)


def a_figure(warehouse: Path, suffix: str) -> tuple[str, str, int | None]:
    """Any figure of a file of the given kind: its id, its file's name and its page."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            "select figure_id, file_name, page from marts.fct_disclosed_figures "
            "where ends_with(file_name, ?) and measure = 'total' order by all limit 1",
            [suffix],
        ).fetchone()
    assert found is not None
    return found


def a_claim(warehouse: Path, suffix: str) -> tuple[str, str]:
    """Any statement of a file of the given kind: its id and its sentence."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            "select claim_id, sentence from marts.fct_narrative_claims "
            "where ends_with(file_name, ?) and kind = 'amount' order by all limit 1",
            [suffix],
        ).fetchone()
    assert found is not None
    return found


def explain(
    samples: SampleWarehouse, key: str, *options: object, raw: Path = SAMPLES_DIR
) -> Answer:
    return juesuan("explain", key, "--warehouse", samples.path, "--raw", raw, *options)


def test_the_picture_shows_the_figures_page_with_one_box_drawn(
    samples: SampleWarehouse, tmp_path: Path
):
    figure_id, file_name, page = a_figure(samples.path, ".pdf")
    target = tmp_path / "figure.png"
    answer = explain(samples, figure_id, "--png", target)
    assert answer.exit_code == 0, answer.complaints
    assert str(target) in answer.output
    plain = pypdfium2.PdfDocument(SAMPLES_DIR / file_name)[(page or 0) - 1].render(scale=2)
    with Image.open(target) as picture:
        difference = ImageChops.difference(picture, plain.to_pil().convert("RGB"))
        left, top, right, bottom = difference.getbbox() or (0, 0, 0, 0)
        assert picture.getpixel((left, top)) == RED
    inside = difference.crop((left + 4, top + 4, right - 4, bottom - 4))
    assert inside.getbbox() is None


@pytest.mark.parametrize("suffix", [".docx", ".html"])
def test_a_figure_of_a_file_without_pages_is_shown_in_its_table(
    samples: SampleWarehouse, tmp_path: Path, suffix: str
):
    figure_id, _, _ = a_figure(samples.path, suffix)
    target = tmp_path / "figure.webp"
    answer = explain(samples, figure_id, "--png", target)
    assert answer.exit_code == 0, answer.complaints
    printed = answer.output.split("printed     ")[1].split()[0]
    assert f"【{printed}】" in answer.output
    with Image.open(target) as picture:
        assert picture.format == "WEBP"


@pytest.mark.parametrize("suffix", [".docx", ".html", ".pdf"])
def test_a_statement_is_shown_in_its_paragraph(
    samples: SampleWarehouse, tmp_path: Path, suffix: str
):
    claim_id, sentence = a_claim(samples.path, suffix)
    target = tmp_path / "claim.jpg"
    answer = explain(samples, claim_id, "--png", target)
    assert answer.exit_code == 0, answer.complaints
    shown = "".join(answer.output.split()).replace("【", "").replace("】", "")
    assert shown.count("".join(sentence.split())) >= 2, "once by itself, once in its paragraph"
    with Image.open(target) as picture:
        assert picture.format == "JPEG"


def test_a_picture_is_saved_as_its_name_says_or_not_at_all(
    samples: SampleWarehouse, tmp_path: Path
):
    figure_id, _, _ = a_figure(samples.path, ".pdf")
    target = tmp_path / "figure.bmp"
    answer = explain(samples, figure_id, "--png", target)
    assert answer.exit_code == 2
    assert ".png, .jpg, .jpeg, .webp" in answer.complaints
    assert not target.exists()


def test_what_is_printed_in_no_one_place_has_no_picture(samples: SampleWarehouse, tmp_path: Path):
    target = tmp_path / "identity.png"
    answer = explain(samples, "tpe_total_actual", "--png", target)
    assert answer.exit_code == 2
    assert "needs a figure or a statement" in answer.complaints
    assert not target.exists()


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_picture_of_a_file_that_is_elsewhere_is_explained(
    samples: SampleWarehouse, tmp_path: Path, suffix: str
):
    figure_id, file_name, _ = a_figure(samples.path, suffix)
    target = tmp_path / "figure.png"
    answer = explain(samples, figure_id, "--png", target, raw=tmp_path)
    assert answer.exit_code == 2
    assert f"{file_name} is not under {tmp_path} any more" in answer.complaints
    assert "name its folder with --raw" in answer.complaints
    assert "Traceback" not in answer.complaints
    assert not target.exists()


def test_a_figure_whose_file_is_another_by_now_is_explained_without_its_table(
    samples: SampleWarehouse, tmp_path: Path
):
    figure_id, file_name, _ = a_figure(samples.path, ".docx")
    (tmp_path / file_name).write_bytes(b"another file")
    answer = explain(samples, figure_id, raw=tmp_path)
    assert answer.exit_code == 0
    assert "is another file than the one that was read" in answer.output
    assert "【" not in answer.output
