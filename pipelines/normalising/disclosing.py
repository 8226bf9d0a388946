"""The one way from a file to a ``Disclosure``: read, recognise, normalise."""

from pathlib import Path

from pipelines.domain.disclosure import Disclosure, Rejection, RejectionReason
from pipelines.domain.document import Document, FileKind
from pipelines.domain.place import Place
from pipelines.normalising.figures import collect_forms, rejections_of
from pipelines.normalising.identification import identify
from pipelines.normalising.narrative.claims import find_claims
from pipelines.normalising.narrative.facts import find_definitions, find_department_facts
from pipelines.normalising.narrative.findings import find_text_findings
from pipelines.normalising.narrative.sections import place_in_sections
from pipelines.normalising.regions import load_divisions
from pipelines.reading.documents import read_document
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.recognising.catalogue import load_catalogue
from pipelines.recognising.forms import recognise_forms

_FILE_WORDS = {
    FileKind.PDF: "the PDF",
    FileKind.DOCX: "the Word file",
    FileKind.WEB_PAGE: "the web page",
}


def read_disclosure(path: Path, reference_dir: Path) -> Disclosure:
    """Read one published file into everything it discloses.

    Args:
        path: A PDF or Word file; its kind is told by its content.
        reference_dir: Folder of the reference lists (dbt's seeds).

    Raises:
        UnreadableFileError: The file cannot become a document, or none of the standard forms
            is printed in it; the reason says which.
    """
    return disclose(read_document(path), reference_dir)


def disclose(document: Document, reference_dir: Path) -> Disclosure:
    """Recognise and normalise a document that has been read.

    Raises:
        UnreadableFileError: None of the standard forms is printed in it.
    """
    catalogue = load_catalogue()
    recognition = recognise_forms(document, catalogue)
    if not recognition.forms:
        raise UnreadableFileError(
            UnreadableReason.NO_FORMS,
            f"{_FILE_WORDS[document.kind]} prints none of the standard forms (收入支出决算总表, …);"
            " check what was published: it is no budget or final accounts, or its forms are"
            " pictures that need OCR",
        )
    narrative = [paragraph.text for paragraph in recognition.paragraphs]
    contents = collect_forms(recognition.forms, catalogue, narrative)
    paragraphs = tuple(place_in_sections(recognition.paragraphs))
    identification = identify(
        recognition.forms, recognition.paragraphs, load_divisions(reference_dir)
    )
    claims = find_claims(paragraphs, identification.kind, identification.fiscal_year)
    return Disclosure(
        sha256=document.sha256,
        file_name=document.file_name,
        file_kind=document.kind.value,
        page_count=document.page_count,
        identification=identification,
        forms=tuple(contents.printings),
        columns=tuple(contents.columns),
        rows=tuple(contents.rows),
        figures=tuple(contents.figures),
        furniture=tuple(contents.furniture),
        paragraphs=paragraphs,
        claims=claims,
        definitions=find_definitions(paragraphs),
        department_facts=find_department_facts(paragraphs),
        text_findings=find_text_findings(
            paragraphs, claims, contents.printings, identification.department_name
        ),
        rejections=(
            *contents.rejections,
            *rejections_of(recognition.unknown, ""),
            *_textless_pages(document),
            *_hidden_texts(document),
        ),
    )


def _textless_pages(document: Document) -> tuple[Rejection, ...]:
    return tuple(
        Rejection(
            RejectionReason.TEXTLESS_PAGE,
            "",
            "",
            "the page carries no text (a scan or a picture) and was not read",
            Place(page=page),
        )
        for page in document.textless_pages
    )


def _hidden_texts(document: Document) -> tuple[Rejection, ...]:
    return tuple(
        Rejection(
            RejectionReason.HIDDEN_TEXT,
            "",
            hidden.text,
            "the file holds this text, but the page does not show it",
            hidden.place,
        )
        for hidden in document.hidden_texts
    )
