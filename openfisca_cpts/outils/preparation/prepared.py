"""A table that people hold, made into one that `simulate` reads, with how each cell was read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy
import polars

from openfisca_cpts.outils.preparation.columns_read import Read, read_columns
from openfisca_cpts.outils.preparation.headings import Heading, find_heading
from openfisca_cpts.outils.preparation.left_out import left_out
from openfisca_cpts.outils.preparation.mapping import (
    APART,
    COMMUNES,
    GIVEN,
    SURE,
    UNKNOWN,
    Meaning,
)
from openfisca_cpts.outils.preparation.membership import people
from openfisca_cpts.outils.preparation.raw_cells import Grid, place, read_grid_of
from openfisca_cpts.outils.preparation.reading_list import GUESSED, LEFT_OUT, UNDERSTOOD, Entry
from openfisca_cpts.outils.preparation.shapes import SHAPES, read_shape
from openfisca_cpts.outils.preparation.vocabulary import law
from openfisca_cpts.outils.simulation.columns import ID, NAME
from openfisca_cpts.outils.simulation.communities import check_communities
from openfisca_cpts.outils.simulation.faults import Fault, RequestError, TableError
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.spelling import plain

SIZED = ("population", "taille_connue")
"""What a community cannot be sized without."""


@dataclasses.dataclass(frozen=True)
class Prepared:
    """What a file became.

    Attributes:
        table: one row per community that is ready: `id`, `nom`, then inputs by their name.
        titles: place, title and meaning of each column of the file.
        entries: how each cell was read.
        sheet: name of the sheet, of a workbook.
        titles_row: row of the titles, from 1.
    """

    table: polars.DataFrame
    titles: list[tuple[str, str, Meaning]]
    entries: list[Entry]
    sheet: str | None
    titles_row: int


def prepare(
    path: Path, sheet: str | None = None, given: Mapping[str, str] | None = None
) -> Prepared:
    """Read a file as people write it.

    Args:
        path: a workbook, a CSV file, or one of the JSON shapes of `shapes`.
        sheet: name of the sheet of a workbook; the one with most known titles if none is named.
        given: what titles stand for, by the title: `population_2026`, `id`, `communes`…

    Returns:
        The table, and how each cell was read.

    Raises:
        RequestError: the file cannot be read, or what is said of its titles is wrong.
        TableError: no row of titles, two columns for one input, no community that is ready, or a
            fault that stands between cells; every one is named.
    """
    told = dict(given or {})
    shape = path.suffix.lower() in SHAPES
    grids = [read_shape(path)] if shape else read_grid_of(path, sheet)
    found = [(heading, grid) for grid in grids if (heading := find_heading(grid.shown, told))]
    if not found:
        raise TableError(
            [Fault("une ligne de titres connus (« Nom », « Population 2024 », « Code Insee »…)")]
        )
    heading, grid = max(found, key=lambda pair: pair[0].known)
    _check_given(told, heading)
    return _prepare(grid, heading, [other for other in grids if other is not grid])


def _check_given(told: Mapping[str, str], heading: Heading) -> None:
    titles = {plain(title) for title in heading.titles.values()}
    for title, column in told.items():
        if plain(title) not in titles:
            listed = ", ".join(f"« {each} »" for each in heading.titles.values())
            raise RequestError(f"--map : aucun titre « {title} » ; le tableau a {listed}.")
        used = next(
            m for r, m in heading.meanings.items() if plain(heading.titles[r]) == plain(title)
        )
        if used.target == UNKNOWN:
            raise RequestError(
                f"--map « {title}={column} » : « {column} » n'est ni « id », ni « nom », ni "
                "« communes », ni une donnée comme « population_2026 »."
            )


def _prepare(grid: Grid, heading: Heading, others: list[Grid]) -> Prepared:
    shown = grid.shown
    cells = shown.rows()
    entries = [Entry(f"feuille {each.sheet}", "", LEFT_OUT, "feuille non lue") for each in others]
    titles = _titles(heading, entries)
    out = left_out(shown, heading, grid.unvalued)
    for row, look in out.items():
        first = next((each for each in cells[row] if each), "")
        entries.append(Entry(f"ligne {row + 1}", first, LEFT_OUT, look))
    entries += [Entry("", "", LEFT_OUT, remark) for remark in grid.remarks]
    # The row that spans the titles was read with them.
    for row in range(heading.row - bool(heading.spans)):
        first = next((each for each in cells[row] if each), None)
        if first:
            entries.append(Entry(f"ligne {row + 1}", first, LEFT_OUT, "au-dessus des titres"))
    rows = [
        row
        for row in range(heading.row + 1, len(cells))
        if row not in out and any(cells[row][rank] for rank in heading.titles)
    ]
    if not rows:
        raise TableError([Fault("une communauté par ligne, sous les titres", heading.row + 1)])
    _refuse_twins(heading)
    by_target = {meaning.target: rank for rank, meaning in heading.meanings.items()}
    if COMMUNES in by_target:
        return _of_communes(grid, heading, rows, by_target, titles, entries)
    ids, names = _identities(cells, heading, rows, by_target, entries)
    done = read_columns(grid, heading, rows, ids)
    return _ready(done, ids, names, rows, heading, grid, titles, entries)


def _titles(heading: Heading, entries: list[Entry]) -> list[tuple[str, str, Meaning]]:
    found = []
    for rank, meaning in heading.meanings.items():
        where, title = place(heading.row, rank), heading.whole(rank)
        found.append((where, title, meaning))
        if meaning.target in (UNKNOWN, APART):
            said = (
                "colonne que le calcul ne demande pas"
                if meaning.target == APART
                else ('titre inconnu, colonne non lue ; --map "titre=donnée" le dit')
            )
            entries.append(Entry(where, title, LEFT_OUT, said))
        else:
            status = UNDERSTOOD if meaning.how in (SURE, GIVEN) else GUESSED
            more = meaning.said.replace("…", heading.titles[rank])
            said = f"« {meaning.column} »{f', {more}' if more else ''}"
            entries.append(Entry(where, title, status, said))
    return found


def _refuse_twins(heading: Heading) -> None:
    seen: dict[str, int] = {}
    faults = []
    for rank, meaning in heading.meanings.items():
        if meaning.target in (UNKNOWN, APART):
            continue
        if meaning.column in seen:
            first = heading.whole(seen[meaning.column])
            faults.append(
                Fault(
                    f"une seule colonne pour « {meaning.column} » (l'autre : « {first} ») ; dire "
                    "laquelle par --map, l'autre valant « laissée de côté »",
                    heading.row + 1,
                    column=heading.whole(rank),
                )
            )
        seen.setdefault(meaning.column, rank)
    if faults:
        raise TableError(faults)


def _identities(
    cells: Sequence[tuple[str | None, ...]],
    heading: Heading,
    rows: list[int],
    by_target: Mapping[str, int],
    entries: list[Entry],
) -> tuple[list[str], list[str | None]]:
    """Give the identifier and the name of each row; a name alone makes an identifier."""
    names = [cells[row][by_target[NAME]] if NAME in by_target else None for row in rows]
    if ID in by_target:
        ids = [cells[row][by_target[ID]] for row in rows]
    elif NAME in by_target:
        ids = [None if name is None else plain(name, "-") for name in names]
        said = "identifiant fait du nom, aucune colonne n'en donne"
        entries.append(Entry(f"ligne {heading.row + 1}", "", GUESSED, said))
    else:
        expected = "une colonne qui identifie chaque communauté (« id », « N° FINESS », « Nom »)"
        raise TableError([Fault(expected, heading.row + 1)])
    lacking = [row for row, each in zip(rows, ids, strict=True) if each is None]
    if lacking:
        raise TableError([Fault("un identifiant", row + 1) for row in lacking])
    return [each for each in ids if each is not None], names


def _of_communes(
    grid: Grid,
    heading: Heading,
    rows: list[int],
    by_target: Mapping[str, int],
    titles: list[tuple[str, str, Meaning]],
    entries: list[Entry],
) -> Prepared:
    """Sum the populations of communities that are told by their communes."""
    cells = grid.shown.rows()
    key = next((by_target[each] for each in (ID, NAME) if each in by_target), None)
    if key is None:
        raise TableError(
            [Fault("une colonne qui nomme la communauté de chaque commune", heading.row + 1)]
        )
    communes = by_target[COMMUNES]
    kept = [row for row in rows if cells[row][key]]
    for row in sorted(set(rows) - set(kept)):
        said = "commune sans communauté"
        entries.append(Entry(place(row, communes), cells[row][communes] or "", LEFT_OUT, said))
    ids = [str(cells[row][key]) for row in kept]
    found = people(
        ids,
        [cells[row][communes] for row in kept],
        [place(row, communes) for row in kept],
    )
    if found.faults:
        raise TableError([Fault(fault) for fault in found.faults])
    entries += found.entries
    named = by_target.get(NAME)
    firsts = dict(zip(reversed(ids), reversed(kept), strict=True))
    names = [
        cells[firsts[each]][named] if named is not None else each
        for each in found.populations["id"]
    ]
    slugs = [each if ID in by_target else plain(each, "-") for each in found.populations["id"]]
    table = found.populations.with_columns(
        polars.Series("id", slugs, polars.String), polars.Series("nom", names, polars.String)
    ).select("id", "nom", polars.all().exclude("id", "nom"))
    if not table.height:
        raise TableError([Fault("au moins une commune connue")])
    return Prepared(table, titles, entries, grid.sheet, heading.row + 1)


def _ready(
    done: Read,
    ids: list[str],
    names: list[str | None],
    rows: list[int],
    heading: Heading,
    grid: Grid,
    titles: list[tuple[str, str, Meaning]],
    entries: list[Entry],
) -> Prepared:
    """Keep the communities that can be sized, and hold the table against what `simulate` asks."""
    entries += done.entries
    sized = numpy.zeros(len(rows), dtype=bool)
    sizing = [each.column for each in heading.meanings.values() if each.target in SIZED]
    for column in sizing:
        sized |= done.given[column]
    if not sizing:
        expected = "une colonne de population, de taille, ou des communes de chaque communauté"
        raise TableError([Fault(expected, heading.row + 1)])
    for rank in numpy.flatnonzero(~sized).tolist():
        said = "communauté laissée de côté : ni sa population ni sa taille ne se lit"
        entries.append(
            Entry(f"ligne {rows[rank] + 1}", names[rank] or ids[rank], LEFT_OUT, said, ids[rank])
        )
    if not sized.any():
        raise TableError(
            [Fault("une population ou une taille qui se lit, d'au moins une communauté")]
        )
    table = polars.DataFrame(
        {
            "id": polars.Series(ids, dtype=polars.String),
            "nom": polars.Series(names, dtype=polars.String),
            **done.columns,
        }
    ).filter(polars.Series(sized))
    kept = [row for row, keep in zip(rows, sized, strict=True) if keep]
    _hold(table, kept, heading.row)
    return Prepared(table, titles, entries, grid.sheet, heading.row + 1)


def _hold(table: polars.DataFrame, rows: list[int], titles_row: int) -> None:
    """Refuse what `simulate` would, by the rows of the file that was read."""
    held = dataclasses.replace(read(table), rows=numpy.array(rows) + 1, titles_row=titles_row + 1)
    check_communities(held, [law()], ())
