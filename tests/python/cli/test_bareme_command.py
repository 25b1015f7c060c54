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
@pytest.mark.parametrize("reform", [(), ("--reform", "seuils_lisses")])
def test_a_narrow_terminal_hides_no_figure(command, monkeypatch, width, reform):
    monkeypatch.setenv("COLUMNS", width)
    out = command("bareme", "--date", "2026-01-01", *reform).out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= int(width)


def test_the_sources_of_each_line(command):
    out = words(command("bareme", "--date", "2023-01-01", "--sources").out)
    said = (
        "taille 2 : hypothèse, depuis le 03/09/2022 : Document lu : Deux contrats réels de taille"
    )
    assert said in out
    assert "étendue par analogie ; 47 000 + 5 000 = 52 000" in out
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
    assert one.select("valeur", "depuis", "statut").row(0) == (52_000, "2022-09-03", "hypothese")
    assert "47 000 + 5 000 = 52 000" in one["sources"].item()


def test_a_document_and_the_act_are_two_fields(command):
    asked = ("bareme", "--date", "2023-01-01")
    said = words(command(*asked, "--sources").out)
    assert "Document lu : Assurance Maladie du Var" in said
    assert "Texte de droit (" in said
    long = polars.read_csv(command(*asked, "--sources", "--format", "csv").out.encode())
    (row,) = long.filter(polars.col("parametre") == "aci.fonctionnement.taille_1").to_dicts()
    assert "Document lu :" in row["sources"]
    assert "Texte de droit" not in row["sources"]
    assert row["textes_de_droit"].startswith("Texte de droit (")
    assert "Document lu" not in row["textes_de_droit"]


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
    figure = line["chiffres"][2]
    source, *_ = figure.pop("sources")
    (act,) = figure.pop("textes")
    assert figure == {
        "colonne": "taille_3",
        "valeur": 67_500.0,
        "texte": "67\u00a0500\u00a0€",
        "parametre": "aci.missions.crise_sanitaire.part_crise.taille_3",
        "depuis": "2022-09-03",
        "statut": "deduit",
    }
    assert list(source) == ["titre", "adresse", "note", "nature", "date", "date_effet"]
    assert source["nature"] == "contrat_reel"
    assert source["note"] == "« 67 500 € si crise reconnue par l'ARS »"
    assert act["cle"] == "avenant_2"
    assert act["lecture"] in ("lu", "lu en partie", "non lu")
    assert act["effet"] == "2022-09-03"


def test_a_reform_by_its_name_and_by_its_file(command, tmp_path):
    named = words(command("bareme", "--date", "2026-01-01", "--reform", "nouveaux_seuils").out)
    assert "Nouveaux seuils de taille" in named
    assert "moins de 30 000" in named
    path = tmp_path / "mine.json"
    path.write_text('{"aci.fonctionnement.taille_1": {"2026-01-01": 55000}}')
    assert "55 000 €" in words(command("bareme", "--date", "2026-01-01", "--reform", path).out)


MOVED = ("seuils_lisses", "petit_territoire_prorata")
"""Reforms under which an amount depends on the population inside a size."""


def scale_of(command, *options):
    return json.loads(command("bareme", "--date", "2026-01-01", *options, "--format", "json").out)


def figures(scale, label):
    lines = [line for section in scale["sections"] for line in section["lignes"]]
    (line,) = [line for line in lines if line["libelle"] == label]
    return {figure["colonne"]: figure for figure in line["chiffres"]}


@pytest.mark.parametrize("name", MOVED)
def test_a_column_under_a_reform_of_the_population_names_the_one_it_is_computed_for(command, name):
    out = words(command("bareme", "--date", "2026-01-01", "--reform", name).out)
    assert "moins de 40 000" not in out
    heading = out.partition("Fonctionnement")[0].replace(" habitants", "")
    assert "39 999 40 000 79 999 80 000 175 000 175 001" in heading
    assert "une colonne ne vaut que pour la population de son titre" in out
    scale = scale_of(command, "--reform", name)
    people = [column["population_du_calcul"] for column in scale["colonnes"]]
    assert people == [39_999, 40_000, 79_999, 80_000, 175_000, 175_001]
    asked = ("bareme", "--date", "2026-01-01", "--reform", name, "--format", "csv")
    wide = polars.read_csv(command(*asked).out.encode())
    first = wide.row(0, named=True)
    assert first["ligne"] == "Population du calcul"
    assert [first[f"population_{people}"] for people in people] == people
    long = polars.read_csv(command(*asked, "--sources").out.encode())
    computed = long.filter(polars.col("taille") == "population_79999")
    assert set(computed["population_du_calcul"]) == {79_999}


def test_the_populations_of_the_columns_are_chosen(command):
    chosen = ("--reform", "seuils_lisses", "--population", "60 000, 20000,70000")
    found = figures(scale_of(command, *chosen), "Fonctionnement")
    # The middle of a size has its amount; between two middles, a straight line.
    assert {key: figure["valeur"] for key, figure in found.items()} == {
        "population_20000": 50_000,
        "population_60000": 60_000,
        "population_70000": pytest.approx(60_000 + 15_000 * 10_000 / 67_500),
    }
    # Even where it meets the amount of the law, it is the reform that gives it.
    assert {figure["statut"] for figure in found.values()} == {"reforme"}
    law = figures(scale_of(command, "--population", "20000,39999"), "Fonctionnement")
    assert [(f["valeur"], f["statut"]) for f in law.values()] == [(50_000, "document_public")] * 2


@pytest.mark.parametrize("words_", ["douze", "0", "-5", "1,,2", "99999999999", "1.5"])
def test_a_population_that_is_none_is_refused(command, words_):
    answer = command("bareme", "--population", words_)
    assert (answer.code, answer.out) == (2, "")
    assert "n'est pas un nombre d'habitants" in answer.err


@pytest.mark.parametrize("name", ["nouveaux_seuils", "petit_territoire", "avance_50"])
def test_where_a_size_tells_all_a_column_is_a_size(command, name):
    scale = scale_of(command, "--reform", name)
    assert all(column["cle"] == column["taille"] for column in scale["colonnes"])


def test_what_else_the_amounts_depend_on_is_said(command):
    said = " ".join(scale_of(command, "--reform", "coefficient_outre_mer")["remarques"])
    assert "dépendent aussi de : Région de l'agence régionale de santé (region_ars)" in said
    assert "calculées sans rien en donner" in said
    law = " ".join(scale_of(command)["remarques"])
    assert "dépendent aussi" not in law


def test_what_a_formula_refuses_is_said_in_french(command, monkeypatch):
    from openfisca_cpts.calcul.saisies import refus
    from openfisca_cpts.outils.loi.bareme_columns import Columns

    def refuse(*_):
        raise refus("« coefficient » n'est pas donné.")

    monkeypatch.setattr(Columns, "varies", refuse)
    answer = command("bareme")
    assert (answer.code, answer.out) == (2, "")
    assert words(answer.err).strip() == "« coefficient » n'est pas donné."


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
