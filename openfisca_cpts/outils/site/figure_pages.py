"""The pages of the law in figures: one per folder of parameters, and the list of all of them."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Iterator

from openfisca_core.parameters import ParameterNode

from openfisca_cpts.outils.loi.leaves import Leaf, in_order
from openfisca_cpts.outils.site import statuts_table
from openfisca_cpts.outils.site.matter import File, Group, Matter
from openfisca_cpts.outils.site.pages import Page, fill

SECTION = "Chiffres"
INDEX = "chiffres/index.md"
BOOST = 10
"""The search gives the page of a figure before those that repeat it."""


@dataclasses.dataclass(frozen=True)
class Cell:
    """One dated value in the table of its file.

    Attributes:
        leaf: the figure.
        value: in its unit; none where it does not exist yet.
        change: what it adds to the value before; none for a first value, or where nothing changes.
        statut: its statut.
    """

    leaf: Leaf
    value: float | None
    change: float | None
    statut: str | None


@dataclasses.dataclass(frozen=True)
class Text:
    """Where some values of one date were read.

    Attributes:
        sizes: the sizes in words; none where it holds for the whole file.
        statut: their statut.
        references: `title`, `href`, `note`, `nature`… where they stand.
        acts: keys of the acts that they rest on in law.
    """

    sizes: list[str]
    statut: str | None
    references: list[dict[str, str]]
    acts: list[str]


@dataclasses.dataclass(frozen=True)
class Row:
    """The values of a file from one date on.

    Attributes:
        start: first day.
        end: last day; none where no other value follows.
        cells: one per figure.
        texts: where they were read.
    """

    start: datetime.date
    end: datetime.date | None
    cells: list[Cell]
    texts: list[Text]


def rows(file: File) -> list[Row]:
    """Lay out a file by date of value.

    Args:
        file: the file.

    Returns:
        One row per date, in the order of time.
    """
    found = []
    for before, date in itertools.pairwise([None, *file.dates]):
        assert date is not None
        end = max((leaf.until(date) for leaf in file.series), key=_late)
        cells = [_cell(leaf, before, date) for leaf in file.series]
        found.append(Row(date, end, cells, _texts(file, date)))
    return found


def _late(day: datetime.date | None) -> datetime.date:
    return day or datetime.date.max


def _cell(leaf: Leaf, before: datetime.date | None, date: datetime.date) -> Cell:
    value = leaf.value(date)
    old = None if before is None else leaf.value(before)
    change = None if value is None or old is None or value == old else value - old
    return Cell(leaf, value, change, leaf.statut(date))


def _texts(file: File, date: datetime.date) -> list[Text]:
    """Put together the sizes that rest on the same texts."""
    found: list[Text] = []
    for leaf in file.series:
        behind = (leaf.statut(date), leaf.references(date), leaf.acts(date))
        same = [text for text in found if (text.statut, text.references, text.acts) == behind]
        if not same:
            same = [Text([], *behind)]
            found += same
        if leaf.column:
            same[0].sizes.append(leaf.column)
    if len(found) == 1:
        found[0].sizes.clear()
    return found


def pages(matter: Matter) -> Iterator[Page]:
    """Make the list of all figures, then the page of each folder."""
    counts = statuts_table.counts(matter)
    text = fill("figures", INDEX, matter=matter, outline=_outline(matter), counts=counts)
    yield Page(INDEX, "Tous les chiffres", (SECTION, "Tous les chiffres"), text)
    for group in matter.groups:
        yield _page(matter, group)


def _outline(matter: Matter) -> list[tuple[ParameterNode, Group | None]]:
    """Give every folder of the tree, in the order of the law, with the files that it holds."""
    groups = {group.path: group for group in matter.groups}
    return [(node, groups.get(node.name)) for node in _folders(matter)]


def _folders(matter: Matter) -> Iterator[ParameterNode]:
    pending = [matter.system.parameters]
    while pending:
        node = pending.pop(0)
        children = [
            child
            for child in in_order(node)
            if isinstance(child, ParameterNode) and child.name not in matter.files
        ]
        pending = children + pending
        if node.name:
            yield node


def _page(matter: Matter, group: Group) -> Page:
    path = f"chiffres/{group.path}.md"
    meanings = statuts_table.meanings(matter)
    text = fill(
        "group",
        path,
        matter=matter,
        group=group,
        tables=[(file, rows(file)) for file in group.files],
        meanings=meanings,
    )
    short = group.node.metadata.get("short_label") or group.path
    title = group.node.description or short
    return Page(path, title, (SECTION, short), text, boost=BOOST)
