"""Looks for numbers of the law outside the parameters: in Python, in comments, in templates."""

from __future__ import annotations

import ast
import functools
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, TypeAdapter

from openfisca_cpts.outils.controle import effects
from openfisca_cpts.outils.controle.tree import Figures
from openfisca_cpts.outils.fichiers import fields, files, notes, schema
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally, nearest

ALLOWED = "outils/controle/allowed_numbers.yaml"
TEMPLATES = (".html", ".j2", ".jinja", ".js")
FORMULA = "formula_"


def _as_written(value: Any) -> Any:
    return value.text if isinstance(value, files.Scalar) else value


class Allowed(schema.Strict):
    """A number that a reviewer admitted in one file, as it is written there, and why."""

    file: fields.Text
    value: Annotated[str, BeforeValidator(_as_written)]
    reason: fields.Text


Found = tuple[int, str, str]
"""Line, number as the allow-list writes it (empty where none can be admitted), message."""


def check(root: Path, figures: Figures, tally: Tally) -> list[Fault]:
    """Check every Python file and every template of a package.

    Args:
        root: folder of the package.
        figures: the numbers and the dates of the law.
        tally: where what was checked is counted.

    Returns:
        The faults, those of the allow-list included: an entry that admits nothing is one.
    """
    allowed, faults = _read_allowed(root)
    used: set[int] = set()
    for path in sorted(root.rglob("*")):
        if path.suffix != ".py" and path.suffix not in TEMPLATES:
            continue
        name = path.relative_to(root).as_posix()
        refused = []
        for line, number, message in _search(path, figures.of(name), tally):
            ranks = [
                rank
                for rank, entry in enumerate(allowed)
                if (entry.file, entry.value) == (name, number)
            ]
            used.update(ranks)
            if not ranks:
                refused.append(Fault(name, line, "", message))
        tally.add(Line.CODE, not refused)
        faults += refused
    for rank, entry in enumerate(allowed):
        if rank not in used:
            message = f"{entry.value} est admis dans {entry.file}, qui ne le contient pas"
            faults.append(Fault(ALLOWED, 1, str(rank), message))
    return faults


def _read_allowed(root: Path) -> tuple[list[Allowed], list[Fault]]:
    if not (root / ALLOWED).is_file():
        return [], []
    document = files.read(root, root / ALLOWED)
    if document.faults:
        return [], document.faults
    entries = schema.validate(TypeAdapter(list[Allowed]), document)
    return entries or [], document.faults


def _search(path: Path, figures: Figures, tally: Tally) -> Iterator[Found]:
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            yield from _in_text(text, 1, figures)
            return
        nodes, comments = _read(text)
    except (UnicodeDecodeError, SyntaxError) as error:
        yield getattr(error, "lineno", 1), "", f"ce fichier ne se lit pas ({error})"
        return
    for node in nodes:
        if isinstance(node, ast.Constant):
            yield from _in_constant(node, figures)
        else:
            date = node.name.removeprefix(FORMULA).replace("_", "-")
            if not tally.add(Line.FORMULA, date in figures.dates):
                near = nearest(date, sorted(figures.dates))
                yield node.lineno, "", f"{node.name} : {date} n'est pas une date de valeur{near}"
            if figures.effects is not None:
                unknown = effects.day_fault(date, figures.effects)
                if not tally.add(Line.FORMULA_ACT, not unknown):
                    yield node.lineno, "", f"{node.name} : {unknown}"
    for token in comments:
        yield from _in_text(token.string, token.start[0], figures)


@functools.cache
def _read(
    text: str,
) -> tuple[list[ast.Constant | ast.FunctionDef], list[tokenize.TokenInfo]]:
    """Give the constants, the dated formulas and the comments of a file.

    Kept by its text: whoever checks a package many times parses again what changed only.
    """
    nodes = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant)
        or (isinstance(node, ast.FunctionDef) and node.name.startswith(FORMULA))
    ]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return nodes, [token for token in tokens if token.type == tokenize.COMMENT]


def _in_constant(node: ast.Constant, figures: Figures) -> Iterator[Found]:
    value = node.value
    if isinstance(value, str):
        if value in figures.dates:
            message = f"« {value} » est une date de valeur : elle se lit dans les paramètres"
            yield node.lineno, "", message
        yield from _in_text(value, node.lineno, figures)
    elif isinstance(value, (int, float, complex)) and value not in (0, 1):
        message = (
            f"le nombre {value} n'est ni 0 ni 1 : il se lit dans les paramètres, "
            f"ou s'admet dans {ALLOWED} avec sa raison"
        )
        yield node.lineno, repr(value), message


def _in_text(text: str, line: int, figures: Figures) -> Iterator[Found]:
    for figure in notes.figures(text):
        parameter = figures.values.get(figure.value)
        if parameter and figure.value >= notes.AMBIGUOUS_BELOW:
            message = f"{notes.french(figure.value)} est une valeur de {parameter}"
            yield line, str(figure.value), f"{message} : un texte ne la répète pas"
