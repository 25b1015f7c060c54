"""`openfisca-cpts simulate`: what it writes, prints and refuses."""

from pathlib import Path

import polars
import pytest

EXAMPLE = Path(__file__).parents[3] / "examples" / "cpts_paca.csv"
GOOD = "id;nom;population;departement\na;A;39999;06\nb;B;79999;13\nc;C;175000;83\nd;D;175001;84\n"
BAD = "id;populaton;population_2024\na;1;-1\na;1;abc\n"


def plain(text):
    """Give a text as it reads: spaces of any kind, and line ends, are one space."""
    return " ".join(text.split())


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "communautes.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def read_results(path):
    return polars.read_excel(path, sheet_name="Résultats")


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "mauvaises.csv"
    path.write_text(BAD, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("annee", "variable", "amounts"),
    [
        (2020, "plafond_financement_hors_snp", [185_000, 242_000, 315_000, 380_000]),
        (2020, "plafond_financement", [220_000, 287_000, 370_000, 450_000]),
        (2023, "plafond_financement", [287_500, 379_500, 487_500, 580_000]),
        (2023, "plafond_financement_courant", [237_500, 309_500, 397_500, 480_000]),
    ],
)
def test_the_totals_of_the_four_sizes(command, table, tmp_path, annee, variable, amounts):
    output = tmp_path / "r.csv"
    answer = command(
        *("simulate", table, "--from", annee, "--to", annee),
        *("--keep", "departement", "--variables", variable, "--output", output),
    )
    assert answer.code == 0
    written = polars.read_csv(output)
    assert written.columns == ["scenario", "annee", "id", "nom", "departement", variable]
    assert written[variable].to_list() == amounts
    assert f"Écrit : {output} (4 lignes, 6 colonnes)." in answer.out


@pytest.mark.parametrize(
    ("suffix", "read"),
    [("csv", polars.read_csv), ("parquet", polars.read_parquet), ("xlsx", read_results)],
)
def test_each_kind_of_file_holds_the_same_amounts(command, table, tmp_path, suffix, read):
    output = tmp_path / f"r.{suffix}"
    words = ("simulate", table, "--from", "2023", "--to", "2024", "--keep", "departement")
    assert command(*words, "--output", output).code == 0
    first = output.read_bytes()
    assert command(*words, "--output", output).code == 0
    assert output.read_bytes() == first
    written = read(output)
    assert written["annee"].to_list() == [2023] * 4 + [2024] * 4
    assert written["plafond_financement"].to_list() == [287_500, 379_500, 487_500, 580_000] * 2


def test_without_an_output_the_summary_alone(command, table, tmp_path):
    before = sorted(tmp_path.iterdir())
    answer = command("simulate", table, "--from", "2019", "--to", "2020", "--keep", "departement")
    assert answer.code == 0
    lines = [
        line.replace("\u00a0", "").split() for line in answer.out.splitlines() if "€" not in line
    ]
    assert ["2020", "taille", "2", "1", "79999", "60000,00", "287000,00", "0,00"] in lines
    assert ["2020", "ensemble", "4", "469999", "275000,00", "1327000,00", "0,00"] in lines
    assert ["2019", "taille", "indéterminée", "4", "469999", "0,00", "0,00", "0,00"] in lines
    assert "l'année commence avant l'accord (montants nuls) : 4 communautés en 2019" in (
        plain(answer.out)
    )
    assert "Aucun contrat n'est en cours de 2019 à 2020" in answer.out
    assert "Écrit" not in answer.out
    assert sorted(tmp_path.iterdir()) == before


DATED = """id;population;date_signature_contrat;parcours_date_demarrage
a;50000;15/03/2021;15/03/2021
b;50000;29/02/2020;
"""


def test_the_contracts_that_run_and_end_are_said(command, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(DATED)
    answer = command("simulate", path, "--from", "2024", "--to", "2026")
    assert answer.code == 0
    assert "jour de l'année : 2 en 2024 ; 2 en 2025 ; 1 en 2026." in plain(answer.out)
    assert (
        "2 contrats prennent fin entre le 28/02/2025 et le 15/03/2026 ; "
        "aucun n'est renouvelé de lui-même." in plain(answer.out)
    )
    answer = command("simulate", path, "--from", "2026", "--to", "2026")
    assert "1 contrat prend fin le 15/03/2026" in plain(answer.out)
    answer = command("simulate", path, "--from", "2022", "--to", "2023")
    assert "Aucun contrat ne prend fin de 2022 à 2023." in plain(answer.out)


def test_what_is_paid_in_a_year_is_given_by_default(command, tmp_path):
    path, output = tmp_path / "t.csv", tmp_path / "r.csv"
    path.write_text(DATED)
    assert command("simulate", path, "--from", "2021", "--to", "2022", "--output", output).code == 0
    written = polars.read_csv(output)
    paid = ["versement_annuel", "fonctionnement_versement", "versement_missions"]
    assert written.select("annee", "id", *paid, "versement_amorcage").rows() == [
        (2021, "a", 86_250, 60_000, 26_250, 0),
        (2021, "b", 45_000, 45_000, 0, 0),
        (2022, "a", 80_000, 45_000, 35_000, 0),
        (2022, "b", 60_000, 60_000, 0, 0),
    ]
    assert not {"date_signature_contrat", "date_fin_effective"} & set(written.columns)


BAD_DATES = """id;date_lettre_intention;date_signature_contrat;date_fin_convenue;date_resiliation
bonne;2020-01-01;2021-01-01;2021-01-01;2021-01-01
tot;;24/08/2019;;
lettre;02/01/2021;01/01/2021;;
fin;;2021-01-01;2020-12-31;
resiliee;;2021-01-01;;2020-12-31
impossible;;2021-02-29;31/04/2022;hier
"""


def test_bad_dates_are_all_named_and_nothing_is_written(command, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(BAD_DATES)
    for words in (
        ("simulate", path, "--from", "2021", "--to", "2022", "--output", tmp_path / "r.csv"),
        ("schedule", path, "--id", "bonne", "--output", tmp_path / "r.json"),
    ):
        answer = command(*words)
        assert (answer.code, answer.out) == (2, "")
        assert "7 fautes, rien n'est écrit" in answer.err
        found = [tuple(line.split()[:3]) for line in answer.err.splitlines() if line.split()]
        assert [line for line in found if line[0].isdecimal()] == [
            ("3", "tot", "date_signature_contrat"),
            ("4", "lettre", "date_lettre_intention"),
            ("5", "fin", "date_signature_contrat"),
            ("6", "resiliee", "date_signature_contrat"),
            ("7", "impossible", "date_signature_contrat"),
            ("7", "impossible", "date_fin_convenue"),
            ("7", "impossible", "date_resiliation"),
        ]
    assert list(tmp_path.iterdir()) == [path]


def test_a_narrow_terminal_shows_every_figure_of_the_real_region(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    answer = command("simulate", EXAMPLE, "--from", "2024", "--to", "2026")
    assert answer.code == 0
    assert "27\u00a0084\u00a0000,00" in answer.out
    assert "…" not in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80


def test_columns_are_kept_by_repeating_the_option_or_by_commas(command, table, tmp_path):
    output = tmp_path / "r.csv"
    words = ("simulate", table, "--from", "2024", "--to", "2024", "--variables", " taille ,")
    assert command(*words, "--keep", "departement, population", "--output", output).code == 0
    first = output.read_bytes()
    assert b"departement,population,taille" in first
    again = command(*words, "--keep", "departement", "--keep", "population", "--output", output)
    assert (again.code, output.read_bytes()) == (0, first)


def test_all_faults_are_listed_and_nothing_is_written(command, bad, tmp_path):
    old = tmp_path / "old.csv"
    old.write_text("ancien")
    before = sorted(tmp_path.iterdir())
    for output in (old, tmp_path / "new.xlsx"):
        answer = command("simulate", bad, "--from", "2024", "--to", "2024", "--output", output)
        assert answer.code == 2
        assert answer.out == ""
        assert "4 fautes, rien n'est écrit" in answer.err
        lines = [" ".join(line.split()) for line in answer.err.splitlines()]
        assert "Ligne Communauté Colonne Valeur Attendu" in lines
        assert "1 populaton « population »" in lines
        assert any(line.startswith("2 a population_2024 -1 un nombre entier") for line in lines)
        assert any(line.startswith("3 a id a un identifiant par") for line in lines)
        assert any(line.startswith("3 a population_2024 abc un nombre entier") for line in lines)
    assert sorted(tmp_path.iterdir()) == before
    assert old.read_text() == "ancien"


def test_a_value_in_brackets_is_shown_as_it_is(command, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id;population\n[b]a[/b];[/red]\n")
    answer = command("simulate", path, "--from", "2024", "--to", "2024")
    assert answer.code == 2
    assert "[b]a[/b]" in answer.err
    assert "[/red]" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--from", "2025", "--to", "2024"],
            "La première année (2025) est après la dernière (2024).",
        ),
        (
            ["--from", "2015", "--to", "2024"],
            "L'année 2015 est demandée ; le droit modélisé va de 2016 à 2116.",
        ),
        (["--from", "2024", "--to", "2024000000000"], "L'année 2117 est demandée"),
        (["--from", "2024", "--to", "2024", "--variables", "taile"], "la plus proche : « taille »"),
        (["--from", "2024", "--to", "2024", "--output", "r.xls"], "attendu, un fichier .csv"),
        (["--from", "2024", "--to", "2024", "--output", "{table}/r.csv"], "n'est pas un dossier"),
        (["--from", "2024", "--to", "2024", "--output", "{table}"], "ne sera pas remplacé"),
    ],
)
def test_requests_that_cannot_be_are_refused(command, table, tmp_path, words, said):
    words = [word.format(table=table) for word in words]
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    answer = command("simulate", table, "--keep", "departement", *words)
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err) < 500
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_wrong_output_is_refused_before_the_table_is_read(command, bad):
    answer = command("simulate", bad, "--from", "2024", "--to", "2024", "--output", "r.xls")
    assert answer.code == 2
    assert "attendu, un fichier .csv" in answer.err
    assert "faute" not in answer.err


def test_a_file_that_does_not_exist_is_refused(command, tmp_path):
    answer = command("simulate", tmp_path / "absent.csv", "--from", "2024", "--to", "2024")
    assert (answer.code, answer.out) == (2, "")
    assert "absent.csv » n'existe pas." in answer.err
