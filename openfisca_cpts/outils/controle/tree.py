"""Reads and checks the whole folder of parameters: names of files, schema, folders, sources."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from openfisca_cpts.missions.controle import fautes
from openfisca_cpts.missions.declaration import CLE, DOSSIER
from openfisca_cpts.outils.controle import ceilings, circles, effects, proofs, sourcing
from openfisca_cpts.outils.fichiers import fields, files, schema
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally, nearest
from openfisca_cpts.reforms import NOEUD

FOLDER = "parameters"
REFORMS = "reforms/*/*/parametres"
"""The folders of the parameters that reforms bring."""
UNITS = "units.yaml"
INDEX = "index.yaml"


@dataclasses.dataclass(frozen=True)
class Figures:
    """The numbers and the dates of the law.

    Attributes:
        values: dotted path of a parameter that has the value, by value.
        dates: every date of value, as it is written.
        effects: every day on which an act of the register takes effect, as it is written; none
            where it does not matter: a reform is no act.
        reforms: those of the parameters that a reform brings, by folder of the reform.
    """

    values: dict[Fraction, str]
    dates: set[str]
    effects: set[str] | None = None
    reforms: dict[str, Figures] = dataclasses.field(default_factory=dict)

    def of(self, file: str) -> Figures:
        """Give the figures that one file works with: a reform has its own besides the law's.

        Args:
            file: path of the file inside the package, with slashes.

        Returns:
            The figures.
        """
        for folder, own in self.reforms.items():
            if file.startswith(f"{folder}/"):
                return Figures({**own.values, **self.values}, self.dates | own.dates)
        return self


def read_units(root: Path, tally: Tally) -> tuple[dict[str, schema.Unit], list[Fault]]:
    """Read `units.yaml`.

    Args:
        root: folder of the package.
        tally: where what was checked is counted.

    Returns:
        The units by name, none where the file is refused; and the faults.

    Raises:
        FileNotFoundError: there is no such file.
    """
    document = files.read(root, root / UNITS)
    units = None if document.faults else schema.validate(schema.Units, document)
    by_name: dict[str, schema.Unit] = {}
    for rank, unit in enumerate(units or []):
        if unit.name in by_name:
            message = f"l'unité « {unit.name} » est déclarée deux fois"
            document.faults.append(document.fault((rank, "name"), message))
        by_name[unit.name] = unit
    tally.add(Line.FILES, not document.faults)
    return by_name, document.faults


def check(root: Path, units: dict[str, schema.Unit], tally: Tally) -> tuple[Figures, list[Fault]]:
    """Check the register of the acts, and every parameter file of the law and of the reforms.

    Args:
        root: folder of the package.
        units: the known units, by name.
        tally: where what was checked is counted.

    Returns:
        The figures of the law (those of refused files included, where they can be read), and the
        faults.
    """
    register, faults = effects.check(root, tally)
    figures = Figures({}, set(), effects.effects(register) if register else None)
    values: list[proofs.Value] = []
    known = _Known(units, set(register) or None, values)
    faults += _check_folder(root, root / FOLDER, (), figures, known, tally)
    faults += effects.check_values(values, register, tally)
    for folder in sorted(root.glob(REFORMS)):
        reform = folder.parent
        own = figures.reforms[reform.relative_to(root).as_posix()] = Figures({}, set())
        faults += _check_folder(root, folder, (NOEUD, reform.name), own, known, tally)
    faults += ceilings.check(values, tally) + circles.check(values, tally)
    return figures, faults


@dataclasses.dataclass
class _Known:
    """What the files of a package are held against, and the values found in them so far.

    Attributes:
        units: the known units, by name.
        acts: keys of the known acts; none where their register is refused.
        values: the values, in the order of the files.
    """

    units: dict[str, schema.Unit]
    acts: set[str] | None
    values: list[proofs.Value]


def _check_folder(
    root: Path,
    folder: Path,
    node: tuple[str, ...],
    figures: Figures,
    known: _Known,
    tally: Tally,
) -> list[Fault]:
    """Check the files below a folder that stands for a node of the tree; note their figures."""
    faults: list[Fault] = []
    for path in sorted(folder.rglob("*")):
        misplaced = [
            Fault(path.relative_to(root).as_posix(), 1, "", message)
            for message in _path_faults(path)
        ]
        faults += misplaced
        if path.suffix == ".yaml" and path.is_file():
            document = files.read(root, path)
            parameter = _read_parameter(document, path, known)
            branch = ".".join((*node, *path.relative_to(folder).with_suffix("").parts))
            tally.add(Line.FILES, not (misplaced or document.faults))
            if parameter is not None:
                sourcing.check(document, parameter, known.units, tally)
                known.values += proofs.values(document, branch, parameter, known.units)
            faults += document.faults
            _collect(document.data, branch, figures)
        elif path.is_file():
            tally.add(Line.FILES, False)
    return faults


def _path_faults(path: Path) -> Iterator[str]:
    """Say what is wrong with the name or the place of a file or a folder."""
    if path.is_dir():
        name = path.name
        if not (path / INDEX).is_file():
            yield f"le dossier n'a pas de fichier {INDEX}"
    else:
        name = path.stem
        if path.suffix != ".yaml":
            yield "ce fichier ne serait pas lu : son nom ne finit pas par « .yaml »"
        if path.with_suffix("").is_dir():
            yield "un dossier porte le même nom : l'un des deux ne serait pas lu"
    if not fields.SNAKE_CASE.fullmatch(name):
        yield f"le nom « {name} » ne s'écrit pas en minuscules_sans_accent"


def _read_parameter(document: files.Document, path: Path, known: _Known) -> schema.Parameter | None:
    """Hold a document against its schema; give the parameter, where it is one and is accepted."""
    if document.faults:
        return None
    if path.name != INDEX:
        return schema.validate(
            TypeAdapter(schema.Parameter), document, set(known.units), acts=known.acts
        )
    index = schema.validate(TypeAdapter(schema.Index), document)
    if index is not None:
        _check_order(document, index, path.parent)
        _check_mission(document, path)
    return None


def _check_mission(document: files.Document, path: Path) -> None:
    """Check what the folder of a mission declares."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    folder = path.parent
    declared = content["metadata"].get(CLE)
    if declared is None and folder.parent.parts[-len(DOSSIER) :] != DOSSIER:
        return
    children = [child for child in sorted(folder.glob("*.yaml")) if child != path]
    own = Figures({}, set())
    for child in children:
        _collect(files.read(folder, child).data, "", own)
    names = [child.stem for child in children]
    for place, message in fautes(content["description"], declared, names, own.dates):
        document.faults.append(document.fault(("metadata", CLE, *place), message))


def _check_order(document: files.Document, index: schema.Index, folder: Path) -> None:
    children = {path.stem for path in folder.iterdir() if path.name != INDEX}
    order = index.metadata.order
    for rank, name in enumerate(order):
        place = ("metadata", "order", rank)
        if name not in children:
            message = f"« {name} » n'est pas dans le dossier{nearest(name, children)}"
            document.faults.append(document.fault(place, message))
        elif name in order[:rank]:
            document.faults.append(document.fault(place, f"« {name} » est répété"))
    for name in sorted(children.difference(order)):
        message = f"« {name} » manque dans l'ordre du dossier"
        document.faults.append(document.fault(("metadata", "order"), message))


def _collect(data: Any, path: str, figures: Figures) -> None:
    """Note the values and dates of a file, whether or not it respects the schema."""
    if not isinstance(data, dict):
        return
    for key, child in data.items():
        if key != "values":
            _collect(child, f"{path}.{key}", figures)
        elif isinstance(child, dict):
            figures.dates.update(child)
            items = [item for item in child.values() if isinstance(item, dict)]
            for scalar in (item.get("value") for item in items):
                if isinstance(scalar, files.Scalar) and fields.PLAIN_NUMBER.fullmatch(scalar.text):
                    figures.values.setdefault(Fraction(scalar.text), path)
