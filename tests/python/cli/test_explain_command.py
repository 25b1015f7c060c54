"""`openfisca-cpts explain`: the page on the terminal, in a file, and in JSON."""

import json
from pathlib import Path

import pytest

from openfisca_cpts import situation_examples

EXAMPLE = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
SITUATION = Path(situation_examples.__file__).with_name("communaute_six_missions.json")
ASKED = ("--id", "fictive-01", "--variable", "versement_annuel", "--period", "2023")


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_terminal_and_the_file_say_the_same(command, tmp_path):
    answer = command("explain", EXAMPLE, *ASKED)
    assert (answer.code, answer.err) == (0, "")
    path = tmp_path / "page.txt"
    assert command("explain", EXAMPLE, *ASKED, "--output", path).code == 0
    assert words(path.read_text(encoding="utf-8")) == words(answer.out)
    assert "Versements de douze mois, 2023 : 224 000,00 €" in words(answer.out)


@pytest.mark.parametrize("width", ["80", "120"])
def test_a_page_keeps_to_the_width(command, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    lines = command("explain", EXAMPLE, *ASKED).out.splitlines()
    assert all(len(line) <= int(width) or "http" in line for line in lines)


def test_json_has_a_stable_shape(command, tmp_path):
    path = tmp_path / "page.json"
    assert command("explain", EXAMPLE, *ASKED, "--output", path).code == 0
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found == json.loads(command("explain", EXAMPLE, *ASKED, "--format", "json").out)
    assert list(found) == ["id", "nom", "scenario", "titre", "etape", "remarques"]
    first = found["etape"]
    assert list(first) == [
        *("numero", "variable", "periode", "libelle", "valeur", "texte", "nature", "origine"),
        *("calcul", "regle", "articles", "reformes", "statut", "chiffres", "renvoi", "nuls"),
        *("sans_effet", "coupe", "etapes"),
    ]
    assert list(first["calcul"]) == ["texte", "termes", "arrondi"]
    assert list(first["calcul"]["termes"][0]) == [
        *("etape", "libelle", "coefficient", "facteur", "valeur", "arrondi"),
    ]
    march, _ = first["etapes"]
    assert (march["numero"], march["periode"], march["valeur"]) == ("1", "2023-03", 170_000.0)
    advance = march["etapes"][0]
    assert list(advance["chiffres"][0]) == [
        *("parametre", "libelle", "taille", "valeur", "texte", "depuis", "statut"),
        *("sources", "textes"),
    ]
    assert advance["chiffres"][0]["parametre"] == "aci.versements.taux_avance"


def test_a_situation_of_the_web_api(command):
    asked = ("--variable", "versement_annuel", "--period", "2024")
    out = words(command("explain", SITUATION, *asked).out)
    assert "2024 : oui (donnée de la situation, « acces_soins_organisation_snp », 2024)" in out
    assert "donnée du tableau" not in out


def test_what_does_not_change_in_time_needs_no_period(command):
    out = words(command("explain", EXAMPLE, "--id", "fictive-01", "--variable", "region_ars").out)
    assert "Bretagne" in out
    assert "C'est une donnée du tableau, colonne « region »." in out


def test_a_refused_table_lists_its_faults_and_writes_nothing(command, tmp_path):
    table = tmp_path / "bad.csv"
    table.write_text("id,population_2024,parcours_taux_atteinte\na,-3,0.5\nb,10,1.5\n")
    path = tmp_path / "page.txt"
    answer = command(
        *("explain", table, "--id", "a", "--variable", "taille", "--period", "2024"),
        *("--output", path),
    )
    assert answer.code == 2
    assert "2 fautes" in answer.err
    assert not path.exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--id", "fictive-01", "--variable", "tail", "--period", "2023"), "« taille »"),
        (("--variable", "taille", "--period", "2023"), "choisir par --id"),
        ((*ASKED, "--reform", "avance_51"), "la plus proche : « avance_50 »"),
        ((*ASKED, "--output", "page.pdf"), "attendu, un fichier .txt, .json"),
        ((*ASKED, "--depth", "-1"), "n'est pas un nombre d'étapes"),
        ((*ASKED, "--format", "xml"), "« xml » n'est pas l'un de : terminal, json."),
    ],
)
def test_what_is_refused(command, options, message):
    answer = command("explain", EXAMPLE, *options)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err


@pytest.mark.parametrize("content", ["[]", "{", '{"communautes": {}}', '{"communautes": {"a": 1}}'])
def test_a_file_that_is_no_situation(command, tmp_path, content):
    path = tmp_path / "situation.json"
    path.write_text(content)
    answer = command("explain", path, "--variable", "taille", "--period", "2024")
    assert answer.code == 2
    assert "situation" in answer.err
