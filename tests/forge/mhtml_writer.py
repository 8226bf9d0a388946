"""Writes composed sections as a web page saved in one file (MHTML), the same bytes every time.

Knows MIME. Does not know HTML, forms or departments.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from pathlib import Path

from tests.forge.blocks import Section
from tests.forge.web_writer import web_page

ADDRESS = "http://www.example.gov.cn/zwgk/czyjs/t20240901_1.html"
BOUNDARY = "----=_NextPart_01DAFC3E.5A3C0F20"
STYLES = "td{border:1px solid #000}\n"
PIXEL = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
)


class TransferEncoding(StrEnum):
    """How the page is written in ASCII."""

    QUOTED_PRINTABLE = "quoted-printable"
    BASE64 = "base64"


@dataclass(frozen=True, slots=True)
class MhtmlHabits:
    """How a program saves web pages.

    Attributes:
        charset: The page's character set.
        is_announced: Whether the part says the character set, too, not the page alone.
    """

    charset: str = "utf-8"
    transfer: TransferEncoding = TransferEncoding.QUOTED_PRINTABLE
    is_announced: bool = True


PLAIN_HABITS = MhtmlHabits()


def draw_mhtml_habits(seed: int) -> MhtmlHabits:
    """Draw a program's habits, each independent of the others."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, and nothing is kept secret
    return MhtmlHabits(
        charset=rng.choice(("utf-8", "gb2312")),
        transfer=rng.choice(tuple(TransferEncoding)),
        is_announced=rng.random() < 1 / 2,
    )


def write_mhtml(
    sections: Iterable[Section], path: Path, habits: MhtmlHabits = PLAIN_HABITS
) -> None:
    """Write sections to one file with a web page and what belongs to it."""
    # Programs say gb2312 and mean its superset.
    codec = "gbk" if habits.charset == "gb2312" else habits.charset
    page = web_page(sections, habits.charset)
    message = EmailMessage(policy=SMTP)
    message["From"] = "<Saved by Browser>"
    message["Snapshot-Content-Location"] = ADDRESS
    message["Date"] = "Sun, 01 Sep 2024 00:00:00 -0000"
    message.set_content(page, "html", codec, habits.transfer.value)
    message.make_related(BOUNDARY)
    message.set_param("type", "text/html")
    (article,) = message.iter_parts()
    if habits.is_announced:
        article.set_param("charset", habits.charset)
    else:
        article.del_param("charset")
    article["Content-Location"] = ADDRESS
    for content, maintype, subtype, place in (
        (STYLES.encode(), "text", "css", "http://www.example.gov.cn/style.css"),
        (PIXEL, "image", "gif", "http://www.example.gov.cn/blank.gif"),
    ):
        message.add_related(content, maintype, subtype, headers=[f"Content-Location: {place}"])
    path.write_bytes(message.as_bytes())
