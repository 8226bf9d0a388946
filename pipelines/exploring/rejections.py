"""Says why a file became no document, or came in part only.

Knows the reasons there are, and what to do about each. Does not know how any is found. The detail
that the warehouse keeps is English, whatever the language of the run; in another language a file is
told by its reason.
"""

from pipelines.acquiring.archive_entries import ArchiveTrouble
from pipelines.acquiring.wholeness import TRUNCATED
from pipelines.domain.file_record import FileReason, FileRecord
from pipelines.domain.languages import Language
from pipelines.domain.messages import marked, say
from pipelines.exploring.labels import names
from pipelines.reading.errors import UnreadableReason

# What the detail of a duplicate ends with, before the name of the other file.
SAME_CONTENT = "same content as "
WHY: dict[str, str] = {
    UnreadableReason.EMPTY_FILE: marked("the file is empty; fetch it again"),
    UnreadableReason.NOT_A_DOCUMENT: marked(
        "neither PDF, OFD, Word, Excel, RTF, OpenDocument text nor a web page; check what was "
        "published, or convert it"
    ),
    UnreadableReason.ENCRYPTED: marked("protected by a password; obtain an unprotected copy"),
    UnreadableReason.DAMAGED: marked("cut short or broken inside; fetch it again"),
    UnreadableReason.NO_TEXT: marked("no text; check what was published"),
    UnreadableReason.NO_OCR: marked(
        "a picture, or pages that are pictures; they need OCR before they can be read: install "
        "juesuan[ocr]"
    ),
    UnreadableReason.ILLEGIBLE: marked(
        "pictures in which nothing can be read; look whether they show text, and obtain a better "
        "copy"
    ),
    UnreadableReason.NO_FORMS: marked(
        "no table of numbers, and not said whose budget or final accounts it tells of; check what "
        "was published"
    ),
    UnreadableReason.NO_DEPARTMENT: marked("not a department's budget or final accounts"),
    UnreadableReason.NO_OFFICE: marked(
        "an old Word or WPS file, RTF or OpenDocument text, read by way of LibreOffice, which is "
        "not installed: install it (apt install libreoffice-writer-nogui), or convert the file to "
        ".docx"
    ),
    ArchiveTrouble.TOO_DEEP: marked(
        "an archive in too many archives, one in another; unpack it by hand"
    ),
    ArchiveTrouble.TOO_LARGE: marked(
        "an archive that unpacks to too much; unpack it by hand, or raise "
        "JUESUAN_ARCHIVE_MEBIBYTES and touch the file to try again"
    ),
    ArchiveTrouble.UNKNOWN_PACKING: marked(
        "packed in a way that is not read; pack it anew as plain ZIP"
    ),
    ArchiveTrouble.EMPTY_ARCHIVE: marked("an archive without files; check what it is"),
    ArchiveTrouble.NO_UNRAR: marked(
        "a RAR archive, and no program that unpacks it is installed; install one "
        "(apt install libarchive-tools), or unpack it by hand"
    ),
    ArchiveTrouble.NO_7ZIP: marked(
        "a 7z archive, and no program that unpacks it is installed; install one "
        "(apt install libarchive-tools), or unpack it by hand"
    ),
    FileReason.UNOPENABLE: marked("cannot be opened; make it readable and run again"),
    FileReason.TIMEOUT: marked(
        "not read in time; raise JUESUAN_DOCUMENT_SECONDS and touch the file to try again"
    ),
    FileReason.MEMORY: marked(
        "reading needs too much memory; raise JUESUAN_DOCUMENT_MEBIBYTES and touch the file to try "
        "again"
    ),
    FileReason.CRASH: marked("the reading process died; touch the file to try again, or report it"),
    FileReason.UNSTORABLE: marked("an amount cannot be stored exactly; report it"),
}


def rejection_text(record: FileRecord) -> str:
    """Why a file was not read, with its name and what to do; '' where it was."""
    if not record.message or names().language is Language.EN:
        return record.message
    why = why_rejected(record.reason, record.message)
    return say("{file}: {why}", file=record.shown_as, why=why)


def why_rejected(reason: str, detail: str) -> str:
    """Why a file was not read, and what to do.

    Args:
        reason: The code of the reason.
        detail: What the reader said, in English.
    """
    if names().language is Language.EN and detail:
        return detail
    if reason == FileReason.DUPLICATE:
        return say("same content as {other}", other=detail.rpartition(SAME_CONTENT)[2])
    return say(WHY.get(reason, reason))


def why_in_part(reason: str) -> str:
    """Why what came from an address is not all of it, and what becomes of it."""
    if reason == TRUNCATED[0]:
        return say("less came than was announced, each time; every fetch asks again")
    return say("what comes has no end, as if it were cut short; every fetch asks again")
