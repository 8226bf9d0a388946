"""Which functions a change of a module's text changes, and that tests answer to them in a fork."""

import sys
from pathlib import Path

import pytest

from tests.mutating.collected_tests import CollectedTests, Request, changed_functions
from tests.mutating.forks import BROKEN, FAILED, PASSED

MODULE = """\
from functools import cache

LEAST = 1


def is_enough(count, least=2):
    return any(each >= least for each in [count])


@cache
def doubled(count):
    return count * 2


class Sum:
    most = 3

    def is_least(self, count):
        def within(count):
            return count < self.most

        return within(count)


FOUR = doubled(LEAST + 1)
"""
TESTS = """\
import {module}


def test_enough():
    assert {module}.is_enough(2)


def test_doubled():
    assert {module}.doubled(3) == 6


def test_least():
    assert {module}.Sum().is_least(1)
"""


@pytest.mark.parametrize(
    ("was", "becomes", "functions"),
    [
        ("each >= least", "each > least", ["is_enough"]),
        ("count * 2", "count / 2", ["doubled"]),
        ("count < self.most", "count <= self.most", ["Sum.is_least"]),
        ("return within", "return not within", ["Sum.is_least"]),
        # What runs when the module is imported is no function's.
        ("least=2", "least=3", []),
        ("LEAST = 1", "LEAST = 2", []),
        ("most = 3", "most = 4", []),
        ("LEAST + 1", "LEAST - 1", []),
        ("def doubled", "def tripled", []),
    ],
)
def test_what_a_change_of_the_text_changes(was: str, becomes: str, functions: list[str]) -> None:
    changes = changed_functions(Path("m.py"), MODULE, MODULE.replace(was, becomes, 1))

    assert [change.becomes.co_qualname for change in changes] == functions


def test_collected_tests_answer_to_one_change_after_another(tmp_path: Path) -> None:
    name = f"mutated_{tmp_path.name.replace('-', '_')}"
    module, tests, note = (tmp_path / each for each in (f"{name}.py", "test_it.py", "note"))
    module.write_text(MODULE, encoding="utf-8")
    tests.write_text(TESTS.format(module=name), encoding="utf-8")
    sys.path.insert(0, str(tmp_path))
    collected = CollectedTests([str(tests), "--rootdir", str(tmp_path), "-c", "/dev/null"])
    sys.path.remove(str(tmp_path))

    def answer(was: str, becomes: str, *asked: str, seconds: float = 20.0) -> int | None:
        changed = MODULE.replace(was, becomes, 1)
        ids = [f"test_it.py::{each}" for each in asked]
        return collected.answer(Request(module, MODULE, changed, ids, seconds, note))

    assert answer("each >= least", "each > least", "test_enough") == FAILED
    assert note.read_text(encoding="utf-8") == "test_it.py::test_enough"
    # A fork leaves nothing of its change behind.
    assert answer("count * 2", "count / 2", "test_enough", "test_least") == PASSED
    # What was worked out before is worked out again.
    assert answer("count * 2", "count + 2", "test_doubled") == FAILED
    assert answer("count < self.most", "count > self.most", "test_enough", "test_least") == FAILED
    assert answer("most = 3", "most = 0", "test_least") == BROKEN
    assert answer("count * 2", "count + 2", "test_unknown") == BROKEN
    assert answer("count * 2", "sum(iter(int, 1))", "test_doubled", seconds=1.0) is None
