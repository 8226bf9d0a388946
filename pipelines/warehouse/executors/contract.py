"""What whoever reads many files promises, wherever he has them read.

Knows the promise, the limits of one document and what is said instead of a result. Does not know
any process or machine.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

Task = TypeVar("Task", bound=Hashable)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one document may take.

    Attributes:
        seconds: Wall time for one document; one that has many pictures to read asks for more.
        memory_bytes: Memory of the process that reads it.
    """

    seconds: int
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read.

    Attributes:
        reason: The reason code to record.
        explanation: One line without the file's name: what is wrong and what to do next.
    """

    reason: str
    explanation: str


class Executor(Protocol):
    """Reads many files so that no file can cost another one anything.

    One that crashes, hangs or takes more than its limits costs itself. What is lost together with
    it, through no fault of its own, is read again.
    """

    def read(
        self, tasks: Iterable[Task], reader: Callable[[Task], Result]
    ) -> Iterator[tuple[Task, Result | Failure]]:
        """Yield each task once, with what its reader returns or the failure instead.

        They come as they finish. Only a few are under way at any time, whatever their number.

        Args:
            tasks: What to read, a file each, no two alike.
            reader: What reads one; it must be importable by name in another process.

        Raises:
            OSError: A disk is full, which is no file's fault.
        """
        ...
