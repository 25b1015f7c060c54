"""No figure is surer than its sources, and the acts they rest on say what was read of them."""

import datetime
import re

import pytest
import yaml
from openfisca_core.parameters import Parameter

from openfisca_cpts import DOSSIER, reforms
from openfisca_cpts.outils.loi.words import STATUTS

HIGHEST = {
    "texte": "officiel",
    "document": "document_public",
    "contrat_reel": "document_public",
    "presse": "presse",
    "proposition": "hypothese",
}
AGREEMENT = "2019-08-25"
"""An undated document of the law describes the agreement: it is not older."""
ACT_KEYS = {"titre", "nature", "objet", "href", "lu", "non_lu"}

# What a lawyer's reading gave (path, day): a proposal, an analogy, a subtraction, a later page.
READ_BY_A_LAWYER = {
    ("aci.missions.acces_soins.montant.taille_1", "2022-09-03"): "hypothese",
    ("aci.missions.acces_soins.montant.taille_2", "2022-09-03"): "hypothese",
    ("aci.missions.acces_soins.montant.taille_3", "2022-09-03"): "deduit",
    ("aci.missions.acces_soins.montant.taille_4", "2022-09-03"): "hypothese",
    ("aci.missions.crise_sanitaire.montant.taille_2", "2022-09-03"): "hypothese",
    ("aci.missions.crise_sanitaire.montant.taille_3", "2022-09-03"): "hypothese",
    ("aci.missions.crise_sanitaire.montant_actualisation.taille_3", "2022-09-03"): "deduit",
    ("aci.missions.crise_sanitaire.part_crise.taille_1", "2022-09-03"): "hypothese",
    ("aci.missions.crise_sanitaire.part_crise.taille_3", "2022-09-03"): "deduit",
    ("aci.missions.parcours.delai_demarrage", "2019-08-25"): "deduit",
    ("amorcage.fir.plafond.defaut", "2016-01-28"): "hypothese",
    ("amorcage.fir.plafond.ile_de_france", "2016-01-28"): "hypothese",
    ("indemnites.plafond_securite_sociale", "2026-01-01"): "officiel",
}


@pytest.fixture(scope="module")
def acts():
    return yaml.safe_load((DOSSIER / "textes.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def leaves(system):
    nodes = [system.parameters]
    for name in (*reforms.SCENARIOS, *reforms.VARIANTES):
        nodes.append(reforms.trouver(name)(system).parameters.children.get("reformes"))
    found = [node.get_descendants() for node in nodes if node is not None]
    return [leaf for group in found for leaf in group if isinstance(leaf, Parameter)]


def dated(leaf, key, day):
    """Read what the metadata of a figure say of a date of value; YAML keys are days or texts."""
    return {str(date): said for date, said in leaf.metadata.get(key, {}).items()}.get(day)


def values(leaves):
    for leaf in leaves:
        for value in leaf.values_list:
            yield leaf, value.instant_str


def test_every_reference_says_its_nature(leaves):
    for leaf, day in values(leaves):
        for reference in dated(leaf, "reference", day):
            assert reference["nature"] in HIGHEST, (leaf.name, day)


def test_no_statut_is_above_the_best_of_its_references(leaves):
    ranks = list(STATUTS)
    for leaf, day in values(leaves):
        allowed = []
        for reference in dated(leaf, "reference", day):
            later = str(reference.get("document_date", "")) > day and "date_effet" not in reference
            best = HIGHEST[reference["nature"]]
            allowed.append(max(best, "deduit", key=ranks.index) if later else best)
        statut = dated(leaf, "statut", day)
        assert ranks.index(statut) >= min(map(ranks.index, allowed)), (leaf.name, day)


@pytest.mark.parametrize(("path", "day"), READ_BY_A_LAWYER)
def test_the_statut_is_that_of_the_weakest_step(leaves, path, day):
    (leaf,) = [leaf for leaf in leaves if leaf.name == path]
    assert dated(leaf, "statut", day) == READ_BY_A_LAWYER[path, day]


def test_the_last_valid_day_is_one_that_a_source_reaches(leaves):
    for leaf in leaves:
        reached = [value.instant_str for value in leaf.values_list]
        first = max(reached)
        for day in list(reached):
            for reference in dated(leaf, "reference", day):
                written = str(reference.get("document_date", AGREEMENT))
                reached.append((written + "-12-31")[: len("AAAA-MM-JJ")])
        last = str(leaf.metadata["last_value_still_valid_on"])
        assert first <= last <= max(reached), (leaf.name, last)


def test_a_day_of_effect_quoted_from_a_source_is_the_day_of_the_value(leaves):
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    seen = 0
    for leaf, day in values(leaves):
        for reference in dated(leaf, "reference", day):
            if "date_effet" in reference:
                number, month, year = re.search(
                    r"(\d+)(?:er)? (\w+) (\d{4})", reference["date_effet"]
                ).groups()
                rank = months.split().index(month) + 1
                assert datetime.date(int(year), rank, int(number)).isoformat() == day, leaf.name
                seen += 1
    assert seen


def test_every_figure_of_the_law_names_a_known_act(system, acts):
    law = [leaf for leaf in system.parameters.get_descendants() if isinstance(leaf, Parameter)]
    for leaf, day in values(law):
        named = dated(leaf, "texte", day)
        assert named, (leaf.name, day)
        assert set([named] if isinstance(named, str) else named) <= set(acts), (leaf.name, day)


def test_every_act_says_what_was_read_of_it_and_what_was_not(acts):
    for key, act in acts.items():
        assert set(act) >= ACT_KEYS, key
        for day in ("signature", "publication", "effet"):
            assert day not in act or datetime.date.fromisoformat(act[day]), key


def test_every_formula_starts_on_the_day_of_effect_of_an_act(system, acts):
    effects = {act.get("effet") for act in acts.values()}
    for name, variable in system.variables.items():
        assert set(variable.formulas) - {"0001-01-01"} <= effects, name
