"""The lines of a payment plan: what each pays, in words, and what it rests on.

The words come from the trace of the line's own computation: the rights that it read, their
exercices, and the share of them that it pays.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy
from openfisca_core.periods import DateUnit, period

from openfisca_cpts.base import Montant
from openfisca_cpts.calcul.calendrier import annee
from openfisca_cpts.missions.declaration import declarees, noeud_de
from openfisca_cpts.missions.versements import AVANCE, REGULARISATION, SOLDE, VERSEE, lignes
from openfisca_cpts.outils import typography
from openfisca_cpts.outils.simulation.rests_on import Trace

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.tracers import TraceNode

START_UP = "versement_amorcage"
FUNCTIONING = "fonctionnement"
MISSING, ASSUMED, GIVEN = RATE_STATES = ("non donné", "supposé", "donné")
"""What is known of a rate of achievement, the least first."""


@dataclasses.dataclass(frozen=True)
class Payment:
    """One line of the plan.

    Attributes:
        annee: calendar year.
        mois: month, as AAAA-MM.
        exercice: rank of the exercices it pays for (« 1 et 2 »); none for the start-up money.
        libelle: what it is, in French.
        montants: float64 array, in euros: one amount per copy of the community.
        taux: whether the rate of achievement of a part variable was given, assumed, or neither
            (one of `RATE_STATES`); none for the other lines.
        article: what the law says of it.
        statut: the weakest statut among the figures it rests on.
        variable: name of the variable.
    """

    annee: int
    mois: str
    exercice: str | None
    libelle: str
    montants: numpy.ndarray
    taux: str | None
    article: str
    statut: str
    variable: str

    @property
    def place(self) -> tuple[str, str | None, str]:
        """Month, exercices and words."""
        return self.mois, self.exercice, self.libelle

    @property
    def source(self) -> tuple[str, str, str]:
        """Article, statut and variable."""
        return self.article, self.statut, self.variable


def payments(
    simulation: Simulation, years: Sequence[int], state: Callable[[str, int], str]
) -> list[Payment]:
    """Give every payment of a community, in the order of time.

    Args:
        simulation: a traced simulation of one community, or of copies of it that differ by their
            rates of achievement only.
        years: calendar years.
        state: says of a mission, and of the calendar year that an exercice opens in, which of
            `RATE_STATES` its rate of achievement is in.

    Returns:
        The lines that pay or recover something in one copy at least.
    """
    system = simulation.tax_benefit_system
    lines = list(_lines(system))
    found = []
    for year in years:
        for month in period(str(year)).get_subperiods(DateUnit.MONTH):
            for objet, kind, name in lines:
                amounts = simulation.calculate(name, month)
                if amounts.any():
                    found.append((year, month, objet, kind, name, amounts))
    trace = Trace(simulation)
    signature = simulation.calculate("date_signature_contrat", DateUnit.ETERNITY.value)
    lived = annee(signature[:1])[0]
    result = []
    for year, month, objet, kind, name, amounts in found:
        rights = [node for node in trace.children(name, month) if _is_right(system, node)]
        ranks = sorted({node.period.start.year - lived + 1 for node in rights})
        exercice = " et ".join(map(str, ranks)) if objet else None
        taux = None
        if objet and kind == VERSEE:
            states = {state(objet, node.period.start.year) for node in rights}
            taux = next((one for one in RATE_STATES if one in states), None)
        result.append(
            Payment(
                annee=year,
                mois=f"{month.start.year:04}-{month.start.month:02}",
                exercice=exercice,
                libelle=_words(system, objet, kind, amounts, rights, exercice, taux),
                montants=amounts,
                taux=taux,
                article=" ; ".join(system.get_variable(name).reference),
                statut=trace.weakest_statut(name, month),
                variable=name,
            )
        )
    return result


def _lines(system: TaxBenefitSystem) -> Iterator[tuple[str | None, str | None, str]]:
    """Give the object, the kind and the name of each variable that is a line."""
    yield None, None, START_UP
    for kind in (AVANCE, SOLDE, REGULARISATION):
        yield FUNCTIONING, kind, f"{FUNCTIONING}_{kind}"
    for mission in declarees(system):
        for name, kind in lignes(mission).items():
            yield mission.cle, kind, name


def _is_right(system: TaxBenefitSystem, node: TraceNode) -> bool:
    return isinstance(system.get_variable(node.name), Montant) and node.value.any()


def _words(
    system: TaxBenefitSystem,
    objet: str | None,
    kind: str | None,
    amounts: numpy.ndarray,
    rights: list[TraceNode],
    exercice: str | None,
    taux: str | None,
) -> str:
    if objet is None:
        return "aide à l'amorçage"
    label = short_label(system, objet)
    what = label[0].lower() + label[1:]
    plural = "s" if exercice and " " in exercice else ""
    end = f"{what}, exercice{plural} {exercice}"
    if kind == REGULARISATION:
        return f"régularisation de fin de contrat{' (reprise)' if amounts[0] < 0 else ''}, {end}"
    share = typography.share(amounts[0] / sum(node.value[0] for node in rights))
    parts = [
        part.nom
        for mission in declarees(system)
        for part in mission.parts
        if f"{mission.cle}_exercice_{part.cle}" in {node.name for node in rights}
    ]
    if kind == VERSEE and taux == MISSING:
        return f"{' et '.join(parts)}, taux non donné, {end}"
    if kind == VERSEE:
        assumed = " (taux supposé)" if taux == ASSUMED else ""
        return f"{' et '.join(parts)} à {share}{assumed}, {end}"
    middle = f"{' et '.join(parts)}, " if parts else ""
    return f"{kind} {share}, {middle}{end}"


def short_label(system: TaxBenefitSystem, objet: str) -> str:
    """Give the short name of a mission, or of functioning, that its parameters carry."""
    paths = {mission.cle: mission.noeud for mission in declarees(system)}
    holder = noeud_de(system.parameters, paths.get(objet, f"aci.{objet}"))
    return holder.metadata["short_label"]
