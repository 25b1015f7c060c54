"""`openfisca-cpts bareme`: the scale on the terminal, in Markdown, CSV and JSON."""

import json

import polars
import pytest


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_scale_on_the_terminal(command):
    answer = command("bareme", "--date", "01/01/2023")
    assert (answer.code, answer.err) == (0, "")
    out = words(answer.out)
    assert out.startswith("Barème au 01/01/2023 — Droit en vigueur")
    assert "Accès aux soins 45 000 € 52 000 € 70 000 € 85 000 €" in out
    assert "dont part variable (50 %) 22 500 € 26 000 € 35 000 € 42 500 €" in out
    assert "Plafond annuel du financement 287 500 € 379 500 € 487 500 € 580 000 €" in out
    assert "Délai d'évaluation de la part variable 2 mois" in out
    assert "Sources" not in out


@pytest.mark.parametrize("width", ["80", "100"])
def test_a_narrow_terminal_hides_no_figure(command, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    out = command("bareme", "--date", "2023-01-01").out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= int(width)


def test_the_sources_of_each_line(command):
    out = words(command("bareme", "--date", "2023-01-01", "--sources").out)
    assert "taille 2 : déduit, depuis le 03/09/2022 : Même hausse qu'aux autres tailles" in out
    assert "Taille 2 : 47 000 + 5 000 = 52 000" in out
    assert "« une avance d'un montant de 75 % de la somme totale due" in out


def test_markdown(command):
    out = command("bareme", "--date", "2023-01-01", "--format", "markdown", "--sources").out
    rows = [line for line in out.splitlines() if line.startswith("| Fonctionnement")]
    assert [words(row) for row in rows] == [
        "| Fonctionnement | 50 000 € | 60 000 € | 75 000 € | 90 000 € |"
    ]
    tables = [line.count("|") for line in out.splitlines() if line.startswith("|")]
    assert set(tables) == {6, 3}
    assert "## Sources" in out


def test_csv_holds_the_figures_unrounded(command):
    asked = ("bareme", "--date", "2023-01-01", "--format", "csv")
    wide = polars.read_csv(command(*asked).out.encode())
    assert wide.filter(polars.col("ligne") == "Parcours").row(0)[3:7] == (50e3, 70e3, 90e3, 100e3)
    assert wide.filter(polars.col("ligne") == "Part versée d'avance")["valeur"].item() == 0.75
    long = polars.read_csv(command(*asked, "--sources").out.encode())
    one = long.filter(polars.col("parametre") == "aci.missions.acces_soins.montant.taille_2")
    assert one.select("valeur", "depuis", "statut").row(0) == (52_000, "2022-09-03", "deduit")
    assert "47 000 + 5 000 = 52 000" in one["sources"].item()


def test_json_holds_everything(command):
    scale = json.loads(command("bareme", "--date", "2023-01-01", "--format", "json").out)
    assert list(scale) == [
        *("date", "scenario", "colonnes", "sections", "autres", "remarques"),
    ]
    (line,) = [
        line
        for section in scale["sections"]
        for line in section["lignes"]
        if line["libelle"] == "Part de crise"
    ]
    assert line["chiffres"][2] == {
        "colonne": "taille_3",
        "valeur": 67_500.0,
        "texte": "67\u00a0500\u00a0€",
        "parametre": "aci.missions.crise_sanitaire.part_crise.taille_3",
        "depuis": "2022-09-03",
        "statut": "document_public",
        "sources": [
            {
                "titre": "Deux contrats réels de taille 3 (2025-2027), annexe des indicateurs, "
                "cinquième année",
                "adresse": None,
                "note": "« 67 500 € si crise reconnue par l'ARS »",
            }
        ],
    }


def test_a_reform_by_its_name_and_by_its_file(command, tmp_path):
    named = words(command("bareme", "--date", "2026-01-01", "--reform", "nouveaux_seuils").out)
    assert "Nouveaux seuils de taille" in named
    assert "moins de 30 000" in named
    path = tmp_path / "mine.json"
    path.write_text('{"aci.fonctionnement.taille_1": {"2026-01-01": 55000}}')
    assert "55 000 €" in words(command("bareme", "--date", "2026-01-01", "--reform", path).out)


def test_a_reform_whose_coefficient_is_given_has_a_scale(command):
    out = words(command("bareme", "--date", "2026-01-01", "--reform", "enveloppe_fermee=0,5").out)
    assert "(coefficient donné : 0,5)" in out
    assert "25 000 €" in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--date", "2019-08-24"), "l'accord s'applique à partir du 25/08/2019."),
        (("--date", "2023-13-01"), "« 2023-13-01 » n'est pas un jour"),
        (("--reform", "nouveau_seuil"), "la plus proche : « nouveaux_seuils »"),
        (("--reform", "absente.yaml"), "n'existe pas"),
        (("--reform", "enveloppe_fermee"), "enveloppe_fermee=0,9 par exemple"),
        (("--reform", "avance_50=0,9"), "n'a pas de coefficient"),
        (("--format", "pdf"), "« pdf » n'est pas l'un de : terminal, markdown, csv, json."),
    ],
)
def test_what_is_refused(command, options, message):
    answer = command("bareme", *options)
    assert (answer.code, answer.out) == (2, "")
    assert message in answer.err
