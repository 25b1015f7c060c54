"""The deadlines that a contract sets to its core missions, and what is found of each."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import polars
from openfisca_core.periods import DateUnit, Instant, Period, period

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.plan.payment_lines import short_label
from openfisca_cpts.outils.simulation.columns import years_of_law

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

NO_START, LATE, ON_TIME = "date de démarrage non donnée", "en retard", "à temps"
"""What is found of a deadline; nobody is late who did not say when they started."""


def deadlines(
    simulation: Simulation, signature: datetime.date | None, end: datetime.date | None
) -> polars.DataFrame:
    """Find the deadlines of the core missions of a contract, and who keeps them.

    Args:
        simulation: a simulation whose first community is the one.
        signature: day of the signature; none without a contract.
        end: first day that the contract no longer covers; none without a contract.

    Returns:
        One row per core mission, as `Schedule.echeances`; without rows without a contract.
    """
    schema = {
        "mission": polars.String,
        **dict.fromkeys(
            ("echeance_demarrage", "echeance_deploiement", "date_demarrage"), polars.Date
        ),
        "en_retard": polars.Boolean,
        "constat": polars.String,
    }
    rows: list[tuple[Any, ...]] = []
    if signature is not None and end is not None:
        month = _last_month(simulation.tax_benefit_system, signature, end)
        system = simulation.tax_benefit_system
        for mission in declarees(system):
            if not mission.echeances:
                continue
            days = [
                simulation.calculate(f"{mission.cle}_{name}", month)[0].item()
                for name in ("echeance_demarrage", "echeance_deploiement", "date_demarrage")
            ]
            late = simulation.calculate(f"{mission.cle}_en_retard", month)[0].item()
            label = short_label(system, mission.cle)
            found = NO_START if days[-1] == NEVER else LATE if late else ON_TIME
            rows.append((label, *(None if day == NEVER else day for day in days), late, found))
    return polars.DataFrame(rows, schema, orient="row")


def _last_month(system: TaxBenefitSystem, signature: datetime.date, end: datetime.date) -> Period:
    """Give the last month that a contract covers, when every delay has been seen."""
    last = max(signature, end - datetime.timedelta(days=1))
    last_known = period(str(years_of_law(system)[-1])).stop.date
    last = min(last, last_known)
    return Period((DateUnit.MONTH, Instant((last.year, last.month, 1)), 1))
