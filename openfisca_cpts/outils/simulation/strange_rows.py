"""Rows of a table that are no community: totals, averages, and notes below the last one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy
import polars

from openfisca_cpts.outils.simulation.columns import ID, NAME
from openfisca_cpts.outils.simulation.faults import Fault
from openfisca_cpts.outils.simulation.regions import REGION
from openfisca_cpts.outils.spelling import plain

if TYPE_CHECKING:
    from openfisca_core.variables import Variable

    from openfisca_cpts.outils.simulation.cells import Cells

SUSPECT = r"(?i)tota|ensemble|moyenne|somme|cumul|m.{1,2}diane"
"""What the words below are made of: the other rows need no closer look."""
SUM = r"(?:grand |sous |ss )?tota(?:l|ux)|ensemble|sommes?|cumuls?"
MEAN = r"moyennes?|medianes?"
ADJECTIVES = (
    r"general|generale|generaux|totale|cumulee?|partielle?|annuelle?|ponderee?"
    r"|regionale?|departementale?|nationale?|francaise"
)
SCOPES = (
    r"cpts|communautes?|communes?|regions?|departements?|territoires?|france|pays|tableau"
    r"|populations?|habitants|lignes?|colonnes?"
)
"""What a total is the total of. « Total Santé » and « Moyenne Vallée » are names."""
OTHERS = 2
"""Populations that another one must be the sum of, at least, to look like their total."""
ONE_A_ROW = "une communauté par ligne ; supprimer celle-ci"


def strange_rows(
    identities: Mapping[str, polars.Series],
    read: Mapping[str, Mapping[int | None, Cells]],
    known: Mapping[str, Variable],
    rows: numpy.ndarray,
    faulty: Collection[int | None] = (),
) -> list[Fault]:
    """Find the rows that look like a total or a note.

    Args:
        identities: `id` and `nom` of each row.
        read: the cells of each input, by its name and its year.
        known: the inputs.
        rows: int array, the row of the file that each community stands on.
        faulty: rows with a cell that could not be read: they give something.

    Returns:
        One fault per such row: it is named or identified by a word for a total or an average, it
        gives nothing though other rows do, or its populations are the sums of the others.
    """
    found: dict[int, Fault] = {}
    totals = _Totals(read.get("population", {}), len(rows))
    for rank, title, words in _suspects(identities):
        seen = looks(words, known)
        if seen is None and _begins(words) and totals.of_those_above(rank):
            seen = "à un total"
        if seen is not None:
            expected = f"{ONE_A_ROW}, ou la nommer autrement si c'en est une"
            said = f"ressemble {seen} ({title} « {words} »)"
            found.setdefault(rank, Fault(expected, int(rows[rank]), looks=said))
    blank = _without_input(identities[ID], read) & ~numpy.isin(rows, [*filter(None, faulty)])
    for rank in numpy.flatnonzero(blank).tolist():
        said = f"ressemble à une note (id « {identities[ID][rank]} », aucune donnée)"
        expected = f"{ONE_A_ROW}, ou lui donner au moins une donnée (sa région, par exemple)"
        found.setdefault(rank, Fault(expected, int(rows[rank]), looks=said))
    whole = totals.of_all_others(list(found)) & ~_has_a_life(read, known, len(rows))
    for rank in numpy.flatnonzero(whole).tolist():
        said = "ressemble à un total (sa population est la somme des autres)"
        expected = f"{ONE_A_ROW}, ou la compléter (une date, oui ou non) si c'en est une"
        found.setdefault(rank, Fault(expected, int(rows[rank]), looks=said))
    return list(found.values())


def _suspects(identities: Mapping[str, polars.Series]) -> Iterator[tuple[int, str, str]]:
    for title in (ID, NAME):
        mask = identities[title].str.contains(SUSPECT).fill_null(False)
        for rank in mask.arg_true().to_list():
            yield rank, title, identities[title][rank]


def looks(words: str, known: Mapping[str, Variable]) -> str | None:
    """Say what a name is a word for, if it is one, alone or with what it is the total of."""
    regions = (plain(choice.value.partition("(")[0]) for choice in _regions(known))
    scopes = "|".join([SCOPES, *regions])
    rest = (
        rf"(?: (?:{ADJECTIVES}))*(?: (?:de|du|des|d|par|sur))?(?: (?:la|le|les|l|tous|toutes))*"
        rf"(?: [0-9]+)?(?: (?:{scopes})(?: .*)?)?(?: [0-9]+)?"
    )
    text = plain(words)
    if re.fullmatch(rf"(?:(?:l|la|le|les) )?(?:{SUM}){rest}", text):
        return "à un total"
    if re.fullmatch(rf"(?:(?:l|la|le|les) )?(?:{MEAN}){rest}", text):
        return "à une moyenne"
    return None


def _regions(known: Mapping[str, Variable]) -> list:
    return list(known[REGION].possible_values) if REGION in known else []


def _begins(words: str) -> bool:
    return re.match(rf"(?:{SUM})\b", plain(words)) is not None


def _without_input(
    ids: polars.Series, read: Mapping[str, Mapping[int | None, Cells]]
) -> numpy.ndarray:
    """Find the rows with an identifier and nothing else, where other rows give something."""
    given = numpy.zeros(len(ids), dtype=bool)
    for by_year in read.values():
        for cells in by_year.values():
            given |= cells.given | cells.refused
    if not given.any():
        return given
    return ~given & ids.is_not_null().to_numpy()


def _has_a_life(
    read: Mapping[str, Mapping[int | None, Cells]], known: Mapping[str, Variable], height: int
) -> numpy.ndarray:
    """Find the rows with a date, or a yes or no: what no total has."""
    own = numpy.zeros(height, dtype=bool)
    for name, by_year in read.items():
        if known[name].value_type in (datetime.date, bool):
            for cells in by_year.values():
                own |= cells.given
    return own


class _Totals:
    """Compares populations with the sums of others, exactly; zero counts as not given."""

    def __init__(self, populations: Mapping[int | None, Cells], height: int) -> None:
        columns = [numpy.where(cells.given, cells.values, 0.0) for cells in populations.values()]
        self._columns = numpy.array(columns).reshape(len(columns), height)

    def of_all_others(self, without: list[int]) -> numpy.ndarray:
        """Find the rows that are, in each column where they stand, the sum of all others."""
        columns = self._columns.copy()
        columns[:, without] = 0.0
        given = columns > 0
        sums, counts = columns.sum(axis=1), given.sum(axis=1)
        equal = (2 * columns == sums[:, None]) & (counts > OTHERS)[:, None]
        return given.any(axis=0) & (equal | ~given).all(axis=0)

    def of_those_above(self, rank: int) -> bool:
        """Say whether a row is the sum of the rows just above it, two or more of them."""
        sums = self._columns[:, :rank][:, ::-1].cumsum(axis=1)[:, OTHERS - 1 :]
        value = self._columns[:, [rank]]
        return bool(((sums == value) & (value > 0)).any())
