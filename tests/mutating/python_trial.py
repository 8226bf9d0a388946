"""Tries mutants of Python against the tests that execute the changed line, cheapest first.

Which tests execute which lines is measured once, with coverage. Each mutant is tried in a process
of its own: where a function alone is changed, in a fork of one that has collected all tests; where
what runs on import is, in a fork of one that has imported what tests need of others, and nothing of
ours. Nothing on disk is changed.
"""

import ast
import importlib
import importlib.machinery
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import CodeType

import pytest
from coverage import CoverageData

from tests.mutating.collected_tests import CollectedTests, FirstFailure, Request
from tests.mutating.forks import BROKEN, FAILED, INVALID, PASSED, answer_of_fork
from tests.mutating.mutants import Mutant, Outcome, Verdict
from tests.mutating.python_mutants import python_mutants
from tests.paths import PROJECT_DIR

COVERAGE, DURATIONS = "coverage", "durations.json"
ROOMS = ("reading", "recognising", "normalising", "auditing")
# Pictures of pages are read where a model is installed only.
LEFT_OUT = ("scans",)
TESTS = (
    *(f"tests/unit/{room}" for room in ROOMS),
    *(f"pipelines/{room}" for room in ROOMS),
    "tests/integration/auditing/test_rereading.py",
    "tests/regressions",
    "tests/integration/reading",
    "tests/golden/test_readings.py",
    "tests/golden/test_strangers.py",
    "tests/golden/test_wordings.py",
)
# Tests of a mutant take no more than this in all, the cheapest first, and a mutant no more than
# this many times as long.
SECONDS = 45.0
PATIENCE = 4
# So many of the cheapest come first where a module has no tests of its own.
FEW = 10
# A process can end by itself before it has answered, as one that was forked beside threads may.
ATTEMPTS = 3
# Its tests are tried once without any change.
UNCHANGED = "pipelines/normalising/amounts.py"
IMPORTED_BEFORE = (
    *("duckdb", "hypothesis", "lxml.html", "openpyxl", "pdfplumber", "PIL.Image", "pikepdf"),
    *("pypdfium2", "reportlab.pdfgen.canvas", "docx", "yaml", "lark", "highspy", "xlsxwriter"),
    *("numpy", "xlrd", "xlwt", "olefile", "fontTools.ttLib"),
)
VERDICTS = {FAILED: Verdict.NOTICED, PASSED: Verdict.SURVIVED, INVALID: Verdict.INVALID}


def python_files_mutants() -> list[Mutant]:
    """Every mutant of what reads, recognises, normalises and audits."""
    files = [path for room in ROOMS for path in (PROJECT_DIR / "pipelines" / room).rglob("*.py")]
    return [
        mutant
        for path in sorted(files)
        if not set(LEFT_OUT) & set(path.parts)
        for mutant in python_mutants(
            path.relative_to(PROJECT_DIR).as_posix(), path.read_text(encoding="utf-8")
        )
    ]


def measure(work_dir: Path, state: str) -> None:
    """Measure which test executes which line and how long it takes, unless that was done before.

    Args:
        work_dir: Where measurements are kept.
        state: A digest of the project: of another, lines and tests are others too.
    """
    work_dir.mkdir(parents=True, exist_ok=True)
    measured = work_dir / "measured.txt"
    if measured.is_file() and measured.read_text(encoding="utf-8") == state:
        return
    measured.unlink(missing_ok=True)
    rooms = [f"--cov=pipelines.{room}" for room in ROOMS]
    answer = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-p", "tests.mutating.durations", "--hypothesis-seed=0"),
            *(*rooms, "--cov-context=test", "--cov-report="),
            *TESTS,
        ],
        cwd=PROJECT_DIR,
        env={
            **os.environ,
            "COVERAGE_FILE": str(work_dir / COVERAGE),
            "MUTATING_DURATIONS": str(work_dir / DURATIONS),
        },
        check=False,
    )
    if answer.returncode:
        raise SystemExit("mutate: tests fail without any change")
    measured.write_text(state, encoding="utf-8")


def begin(work_dir: Path, number: int) -> Callable[[Mutant], Outcome]:
    """Make what tries mutants in a process, which has a number."""
    return PythonTrial(work_dir, work_dir / f"noticed_by-{number}").try_mutant


class PythonTrial:
    """Which test executes which line and how long it takes, and a way to try changes."""

    def __init__(self, work_dir: Path, note: Path) -> None:
        """Take up what was measured.

        Args:
            work_dir: Where measurements are kept.
            note: Where this process alone writes which test fails.
        """
        self._note = note
        # Forked before anything of others is imported here: what pytest imports it watches.
        self._collected = CollectedTests(["-W", "ignore", *TESTS])
        self._data = CoverageData(str(work_dir / COVERAGE))
        self._data.read()
        self._durations: dict[str, float] = json.loads((work_dir / DURATIONS).read_text())
        for name in IMPORTED_BEFORE:
            importlib.import_module(name)
        self._try_without_change()

    def _try_without_change(self) -> None:
        """Make sure that tests pass where nothing is changed: else all would seem noticed."""
        path = PROJECT_DIR / UNCHANGED
        code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
        contexts = self._data.contexts_by_lineno(str(path))
        tests = sorted(_tests_in(contexts, set(contexts)), key=lambda test: self._durations[test])
        if answer_of_fork(lambda: _try(path, code, tests[:20], self._note), 60) != PASSED:
            raise SystemExit("mutate: tests fail here without any change")

    def try_mutant(self, mutant: Mutant) -> Outcome:
        """Put a mutant to the tests that execute it."""
        path = PROJECT_DIR / mutant.path
        text = path.read_text(encoding="utf-8")
        try:
            code = compile(mutant.applied_to(text), str(path), "exec")
        except SyntaxError:
            return Outcome(Verdict.INVALID)
        tests, seconds = self._tests_of(mutant, text)
        if not tests:
            return Outcome(Verdict.SURVIVED, "no test executes it")
        self._note.unlink(missing_ok=True)
        answer = self._answer(mutant, text, code, tests, 20 + PATIENCE * seconds)
        if answer is None:
            return Outcome(Verdict.NOTICED, "does not end")
        if answer not in VERDICTS:
            raise SystemExit(f"mutate: cannot run the tests of {mutant.path}:{mutant.line}")
        noticed_by = self._note.read_text() if self._note.is_file() else f"{len(tests)} tests"
        return Outcome(VERDICTS[answer], noticed_by)

    def _answer(
        self, mutant: Mutant, text: str, code: CodeType, tests: list[str], seconds: float
    ) -> int | None:
        """What tests answer: those that are collected, where they can be put to the change."""
        path = PROJECT_DIR / mutant.path
        if not _runs_on_import(self._data.contexts_by_lineno(str(path)), _lines_of(mutant, text)):
            changed = mutant.applied_to(text)
            asked = Request(path, text, changed, tests, seconds, self._note)
            answer = self._collected.answer(asked)
            if answer is None or answer in VERDICTS:
                return answer
        return _first_answer(path, code, tests, self._note, seconds)

    def _tests_of(self, mutant: Mutant, text: str) -> tuple[list[str], float]:
        """The tests that execute a mutant, cheapest first, and how long they take."""
        contexts = self._data.contexts_by_lineno(str(PROJECT_DIR / mutant.path))
        lines = _lines_of(mutant, text) | set(_users_of_constant(text, mutant.line))
        found = _tests_in(contexts, lines) or _tests_in(contexts, set(contexts))
        chosen: list[str] = []
        seconds = 0.0
        for test in sorted(found, key=lambda name: (self._durations.get(name, 1.0), name)):
            seconds += self._durations.get(test, 1.0)
            if seconds > SECONDS and chosen:
                break
            chosen.append(test)
        return chosen, seconds


def _tests_in(contexts: dict[int, list[str]], lines: set[int]) -> set[str]:
    return {
        context.rsplit("|", 1)[0] for line in lines for context in contexts.get(line, ()) if context
    }


def _lines_of(mutant: Mutant, text: str) -> set[int]:
    last = mutant.line + text.count("\n", mutant.begin, mutant.end)
    return set(range(mutant.line, last + 1))


def _runs_on_import(contexts: dict[int, list[str]], lines: set[int]) -> bool:
    """Whether lines are executed outside all tests: by then it is too late for a change."""
    return any("" in contexts.get(line, ()) for line in lines)


def _first_answer(
    path: Path, code: CodeType, tests: list[str], note: Path, seconds: float
) -> int | None:
    """What tests answer, the nearest first and the others only where these notice nothing."""
    answer: int | None = PASSED
    for some in _nearest_first(path, tests):
        for _ in range(ATTEMPTS):
            answer = answer_of_fork(partial(_try, path, code, some, note), seconds)
            if answer is None or answer in VERDICTS:
                break
        if answer != PASSED:
            break
    return answer


def _nearest_first(path: Path, tests: list[str]) -> Iterator[list[str]]:
    """Yield the tests of a module itself, or else the cheapest, before the others.

    Most mutants are noticed by these, and nothing else has to be collected for them.
    """
    own = {f"test_{path.stem}", path.stem}
    near = [test for test in tests if Path(test.split("::")[0]).stem in own] or tests[:FEW]
    yield near
    if others := [test for test in tests if test not in set(near)]:
        yield others


def _users_of_constant(text: str, line: int) -> Iterator[int]:
    """The lines that use what a line outside all functions gives a name."""
    tree = ast.parse(text)
    for statement in tree.body:
        if not statement.lineno <= line <= (statement.end_lineno or 0):
            continue
        if not isinstance(statement, ast.Assign | ast.AnnAssign):
            return
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        names = {target.id for target in targets if isinstance(target, ast.Name)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in names:
                yield node.lineno


def _try(path: Path, code: CodeType, tests: list[str], note: Path) -> int:
    """Import one module changed, and run tests."""
    get_code = importlib.machinery.SourceFileLoader.get_code

    def changed(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
        return code if loader.path == str(path) else get_code(loader, name)

    importlib.machinery.SourceFileLoader.get_code = changed  # type: ignore[method-assign, assignment]
    try:
        importlib.import_module(
            path.relative_to(PROJECT_DIR).with_suffix("").as_posix().replace("/", ".")
        )
    except Exception:  # noqa: BLE001 - whatever a mutant does when it is imported
        return INVALID
    first = FirstFailure(note)
    answer = pytest.main(
        [
            *("-q", "-x", "-p", "no:cacheprovider", "--tb=no", "--hypothesis-seed=0"),
            # What was imported before the fork cannot be rewritten any more, and need not be.
            *("-W", "ignore::pytest.PytestAssertRewriteWarning", *tests),
        ],
        plugins=[first],
    )
    if answer in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return PASSED
    return FAILED if first.has_failed else BROKEN
