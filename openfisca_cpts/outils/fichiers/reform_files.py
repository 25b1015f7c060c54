"""Reads a reform file for its author: each fault with the file, the line and the nearest path."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path

import yaml
from openfisca_core.parameters import ParameterNode

from openfisca_cpts import DOSSIER, legislation
from openfisca_cpts.outils.fichiers import files, schema
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally
from openfisca_cpts.outils.fichiers.reform_schema import KEYS, Declarations
from openfisca_cpts.reforms import Reforme, ReformeRefusee, declarer, depuis_json
from openfisca_cpts.reforms.declarations import titre_de_fichier
from openfisca_cpts.reforms.modifications import modifier

FOLDERS = ("reforms/scenarios", "reforms/variantes")
JSON = ".json"
SUFFIXES = (".yaml", ".yml", JSON)


class ReformFileError(ValueError):
    """A reform file that is refused.

    Attributes:
        faults: all its faults, in the order of the lines.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__(
            "\n".join(f"{fault.file}, ligne {fault.line} : {_say(fault)}" for fault in self.faults)
        )


def _say(fault: Fault) -> str:
    return f"{fault.path} : {fault.message}" if fault.path else fault.message


def read(
    path: Path, parameters: ParameterNode | None = None, told: str | None = None
) -> type[Reforme]:
    """Read a reform, and check it against the schema then against the parameters.

    Args:
        path: a YAML declaration, or a flat JSON table.
        parameters: root of the tree that it will change; the law in force by default.
        told: what tells a flat table from others, its file's name by default: as much of its path
            as it takes.

    Returns:
        The reform, to be applied to a system.

    Raises:
        ReformFileError: all the faults, each with its line.
        OSError: the file cannot be read.
    """
    document = files.read(path.parent, path)
    if document.faults:
        raise ReformFileError(document.faults)
    flat = path.suffix.lower() == JSON
    if not flat:
        schema.validate(Declarations, document, keys=KEYS)
        if document.faults:
            raise ReformFileError(document.faults)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        if flat:
            told = told or path.name
            reform = depuis_json(name_of(told), content, titre_de_fichier(told))
        else:
            reform = declarer(content, path.stem)
        tree = legislation.charger(DOSSIER / "parameters") if parameters is None else parameters
        refused = modifier(copy.deepcopy(tree), reform.parametres, reform.source)
        if refused:
            raise ReformeRefusee(reform.nom, refused)
    except ReformeRefusee as error:
        raise ReformFileError(_faults(document, content, flat, error)) from error
    return reform


def refused(root: Path, path: Path, refusal: ReformeRefusee) -> list[Fault]:
    """Say where the faults of a shipped reform stand.

    Args:
        root: folder of the package.
        path: file of the reform.
        refusal: what it was refused for, when it was applied.

    Returns:
        The faults, in the file.
    """
    document = files.read(root, path)
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    return _faults(document, content, False, refusal)


def _faults(
    document: files.Document, content: dict, flat: bool, refusal: ReformeRefusee
) -> list[Fault]:
    return [
        document.fault(_place(fault.lieu, content, flat), fault.message) for fault in refusal.fautes
    ]


def name_of(file: str) -> str:
    """Make the name of a scenario of that of a file, which says nothing else of itself.

    Args:
        file: name of the file, with as many of its folders as it takes to tell it from others.

    Returns:
        Small letters, digits and « _ ».
    """
    stem = file.lower().removesuffix(JSON)
    words = "".join(letter if letter.isalnum() else " " for letter in stem)
    plain = "_".join(words.encode("ascii", "ignore").decode().split())
    return plain if plain[:1].isalpha() else f"reforme_{plain}".rstrip("_")


def _place(place: Sequence[str | int], content: dict, flat: bool) -> Sequence[str | int]:
    """Say where a fault of a declaration stands in the file that it was made of."""
    if not flat:
        return place if place and place[0] in content else ("parametres", *place)
    path, *rest = place or ("",)
    if rest and isinstance(content.get(path), dict):
        return (path, list(content[path])[int(rest[0])])
    return (path,)


def check(root: Path, tally: Tally) -> list[Fault]:
    """Check the shipped reforms that are declared without Python.

    Args:
        root: folder of the package.
        tally: where what was checked is counted.

    Returns:
        The faults; a reform whose name is not that of its file is one.
    """
    faults: list[Fault] = []
    for path in sorted(path for folder in FOLDERS for path in (root / folder).glob("*.yaml")):
        name = path.relative_to(root).as_posix()
        try:
            reform = read(path, legislation.charger(root / "parameters"))
            found = []
            if reform.nom != path.stem:
                found = [Fault(name, 1, "nom", f"« {reform.nom} » n'est pas le nom du fichier")]
        except ReformFileError as error:
            found = [Fault(name, fault.line, fault.path, fault.message) for fault in error.faults]
        tally.add(Line.REFORM, not found)
        faults += found
    return faults
