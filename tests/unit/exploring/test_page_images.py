"""Pictures of pages: of an OFD, which has to be drawn with somebody else's font."""

import hashlib
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from pipelines.exploring import page_images
from pipelines.exploring.drawings import find_font
from pipelines.exploring.page_images import PageImages
from pipelines.exploring.source_files import NoPictureError
from tests.unit.acquiring.packed import zip_of
from tests.unit.reading.ofd_xml import ofd_file, ruled, text

STAGED = """
    create schema staging;
    create table staging.files as select 'a.zip!/决算.ofd' as file_path, '{digest}' as sha256;
    create table staging.documents as
    select 'one' as document_id, '决算.ofd' as file_name, sha256 from staging.files;
    create table staging.pictured_pages (document_id varchar, page integer, turn integer);
"""
POINTS_A_MILLIMETRE = 72 / 25.4


@pytest.fixture
def images(tmp_path: Path):
    """The pages of an OFD in an archive: a ruled cell at the top, a word in the middle."""
    content = ofd_file(ruled([20, 60], [20, 30]) + text(20, 150, "决算决算"))
    (tmp_path / "a.zip").write_bytes(zip_of({"决算.ofd": content}))
    connection = duckdb.connect()
    connection.execute(STAGED.format(digest=hashlib.sha256(content).hexdigest()))
    with closing(PageImages(connection, "one", tmp_path)) as made:
        yield made


def has_font() -> bool:
    try:
        return bool(find_font())
    except NoPictureError:
        return False


@pytest.mark.skipif(not has_font(), reason="no font with Chinese characters is installed")
def test_an_ofd_is_drawn_with_rulings_and_words_where_they_stand(images: PageImages):
    def is_blank(left: float, top: float, right: float, bottom: float) -> bool:
        """Whether nothing is printed in a box in millimetres."""
        scale = 2 * POINTS_A_MILLIMETRE
        box = tuple(round(edge * scale) for edge in (left, top, right, bottom))
        return picture.crop(box).convert("L").getextrema()[0] > 200

    picture = images.page(1)
    assert not is_blank(15, 19, 65, 31)
    assert is_blank(22, 22, 58, 28)
    assert not is_blank(20, 150, 36, 154)
    assert is_blank(20, 160, 100, 250)


def test_without_a_font_there_is_no_picture_of_an_ofd(images: PageImages, monkeypatch):
    def refuse() -> None:
        raise NoPictureError("no font")

    monkeypatch.setattr(page_images, "find_font", refuse)
    with pytest.raises(NoPictureError, match="no font"):
        images.page(1)
