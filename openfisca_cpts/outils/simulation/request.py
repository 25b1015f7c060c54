"""What a simulation is asked for besides its table: years, variables, columns to keep."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from openfisca_cpts import legislation
from openfisca_cpts.outils.simulation.columns import nearest, years_of_law
from openfisca_cpts.outils.simulation.engine import variables_of_communities
from openfisca_cpts.outils.simulation.faults import RequestError

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem


@functools.cache
def default_variables() -> tuple[str, ...]:
    """Give what an analyst looks at: sizes, the scale, its ceilings, what a year earns and pays.

    The law is read when it is asked for, not before: `check` must start where it is refused.
    """
    ceilings = [mission.plafonds for mission in legislation.missions()]
    return (
        "population_retenue",
        "taille",
        "motif_non_calculable",
        "fonctionnement_annuel",
        *(amount for amount, *_ in ceilings),
        *(amount for _, *others in ceilings for amount in others),
        "plafond_missions_socles",
        "plafond_missions_complementaires",
        "plafond_financement",
        "plafond_financement_hors_snp",
        "plafond_financement_courant",
        "financement_annuel",
        "versement_annuel",
        "fonctionnement_versement",
        "versement_missions",
        "versement_amorcage",
        "plafond_indemnites_membre",
        "indemnites_membre_depassement",
    )


def check_years(annees: int | Iterable[int], system: TaxBenefitSystem) -> list[int]:
    """Check the years that are asked for.

    Args:
        annees: calendar years, or one of them.
        system: the law.

    Returns:
        The years, each once, in their order.

    Raises:
        RequestError: there is none, or one is not a year from the first of the law on.
    """
    known = years_of_law(system)
    years = set()
    for annee in annees if isinstance(annees, Iterable) else (annees,):
        try:
            year = operator.index(annee)
        except TypeError as error:
            message = f"« {annee} » n'est pas une année : attendu, un nombre entier."
            raise RequestError(message) from error
        if year not in known:
            raise RequestError(
                f"L'année {year} est demandée ; le droit modélisé va de {known[0]} à {known[-1]}."
            )
        years.add(year)
    if not years:
        raise RequestError("Aucune année n'est demandée.")
    return sorted(years)


def check_variables(names: Sequence[str], systems: Iterable[TaxBenefitSystem]) -> None:
    """Check the variables that are asked for.

    Args:
        names: names of variables.
        systems: the law and its reforms; a variable that one of them adds may be asked for.

    Raises:
        RequestError: one is unknown (the nearest is named), of a region, or named twice.
    """
    known = {name for system in systems for name in variables_of_communities(system)}
    wrong = []
    for name, count in Counter(names).items():
        near = nearest(name, sorted(known))
        if name not in known:
            advice = f" (la plus proche : « {near} »)" if near else ""
            wrong.append(f"La variable « {name} » n'existe pas{advice}.")
        elif count > 1:
            wrong.append(f"La variable « {name} » est demandée deux fois.")
    if wrong:
        raise RequestError("\n".join(wrong))


def check_kept(keep: Sequence[str], variables: Sequence[str]) -> None:
    """Check the columns that are to be kept.

    Args:
        keep: titles of columns of the table.
        variables: names of the variables that are asked for.

    Raises:
        RequestError: one has the name of a column of the result.
    """
    taken = [title for title in keep if title in ("scenario", "annee", *variables)]
    if taken:
        raise RequestError(
            f"La colonne « {taken[0]} » ne peut pas être gardée : le résultat a la sienne."
        )
