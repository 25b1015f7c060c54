"""Screen, CSV, Parquet, workbook, report and record give the same numbers."""

import json
from pathlib import Path

import openpyxl
import polars
import pytest

from openfisca_cpts.outils.tables.amounts import NAMES
from openfisca_cpts.outils.typography import euros

EXAMPLES = Path(__file__).parents[3] / "examples"
STUDIES = {
    "with dates": ("cpts_fictives.csv", "versement_annuel"),
    "without": ("cpts_paca.csv", "financement_annuel"),
}
YEARS = (2025, 2026)
AMOUNTS = ("financement_annuel", "versement_annuel")


def plain(text):
    return " ".join(text.replace("&#39;", "'").split())


@pytest.mark.parametrize(("table", "first"), STUDIES.values(), ids=STUDIES)
def test_every_surface_gives_the_same_numbers(command, tmp_path, table, first):
    asked = ("simulate", EXAMPLES / table, "--from", YEARS[0], "--to", YEARS[-1])
    asked += ("--reform", "part_variable_60", "--report", tmp_path / "r.html")
    for suffix in ("csv", "parquet", "xlsx"):
        answer = command(*map(str, asked), "--output", tmp_path / f"r.{suffix}")
        assert answer.code == 0, answer.err
    rows = polars.read_parquet(tmp_path / "r.parquet")
    others = {
        "csv": polars.read_csv(tmp_path / "r.csv"),
        "xlsx": polars.read_excel(tmp_path / "r.xlsx", sheet_name="Résultats"),
    }
    for name, other in others.items():
        assert (
            other.select("scenario", "annee", "id").rows()
            == rows.select("scenario", "annee", "id").rows()
        ), name
        for amount in AMOUNTS:
            # A workbook keeps seventeen digits, as a float has.
            assert other[amount].to_list() == pytest.approx(rows[amount].to_list(), rel=1e-15)
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    titles, *lines = book["Totaux"].iter_rows(values_only=True)
    sheet = {(line[0], line[1]): dict(zip(titles, line, strict=True)) for line in lines}
    page = plain((tmp_path / "r.html").read_text(encoding="utf-8"))
    screen = plain(answer.out)
    names = {"droit_en_vigueur": "droit en vigueur"}
    shown = [name for name in AMOUNTS if rows[name].sum()]
    assert shown[-1] == first
    for (scenario, year), own in rows.group_by("scenario", "annee"):
        for amount in shown:
            total = own[amount].sum()
            written = sheet[year, names.get(scenario, scenario)][NAMES[amount][0]]
            assert written == pytest.approx(total, abs=1e-6)
            text = plain(euros(written))
            assert text in screen, (scenario, year, amount)
            assert f"{text} €" in page, (scenario, year, amount)
    # What is paid comes first wherever something is.
    assert screen.startswith(f"Totaux : {NAMES[first][0].lower()}")
    assert page.index(f"{NAMES[first][0]}, {YEARS[-1]}") > 0
    record = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert [each["nom"] for each in record["scenarios"]] == ["droit_en_vigueur", "part_variable_60"]
