"""What is said to people: texts with named fields, put into their language where they are told.

Knows how fields are filled in, and whom to ask for a translation. Does not know any language but
English, in which texts are written; nor where the translations are.

A text is written where it is said, and found there for the message catalogue: as the first words of
``say``, ``say_count``, ``Text``, ``counted_text``, ``marked`` and errors. So it is a literal, and
never put together.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations

_TRANSLATIONS: ContextVar[NullTranslations] = ContextVar("translations")
_AS_WRITTEN = NullTranslations()
# What the system says most often; it says so in English whatever the language is.
SYSTEM_TEXTS = (
    "Permission denied",
    "No such file or directory",
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "Is a directory",
    "Not a directory",
    "File exists",
    "File name too long",
    "Input/output error",
    "Too many open files",
    "Connection refused",
    "Connection timed out",
    "No route to host",
    "Name or service not known",
)


@contextmanager
def translated_by(translations: NullTranslations) -> Iterator[None]:
    """Say everything meanwhile in the language of a message catalogue."""
    token = _TRANSLATIONS.set(translations)
    try:
        yield
    finally:
        _TRANSLATIONS.reset(token)


def translations() -> NullTranslations:
    """What translates at present; outside of an answer texts stay as they are written."""
    return _TRANSLATIONS.get(_AS_WRITTEN)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with fields, told in whichever language; as ``str`` as it is written.

    Attributes:
        template: The text, ``{name}`` or ``{name:,}`` in place of each field.
        fields: The values; texts among them, and those of tuples, are told in the same language.
    """

    template: str
    fields: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The text in the language it is written in: for logs and whatever is kept."""
        return _filled(self.template, {name: _written(self.fields[name]) for name in self.fields})

    def told(self) -> str:
        """The text in the language of the answer."""
        return say(self.template, **self.fields)


@dataclass(frozen=True, slots=True)
class CountedText(Text):
    """A text about a number of things, which is the field ``count``.

    Attributes:
        many: The text for another number than one.
    """

    many: str = ""

    def __str__(self) -> str:
        """The text in the language it is written in."""
        return str(Text(self.template if self.fields["count"] == 1 else self.many, self.fields))

    def told(self) -> str:
        """The text in the language of the answer."""
        fields = dict(self.fields)
        count = fields.pop("count")
        assert isinstance(count, int)  # noqa: S101 - what it is a text about
        return say_count(self.template, self.many, count, **fields)


def counted_text(one: str, many: str, count: int, /, **fields: object) -> CountedText:
    """A text about a number of things, to be told later."""
    return CountedText(one, {"count": count, **fields}, many)


def say(text: str, /, **fields: object) -> str:
    """A text in the language of the answer.

    Examples:
        >>> say("{count:,} figures of {file}", count=6803, file="决算.pdf")
        '6,803 figures of 决算.pdf'
    """
    return _filled(translations().gettext(text), {name: _told(fields[name]) for name in fields})


def say_count(one: str, many: str, count: int, /, **fields: object) -> str:
    """A text about a number of things, which is the field ``count``.

    Examples:
        >>> say_count("{count:,} site", "{count:,} sites", 1)
        '1 site'
        >>> say_count("{count:,} site", "{count:,} sites", 2000)
        '2,000 sites'
    """
    told = {name: _told(fields[name]) for name in fields}
    return _filled(translations().ngettext(one, many, count), {"count": count, **told})


def marked(text: str) -> str:
    """The text itself: it is told later, where it stands in a variable."""
    return text


def system_text(error: OSError) -> Text:
    """Why the system refuses something."""
    return Text(error.strerror or type(error).__name__)


def _told(value: object) -> object:
    if isinstance(value, tuple):
        return say(", ").join(str(_told(each)) for each in value)
    return value.told() if isinstance(value, Text) else value


def _written(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def _filled(template: str, fields: Mapping[str, object]) -> str:
    return template.format(**fields) if fields else template
