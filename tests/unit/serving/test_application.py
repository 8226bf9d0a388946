"""The explorer as a whole: what it needs to be there."""

import subprocess
import sys

# What takes a server tens of megabytes and seconds to load, and draws, reads or checks nothing for
# a page that shows no chart.
NEEDLESS = (
    "altair", "lxml", "numpy", "pandas", "pyarrow", "pydantic", "pypinyin", "scrapy", "vl_convert",
    "yaml",
)  # fmt: skip


def test_the_explorer_starts_without_what_no_page_needs():
    script = """
import sys
import pipelines.cli.explore
import pipelines.serving.application
import pipelines.serving.running
print(*sys.modules, sep="\\n")
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "pipelines.serving.pages.department" in ran.stdout.split()
    assert set(ran.stdout.split()).isdisjoint(NEEDLESS)
