"""Differences laid out as the published tables: a line per file and interval, sizes beside."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable

from openfisca_core.parameters import ParameterNode

from openfisca_cpts.outils.loi.differences import Difference
from openfisca_cpts.outils.loi.leaves import Leaf, leaves


@dataclasses.dataclass(frozen=True)
class Change:
    """What changes in one file over one interval.

    Attributes:
        path: dotted path of the file, or of the figure.
        label: what it is, in French.
        start: first day of the new values.
        end: their last day; none where no other follows.
        by_size: the differences by size (« taille 1 »); one under an empty key for a file of one
            series.
    """

    path: str
    label: str
    start: datetime.date
    end: datetime.date | None
    by_size: dict[str, Difference]


def lay_out(differences: Iterable[Difference], *trees: ParameterNode) -> list[Change]:
    """Put the sizes of a table side by side.

    Args:
        differences: figures that differ.
        trees: the trees that they come from, the later one wins.

    Returns:
        One item per file and interval, in the order of the differences.
    """
    known: dict[str, Leaf] = {leaf.path: leaf for tree in trees for leaf in leaves(tree)}
    found: dict[tuple[str, datetime.date, datetime.date | None], Change] = {}
    for difference in differences:
        leaf = known[difference.path]
        path = leaf.path if leaf.table is None else leaf.table.name
        label = difference.label if leaf.table is None else leaf.table.description or path
        key = (path, difference.start, difference.end)
        change = found.setdefault(key, Change(path, label, difference.start, difference.end, {}))
        change.by_size[leaf.column or ""] = difference
    return list(found.values())


def by_path(changes: Iterable[Change]) -> list[tuple[str, list[Change]]]:
    """Put the intervals of one file together.

    Args:
        changes: what changes, in the order of the law.

    Returns:
        Each path with its changes, in the same order.
    """
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.path, []).append(change)
    return list(found.items())


def texts(changes: Iterable[Change]) -> list[dict[str, str]]:
    """Give the documents of the new values, each once: `title`, `href`… where they stand."""
    found: list[dict[str, str]] = []
    for change in changes:
        for difference in change.by_size.values():
            found += [text for text in difference.references if text not in found]
    return found


def acts(changes: Iterable[Change]) -> list[str]:
    """Give the keys of the acts that the new values rest on in law, each once."""
    found = [
        key
        for change in changes
        for difference in change.by_size.values()
        for key in difference.acts
    ]
    return list(dict.fromkeys(found))
