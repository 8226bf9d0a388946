"""What addresses of the explorer may look like: ids by pattern, and nothing else.

Knows patterns. An address that fits none of them is no page, so that nothing a stranger made up
reaches a question.
"""

from typing import ClassVar

from starlette.convertors import Convertor, register_url_convertor

KEY = "[0-9a-f]{16}"


class _Pattern(Convertor[str]):
    """A part of a path that is used as it is written."""

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


class _Key(_Pattern):
    """Key of a document, body, figure, claim or check: 16 hex digits."""

    regex: ClassVar[str] = KEY


class _Name(_Pattern):
    """Name of an identity or of a chart."""

    regex: ClassVar[str] = "[a-z0-9_]+"


class _RegionCode(_Pattern):
    """Code of a region: six digits."""

    regex: ClassVar[str] = "[0-9]{6}"


def register_patterns() -> None:
    """Let routes say ``{body_id:key}``, ``{identity_id:name}`` and ``{region_code:region}``."""
    register_url_convertor("key", _Key())
    register_url_convertor("name", _Name())
    register_url_convertor("region", _RegionCode())
