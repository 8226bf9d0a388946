"""Puts cover, forms and narrative together in the order of a published document.

Knows where captions and notes stand. Does not know file formats.
"""

from collections.abc import Iterable

from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.grid import Align, Grid, GridCell, append_row, push_down
from tests.forge.ledger import Ledger
from tests.forge.narrative import Narrative
from tests.forge.printing import PrintedForm
from tests.forge.styles import CaptionPlace, HouseStyle, NotePlace

CONTENTS_WIDTH = 46
CAPTION_WIDTHS = (10, 40, 10, 10, 10, 20)

Blocks = tuple[TextBlock | TableBlock, ...]


def compose(
    ledger: Ledger, style: HouseStyle, forms: Iterable[PrintedForm], narrative: Narrative
) -> tuple[Section, ...]:
    """Arrange a whole document."""
    printed = tuple(forms)
    year = ledger.fiscal_year
    opening = (Section(_cover(ledger)), *_contents(ledger, style, printed))
    form_sections = tuple(
        Section(
            (
                *(_part(f"第二部分 {year}年度部门决算表") if number == 0 else ()),
                *_form(form, style),
            ),
            form.is_landscape,
        )
        for number, form in enumerate(printed)
    )
    return (
        *opening,
        Section((*_part("第一部分 部门概况"), *narrative.overview)),
        *form_sections,
        Section((*_part(f"第三部分 {year}年度部门决算情况说明"), *narrative.explanation)),
        Section((*_part("第四部分 名词解释"), *narrative.glossary)),
    )


def _part(text: str) -> tuple[TextBlock, ...]:
    return (TextBlock(text, Role.PART),)


def _cover(ledger: Ledger) -> Blocks:
    kind = "部门决算" if ledger.department.scope.value == "department" else "单位决算"
    return (
        TextBlock(ledger.department.name, Role.COVER),
        TextBlock(f"{ledger.fiscal_year}年度{kind}", Role.COVER),
    )


def _contents(
    ledger: Ledger, style: HouseStyle, forms: Iterable[PrintedForm]
) -> tuple[Section, ...]:
    if not style.has_contents:
        return ()
    year = ledger.fiscal_year
    lines = (
        "第一部分 部门概况",
        f"第二部分 {year}年度部门决算表",
        *(form.title for form in forms),
        f"第三部分 {year}年度部门决算情况说明",
        "第四部分 名词解释",
    )
    leaders = (line + "…" * (CONTENTS_WIDTH - 2 * len(line) // 2 - len(line)) for line in lines)
    return (
        Section(
            (
                TextBlock("目 录", Role.PART),
                *(TextBlock(text, Role.CONTENTS) for text in leaders),
            )
        ),
    )


def _form(form: PrintedForm, style: HouseStyle) -> Blocks:
    caption, grid = _captioned(form, style)
    notes: Iterable[str] = form.notes
    if style.notes is NotePlace.LAST_ROW:
        grid = append_row(grid, "".join(form.notes))
        notes = ()
    return (
        *caption,
        TableBlock(grid, style.repeats_header),
        *(TextBlock(note, Role.NOTE) for note in notes),
    )


def _captioned(form: PrintedForm, style: HouseStyle) -> tuple[Blocks, Grid]:
    if style.caption is CaptionPlace.IN_GRID:
        return (), _caption_in_grid(form)
    if style.caption is CaptionPlace.OWN_TABLES:
        return _caption_tables(form), form.grid
    return _caption_lines(form), form.grid


def _caption_lines(form: PrintedForm) -> Blocks:
    title = TextBlock(form.title, Role.FORM_TITLE)
    unit = TextBlock("", Role.FORM_LINE, form.unit_text)
    if not (form.department_text or form.number_text):
        return (title, unit)
    return (title, TextBlock(form.department_text, Role.FORM_LINE, form.number_text), unit)


def _caption_tables(form: PrintedForm) -> Blocks:
    title = Grid((GridCell(form.title, 0, 0),), 1, (100,), is_ruled=False)
    label, _, name = form.department_text.partition("：")
    texts = (
        GridCell(form.number_text, 0, 5, align=Align.RIGHT),
        GridCell(f"{label}：" if label else "", 1, 0, align=Align.LEFT),
        GridCell(name, 1, 1, align=Align.LEFT),
        GridCell(form.unit_text, 1, 4, 1, 2, Align.RIGHT),
    )
    blanks = (*(GridCell("", 0, column) for column in range(5)), *_blanks(1, 2, 3))
    cells = tuple(sorted((*texts, *blanks), key=lambda cell: (cell.row, cell.column)))
    lines = Grid(cells, 2, CAPTION_WIDTHS, is_ruled=False)
    return (TableBlock(title), TableBlock(lines))


def _blanks(row: int, *columns: int) -> tuple[GridCell, ...]:
    return tuple(GridCell("", row, column) for column in columns)


def _caption_in_grid(form: PrintedForm) -> Grid:
    columns = form.grid.column_count
    half = columns // 2
    top = [
        GridCell(form.title, 0, 0, 1, columns),
        GridCell(form.department_text, 1, 0, 1, half, Align.LEFT),
        GridCell(
            "  ".join(text for text in (form.number_text, form.unit_text) if text),
            *(1, half, 1, columns - half),
            Align.RIGHT,
        ),
    ]
    return push_down(form.grid, top, 2)
