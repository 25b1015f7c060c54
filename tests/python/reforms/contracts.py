"""Communities whose contracts every shipped reform reaches, and how to compute them."""

import numpy
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts import reforms

YEARS = range(2019, 2033)
MONTHS = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]
NAMES = reforms.SCENARIOS + reforms.VARIANTES
SOUGHT = 0.9
"""Stands for the coefficient that the tool would find over a whole table."""

ALWAYS = {
    "date_lettre_intention": ["2019-02-01", "2023-05-02", "2022-04-15", "9999-12-31", "2020-12-01"],
    "depenses_amorcage_diagnostic": [5_000, 30_000, 0, 1_000, 20_000],
    "region_ars": ["mayotte", "ile_de_france", "bretagne", "la_reunion", "inconnue"],
    "date_signature_contrat": [
        "2020-02-29",
        "2024-01-31",
        "2022-09-03",
        "2025-06-15",
        "2021-12-31",
    ],
    "date_resiliation": ["9999-12-31", "2027-07-02", "9999-12-31", "9999-12-31", "9999-12-31"],
    "date_fin_convenue": ["2030-02-28", "9999-12-31", "2030-09-03", "9999-12-31", "9999-12-31"],
    "acces_soins_date_demarrage": [
        "2020-02-29",
        "2024-05-15",
        "2022-09-03",
        "2025-06-15",
        "2022-03-15",
    ],
    "parcours_date_demarrage": [
        "2020-08-15",
        "2024-05-15",
        "2023-03-01",
        "2025-08-20",
        "2022-03-15",
    ],
    "prevention_date_demarrage": [
        "2021-02-28",
        "2024-05-15",
        "2023-09-03",
        "2025-06-15",
        "2022-12-31",
    ],
    "crise_sanitaire_date_demarrage": [
        "2022-09-03",
        "2024-05-15",
        "2022-09-03",
        "2025-06-15",
        "2022-10-01",
    ],
    "qualite_date_demarrage": [
        "2022-02-28",
        "9999-12-31",
        "2022-09-03",
        "9999-12-31",
        "2022-03-15",
    ],
    "france_sante_date_demarrage": [
        "2026-02-28",
        "2026-04-01",
        "2026-01-01",
        "9999-12-31",
        "2026-05-01",
    ],
}
EACH_YEAR = {
    "population": [15_000, 39_000, 80_000, 174_000, 300_000],
    "acces_soins_taux_atteinte": [0.8, 0.9, 1, 0.5, 0.7],
    "parcours_taux_atteinte": [0.8, 0.9, 1, 0.5, 0.7],
    "prevention_taux_atteinte": [0.8, 0.9, 1, 0.5, 0.7],
    "qualite_taux_atteinte": [0.8, 0.9, 1, 0.5, 0.7],
    "acces_soins_organisation_snp": [True, True, False, True, True],
    "crise_sanitaire_declaree": [True, False, True, False, False],
    "participation_sas": [True, False, True, False, True],
    "part_generalistes_sas": [0.6, 0.2, 0.45, 0, 0.3],
    "france_sante_structures_labellisees": [1, 2, 0, 3, 4],
}


def apply(name, law):
    """The system under a shipped reform; one that has a coefficient is given it from its start."""
    reform = reforms.trouver(name)
    system = reform(law)
    if reform.equilibre is not None:
        path = reform.equilibre.coefficient
        system = reforms.reglages([f"{path}={SOUGHT}@2026-01-01"])(system)
    return system


def simulate(system, rows=slice(None)):
    """A simulation of the communities, with the inputs that the system knows."""
    given = {name: {"ETERNITY": values[rows]} for name, values in ALWAYS.items()}
    given |= {
        name: {str(year): values[rows] for year in YEARS} for name, values in EACH_YEAR.items()
    }
    known = {name: values for name, values in given.items() if name in system.variables}
    return SimulationBuilder().build_from_variables(system, known)


def cash(simulation, name="versement_total"):
    """A monthly amount: one row per month, one column per community."""
    return numpy.array([simulation.calculate(name, month) for month in MONTHS])


def yearly_amounts(system):
    """The amounts of a year that a contract does not change."""
    return [
        name
        for name, variable in system.variables.items()
        if variable.unit == "currency-EUR"
        and str(variable.definition_period) == "year"
        and variable.entity.key == "cpts"
        and not variable.is_input_variable()
        and "exercice" not in name
        and name not in ("versement_annuel", "indemnites_membre_depassement")
    ]


def leaves(system):
    """The parameters by their path."""
    nodes = system.parameters.get_descendants()
    return {node.name: node for node in nodes if hasattr(node, "values_list")}


def written(law, system):
    """The values that a reform writes: path and date of each that the law does not have."""
    known = leaves(law)
    return [
        (path, value.instant_str)
        for path, leaf in leaves(system).items()
        for value in leaf.values_list
        if path not in known or known[path].get_at_instant(value.instant_str) != value.value
    ]
