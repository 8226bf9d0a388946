"""Completion as the documents say it is set up: commands, options and values."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.cli.group import COMMANDS
from tests.e2e.sample_run import juesuan

BASH_PROGRAM = shutil.which("bash") or "bash"
BASH = """
PATH={folder}:$PATH
eval "$(_JUESUAN_COMPLETE=bash_source juesuan)"
complete -p juesuan
COMP_WORDS=(juesuan {words}) COMP_CWORD={number}
_juesuan_completion juesuan
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.fixture(scope="module")
def folder() -> Path:
    """Where the command is."""
    found = shutil.which("juesuan", path=str(Path(sys.executable).parent))
    assert found is not None
    return Path(found).parent


def completed(words: str, shell: str, language: str = "en") -> list[str]:
    """What the command offers a shell for the last word."""
    answer = juesuan(
        _JUESUAN_COMPLETE=f"{shell}_complete",
        COMP_WORDS=f"juesuan {words}",
        COMP_CWORD=words.rpartition(" ")[2] if shell == "fish" else str(len(words.split(" "))),
        JUESUAN_LANG=language,
    )
    assert answer.exit_code == 0, answer.complaints
    return answer.output.splitlines()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_completes_the_command(shell: str):
    answer = juesuan(_JUESUAN_COMPLETE=f"{shell}_source")
    assert answer.exit_code == 0
    assert f"_JUESUAN_COMPLETE={shell}_complete" in answer.output


def test_bash_completes_what_is_begun(folder: Path):
    script = BASH.format(folder=folder, words="ex", number=1)
    said = subprocess.run(
        [BASH_PROGRAM, "--norc", "-c", script], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert said[0].endswith("juesuan")
    assert said[1:] == ["explain", "explore", "export"]


def test_commands_options_and_values_are_completed():
    assert [line.removeprefix("plain,") for line in completed("", "bash")] == list(COMMANDS)
    assert "plain,--warehouse" in completed("run --", "bash")
    values = completed("discrepancies --format ", "bash")
    assert values == [f"plain,{name}" for name in ("table", "csv", "json", "html", "md")]


def test_shells_that_show_a_line_beside_a_command_show_it_in_the_language():
    lines = completed("", "zsh", "zh")
    assert lines[lines.index("run") + 1] == "读取所有新文件，建成数据仓库。"
