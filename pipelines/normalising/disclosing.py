"""The one way from a file to a ``Disclosure``: read, recognise, normalise."""

from pathlib import Path

from pipelines.domain.disclosure import Disclosure

# Part of every staged row's key: a changed version makes the next run read every file again.
READER_VERSION = "1"


def read_disclosure(path: Path) -> Disclosure:
    """Read one published file into everything it discloses.

    Args:
        path: A PDF or Word file; its kind is told by its content.

    Raises:
        UnreadableFileError: The file cannot become a document; the reason says why.
    """
    raise NotImplementedError
