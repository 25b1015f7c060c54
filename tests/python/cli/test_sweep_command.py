"""`openfisca-cpts sweep`: the screen, the files, the chart, what is refused."""

import xml.etree.ElementTree
from pathlib import Path

import polars
import pytest

REGION = Path(__file__).parents[3] / "examples" / "cpts_paca.csv"
SHARE = "aci.missions.*.part_variable=0,4:0,8:0,1@2026-01-01"
ASKED = ("sweep", REGION, "--from", "2026", "--to", "2026", "--vary", SHARE)


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def test_a_curve_on_the_screen_in_a_file_and_as_a_chart(command, tmp_path):
    output, chart = tmp_path / "b.parquet", tmp_path / "b.svg"
    answer = command(*ASKED, "--output", output, "--chart", chart)
    assert (answer.code, answer.err) == (0, "")
    out = words(answer.out)
    assert "Financement en année pleine en 2026" in out
    assert "0,6 20 568 920,00 −269 180,00 0 68" in out
    rows = polars.read_parquet(output)
    assert rows["aci.missions.*.part_variable"].to_list() == [0.4, 0.5, 0.6, 0.7, 0.8]
    assert rows["financement_annuel"].to_list()[1:3] == [20_838_100, 20_568_920]
    drawing = xml.etree.ElementTree.parse(chart).getroot()
    assert any("droit en vigueur" in (part.text or "") for part in drawing.iter())
    assert sorted(tmp_path.iterdir()) == [output, chart]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_other_files_hold_the_same_rows(command, tmp_path, suffix):
    tables = []
    for kind in ("parquet", suffix):
        path = tmp_path / f"b.{kind}"
        assert command(*ASKED, "--output", path).code == 0
        readers = {"csv": polars.read_csv, "xlsx": polars.read_excel}
        tables.append(readers.get(kind, polars.read_parquet)(path))
    one, other = tables
    assert one.columns == other.columns
    assert one["financement_annuel"].to_list() == pytest.approx(other["financement_annuel"])


def test_two_dials_are_a_map_and_three_have_no_chart(command, tmp_path):
    chart = tmp_path / "b.png"
    two = (*ASKED, "--vary", "rate=0:1:0,5")
    assert command(*two, "--chart", chart).code == 0
    assert chart.read_bytes().startswith(b"\x89PNG")
    three = (*two, "--vary", "aci.versements.taux_avance=0.5;0.75@2026-01-01")
    answer = command(*three, "--chart", chart)
    assert (answer.code, answer.out) == (2, "")
    assert "--chart montre un ou deux réglages" in words(answer.err)


def test_many_points_are_in_the_file(command):
    many = "aci.missions.*.part_variable=0:1:0,01@2026-01-01"
    answer = command(*ASKED[:-1], many)
    assert "… et 41 autres points (--output les écrit)." in words(answer.out)


def test_a_refused_point_is_said_and_changes_the_exit_code(command):
    answer = command(*ASKED[:-1], "aci.missions.*.part_variable=0,5;1,5@2026-01-01")
    assert answer.code == 1
    out = words(answer.out)
    assert "0,5 20 838 100,00" in out
    assert "1 point sans résultat." in out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (ASKED[:-2], "Rien à faire varier : --vary CHEMIN=DÉBUT:FIN:PAS@DATE"),
        ((*ASKED, "--from", "2027"), "après la dernière"),
        ((*ASKED, "--output", "b.pdf"), "attendu, un fichier .csv, .parquet, .xlsx"),
        ((*ASKED, "--chart", "b.pdf"), "attendu, un fichier .svg, .png"),
        ((*ASKED, "--workers", "0"), "--workers"),
        ((*ASKED[:-1], "aci.missions.*.part_fixe=1@2026-01-01"), "part_fixe"),
    ],
)
def test_what_cannot_be_is_refused(command, asked, said):
    answer = command(*asked)
    assert (answer.code, answer.out) == (2, "")
    assert said in words(answer.err)
