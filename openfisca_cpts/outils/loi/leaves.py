"""The figures of a loaded tree, in the order of the law, each with its words and its sources."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openfisca_core.parameters import Parameter, ParameterNode

from openfisca_cpts.outils.fichiers import notes


@dataclasses.dataclass(frozen=True)
class Leaf:
    """One series of values of the tree, and where it stands.

    Attributes:
        parameter: the series.
        table: the file that holds it beside the other sizes; none for a file of one series.
    """

    parameter: Parameter
    table: ParameterNode | None = None

    @property
    def path(self) -> str:
        """Dotted path."""
        return self.parameter.name

    @property
    def key(self) -> str:
        """Last step of the path: the size, in a table of sizes."""
        return self.path.rpartition(".")[-1]

    @property
    def column(self) -> str | None:
        """The size in words (« taille 2 »); none for a file of one series."""
        return None if self.table is None else self.key.replace("_", " ")

    @property
    def label(self) -> str:
        """What the figure is, in French, with the size."""
        if self.table is None:
            return self.parameter.description or self.path
        return f"{self.table.description or self.table.name}, {self.column}"

    @property
    def unit(self) -> str:
        """Name of the unit; empty where there is none."""
        return self.parameter.metadata.get("unit", "")

    @property
    def dates(self) -> list[datetime.date]:
        """The dates of value, in the order of time."""
        return sorted(
            datetime.date.fromisoformat(value.instant_str) for value in self.parameter.values_list
        )

    def value(self, day: datetime.date) -> float | None:
        """Give the value in force on a day; none before the figure exists, and after it ends."""
        return self.parameter.get_at_instant(day.isoformat())

    def since(self, day: datetime.date) -> datetime.date | None:
        """Give the first day of the value in force on a day; none before the first value."""
        return max((date for date in self.dates if date <= day), default=None)

    def until(self, day: datetime.date) -> datetime.date | None:
        """Give the last day of the value in force on a day; none where no other follows it."""
        following = min((date for date in self.dates if date > day), default=None)
        return None if following is None else following - datetime.timedelta(days=1)

    def references(self, day: datetime.date) -> list[dict[str, str]]:
        """Give the texts of the value in force on a day, those of another size left out.

        Args:
            day: any day.

        Returns:
            One table per text: `title`, `href` and `note` where they stand.
        """
        found = self._dated("reference", day) or []
        items = [found] if isinstance(found, dict) else found
        texts = [{key: str(text) for key, text in item.items()} for item in items]
        return [item for item in texts if not self._of_another_size(item)] or texts

    def statut(self, day: datetime.date) -> str | None:
        """Give the statut of the value in force on a day."""
        return self._dated("statut", day)

    def acts(self, day: datetime.date) -> list[str]:
        """Give the acts that the value in force on a day rests on in law: keys of the register."""
        found = self._dated("texte", day) or []
        return [found] if isinstance(found, str) else list(found)

    def _of_another_size(self, item: dict[str, str]) -> bool:
        """Whether the note of a text says that it is about another size of the table."""
        if self.table is None:
            return False
        return notes.about_another(item.get("note", ""), self.key, self.table.children)

    def _dated(self, key: str, day: datetime.date) -> Any:
        """Read what the metadata say of a date of value; YAML gives it as a day or as a text."""
        dated = {
            str(date): content for date, content in self.parameter.metadata.get(key, {}).items()
        }
        return dated.get(str(self.since(day)))


def leaves(tree: ParameterNode) -> Iterator[Leaf]:
    """Give the figures of a tree, in the order that its folders say.

    Args:
        tree: root of the parameters, or one of its nodes.

    Yields:
        Each file of one series, and each size of a table.
    """
    table = tree if _is_file(tree) else None
    for child in in_order(tree):
        if isinstance(child, Parameter):
            yield Leaf(child, table)
        elif isinstance(child, ParameterNode):
            yield from leaves(child)


def in_order(node: ParameterNode) -> list[Any]:
    """Give the children of a node: first those that its `order` names, then the others."""
    order = [name for name in node.metadata.get("order", []) if name in node.children]
    others = sorted(set(node.children).difference(order))
    return [node.children[name] for name in order + others]


def find(tree: ParameterNode, path: str) -> Leaf:
    """Give one figure.

    Args:
        tree: root of the parameters.
        path: its dotted path.

    Returns:
        The figure.

    Raises:
        KeyError: there is none of that path.
    """
    node: Any = tree
    table = None
    for name in path.split("."):
        table = node if _is_file(node) else None
        node = node.children[name]
    if not isinstance(node, Parameter):
        raise KeyError(path)
    return Leaf(node, table)


def _is_file(node: ParameterNode) -> bool:
    """Whether a node is a file that holds a table, and not a folder of files."""
    return bool(node.file_path) and Path(node.file_path).suffix != ""
