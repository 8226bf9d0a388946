"""Macros that nodes are given without sorting them anew are those that dbt gives them."""

from collections.abc import Callable
from inspect import unwrap
from itertools import chain
from types import SimpleNamespace

import pytest
from dbt.clients.jinja import MacroGenerator, MacroStack
from dbt.context.macros import MacroNamespace, MacroNamespaceBuilder
from dbt.exceptions import DuplicateMacroNameError

from pipelines.warehouse.macro_namespaces import share_macro_namespaces

# Of one name dbt takes the macro of the node's package, the project's, a package of the name, its
# own.
NAMES = {
    "dbt": ("everywhere", "of_dbt", "of_both"),
    "dbt_duckdb": ("everywhere", "of_both", "of_adapter"),
    "juesuan": ("everywhere", "of_project", "bought"),
    "bought": ("everywhere", "of_package", "dbt"),
}
Macros = dict[str, dict[str, SimpleNamespace]]


def macros() -> Macros:
    return {
        package: {
            name: SimpleNamespace(name=name, package_name=package, unique_id=f"{package}.{name}")
            for name in names
        }
        for package, names in NAMES.items()
    }


def builder(package: str, node: object) -> MacroNamespaceBuilder:
    return MacroNamespaceBuilder("juesuan", package, MacroStack(), ["dbt_duckdb", "dbt"], node)


@pytest.fixture
def by_dbt(monkeypatch: pytest.MonkeyPatch) -> Callable[..., MacroNamespace]:
    """How dbt does it, which is left to do it by us."""
    original = unwrap(MacroNamespaceBuilder.build_namespace)
    monkeypatch.setattr(MacroNamespaceBuilder, "build_namespace", original)
    share_macro_namespaces()
    return original


def told(member: object) -> object:
    """What a name stands for: the macro and what it is called with, or a package of such."""
    if isinstance(member, MacroGenerator):
        assert type(member) is MacroGenerator
        return id(member.macro), id(member.context), member.node, member.stack
    return {name: told(each) for name, each in member.items()}


@pytest.mark.parametrize("package", ["juesuan", "bought", "dbt"])
def test_every_name_stands_for_what_it_stands_for_to_dbt(by_dbt, package):
    present = macros()
    for node in ("first", "second"):
        context: dict[str, object] = {"of": node}
        mine, its = builder(package, node), builder(package, node)
        its.thread_ctx = mine.thread_ctx
        ours = mine.build_namespace(present, context)
        theirs = by_dbt(its, present, context)
        assert told(ours) == told(theirs)
        assert {**ours}.keys() == {*ours} == {*ours.keys()} == {*theirs}
        assert len(ours) == len(theirs)
        for asked in (None, "dbt", "juesuan", "bought"):
            for name in (*chain(*NAMES.values()), "nowhere"):
                one, other = (each.get_from_package(asked, name) for each in (ours, theirs))
                assert (one and told(one)) == (other and told(other))
        assert "nowhere" not in ours


def test_macros_of_another_project_or_reading_of_it_are_others(by_dbt):
    one, other = macros(), macros()
    other["juesuan"]["new"] = SimpleNamespace(name="new", package_name="juesuan", unique_id="new")
    for present in (one, other, one):
        ours = builder("juesuan", None).build_namespace(present, {})
        assert ours["everywhere"].macro is present["juesuan"]["everywhere"]
        assert ("new" in ours) == (present is other)
    # Where they change in place, too, as while a project is parsed.
    one["juesuan"]["later"] = SimpleNamespace(name="later", package_name="juesuan", unique_id="l")
    assert "later" in builder("juesuan", None).build_namespace(one, {})
    assert by_dbt is not MacroNamespaceBuilder.build_namespace


@pytest.mark.usefixtures("by_dbt")
def test_two_macros_of_one_name_are_refused_as_by_dbt():
    present = macros()
    again = SimpleNamespace(
        name="of_project", package_name="juesuan", unique_id="again", original_file_path="a.sql"
    )
    present["juesuan"]["of_project"].original_file_path = "b.sql"
    present["juesuan"]["again"] = again
    with pytest.raises(DuplicateMacroNameError):
        builder("juesuan", None).build_namespace(present, {})


@pytest.mark.usefixtures("by_dbt")
def test_dbt_is_told_once():
    ours = MacroNamespaceBuilder.build_namespace
    share_macro_namespaces()
    assert MacroNamespaceBuilder.build_namespace is ours
