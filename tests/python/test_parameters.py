"""The tree itself: figures that no variable reads yet, dates, and metadata that reach the sizes."""

import datetime
import itertools

import pytest
from openfisca_core.errors import ParameterNotFoundError
from openfisca_core.parameters import Parameter

DAY = datetime.timedelta(days=1)

# Path, first day, value: read again from the sources, not from the files.
READ_AGAIN = [
    ("amorcage.fir.plafond.defaut", "2016-01-28", 25_000),  # 000: « à hauteur de 25 000 € maximum »
    ("amorcage.fir.plafond.ile_de_france", "2016-01-28", 30_000),
    ("aci.duree_contrat", "2019-08-25", 5),  # 003: « un contrat […] pour 5 ans »
    ("aci.versements.taux_avance", "2019-08-25", 0.75),  # ACI, article 9.1
    ("aci.versements.delai_evaluation", "2019-08-25", 2),  # 004: « dans les 2 mois suivants »
    ("aci.missions.acces_soins.delai_demarrage", "2019-08-25", 6),
    ("aci.missions.acces_soins.delai_deploiement", "2019-08-25", 18),
    ("aci.missions.parcours.delai_demarrage", "2019-08-25", 12),
    ("aci.missions.parcours.delai_deploiement", "2019-08-25", 24),
    ("aci.missions.prevention.delai_demarrage", "2019-08-25", 12),
    ("aci.missions.prevention.delai_deploiement", "2019-08-25", 24),
    ("aci.missions.crise_sanitaire.delai_demarrage", "2022-09-03", 6),
    ("aci.missions.crise_sanitaire.delai_deploiement", "2022-09-03", 18),
    ("obligations.seuil_commissaire_aux_comptes", "2016-01-28", 153_000),
]


def leaves(system):
    return [p for p in system.parameters.get_descendants() if isinstance(p, Parameter)]


def read(system, path, day):
    node = system.get_parameters_at_instant(str(day))
    for name in path.split("."):
        node = getattr(node, name)
    return node


@pytest.mark.parametrize(("path", "first_day", "value"), READ_AGAIN)
def test_value_on_the_day_and_nothing_the_day_before(system, path, first_day, value):
    day = datetime.date.fromisoformat(first_day)
    assert read(system, path, day) == value
    assert read(system, path, "2026-11-21") == value
    with pytest.raises(ParameterNotFoundError):
        read(system, path, day - DAY)


def test_nothing_is_worth_zero_before_its_date(system):
    for leaf in leaves(system):
        first = datetime.date.fromisoformat(leaf.values_list[-1].instant_str)
        assert leaf.get_at_instant(str(first - DAY)) is None, leaf.name
        assert all(value.value for value in leaf.values_list), leaf.name


def test_every_value_or_its_certainty_changes_on_its_day(system):
    for leaf in leaves(system):
        statuts = leaf.metadata["statut"]
        for earlier, value in itertools.pairwise([None, *reversed(leaf.values_list)]):
            day = datetime.date.fromisoformat(value.instant_str)
            assert leaf.get_at_instant(str(day)) == value.value, leaf.name
            if earlier is None or statuts[earlier.instant_str] == statuts[value.instant_str]:
                assert leaf.get_at_instant(str(day - DAY)) != value.value, leaf.name


def test_metadata_of_a_file_reach_its_sizes(system):
    size = system.parameters.aci.missions.parcours.montant.taille_1
    assert size.metadata["unit"] == "currency-EUR"
    assert size.metadata["statut"] == {"2019-08-25": "document_public", "2022-09-03": "hypothese"}
    assert size.metadata["reference"]["2019-08-25"][0]["title"].startswith("Assurance Maladie")
    assert size.metadata["last_value_still_valid_on"]


def test_a_size_that_differs_carries_its_own(system):
    montant = system.parameters.aci.missions.acces_soins.montant
    assert montant.taille_1.metadata["statut"]["2022-09-03"] == "hypothese"
    assert montant.taille_3.metadata["statut"]["2022-09-03"] == "deduit"
    assert montant.taille_3.metadata["statut"]["2019-08-25"] == "document_public"
    assert "contrats réels" in montant.taille_3.metadata["reference"]["2022-09-03"][0]["title"]
    assert "SNP compris" not in str(montant.taille_2.metadata)
    assert montant.taille_2.metadata["last_value_still_valid_on"] == "2022-09-03"
    assert montant.taille_3.metadata["last_value_still_valid_on"] == "2026-04-15"


def test_one_system_cannot_change_the_law_of_another(system):
    from openfisca_cpts import CountryTaxBenefitSystem

    other = CountryTaxBenefitSystem()
    other.parameters.aci.fonctionnement.taille_1.update(start="2024-01-01", value=1)
    other.parameters.aci.fonctionnement.metadata["unit"] = "year"
    assert read(system, "aci.fonctionnement.taille_1", "2024-01-01") == 50_000
    third = CountryTaxBenefitSystem()
    assert read(third, "aci.fonctionnement.taille_1", "2024-01-01") == 50_000
    assert third.parameters.aci.fonctionnement.metadata["unit"] == "currency-EUR"
