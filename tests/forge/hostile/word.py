"""Word files in which a number is hidden, replaced or taken apart.

Knows WordprocessingML. Does not know how anything is read.
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tests.forge.hostile.sheet import without, write_sheet_docx
from tests.forge.hostile.truth import CELL, PLAIN, Duty, HostileDocument

TWELVE = Decimal("-12.00")

RUN = '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">600.78</w:t></w:r>'
MARKUP = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
REVISION = 'w:id="1" w:author="" w:date="2024-09-01T00:00:00Z"'


@dataclass(frozen=True, slots=True)
class WordTrick:
    """What stands in Word's XML in place of the run that prints 600.78 in the last row.

    Attributes:
        value: What a reader of the page sees, None for a cell that looks blank.
    """

    xml: str
    value: Decimal | None
    duty: Duty = Duty.READ


WORD_TRICKS: Mapping[str, WordTrick] = {
    "hidden_text": WordTrick(RUN.replace("<w:rPr>", "<w:rPr><w:vanish/>"), None),
    "white_text": WordTrick(RUN.replace("<w:rPr>", '<w:rPr><w:color w:val="FFFFFF"/>'), None),
    "replaced_text": WordTrick(
        f"<w:del {REVISION}>{RUN.replace('w:t>', 'w:delText>').replace('w:t ', 'w:delText ')}"
        f"</w:del><w:ins {REVISION}>{RUN.replace('600.78', '700.99')}</w:ins>",
        Decimal("700.99"),
    ),
    "struck_text": WordTrick(
        RUN.replace("<w:rPr>", "<w:rPr><w:strike/>"), Decimal("600.78"), Duty.EITHER
    ),
    "split_into_runs": WordTrick(
        "".join(RUN.replace("600.78", part) for part in ("60", "0.7", "8")), Decimal("600.78")
    ),
    "moved_text": WordTrick(
        f"<w:moveFrom {REVISION}>{RUN}</w:moveFrom>"
        f"<w:moveTo {REVISION}>{RUN.replace('600.78', '700.99')}</w:moveTo>",
        Decimal("700.99"),
    ),
    "content_control": WordTrick(
        f"<w:sdt><w:sdtPr/><w:sdtContent>{RUN}</w:sdtContent></w:sdt>", Decimal("600.78")
    ),
    "smart_tag": WordTrick(
        f'<w:smartTag w:uri="urn:x" w:element="x">{RUN}</w:smartTag>', Decimal("600.78")
    ),
    "simple_field": WordTrick(
        f'<w:fldSimple w:instr=" =999.99 ">{RUN}</w:fldSimple>', Decimal("600.78")
    ),
    "formula_field": WordTrick(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> =999.99 </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{RUN}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        Decimal("600.78"),
    ),
    "no_break_hyphen_element": WordTrick(
        "<w:r><w:noBreakHyphen/></w:r>" + RUN.replace("600.78", "12.00"), TWELVE
    ),
    "text_box_with_fallback": WordTrick(
        f'<w:r><mc:AlternateContent {MARKUP}><mc:Choice Requires="wps">'
        f"<wps:txbx><w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>",
        Decimal("600.78"),
        Duty.EITHER,
    ),
}


def trick_in_word(name: str, folder: Path) -> HostileDocument:
    """Write a Word file in which a number is hidden, replaced or taken apart."""
    trick = WORD_TRICKS[name]
    path = folder / f"{name}.docx"
    write_sheet_docx(PLAIN, path)
    _replace_last_run(path, trick.xml)
    values = without(PLAIN.values(), [CELL])
    if trick.value is not None:
        values[CELL] = trick.value
    return HostileDocument(path, trick.duty, values, hidden=_hidden_by(trick))


def _hidden_by(trick: WordTrick) -> tuple[str, ...]:
    return () if trick.value == Decimal("600.78") else ("600.78",)


def _replace_last_run(path: Path, xml: str) -> None:
    with zipfile.ZipFile(path) as source:
        parts = {entry: source.read(entry) for entry in source.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for entry, content in parts.items():
            if entry.filename == "word/document.xml":
                before, run, after = content.decode().rpartition(RUN)
                target.writestr(entry, before + (xml if run else "") + after)
            else:
                target.writestr(entry, content)
