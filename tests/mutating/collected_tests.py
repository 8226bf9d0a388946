"""Tests that are collected once, and run for each mutant in a fork where one function is changed.

Collecting takes far longer than most tests. A process collects all, imports all of the project on
the way, and forks for each mutant; in the fork the code of the changed function is replaced, for
whoever has imported it. What runs when a module is imported cannot be changed so: a constant, a
default, what a test is made of when it is collected.
"""

import functools
import gc
import inspect
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeAlias

import pytest

from tests.mutating.forks import BROKEN, FAILED, PASSED, answer_of_fork

# Where a function stands: its file, its name with what it is within, its line.
Place: TypeAlias = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """The code of a function as it was and as it becomes."""

    was: CodeType
    becomes: CodeType


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of the process that has collected the tests.

    Attributes:
        path: The file that is changed.
        text: What is in it.
        changed: What is in it with the change.
        tests: The ids of the tests to run, in order.
        seconds: How long they may take by the processor's clock.
        note: Where the id of the first test that fails is written.
    """

    path: Path
    text: str
    changed: str
    tests: Sequence[str]
    seconds: float
    note: Path


class CollectedTests:
    """A process that has collected tests and runs some of them for one change after another."""

    def __init__(self, arguments: Sequence[str]) -> None:
        """Collect; the process ends when this one does.

        Args:
            arguments: What pytest is told besides what a run of its own needs.
        """
        self._requests, theirs = Pipe()
        if os.fork() == 0:
            try:
                # Held open here, too, it would never be seen to close.
                self._requests.close()
                _collect(theirs, arguments)
            finally:
                os._exit(0)
        theirs.close()

    def answer(self, request: Request) -> int | None:
        """What the tests answer to a change: passed, failed, broken, or None where they hang.

        Broken, too, where functions alone cannot be changed as asked, or a test is not known.
        """
        self._requests.send(request)
        answer: int | None = self._requests.recv()
        return answer


def _collect(requests: Connection, arguments: Sequence[str]) -> None:
    pytest.main(
        [*arguments, "-s", "-p", "no:terminal", "-p", "no:cacheprovider", "--hypothesis-seed=0"],
        plugins=[_Answering(requests)],
    )


class _Answering:
    """In place of running what was collected: answers requests, each in a fork."""

    def __init__(self, requests: Connection) -> None:
        self._requests = requests

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        functions = _functions_by_place()
        caches = _caches()
        # What is there already is not looked through again in each fork.
        gc.collect()
        gc.freeze()
        for request in self._asked():
            changes = changed_functions(request.path, request.text, request.changed)
            known = [items[test] for test in request.tests if test in items]
            found = [(change, functions.get(_place_of(change.was), ())) for change in changes]
            if not changes or len(known) < len(request.tests) or not all(of for _, of in found):
                self._requests.send(BROKEN)
                continue

            def act(
                items: Sequence[pytest.Item] = known,
                found: Sequence[tuple[Change, Sequence[FunctionType]]] = found,
                note: Path = request.note,
            ) -> int:
                return _run_changed(found, caches, items, note)

            self._requests.send(answer_of_fork(act, request.seconds))
        return True

    def _asked(self) -> Iterator[Request]:
        while True:
            try:
                yield self._requests.recv()
            except EOFError:
                return


def _run_changed(
    found: Sequence[tuple[Change, Sequence[FunctionType]]],
    caches: Iterable[Any],
    items: Sequence[pytest.Item],
    note: Path,
) -> int:
    for change, functions in found:
        for function in functions:
            if len(function.__code__.co_freevars) != len(change.becomes.co_freevars):
                return BROKEN
            function.__code__ = change.becomes
    for cache in caches:
        cache.cache_clear()
    failures = FirstFailure(note)
    items[0].config.pluginmanager.register(failures)
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if failures.has_failed:
            return FAILED
    return PASSED


class FirstFailure:
    """Notes which test failed, or which module of tests cannot be imported any more."""

    def __init__(self, note: Path) -> None:
        """Nothing has failed yet.

        Args:
            note: Where the id of the first that fails is written.
        """
        self.has_failed = False
        self._note = note

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look at a part of a test."""
        self._note_failed(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Look at a module of tests."""
        self._note_failed(report)

    def _note_failed(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed and not self.has_failed:
            self.has_failed = True
            self._note.write_text(report.nodeid, encoding="utf-8")


def changed_functions(path: Path, text: str, changed: str) -> Sequence[Change]:
    """The functions of a module that a change of its text changes.

    Args:
        path: The module's file.
        text: What is in it.
        changed: What is in it with the change.

    Returns:
        Functions outside all others, methods included; none where anything else is changed: what
        runs when the module is imported, or the list of functions itself.
    """
    was, becomes = (compile(each, str(path), "exec") for each in (text, changed))
    pairs = list(zip(_functions_in(was), _functions_in(becomes), strict=False))
    if [one.co_qualname for one, _ in pairs] != [other.co_qualname for _, other in pairs]:
        return ()
    return [Change(one, other) for one, other in pairs if _differ(one, other)]


def _functions_in(code: CodeType) -> Iterator[CodeType]:
    """The code of functions in a module or a class, and in its classes, in their order."""
    for constant in code.co_consts:
        if not isinstance(constant, CodeType):
            continue
        if not constant.co_flags & inspect.CO_OPTIMIZED:
            yield from _functions_in(constant)
        elif not constant.co_name.startswith("<"):
            yield constant


def _differ(one: CodeType, other: CodeType) -> bool:
    """Whether two functions do not do the same, wherever their lines are."""
    if len(one.co_consts) != len(other.co_consts):
        return True
    inner = zip(one.co_consts, other.co_consts, strict=True)
    return (
        one.co_code != other.co_code
        or one.co_names != other.co_names
        or one.co_varnames != other.co_varnames
        or any(
            _differ(a, b)
            if isinstance(a, CodeType) and isinstance(b, CodeType)
            else (type(a), a) != (type(b), b)
            for a, b in inner
        )
    )


def _place_of(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _functions_by_place() -> Mapping[Place, Sequence[FunctionType]]:
    found: dict[Place, list[FunctionType]] = defaultdict(list)
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            found[_place_of(each.__code__)].append(each)
    return found


def _caches() -> Sequence[Any]:
    """What keeps answers of functions, of the project's alone."""
    kind = type(functools.lru_cache(len))
    return [
        each
        for each in gc.get_objects()
        if isinstance(each, kind) and each.__module__.startswith(("pipelines", "tests"))
    ]
