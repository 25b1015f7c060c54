"""What every page is made from: the law, its figures, its tests and the texts of the checkout."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import inspect
import tomllib
from pathlib import Path
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from openfisca_cpts import DOSSIER
from openfisca_cpts.missions.fabrique import mission_de, partie_de
from openfisca_cpts.outils.fichiers import unmodelled
from openfisca_cpts.outils.loi import law
from openfisca_cpts.outils.loi.leaves import Leaf, in_order, leaves
from openfisca_cpts.outils.site import readings

FINGERPRINT = 12
TESTS = "tests/yaml"
ROOMS = {"donnees": "missions", "bareme": "missions"}
"""The rooms of a mission whose variables stand in a part of another name."""
CHECKED = "last_value_still_valid_on"


@dataclasses.dataclass(frozen=True)
class File:
    """One file of parameters: one series, or one per size.

    Attributes:
        node: what openfisca-core read.
        series: its figures, one or one per size.
    """

    node: Parameter | ParameterNode
    series: tuple[Leaf, ...]

    @property
    def path(self) -> str:
        """Dotted path."""
        return self.node.name

    @property
    def label(self) -> str:
        """What it is, in French."""
        return self.node.description or self.path

    @property
    def file(self) -> str:
        """Its path in the checkout, with slashes."""
        return Path(self.node.file_path).relative_to(DOSSIER.parent).as_posix()

    @property
    def unit(self) -> str:
        """Name of its unit."""
        return self.series[0].unit

    @property
    def names(self) -> list[str]:
        """Its path, and those of its figures."""
        return [self.path, *(leaf.path for leaf in self.series)]

    @property
    def dates(self) -> list[datetime.date]:
        """Every date of value, in the order of time."""
        return sorted({date for leaf in self.series for date in leaf.dates})

    @property
    def checked(self) -> datetime.date:
        """The last day for which a source shows the value in force."""
        return datetime.date.fromisoformat(str(self.node.metadata[CHECKED]))

    @property
    def checked_apart(self) -> list[tuple[Leaf, datetime.date]]:
        """The sizes that a source shows in force until another day than the file, with that day."""
        days = (
            (leaf, datetime.date.fromisoformat(str(leaf.parameter.metadata[CHECKED])))
            for leaf in self.series
        )
        return [(leaf, day) for leaf, day in days if day != self.checked]


@dataclasses.dataclass(frozen=True)
class Group:
    """One folder that holds files of parameters.

    Attributes:
        node: the folder.
        files: the files that stand in it, in the order of its `index.yaml`.
    """

    node: ParameterNode
    files: tuple[File, ...]

    @property
    def path(self) -> str:
        """Dotted path."""
        return self.node.name


@dataclasses.dataclass(frozen=True)
class Matter:
    """The law as the pages read it.

    Attributes:
        root: folder of the checkout.
        system: the law.
        readings: what its tests read and assert.
    """

    root: Path
    system: TaxBenefitSystem
    readings: readings.Readings

    @functools.cached_property
    def leaves(self) -> list[Leaf]:
        """Every figure, in the order of the law."""
        return list(leaves(self.system.parameters))

    @functools.cached_property
    def dates(self) -> list[datetime.date]:
        """Every date of value of the tree, in the order of time."""
        return sorted({date for leaf in self.leaves for date in leaf.dates})

    @functools.cached_property
    def groups(self) -> list[Group]:
        """The folders that hold files, in the order of the law."""
        return list(_groups(self.system.parameters))

    @functools.cached_property
    def files(self) -> dict[str, File]:
        """The files of parameters, by dotted path."""
        return {file.path: file for group in self.groups for file in group.files}

    @functools.cached_property
    def group_of(self) -> dict[str, Group]:
        """The folder of each file and of each figure, by dotted path."""
        return {path: group for group in self.groups for file in group.files for path in file.names}

    @functools.cached_property
    def sizes(self) -> list[str]:
        """The sizes in words, in the order of the tables: « taille 1 »…"""
        return list(dict.fromkeys(leaf.column for leaf in self.leaves if leaf.column))

    def readers_of(self, file: File) -> list[str]:
        """Give the variables whose formula reads a file, in the order of the law."""
        found = [
            name for leaf in file.series for name in self.readings.readers_of_figure[leaf.path]
        ]
        return list(dict.fromkeys(found))

    def statuts_of(self, file: File, date: datetime.date) -> list[str]:
        """Give the statuts of the values of a file on a day, each once."""
        found = [leaf.statut(date) for leaf in file.series]
        return list(dict.fromkeys(statut for statut in found if statut))

    @functools.cached_property
    def register(self) -> list[unmodelled.Topic]:
        """What the law says, or leaves open, and the model does not hold."""
        return unmodelled.topics()

    def topics(self, *names: str) -> list[unmodelled.Topic]:
        """Give the topics that bear on figures or variables, each once."""
        return [
            topic
            for topic in self.register
            if any(unmodelled.about(name, [topic]) for name in names)
        ]

    def variable(self, name: str) -> Variable:
        """Give a variable."""
        return self.system.variables[name]

    def parameter(self, path: str) -> str:
        """Give the address of a figure, of a file of figures, or of a folder of files."""
        if path not in self.group_of:
            return f"chiffres/{path}.md"
        return f"chiffres/{self.group_of[path].path}.md#{path}"

    def address(self, name: str) -> str:
        """Give the address of a figure, of a folder of figures, or of a variable."""
        if name in self.system.variables:
            return f"variables/{name}.md"
        if name in self.group_of or any(group.path == name for group in self.groups):
            return self.parameter(name)
        return f"chiffres/index.md#{name}"

    def label(self, name: str) -> str:
        """Give the words of a figure, of a folder of figures, or of a variable."""
        if name in self.system.variables:
            return self.variable(name).label
        node = self.system.parameters
        for step in name.split("."):
            node = node.children[step]
        return node.description or name

    @functools.cached_property
    def version(self) -> str:
        """The version of the package, as the checkout states it."""
        return str(tomllib.loads(self.text("pyproject.toml"))["project"]["version"])

    def fingerprint(self, *files: File) -> str:
        """Give what tells these files from any other content: the start of their SHA-256."""
        content = b"".join((self.root / file.file).read_bytes() for file in files)
        return hashlib.sha256(content).hexdigest()[:FINGERPRINT]

    def text(self, name: str) -> str:
        """Read a text of the checkout."""
        return (self.root / name).read_text(encoding="utf-8")


def read(root: Path) -> Matter:
    """Load the law of the installed package, and run its tests with a trace.

    Args:
        root: folder of the checkout, which holds `tests/yaml`.

    Returns:
        What the pages are made from.
    """
    system = law.load()
    return Matter(root, system, readings.read(root / TESTS, system))


def part_of(variable: Variable) -> str:
    """Give the part of the law a variable stands in: its file below `variables/`, dots inside.

    A variable that is made for a mission stands in the part of its room, below its mission.
    """
    mission = mission_de(variable)
    if mission is not None:
        return f"{ROOMS.get(partie_de(variable), partie_de(variable))}.{mission}"
    path = Path(inspect.getfile(type(variable)))
    return ".".join(path.relative_to(DOSSIER / "variables").with_suffix("").parts)


def _groups(node: ParameterNode) -> Any:
    files = tuple(File(child, tuple(_series(child))) for child in in_order(node) if _is_file(child))
    if files:
        yield Group(node, files)
    for child in in_order(node):
        if not _is_file(child):
            yield from _groups(child)


def _series(node: Parameter | ParameterNode) -> Any:
    return [Leaf(node)] if isinstance(node, Parameter) else leaves(node)


def _is_file(node: Parameter | ParameterNode) -> bool:
    return isinstance(node, Parameter) or Path(node.file_path or "").is_file()
