"""The picture of a figure's page: the right page, the cell outlined, the print left alone."""

from pathlib import Path

import duckdb
import pypdfium2
import pytest
from PIL import Image, ImageChops

from tests.e2e.conftest import SampleWarehouse
from tests.e2e.sample_run import juesuan
from tests.paths import SAMPLES_DIR


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


def test_the_picture_shows_the_figures_page_with_one_box_drawn(
    samples: SampleWarehouse, tmp_path: Path
):
    figure_id, file_name, page = a_figure(samples.path, ".pdf")
    target = tmp_path / "figure.png"
    answer = juesuan(
        "explain", figure_id, "--warehouse", samples.path, "--raw", SAMPLES_DIR, "--png", target
    )
    assert answer.exit_code == 0, answer.complaints
    assert str(target) in answer.output
    plain = pypdfium2.PdfDocument(SAMPLES_DIR / file_name)[(page or 0) - 1].render(scale=2)
    with Image.open(target) as picture:
        difference = ImageChops.difference(picture, plain.to_pil().convert("RGB"))
        left, top, right, bottom = difference.getbbox() or (0, 0, 0, 0)
        assert picture.getpixel((left, top)) == (220, 30, 30)
    inside = difference.crop((left + 4, top + 4, right - 4, bottom - 4))
    assert inside.getbbox() is None


@pytest.mark.parametrize(
    ("suffix", "raw_dir", "reason"),
    [
        pytest.param(".docx", SAMPLES_DIR, "is no PDF", id="word has no pages"),
        pytest.param(".pdf", Path("tests"), "name its folder with --raw", id="file is elsewhere"),
    ],
)
def test_a_picture_that_cannot_be_drawn_is_explained(
    samples: SampleWarehouse, tmp_path: Path, suffix: str, raw_dir: Path, reason: str
):
    figure_id, _, _ = a_figure(samples.path, suffix)
    target = tmp_path / "figure.png"
    answer = juesuan(
        "explain", figure_id, "--warehouse", samples.path, "--raw", raw_dir, "--png", target
    )
    assert answer.exit_code == 2
    assert reason in answer.complaints
    assert "Traceback" not in answer.complaints
    assert not target.exists()
