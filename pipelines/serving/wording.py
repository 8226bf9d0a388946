"""The texts of the pages in the two languages.

Knows their message catalogue. Does not know where a text stands. Templates are written in English;
what has no translation stays so.
"""

from gettext import NullTranslations

from pipelines.domain.languages import Language
from pipelines.exploring.catalogues import read_catalogue

# As HTML and browsers name them.
LANGUAGE_TAGS = {Language.ZH: "zh-CN", Language.EN: "en"}


def texts_of(language: Language) -> NullTranslations:
    """The texts of the pages in a language; English ones are those of the templates."""
    return read_catalogue("explorer", language)
