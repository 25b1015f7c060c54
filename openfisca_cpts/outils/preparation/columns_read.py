"""The cells of the columns of inputs: what each became, and what it could not become."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy
import polars
from openfisca_core.indexed_enums import Enum

from openfisca_cpts.outils.preparation.headings import Heading
from openfisca_cpts.outils.preparation.mapping import Meaning
from openfisca_cpts.outils.preparation.raw_cells import Grid, place
from openfisca_cpts.outils.preparation.reading_list import (
    LEFT_OUT,
    NOT_GIVEN,
    REFUSED,
    UNDERSTOOD,
    Entry,
)
from openfisca_cpts.outils.preparation.vocabulary import known_inputs, law
from openfisca_cpts.outils.preparation.wordings import Worded, reword
from openfisca_cpts.outils.simulation.cells import SAY_NO, SAY_YES, Cells, read_cells
from openfisca_cpts.outils.simulation.faults import Fault, TableError
from openfisca_cpts.outils.simulation.regions import department_numbers
from openfisca_cpts.outils.simulation.table import Column
from openfisca_cpts.outils.territoires.census import communes
from openfisca_cpts.outils.territoires.region_names import names_by_code

REGION = "region_ars"


@dataclasses.dataclass(frozen=True)
class Read:
    """What was read of the columns of inputs.

    Attributes:
        columns: the values of each, by the title that `simulate` knows; null where not given.
        given: bool array by the same titles.
        entries: how each cell was read.
    """

    columns: dict[str, polars.Series]
    given: dict[str, numpy.ndarray]
    entries: list[Entry]


def read_columns(grid: Grid, heading: Heading, rows: list[int], ids: list[str]) -> Read:
    """Read the cells of every column of inputs.

    Args:
        grid: the cells.
        heading: the titles.
        rows: ranks of the rows of communities.
        ids: their identifiers.

    Returns:
        The values, and how each cell was read. A cell that is refused is empty, and told.

    Raises:
        TableError: a column of regions holds the numbers of departments.
    """
    found = Read({}, {}, [])
    for rank, meaning in heading.meanings.items():
        if not meaning.is_input:
            continue
        variable = known_inputs()[meaning.target]
        words, number = (frame[:, rank].gather(rows) for frame in (grid.words, grid.numbers))
        text = polars.select(polars.when(number.is_null()).then(words)).to_series()
        worded = reword(text)
        column = Column(meaning.column, worded.text, number, worded.text)
        cells = read_cells(column, variable, law())
        if meaning.target == REGION:
            _refuse_departments(column, cells, rows, rank)
        found.columns[meaning.column] = _values(cells, variable)
        found.given[meaning.column] = cells.given
        shown = grid.shown[:, rank].gather(rows).to_list()
        found.entries.extend(_entries(grid, meaning, cells, worded, shown, rows, rank, ids))
    return found


def _refuse_departments(column: Column, cells: Cells, rows: list[int], rank: int) -> None:
    """Ask about the number of a department: each code of a region is one as well."""
    wrong = department_numbers(column.words, cells.refused)
    if not len(wrong):
        return
    regions = names_by_code()
    faults = []
    for at in wrong.tolist():
        number = column.words[at]
        of = communes().filter(polars.col("departement") == number.zfill(len("01")).upper())[
            "region"
        ]
        likely = (
            f" ; le département {number} est en région {regions.get(of[0], of[0])}"
            if len(of)
            else ""
        )
        faults.append(
            Fault(
                f"une région, par son nom, et non le numéro d'un département{likely}",
                rows[at] + 1,
                column=place(rows[at], rank),
                value=number,
            )
        )
    raise TableError(faults)


def _values(cells: Cells, variable: Any) -> polars.Series:
    """Give the values as a table holds them: null where not given."""
    if variable.value_type is Enum:
        keys = polars.Series([choice.name for choice in variable.possible_values])
        values = keys.gather(cells.values.astype(numpy.uint32))
    elif variable.value_type is bool:
        values = polars.Series(numpy.where(cells.values, SAY_YES, SAY_NO))
    elif cells.values.dtype.kind == "M":
        values = polars.Series(cells.values.astype("datetime64[ms]")).cast(polars.Date)
    elif variable.value_type is int:
        values = polars.Series(cells.values).cast(polars.Int64)
    else:
        values = polars.Series(cells.values)
    return polars.select(polars.when(polars.Series(cells.given)).then(values)).to_series()


def _entries(
    grid: Grid,
    meaning: Meaning,
    cells: Cells,
    worded: Worded,
    shown: list[str | None],
    rows: list[int],
    rank: int,
    ids: list[str],
) -> list[Entry]:
    found = []
    for at, row in enumerate(rows):
        where, owner = place(row, rank), ids[at]
        unvalued = grid.unvalued.get((row, rank))
        if unvalued is not None:
            said = (
                "formule que le tableur n'a pas calculée : ouvrir et enregistrer le classeur"
                if unvalued.startswith("=")
                else "erreur de calcul"
            )
            found.append(Entry(where, unvalued, REFUSED, said, owner))
        elif shown[at] is None:
            continue
        elif worded.blank[at]:
            found.append(Entry(where, shown[at] or "", NOT_GIVEN, "non donné", owner))
        elif worded.about[at]:
            said = "nombre approché, gardé hors du tableau"
            found.append(Entry(where, shown[at] or "", LEFT_OUT, said, owner))
        elif cells.refused[at]:
            said = f"attendu : {cells.expected(worded.text[at] or shown[at] or '')}"
            found.append(Entry(where, shown[at] or "", REFUSED, said, owner))
        elif worded.changed[at]:
            said = f"« {meaning.column} » : {worded.text[at]}"
            found.append(Entry(where, shown[at] or "", UNDERSTOOD, said, owner))
    return found
