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
from openfisca_cpts.calcul.versements import POSTES
from openfisca_cpts.outils import typography
from openfisca_cpts.outils.simulation.schedule_trace import Trace

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.tracers import TraceNode

ADVANCE, BALANCE, VARIABLE, END = "avance", "solde", "part_variable_versee", "regularisation"
KINDS = (ADVANCE, BALANCE, VARIABLE, END)
START_UP = "versement_amorcage"
PARTS = {
    "part_fixe": "part fixe",
    "supplement_snp": "supplément SNP",
    "part_crise": "part de crise",
}
"""The rights that share a line, by the end of their name."""
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
        if objet and kind == VARIABLE:
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
    for objet in POSTES:
        for kind in KINDS:
            name = f"{objet}_{kind}"
            if name in system.variables:
                yield objet, kind, name


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
    if kind == END:
        return f"régularisation de fin de contrat{' (reprise)' if amounts[0] < 0 else ''}, {end}"
    share = percent(amounts[0] / sum(node.value[0] for node in rights))
    if kind == VARIABLE and taux == MISSING:
        return f"part variable, taux non donné, {end}"
    if kind == VARIABLE:
        return f"part variable à {share}{' (taux supposé)' if taux == ASSUMED else ''}, {end}"
    parts = [words for suffix, words in PARTS.items() if _has(rights, suffix)]
    middle = f"{' et '.join(parts)}, " if parts else ""
    return f"{kind} {share}, {middle}{end}"


def _has(rights: list[TraceNode], suffix: str) -> bool:
    return any(node.name.endswith(f"_{suffix}") for node in rights)


def short_label(system: TaxBenefitSystem, objet: str) -> str:
    """Give the short name of a mission, or of functioning, that its parameters carry."""
    aci = system.parameters.aci
    holder = aci.children.get(objet) or aci.missions.children[objet]
    return holder.metadata["short_label"]


def percent(rate: float) -> str:
    """Write a rate in French: `75 %`, `33,33 %`, with a no-break space."""
    return typography.share(rate, ".2f")
