"""Writes OFD inline: texts, paths and pages, and the archive around them."""

from collections.abc import Mapping

from pipelines.domain.document import Document
from pipelines.reading.ofd import read_ofd
from tests.unit.reading.word_xml import zip_file

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.0


def text(
    left: float, top: float, printed: str, steps: str = "", more: str = "", inside: str = ""
) -> str:
    """A text whose box begins here, characters of 4 mm; steps as OFD writes ``DeltaX``."""
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{left} {top} 100 {SIZE}" Font="1" Size="{SIZE}" {more}>'
        f'{inside}<ofd:TextCode X="0" Y="3.4"{delta}>{printed}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, box: str = "0 0 210 297", more: str = "", inside: str = "") -> str:
    """A path in a box."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{box}" {more}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def ruled(lefts: list[float], tops: list[float]) -> str:
    """The rulings of a grid."""
    across = [path(f"M {lefts[0]} {top} L {lefts[-1]} {top}") for top in tops]
    down = [path(f"M {left} {tops[0]} L {left} {tops[-1]}") for left in lefts]
    return "".join([*across, *down])


def colour(name: str, value: str, more: str = "") -> str:
    """What something is filled or outlined with."""
    return f'<ofd:{name} Value="{value}" {more}/>'


def layer(*objects: str, kind: str = "Body") -> str:
    """A layer of a page."""
    return f'<ofd:Layer ID="3" Type="{kind}">{"".join(objects)}</ofd:Layer>'


def page(*layers: str, before: str = "") -> str:
    """A page's part; bare objects become a layer."""
    drawn = [each if each.startswith("<ofd:Layer") else layer(each) for each in layers]
    content = f"<ofd:Content>{''.join(drawn)}</ofd:Content>"
    return f"<ofd:Page {NAMESPACE}>{before}{content}</ofd:Page>"


def ofd_file(
    *pages: str, common: str = "", after: str = "", parts: Mapping[str, str | bytes] = {}
) -> bytes:
    """The bytes of an OFD file; a bare object becomes a page."""
    contents = [each if "<ofd:Page " in each else page(each) for each in pages]
    listed = "".join(
        f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(contents))
    )
    files = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE} Version='1.1' DocType='OFD'><ofd:DocBody>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{after}</ofd:Document>",
        **{f"Doc_0/Pages/Page_{number}/Content.xml": each for number, each in enumerate(contents)},
        **parts,
    }
    return zip_file(files)


def read(*pages: str, **more: str | Mapping[str, str | bytes]) -> Document:
    """Read pages back as a document."""
    return read_ofd(ofd_file(*pages, **more), sha256="0" * 64, file_name="made.ofd")
