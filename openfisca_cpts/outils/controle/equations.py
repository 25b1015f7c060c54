"""The equalities of the notes: found, verified, and what they compute from what."""

from __future__ import annotations

import ast
import dataclasses
import operator
import re
from collections.abc import Iterator
from fractions import Fraction

from openfisca_cpts.outils.fichiers import notes

TOKEN = re.compile(
    rf"(?P<number>{notes.NUMBER})(?P<percent>{notes.PERCENT})?(?:[{notes.SPACES}]?(?:€|euros?\b))?"
    r"|(?P<operator>[-+−–*×/÷()])|(?P<equal>=)|(?P<space>\s+)|(?P<other>.)"
)
PYTHON_OPERATORS = {"−": "-", "–": "-", "×": "*", "÷": "/"}
FACTORS = "*×/÷"
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclasses.dataclass(frozen=True)
class Equation:
    """An equality written in a note.

    Attributes:
        text: the equality as it is written.
        results: its members that are a number alone, facing a computation; empty where it does
            not hold.
        operands: the numbers that its computations use. What is multiplied or divided by a small
            whole number uses a share too: « 33 000 × 2 » uses the half.
        problem: why it does not hold, in French; empty where it does.
    """

    text: str
    results: frozenset[Fraction] = frozenset()
    operands: frozenset[Fraction] = frozenset()
    problem: str = ""


def equations(text: str) -> Iterator[Equation]:
    """Find and verify the equalities of a note.

    Args:
        text: the note.

    Yields:
        Each run of numbers and signs around at least one « = », held or not. A « = » that has
        no number on a side is an equality that cannot be verified.
    """
    run: list[re.Match[str]] = []
    for token in TOKEN.finditer(text):
        if token["space"]:
            continue
        if token["other"] or _starts_anew(run, token):
            yield from _verify(run)
            run = []
        if not token["other"]:
            run.append(token)
    yield from _verify(run)


def _starts_anew(run: list[re.Match[str]], token: re.Match[str]) -> bool:
    """Whether a token is a neighbour, not a part: in « taille 3 (5 + 5 = 10) », the bracket."""
    return bool(run) and _is_end(run[-1]) and bool(token["number"] or token[0] == "(")


def _is_end(token: re.Match[str]) -> bool:
    return bool(token["number"] or token[0] == ")")


def _verify(run: list[re.Match[str]]) -> Iterator[Equation]:
    if not any(token["equal"] for token in run):
        return
    # Signs after the last number are punctuation: a hyphen before a word, an opening bracket.
    while not (_is_end(run[-1]) or run[-1]["equal"]):
        run = run[:-1]
    members: list[list[re.Match[str]]] = [[]]
    for token in run:
        if token["equal"]:
            members.append([])
        else:
            members[-1].append(token)
    # A bracket around the whole equality belongs to the sentence.
    if _depth(members[0]) > 0 and members[0][0][0] == "(":
        del members[0][0]
    if _depth(members[-1]) < 0:
        del members[-1][-1]
    written = run[0].string[run[0].start() : run[-1].end()]
    yield _solve(written, members)


def _depth(member: list[re.Match[str]]) -> int:
    signs = [token[0] for token in member]
    return signs.count("(") - signs.count(")")


def _solve(written: str, members: list[list[re.Match[str]]]) -> Equation:
    try:
        values = [_evaluate("".join(_python(token) for token in member)) for member in members]
    except (ValueError, SyntaxError, RecursionError):
        return Equation(written, problem="elle ne se lit pas comme un calcul")
    except ZeroDivisionError:
        return Equation(written, problem="elle divise par zéro")
    if len(set(values)) > 1:
        sides = " et ".join(notes.french(value) for value in values)
        return Equation(written, problem=f"ses membres valent {sides}")
    numbers = [sum(bool(token["number"]) for token in member) for member in members]
    if max(numbers) == 1:
        return Equation(written)
    alone = {value for count, value in zip(numbers, values, strict=True) if count == 1}
    computations = [member for count, member in zip(numbers, members, strict=True) if count > 1]
    operands = {operand for member in computations for operand in _operands(member)}
    return Equation(written, frozenset(alone), frozenset(operands))


def _operands(member: list[re.Match[str]]) -> Iterator[Fraction]:
    """Give the numbers of a computation, and the shares that its small factors stand for."""
    for before, token in zip([None, *member], member, strict=False):
        if not token["number"]:
            continue
        value = notes.number(token["number"])
        if token["percent"]:
            value *= Fraction("1/100")
        yield value
        factor = before is not None and before[0] in FACTORS and value.denominator == 1
        if factor and 1 < value < notes.AMBIGUOUS_BELOW:
            yield 1 / value


def _python(token: re.Match[str]) -> str:
    if not token["number"]:
        return PYTHON_OPERATORS.get(token[0], token[0])
    return f"({notes.number(token['number'])}{'/100' if token['percent'] else ''})"


def _evaluate(expression: str) -> Fraction:
    return _compute(ast.parse(expression, mode="eval").body)


def _compute(node: ast.expr) -> Fraction:
    match node:
        case ast.Constant(value=int() as value):
            return Fraction(value)
        case ast.UnaryOp(op=ast.USub()):
            return -_compute(node.operand)
        case ast.BinOp() if type(node.op) in OPERATIONS:
            return OPERATIONS[type(node.op)](_compute(node.left), _compute(node.right))
    raise ValueError(ast.unparse(node))


def printed(text: str) -> str:
    """Give a text without its computations: what it says was read, not what it works out."""
    for equation in equations(text):
        text = text.replace(equation.text, " ; ")
    return text
