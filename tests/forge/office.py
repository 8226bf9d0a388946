"""Files of older office programs, made by LibreOffice of the forge's Word files and workbooks.

Knows LibreOffice's command. The bytes are not the same every time: LibreOffice writes the hour.
"""

import os
import shutil
import subprocess
from pathlib import Path

COMMANDS = ("soffice", "libreoffice")
FILTERS = {"doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt", "xls": "xls:MS Excel 97"}
PATIENCE_SECONDS = 180


class NoOfficeError(RuntimeError):
    """LibreOffice is not installed."""


def office() -> str:
    """The command that starts LibreOffice.

    Raises:
        NoOfficeError: There is none.
    """
    found = next(filter(None, map(shutil.which, COMMANDS)), None)
    if found is None:
        raise NoOfficeError("LibreOffice is not installed")
    return found


def convert(source: Path, suffix: str, target: Path) -> None:
    """Have LibreOffice write a file in another format.

    Args:
        source: The file.
        suffix: Which format, a key of ``FILTERS``.
        target: Where the new file goes.

    Raises:
        NoOfficeError: LibreOffice is not installed.
        subprocess.SubprocessError: It failed, or took too long.
        FileNotFoundError: It said that all went well, and wrote nothing.
    """
    command = office()
    outdir = target.parent / f"office-{os.getpid()}"
    profile = outdir / "profile"
    try:
        subprocess.run(
            [
                *(command, "--headless", "--norestore", f"-env:UserInstallation=file://{profile}"),
                *("--convert-to", FILTERS[suffix], "--outdir", str(outdir), str(source)),
            ],
            check=True,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        )
        (outdir / f"{source.stem}.{suffix}").rename(target)
    finally:
        shutil.rmtree(outdir, ignore_errors=True)
