"""What the reader of a payment plan should know: why it pays nothing, and what it leaves out."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars
from openfisca_core.periods import DateUnit

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.missions.versements import lignes
from openfisca_cpts.outils.plan.payment_lines import ASSUMED, MISSING
from openfisca_cpts.outils.simulation.hypotheses import CARRIED, SIZE_ALONE, of_the_size
from openfisca_cpts.outils.simulation.hypotheses_words import LABELS, spans
from openfisca_cpts.outils.simulation.rates import rate_name
from openfisca_cpts.outils.simulation.sums import exact_sum
from openfisca_cpts.outils.territoires.census import CENSUS_AGE
from openfisca_cpts.outils.typography import SPACE, count, euros, share

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.simulation.communities import Communities

COSTS = tuple(
    f"depenses_amorcage_{what}" for what in ("constitution", "diagnostic", "projet_sante")
)

SIZED_BY = ("population_retenue", "taille_connue_retenue")
"""What gives a community its size; nothing is paid without the one or the other."""


def notes(
    simulation: Simulation,
    pays: bool,
    signature: datetime.date | None,
    end: datetime.date | None,
) -> list[str]:
    """Say what a plan leaves out.

    Args:
        simulation: the simulation of the plan; its first community is the one.
        pays: the plan pays something.
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
    year = str(signature.year)
    if not any(simulation.calculate(name, year)[0] for name in SIZED_BY):
        said.append(
            "Ni la population ni la taille n'est donnée, pour aucune année : le contrat ne "
            "rapporte rien."
        )
    declared = declarees(simulation.tax_benefit_system)
    if not any(_given(simulation, f"{mission.cle}_date_demarrage") for mission in declared):
        said.append(
            "Aucune mission n'a de date de démarrage (« parcours_date_demarrage »…) : seul le "
            "fonctionnement est versé."
        )
    return said


def condition_notes(
    simulation: Simulation, communities: Communities, signature: datetime.date | None
) -> list[str]:
    """Say which conditional amounts are not paid because nothing is said of their condition.

    Args:
        simulation: a simulation of the community.
        communities: the community, with what was given.
        signature: day of the signature; none without a contract.

    Returns:
        Sentences in French: one per part of a started mission whose condition is given for no year.
    """
    if signature is None:
        return []
    said = []
    for mission in declarees(simulation.tax_benefit_system):
        start = simulation.calculate(f"{mission.cle}_date_demarrage", DateUnit.ETERNITY.value)[0]
        for part in mission.parts:
            if not part.conditionnelle or part.saisie is None or start == NEVER:
                continue
            name = f"{mission.cle}_{part.saisie.cle}"
            if name not in communities.inputs:
                said.append(
                    f"« {name} » n'est pas donné : « non » est compté, rien n'est payé au titre de "
                    f"« {part.nom} »."
                )
    return said


def rate_notes(
    system: TaxBenefitSystem,
    lines: polars.DataFrame,
    signature: datetime.date | None,
    rate: float | None,
) -> list[str]:
    """Say what the rates that are not given do to the part variable.

    Args:
        system: the law of the plan.
        lines: the payments of a plan.
        signature: day of the signature; none without a contract.
        rate: the rate assumed where none is given; none if none is.

    Returns:
        Sentences in French.
    """
    said = []
    missing = lines.filter(taux=MISSING)
    if missing.height and signature is not None:
        first = missing.row(0, named=True)
        (mission,) = (each.cle for each in declarees(system) if first["variable"] in lignes(each))
        year = signature.year + int(first["exercice"].split()[0]) - 1
        said.append(
            f"Taux d'atteinte non donné pour {count(missing.height, 'part')} "
            f"variable{'s' if missing.height > 1 else ''} (« {rate_name(mission)}_{year} »…) : "
            f"zéro est compté, au plus {euros(_sum(missing, 'plafond'))}{SPACE}€ à 100 % "
            "(--default-rate en suppose un)."
        )
    assumed = lines.filter(taux=ASSUMED)
    if assumed.height and rate is not None:
        said.append(
            f"Taux d'atteinte supposé à {share(rate)} pour {count(assumed.height, 'part')} "
            f"variable{'s' if assumed.height > 1 else ''} : "
            f"{euros(_sum(assumed, 'montant'))}{SPACE}€ en dépendent."
        )
    return said


def _sum(lines: polars.DataFrame, amount: str) -> float:
    return exact_sum([lines[amount]])


def size_notes(
    simulation: Simulation, communities: Communities, plan: Sequence[int], contract: range
) -> list[str]:
    """Say which population the size of a community comes from, where it is not that of the year.

    Args:
        simulation: the simulation of the plan.
        communities: the communities that it is of: the one, and its copies.
        plan: calendar years of the plan.
        contract: calendar years of the contract.

    Returns:
        Sentences in French.
    """
    years = [year for year in plan if year in contract]
    found: dict[tuple[str, int | None], list[int]] = {}
    for year in years:
        for _, key, origin, counted in of_the_size(simulation, communities, year):
            if counted["concerned"].any():
                found.setdefault((key, origin), []).append(year)
    said = []
    for (key, origin), some in found.items():
        if key == CARRIED and origin is not None:
            said.append(
                f"Population de {origin} (recensement de {origin - CENSUS_AGE}) reprise "
                f"{spans(some, years)}, faute de celle de l'année."
            )
        elif key == SIZE_ALONE:
            said.append(f"{LABELS[SIZE_ALONE]}, {spans(some, years)}.")
    return said
