"""Reads a grid of indicators: a row per step, as the annex of a contract gives them.

The annexes of two contracts of 2025-2027 are the model: each indicator has an amount in euros,
most of them one alone, some of them three steps of which the best that is reached is paid.
"""

from __future__ import annotations

import dataclasses
import enum
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import fastexcel
import polars

from openfisca_cpts.missions.declaration import declarees, noeud_de
from openfisca_cpts.outils.indicateurs.values import Value, Written
from openfisca_cpts.outils.simulation.columns import nearest
from openfisca_cpts.outils.simulation.faults import Fault, TableError
from openfisca_cpts.outils.simulation.reading import WORKBOOKS, read
from openfisca_cpts.outils.spelling import plain

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.simulation.table import Column

MISSION, INDICATOR, SENSE, THRESHOLD, EUROS, VALUE = COLUMNS = (
    *("mission", "indicateur", "sens", "seuil", "euros", "valeur"),
)
"""The titles of a grid, in the order of its sheet."""
SHEET = "indicateurs"
"""The sheet of a workbook that a grid is looked for in first."""


class Sense(enum.StrEnum):
    """On which side of its threshold a step is reached."""

    AT_LEAST = "au moins"
    AT_MOST = "au plus"


SENSES = {
    **dict.fromkeys(("au moins", ">=", "≥", "min", "minimum", "hausse"), Sense.AT_LEAST),
    **dict.fromkeys(("au plus", "<=", "≤", "max", "maximum", "baisse"), Sense.AT_MOST),
}


@dataclasses.dataclass(frozen=True)
class Step:
    """One step of an indicator.

    Attributes:
        threshold: what has to be reached, as the grid writes it and as a number; 1 is « oui ».
        euros: what the step pays, those below it included.
        row: row of the file that it stands on.
    """

    threshold: Value
    euros: float
    row: int


@dataclasses.dataclass(frozen=True)
class Indicator:
    """One indicator of a contract.

    Attributes:
        mission: key of the mission that it belongs to.
        name: its name, as the grid writes it.
        sense: on which side of a threshold its steps are reached.
        steps: its steps, from the easiest to the hardest.
        value: what was measured; none where the grid does not give it.
    """

    mission: str
    name: str
    sense: Sense
    steps: tuple[Step, ...]
    value: Value | None

    @property
    def most(self) -> float:
        """What its hardest step pays, in euros."""
        return self.steps[-1].euros

    @property
    def reached(self) -> int:
        """How many of its steps are reached; none where no value is given."""
        if self.value is None:
            return 0
        sign = 1 if self.sense is Sense.AT_LEAST else -1
        return sum(sign * self.value.number >= sign * step.threshold.number for step in self.steps)

    @property
    def euros(self) -> float:
        """What it has earned, in euros: the amount of the hardest step that is reached."""
        return self.steps[self.reached - 1].euros if self.reached else 0.0

    @property
    def next_step(self) -> Step | None:
        """The next step to reach; none where the hardest one is."""
        return self.steps[self.reached] if self.reached < len(self.steps) else None


@dataclasses.dataclass(frozen=True)
class _Row:
    """One row of a grid, before its indicator is known."""

    row: int
    mission: str
    name: str
    sense: Sense
    step: Step
    value: Value | None


def read_grid(
    source: Path | polars.DataFrame, system: TaxBenefitSystem, sheet: str | None = None
) -> tuple[Indicator, ...]:
    """Read the grid of indicators of a contract.

    Args:
        source: path of a CSV, XLSX or Parquet file, or a polars or pandas frame: one row per step,
            with the titles of `COLUMNS`.
        system: the law, which knows the missions.
        sheet: name of the sheet of a workbook; « indicateurs » if it has one, else the only one.

    Returns:
        The indicators, in the order of the grid.

    Raises:
        RequestError: the file does not exist, or is of another kind.
        TableError: with every fault of the grid: a title, a mission, a cell, steps that do not
            follow each other, values that differ from one row of an indicator to the next.
    """
    table = read(source, sheet or _own_sheet(source))
    faults = list(table.faults)
    columns: dict[str, Column] = {}
    for column in table.columns:
        meant = plain(column.title)
        if meant not in COLUMNS:
            near = nearest(meant, COLUMNS)
            expected = f"« {near} »" if near else f"une colonne parmi {', '.join(COLUMNS)}"
            faults.append(Fault(expected, table.titles_row, column=column.title))
        elif meant in columns:
            expected = f"une seule colonne « {meant} »"
            faults.append(Fault(expected, table.titles_row, column=column.title))
        else:
            columns[meant] = column
    faults += [
        Fault(f"une colonne « {title} »", table.titles_row)
        for title in COLUMNS
        if title not in columns and title != SENSE
    ]
    if faults:
        raise TableError(faults)
    missions = _missions(system)
    rows = []
    for rank, row in enumerate(table.rows.tolist()):
        cells = {title: Written.of(column, rank) for title, column in columns.items()}
        found = _row(row, cells, missions, faults)
        if found is not None:
            rows.append(found)
    indicators = [_indicator(each, faults) for each in _by_indicator(rows)]
    if faults:
        raise TableError(faults)
    return tuple(indicators)


def _own_sheet(source: Path | polars.DataFrame) -> str | None:
    """Give the sheet that is named after grids, in a workbook of several."""
    if not isinstance(source, Path) or source.suffix.lower() not in WORKBOOKS:
        return None
    try:
        names = fastexcel.read_excel(source).sheet_names
    except (fastexcel.FastExcelError, OSError):
        return None  # whoever reads it next says what is wrong
    return SHEET if SHEET in names else None


def _missions(system: TaxBenefitSystem) -> dict[str, str]:
    """Give the key of each mission with indicators, by its key and its names."""
    keys: dict[str, str] = {}
    for mission in declarees(system):
        if mission.evaluees:
            short = noeud_de(system.parameters, mission.noeud).metadata["short_label"]
            names = (mission.cle, mission.nom, short)
            keys |= {plain(name): mission.cle for name in names}
    return keys


def _row(
    row: int, cells: dict[str, Written], missions: dict[str, str], faults: list[Fault]
) -> _Row | None:
    before = len(faults)

    def fault(title: str, expected: str) -> None:
        faults.append(Fault(expected, row, column=title, value=cells[title].text or "vide"))

    mission = missions.get(plain(cells[MISSION].text))
    if mission is None:
        near = nearest(cells[MISSION].text, sorted(set(missions.values())))
        known = ", ".join(dict.fromkeys(missions.values()))
        fault(MISSION, f"une mission à indicateurs, « {near} » ?" if near else f"l'une de {known}")
    if not cells[INDICATOR].text:
        fault(INDICATOR, "le nom de l'indicateur")
    threshold = cells[THRESHOLD].value()
    if threshold is None:
        fault(THRESHOLD, "un nombre, un pourcentage ou « oui »")
    written = cells[SENSE].text if SENSE in cells else ""
    sense = SENSES.get(" ".join(written.casefold().split()))
    if sense is None and not written and threshold is not None and threshold.is_truth:
        sense = Sense.AT_LEAST
    if sense is None:
        fault(SENSE if SENSE in cells else THRESHOLD, "« au moins » ou « au plus »")
    euros = cells[EUROS].euros()
    if euros is None:
        fault(EUROS, "un montant en euros, plus grand que zéro")
    value = cells[VALUE].value()
    if value is None and cells[VALUE].text:
        fault(VALUE, "un nombre, un pourcentage, « oui » ou « non », ou rien")
    elif value is not None and threshold is not None and value.kind is not threshold.kind:
        fault(VALUE, f"{threshold.kind.value}, comme le seuil « {threshold.text} »")
    if len(faults) > before or mission is None or threshold is None or sense is None:
        return None
    step = Step(threshold, euros or 0.0, row)
    return _Row(row, mission, cells[INDICATOR].text, sense, step, value)


def _by_indicator(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    found: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        found.setdefault((row.mission, plain(row.name)), []).append(row)
    yield from found.values()


def _indicator(rows: Sequence[_Row], faults: list[Fault]) -> Indicator:
    first = rows[0]
    for other in rows[1:]:
        if other.sense is not first.sense:
            expected = f"« {first.sense} », comme ligne {first.row}"
            faults.append(Fault(expected, other.row, first.name, SENSE, other.sense))
    measured = [(row.value, row.row) for row in rows if row.value is not None]
    for value, row in measured:
        given, where = measured[0]
        if value.number != given.number:
            expected = f"une seule valeur par indicateur (ligne {where}, « {given.text} »)"
            faults.append(Fault(expected, row, first.name, VALUE, value.text))
    sign = 1 if first.sense is Sense.AT_LEAST else -1
    steps = sorted((row.step for row in rows), key=lambda step: sign * step.threshold.number)
    for easier, harder in itertools.pairwise(steps):
        if easier.threshold.number == harder.threshold.number:
            expected = f"un palier par seuil (celui-ci est aussi ligne {easier.row})"
            faults.append(Fault(expected, harder.row, first.name, THRESHOLD, harder.threshold.text))
        elif harder.euros <= easier.euros:
            expected = f"plus que le palier plus facile de la ligne {easier.row}"
            faults.append(Fault(expected, harder.row, first.name, EUROS, f"{harder.euros:g}"))
    known = measured[0][0] if measured else None
    return Indicator(first.mission, first.name, first.sense, tuple(steps), known)
