"""Figures and computations in the notes, as French writes them."""

from __future__ import annotations

import ast
import dataclasses
import operator
import re
from collections.abc import Iterator
from fractions import Fraction

SPACES = " \u00a0\u202f\u2009"
"""Ordinary, non-breaking, narrow and thin spaces: all of them separate thousands."""

NUMBER = rf"(?<![\w.,])(?>(?:\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)?)(?!\w)"
PERCENT = rf"[{SPACES}]?%"
NUMBER_WORDS = "zéro|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze"
"""The rank of a word is its number."""

SHARES = {"à parts égales": Fraction("1/2"), "moitié": Fraction("1/2")}

FIGURE = re.compile(
    rf"(?P<number>{NUMBER})(?:(?P<percent>{PERCENT})|[{SPACES}]?(?P<unit>[^\W\d_]+|€))?"
)
IN_WORDS = re.compile(
    rf"\b(?P<word>une|{NUMBER_WORDS})[{SPACES}](?P<unit>[^\W\d_]+)", re.IGNORECASE
)
SHARE = re.compile("|".join(SHARES), re.IGNORECASE)
TOKEN = re.compile(
    rf"(?P<number>{NUMBER})(?P<percent>{PERCENT})?(?:[{SPACES}]?(?:€|euros?\b))?"
    r"|(?P<operator>[-+−–*×/÷()])|(?P<equal>=)|(?P<space>\s+)|(?P<other>.)"
)
PYTHON_OPERATORS = {"−": "-", "–": "-", "×": "*", "÷": "/"}
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}

AMBIGUOUS_BELOW = 1000
"""A whole number below it proves nothing alone: « Mission 2 », « article 9 », « 25 mots »."""


@dataclasses.dataclass(frozen=True)
class Figure:
    """A number in a text.

    Attributes:
        value: the number; 75 % is 0.75.
        unit: the word or sign that follows it, « % » for a share in words.
    """

    value: Fraction
    unit: str

    def states(self, value: Fraction, ratio: bool, unit_names: set[str]) -> bool:
        """Say whether this figure can only be read as a given value.

        Args:
            value: the value to find.
            ratio: whether it is a share: written with a percent sign, decimals or words.
            unit_names: the words of its unit, that have to follow a small whole number.

        Returns:
            Whether the figure shows the value.
        """
        if self.value != value:
            return False
        if ratio:
            return self.unit == "%" or value.denominator > 1
        if self.unit == "%":
            return False
        alone = abs(value) >= AMBIGUOUS_BELOW or value.denominator > 1
        return alone or self.unit in unit_names


@dataclasses.dataclass(frozen=True)
class Equation:
    """An equality written in a note.

    Attributes:
        text: the equality as it is written.
        results: its members that are a number alone, facing a computation; empty where it does
            not hold.
        problem: why it does not hold, in French; empty where it does.
    """

    text: str
    results: frozenset[Fraction] = frozenset()
    problem: str = ""


def number(text: str) -> Fraction:
    """Read one number written in the French or the plain way.

    Args:
        text: the number, with or without thousands separators, a comma or a point.

    Returns:
        Its exact value.

    Raises:
        ValueError: the text is not a number.
    """
    return Fraction(re.sub(f"[{SPACES}]", "", text).replace(",", "."))


def figures(text: str) -> Iterator[Figure]:
    """Find the numbers of a text: digits, number words before a unit, shares in words.

    Args:
        text: a note, or any text.

    Yields:
        Each number with what follows it.
    """
    for found in FIGURE.finditer(text):
        if found["percent"]:
            yield Figure(number(found["number"]) * Fraction("1/100"), "%")
        else:
            yield Figure(number(found["number"]), (found["unit"] or "").lower())
    for found in IN_WORDS.finditer(text):
        word = found["word"].lower()
        rank = NUMBER_WORDS.split("|").index("un" if word == "une" else word)
        yield Figure(Fraction(rank), found["unit"].lower())
    for found in SHARE.finditer(text):
        yield Figure(SHARES[found[0].lower()], "%")


def word_count(text: str) -> int:
    """Count the words of a note; a number is one word, whatever its spaces."""
    return len(re.findall(r"\w+(?:[-'’.,]\w+)*", re.sub(NUMBER, "0", text)))


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
        sides = " et ".join(french(value) for value in values)
        return Equation(written, problem=f"ses membres valent {sides}")
    numbers = [sum(bool(token["number"]) for token in member) for member in members]
    alone = {value for count, value in zip(numbers, values, strict=True) if count == 1}
    return Equation(written, frozenset(alone) if max(numbers) > 1 else frozenset())


def _python(token: re.Match[str]) -> str:
    if not token["number"]:
        return PYTHON_OPERATORS.get(token[0], token[0])
    return f"({number(token['number'])}{'/100' if token['percent'] else ''})"


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


def french(value: Fraction) -> str:
    """Write a number as a French note does: « 1 234 », « 0,5 »."""
    if value.denominator == 1:
        return f"{int(value):,}".replace(",", SPACES[1])
    return f"{float(value):,}".replace(",", SPACES[1]).replace(".", ",")
