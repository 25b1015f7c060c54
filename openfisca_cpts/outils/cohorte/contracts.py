"""A table of contracts made from published counts: one row per contract, as `simulate` takes it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy
import polars

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.missions.declaration import Mission, declarees, noeud_de
from openfisca_cpts.outils.cohorte.published import RANGES, assumptions, counts, sizes
from openfisca_cpts.outils.simulation.cells import SAY_NO, SAY_YES

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

LOW, CENTRAL, HIGH = RANGES


def central() -> dict[str, float]:
    """Give the value of each assumption that is kept where nothing is said."""
    return {key: float(each[CENTRAL]) for key, each in assumptions().items()}


def contracts(given: Mapping[str, float] | None = None, seed: int = 0) -> polars.DataFrame:
    """Make a table of contracts.

    Args:
        given: the value of some assumptions, by their key; the others are central.
        seed: of what is drawn at random: the day of each signature between two counts, and which
            community has what. The same seed gives the same table.

    Returns:
        One row per contract, in the order of the signatures: `id`, `nom`, `taille_connue`,
        `date_signature_contrat`, `date_fin_convenue` where it is renewed, then for each mission
        its start and its rate, and whether unscheduled care is organised.

    Raises:
        KeyError: there is no such assumption.
    """
    unknown = set(given or {}) - set(central())
    if unknown:
        raise KeyError(min(unknown))
    values = central() | dict(given or {})
    system = CountryTaxBenefitSystem()
    draws = numpy.random.default_rng(seed)
    signed = _signatures(draws, _first_day(system))
    height = len(signed)
    renewed = _some(draws, height, values["reconduits"])
    years = int(system.parameters.aci.duree_contrat.values_list[0].value)
    columns: dict[str, polars.Series] = {
        "id": polars.Series([f"contrat-{rank:04}" for rank in range(1, height + 1)]),
        "nom": polars.Series([f"Contrat {rank}" for rank in range(1, height + 1)]),
        "taille_connue": polars.Series(_sizes(draws, height)),
        "date_signature_contrat": polars.Series(signed),
    }
    # Renewed once: the conventional term, twice.
    ends = polars.Series(signed).dt.offset_by(f"{years + years}y")
    columns["date_fin_convenue"] = polars.select(
        polars.when(polars.Series(renewed)).then(ends)
    ).to_series()
    for mission in declarees(system):
        has = _some(draws, height, 1.0 if mission.socle else values["complementaires"])
        starts = _starts(system, mission, polars.Series(signed), values["demarrage"])
        columns[f"{mission.cle}_date_demarrage"] = polars.select(
            polars.when(polars.Series(has)).then(starts)
        ).to_series()
        if mission.evaluees:
            rate = polars.Series([values["taux"]] * height)
            columns[f"{mission.cle}_taux_atteinte"] = rate
    columns["acces_soins_organisation_snp"] = polars.Series(
        numpy.where(_some(draws, height, values["snp"]), SAY_YES, SAY_NO)
    )
    return polars.DataFrame(columns).sort("date_signature_contrat", "id")


def _first_day(system: TaxBenefitSystem) -> datetime.date:
    """Give the day from which a contract can be signed: that of the first figure of the scale."""
    first = min(value.instant_str for value in system.parameters.aci.duree_contrat.values_list)
    return datetime.date.fromisoformat(first)


def _signatures(draws: numpy.random.Generator, first: datetime.date) -> list[datetime.date]:
    """Draw the day of each signature between two counts, each day as likely as another."""
    found: list[datetime.date] = []
    start, before = first, 0
    for day, count in counts():
        drawn = draws.integers(0, (day - start).days, size=count - before)
        found += [start + datetime.timedelta(days=int(each)) for each in drawn]
        start, before = day, count
    return sorted(found)


def _sizes(draws: numpy.random.Generator, height: int) -> numpy.ndarray:
    """Give each contract a size: as many of each as its share, in any order."""
    shares = sizes()
    exact = numpy.array(list(shares.values())) * height
    numbers = numpy.floor(exact).astype(int)
    rest = numpy.argsort(numbers - exact)[: height - numbers.sum()]
    numbers[rest] += 1
    return draws.permutation(numpy.repeat(list(shares), numbers))


def _some(draws: numpy.random.Generator, height: int, share: float) -> numpy.ndarray:
    """Choose a share of the contracts, as many as it says."""
    chosen = numpy.arange(height) < round(share * height)
    return draws.permutation(chosen)


def _starts(
    system: TaxBenefitSystem, mission: Mission, signed: polars.Series, deadlines: float
) -> polars.Series:
    """Start a mission some deadlines after the signature, or after the mission exists."""
    node = noeud_de(system.parameters, mission.noeud)
    delay = node.children.get("delai_demarrage")
    months = 0 if delay is None else round(float(delay.values_list[0].value) * deadlines)
    created = datetime.date.fromisoformat(next(iter(mission.textes)))
    existing = polars.select(polars.max_horizontal(signed, polars.lit(created))).to_series()
    return existing.dt.offset_by(f"{months}mo")
