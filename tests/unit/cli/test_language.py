"""The command in Chinese: every text, click's own words, errors, and none of it in English."""

import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from string import Formatter

import click
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from pipelines.cli import main
from pipelines.cli.group import COMMANDS
from pipelines.cli.help_layout import columns_of, wrapped
from pipelines.cli.language import answering_in
from pipelines.cli.updates import show_next_commands
from pipelines.domain.errors import ExplainedError
from pipelines.domain.languages import Language
from pipelines.domain.messages import Text, counted_text, say, say_count
from pipelines.settings import load_settings
from tests.messages import all_said, said_by_modules, written_catalogue

# Three words of small letters in a row are a sentence; names of files and settings are none.
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
WIDTH = 80


def asked(*words: str, language: str = "zh") -> Result:
    """What the command answers in a language, within this process."""
    return CliRunner(env={"JUESUAN_LANG": language}).invoke(main, words)


def fields_of(text: str) -> set[str]:
    """The fields of a text, with how they are converted and formatted."""
    return {
        f"{name}!{conversion}:{form}"
        for _, name, form, conversion in Formatter().parse(text)
        if name is not None
    }


def test_every_text_is_a_literal_that_can_be_translated():
    assert [where for message, where in said_by_modules() if message is None] == []


def test_every_text_has_its_chinese_and_no_chinese_is_left_over():
    """Where this fails: ``make messages``, and translate what has no ``msgstr`` yet."""
    written = {
        message.id: message.string if isinstance(message.string, str) else message.string[0]
        for message in written_catalogue()
        if message.id and not message.fuzzy
    }
    translated = {message for message, string in written.items() if string}
    assert {message for message in all_said() if message not in translated} == set()
    assert set(written) - set(all_said()) == set()


def test_a_translation_has_the_fields_of_the_original():
    """Of a plural all fields that both forms have, and none that neither has."""
    wrong = []
    for message in written_catalogue():
        texts = (message.id,) if isinstance(message.id, str) else message.id
        strings = (message.string,) if isinstance(message.string, str) else message.string
        wanted = [fields_of(text) for text in texts]
        wrong += [
            text
            for text in strings
            if message.id and not set.intersection(*wanted) <= fields_of(text) <= set.union(*wanted)
        ]
    assert wrong == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_chinese_and_fits(name: str):
    answer = asked(*filter(None, [name]), "--help")
    assert answer.exit_code == 0
    assert ENGLISH.findall(answer.output) == []
    assert "用法：" in answer.output
    assert "选项：\n" in answer.output
    assert [line for line in answer.output.splitlines() if columns_of(line) > WIDTH] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rnu"], "错误：没有命令 'rnu'。"),
        (["run", "--job", "2"], "没有选项 '--job'。"),
        (["run", "--jobs", "0"], "错误：'--jobs' 的值无效：0 不在范围 x>=1 之内。"),
        (["run", "--jobs", "two"], "'two' 不是有效的"),
        (["explain"], "缺少参数"),
        (["discrepancies", "--format", "xml"], "'xml' 不在可选范围内：'table'、"),
        (["status", "--warehouse", "no/such.duckdb"], "错误：没有仓库 no/such.duckdb：请用"),
        (["run", "--raw", "no/such"], "错误：没有目录 no/such：请新建"),
        (["wording", "--prose", "--format", "yaml"], "文字说明没有这类词条"),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(words: list[str], said: str):
    answer = asked(*words)
    assert answer.exit_code == 2
    assert said in answer.stderr.replace("', '", "'、'")
    assert ENGLISH.findall(answer.stderr) == []


def test_an_english_answer_stays_english_after_a_chinese_one():
    before = asked("run", "--help", language="en").output
    assert "读取" in asked("run", "--help").output
    assert asked("run", "--help", language="en").output == before
    assert "Usage: " in before


def test_a_setting_that_names_no_language_is_said_in_the_locale_s():
    answer = CliRunner(env={"JUESUAN_LANG": "fr", "LC_ALL": "zh_CN.UTF-8"}).invoke(main, ["status"])
    assert answer.exit_code == 2
    assert "JUESUAN_LANG 为 'fr'：只能是 zh 或 en" in answer.stderr


def test_what_is_kept_is_as_it_is_written_and_what_is_told_is_not():
    error = ExplainedError("{file}: {reason}", file="a", reason=Text("Permission denied", {}))
    things = Text("{remedy}", {"remedy": (counted_text("{count:,} claim", "{count:,} claims", 2),)})
    with answering_in(Language.ZH):
        assert (str(error), error.told()) == ("a: Permission denied", "a：没有权限")
        assert (str(things), things.told()) == ("2 claims", "2 处文字陈述")
        assert say_count("{count:,} file", "{count:,} files", 1) == "1 个文件"
    assert say("{file}: {reason}", file="a", reason=Text("Permission denied")) == str(error)


def shown_lines(name: str) -> Iterator[str]:
    """The lines of the options of a command's help."""
    yield from asked(name, "--help").output.partition("选项：\n")[2].splitlines()


def test_the_second_column_of_help_begins_in_one_place():
    terms = [re.match(r"(  \S.*?  +)\S", line) for line in shown_lines("run")]
    assert len({columns_of(found[1]) for found in terms if found}) == 1


def test_no_line_begins_with_a_sign_that_ends_a_clause():
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        with answering_in(Language.ZH):
            paragraphs = say(inspect.cleandoc(command.help or "")).split("\n\n")
        for width in range(20, 60, 7):
            lines = [line for each in paragraphs for line in wrapped(each, width)]
            assert [line for line in lines if line[0] in "，。、；：）"] == []
            assert [line for line in lines if columns_of(line) > width and " " in line] == []


@pytest.mark.parametrize(("language", "is_loaded"), [("en", False), ("zh", True)])
def test_catalogues_are_read_only_where_they_are_needed(language: str, *, is_loaded: bool):
    script = "import sys; from pipelines.cli import main; main(['--help'], standalone_mode=False)"
    ran = subprocess.run(
        [sys.executable, "-c", f"{script}; print('babel' in sys.modules, file=sys.stderr)"],
        env={"JUESUAN_LANG": language},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == f"{is_loaded}\n"


def test_what_to_do_next_names_commands_as_they_are_called():
    console = Console(file=StringIO(), width=240)
    with answering_in(Language.ZH), console.capture() as said:
        show_next_commands(console, load_settings({}))
    called = re.findall(r"：\S+ (\w+)", said.get())
    assert called == ["status", "discrepancies", "wording", "explain"]
