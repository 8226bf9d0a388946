"""Writes composed sections as a web page in a publishing site's frame, the same bytes every time.

Knows HTML. Does not know forms or departments.
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path

from tests.forge.blocks import Role, Section, TableBlock, TextBlock
from tests.forge.grid import Grid, GridCell

HEADINGS = {Role.COVER: "h1", Role.PART: "h2", Role.FORM_TITLE: "h3"}
SPACES_BEFORE_RIGHT_TEXT = 40
# What every page of a site shows around its articles: links, a search form, an address.
FRAME = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}"><title>信息公开</title>
<style>td{{border:1px solid #000}}</style><script>var pages = "收入支出决算总表";</script></head>
<body><div class="top"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul>
<a href="/zwgk/">财政预决算</a> <select><option>2023</option><option>2024</option></select></div>
<table width="1000"><tr><td><div id="article">
{article}
</div></td></tr></table>
<footer>主办：人民政府办公室 备案号12345678 访问量1,234,567</footer></body></html>
"""


def write_web_page(sections: Iterable[Section], path: Path) -> None:
    """Write sections to one web page."""
    path.write_text(web_page(sections), encoding="utf-8", newline="\n")


def web_page(sections: Iterable[Section], charset: str = "utf-8") -> str:
    """One web page of sections, which says that it is in a character set."""
    blocks = (block for section in sections for block in section.blocks)
    article = "\n".join(
        _table(block.grid) if isinstance(block, TableBlock) else _text(block) for block in blocks
    )
    return FRAME.format(article=article, charset=charset)


def _text(block: TextBlock) -> str:
    tag = HEADINGS.get(block.role, "p")
    gap = "&nbsp;" * SPACES_BEFORE_RIGHT_TEXT if block.text and block.right else ""
    return f"<{tag}>{_escape(block.text)}{gap}{_escape(block.right)}</{tag}>"


def _escape(text: str) -> str:
    """Escape a text; runs of spaces would be shown as one."""
    return "<br>".join(escape(line) for line in text.split("\n")).replace("  ", " &nbsp;")


def _table(grid: Grid) -> str:
    rows = "\n".join(_row(grid, row) for row in range(grid.row_count))
    return f"<table>\n<tbody>\n{rows}\n</tbody></table>"


def _row(grid: Grid, row: int) -> str:
    cells = sorted((c for c in grid.cells if c.row == row), key=lambda cell: cell.column)
    return f"<tr>{''.join(map(_cell, cells))}</tr>"


def _cell(cell: GridCell) -> str:
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<td{rows}{columns}>{_escape(cell.text) or '&nbsp;'}</td>"
