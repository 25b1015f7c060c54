"""What a reform does not change is said as that: on the screen, in the report, in the workbook."""

import json

import openpyxl
import pytest

# Size 1, without a contract: nothing is ever paid, under any convention.
PROJECT = "id;population\na;30000\n"
YEARS = ("--from", "2026", "--to", "2026")
SAME = "aci.missions.*.part_variable"
SAID = f"ne change rien : {SAME} vaut déjà 50 % le 01/01/2026."


def plain(text):
    return " ".join(text.split())


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "projet.csv"
    path.write_text(PROJECT, encoding="utf-8")
    return path


@pytest.fixture
def same(tmp_path):
    path = tmp_path / "sans_effet.json"
    path.write_text(json.dumps({SAME: {"2026-01-01": 0.5}}), encoding="utf-8")
    return path


def test_the_value_in_force_changes_nothing(command, project, same, tmp_path):
    report, book = tmp_path / "r.html", tmp_path / "r.xlsx"
    files = ("--report", report, "--output", book)
    answer = command("simulate", project, *YEARS, "--reform", same, *files)
    assert answer.code == 0, answer.err
    assert f"sans_effet {SAID}" in plain(answer.out)
    assert "une règle de calcul" not in plain(answer.out)
    page = plain(report.read_text(encoding="utf-8").replace("&nbsp;", " "))
    assert f"Ne{SAID.removeprefix('ne')}" in page
    assert "la réforme change une règle de calcul" not in page
    rows = list(openpyxl.load_workbook(book)["Paramètres modifiés"].values)
    said = f"N{SAID[1:]}"
    title = "Réforme du fichier sans_effet.json"
    assert [plain(str(cell)) for cell in rows[1] if cell] == ["sans_effet", title, said]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        (f"{SAME}=0.5@2026-01-01", f"reglages {SAID}"),
        (
            "aci.fonctionnement.*=50000@2026-01-01..2026-12-31",
            "",
        ),
        ("aci.fonctionnement.taille_1=50000@2026-01-01", "taille_1 vaut déjà 50 000 € le"),
    ],
)
def test_a_setting_alone(command, project, setting, said):
    out = plain(command("simulate", project, *YEARS, "--set", setting).out)
    assert ("ne change rien" in out) == bool(said)
    assert said in out


def test_one_setting_of_two(command, project):
    settings = (
        "--set",
        f"{SAME}=0.5@2026-01-01",
        "--set",
        "aci.fonctionnement.taille_1=1@2026-01-01",
    )
    out = plain(command("simulate", project, *YEARS, *settings).out)
    assert f"reglages écrit aussi ce qui {SAID}" in out
    assert "aci.fonctionnement.taille_1 : 50 000 € → 1 €" in out


def test_a_dial_that_keeps_its_value(command, project):
    words = (
        "--reform",
        "petit_territoire",
        "--set",
        "reformes.petit_territoire.seuil=20000@2026-01-01",
    )
    out = plain(command("simulate", project, *YEARS, *words).out)
    assert "écrit aussi ce qui ne change rien : reformes.petit_territoire.seuil vaut déjà" in out


def test_a_rule_that_changes_is_no_idle_reform(command, project):
    out = plain(command("simulate", project, *YEARS, "--reform", "prorata_douziemes").out)
    assert "prorata_douziemes : une règle de calcul change" in out
    assert "ne change rien" not in out


def test_files_are_told_apart_in_the_report(command, project, tmp_path):
    for value in (40, 60):
        path = tmp_path / f"pv_{value}.json"
        path.write_text(json.dumps({SAME: {"2026-01-01": value / 100}}), encoding="utf-8")
    report = tmp_path / "r.html"
    words = ("--reform", tmp_path / "pv_40.json", "--reform", tmp_path / "pv_60.json")
    assert command("simulate", project, *YEARS, *words, "--report", report).code == 0
    page = report.read_text(encoding="utf-8")
    for value in (40, 60):
        assert page.count(f"Réforme du fichier pv_{value}.json") > 1


def test_where_nothing_is_paid_conventions_have_nothing_to_move(command, project, tmp_path):
    report = tmp_path / "r.html"
    answer = command("simulate", project, *YEARS, "--variantes", "--report", report)
    nothing = "rien en 2026, les autres conventions n'ont rien à déplacer."
    assert f"Versé : {nothing}" in plain(answer.out)
    assert (
        "Financement en année pleine : aucune autre convention ne change le total en 2026."
        in plain(answer.out)
    )
    assert nothing in plain(report.read_text(encoding="utf-8").replace("&#39;", "'"))


def test_a_convention_that_pays_where_the_others_do_not_has_its_range(command, tmp_path):
    path = tmp_path / "terme.csv"
    path.write_text("id;population;date_signature_contrat\na;30000;2020-03-15\n", encoding="utf-8")
    out = plain(command("simulate", path, *YEARS, "--variantes").out)
    # The contract is over since March 2025: only its renewal pays functioning in 2026.
    assert "Selon les conventions : versé" in out
    assert "0,00 0,00 50 000,00" in out


def test_a_reform_without_its_coefficient_is_refused_outside_a_table(command, project):
    words = ("--reform", "dotation_par_habitant")
    for asked in (
        ("bareme", *words),
        ("diff", *words),
        ("explain", project, "--variable", "financement_annuel", "--period", "2026", *words),
    ):
        answer = command(*asked)
        assert (answer.code, answer.out) == (2, ""), asked
        assert "dotation_par_habitant=0,9" in plain(answer.err)
    given = ("--reform", "dotation_par_habitant=5")
    wanted = ("--variable", "plafond_financement", "--period", "2026")
    answer = command("explain", project, *wanted, *given)
    assert (answer.code, answer.err) == (0, "")
    assert "150 000,00 €" in plain(answer.out)
