"""Keeps what Jinja compiled of a dbt project's templates, so that it compiles each but once.

Knows which templates are compiled alike whoever asks, and how Python writes down what it compiled.
dbt compiles the templates of all models, tests and macros that it uses anew in every process: a
tenth of the time of a small build. Where the folder cannot be written, they are compiled again.
"""

import hashlib
import marshal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from pipelines.acquiring.kept_files import keep, take

if TYPE_CHECKING:
    from dbt_common.clients.jinja import MacroFuzzEnvironment

SUFFIX = ".templates"
# As many as parsed projects are kept; each takes a MB.
KEPT = 12


class _Store:
    """What was compiled in this process or before, by a digest of how and from what.

    Attributes:
        kept: Where it is kept; None for nowhere.
        compiled: The code.
        saved_count: How much of it is in the file.
    """

    def __init__(self) -> None:
        self.kept: Path | None = None
        self.compiled: dict[str, CodeType] = {}
        self.saved_count = 0

    def turn_to(self, kept: Path | None) -> None:
        """Hold what was compiled of another project."""
        self.kept = kept
        packed = take(kept) if kept else None
        self.compiled = marshal.loads(packed) if packed else {}  # noqa: S302 - written by save
        self.saved_count = len(self.compiled)

    def save(self) -> None:
        """Keep what was compiled since the last time."""
        if self.kept and len(self.compiled) > self.saved_count:
            keep(self.kept, marshal.dumps(self.compiled), KEPT)
            self.saved_count = len(self.compiled)


_STORE = _Store()


def templates_file(parsed_project: Path) -> Path:
    """Where templates of a project are kept that is kept parsed in another file.

    What they are compiled by has a say: that file's name follows from all that dbt is.
    """
    return parsed_project.with_suffix(SUFFIX)


@contextmanager
def templates_kept(kept: Path | None) -> Iterator[None]:
    """Have dbt, while it is called, compile no template that was compiled before.

    Args:
        kept: Where they are kept; None for nowhere but in this process.
    """
    _compile_once()
    if _STORE.kept != kept:
        _STORE.turn_to(kept)
    yield
    _STORE.save()


def _compile_once() -> None:
    """Have dbt, in this process, look into the store before it compiles a template."""
    from dbt_common.clients import jinja
    from jinja2 import Undefined

    by_dbt = jinja.MacroFuzzEnvironment.compile
    if getattr(by_dbt, "is_of_juesuan", False):
        return

    @wraps(by_dbt)
    def compile_template(
        self: "MacroFuzzEnvironment", source: object, *more: object, **named: object
    ) -> object:
        # While dbt parses a project, what is not defined is of a kind of its own.
        is_plain = isinstance(source, str) and not (more or named or jinja.MACRO_DEBUGGING)
        if not is_plain or self.undefined is not Undefined:
            return by_dbt(self, source, *more, **named)  # type: ignore[call-overload]
        told = f"{type(self).__name__}\0{source}"
        key = hashlib.sha256(told.encode()).hexdigest()
        if key not in _STORE.compiled:
            _STORE.compiled[key] = by_dbt(self, source)  # type: ignore[call-overload]
        return _STORE.compiled[key]

    compile_template.is_of_juesuan = True  # type: ignore[attr-defined]
    jinja.MacroFuzzEnvironment.compile = compile_template  # type: ignore[assignment, method-assign]
