"""Puts cover, forms and narrative together in the order of a published document.

Knows where captions and notes stand. Does not know file formats.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.domain.disclosure import Scope
from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.grid import Align, Grid, GridCell, append_row, push_down
from tests.forge.ledger import Department
from tests.forge.narrative import Narrative
from tests.forge.printing import PrintedForm
from tests.forge.styles import CaptionPlace, HouseStyle, NotePlace, UnitPlace

CONTENTS_WIDTH = 36
BODY_NAMES: Mapping[Scope, str] = {Scope.DEPARTMENT: "部门", Scope.UNIT: "单位"}
CAPTION_WIDTHS = (10, 40, 10, 10, 10, 20)

Blocks = tuple[TextBlock | TableBlock, ...]


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says it is.

    Attributes:
        year_word: 年度 for accounts, 年 for budgets.
        publication: 决算 or 预算.
        explanation: Name of the part that explains the forms.
    """

    department: Department
    fiscal_year: int
    year_word: str
    publication: str
    explanation: str

    @property
    def body(self) -> str:
        """部门 or 单位."""
        return BODY_NAMES[self.department.scope]

    @property
    def subject(self) -> str:
        """Year, scope and publication in one."""
        return f"{self.fiscal_year}{self.year_word}{self.body}{self.publication}"


def compose(
    front: FrontMatter, style: HouseStyle, forms: Iterable[PrintedForm], narrative: Narrative
) -> tuple[Section, ...]:
    """Arrange a whole document."""
    printed = tuple(forms)
    parts = _part_titles(front)
    opening = (Section(_cover(front)), *_contents(parts, style, printed))
    form_sections = tuple(
        Section(
            (
                *(_part(parts[1]) if number == 0 else ()),
                *_form(form, style),
            ),
            form.is_landscape,
        )
        for number, form in enumerate(printed)
    )
    if style.packs_forms:
        form_sections = _packed(form_sections)
    return (
        *opening,
        Section((*_part(parts[0]), *narrative.overview)),
        *form_sections,
        Section((*_part(parts[2]), *narrative.explanation)),
        Section((*_part(parts[3]), *narrative.glossary)),
    )


def _packed(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Put neighbours of one orientation on the same pages."""
    packed: list[Section] = []
    for section in sections:
        if packed and packed[-1].is_landscape == section.is_landscape:
            before = packed.pop()
            section = Section((*before.blocks, *section.blocks), before.is_landscape)
        packed.append(section)
    return tuple(packed)


def _part(text: str) -> tuple[TextBlock, ...]:
    return (TextBlock(text, Role.PART),)


def _part_titles(front: FrontMatter) -> tuple[str, str, str, str]:
    return (
        f"第一部分 {front.body}概况",
        f"第二部分 {front.subject}表",
        f"第三部分 {front.subject}{front.explanation}",
        "第四部分 名词解释",
    )


def _cover(front: FrontMatter) -> Blocks:
    return (
        TextBlock(front.department.name, Role.COVER),
        TextBlock(front.subject, Role.COVER),
    )


def _contents(
    parts: tuple[str, str, str, str], style: HouseStyle, forms: Iterable[PrintedForm]
) -> tuple[Section, ...]:
    """The contents, whose page numbers nobody ever updated."""
    if not style.has_contents:
        return ()
    lines = (*parts[:2], *(form.title for form in forms), *parts[2:])
    leaders = (f"{line}{'…' * (CONTENTS_WIDTH - len(line))}( 1 )" for line in lines)
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
        TableBlock(grid, style.repeats_header, style.narrows_names),
        *(TextBlock(note, Role.NOTE) for note in notes),
    )


def _captioned(form: PrintedForm, style: HouseStyle) -> tuple[Blocks, Grid]:
    if style.caption is CaptionPlace.IN_GRID:
        return (), _caption_in_grid(form)
    if style.caption is CaptionPlace.OWN_TABLES:
        return _caption_tables(form), form.grid
    return _caption_lines(form, style), form.grid


def _caption_lines(form: PrintedForm, style: HouseStyle) -> Blocks:
    if style.unit_place is UnitPlace.IN_TITLE:
        return _unit_in_title(form)
    title = TextBlock(form.title, Role.FORM_TITLE)
    if style.unit_place is UnitPlace.ABOVE_TITLE:
        above = TextBlock(form.department_text, Role.FORM_LINE, form.unit_text)
        number = (TextBlock("", Role.FORM_LINE, form.number_text),) if form.number_text else ()
        return (above, title, *number)
    if style.joins_caption_lines:
        number = (TextBlock("", Role.FORM_LINE, form.number_text),) if form.number_text else ()
        return (title, *number, TextBlock(form.department_text, Role.FORM_LINE, form.unit_text))
    unit = TextBlock("", Role.FORM_LINE, form.unit_text)
    if not (form.department_text or form.number_text):
        return (title, unit)
    return (title, TextBlock(form.department_text, Role.FORM_LINE, form.number_text), unit)


def _unit_in_title(form: PrintedForm) -> Blocks:
    _, _, unit = form.unit_text.replace("：", ":").rpartition(":")
    title = TextBlock(f"{form.title}（单位：{unit}）", Role.FORM_TITLE)
    if not (form.department_text or form.number_text):
        return (title,)
    return (title, TextBlock(form.department_text, Role.FORM_LINE, form.number_text))


def _caption_tables(form: PrintedForm) -> Blocks:
    title = Grid((GridCell(form.title, 0, 0),), 1, (100,), is_ruled=False)
    label, colon, name = form.department_text.partition("：")
    texts = (
        GridCell(form.number_text, 0, 5, align=Align.RIGHT),
        GridCell(label + colon, 1, 0, align=Align.LEFT),
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
