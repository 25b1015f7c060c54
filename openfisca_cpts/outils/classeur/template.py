"""A blank workbook of inputs, which `simulate` reads as it is once filled: its columns."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, instant

from openfisca_cpts import CountryTaxBenefitSystem, situation_examples
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.classeur.template_sheets import Field, write_sheets
from openfisca_cpts.outils.loi.bareme import CHECKED
from openfisca_cpts.outils.loi.leaves import Leaf, leaves
from openfisca_cpts.outils.simulation.cells import SAY_NO, SAY_YES, read_cells
from openfisca_cpts.outils.simulation.columns import ALIASES, inputs
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.request import check_years
from openfisca_cpts.outils.simulation.table import Column, no_numbers
from openfisca_cpts.outils.simulation.writing import check_output, replace

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

SUFFIX = ".xlsx"
NEXT_YEARS = 2
"""Years after the last of the law that have columns where none are asked for."""
FIRST = (
    *("region_ars", "population", "taille_connue", "date_lettre_intention"),
    *("depenses_amorcage_constitution", "depenses_amorcage_diagnostic"),
    *("depenses_amorcage_projet_sante", "date_validation_projet_sante"),
    *("date_signature_contrat", "date_fin_convenue", "date_resiliation"),
)
"""The first columns, in the order of a community's life; those of the missions follow."""
EVERY_YEAR = "une valeur par année civile"
ALWAYS = "une seule valeur, quelle que soit l'année"
EXAMPLE = "communaute_six_missions"
"""The shipped situation that fills the first row, where an example is asked for."""
EXAMPLE_ID = "ma-cpts"


def write_template(
    path: Path, years: Iterable[int] | None = None, *, example: bool = False
) -> None:
    """Write a workbook to fill in: always the same bytes for the same law and years.

    Args:
        path: the .xlsx file to create.
        years: calendar years that have columns; the last year that the law has a value for and
            the next ones, if none are given.
        example: whether the first row holds a fictional community, to be replaced; what the
            shipped situation gives for one year stands in every year of the workbook.

    Raises:
        RequestError: the file exists already (someone may have filled it) or cannot be written,
            or a year cannot be.
    """
    system = CountryTaxBenefitSystem()
    check_output(path, (SUFFIX,))
    if path.exists():
        raise RequestError(f"« {path} » existe déjà : il ne sera pas remplacé.")
    columns = check_years(default_years(system) if years is None else years, system)
    fields = list(_fields(system, columns))
    first_row = _example(fields) if example else []
    rated = [mission.cle for mission in declarees(system) if mission.evaluees]
    replace(path, lambda beside: write_sheets(beside, fields, system, rated, first_row))


def _example(fields: list[Field]) -> list[Any]:
    """Give the cells of a fictional community, in the order of the columns."""
    communities = situation_examples.lire(EXAMPLE)["communautes"]
    ((name, situation),) = communities.items()
    cells = [EXAMPLE_ID, name]
    for field in fields:
        value = next(iter(situation.get(field.variable.name, {}).values()), None)
        if value is not None and field.variable.value_type is datetime.date:
            value = datetime.date.fromisoformat(value)
        elif value is not None and field.variable.value_type is bool:
            value = SAY_YES if value else SAY_NO
        elif value is not None and field.variable.value_type is Enum:
            value = field.variable.possible_values[value].value
        cells.append(value)
    return cells


def default_years(system: TaxBenefitSystem) -> range:
    """Give the last year from which the law has a value that is in force, and the next ones.

    A value is dated ahead as soon as a text is signed: it must not make the years before it
    disappear. What a source shows in force after the day of its value tells how far the law is
    known to have run.
    """
    known = list(leaves(system.parameters))
    checked = [str(leaf.parameter.metadata[CHECKED]) for leaf in known if _seen_in_force(leaf)]
    days = [day.isoformat() for leaf in known for day in leaf.dates]
    last = max(day for day in days if not checked or day <= max(checked))
    year = instant(last).year
    return range(year, year + NEXT_YEARS + 1)


def _seen_in_force(leaf: Leaf) -> bool:
    """Whether a source shows the last value of a figure after the day it is dated."""
    return str(leaf.parameter.metadata.get(CHECKED, "")) > leaf.dates[-1].isoformat()


def _fields(system: TaxBenefitSystem, years: list[int]) -> Iterator[Field]:
    known = inputs(system)
    titles = {name: title for title, name in ALIASES.items()}
    missions = [mission.cle for mission in declarees(system)]
    for name in sorted(known, key=lambda name: _place(name, missions)):
        variable = known[name]
        admitted = _admitted(variable, system)
        if variable.definition_period == DateUnit.YEAR:
            for year in years:
                yield Field(f"{name}_{year}", variable, admitted, f"{EVERY_YEAR} : {year}")
        else:
            yield Field(titles.get(name, name), variable, admitted, ALWAYS)


def _place(name: str, missions: Sequence[str]) -> tuple[int, int, str]:
    """Give the place of an input: those of `FIRST`, then each mission, then what is left."""
    for rank, first in enumerate(FIRST):
        if name == first:
            return 0, rank, name
    for rank, mission in enumerate(missions, start=1):
        if name.startswith(f"{mission}_"):
            return rank, 0, name
    return 1 + len(missions), 0, name


def _admitted(variable: Variable, system: TaxBenefitSystem) -> str:
    """Say what a cell may hold, as the reader of tables says it of a cell that it refuses."""
    nothing = polars.Series(dtype=polars.String)
    column = Column("", nothing, no_numbers(0), nothing)
    return read_cells(column, variable, system).expected("")
