"""Why a file cannot be read, in words for people.

Every reader raises ``UnreadableFileError`` for input that it must refuse; nothing else escapes it.
"""

from enum import StrEnum


class UnreadableReason(StrEnum):
    """The reasons that ``staging.files`` records."""

    EMPTY_FILE = "empty_file"
    NOT_A_DOCUMENT = "not_a_document"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT = "no_text"
    NO_OCR = "no_ocr"
    ILLEGIBLE = "illegible"
    NO_FORMS = "no_forms"
    NO_DEPARTMENT = "no_department"
    NO_OFFICE = "no_office"


class UnreadableFileError(Exception):
    """A file that cannot become a document.

    Attributes:
        reason: The reason code that is stored.
        explanation: One line: what is wrong and what to do next, without the file's name.
    """

    def __init__(self, reason: UnreadableReason, explanation: str) -> None:
        super().__init__(f"{reason}: {explanation}")
        self.reason = reason
        self.explanation = explanation

    def __reduce__(self) -> tuple[type["UnreadableFileError"], tuple[UnreadableReason, str]]:
        """Pickle by its arguments: the error crosses from a worker process to its parent."""
        return type(self), (self.reason, self.explanation)
