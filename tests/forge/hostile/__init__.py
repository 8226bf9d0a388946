"""Deliberately nasty pages, and what must come of each.

Every builder writes one file into a folder and says what a reader owes it. Knows which print
deceives programs. Must not know how anything is read.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from tests.forge.hostile import pages
from tests.forge.hostile.cells import CELLS, CODES, cell_in_pdf, cell_in_word, code_in_pdf
from tests.forge.hostile.truth import Duty, HostileDocument
from tests.forge.hostile.word import WORD_TRICKS, trick_in_word

__all__ = ["HOSTILE", "Duty", "HostileDocument"]

HOSTILE: Mapping[str, Callable[[Path], HostileDocument]] = {
    **{f"pdf_cell_{name}": partial(cell_in_pdf, name) for name in CELLS},
    **{f"word_cell_{name}": partial(cell_in_word, name) for name in CELLS},
    **{f"word_{name}": partial(trick_in_word, name) for name in WORD_TRICKS},
    **{f"pdf_rotated_{degrees}": partial(pages.rotated, degrees) for degrees in pages.TURNS},
    **{f"pdf_code_{name}": partial(code_in_pdf, name) for name in CODES},
    "pdf_sideways": pages.sideways,
    "pdf_number_under_an_image": pages.number_under_an_image,
    "pdf_page_painted_white_first": pages.page_painted_white_first,
    "pdf_page_whose_corner_is_not_at_nought": pages.page_whose_corner_is_not_at_nought,
    "pdf_table_in_a_form_object": pages.table_in_a_form_object,
    "pdf_rulings_in_dashes": pages.rulings_in_dashes,
    "pdf_number_wider_than_its_cell": pages.number_wider_than_its_cell,
    "pdf_number_replaced_under_a_white_box": pages.number_replaced_under_a_white_box,
    "pdf_number_hidden_under_a_white_box": pages.number_hidden_under_a_white_box,
    "pdf_row_hidden_under_a_white_box": pages.row_hidden_under_a_white_box,
    "pdf_text_outside_the_crop_box": pages.text_outside_the_crop_box,
    "pdf_white_text": pages.white_text,
    "pdf_invisible_text": pages.invisible_text,
    "pdf_number_printed_twice_for_boldness": pages.number_printed_twice_for_boldness,
    "pdf_letter_spaced_number": pages.letter_spaced_number,
    "pdf_radical_code_points": pages.radical_code_points,
    "word_radical_code_points": pages.radical_code_points_in_word,
    "pdf_headers_without_a_border_between_them": pages.headers_without_a_border_between_them,
    "pdf_group_header_without_a_line_below": pages.group_header_without_a_line_below,
    "pdf_group_header_with_borders_through_it": pages.group_header_with_borders_through_it,
    "pdf_rows_without_a_line_between_them": pages.rows_without_a_line_between_them,
    "pdf_ruled_across_only": pages.ruled_across_only,
    "pdf_unruled": pages.unruled,
}
"""Every builder by name; each takes the folder its file goes to."""
