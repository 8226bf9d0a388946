"""The texts of the pages: each template in both languages, nothing left over."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from pipelines.serving.wording import CATALOGUES

SERVING = Path(__file__).parents[3] / "pipelines" / "serving"


def said_in(template: Path) -> set[str]:
    found = extract("jinja2.ext.babel_extract", BytesIO(template.read_bytes()))
    return {
        text for _, texts, *_ in found for text in ([texts] if isinstance(texts, str) else texts)
    }


@pytest.fixture(scope="module")
def written():
    with (CATALOGUES / "zh" / "LC_MESSAGES" / "explorer.po").open("rb") as file:
        return read_po(file, locale="zh")


@pytest.mark.parametrize("template", sorted(SERVING.rglob("*.j2")), ids=lambda path: path.name)
def test_every_text_of_a_template_has_its_chinese(template, written):
    said = said_in(template)
    assert {text for text in said if not (written.get(text) and written.get(text).string)} == set()


def test_no_chinese_text_is_left_over(written):
    said = set().union(*(said_in(template) for template in SERVING.rglob("*.j2")))
    assert {message.id for message in written if message.id} - said == set()


def test_placeholders_are_the_same_in_both(written):
    assert [
        message.id
        for message in written
        if message.id and message.python_format and list(message.check())
    ] == []
