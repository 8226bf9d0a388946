"""Changes of a sign, a bound or a condition in Python.

The changes are mutmut's, and two more that our code asks for: all becomes any, and a comprehension
loses its condition. Does not know what a function means, nor how a mutant is tried.
"""

from collections.abc import Iterable, Iterator, Sequence

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

from tests.mutating.mutants import Mutant, mutant_of

_OPERATORS = (
    (cst.BaseNumber, mutators.operator_number),
    (cst.Name, mutators.operator_name),
    (cst.UnaryOperation, mutators.operator_remove_unary_ops),
    (cst.CSTNode, mutators.operator_keywords),
    (cst.CSTNode, mutators.operator_swap_op),
    (cst.IfExp, mutators.operator_if_exp),
    (cst.Call, mutators.operator_symmetric_string_methods_swap),
)
_SWAPPED = {"any": "all", "all": "any", "min": "max", "max": "min"}


def python_mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every change of one sign, bound or condition in a module.

    Args:
        path: The file, from the project's folder.
        text: What is in it.
    """
    wrapper = MetadataWrapper(cst.parse_module(text), unsafe_skip_copy=True)
    visitor = _Visitor(wrapper.module, text)
    wrapper.visit(visitor)
    for (begin, end), becomes, operator, within in visitor.found:
        yield mutant_of(path, text, (begin, end), becomes, operator, within)


def _further(node: cst.CSTNode) -> Iterable[tuple[str, cst.CSTNode]]:
    """What mutmut does not change."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
        other = _SWAPPED.get(node.func.value)
        if other:
            yield "swapped name", node.with_changes(func=cst.Name(other))
    if isinstance(node, cst.CompIf):
        yield "condition", node.with_changes(test=cst.Name("True"))


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, module: cst.Module, text: str) -> None:
        super().__init__()
        self.found: list[tuple[tuple[int, int], str, str, str]] = []
        self._module = module
        self._text = text
        self._lines = _line_begins(text)
        self._within: list[str] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
            return False
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._within.append(node.name.value)
        for kind, operator in _OPERATORS:
            if isinstance(node, kind):
                name = operator.__name__.removeprefix("operator_").replace("_", " ")
                self._note(node, ((name, other) for other in operator(node)))
        self._note(node, _further(node))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef | cst.ClassDef):
            self._within.pop()

    def _note(self, node: cst.CSTNode, others: Iterable[tuple[str, cst.CSTNode]]) -> None:
        for operator, other in others:
            was, becomes = self._module.code_for_node(node), self._module.code_for_node(other)
            begin = self._begin_of(node, was)
            if begin is None:
                continue
            same = _same_at_begin(was, becomes)
            alike = _same_at_begin(was[same:][::-1], becomes[same:][::-1])
            span = (begin + same, begin + len(was) - alike)
            self.found.append(
                (span, becomes[same : len(becomes) - alike], operator, ".".join(self._within))
            )

    def _begin_of(self, node: cst.CSTNode, code: str) -> int | None:
        """Where a node's code begins, brackets and blanks before it included."""
        place = self.get_metadata(PositionProvider, node, None)
        if not isinstance(place, CodeRange):
            return None
        at = self._lines[place.start.line - 1] + place.start.column
        lead = len(code) - len(code.lstrip(" \n("))
        begins = (at - before for before in range(lead + 1))
        return next(
            (begin for begin in begins if self._text[begin : begin + len(code)] == code), None
        )


def _same_at_begin(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _line_begins(text: str) -> Sequence[int]:
    begins = [0]
    for line in text.splitlines(keepends=True):
        begins.append(begins[-1] + len(line))
    return begins
