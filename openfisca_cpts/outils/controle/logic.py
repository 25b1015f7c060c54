"""The small changes of formulas that a test must notice: a comparison, a term, a name, a period.

The generators of mutants for Python (mutmut, cosmic-ray) run a whole suite of pytest for each, and
know nothing of periods nor of the names of variables: a change is made here in the syntax tree, and
`logic_bench` runs the YAML tests that reach it.
"""

from __future__ import annotations

import ast
import copy
import dataclasses
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

RULES = (
    *("variables/**/*.py", "calcul/*.py", "missions/*.py"),
    *("reforms/scenarios/**/*.py", "reforms/variantes/**/*.py"),
    *("reforms/baremes.py", "reforms/habitants.py", "reforms/modifications.py"),
)
"""The files that hold rules: those of the law, then those of the shipped reforms."""
READERS = (
    "calcul/saisies.py",
    *(f"missions/{n}.py" for n in ("controle", "declaration", "fabrique")),
)
"""Files that read and refuse, which no YAML test can assert: those of Python do."""

COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
CALCULATED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {
    "minimum": "maximum",
    "maximum": "minimum",
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "this_year": "last_year",
    "last_year": "this_year",
    "premier_jour": "dernier_jour",
    "dernier_jour": "premier_jour",
}
"""Names whose other is nearly the same."""
WORDS = {
    "part_fixe": "part_variable",
    "part_variable": "part_fixe",
    "exercice_ouverture": "exercice_cloture",
    "exercice_cloture": "exercice_ouverture",
    "exercice_evaluation": "exercice_cloture",
    "_retenue": "_date_demarrage",
}
"""Pieces of the name of a variable, and what would stand there by mistake."""


@dataclasses.dataclass(frozen=True)
class LogicMutation:
    """One small change of a formula.

    Attributes:
        file: path of the file inside the package, with slashes.
        line: line of what is changed.
        function: qualified name of the function that holds it.
        rank: rank of the change among those of its file.
        text: what becomes what, in Python.
    """

    file: str
    line: int
    function: str
    rank: int
    text: str


APART = (ast.FunctionDef, ast.ClassDef, ast.Raise, ast.Import, ast.ImportFrom)
"""Statements that compute nothing of the function they stand in."""

Change = tuple[ast.AST, str, Any, Any]
"""A node, one of its fields, what stands there and what replaces it."""


def files(root: Path) -> list[Path]:
    """Give the files that hold rules, in their order.

    Args:
        root: folder of the package.

    Returns:
        The files.
    """
    left_out = {root / name for name in READERS}
    found = (path for pattern in RULES for path in sorted(root.glob(pattern)))
    return [path for path in found if path not in left_out]


def mutations(root: Path, path: Path, variables: Collection[str]) -> Iterator[LogicMutation]:
    """Give every mutation of a file.

    Args:
        root: folder of the package.
        path: the file.
        variables: names of the variables of the law: one may stand for its neighbour.

    Yields:
        The mutations, in the order of the file.
    """
    tree = ast.parse(path.read_text("utf-8"))
    for rank, (function, node, (_, _, before, after)) in enumerate(_changes(tree, variables)):
        file = path.relative_to(root).as_posix()
        text = f"{_written(before)} → {_written(after)}"
        yield LogicMutation(file, getattr(node, "lineno", 0), function, rank, text)


def mutate(source: str, rank: int, variables: Collection[str]) -> str:
    """Apply a mutation to the text of its file.

    Args:
        source: the text.
        rank: rank of the mutation.
        variables: names of the variables of the law, as `mutations` was given them.

    Returns:
        The text of the mutant; each statement stands on the line where it stood.
    """
    tree = ast.parse(source)
    for number, (_, _, (node, field, before, after)) in enumerate(_changes(tree, variables)):
        if number == rank:
            value = getattr(node, field)
            if isinstance(value, list):
                value[next(i for i, item in enumerate(value) if item is before)] = after
            else:
                setattr(node, field, after)
            return ast.unparse(ast.fix_missing_locations(tree))
    raise IndexError(rank)


def _changes(tree: ast.AST, variables: Collection[str]) -> Iterator[tuple[str, Any, Change]]:
    names = sorted(variables)
    for name, function in _functions(tree, ()):
        documented = ast.get_docstring(function) is not None
        statements = function.body[1:] if documented else function.body
        nodes = [node for each in statements for node in _of_this_function(each)]
        for node in (function, *nodes):
            for change in _replaced(node):
                _, _, statement, _ = change
                yield name, statement, change
        for node in nodes:
            for change in _of_node(node, names):
                yield name, node, change


def _functions(tree: ast.AST, inside: tuple[str, ...]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Give each function, inner ones too, by its qualified name."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef):
            name = (*inside, node.name)
            yield ".".join(name), node
            yield from _functions(node, (*name, "<locals>"))
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node, (*inside, node.name))
        else:
            yield from _functions(node, inside)


def _of_this_function(statement: ast.AST) -> Iterator[ast.AST]:
    """Walk through what a statement computes: no inner function, no message of an error."""
    if isinstance(
        statement, (ast.FunctionDef, ast.ClassDef, ast.Raise, ast.Import, ast.ImportFrom)
    ):
        return
    yield statement
    for field, value in ast.iter_fields(statement):
        if field in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _of_this_function(child)


def _of_node(node: ast.AST, names: list[str]) -> Iterator[Change]:
    if isinstance(node, ast.Compare):
        for operator in node.ops:
            if type(operator) in COMPARED:
                yield node, "ops", operator, COMPARED[type(operator)]()
    elif isinstance(node, ast.BinOp):
        if type(node.op) in CALCULATED:
            yield node, "op", node.op, CALCULATED[type(node.op)]()
        if isinstance(node.op, (ast.Add, ast.Mult, ast.BitAnd, ast.BitOr)):
            # A term that is dropped: it becomes what the others leave unchanged.
            for side in ("left", "right"):
                yield from _dropped(node, side)
    elif isinstance(node, ast.AugAssign) and type(node.op) in CALCULATED:
        yield node, "op", node.op, CALCULATED[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield node, "op", node.op, other
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Invert, ast.Not)):
        twice = ast.UnaryOp(copy.deepcopy(node.op), copy.deepcopy(node.operand))
        yield node, "operand", node.operand, twice
    elif isinstance(node, ast.IfExp):
        yield node, "body", node.body, node.orelse
    elif isinstance(node, ast.Call):
        yield from _called(node)
    elif isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield node, "attr", node.attr, NAMES[node.attr]
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield node, "id", node.id, NAMES[node.id]
    elif isinstance(node, ast.Constant):
        yield from _constant(node, names)


def _dropped(node: ast.BinOp, side: str) -> Iterator[Change]:
    kept = copy.deepcopy(node.right if side == "left" else node.left)
    neutral: dict[type, Callable[[], ast.expr]] = {
        ast.Add: lambda: ast.BinOp(kept, ast.Mult(), ast.Constant(0)),
        ast.Mult: lambda: ast.Constant(1),
    }
    make = neutral.get(type(node.op))
    after = make() if make is not None else kept
    yield node, side, getattr(node, side), after


def _replaced(node: ast.AST) -> Iterator[Change]:
    """Give the values that an assignment adds to what was there, and would replace."""
    for field in ("body", "orelse"):
        statements = getattr(node, field, None)
        for statement in statements if isinstance(statements, list) else []:
            if isinstance(statement, ast.AugAssign):
                target = copy.deepcopy(statement.target)
                yield node, field, statement, ast.Assign([target], copy.deepcopy(statement.value))


def _called(node: ast.Call) -> Iterator[Change]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name == "where" and len(node.args) == len(("condition", "yes", "no")):
        _, yes, no = node.args
        yield node, "args", yes, copy.deepcopy(no)


def _constant(node: ast.Constant, names: list[str]) -> Iterator[Change]:
    if node.value is True or node.value is False:
        yield node, "value", node.value, not node.value
    elif isinstance(node.value, int):
        yield node, "value", node.value, node.value + 1
    elif isinstance(node.value, str):
        for word, other in WORDS.items():
            if word in node.value:
                yield node, "value", node.value, node.value.replace(word, other)
                return
        if node.value in names:
            neighbour = names[(names.index(node.value) + 1) % len(names)]
            yield node, "value", node.value, neighbour


def _written(value: object) -> str:
    if isinstance(value, ast.expr):
        return ast.unparse(value)
    if isinstance(value, ast.AST):
        return type(value).__name__
    return repr(value)
