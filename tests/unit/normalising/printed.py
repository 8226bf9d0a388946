"""Printed tables and paragraphs made by hand, for what is told from their words alone.

Knows how to fill what does not matter. Does not know the other rooms nor what a test expects.
"""

from collections.abc import Sequence

from pipelines.domain.disclosure import FormPrinting, Identification, ResolvedBy
from pipelines.domain.document import Paragraph
from pipelines.domain.place import Place
from pipelines.normalising.identification import identify
from pipelines.normalising.publishers import PublisherFinding, identify_publisher
from pipelines.normalising.regions import load_divisions
from tests.paths import REFERENCE_DIR


def printing(title: str, *, form: str = "", entity: str = "") -> FormPrinting:
    """A printed table of which only title, form and department matter."""
    return FormPrinting(
        table_index=0,
        form=form,
        resolved_by=ResolvedBy.WORDS if form else ResolvedBy.NOTHING,
        resolution="",
        reprint_of="",
        title=title,
        number_text="",
        unit=None,
        entity_text=entity,
        note_text="",
        empty_statement="",
        empty_statement_forms=(),
        column_count=0,
        number_count=0,
        accounted_count=0,
        place=Place(page=1),
    )


def printed(*titles: str) -> list[FormPrinting]:
    """Tables of which nothing but the titles is known."""
    return [printing(title) for title in titles]


def paragraphs(*lines: str) -> list[Paragraph]:
    """One paragraph a line."""
    return [Paragraph(line, Place(path=f"p[{number}]")) for number, line in enumerate(lines)]


FINAL_FORM = (printing("支出决算表", form="expenditure"),)


def identified(
    *lines: str,
    printings: Sequence[FormPrinting] = FINAL_FORM,
    figure_count: int = 0,
    file_name: str = "",
) -> Identification:
    """Whose document it is that prints these lines and one form of final accounts."""
    divisions = load_divisions(REFERENCE_DIR)
    return identify(printings, paragraphs(*lines), divisions, figure_count, file_name)


def published(
    *lines: str, titles: Sequence[str] = (), labels: Sequence[str] = (), entity: str = ""
) -> PublisherFinding:
    """Whose money it is in a document of these lines, tables and rows."""
    tables = [printing(title, entity=entity) for title in titles]
    return identify_publisher(tables, labels, paragraphs(*lines))
