"""Describes the law of a checkout: its names, its values, and what its formulas say."""

from __future__ import annotations

import ast
import hashlib
import importlib
import io
import json
import sys
import textwrap
import tokenize
import tomllib
from pathlib import Path
from typing import Any

PACKAGE = "openfisca_cpts"
SHARED = (
    *("__init__.py", "base.py", "entities.py", "legislation.py"),
    *("calcul/*.py", "missions/controle.py", "missions/declaration.py", "missions/fabrique.py"),
)
TOLD = ("units.yaml", "textes.yaml")


def snapshot(root: Path) -> dict[str, Any]:
    """Describe the law of a checkout: its names, its values, and what its formulas say.

    Args:
        root: folder of the checkout.

    Returns:
        What `last_release.json` holds.
    """
    for folder in (root / "tests" / "python", root):
        sys.path.insert(0, str(folder))
    package = importlib.import_module(PACKAGE)
    imported = Path(str(package.__file__)).resolve()
    if not imported.is_relative_to(root.resolve()):
        raise SystemExit(f"{imported} is not the package of {root}")
    contract = importlib.import_module("public_contract").current()
    system = package.CountryTaxBenefitSystem()
    law = system.parameters
    named = set(contract["parameters"])
    leaves = {node.name: node for node in law.get_descendants() if node.name in named}
    formulas, remainders = _variables(root, set(contract["variables"]))
    formulas = dict(sorted({**formulas, **_made(system)}.items()))
    return {
        "version": project_version(root),
        "entities": contract["entities"],
        "variables": contract["variables"],
        "formulas": formulas,
        "parameters": {
            name: {value.instant_str: value.value for value in leaf.values_list}
            for name, leaf in sorted(leaves.items())
        },
        "units": {name: leaf.metadata.get("unit") for name, leaf in sorted(leaves.items())},
        "texts": {
            name: digest(f"{leaf.description}{leaf.documentation}{sorted_text(leaf.metadata)}")
            for name, leaf in sorted(leaves.items())
        },
        "shared": {**remainders, **_shared(root)},
        "reforms": _reforms(root),
    }


def project_version(root: Path) -> str:
    """Read the version in `pyproject.toml`."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]["version"]


def digest(text: str) -> str:
    """Give a short fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sorted_text(metadata: dict[str, Any]) -> str:
    """Write metadata the same way whatever the order of their keys."""
    return json.dumps(metadata, default=str, ensure_ascii=False, sort_keys=True)


def _variables(root: Path, names: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Give the fingerprint of each variable's class, and of what else its files hold."""
    formulas, remainders = {}, {}
    folder = root / PACKAGE / "variables"
    for path in sorted(folder.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        classes = [
            node
            for node in ast.parse(source).body
            if isinstance(node, ast.ClassDef) and node.name in names
        ]
        spans = {node.name: range(node.lineno, (node.end_lineno or 0) + 1) for node in classes}
        lines = statements(source)
        for name, span in spans.items():
            formulas[name] = digest("\n".join(text for line, text in lines if line in span))
        rest = [text for line, text in lines if not any(line in span for span in spans.values())]
        if rest:
            remainders[path.relative_to(root).as_posix()] = digest("\n".join(rest))
    return dict(sorted(formulas.items())), remainders


def _made(system: Any) -> dict[str, str]:
    """Give the fingerprint of each variable that is made for a mission.

    It is that of the class it is made of, of what the mission declares, and of what it says.
    """
    folders = {node.name.rpartition(".")[-1]: node for node in _folders(system)}
    found = {}
    for name, variable in system.variables.items():
        mission = getattr(type(variable), "__mission__", None)
        if mission is not None:
            _, source, _ = variable.get_introspection_data()
            code = "\n".join(text for _, text in statements(textwrap.dedent(source)))
            declared = sorted_text(folders[mission].metadata["mission"])
            said = f"{variable.label}{variable.documentation}{variable.reference}"
            found[name] = digest(f"{code}{sorted(variable.formulas)}{declared}{said}")
    return found


def _folders(system: Any) -> Any:
    return importlib.import_module(f"{PACKAGE}.missions.declaration").noeuds(system.parameters)


def _shared(root: Path) -> dict[str, str]:
    paths = [path for name in SHARED for path in sorted((root / PACKAGE).glob(name))]
    fingerprints = {
        path.relative_to(root).as_posix(): digest(
            "\n".join(text for _, text in statements(path.read_text(encoding="utf-8")))
        )
        for path in paths
    }
    told = {
        f"{PACKAGE}/{name}": digest((root / PACKAGE / name).read_text(encoding="utf-8"))
        for name in TOLD
        if (root / PACKAGE / name).is_file()
    }
    return {**fingerprints, **told}


def _reforms(root: Path) -> dict[str, str]:
    if not (root / PACKAGE / "reforms").is_dir():
        return {}
    reforms = importlib.import_module(f"{PACKAGE}.reforms")
    found = {}
    for name in sorted((*reforms.SCENARIOS, *reforms.VARIANTES)):
        (place,) = [
            path
            for path in (root / PACKAGE / "reforms").rglob(f"{name}*")
            if path.name in (name, f"{name}.yaml") and path.parent.name != "parametres"
        ]
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        kept = [path for path in files if path.suffix in (".py", ".yaml")]
        found[name] = digest("".join(path.read_text(encoding="utf-8") for path in kept))
    return found


def statements(source: str) -> list[tuple[int, str]]:
    """Give the lines of a Python file that can change what it does, with their numbers.

    Comments, docstrings, imports and blank lines are left out. The text is kept as it is written:
    `ast.dump` and `ast.unparse` do not give the same in every version of Python.

    Args:
        source: the file.

    Returns:
        The lines.
    """
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for node in ast.walk(ast.parse(source)):
        left_out: list[ast.stmt] = [node] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(
            node
        ):
            left_out.append(node.body[0])
        for each in left_out:
            for row in range(each.lineno, (each.end_lineno or 0) + 1):
                lines[row - 1] = ""
    return [(row, line.rstrip()) for row, line in enumerate(lines, start=1) if line.strip()]
