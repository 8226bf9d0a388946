"""Tries mutants of Python against the tests that execute the changed line, cheapest first.

Which tests execute which lines is measured once, with coverage. Each mutant is tried in a process
of its own, forked from one that has imported what the tests need of others, and nothing of ours.
Nothing on disk is changed: the import of one module is.
"""

import ast
import importlib
import importlib.machinery
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import CodeType

import pytest
from coverage import CoverageData

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
# What waits for something has so many times as long by the clock.
BUSY = 10
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
# The last of these is no answer: the tests themselves could not be run.
FAILED, PASSED, INVALID, BROKEN = 1, 0, 3, 4
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
        if _in_a_process(lambda: _try(path, code, tests[:20], self._note), 60) != PASSED:
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
        answer = _first_answer(path, code, tests, self._note, 20 + PATIENCE * seconds)
        if answer is None:
            return Outcome(Verdict.NOTICED, "does not end")
        if answer not in VERDICTS:
            raise SystemExit(f"mutate: cannot run the tests of {mutant.path}:{mutant.line}")
        noticed_by = self._note.read_text() if self._note.is_file() else f"{len(tests)} tests"
        return Outcome(VERDICTS[answer], noticed_by)

    def _tests_of(self, mutant: Mutant, text: str) -> tuple[list[str], float]:
        """The tests that execute a mutant, cheapest first, and how long they take."""
        contexts = self._data.contexts_by_lineno(str(PROJECT_DIR / mutant.path))
        last = mutant.line + text.count("\n", mutant.begin, mutant.end)
        lines = set(range(mutant.line, last + 1)) | set(_users_of_constant(text, mutant.line))
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


def _first_answer(
    path: Path, code: CodeType, tests: list[str], note: Path, seconds: float
) -> int | None:
    """What tests answer, the nearest first and the others only where these notice nothing."""
    answer: int | None = PASSED
    for some in _nearest_first(path, tests):
        for _ in range(ATTEMPTS):
            answer = _in_a_process(partial(_try, path, code, some, note), seconds)
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


def _in_a_process(act: Callable[[], int], seconds: float) -> int | None:
    """What an act ends with in a process of its own; None where it does not end in time.

    It is the processor's time that counts: on a busy machine everything takes long.
    """
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (round(seconds), round(seconds) + 1))
        code = BROKEN
        try:
            code = act()
        finally:
            os._exit(code)
    ends = time.monotonic() + BUSY * seconds
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            answer = os.waitstatus_to_exitcode(status)
            return None if answer in (-signal.SIGXCPU, -signal.SIGKILL) else answer
        time.sleep(0.05)
    # Its own group: what the tests started ends with it.
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


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
    first = _FirstFailure(note)
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
    return FAILED if note.exists() else BROKEN


class _FirstFailure:
    """Notes which test failed, or which module of tests cannot be imported any more."""

    def __init__(self, note: Path) -> None:
        self._note = note

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note_failed(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note_failed(report)

    def _note_failed(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed and not self._note.exists():
            self._note.write_text(report.nodeid)
