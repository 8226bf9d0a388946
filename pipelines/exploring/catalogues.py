"""Reads message catalogues as they are written, for whoever tells something in another language.

Knows the ``.po`` files under ``pipelines/locale``. Does not know what is told, nor where. A text
that a catalogue does not have stays as it is.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from pipelines.domain.languages import Language

CATALOGUES = Path(__file__).parent.parent / "locale"


@cache
def read_catalogue(name: str, language: Language) -> NullTranslations:
    """The texts of a catalogue in a language; those of English are the texts themselves."""
    written = catalogue_file(name, language)
    if not written.exists():
        return NullTranslations()
    # Imported here because it takes longer than an English answer.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with written.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def catalogue_file(name: str, language: Language) -> Path:
    """Where a catalogue is written."""
    return CATALOGUES / language / "LC_MESSAGES" / f"{name}.po"
