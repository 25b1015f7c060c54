"""From a table as it was written to arrays that the law can be applied to."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy
import polars

from openfisca_cpts.outils.simulation.cells import Cells, read_cells
from openfisca_cpts.outils.simulation.checks import identity_faults, order_faults
from openfisca_cpts.outils.simulation.columns import ID, NAME, expanded, inputs, recognise
from openfisca_cpts.outils.simulation.faults import Fault, TableError
from openfisca_cpts.outils.simulation.regions import REGION, also_on, department_numbers
from openfisca_cpts.outils.simulation.remarks import remarks
from openfisca_cpts.outils.simulation.strange_rows import strange_rows
from openfisca_cpts.outils.simulation.table import Column, Table

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable


@dataclasses.dataclass(frozen=True)
class Given:
    """What a table gives for one input.

    Attributes:
        always: array of the values that hold for every year; none where the table has no column
            without a year, or nothing in it.
        by_year: array of each year that has its own column, completed by `always`.
        held: bool array of the communities that `always` was given for, where its values do not
            tell: a zero may be one, or nothing.
        held_by_year: the same for each year of `by_year`.
    """

    always: numpy.ndarray | None
    by_year: dict[int, numpy.ndarray]
    held: numpy.ndarray | None = None
    held_by_year: dict[int, numpy.ndarray] = dataclasses.field(default_factory=dict)

    def take(self, rows: slice | list[int]) -> Given:
        """Give the same for some of the communities, by their ranks."""
        return Given(
            None if self.always is None else self.always[rows],
            {year: values[rows] for year, values in self.by_year.items()},
            None if self.held is None else self.held[rows],
            {year: held[rows] for year, held in self.held_by_year.items()},
        )

    def holds(self, year: int | None, height: int) -> numpy.ndarray:
        """Say which communities a value was given for.

        Args:
            year: calendar year; none for the column that holds for all of them.
            height: number of communities.

        Returns:
            Bool array: the community has a cell of that year, or one that holds for all years.
        """
        if year in self.held_by_year:
            return self.held_by_year[year]
        if self.held is not None:
            return self.held
        return numpy.full(height, self.always is not None or year in self.by_year)


@dataclasses.dataclass(frozen=True)
class Communities:
    """The communities of a table, checked.

    Attributes:
        identities: frame of `id`, `nom` and the kept columns, one row per community.
        inputs: what the table gives for each input, by its name.
        remarks: what a reader should know of how the table was read, in French.
    """

    identities: polars.DataFrame
    inputs: dict[str, Given]
    remarks: list[str] = dataclasses.field(default_factory=list)

    def take(self, rows: slice | list[int]) -> Communities:
        """Give some of the communities, by their ranks; a rank may come more than once."""
        return Communities(
            self.identities[rows],
            {name: given.take(rows) for name, given in self.inputs.items()},
            self.remarks,
        )


def check_communities(
    table: Table,
    systems: Sequence[TaxBenefitSystem],
    keep: Collection[str] = (),
    needed: Mapping[str, str] | None = None,
) -> Communities:
    """Check every title and every cell of a table.

    Args:
        table: the table as it was written.
        systems: the law, then its reforms, whose inputs may be given.
        keep: titles of the columns to carry to the output; `*` stands for every other one.
        needed: by the name of each input that a reform cannot do without, who needs it.

    Returns:
        The communities, in the order of the table.

    Raises:
        TableError: with every fault of the table.
    """
    given = [column.title for column in table.columns]
    keep, near = expanded(keep, given, systems)
    titles = recognise(given, systems, keep, table.titles_row)
    written = {title: table.columns[rank] for title, rank in titles.identities.items()}
    identities = {title: _words(written, title, len(table.rows)) for title in (ID, NAME)}
    known = inputs(*systems)
    read: dict[str, dict[int | None, tuple[Column, Cells]]] = {}
    for (name, year), rank in titles.inputs.items():
        column = table.columns[rank]
        read.setdefault(name, {})[year] = column, read_cells(column, known[name], systems[0])
    cells = {
        name: {year: cells for year, (_, cells) in by_year.items()}
        for name, by_year in read.items()
    }
    faulty = {fault.row for fault in table.faults}
    strange = strange_rows(identities, cells, known, table.rows, faulty)
    faults = [
        *table.faults,
        *(identity_faults(written[ID], table.rows) if ID in written else []),
        *_refused(read, identities[ID], table.rows),
        *_disordered(cells, known, identities[ID], table.rows),
    ]
    # What is wrong in a row that is no community says nothing more.
    left_out = {fault.row for fault in strange}
    faults = [
        *titles.faults,
        *_lacking(needed or {}, cells, table.titles_row),
        *strange,
        *(fault for fault in faults if fault.row not in left_out),
    ]
    if faults:
        raise TableError(faults)
    kept = {title: table.columns[rank].kept for title, rank in titles.kept.items()}
    return Communities(
        polars.DataFrame(identities | kept),
        {name: _given(by_year) for name, by_year in cells.items()},
        [
            *table.remarks,
            *(
                f"Colonne « {title} » gardée sans être lue ; si « {other} » était voulu, corriger "
                "son titre."
                for title, other in near.items()
            ),
            *remarks(read, known, systems[0], identities[ID], table.rows),
        ],
    )


def _lacking(
    needed: Mapping[str, str], read: Mapping[str, dict[int | None, Cells]], row: int
) -> list[Fault]:
    """Find the inputs that a reform needs and that no cell gives: they would count as zero."""
    return [
        Fault(f"une colonne remplie, que demande {whom}", row=row, column=name)
        for name, whom in needed.items()
        if not any((cells.given | cells.refused).any() for cells in read.get(name, {}).values())
    ]


def _words(columns: dict[str, Column], title: str, height: int) -> polars.Series:
    if title in columns:
        return columns[title].words
    return polars.Series(dtype=polars.String).extend_constant(None, height)


def _refused(
    read: Mapping[str, dict[int | None, tuple[Column, Cells]]],
    ids: polars.Series,
    rows: numpy.ndarray,
) -> Iterator[Fault]:
    for name, by_year in read.items():
        for column, cells in by_year.values():
            departments = numpy.empty(0, dtype=int)
            if name == REGION:
                departments = department_numbers(column.words, cells.refused)
            # Departments are named with the first of them: the whole column is to be changed.
            named = cells.refused.copy()
            named[departments[1:]] = False
            for rank in numpy.flatnonzero(named).tolist():
                value = column.show(rank)
                expected = cells.expected(value)
                if rank in departments[:1]:
                    expected += f" ; numéros de département ?{also_on(rows[departments])}"
                yield Fault(expected, int(rows[rank]), ids[rank], column.title, value)


def _disordered(
    read: Mapping[str, dict[int | None, Cells]],
    known: Mapping[str, Variable],
    ids: polars.Series,
    rows: numpy.ndarray,
) -> list[Fault]:
    days = {
        name: cells[None].values
        for name, cells in read.items()
        if known[name].value_type is datetime.date
    }
    return order_faults(days, ids, rows)


def _given(columns: dict[int | None, Cells]) -> Given:
    """Complete the cells of each year by those of the column without a year."""
    undated = columns.get(None)
    always = undated.values if undated is not None and undated.given.any() else None
    dated = {year: cells for year, cells in columns.items() if year is not None}
    by_year = {
        year: cells.values if always is None else numpy.where(cells.given, cells.values, always)
        for year, cells in dated.items()
        if cells.given.any()
    }
    held = None if undated is None or always is None else undated.given
    held_by_year = {
        year: dated[year].given if held is None else dated[year].given | held for year in by_year
    }
    return Given(always, by_year, held, held_by_year)
