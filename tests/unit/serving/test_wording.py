"""The texts of the pages: each in both languages, nothing left over."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from pipelines.domain.languages import Language
from pipelines.exploring.catalogues import catalogue_file
from tests.paths import PROJECT_DIR

SERVING = PROJECT_DIR / "pipelines" / "serving"
SOURCES = sorted(path for path in SERVING.rglob("*") if path.suffix in {".j2", ".py"})


def said_in(source: Path) -> set[str]:
    """Every text that a template or a module shows; of plurals the singular."""
    is_template = source.suffix == ".j2"
    found = extract(
        "jinja2.ext.babel_extract" if is_template else "python",
        BytesIO(source.read_bytes()),
        keywords={"_": None, "ngettext": (1, 2)} if is_template else {"say": None},
    )
    return {texts if isinstance(texts, str) else texts[0] for _, texts, *_ in found}


@pytest.fixture(scope="module")
def written():
    with catalogue_file("explorer", Language.ZH).open("rb") as file:
        return read_po(file, locale="zh")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_every_text_has_its_chinese(source, written):
    assert {text for text in said_in(source) if not _is_translated(text, written)} == set()


def _is_translated(text, written) -> bool:
    message = written.get(text)
    return message is not None and bool(message.string)


def test_no_chinese_text_is_left_over(written):
    said = set().union(*(said_in(source) for source in SOURCES))
    ids = {each.id if isinstance(each.id, str) else each.id[0] for each in written if each.id}
    assert ids - said == set()


def test_placeholders_are_the_same_in_both(written):
    wrong = [each.id for each in written if each.id and list(each.check())]
    assert wrong == []
