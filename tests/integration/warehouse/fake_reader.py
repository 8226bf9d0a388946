"""A reader whose behaviour is written in the file it reads, importable by worker processes."""

import ctypes
import os
import signal
import sys
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import sleep

from pipelines.domain.disclosure import Disclosure
from pipelines.reading.allowance import ask_for
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from tests.made_disclosures import made_disclosure, made_figure


def read_fake(path: Path) -> Disclosure:
    """Do what the first word of the file says; anything else is a document with three figures."""
    text = path.read_text(encoding="utf-8")
    match text.partition(" ")[0]:
        case "spin":
            for _ in count():
                pass
        case "hoard":
            hoard = [bytearray(16 * 2**20) for _ in count()]
            return hoard[0]
        case "die":
            ctypes.string_at(0)
        case "bug":
            raise LookupError("no such column\nsecond line")
        case "refuse":
            raise UnreadableFileError(UnreadableReason.ENCRYPTED, "it wants a password")
        case "huge":
            return _document(path, text, Decimal("1E+20"))
    return _document(path, text, Decimal("12.30"))


def read_patiently(path: Path) -> Disclosure:
    """Read like the other, but ask for as many seconds as the file says, and take half of them."""
    seconds = float(path.read_text(encoding="utf-8"))
    ask_for(seconds)
    sleep(seconds / 2)
    return read_fake(path)


def refuse_everything(path: Path) -> Disclosure:
    """Be a later version of the reader, one that refuses what the earlier one read."""
    raise UnreadableFileError(UnreadableReason.NO_FORMS, f"{path.suffix} files are refused now")


def _document(path: Path, text: str, value: Decimal) -> Disclosure:
    figures = tuple(made_figure(row_index=index, row_code=f"20103{index:02}") for index in range(3))
    return replace(
        made_disclosure(figures=(replace(figures[0], value=value), *figures[1:])),
        sha256=sha256(text.encode()).hexdigest(),
        file_name=path.name,
    )


def lines_of(path: Path) -> list[str]:
    """Read what is in a file, whatever it is."""
    return path.read_text(encoding="utf-8").splitlines()


def wait_for(path: Path) -> str:
    """Take a few seconds."""
    sleep(4)
    return f"waited{path.read_text(encoding='utf-8')[:0]}"


def modules_of(path: Path) -> list[str]:
    """Tell what has been imported where a file is read."""
    assert path.exists()
    return list(sys.modules)


def take_down(path: Path) -> Disclosure:
    """Read like the first, but end or, once, freeze whoever runs this process where it says so."""
    text = path.read_text(encoding="utf-8")
    if text.startswith("take down"):
        os.kill(os.getppid(), signal.SIGKILL)
        sleep(100)
    frozen = path.with_suffix(".frozen")
    if text.startswith("freeze") and not frozen.exists():
        frozen.touch()
        os.kill(os.getppid(), signal.SIGSTOP)
        sleep(100)
    sleep(0.2)
    return read_fake(path)
