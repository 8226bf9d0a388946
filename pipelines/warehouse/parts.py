"""Cuts the files under a raw directory into parts that several loaders take at once.

Knows that a file in an archive belongs where the archive does. Does not know who loads.
"""

from dataclasses import dataclass
from zlib import crc32

from pipelines.acquiring.archives import INSIDE


@dataclass(frozen=True, slots=True)
class Part:
    """One of several parts of all files, each of about as many.

    Attributes:
        number: Which, from 1.
        count: Of how many.
    """

    number: int
    count: int

    def __str__(self) -> str:
        """As the command line has it."""
        return f"{self.number}/{self.count}"

    @property
    def is_whole(self) -> bool:
        """Whether it is all there is."""
        return self.count == 1

    def holds(self, file_path: str) -> bool:
        """Whether a file is of this part, on whichever machine it is asked.

        Args:
            file_path: Below the raw directory, of a file in an archive with what it lies in.
        """
        outermost = file_path.partition(INSIDE)[0]
        # Names of files of broken encodings hold half characters.
        digest = crc32(outermost.encode("utf-8", "surrogatepass"))
        return self.is_whole or digest % self.count == self.number - 1


WHOLE = Part(1, 1)
