"""The message catalogue of the command: what it has to hold, and bringing it up to date.

``python -m tests.messages`` (``make messages``) adds to ``pipelines/locale`` what is said anew,
without a translation, and takes out what nothing says any more. A test then names what is missing.
"""

import ast
import inspect
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from pipelines.cli import main
from pipelines.cli.group import COMMANDS
from pipelines.cli.language import CLICK_MODULES
from pipelines.domain.languages import Language
from pipelines.domain.messages import SYSTEM_TEXTS
from pipelines.exploring.catalogues import catalogue_file
from tests.paths import PROJECT_DIR

PACKAGE = PROJECT_DIR / "pipelines"
WRITTEN = catalogue_file("juesuan", Language.ZH)
SAYING = {"say": None, "say_count": (1, 2), "Text": None, "counted_text": (1, 2), "marked": None}
# The explorer's pages have a catalogue of their own.
OF_THE_EXPLORER = PACKAGE / "serving"

Message = str | tuple[str, str]


def error_classes() -> set[str]:
    """The names of all errors that are explained to people."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    found = {"ExplainedError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def said_in(path: Path, keywords: dict[str, tuple[int, ...] | None]) -> Iterator[Message]:
    """What a module says with some functions."""
    for _, message, *_ in extract("python", BytesIO(path.read_bytes()), keywords=keywords):
        yield message


def said_by_modules() -> Iterator[tuple[Message, str]]:
    """What the modules of the package say, and in which module."""
    errors = dict.fromkeys(error_classes())
    for path in sorted(PACKAGE.rglob("*.py")):
        own = {"Text": None} if path.is_relative_to(OF_THE_EXPLORER) else SAYING
        # What an error says of itself, and what is said where one is raised.
        keywords = own | errors | ({"__init__": None} if defines_errors(path, errors) else {})
        for message in said_in(path, keywords):
            yield message, path.relative_to(PROJECT_DIR).as_posix()


def defines_errors(path: Path, errors: dict[str, None]) -> bool:
    """Whether a module defines one of the errors."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.ClassDef) and node.name in errors for node in tree.body)


def said_by_help() -> Iterator[tuple[Message, str]]:
    """What the help of the commands says: texts, metavars, and lines of the table."""
    commands = {name: main.get_command(click.Context(main), name) for name in COMMANDS}
    for name, command in {"": main, **commands}.items():
        assert command is not None
        source = f"juesuan {name}".strip()
        shown = [command.help and inspect.cleandoc(command.help), command.options_metavar]
        for parameter in command.params:
            shown += [parameter.metavar, getattr(parameter, "help", None)]
        yield from ((text, source) for text in shown if text)


def said_by_click() -> Iterator[tuple[Message, str]]:
    """What click says."""
    folder = Path(inspect.getfile(click)).parent
    for name in CLICK_MODULES:
        for message in said_in(folder / f"{name}.py", {"_": None, "ngettext": (1, 2)}):
            yield message, f"click/{name}.py"


def all_said() -> dict[Message, set[str]]:
    """Everything that is said in the command, and where."""
    said: dict[Message, set[str]] = {}
    system = ((text, "pipelines/domain/messages.py") for text in SYSTEM_TEXTS)
    for source in (said_by_modules(), said_by_help(), said_by_click(), system):
        for message, where in source:
            said.setdefault(message, set()).add(where)
    return said


def written_catalogue() -> Catalog:
    """The catalogue as it is in the project."""
    with WRITTEN.open("rb") as file:
        return read_po(file, locale=Language.ZH)


def bring_up_to_date() -> None:
    """Write the catalogue with all that is said, and with the translations that there are."""
    before = written_catalogue()
    catalogue = Catalog(
        locale=Language.ZH,
        project="juesuan",
        version="",
        charset="utf-8",
        fuzzy=False,
        header_comment="# What the command says, in Chinese. See CONTRIBUTING.md.",
    )
    said = {message: sorted(sources) for message, sources in all_said().items()}
    for message in sorted(said, key=lambda each: (said[each], str(each))):
        known = before.get(message if isinstance(message, str) else message[0])
        catalogue.add(
            message,
            string=known.string if known else None,
            locations=[(source, None) for source in said[message]],
        )
    with WRITTEN.open("wb") as file:
        write_po(file, catalogue, omit_header=False, width=96, include_lineno=False)


if __name__ == "__main__":
    bring_up_to_date()
