"""The project's own Python modules as syntax trees, for tests of how it is built."""

import ast
from functools import cache
from pathlib import Path

from tests.paths import PROJECT_DIR

PACKAGE_DIR = PROJECT_DIR / "pipelines"


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE_DIR.rglob("*.py"))


def name_of(module: Path) -> str:
    """A module's path below the project, as tests name it."""
    return module.relative_to(PROJECT_DIR).as_posix()


def tree_of(module: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(module.read_text(encoding="utf-8"))


@cache
def imported_packages(module: Path) -> frozenset[str]:
    """The first part of everything that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return frozenset(name.partition(".")[0] for name in names)
