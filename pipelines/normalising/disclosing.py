"""The one way from a file to a ``Disclosure``: read, recognise, normalise."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipelines.domain.amount import is_kept_exactly
from pipelines.domain.disclosure import (
    Claim,
    Disclosure,
    Identification,
    Rejection,
    RejectionReason,
)
from pipelines.domain.document import Document, FileKind, Paragraph, Table
from pipelines.domain.place import Place
from pipelines.normalising.figures import TableContents, collect_tables
from pipelines.normalising.identification import identify
from pipelines.normalising.indicators import read_indicators
from pipelines.normalising.misread_words import Misreading, with_known_words
from pipelines.normalising.narrative.claims import read_prose
from pipelines.normalising.narrative.facts import find_definitions, find_department_facts
from pipelines.normalising.narrative.findings import find_text_findings
from pipelines.normalising.narrative.sections import place_in_sections
from pipelines.normalising.proof import prove_meanings
from pipelines.normalising.publishers import Publisher, identify_publisher
from pipelines.normalising.recognised_cells import recognised_cells
from pipelines.normalising.regions import load_divisions
from pipelines.reading.documents import read_document
from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.scans.models import EXTRA
from pipelines.recognising.assembling import assemble_tables
from pipelines.recognising.naming import kind_of, name_tables
from pipelines.recognising.wording import squash

# Characters from which on a text with a number stands elsewhere by no chance.
_TELLING = 10
_NOT_SHOWN = "the file holds this text, but the page does not show it"
_BEYOND_EDGE = "the file holds this text beyond the edge of the page, which does not show it"
_FILE_WORDS = {
    FileKind.PDF: "the PDF",
    FileKind.DOCX: "the Word file",
    FileKind.WEB_PAGE: "the web page",
    FileKind.XLSX: "the workbook",
    FileKind.XLS: "the workbook",
    FileKind.OFD: "the OFD file",
    FileKind.DOC: "the Word file",
    FileKind.RTF: "the RTF text",
    FileKind.ODT: "the OpenDocument text",
    FileKind.IMAGE: "the picture",
}


def read_disclosure(path: Path, reference_dir: Path) -> Disclosure:
    """Read one published file into everything it discloses.

    Args:
        path: A published file; its kind is told by its content.
        reference_dir: Folder of the reference lists (dbt's seeds).

    Raises:
        UnreadableFileError: The file cannot become a document, or ``disclose`` refuses it; the
            reason says which.
    """
    return disclose(read_document(path.read_bytes(), path.name), reference_dir)


def disclose(document: Document, reference_dir: Path) -> Disclosure:
    """Recognise and normalise a document that has been read.

    Raises:
        UnreadableFileError: It is a government's or a company's, or it prints no table of numbers
            and does not say whose budget or final accounts it tells of.
    """
    document, misread = with_known_words(document, reference_dir)
    assembly = assemble_tables(document)
    meanings = name_tables(assembly.tables, assembly.paragraphs)
    narrative = [paragraph.text for paragraph in assembly.paragraphs]
    kind = kind_of(assembly.tables, assembly.paragraphs)
    prove_meanings(meanings, narrative, kind, reference_dir)
    contents = collect_tables(meanings, narrative)
    _refuse_other_publishers(contents, assembly.paragraphs, document)
    paragraphs = tuple(place_in_sections(assembly.paragraphs))
    identification = identify(
        contents.printings,
        assembly.paragraphs,
        load_divisions(reference_dir),
        sum(figure.value != 0 for figure in contents.figures),
        document.file_name,
    )
    _require_contents(contents, identification, document)
    prose = read_prose(paragraphs, identification.kind, identification.fiscal_year)
    claims = tuple(_storable(prose.claims))
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
        # The pieces have told their places: they are most of what would go from process to process.
        paragraphs=tuple(replace(paragraph, pieces=()) for paragraph in paragraphs),
        claims=claims,
        prose_furniture=prose.furniture,
        definitions=find_definitions(paragraphs),
        department_facts=find_department_facts(paragraphs),
        text_findings=find_text_findings(
            paragraphs,
            claims,
            contents.printings,
            identification.department_name,
            identification.kind,
            identification.fiscal_year,
        ),
        rejections=(
            *contents.rejections,
            *assembly.outside,
            *_pages_without_text(document),
            *_unsure_numbers(document),
            *(_too_long(claim) for claim in prose.claims if not _is_storable(claim)),
            *map(_misread_word, misread),
            *hidden_texts(document),
            *_unreadable(document, {rejection.place for rejection in contents.rejections}),
            *_watermarks(document),
        ),
        recognised_cells=tuple(recognised_cells(document, contents.figures)),
        pictured_pages=document.pictured_pages,
        performance_indicators=tuple(read_indicators(assembly.tables)),
    )


def _refuse_other_publishers(
    contents: TableContents, paragraphs: Sequence[Paragraph], document: Document
) -> None:
    """Refuse a government's budget and a company's accounts: they are no department's."""
    labels = (row.row_label for row in contents.rows)
    finding = identify_publisher(contents.printings, labels, paragraphs)
    if finding.publisher is Publisher.DEPARTMENT:
        return
    raise UnreadableFileError(
        UnreadableReason.NO_DEPARTMENT,
        f"{_FILE_WORDS[document.kind]} is a {finding.publisher}'s, not a department's; "
        f"{finding.evidence} Keep it elsewhere, or report it if it is a department's after all",
    )


def _require_contents(
    contents: TableContents, identification: Identification, document: Document
) -> None:
    """Refuse what prints no numbers in tables and is no disclosure by its words either."""
    is_told = identification.department_name and identification.fiscal_year and identification.kind
    if contents.printings or is_told or identification.is_template:
        return
    if document.textless_pages:
        raise UnreadableFileError(
            UnreadableReason.NO_OCR,
            f"{_FILE_WORDS[document.kind]} prints no table of numbers, but "
            f"{len(document.textless_pages)} of its pages are pictures and need OCR before they "
            f"can be read: install {EXTRA}",
        )
    raise UnreadableFileError(
        UnreadableReason.NO_FORMS,
        f"{_FILE_WORDS[document.kind]} prints no table of numbers and does not say whose budget or"
        " final accounts it tells of; check what was published: its tables may be pictures that"
        " need OCR, or stand in another file",
    )


def _pages_without_text(document: Document) -> Iterator[Rejection]:
    for page in document.textless_pages:
        yield Rejection(
            RejectionReason.TEXTLESS_PAGE,
            "",
            "",
            f"the page carries no text (a scan or a picture) and was not read; with {EXTRA} "
            "installed it is",
            Place(page=page),
        )
    for page in document.illegible_pages:
        yield Rejection(
            RejectionReason.ILLEGIBLE_PAGE,
            "",
            "",
            "the page is a picture, and nothing could be read in it",
            Place(page=page),
        )


def _unsure_numbers(document: Document) -> tuple[Rejection, ...]:
    return tuple(
        Rejection(
            RejectionReason.UNSURE_NUMBER,
            "",
            number.text,
            "a number of the text in a picture; it was not read for certain",
            number.place,
        )
        for number in document.unsure_numbers
    )


def _is_storable(claim: Claim) -> bool:
    return claim.value is None or is_kept_exactly(claim.value)


def _storable(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims without those of numbers that the warehouse cannot hold, as damaged text has."""
    dropped = {claim.claim_index for claim in claims if not _is_storable(claim)}
    for claim in claims:
        if claim.claim_index not in dropped:
            yield replace(claim, whole_index=None) if claim.whole_index in dropped else claim


def _too_long(claim: Claim) -> Rejection:
    return Rejection(
        RejectionReason.UNREADABLE_AMOUNT,
        "",
        claim.value_text,
        "more digits than an amount has",
        claim.place,
    )


def _misread_word(misreading: Misreading) -> Rejection:
    return Rejection(
        RejectionReason.MISREAD_WORD,
        "",
        misreading.read,
        f"read so in a picture; taken for {misreading.taken}, as forms and code lists have it",
        misreading.place,
    )


def hidden_texts(document: Document) -> Iterator[Rejection]:
    """Yield what nobody sees; whether it stands in plain sight elsewhere in the file, too."""
    unseen = (
        *((it, RejectionReason.HIDDEN_TEXT, _NOT_SHOWN) for it in document.hidden_texts),
        *((it, RejectionReason.CUT_OFF, _BEYOND_EDGE) for it in document.cut_off_texts),
    )
    shown = _shown_text(document) if unseen else ""
    for hidden, reason, told in unseen:
        text = squash(hidden.text)
        # A short text with a number may stand elsewhere by chance, and cover another one here.
        is_telling = len(text) >= _TELLING or not any(each.isdigit() for each in text)
        is_copy = is_telling and text in shown
        yield Rejection(
            RejectionReason.HIDDEN_COPY if is_copy else reason,
            "",
            hidden.text,
            f"{told}; it stands elsewhere in the file" if is_copy else told,
            hidden.place,
        )


def _shown_text(document: Document) -> str:
    """All that a document shows, without white space, in reading order."""
    texts: list[str] = []
    for block in document.blocks:
        texts += [each.text for each in (block.cells if isinstance(block, Table) else (block,))]
    return squash("".join(texts))


def _unreadable(document: Document, told: Collection[Place]) -> Iterator[Rejection]:
    """Yield what cannot be read and no table has told of: it stands in no column of amounts."""
    for text in document.unreadable:
        if text.place not in told:
            yield Rejection(
                RejectionReason.UNREADABLE_AMOUNT,
                "",
                text.text,
                "the cell prints an error, or a value that the file does not keep",
                text.place,
            )


def _watermarks(document: Document) -> Iterator[Rejection]:
    """Yield one rejection for each text that is printed over a page, however often."""
    counts = Counter((printed.place.page, printed.text) for printed in document.watermarks)
    first = {(printed.place.page, printed.text): printed for printed in document.watermarks[::-1]}
    for key, count in counts.items():
        times = "once" if count == 1 else f"{count} times"
        yield Rejection(
            RejectionReason.WATERMARK,
            "",
            first[key].text,
            f"printed {times} across what stands on the page: it belongs to no cell",
            first[key].place,
        )
