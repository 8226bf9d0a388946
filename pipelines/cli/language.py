"""The command line in the reader's language: help, click's own words, and what commands say.

Knows what of a command is shown to people. Does not know what any of it says. Where the language is
English nothing is loaded and nothing changed.
"""

import gettext
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from importlib import import_module
from typing import TypeVar

import click

from pipelines.domain.languages import Language
from pipelines.domain.messages import marked, say, translated_by, translations

Shown = TypeVar("Shown", bound=click.Command)
# The modules of click that say something to people.
CLICK_MODULES = (
    "core", "decorators", "exceptions", "formatting", "parser", "shell_completion", "types",
)  # fmt: skip
# What stands for a value whose option names none.
VALUES = {
    "file": marked("FILE"),
    "path": marked("PATH"),
    "directory": marked("DIRECTORY"),
    "integer": marked("INTEGER"),
    "integer range": marked("INTEGER"),
    "text": marked("TEXT"),
}
PLACES_OF_WORDS = (marked("[OPTIONS]"), marked("COMMAND [ARGS]..."))


@contextmanager
def answering_in(language: Language) -> Iterator[None]:
    """Say everything meanwhile in a language, click's own words included."""
    if language is Language.EN:
        yield
        return
    from pipelines.exploring.catalogues import read_catalogue

    with translated_by(read_catalogue("juesuan", language)), _click_translated():
        yield


@contextmanager
def _click_translated() -> Iterator[None]:
    """Have click ask the catalogue, too: it asks gettext, which only knows installed files."""
    chosen = translations()
    ours = {gettext.gettext: chosen.gettext, gettext.ngettext: chosen.ngettext}
    modules = [import_module(f"click.{name}") for name in CLICK_MODULES]
    replaced = [
        (module, name, ours[asked])
        for module in modules
        for name in ("_", "ngettext")
        if (asked := getattr(module, name, None)) in ours
    ]
    before = [(module, name, getattr(module, name)) for module, name, _ in replaced]
    try:
        for module, name, function in replaced:
            setattr(module, name, function)
        yield
    finally:
        for module, name, function in before:
            setattr(module, name, function)


def in_the_language(command: Shown) -> Shown:
    """A command as it is shown in the language of the answer; in English the command itself."""
    if not is_translated():
        return command
    from pipelines.cli.help_layout import WideContext

    shown = copy(command)
    shown.context_class = WideContext
    shown.help = command.help and say(inspect.cleandoc(command.help))
    shown.short_help = command.short_help and say(command.short_help)
    shown.options_metavar = command.options_metavar and say(command.options_metavar)
    if isinstance(shown, click.Group) and shown.subcommand_metavar:
        shown.subcommand_metavar = say(shown.subcommand_metavar)
    # click keeps the option --help as it was first shown, in whichever language that was.
    shown._help_option = None
    shown.params = [_parameter(each) for each in command.params]
    return shown


def is_translated() -> bool:
    """Whether answers are in another language than the one that they are written in."""
    return type(translations()) is not gettext.NullTranslations


def _parameter(parameter: click.Parameter) -> click.Parameter:
    shown = copy(parameter)
    if isinstance(shown, click.Option):
        shown.help = shown.help and say(shown.help)
        if not shown.is_flag and shown.metavar is None and shown.type.name in VALUES:
            shown.metavar = VALUES[shown.type.name]
    shown.metavar = shown.metavar and say(shown.metavar)
    return shown
