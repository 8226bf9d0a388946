"""Tries mutants in processes of their own, in the order in which they are asked for.

Knows no language. A module of its own, since a process that is begun afresh imports it by its name.
"""

import multiprocessing
import os
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, Self

from tests.mutating.mutants import Mutant, Outcome

Try = Callable[[Mutant], Outcome]
Begin = Callable[[int], Try]


class Processes:
    """Processes of their own in which mutants are tried, each with its own place to write."""

    def __init__(self, count: int, begin: Begin, log_dir: Path) -> None:
        """Begin nothing yet.

        Args:
            count: How many there are.
            begin: Makes, in such a process and told its number, what tries a mutant there.
            log_dir: Where what each of them prints goes.
        """
        context = multiprocessing.get_context("spawn")
        self._ahead = 2 * count
        self._log_dir = log_dir
        self._executor = ProcessPoolExecutor(
            count, context, _begin, (begin, context.Value("i", 0), sys.path, log_dir)
        )

    def __enter__(self) -> Self:
        """Nothing begins before something is asked."""
        return self

    def __exit__(self, *_: object) -> None:
        """End them."""
        self._executor.shutdown(cancel_futures=True)

    def outcomes(
        self,
        mutants: Iterable[Mutant],
        known: Callable[[Mutant], Outcome | None],
        keep: Callable[[Mutant, Outcome], None],
    ) -> Iterator[tuple[Mutant, Outcome]]:
        """Yield what becomes of mutants, one after another.

        Args:
            mutants: What is tried, in order.
            known: What became of a mutant before; where nothing did, it is tried.
            keep: Takes what became of one that was tried.
        """
        waiting: deque[tuple[Mutant, Outcome | Future[Outcome]]] = deque()

        def first() -> tuple[Mutant, Outcome]:
            mutant, outcome = waiting.popleft()
            if isinstance(outcome, Outcome):
                return mutant, outcome
            try:
                keep(mutant, outcome.result())
            except BrokenProcessPool as error:
                raise SystemExit(
                    f"mutate: a process ended by itself; {self._log_dir} has what it printed last"
                ) from error
            return mutant, outcome.result()

        for mutant in mutants:
            waiting.append((mutant, known(mutant) or self._executor.submit(_attempt, mutant)))
            if len(waiting) > self._ahead:
                yield first()
        while waiting:
            yield first()


_ATTEMPTS: list[Try] = []


def _begin(begin: Begin, begun_count: Any, path: list[str], log_dir: Path) -> None:  # noqa: ANN401
    """In a process of its own: make what tries mutants, and print to a file of its own."""
    sys.path[:] = path
    warnings.simplefilter("ignore")
    with begun_count.get_lock():
        begun_count.value += 1
        number = begun_count.value
    log = os.open(log_dir / f"process-{number}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for each in (1, 2):
        os.dup2(log, each)
    _ATTEMPTS.append(begin(number))


def _attempt(mutant: Mutant) -> Outcome:
    return _ATTEMPTS[0](mutant)
