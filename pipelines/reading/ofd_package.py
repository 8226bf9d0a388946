"""The parts of an OFD file: its documents, pages, templates, resources and what they draw.

Knows how GB/T 33190 packs a document and how parts refer to each other. Does not know what drawing
any of it means.

Elements are told by their local names: files of the standard's drafts have other namespaces.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain

from lxml import etree

from pipelines.reading.errors import UnreadableFileError, UnreadableReason
from pipelines.reading.kinds import BROKEN_ARCHIVE, OFD_MAIN_PART

# A page of tables is some hundred kilobytes; a bomb unpacks to gigabytes.
MAX_XML_BYTES = 64 * 1024 * 1024
MAX_FILE_BYTES = 64 * 1024 * 1024
# What composite objects and page blocks may be nested; a file that nests deeper is made to harm.
MAX_DEPTH = 16
# A page of tables draws some thousand objects.
MAX_OBJECTS = 1_000_000
_LAYERS = {"Background": 0, "Body": 1, "Foreground": 2}
# What zipfile, zlib and lxml raise for a file that is broken.
_DAMAGE = (
    *BROKEN_ARCHIVE,
    zlib.error,
    etree.XMLSyntaxError,
    KeyError,
    EOFError,
    OSError,
    NotImplementedError,
)
Element = etree._Element
Box = tuple[float, float, float, float]
Transform = tuple[float, float, float, float, float, float]
A4 = (0.0, 0.0, 210.0, 297.0)
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object that a page draws.

    Attributes:
        element: The object.
        outer: The map from what it is drawn in to the page, as OFD writes it, in millimetres.
        resources: What it may refer to.
        told_by: The elements that say how it is drawn: itself, then what it inherits that from.
    """

    element: Element
    outer: Transform
    resources: "Resources"
    told_by: tuple[Element, ...]

    @property
    def place(self) -> Transform:
        """The map from its own space to the page."""
        return combined(self.outer, place_of(self.element))


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        box: Its left and upper edge, its width and its height, in millimetres.
        drawn: What it draws, in that order.
    """

    box: Box
    drawn: tuple[Drawn, ...]


@dataclass(slots=True)
class Resources:
    """What a document's parts define for all to refer to, by its id."""

    package: "_Package"
    elements: dict[str, tuple[Element, str]] = field(default_factory=dict)

    def take(self, part: str) -> None:
        """Add what a part defines; one that is missing defines nothing."""
        root = self.package.parse_if_there(part)
        if root is None:
            return
        base = posixpath.join(posixpath.dirname(part), root.get("BaseLoc") or "")
        for element in chain.from_iterable(root):
            key = element.get("ID")
            if key:
                self.elements[key] = element, base

    def find(self, key: str) -> Element | None:
        """What has an id, None where nothing has."""
        found = self.elements.get(key)
        return found[0] if found is not None else None

    def read_file(self, key: str) -> bytes | None:
        """The file that a picture refers to, None where there is none."""
        found = self.elements.get(key)
        if found is None:
            return None
        element, base = found
        name = text_of(child_of(element, "MediaFile"))
        try:
            return self.package.read_if_there(_resolved(base, name)) if name else None
        except _DAMAGE:
            return None

    def styles_of(self, element: Element) -> Iterator[Element]:
        """The drawing parameters that an object or layer names, and those that these go back to."""
        key = element.get("DrawParam") or ""
        seen: set[str] = set()
        while key and key not in seen:
            seen.add(key)
            found = self.find(key)
            if found is None:
                return
            yield found
            key = found.get("Relative") or ""


def read_package(content: bytes) -> list[Page]:
    """The pages of all documents of a file.

    Raises:
        UnreadableFileError: The file is damaged, or what it unpacks to is too large.
    """
    try:
        # It stays open: pictures are unpacked when they are drawn.
        package = _Package(zipfile.ZipFile(BytesIO(content)))
        return [page for document in package.documents() for page in document.pages()]
    except _DAMAGE as error:
        raise damaged() from error
    except RuntimeError as error:  # zipfile's answer to an encrypted member
        raise UnreadableFileError(
            UnreadableReason.ENCRYPTED,
            "the OFD file is protected by a password; obtain an unprotected copy",
        ) from error


def damaged() -> UnreadableFileError:
    """What is said of a file that is broken inside."""
    return UnreadableFileError(
        UnreadableReason.DAMAGED, "the OFD file is damaged inside; fetch it again"
    )


def local_name(element: Element) -> str:
    """What an element is called, without its namespace."""
    return etree.QName(element).localname


def children_of(element: Element | None, name: str) -> Iterator[Element]:
    """The children of a name."""
    if element is not None:
        yield from (child for child in element if local_name(child) == name)


def child_of(element: Element | None, *names: str) -> Element | None:
    """What a path of names leads to, None where nothing is there."""
    for name in names:
        element = next(children_of(element, name), None)
    return element


def text_of(element: Element | None) -> str:
    """An element's text without the space around it."""
    return (element.text or "").strip() if element is not None else ""


def numbers_of(text: str) -> list[float]:
    """The numbers of an attribute; what is no number ends them.

    Examples:
        >>> numbers_of("0 0 210 297"), numbers_of("1,5 x 2")
        ([0.0, 0.0, 210.0, 297.0], [1.0, 5.0])
    """
    found: list[float] = []
    for word in text.replace(",", " ").split():
        try:
            found.append(float(word))
        except ValueError:
            break
    return found


def box_of(text: str) -> Box | None:
    """A box, None where four numbers are not there or it has no size."""
    found = numbers_of(text)
    if len(found) < 4 or not (0 < found[2] < 1e6 and 0 < found[3] < 1e6):
        return None
    return found[0], found[1], found[2], found[3]


def combined(outer: Transform, inner: Transform) -> Transform:
    """The map that applies the inner one first."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, l = inner  # noqa: E741
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * l + e,
        b * k + d * l + f,
    )


def applied(transform: Transform, x: float, y: float) -> tuple[float, float]:
    """Where a map puts a point."""
    a, b, c, d, e, f = transform
    return a * x + c * y + e, b * x + d * y + f


def place_of(element: Element) -> Transform:
    """The map from an object's own space to what it is drawn in."""
    own = numbers_of(element.get("CTM") or "")
    transform = tuple(own[:6]) if len(own) >= 6 else IDENTITY
    boundary = numbers_of(element.get("Boundary") or "")
    left, top = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    return combined((1.0, 0.0, 0.0, 1.0, left, top), transform)  # type: ignore[arg-type]


class _Package:
    """An open file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        # Some writers disagree with themselves about upper and lower case.
        self._parts = {_folded(info.filename): info for info in archive.infolist()}
        self._xml_left = MAX_XML_BYTES

    def documents(self) -> Iterator["_Document"]:
        root = self.parse(OFD_MAIN_PART)
        for body in children_of(root, "DocBody"):
            part = text_of(child_of(body, "DocRoot"))
            if part:
                yield _Document(self, _resolved("", part))

    def parse(self, part: str) -> Element:
        """Parse a part.

        Raises:
            KeyError: It is not there.
        """
        content = self._read(part, self._xml_left)
        self._xml_left -= len(content)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(content, parser)
        if next(root.iter(etree.Entity), None) is not None:
            raise damaged()  # no writer uses any, and without it half a text is left
        return root

    def parse_if_there(self, part: str) -> Element | None:
        return self.parse(part) if _folded(part) in self._parts else None

    def read_if_there(self, part: str) -> bytes | None:
        return self._read(part, MAX_FILE_BYTES) if _folded(part) in self._parts else None

    def _read(self, part: str, most: int) -> bytes:
        info = self._parts[_folded(part)]
        if info.file_size > most:
            raise UnreadableFileError(
                UnreadableReason.DAMAGED,
                f"the OFD file unpacks to more than {MAX_XML_BYTES // 2**20} MiB of text; "
                "it is not a disclosure",
            )
        return self._archive.read(info)


def _folded(name: str) -> str:
    return name.replace("\\", "/").lower()


class _Document:
    """One document of a file: usually the only one."""

    def __init__(self, package: _Package, part: str) -> None:
        self._package = package
        self._base = posixpath.dirname(part)
        self._root = package.parse(part)
        self._common = child_of(self._root, "CommonData")
        self._resources = Resources(package)
        for name in ("PublicRes", "DocumentRes"):
            for resource in children_of(self._common, name):
                self._resources.take(self._part(text_of(resource)))
        self._box = box_of(text_of(child_of(self._common, "PageArea", "PhysicalBox"))) or A4
        self._templates = {
            template.get("ID"): self._part(template.get("BaseLoc") or "")
            for template in children_of(self._common, "TemplatePage")
        }
        self._annotations = dict(self._annotated_pages())
        self._objects_left = MAX_OBJECTS

    def pages(self) -> Iterator[Page]:
        """The pages in their order; one whose part is missing is blank."""
        for page in children_of(child_of(self._root, "Pages"), "Page"):
            root = self._package.parse_if_there(self._part(page.get("BaseLoc") or ""))
            area = box_of(text_of(child_of(root, "Area", "PhysicalBox")))
            left, top, width, height = area or self._box
            outer = (1.0, 0.0, 0.0, 1.0, -left, -top)
            drawn = [*self._draw_page(root, outer), *self._draw_notes(page.get("ID") or "", outer)]
            yield Page((left, top, width, height), tuple(drawn))

    def _part(self, name: str) -> str:
        return _resolved(self._base, name)

    def _draw_page(self, root: Element | None, outer: Transform) -> Iterator[Drawn]:
        resources = self._resources
        own = [text_of(resource) for resource in children_of(root, "PageRes")]
        if own:
            resources = Resources(self._package, dict(resources.elements))
            for name in own:
                resources.take(self._part(name))
        templates: dict[bool, list[Element]] = {True: [], False: []}
        for template in children_of(root, "Template"):
            content = self._package.parse_if_there(
                self._templates.get(template.get("TemplateID"), "")
            )
            if content is not None:
                templates[template.get("ZOrder") == "Foreground"].append(content)
        beneath, above = templates[False], templates[True]
        for part in (*beneath, *([root] if root is not None else []), *above):
            yield from self._draw_layers(part, outer, resources)

    def _draw_layers(
        self, part: Element, outer: Transform, resources: Resources
    ) -> Iterator[Drawn]:
        layers = list(children_of(child_of(part, "Content"), "Layer"))
        layers.sort(key=lambda layer: _LAYERS.get(layer.get("Type") or "Body", 1))
        for layer in layers:
            styles = tuple(resources.styles_of(layer))
            yield from self._draw(layer, outer, resources, styles, MAX_DEPTH)

    def _draw(
        self,
        parent: Element,
        outer: Transform,
        resources: Resources,
        styles: tuple[Element, ...],
        depth: int,
    ) -> Iterator[Drawn]:
        for element in parent:
            name = local_name(element)
            if name in ("TextObject", "PathObject", "ImageObject"):
                self._objects_left -= 1
                if self._objects_left < 0:
                    raise damaged()
                own = tuple(resources.styles_of(element))
                yield Drawn(element, outer, resources, (element, *own, *styles))
            elif name == "PageBlock" and depth:
                yield from self._draw(element, outer, resources, styles, depth - 1)
            elif name == "CompositeObject" and depth:
                unit = child_of(resources.find(element.get("ResourceID") or ""), "Content")
                if unit is not None:
                    inner = combined(outer, place_of(element))
                    yield from self._draw(unit, inner, resources, styles, depth - 1)

    def _annotated_pages(self) -> Iterator[tuple[str, str]]:
        """The pages with annotations, and the part that holds these."""
        part = self._part(text_of(child_of(self._root, "Annotations")))
        for page in children_of(self._package.parse_if_there(part), "Page"):
            name = text_of(child_of(page, "FileLoc"))
            if name:
                yield page.get("PageID") or "", _resolved(posixpath.dirname(part), name)

    def _draw_notes(self, page: str, outer: Transform) -> Iterator[Drawn]:
        root = self._package.parse_if_there(self._annotations.get(page, ""))
        for note in children_of(root, "Annot"):
            appearance = child_of(note, "Appearance")
            if appearance is not None and note.get("Visible") != "false":
                inner = combined(outer, place_of(appearance))
                yield from self._draw(appearance, inner, self._resources, (), MAX_DEPTH)


def _resolved(base: str, name: str) -> str:
    """A part that another one names: from the file's root, or from where that one lies.

    Examples:
        >>> _resolved("Doc_0", "Pages/Page_0/Content.xml"), _resolved("Doc_0", "/Doc_0/Res.xml")
        ('Doc_0/Pages/Page_0/Content.xml', 'Doc_0/Res.xml')
    """
    name = name.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", base, name)).lstrip("/") if name else ""
