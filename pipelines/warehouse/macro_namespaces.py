"""Gives dbt the macros of a project for a node without sorting all of them anew each time.

Knows which of several macros of one name dbt takes. dbt makes a namespace of all macros, of its own
and of the project, for every node that it compiles and every statement of its own that it runs: a
tenth of the time of a small build. What they are called depends on the project only.
"""

from collections.abc import Iterator, KeysView, Mapping
from functools import cache, wraps
from operator import is_
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from dbt.clients.jinja import MacroGenerator, MacroStack
    from dbt.context.macros import MacroNamespace, MacroNamespaceBuilder
    from dbt.contracts.graph.nodes import Macro

MacrosByPackage: TypeAlias = dict[str, dict[str, "Macro"]]
Callables: TypeAlias = dict[str, "MacroGenerator"]


def share_macro_namespaces() -> None:
    """Have dbt, in this process, find out once for each project what its macros are called."""
    from dbt.context.macros import MacroNamespaceBuilder

    by_dbt = MacroNamespaceBuilder.build_namespace
    if getattr(by_dbt, "is_of_juesuan", False):
        return
    plans: dict[tuple[str, ...], _Plan] = {}

    @wraps(by_dbt)
    def build_namespace(
        self: "MacroNamespaceBuilder", macros_by_package: MacrosByPackage, ctx: dict[str, Any]
    ) -> "MacroNamespace":
        key = (self.root_package, self.search_package, *self.internal_package_names_order)
        plan = plans.get(key)
        if plan is None or not plan.is_of(macros_by_package):
            plan = plans[key] = _Plan(by_dbt(self, macros_by_package, ctx), macros_by_package)
        return plan.carried_out(ctx, self.node, self.thread_ctx)

    build_namespace.is_of_juesuan = True  # type: ignore[attr-defined]
    MacroNamespaceBuilder.build_namespace = build_namespace  # type: ignore[method-assign]


class _Plan:
    """What the macros of a project are called in the nodes of one of its packages.

    Attributes:
        macros: All of them.
        of_root, of_node, of_dbt: Where in that list each name's macro is that a package gives.
        of_packages: The same, by package.
    """

    def __init__(self, by_dbt: "MacroNamespace", macros: MacrosByPackage) -> None:
        """Take note of a namespace that dbt made of these macros."""
        self.macros = _listed(macros)
        places = {id(macro): place for place, macro in enumerate(self.macros)}

        def noted(callables: "Mapping[str, MacroGenerator]") -> dict[str, int]:
            return {name: places[id(each.macro)] for name, each in callables.items()}

        self.of_root = noted(by_dbt.global_namespace)
        self.of_node = noted(by_dbt.local_namespace)
        self.of_dbt = noted(by_dbt.global_project_namespace)
        self.of_packages = {name: noted(each) for name, each in by_dbt.packages.items()}

    def is_of(self, macros: MacrosByPackage) -> bool:
        """Whether these macros are those of the plan, and not others of the same names."""
        listed = _listed(macros)
        return len(listed) == len(self.macros) and all(map(is_, listed, self.macros))

    def carried_out(
        self, ctx: dict[str, Any], node: object, stack: "MacroStack"
    ) -> "MacroNamespace":
        """The namespace that dbt would make for a node."""
        made = _callables(self.macros, ctx, node, stack)

        def placed(places: dict[str, int]) -> Callables:
            return {name: made[place] for name, place in places.items()}

        packages = {name: placed(places) for name, places in self.of_packages.items()}
        of_root, of_node, of_dbt = map(placed, (self.of_root, self.of_node, self.of_dbt))
        return _settled()(of_root, of_node, of_dbt, packages)


def _listed(macros: MacrosByPackage) -> "list[Macro]":
    return [macro for package in macros.values() for macro in package.values()]


def _callables(
    macros: "list[Macro]", ctx: dict[str, Any], node: object, stack: "MacroStack"
) -> "list[MacroGenerator]":
    """What each macro is called by; made without its three constructors, which only keep these."""
    from dbt.clients.jinja import MacroGenerator

    made = []
    for macro in macros:
        each = MacroGenerator.__new__(MacroGenerator)
        each.context, each.macro, each.node, each.stack = ctx, macro, node, stack
        made.append(each)
    return made


@cache
def _settled() -> "type[MacroNamespace]":
    """A namespace that looks up all names when it is made: dbt asks for every one of them."""
    from dbt.context.macros import MacroNamespace, NamespaceMember
    from dbt.include.global_project import PROJECT_NAME

    class Settled(MacroNamespace):
        def __init__(
            self,
            of_root: Callables,
            of_node: Callables,
            of_dbt: Callables,
            packages: dict[str, Callables],
        ) -> None:
            super().__init__(of_root, of_node, of_dbt, packages)
            # From where dbt looks last to where it looks first.
            self.found: dict[str, NamespaceMember] = {
                **of_dbt,
                PROJECT_NAME: of_dbt,
                **packages,
                **of_root,
                **of_node,
            }

        def __getitem__(self, key: str) -> "NamespaceMember":
            return self.found[key]

        def keys(self) -> KeysView[str]:
            return self.found.keys()

        def __iter__(self) -> Iterator[str]:
            return iter(self.found)

        def __len__(self) -> int:
            return len(self.found)

    return Settled
