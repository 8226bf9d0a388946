"""pdfium asked about all characters of a page, or about many of its objects, at once.

Knows how pdfium's functions are called. Does not know what their answers are for.

pypdfium2's raw functions make a Python object for each pointer, which costs more than pdfium's
answer. Here they are bound once more, with plain addresses in place of pointers, and called by
``map`` over arrays: a page has thousands of characters and objects.
"""

import ctypes
import struct
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import c_double, c_float, c_int, c_uint, c_uint16, c_ulong, c_void_p
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

# What pypdfium2, which is published without types, takes and gives for a pointer.
Pointer = Any


def address_of(pointer: Pointer) -> int:
    """The address that one of pypdfium2's pointers holds: pdfium's own name for an object."""
    return ctypes.cast(pointer, c_void_p).value or 0


def object_at(address: int) -> Pointer:
    """The pointer that pypdfium2's functions take for an object."""
    return ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)


def _with_addresses(
    function: Callable[..., object], answer: type, *parameters: type
) -> Callable[..., Any]:
    return ctypes.CFUNCTYPE(answer, *parameters)(address_of(function))


_FOUR = (c_void_p,) * 4
_get_text = _with_addresses(pdfium.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
_get_code = _with_addresses(pdfium.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
_get_loose_box = _with_addresses(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
_get_ink_box = _with_addresses(pdfium.FPDFText_GetCharBox, c_int, c_void_p, c_int, *_FOUR)
_get_object = _with_addresses(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_get_object_of_form = _with_addresses(pdfium.FPDFFormObj_GetObject, c_void_p, c_void_p, c_int)
_get_text_mode = _with_addresses(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
_get_matrix = _with_addresses(pdfium.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
_get_fill_colour = _with_addresses(pdfium.FPDFPageObj_GetFillColor, c_int, c_void_p, *_FOUR)
_get_bounds = _with_addresses(pdfium.FPDFPageObj_GetBounds, c_int, c_void_p, *_FOUR)
_get_font_size = _with_addresses(pdfium.FPDFTextObj_GetFontSize, c_int, c_void_p, c_void_p)
_get_object_text = _with_addresses(
    pdfium.FPDFTextObj_GetText, c_ulong, c_void_p, c_void_p, c_void_p, c_ulong
)
_count_segments = _with_addresses(pdfium.FPDFPath_CountSegments, c_int, c_void_p)
_get_kind = _with_addresses(pdfium.FPDFPageObj_GetType, c_int, c_void_p)

# What a text page's whole text holds for a hyphen that only breaks a word, and what it holds for
# the character itself.
_SOFT_HYPHEN, _SOFT_HYPHEN_ASKED_FOR = "\ufffe", "\x02"

# The address of the text object that a text page's character comes from.
text_object_of: Callable[[int, int], int] = _with_addresses(
    pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int
)


def char_texts(text_page: int, count: int) -> Sequence[str]:
    """The characters of a text page, one for each of its indices.

    Asked for the whole text, pdfium leaves out glyphs that the file gives no meaning, and some
    characters take two places: its length tells, and characters are then asked for one by one.
    """
    places = (c_uint16 * (count + 1))()
    written = _get_text(text_page, 0, count, ctypes.addressof(places)) - 1  # ends with a zero
    text = bytes(places)[: 2 * count].decode("utf-16-le", "surrogatepass")
    if written == len(text) == count:
        return text.replace(_SOFT_HYPHEN, _SOFT_HYPHEN_ASKED_FOR)
    return list(map(chr, map(_get_code, repeat(text_page), range(count))))


def loose_boxes(
    text_page: int, indices: Sequence[int]
) -> tuple[list[float], list[float], list[float], list[float]]:
    """The sides (left, top, right, bottom) of the boxes that fonts' metrics give to characters."""
    answers = (c_float * (4 * len(indices)))()
    _ask(_get_loose_box, repeat(text_page), indices, _every(answers, 16))
    return answers[0::4], answers[1::4], answers[2::4], answers[3::4]


def ink_boxes(
    text_page: int, indices: Sequence[int]
) -> Iterator[tuple[float, float, float, float]]:
    """The boxes (left, right, bottom, top) of the characters' ink."""
    answers = (c_double * (4 * len(indices)))()
    _ask(_get_ink_box, repeat(text_page), indices, *_parts(answers, 8))
    return struct.iter_unpack("4d", answers)


def page_objects(page: int, count: int) -> list[int]:
    """The addresses of a page's objects in the order drawn."""
    return list(map(_get_object, repeat(page), range(count)))


def form_objects(form: int, count: int) -> list[int]:
    """The addresses of a form's objects in the order drawn."""
    return list(map(_get_object_of_form, repeat(form), range(count)))


def object_kinds(objects: Iterable[int]) -> list[int]:
    """What kinds of object stand at addresses, in pdfium's FPDF_PAGEOBJ constants."""
    return list(map(_get_kind, objects))


def object_bounds(objects: Sequence[int]) -> Iterator[tuple[float, float, float, float]]:
    """The boxes (left, bottom, right, top) of objects in what they are drawn in."""
    answers = (c_float * (4 * len(objects)))()
    _ask(_get_bounds, objects, *_parts(answers, 4))
    return struct.iter_unpack("4f", answers)


def object_matrices(objects: Sequence[int]) -> Iterator[tuple[float, ...]]:
    """The maps (a, b, c, d, e, f) from objects' own spaces to what they are drawn in."""
    answers = (c_float * (6 * len(objects)))()
    _ask(_get_matrix, objects, _every(answers, 24))
    return struct.iter_unpack("6f", answers)


def object_texts(text_page: int, texts: Iterable[int]) -> list[str]:
    """What text objects say, without the white space that stands around it."""
    return [_object_text(text_page, text) for text in texts]


def _object_text(text_page: int, text: int) -> str:
    size = _get_object_text(text, text_page, None, 0)
    places = ctypes.create_string_buffer(size)
    _get_object_text(text, text_page, ctypes.addressof(places), size)
    return places.raw.decode("utf-16-le", "surrogatepass").rstrip("\0").strip()


def segment_counts(paths: Iterable[int]) -> list[int]:
    """How many segments path objects have."""
    return list(map(_count_segments, paths))


def font_sizes(texts: Sequence[int]) -> Sequence[float]:
    """How large the fonts of text objects are in their own spaces."""
    answers = (c_float * len(texts))()
    _ask(_get_font_size, texts, _every(answers, 4))
    return answers[:]


def text_modes(texts: Iterable[int]) -> list[int]:
    """How text objects are drawn, in pdfium's FPDF_TEXTRENDERMODE constants."""
    return list(map(_get_text_mode, texts))


def fill_colours(objects: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """The colours (red, green, blue, opacity) that objects are filled with, all 0 for none."""
    answers = (c_uint * (4 * len(objects)))()
    _ask(_get_fill_colour, objects, *_parts(answers, 4))
    return struct.iter_unpack("4I", answers)


def stroke_colour(drawn: Pointer) -> tuple[int, int, int, int]:
    """The colour (red, green, blue, opacity) that an object is outlined with, all 0 for none."""
    parts = tuple(c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetStrokeColor(drawn, *map(ctypes.byref, parts))
    red, green, blue, opacity = (part.value for part in parts)
    return red, green, blue, opacity


def _ask(question: Callable[..., int], *arguments: Iterable[Any]) -> None:
    """Call a function for each of its arguments; the answers are where these point to."""
    deque(map(question, *arguments), maxlen=0)


def _every(answers: ctypes.Array[Any], size: int, offset: int = 0) -> range:
    begin = ctypes.addressof(answers)
    return range(begin + offset, begin + ctypes.sizeof(answers), size)


def _parts(answers: ctypes.Array[Any], size: int) -> Iterator[range]:
    """The addresses of the first, second, third and fourth of each four numbers."""
    return (_every(answers, 4 * size, part * size) for part in range(4))
