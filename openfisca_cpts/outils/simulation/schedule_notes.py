"""What the reader of a payment plan should know: why it pays nothing, and what it leaves out."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from openfisca_core.periods import DateUnit

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.simulation.columns import years_of_law

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation

COSTS = tuple(
    f"depenses_amorcage_{what}" for what in ("constitution", "diagnostic", "projet_sante")
)


def notes(
    simulation: Simulation,
    pays: bool,
    signature: datetime.date | None,
    end: datetime.date | None,
) -> list[str]:
    """Say what a plan leaves out.

    Args:
        simulation: the simulation of the plan; its first community is the one.
        pays: the plan has at least one line.
        signature: day of the signature; none without a contract.
        end: first day that the contract no longer covers; none without a contract.

    Returns:
        Sentences in French, each a reason that the reader can act on.
    """
    letter = _given(simulation, "date_lettre_intention")
    said = []
    if signature is None and not letter:
        said.append(
            "Rien à verser : ni lettre d'intention acceptée (« date_lettre_intention »), qui "
            "ouvre l'aide à l'amorçage, ni contrat signé (« date_signature_contrat »), qui ouvre "
            "le reste."
        )
    elif signature is None:
        said.append(
            "Aucun contrat signé (« date_signature_contrat ») : l'aide à l'amorçage est tout ce "
            "qui peut être versé."
        )
    if letter:
        said += _start_up(simulation)
    if signature is not None and end is not None:
        said += _contract(simulation, signature, end)
    if not pays and (letter or signature):
        said.append("Rien n'est versé dans les années demandées.")
    return said


def _given(simulation: Simulation, name: str) -> bool:
    return simulation.calculate(name, DateUnit.ETERNITY.value)[0].item() != NEVER


def _start_up(simulation: Simulation) -> list[str]:
    costs = sum(simulation.calculate(name, DateUnit.ETERNITY.value)[0] for name in COSTS)
    if not costs:
        return [
            "Aucune dépense d'amorçage n'est donnée (« depenses_amorcage_… ») : la lettre "
            "d'intention n'ouvre aucune aide."
        ]
    letter = simulation.calculate("date_lettre_intention", DateUnit.ETERNITY.value)[0].item()
    if simulation.calculate("versement_amorcage", f"{letter:%Y-%m}")[0]:
        return []
    return [f"L'aide à l'amorçage n'est pas modélisée pour une lettre du {letter:%d/%m/%Y}."]


def _contract(simulation: Simulation, signature: datetime.date, end: datetime.date) -> list[str]:
    if signature == end:
        return ["Le contrat prend fin le jour de sa signature : il ne rapporte rien."]
    said = []
    if not simulation.calculate("population_retenue", str(signature.year))[0]:
        said.append("La population n'est donnée pour aucune année : le contrat ne rapporte rien.")
    missions = declarees(simulation.tax_benefit_system)
    if not any(_given(simulation, f"{mission.cle}_date_demarrage") for mission in missions):
        said.append(
            "Aucune mission n'a de date de démarrage (« parcours_date_demarrage »…) : seul le "
            "fonctionnement est versé."
        )
    elif not any(_rates(simulation, signature, end)):
        said.append(
            "Aucun taux d'atteinte n'est donné (« parcours_taux_atteinte »…) : la part variable "
            "n'est comptée que dans le plafond."
        )
    return said


def _rates(simulation: Simulation, signature: datetime.date, end: datetime.date) -> list[float]:
    last = min(end.year, years_of_law(simulation.tax_benefit_system)[-1])
    return [
        simulation.calculate(f"{mission.cle}_taux_atteinte", str(year))[0]
        for mission in declarees(simulation.tax_benefit_system)
        if mission.evaluees
        for year in range(signature.year, last + 1)
    ]
