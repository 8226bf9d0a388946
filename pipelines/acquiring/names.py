"""What a published file is called, from what the network says of it; for people, never for paths.

Knows headers, addresses and link texts. Does not know where anything is stored.
"""

import re
from email.message import Message
from urllib.parse import unquote_to_bytes, urlsplit

# 附件1： and the like, in front of what a file is called.
ORDINAL = re.compile(r"^附件\s*[\d一二三四五六七八九十]*\s*[:：.、-]\s*")
MOST_CHARACTERS = 150
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
SEPARATORS = re.compile(r"[/\\]+")
NAMED_FILE = re.compile(r".+\.[A-Za-z0-9]{2,4}")
# Names made by content management systems: digests, identifiers, times.
MADE_UP = re.compile(
    r"[PW]?\d{6,}|[0-9a-f]{16,}|[0-9a-f-]{36}|download|downfile|file|attach(ment)?", re.I
)
# Where the bytes do not tell old Office formats apart, the name may.
OLE_EXTENSIONS = frozenset({"doc", "xls", "ppt", "wps", "et"})


def published_name(
    disposition: bytes, url: str, *, link_text: str, title: str, extension: str
) -> str:
    """The name a file goes by.

    In this order: what the server calls it, what the link called it, the address where that is a
    name and not made up by a machine, the announcement's title.
    """
    stated = disposition_name(disposition)
    in_address = readable(_percent_decoded(urlsplit(url).path.rpartition("/")[2]))
    link_name = ORDINAL.sub("", readable(link_text))
    if stated:
        return stated
    if NAMED_FILE.fullmatch(link_name):
        return link_name
    stem, _, told = in_address.rpartition(".")
    if stem and not MADE_UP.fullmatch(stem):
        return in_address
    suffix = told.lower() if extension == "ole" and told.lower() in OLE_EXTENSIONS else extension
    return f"{link_name or readable(title) or 'document'}.{suffix}"


def disposition_name(header: bytes) -> str:
    """The file name in a Content-Disposition header, '' where it holds none.

    Servers write it as the standard says, or as bare UTF-8 or GB 18030, or percent-encoded.

    Examples:
        >>> disposition_name("attachment; filename=2023决算.pdf".encode("gb18030"))
        '2023决算.pdf'
        >>> disposition_name(b"attachment; filename*=UTF-8''%E5%86%B3%E7%AE%97.pdf")
        '决算.pdf'
        >>> disposition_name(b'inline; filename="../../etc/passwd"')
        'passwd'
    """
    message = Message()
    message["Content-Disposition"] = UNPRINTABLE.sub("", decoded(header))
    stated = message.get_filename("") or ""
    return readable(_percent_decoded(stated).replace("\\", "/").rpartition("/")[2])


def decoded(name: bytes) -> str:
    """A name, or a header's value, as text: in UTF-8 or else in GB 18030.

    Examples:
        >>> decoded("决算".encode()), decoded("决算".encode("gb18030"))
        ('决算', '决算')
    """
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def readable(name: str) -> str:
    r"""A name on one line, without separators of paths and what cannot be seen, not too long.

    Examples:
        >>> readable("  a/b\u202egpj.pdf ")
        'a bgpj.pdf'
    """
    shown = " ".join(SEPARATORS.sub(" ", UNPRINTABLE.sub("", name)).split()).strip(". ")
    if len(shown) <= MOST_CHARACTERS:
        return shown
    stem, dot, suffix = shown.rpartition(".")
    kept = MOST_CHARACTERS - len(dot) - len(suffix)
    return f"{stem[:kept]}{dot}{suffix}" if 0 < len(suffix) <= 5 else shown[:MOST_CHARACTERS]


def _percent_decoded(name: str) -> str:
    if "%" not in name:
        return name
    raw = unquote_to_bytes(name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
