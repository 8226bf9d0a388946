"""Templates are compiled once, as dbt compiles them, and again where what is kept is spoilt."""

from inspect import unwrap
from pathlib import Path

import pytest
from dbt.clients.jinja import get_rendered
from dbt_common.clients import jinja

from pipelines.warehouse import kept_templates
from pipelines.warehouse.kept_templates import SUFFIX, templates_file, templates_kept

SQL = "select {{ column | upper }}{% if more %}, {{ more | as_number }}{% endif %}"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is compiled from now on, in what might be a process of its own."""
    sources: list[str] = []
    original = unwrap(jinja.MacroFuzzEnvironment.compile)

    def noted(self: jinja.MacroFuzzEnvironment, source: str, *more: object) -> object:
        sources.append(source)
        return original(self, source, *more)

    monkeypatch.setattr(jinja.MacroFuzzEnvironment, "compile", noted)
    anew(monkeypatch)
    return sources


def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what this process compiled, as another would not know it."""
    monkeypatch.setattr(kept_templates, "_STORE", kept_templates._Store())


def rendered(**more: object) -> list[object]:
    """A template as SQL, and natively."""
    context = {"column": "total", **more}
    return [get_rendered(SQL, context, native=native) for native in (False, True)]


def test_a_template_is_compiled_once_and_for_all_processes(tmp_path, monkeypatch, compiled):
    kept = tmp_path / f"kept{SUFFIX}"
    wanted = rendered(more="3")
    assert wanted == ["select TOTAL, 3", "select TOTAL, 3"]
    for to_compile in ([SQL, SQL], []):
        with templates_kept(kept):
            compiled.clear()
            assert rendered(more="3") == wanted
            assert compiled == to_compile
            assert rendered()[0] == "select TOTAL"
        anew(monkeypatch)
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]


def test_what_is_kept_of_one_project_is_not_taken_for_another_s(tmp_path, compiled):
    counts = []
    for name in ("one", "other", "one"):
        with templates_kept(templates_file(tmp_path / f"{name}.parsed")):
            compiled.clear()
            rendered()
            counts.append(len(compiled))
    assert counts == [2, 2, 0]


def test_what_was_spoilt_is_compiled_again_and_nothing_depends_on_the_folder(
    tmp_path, monkeypatch, compiled
):
    kept = tmp_path / f"kept{SUFFIX}"
    with templates_kept(kept):
        rendered()
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    anew(monkeypatch)
    for place in (kept, None, Path("/dev/null/nowhere")):
        compiled.clear()
        with templates_kept(place):
            assert rendered()[0] == "select TOTAL"
        assert len(compiled) == 2


def test_what_stands_for_undefined_names_is_left_to_dbt(tmp_path, compiled):
    with templates_kept(tmp_path / f"kept{SUFFIX}"):
        for _ in range(2):
            get_rendered(SQL, {"column": "total"}, capture_macros=True)
    assert compiled == [SQL, SQL]
