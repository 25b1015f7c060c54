"""A reform without Python: what it writes, what it keeps of the law, and what it refuses."""

import json

import pytest

from openfisca_cpts import CountryTaxBenefitSystem, legislation, reforms

SOURCE = {"title": "Rapport d'essai", "href": "https://example.org/rapport"}
ACCES = "aci.missions.acces_soins.montant.taille_1"


def declare(parametres, **autres):
    contenu = {"nom": "essai", "titre": "Essai", "source": SOURCE, "parametres": parametres}
    return reforms.declarer({**contenu, **autres})


def leaf(system, path):
    node = system.parameters
    for name in path.split("."):
        node = node.children[name]
    return node


def values(system, path):
    return {value.instant_str: value.value for value in reversed(leaf(system, path).values_list)}


def refusal(parametres, system):
    with pytest.raises(reforms.ReformeRefusee) as refused:
        declare(parametres)(system)
    return str(refused.value)


def change(**cles):
    return [{"a_partir_du": "2026-01-01", **cles}]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # The law: 40 000 from 2019-08-25, 45 000 from 2022-09-03.
        (
            [{"a_partir_du": "2026-01-01", "valeur": 47000}],
            {"2019-08-25": 40000, "2022-09-03": 45000, "2026-01-01": 47000},
        ),
        (
            [{"a_partir_du": "2024-01-01", "jusqu_au": "2024-12-31", "valeur": 1}],
            {"2019-08-25": 40000, "2022-09-03": 45000, "2024-01-01": 1, "2025-01-01": 45000},
        ),
        (  # the law's own change of 2022 is kept, and 45 000 x 1,1 is 49 500 to the cent
            [{"a_partir_du": "2021-01-01", "jusqu_au": "2023-12-31", "multiplier": 1.1}],
            {"2019-08-25": 40000, "2021-01-01": 44000, "2022-09-03": 49500, "2024-01-01": 45000},
        ),
        (
            [{"a_partir_du": "2019-08-25", "ajouter": -500}],
            {"2019-08-25": 39500, "2022-09-03": 44500},
        ),
        (  # a value holds over the law's change
            [{"a_partir_du": "2021-01-01", "jusqu_au": "2023-12-31", "valeur": 7}],
            {"2019-08-25": 40000, "2021-01-01": 7, "2024-01-01": 45000},
        ),
        (  # steps: each applies to the law, not to the one before
            [
                {"a_partir_du": "2026-01-01", "multiplier": 1.02},
                {"a_partir_du": "2027-01-01", "multiplier": 1.1},
            ],
            {"2019-08-25": 40000, "2022-09-03": 45000, "2026-01-01": 45900, "2027-01-01": 49500},
        ),
        (  # the last day is the eve of the law's change
            [{"a_partir_du": "2022-01-01", "jusqu_au": "2022-09-02", "valeur": 7}],
            {"2019-08-25": 40000, "2022-01-01": 7, "2022-09-03": 45000},
        ),
    ],
)
def test_values_over_an_interval(system, changes, expected):
    assert values(declare({ACCES: changes})(system), ACCES) == expected


def test_a_star_stands_for_one_segment(system):
    reformed = declare({"aci.missions.*.part_variable": change(valeur=0.6)})(system)
    shares = [
        f"{mission.noeud}.{part.quotite}"
        for mission in legislation.missions()
        for part in mission.evaluees
    ]
    assert len(shares) >= 5
    for share in shares:
        assert list(values(reformed, share).values())[-1] == 0.6


def test_a_star_multiplies_a_mission_from_the_day_it_exists(system):
    changes = {"aci.missions.*.montant.*": [{"a_partir_du": "2020-01-01", "multiplier": 2}]}
    reformed = declare(changes)(system)
    crise = "aci.missions.crise_sanitaire.montant.taille_1"
    assert values(reformed, crise) == {"2022-09-03": 50000}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([{"a_partir_du": "2020-01-01", "valeur": 7}], {"2022-09-03": 7}),
        (  # the one in force on the day the mission exists, then the following ones
            [
                {"a_partir_du": "2020-01-01", "valeur": 5},
                {"a_partir_du": "2022-01-01", "valeur": 6},
                {"a_partir_du": "2024-01-01", "valeur": 8},
            ],
            {"2022-09-03": 6, "2024-01-01": 8},
        ),
        (  # over before the mission exists
            [{"a_partir_du": "2020-01-01", "jusqu_au": "2021-12-31", "valeur": 7}],
            {"2022-09-03": 25000},
        ),
    ],
)
def test_a_star_is_clipped_to_the_life_of_each_parameter(system, changes, expected):
    reformed = declare({"aci.missions.*.montant.*": changes})(system)
    assert values(reformed, "aci.missions.crise_sanitaire.montant.taille_1") == expected
    before = max(
        change["a_partir_du"] for change in changes if change["a_partir_du"] < "2022-09-03"
    )
    assert before in values(reformed, "aci.missions.parcours.montant.taille_1")


def test_a_star_that_reaches_nothing_that_exists_is_refused(system):
    changes = [{"a_partir_du": "2018-01-01", "jusqu_au": "2018-12-31", "valeur": 7}]
    with pytest.raises(
        reforms.ReformeRefusee, match="aucun des paramètres de ce chemin n'existe avant"
    ):
        declare({"aci.missions.*.montant.*": changes})(system)


def test_each_value_written_carries_the_source_and_the_law_resumes_with_its_own(system):
    changes = [{"a_partir_du": "2024-01-01", "jusqu_au": "2024-12-31", "valeur": 1}]
    reformed = leaf(declare({ACCES: changes})(system), ACCES)
    law = leaf(system, ACCES)
    assert reformed.metadata["reference"]["2024-01-01"] == [SOURCE]
    assert reformed.metadata["statut"]["2024-01-01"] == "reforme"
    for key in ("reference", "statut", "official_journal_date"):
        assert reformed.metadata[key]["2025-01-01"] == law.metadata[key]["2022-09-03"]
        assert reformed.metadata[key]["2019-08-25"] == law.metadata[key]["2019-08-25"]
    assert reformed.metadata["unit"] == law.metadata["unit"]
    written = {value.instant_str: value for value in reformed.values_list}
    assert written["2024-01-01"].metadata["reference"] == [SOURCE]


def test_the_law_in_force_is_untouched():
    system = CountryTaxBenefitSystem()
    before = {
        node.name: (repr(node), repr(node.metadata)) for node in system.parameters.get_descendants()
    }
    declare({"aci.missions.*.montant.*": change(multiplier=3)})(system)
    after = {
        node.name: (repr(node), repr(node.metadata)) for node in system.parameters.get_descendants()
    }
    assert after == before


@pytest.mark.parametrize(
    ("parametres", "expected"),
    [
        ({"aci.mission.parcours.montant.taille_1": change(valeur=1)}, f"« {'aci.missions'}"),
        ({"aci.fonctionnement.taille_5": change(valeur=1)}, "« aci.fonctionnement.taille_"),
        ({"aci.missions.*.part_variabl": change(valeur=1)}, "« part_variable »"),
        ({"aci.fonctionnement": change(valeur=1)}, "aci.fonctionnement.* pour tous"),
        ({f"{ACCES}.x": change(valeur=1)}, "est un paramètre : rien ne le suit"),
        ({ACCES: [{"a_partir_du": "2019-08-24", "valeur": 1}]}, "n'existe pas avant le 25/08/2019"),
        ({ACCES: change(valeur=-1)}, "n'est pas négatif"),
        ({ACCES: change(ajouter=-45001)}, "n'est pas négatif"),
        ({"aci.missions.*.part_variable": change(valeur=1.01)}, "une part entre 0 et 1"),
        ({"aci.missions.parcours.part_variable": change(multiplier=2.5)}, "une part entre 0 et 1"),
        ({"aci.versements.delai_evaluation": change(valeur=1.5)}, "un nombre entier"),
        ({"tailles.seuil_taille_2": change(valeur=80000)}, "les seuils ne se suivent plus"),
        ({"tailles.seuil_taille_4": change(valeur=80000)}, "les seuils ne se suivent plus"),
        ({ACCES: change(valeur=1, ajouter=1)}, "une seule des clés"),
        ({ACCES: change()}, "une seule des clés"),
        ({ACCES: change(valeur="55 000")}, "un nombre est attendu (reçu 55 000)"),
        ({ACCES: change(valeur=True)}, "un nombre est attendu"),
        ({ACCES: change(valeur=float("nan"))}, "un nombre est attendu"),
        ({ACCES: change(valeu=1)}, "« valeur »"),
        ({ACCES: [{"a_partir_du": "2026", "valeur": 1}]}, "une date AAAA-MM-JJ est attendue"),
        ({ACCES: change(valeur=1, jusqu_au="2025-12-31")}, "qui suit a_partir_du"),
        ({ACCES: []}, "une liste de changements"),
        ({ACCES: 55000}, "une liste de changements"),
        ({ACCES: change(valeur=1) + change(valeur=2)}, "deux changements commencent"),
        (
            {
                ACCES: [
                    {"a_partir_du": "2026-01-01", "jusqu_au": "2026-12-31", "valeur": 1},
                    {"a_partir_du": "2026-12-31", "valeur": 2},
                ]
            },
            "où commence le changement suivant",
        ),
        ({ACCES: change(valeur=1), "aci.missions.*.montant.*": change(valeur=2)}, "déjà changé"),
    ],
)
def test_refusals(system, parametres, expected):
    assert expected in refusal(parametres, system)


def test_all_faults_are_listed(system):
    message = refusal({ACCES: change(valeur=-1), "tailles.x": change(valeur=1)}, system)
    assert "n'est pas négatif" in message
    assert "« x » est inconnu" in message


def test_what_is_right_after_a_fault_does_not_hide_it(system):
    wrong = {"aci.versements.taux_avance": change(valeur=1, multiplier=2)}
    for path in (ACCES, "aci.missions.*.montant.*"):
        assert "une seule des clés" in refusal({**wrong, path: change(multiplier=2)}, system)
    then_right = [
        {"a_partir_du": "2024-01-01", "jusqu_au": "2024-12-31", "valeur": -1},
        {"a_partir_du": "2026-01-01", "valeur": 1},
    ]
    assert "n'est pas négatif" in refusal({ACCES: then_right}, system)


def test_a_star_that_ends_the_day_before_all_exists_is_refused(system):
    changes = [{"a_partir_du": "2018-01-01", "jusqu_au": "2019-08-24", "valeur": 7}]
    said = refusal({"aci.missions.parcours.montant.*": changes}, system)
    assert "aucun des paramètres de ce chemin n'existe avant" in said


@pytest.mark.parametrize(
    ("contenu", "expected"),
    [
        ([], "une table avec les clés"),
        ({"nom": "essai"}, "titre : la clé est obligatoire"),
        ({"nom": "essai", "titr": "x"}, "« titre »"),
        ({"nom": "Ma réforme"}, "des lettres minuscules"),
        ({"nom": "essai", "source": "rapport"}, "une table {title, href}"),
        ({"nom": "essai", "parametres": [1]}, "une table chemin"),
    ],
)
def test_declarations_of_another_form(contenu, expected):
    with pytest.raises(reforms.ReformeRefusee) as refused:
        reforms.declarer(contenu)
    assert expected in str(refused.value)


def test_flat_json(system, tmp_path):
    path = tmp_path / "ma_reforme.json"
    table = {"aci.fonctionnement.taille_1": {"2026-01-01": 55000, "2027-01-01.2027-12-31": 56000}}
    path.write_text(json.dumps(table), encoding="utf-8")
    reformed = reforms.lire(path)(system)
    assert values(reformed, "aci.fonctionnement.taille_1") == {
        "2019-08-25": 50000,
        "2026-01-01": 55000,
        "2027-01-01": 56000,
        "2028-01-01": 50000,
    }
    with pytest.raises(reforms.ReformeRefusee, match='"AAAA-MM-JJ": nombre'):
        reforms.depuis_json("essai", {"aci.fonctionnement.taille_1": 55000})


def test_settings(system):
    settings = [
        "aci.fonctionnement.taille_1=55000@2026-01-01..2026-12-31",
        "aci.missions.*.part_variable=0,6@2026-01-01",
    ]
    reformed = reforms.reglages(settings)(system)
    assert values(reformed, "aci.fonctionnement.taille_1") == {
        "2019-08-25": 50000,
        "2026-01-01": 55000,
        "2027-01-01": 50000,
    }
    assert values(reformed, "aci.missions.qualite.part_variable")["2026-01-01"] == 0.6


@pytest.mark.parametrize("texte", ["a", "a=1", "a=b@2026-01-01", "=1@2026-01-01", "a=1@"])
def test_settings_of_another_form(texte):
    with pytest.raises(reforms.ReformeRefusee, match="chemin=nombre@AAAA-MM-JJ"):
        reforms.reglages([texte])


def test_an_unknown_name_gives_the_nearest():
    with pytest.raises(AttributeError, match="« part_variable_60 »"):
        _ = reforms.part_variable_6
