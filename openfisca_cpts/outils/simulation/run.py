"""`simulate`: a table of communities through the law in force and through its reforms."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import polars

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.calcul.missions import MISSIONS
from openfisca_cpts.outils.simulation.columns import nearest, years_of_law
from openfisca_cpts.outils.simulation.communities import check_communities
from openfisca_cpts.outils.simulation.engine import apply_law, variables_of_communities
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.reading import read

if TYPE_CHECKING:
    from openfisca_core.reforms import Reform
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

BASELINE = "droit_en_vigueur"
"""Name of the scenario of the law in force."""

DEFAULT_VARIABLES = (
    "population_retenue",
    "taille",
    "motif_non_calculable",
    "fonctionnement_annuel",
    *(f"{mission}_montant" for mission in MISSIONS),
    "acces_soins_supplement_snp",
    "crise_sanitaire_part_crise",
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
"""What an analyst looks at: sizes, the scale, its ceilings, what a year earns and what it pays."""


def simulate(
    communautes: Any,
    annees: int | Iterable[int],
    reformes: Sequence[type[Reform]] = (),
    variables: Sequence[str] | None = None,
    *,
    keep: Sequence[str] = (),
) -> polars.DataFrame:
    """Apply the law in force, then each reform, to every community of a table.

    Args:
        communautes: path of a CSV, XLSX or Parquet file, or a polars or pandas frame; one row per
            community, inputs by their name, amounts in euros, rates from 0 to 1.
        annees: calendar years, or one of them.
        reformes: classes of openfisca-core reforms; a scenario is named by its class.
        variables: names of the variables to give; `DEFAULT_VARIABLES` if none are named.
        keep: titles of other columns of the table to carry to the result.

    Returns:
        One row per scenario, year and community: `scenario`, `annee`, `id`, `nom`, the kept
        columns, then the variables. Money in euros, unrounded. A monthly amount is the sum of the
        calendar year; any other monthly variable is that of December.

    Raises:
        RequestError: a year, a variable, a name of reform or of kept column that cannot be, or a
            file that does not exist.
        TableError: a fault in the table; all of them are listed.
    """
    system = CountryTaxBenefitSystem()
    systems = {BASELINE: system}
    systems |= {reforme.__name__: reforme(system) for reforme in reformes}
    if len(systems) <= len(reformes):
        raise RequestError("Deux réformes portent le même nom.")
    wanted = DEFAULT_VARIABLES if variables is None else tuple(variables)
    years = check_years(annees, system)
    for scenario in systems.values():
        check_variables(wanted, scenario)
    _check_kept(keep, wanted)
    communities = check_communities(read(communautes), system, keep)
    return polars.concat(
        apply_law(scenario, communities, years, wanted).select(
            polars.lit(name).alias("scenario"), polars.all()
        )
        for name, scenario in systems.items()
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


def check_variables(names: Sequence[str], system: TaxBenefitSystem) -> None:
    """Check the variables that are asked for.

    Args:
        names: names of variables.
        system: the law.

    Raises:
        RequestError: one is unknown (the nearest is named), of a region, or named twice.
    """
    known = variables_of_communities(system)
    wrong = []
    for name, count in Counter(names).items():
        near = nearest(name, known)
        if name not in known:
            advice = f" (la plus proche : « {near} »)" if near else ""
            wrong.append(f"La variable « {name} » n'existe pas{advice}.")
        elif count > 1:
            wrong.append(f"La variable « {name} » est demandée deux fois.")
    if wrong:
        raise RequestError("\n".join(wrong))


def _check_kept(keep: Sequence[str], variables: Sequence[str]) -> None:
    taken = [title for title in keep if title in ("scenario", "annee", *variables)]
    if taken:
        raise RequestError(
            f"La colonne « {taken[0]} » ne peut pas être gardée : le résultat a la sienne."
        )
