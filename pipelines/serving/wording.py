"""The texts of the pages in the two languages.

Knows the message catalogues under ``pipelines/locale``, which are read as they are written. Does
not know where a text stands. Templates are written in English; what has no translation stays so.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from pipelines.domain.languages import Language

CATALOGUES = Path(__file__).parent.parent / "locale"
# As HTML and browsers name them.
LANGUAGE_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}


@cache
def texts_of(language: Language) -> NullTranslations:
    """The texts of the pages in a language; English ones are those of the templates."""
    written = CATALOGUES / language / "LC_MESSAGES" / "explorer.po"
    if not written.exists():
        return NullTranslations()
    with written.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
