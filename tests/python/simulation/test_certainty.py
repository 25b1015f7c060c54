"""How much of what a year can pay rests on each statut."""

import copy

import pytest

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.outils.loi.leaves import find
from openfisca_cpts.outils.simulation.certainty import amounts, by_statut, last_scale

SUM_OF_2023 = 287_500 + 379_500 + 487_500 + 580_000
SUM_OF_2020 = 220_000 + 287_000 + 370_000 + 450_000


@pytest.fixture(scope="module")
def law():
    return CountryTaxBenefitSystem()


def test_the_last_scale_covers_2023(law):
    assert last_scale(law) == 2023


@pytest.mark.parametrize(("year", "expected"), [(2020, SUM_OF_2020), (2023, SUM_OF_2023)])
def test_the_amounts_are_those_of_the_published_maxima(law, year, expected):
    found = amounts(law, year)
    assert sum(amount.euros for amount in found) == expected
    assert sum(by_statut(found).values()) == expected


def test_each_amount_of_a_year_stands_once(law):
    found = [amount.variable for amount in amounts(law) if amount.size == "taille_1"]
    assert sorted(found) == [
        "acces_soins_montant",
        "acces_soins_supplement_snp",
        "accompagnement_montant",
        "crise_sanitaire_montant",
        "crise_sanitaire_part_crise",
        "fonctionnement_annuel",
        "parcours_montant",
        "prevention_montant",
        "qualite_montant",
    ]


def test_a_weaker_statut_takes_its_euros_along(law):
    changed = copy.copy(law)
    changed.parameters = law.parameters.clone()
    leaf = find(changed.parameters, "aci.missions.parcours.montant.taille_3")
    before = by_statut(amounts(law))
    moved = leaf.value(leaf.dates[-1])
    metadata = copy.deepcopy(leaf.parameter.metadata)
    was = leaf.statut(leaf.dates[-1])
    metadata["statut"] = dict.fromkeys(metadata["statut"], "hypothese")
    leaf.parameter.metadata = metadata
    after = by_statut(amounts(changed))
    assert was != "hypothese"
    assert after["hypothese"] == before.get("hypothese", 0) + moved
    assert after[was] == before[was] - moved


def test_a_threshold_carries_every_amount(law):
    changed = copy.copy(law)
    changed.parameters = law.parameters.clone()
    leaf = find(changed.parameters, "tailles.seuil_taille_2")
    leaf.parameter.metadata = {
        **leaf.parameter.metadata,
        "statut": dict.fromkeys(leaf.parameter.metadata["statut"], "hypothese"),
    }
    assert by_statut(amounts(changed)) == {"hypothese": SUM_OF_2023}
