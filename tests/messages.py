"""The message catalogue of the command: what it has to hold, and bringing it up to date.

``python -m tests.messages`` (``make messages``) adds to ``pipelines/locale`` what is said anew,
without a translation, and takes out what nothing says any more. A test then names what is missing.
"""

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
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
# How many words at the beginning of a call are texts.
SAYING = {"say": 1, "say_count": 2, "Text": 1, "counted_text": 2, "marked": 1}
MESSAGES = "pipelines.domain.messages"

WIDTH = 96
HEADER = """\
# What the command says, in Chinese. How it is kept: CONTRIBUTING.md.
msgid ""
msgstr ""
"Language: zh\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

Message = str | tuple[str, str]


@cache
def error_classes() -> frozenset[str]:
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
    return frozenset(found)


def imported_names(body: list[ast.stmt]) -> set[str]:
    """What a module imports of those who say something; others have functions of the same names."""
    return {
        alias.name
        for node in body
        if isinstance(node, ast.ImportFrom) and node.module == MESSAGES
        for alias in node.names
    }


def called_name(call: ast.Call) -> str:
    """What a call calls by its name alone, or ``__init__`` of a class above."""
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr="__init__", value=ast.Call(func=ast.Name(id="super"))):
            return "__init__"
    return ""


def said_in(tree: ast.Module, saying: dict[str, int]) -> Iterator[Message | None]:
    """What a module says, by the calls that say it; None for what is no literal and no name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or called_name(node) not in saying:
            continue
        said = node.args[: saying[called_name(node)]]
        texts = [each.value for each in said if isinstance(each, ast.Constant)]
        if texts and len(texts) == len(said):
            yield (texts[0], texts[1]) if len(texts) > 1 else texts[0]
        elif any(isinstance(each, ast.JoinedStr | ast.BinOp) for each in said):
            yield None


@cache
def said_by_modules() -> tuple[tuple[Message | None, str], ...]:
    """What the modules of the package say, and in which module."""
    said = []
    errors = dict.fromkeys(error_classes(), 1)
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = {name: SAYING[name] for name in imported_names(tree.body) & set(SAYING)}
        defined = {each.name for each in tree.body if isinstance(each, ast.ClassDef)}
        # What an error says of itself, and what is said where one is raised.
        saying = own | errors | ({"__init__": 1} if defined & set(errors) else {})
        where = path.relative_to(PROJECT_DIR).as_posix()
        said += [(message, where) for message in said_in(tree, saying)]
    return tuple(said)


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
        tree = ast.parse((folder / f"{name}.py").read_text(encoding="utf-8"))
        for message in said_in(tree, {"_": 1, "ngettext": 2}):
            if message is not None:
                yield message, f"click/{name}.py"


def all_said() -> dict[Message, set[str]]:
    """Everything that is said in the command, and where."""
    said: dict[Message, set[str]] = {}
    system = ((text, "pipelines/domain/messages.py") for text in SYSTEM_TEXTS)
    for source in (said_by_modules(), said_by_help(), said_by_click(), system):
        for message, where in source:
            if message is not None:
                said.setdefault(message, set()).add(where)
    return said


def written_catalogue() -> Catalog:
    """The catalogue as it is in the project."""
    with WRITTEN.open("rb") as file:
        return read_po(file, locale=Language.ZH)


def bring_up_to_date() -> None:
    """Write the catalogue with all that is said, and with the translations that there are."""
    before = written_catalogue()
    catalogue = Catalog(locale=Language.ZH)
    said = {message: sorted(sources) for message, sources in all_said().items()}
    for message in sorted(said, key=lambda each: (said[each], str(each))):
        known = before.get(message if isinstance(message, str) else message[0])
        catalogue.add(
            message,
            string=known.string if known else None,
            locations=[(source, None) for source in said[message]],
        )
    body = BytesIO()
    write_po(body, catalogue, omit_header=True, width=WIDTH, include_lineno=False)
    WRITTEN.write_bytes(HEADER.encode() + body.getvalue())


if __name__ == "__main__":
    bring_up_to_date()
