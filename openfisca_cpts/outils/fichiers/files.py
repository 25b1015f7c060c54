"""Reads YAML files as they are written: scalars and lines, before YAML interprets them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from openfisca_cpts.outils.fichiers.findings import Fault

try:  # libyaml is ten times faster, and openfisca-core asks for it
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


@dataclasses.dataclass(frozen=True)
class Scalar:
    """A scalar as it stands in the file.

    Attributes:
        text: the characters, `1_000` or `2021-02-31` unchanged.
        tag: the YAML type that a reader would give it.
        plain: whether it is written without quotes.
    """

    text: str
    tag: str
    plain: bool


@dataclasses.dataclass
class Document:
    """One YAML file.

    Attributes:
        file: its path inside the package, with slashes.
        data: mappings, lists and `Scalar`s; none where the file could not be read.
        node: the same with its positions.
        faults: what prevents the file from being read safely.
    """

    file: str
    data: Any = None
    node: yaml.Node | None = None
    faults: list[Fault] = dataclasses.field(default_factory=list)

    def fault(self, place: Sequence[str | int], message: str) -> Fault:
        """Make a fault of this file.

        Args:
            place: keys and ranks that lead to the place; it may stop short or not exist.
            message: what is wrong, in French.

        Returns:
            The fault, on the line of the nearest place that exists.
        """
        path = ".".join(str(step) for step in place)
        return Fault(self.file, _line(self.node, place), path, message)


def read(root: Path, path: Path) -> Document:
    """Read one file.

    Args:
        root: folder of the package.
        path: the YAML file, below `root`.

    Returns:
        The document; a file that cannot be read carries the reason in its faults.
    """
    document = Document(path.relative_to(root).as_posix())
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"le fichier n'est pas en UTF-8 (octet {content[error.start]:#x})"
        document.faults.append(Fault(document.file, line, "", message))
        return document
    if text.startswith("\ufeff"):
        document.faults.append(document.fault((), "le fichier commence par une marque BOM"))
    try:
        document.node = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        message = f"le fichier n'est pas du YAML lisible ({getattr(error, 'problem', error)})"
        document.faults.append(Fault(document.file, line, "", message))
        return document
    if document.node is None:
        document.faults.append(document.fault((), "le fichier est vide"))
    else:
        document.data = _plain(document, document.node, (), set())
    return document


def _plain(
    document: Document, node: yaml.Node, place: tuple[str | int, ...], seen: set[int]
) -> Any:
    if id(node) in seen:  # an alias may also hold itself: never walk a node twice
        document.faults.append(document.fault(place, "les ancres et les alias sont refusés"))
        return None
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(document, item, (*place, rank), seen) for rank, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.MappingNode):
        table: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                document.faults.append(document.fault(place, "une clé n'est pas un mot"))
            elif key.value in table:
                fault = document.fault((*place, key.value), f"la clé « {key.value} » est répétée")
                line = key.start_mark.line + 1
                document.faults.append(dataclasses.replace(fault, line=line))
            else:
                table[key.value] = _plain(document, value, (*place, key.value), seen)
        return table
    assert isinstance(node, yaml.ScalarNode)  # there are three kinds of nodes
    return Scalar(node.value, node.tag, plain=not node.style)


def _line(node: yaml.Node | None, place: Sequence[str | int]) -> int:
    if node is None:
        return 1
    line = node.start_mark.line
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == str(step)]
            if not found:
                break
            key, node = found[0]
            line = key.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line
        else:
            break
    return line + 1
