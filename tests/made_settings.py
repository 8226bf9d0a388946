"""Settings for tests that build with the real dbt project in this process."""

import os

from pipelines.settings import Settings, load_settings


def made_settings() -> Settings:
    """The defaults, with the parsed project that all tests share (see ``tests/conftest.py``)."""
    return load_settings({"JUESUAN_CACHE": os.environ["JUESUAN_CACHE"]})
