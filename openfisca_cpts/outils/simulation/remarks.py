"""What is said of a table that is read: what may have been meant otherwise, and is not refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy
import polars

from openfisca_cpts.calcul.dates import JAMAIS
from openfisca_cpts.outils.simulation.columns import last_year_of_law
from openfisca_cpts.outils.simulation.regions import REGION, codes_read
from openfisca_cpts.outils.typography import count, day, number

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    from openfisca_cpts.outils.simulation.cells import Cells
    from openfisca_cpts.outils.simulation.table import Column

LISTED = 5
"""Communities that one remark names at most."""
SMALL = 1_000
"""Inhabitants that every community has: fewer may be what a comma left of « 95,000 »."""
JUMP = 5
"""How many times more inhabitants a community cannot have in another year."""
FAR = 20
"""Years after the last value of the law that nobody plans for."""
CUT = "milliers coupés en deux cellules ?"

Read = Mapping[str, Mapping[int | None, tuple["Column", "Cells"]]]


def remarks(
    read: Read,
    known: Mapping[str, Variable],
    system: TaxBenefitSystem,
    ids: polars.Series,
    rows: numpy.ndarray,
) -> list[str]:
    """Say what may have been meant otherwise.

    Args:
        read: the column of each input and its cells, by its name and its year.
        known: the inputs.
        system: the law.
        ids: identifier of each community.
        rows: int array, the row of the file that each community stands on.

    Returns:
        Sentences in French, which name rows and columns.
    """
    places = _Places(ids, rows)
    said = []
    for column, cells in read.get(REGION, {}).values():
        choices = list(known[REGION].possible_values)
        labels = polars.Series([choice.value.partition(" (")[0] for choice in choices])
        said += codes_read(column.title, column.words, labels.gather(cells.values))
    populations = read.get("population", {})
    said += _small(populations, places)
    said += _jumps(populations, places)
    return said + _far(read, last_year_of_law(system) + FAR, places)


class _Places:
    """Names communities by their row and identifier."""

    def __init__(self, ids: polars.Series, rows: numpy.ndarray) -> None:
        self._ids, self._rows = ids, rows

    def name(self, rank: int, what: str) -> str:
        return f"ligne {self._rows[rank]}, communauté « {self._ids[rank]} », {what}"

    def remark(self, subject: str, named: Sequence[str], total: int) -> list[str]:
        if not named:
            return []
        more = total - len(named)
        rest = f" ; et {count(more, 'autre')}" if more else ""
        return [f"{subject} : {' ; '.join(named)}{rest}."]


def _small(populations: Mapping[int | None, tuple[Column, Cells]], places: _Places) -> list[str]:
    """Name the populations that are too small, or begin with a zero."""
    named: list[str] = []
    total = 0
    for column, cells in populations.values():
        small = cells.given & (cells.values > 0) & (cells.values < SMALL)
        small |= column.text.str.contains("^0[0-9]").fill_null(False).to_numpy()
        total += int(small.sum())
        for rank in numpy.flatnonzero(small)[: LISTED - len(named)].tolist():
            named.append(places.name(rank, f"« {column.show(rank)} » ({column.title})"))
    subject = f"Populations de moins de {number(SMALL)} habitants, ou qui commencent par un zéro"
    return places.remark(f"{subject} ({CUT})", named, total)


def _jumps(populations: Mapping[int | None, tuple[Column, Cells]], places: _Places) -> list[str]:
    """Name the communities whose population is many times larger in another year."""
    by_year = {year: cells for year, (_, cells) in populations.items() if year is not None}
    if len(by_year) < 2:
        return []
    years = sorted(by_year)
    values = numpy.array(
        [numpy.where(by_year[year].given, by_year[year].values, 0.0) for year in years]
    )
    given = values > 0
    least = numpy.where(given, values, numpy.inf)
    jumps = numpy.flatnonzero(values.max(axis=0) >= JUMP * least.min(axis=0))
    named = []
    for rank in jumps[:LISTED].tolist():
        low, high = int(least[:, rank].argmin()), int(values[:, rank].argmax())
        figures = " et ".join(
            f"{number(int(values[place, rank]))} en {years[place]}" for place in sorted((low, high))
        )
        named.append(places.name(rank, figures))
    subject = f"Populations multipliées ou divisées par plus de {JUMP} entre deux années ({CUT})"
    return places.remark(subject, named, len(jumps))


def _far(read: Read, last: int, places: _Places) -> list[str]:
    """Name the years and the days that stand far behind the last value of the law."""
    said: list[str] = []
    named: list[str] = []
    total = 0
    limit = numpy.datetime64(f"{last}-12-31")
    for by_year in read.values():
        for year, (column, cells) in by_year.items():
            if year is not None and year > last and cells.given.any():
                said.append(f"Colonne « {column.title} » : année lointaine (faute de frappe ?).")
            if cells.values.dtype.kind != "M":
                continue
            far = cells.given & (cells.values > limit) & (cells.values != JAMAIS)
            total += int(far.sum())
            for rank in numpy.flatnonzero(far)[: LISTED - len(named)].tolist():
                what = f"{day(cells.values[rank].item())} ({column.title})"
                named.append(places.name(rank, what))
    return said + places.remark("Dates lointaines (faute de frappe ?)", named, total)
