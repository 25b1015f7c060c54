"""What a user may name as a reform, the settings of a command, and what is refused."""

import json
from pathlib import Path

import polars
import pytest
from openfisca_core.reforms import Reform

from openfisca_cpts import reforms
from openfisca_cpts.outils.simulation import RequestError, simulate, study
from openfisca_cpts.outils.simulation.scenarios import resolve

TABLE = polars.DataFrame({"id": ["a", "b"], "population": [30_000, 60_000]})
TALLER = {"aci.fonctionnement.taille_1": {"2026-01-01": 55_000}}
YAML = """
nom: plus_pour_les_petites
titre: "Cinq mille euros de plus pour la taille 1"
description: "Un exemple."
auteur: "Personne"
source:
  title: "Aucun texte"
parametres:
  aci.fonctionnement.taille_1:
    - a_partir_du: 2026-01-01
      ajouter: 5000
"""


def functioning(reformes, **options):
    """Give the functioning of 2026 of both communities, by scenario."""
    with study(TABLE, 2026, reformes, ["fonctionnement_annuel"], **options) as done:
        blocks = done.rows.collect().partition_by("scenario", maintain_order=True)
    return {block["scenario"][0]: block["fonctionnement_annuel"].to_list() for block in blocks}


class half(Reform):
    def apply(self):
        def divide(parameters):
            for size in parameters.aci.fonctionnement.children.values():
                size.update(start="2026-01-01", value=size("2026-01-01") / 2)
            return parameters

        self.modify_parameters(divide)


def test_a_shipped_reform_is_named():
    result = simulate(TABLE, 2026, ["part_variable_60"], ["parcours_part_variable"])
    assert result["scenario"].unique(maintain_order=True).to_list() == [
        "droit_en_vigueur",
        "part_variable_60",
    ]
    assert result["parcours_part_variable"].to_list() == pytest.approx(
        [25_000, 35_000, 30_000, 42_000]
    )


def test_one_reform_alone_needs_no_list():
    assert functioning("part_variable_60") == functioning(["part_variable_60"])
    assert functioning(TALLER) == functioning([TALLER])
    assert functioning(half) == functioning([half])


def test_a_table_and_files_and_classes_are_reforms(tmp_path):
    (tmp_path / "plus.yaml").write_text(YAML, encoding="utf-8")
    (tmp_path / "plat.json").write_text(json.dumps(TALLER), encoding="utf-8")
    declaration = reforms.lire(tmp_path / "plus.yaml")
    assert functioning([TALLER, tmp_path / "plus.yaml", str(tmp_path / "plat.json"), half]) == {
        "droit_en_vigueur": [50_000, 60_000],
        "reforme_1": [55_000, 60_000],
        "plus_pour_les_petites": [55_000, 60_000],
        "plat": [55_000, 60_000],
        "half": [25_000, 30_000],
    }
    assert functioning([declaration])["plus_pour_les_petites"] == [55_000, 60_000]


def test_joined_reforms_are_one_scenario_that_any_order_writes(tmp_path):
    (tmp_path / "plus.yaml").write_text(YAML, encoding="utf-8")
    taller = tmp_path / "double.json"
    taller.write_text(json.dumps(TALLER), encoding="utf-8")
    first, second = f"{taller} + {tmp_path / 'plus.yaml'}", f"{tmp_path / 'plus.yaml'}+{taller}"
    assert functioning([first, second]) == {
        "droit_en_vigueur": [50_000, 60_000],
        "double+plus_pour_les_petites": [60_000, 60_000],
        "plus_pour_les_petites+double": [60_000, 60_000],
    }


def test_a_scenario_says_what_it_is_made_of(tmp_path):
    path = tmp_path / "plus.yaml"
    path.write_text(YAML, encoding="utf-8")
    law, scenario = resolve([f"avance_50+{path}"])
    assert (law.name, law.title, law.reforms) == ("droit_en_vigueur", "Droit en vigueur", ())
    assert scenario.name == "avance_50+plus_pour_les_petites"
    assert scenario.title.endswith(" + Cinq mille euros de plus pour la taille 1")
    assert [reform.nom for reform in scenario.reforms] == ["avance_50", "plus_pour_les_petites"]
    assert scenario.files == (path,)


@pytest.mark.parametrize(
    ("reforme", "message"),
    [
        ("part_variable_6", "« part_variable_60 »"),
        ("absente.yaml", "Le fichier de réforme « absente.yaml » n'existe pas"),
        (Path("reforme.txt"), "n'existe pas"),
        ("avance_50+", "de chaque côté de « \\+ »"),
        ("avance_50+avance_50", "deux fois la réforme « avance_50 »"),
        (3, "« 3 » n'est pas une réforme"),
        ({"aci.fonctionement.taille_1": {"2026-01-01": 1}}, "le plus proche est « aci.fonctionn"),
        ({"aci.fonctionnement.taille_1": 55_000}, "une table"),
        ({"nom": "x", "parametres": {}}, "la clé est obligatoire"),
    ],
)
def test_what_is_no_reform_is_refused(reforme, message):
    with pytest.raises(RequestError, match=message):
        simulate(TABLE, 2026, [reforme])


def test_a_faulty_file_is_refused_with_its_line(tmp_path):
    path = tmp_path / "faute.yaml"
    path.write_text(YAML.replace("fonctionnement", "fonctionement"), encoding="utf-8")
    with pytest.raises(RequestError, match=r"faute.yaml, ligne 9 .*« aci.fonctionnement"):
        simulate(TABLE, 2026, [path])


def test_two_scenarios_of_one_name_are_refused():
    named_as_the_law = {
        "nom": "droit_en_vigueur",
        "titre": "x",
        "source": {"title": "x"},
        "parametres": {"aci.fonctionnement.*": [{"a_partir_du": "2026-01-01", "valeur": 1}]},
    }
    for reformes in (["avance_50", "avance_50"], [named_as_the_law]):
        with pytest.raises(RequestError, match="même nom"):
            simulate(TABLE, 2026, reformes)


SETTING = "aci.fonctionnement.taille_1=55000@2026-01-01"


def test_settings_alone_are_a_scenario():
    assert functioning([], settings=[SETTING, "aci.fonctionnement.taille_2=1@2026-01-01"]) == {
        "droit_en_vigueur": [50_000, 60_000],
        "reglages": [55_000, 1],
    }


def test_settings_are_applied_on_top_of_each_reform():
    assert functioning([half, "avance_50"], settings=[SETTING]) == {
        "droit_en_vigueur": [50_000, 60_000],
        "half+reglages": [55_000, 30_000],
        "avance_50+reglages": [55_000, 60_000],
    }


def test_the_dial_of_a_reform_is_set_in_that_reform_only():
    dial = "reformes.petit_territoire.seuil"
    with study(
        *(TABLE, 2026, ["avance_50", "petit_territoire"], ["taille"]),
        settings=[f"{dial}=35000@2026-01-01"],
    ) as done:
        names = [scenario.name for scenario in done.scenarios]
        sizes = done.rows.collect().filter(scenario=names[-1])["taille"].to_list()
    assert names == ["droit_en_vigueur", "avance_50", "petit_territoire+reglages"]
    assert sizes == ["petit_territoire", "taille_2"]


@pytest.mark.parametrize(
    ("reformes", "setting", "message"),
    [
        ([], "aci.fonctionement.taille_1=1@2026-01-01", "« aci.fonctionnement.taille_1 »"),
        (["avance_50"], "reformes.petit_territoire.seuil=1@2026-01-01", "aucun scénario"),
        (["enveloppe_fermee"], "reformes.*.coefficient=1@2026-01-01", "ne se règle pas"),
        ([], "aci.fonctionnement.taille_1=1", "attendu"),
        ([], "aci.versements.taux_avance=2@2026-01-01", "une part entre 0 et 1"),
        (["avance_50"], "aci.versements.taux_avance=2@2026-01-01", "une part entre 0 et 1"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(reformes, setting, message):
    with pytest.raises(RequestError, match=message):
        functioning(reformes, settings=[setting])


def test_the_law_in_force_is_never_changed():
    alone = simulate(TABLE, [2025, 2026, 2030])
    for name in reforms.SCENARIOS:
        if not reforms.trouver(name).donnees:
            beside = simulate(TABLE, [2025, 2026, 2030], [name])
            assert beside.filter(scenario="droit_en_vigueur").equals(alone)


def test_files_of_one_name_are_told_apart(tmp_path):
    for folder, value in (("bas", 40_000), ("haut", 70_000)):
        (tmp_path / folder).mkdir()
        table = {"aci.fonctionnement.taille_1": {"2026-01-01": value}}
        (tmp_path / folder / "essai.json").write_text(json.dumps(table), encoding="utf-8")
    paths = [tmp_path / folder / "essai.json" for folder in ("bas", "haut")]
    assert functioning(paths) == {
        "droit_en_vigueur": [50_000, 60_000],
        "bas_essai": [40_000, 60_000],
        "haut_essai": [70_000, 60_000],
    }
    _, one, two = resolve(paths)
    assert (one.title, two.title) == (
        "Réforme du fichier bas/essai.json",
        "Réforme du fichier haut/essai.json",
    )
    assert resolve(paths[:1])[1].title == "Réforme du fichier essai.json"
    with pytest.raises(RequestError, match="même nom"):
        resolve([paths[0], paths[0]])


def test_two_scenarios_of_one_title_are_told_apart(tmp_path):
    for name in ("une", "deux"):
        text = YAML.replace("plus_pour_les_petites", name)
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    _, one, two = resolve([tmp_path / "une.yaml", tmp_path / "deux.yaml"])
    assert one.title == "Cinq mille euros de plus pour la taille 1 (une)"
    assert two.title == "Cinq mille euros de plus pour la taille 1 (deux)"


def test_a_given_coefficient_is_not_sought():
    assert functioning(["enveloppe_fermee=0,5", "enveloppe_fermee=0,8"]) == {
        "droit_en_vigueur": [50_000, 60_000],
        "enveloppe_fermee=0,5": [25_000, 30_000],
        "enveloppe_fermee=0,8": [40_000, 48_000],
    }
    with pytest.raises(RequestError, match="n'a pas de coefficient"):
        simulate(TABLE, 2026, ["avance_50=0,5"])
    with pytest.raises(RequestError, match="« enveloppe_fermee »"):
        simulate(TABLE, 2026, ["enveloppe_ferme=0,5"])
