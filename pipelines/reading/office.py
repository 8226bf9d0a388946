"""Formats that LibreOffice turns into .docx, where it is installed: .doc, .wps, .rtf and .odt.

Knows how LibreOffice is asked, and kept from doing anything else. Does not know what is in a file.
"""

import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from pipelines.acquiring.whole_files import sweep
from pipelines.domain.document import FileKind
from pipelines.reading.errors import UnreadableFileError, UnreadableReason

PROGRAMS = ("soffice", "libreoffice")
DESCRIBED = {
    FileKind.DOC: "an old Word or WPS file (.doc, .wps)",
    FileKind.RTF: "an RTF text (.rtf)",
    FileKind.ODT: "an OpenDocument text (.odt)",
}
# A document takes seconds; whoever reads in a process of its own is ended earlier than this.
SECONDS = 300
# Whoever looks at a table of a document looks at its next one, too: turning it once is enough.
CONTENTS_KEPT = 4
MOST_COMPLAINT = 200
FOLDER_PREFIX = "juesuan-office-"
# Runs a command, and ends it with all that it started when nobody holds standard input any more:
# whoever reads a document may be killed at any time.
GUARDED = (
    'exec 3<&0; "$@" </dev/null & child=$!; '
    '{ cat <&3 >/dev/null; kill -9 0; } & wait "$child"'
)  # fmt: skip
# What LibreOffice is kept from: macros, active contents, updating links, and the network, which it
# would ask through a proxy that is not there.
FORBIDDEN = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def find_office() -> Path | None:
    """LibreOffice's program, None where it is not installed."""
    found = (shutil.which(name) for name in PROGRAMS)
    return next((Path(path) for path in found if path), None)


@lru_cache(maxsize=CONTENTS_KEPT)
def turned_into_word(content: bytes, kind: FileKind) -> bytes:
    """The .docx file that LibreOffice makes of a file.

    Args:
        content: The whole file.
        kind: What it is.

    Raises:
        UnreadableFileError: LibreOffice is not installed, or cannot open the file.
        TimeoutError: It takes too long.
    """
    program = find_office()
    if program is None:
        raise UnreadableFileError(
            UnreadableReason.NO_OFFICE,
            f"{DESCRIBED[kind]}, which is read by way of LibreOffice, and that is not installed: "
            "install it (apt install libreoffice-writer-nogui), or convert the file to .docx",
        )
    # Whoever was killed while LibreOffice was at work has left its folder.
    sweep(Path(tempfile.gettempdir()), FOLDER_PREFIX)
    with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX) as name:
        folder = Path(name)
        source = folder / f"document.{kind}"
        source.write_bytes(content)
        _forbid(folder / "profile")
        complaint = _run(program, folder, source)
        made = folder / "made" / "document.docx"
        if made.is_file():
            return made.read_bytes()
    raise UnreadableFileError(
        UnreadableReason.DAMAGED,
        f"{DESCRIBED[kind]} that LibreOffice cannot open ({complaint}); fetch it again, or open it "
        "by hand and save it as .docx or PDF",
    )


def _run(program: Path, folder: Path, source: Path) -> str:
    """Have LibreOffice convert a file; return what it says.

    Raises:
        TimeoutError: It takes too long.
    """
    command = [
        str(program), f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nodefault", "--nolockcheck", "--nofirststartwizard",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "made"), str(source),
    ]  # fmt: skip
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - paths of ours; the shell takes them as they are
            ["/bin/sh", "-c", GUARDED, "sh", *command],
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            cwd=folder,
            env={"HOME": str(folder), "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin"},
            start_new_session=True,
        ) as process,
    ):
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            message = f"LibreOffice took more than {SECONDS} s"
            raise TimeoutError(message) from error
        finally:
            # Ends what is left of it.
            if process.stdin is not None:
                process.stdin.close()
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").splitlines()
    telling = [line.strip() for line in lines if line.strip() and not line.startswith("Warning")]
    return telling[-1][:MOST_COMPLAINT] if telling else f"it ended with {process.returncode}"


def _forbid(profile: Path) -> None:
    """Begin a profile in which LibreOffice does nothing but convert."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in FORBIDDEN
    )
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )
