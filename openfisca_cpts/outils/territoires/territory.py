"""A territory: its inhabitants in a year, its size, and how far the thresholds are."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy
import polars
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.outils.territoires.census import census_for, column
from openfisca_cpts.outils.territoires.identify import identify
from openfisca_cpts.outils.territoires.population import MISSING, count

ONE = "territoire"


class TerritoryError(ValueError):
    """A list of communes that is refused.

    Args:
        faults: what is wrong, one sentence of French each.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = list(faults)


@dataclasses.dataclass(frozen=True)
class Threshold:
    """A number of inhabitants at which the size changes.

    Attributes:
        size: the size that begins there, as the law names it: `taille_2`.
        inhabitants: the threshold.
        gap: inhabitants above it, less than zero below.
    """

    size: str
    inhabitants: int
    gap: int

    @property
    def share(self) -> float:
        """The gap as a share of the threshold."""
        return self.gap / self.inhabitants


@dataclasses.dataclass(frozen=True)
class Territory:
    """What a set of communes is in a year.

    Attributes:
        year: the calendar year.
        census: the census that was taken.
        communes: one row per commune: `code`, `nom`, `departement`, `region`, `habitants` (null
            where the census does not count it).
        inhabitants: their sum.
        size: the size, as the law names it.
        thresholds: those of the year, in their order.
        remarks: what was understood otherwise than written, or is missing: sentences of French.
    """

    year: int
    census: int
    communes: polars.DataFrame
    inhabitants: int
    size: str
    thresholds: list[Threshold]
    remarks: list[str]

    @property
    def nearest(self) -> list[Threshold]:
        """The thresholds on either side: the last that is passed, and the next one."""
        passed = [each for each in self.thresholds if each.size <= self.size]
        ahead = [each for each in self.thresholds if each.size > self.size]
        return passed[-1:] + ahead[:1]


def territory(words: Sequence[str], year: int) -> Territory:
    """Tell what a set of communes is in a year.

    Args:
        words: codes or names of communes, as `identify` takes them.
        year: a calendar year.

    Returns:
        Its inhabitants, its size and the thresholds, with what was understood or is missing.

    Raises:
        TerritoryError: a word names no commune, or several; a city stands beside one of its
            arrondissements; the census counts none of the communes.
    """
    named = identify(words)
    faults = [f"« {fault.word} » : {fault.message}." for fault in named.faults]
    if not faults and not named.communes.height:
        faults = ["Aucune commune n'est donnée."]
    counted = count(named.communes.select(polars.lit(ONE).alias("id"), "code"))
    faults += counted.faults
    if faults:
        raise TerritoryError(faults)
    census = census_for(year)
    row = counted.communities.row(0, named=True)
    remarks = [f"{remark}." for remark in named.remarks["remarque"]] + counted.remarks
    communes = named.communes.unique("code", maintain_order=True).select(
        "code", "nom", "departement", "region", polars.col(column(census)).alias("habitants")
    )
    without = communes.filter(polars.col("habitants").is_null())
    if row[column(census)] is None:
        raise TerritoryError([_uncounted(without, census) + _other_census(named.communes)])
    if row[MISSING + column(census)]:
        partial = "La population est partielle, sauf si cette autre commune est dans la liste."
        remarks.append(f"{_uncounted(without, census)} {partial}")
    inhabitants = int(row[column(census)])
    return Territory(
        year=year,
        census=census,
        communes=communes,
        inhabitants=inhabitants,
        size=sizes(numpy.array([inhabitants]), year)[0],
        thresholds=thresholds(inhabitants, year),
        remarks=remarks,
    )


def _uncounted(rows: polars.DataFrame, census: int) -> str:
    names = ", ".join(f"{code} {name}" for code, name in rows.select("code", "nom").rows())
    what = "n'ont pas de chiffre" if rows.height > 1 else "n'a pas de chiffre"
    return (
        f"{names} {what} au recensement de {census} (commune rétablie depuis, dont les habitants "
        "étaient comptés dans une autre, ou chiffre non publié à cette maille)."
    )


def _other_census(rows: polars.DataFrame) -> str:
    names = [name for name in rows.columns if name.startswith(column("")) and rows[name].count()]
    years = [name.removeprefix(column("")) for name in names]
    return f" Recensements connus : {', '.join(years)}." if years else ""


def sizes(inhabitants: numpy.ndarray, year: int) -> list[str]:
    """Give the size of territories by the rule of the law.

    Args:
        inhabitants: int array, one per territory.
        year: calendar year.

    Returns:
        The key of each size; `indeterminee` before the agreement.
    """
    simulation = SimulationBuilder().build_default_simulation(
        CountryTaxBenefitSystem(), count=len(inhabitants)
    )
    simulation.set_input("population", str(year), inhabitants)
    return [size.name for size in simulation.calculate("taille", str(year)).decode()]


def thresholds(inhabitants: int, year: int) -> list[Threshold]:
    """Give the thresholds of a year, and how far a population is from each.

    Args:
        inhabitants: the population.
        year: calendar year; its first day counts.

    Returns:
        The thresholds, in their order; none before the agreement.
    """
    node = CountryTaxBenefitSystem().parameters(f"{year}-01-01").tailles
    found = []
    for name in sorted(node):
        value = getattr(node, name)
        if value is not None:
            size = name.removeprefix("seuil_")
            found.append(Threshold(size, int(value), inhabitants - int(value)))
    return found
