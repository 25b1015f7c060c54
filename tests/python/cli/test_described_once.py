"""What a study shows is described once: a column that is added shows everywhere."""

import dataclasses
from pathlib import Path

import openpyxl
import polars
import pytest

from openfisca_cpts.outils.classeur.synthesis import NAME, STACKED
from openfisca_cpts.outils.cli import simulate as command_module
from openfisca_cpts.outils.cli import study_screen
from openfisca_cpts.outils.loi.words import STATUT_MEANINGS
from openfisca_cpts.outils.tables import of_study
from openfisca_cpts.outils.tables.described import Column

ROOT = Path(__file__).parents[3]
FICTIONAL = ROOT / "examples" / "cpts_fictives.csv"
ADDED = Column("essai", "Colonne ajoutée", "nombre", "Ajout")
BY_HAND = (
    *("totaux_par_taille", "totaux_detailles", "fourchettes"),
    *("avant_apres_taille", "avant_apres_region_ars"),
)
"""Tables that the page draws: it has those of each size, region and range beside their charts."""
RUNS = {
    "law": (),
    "by": ("--by", "region"),
    "reforms": (
        *("--reform", "seuils_lisses_neutres", "--reform", "nouveaux_seuils"),
        *("--variantes", "--by", "region"),
    ),
}


@pytest.fixture
def added(monkeypatch):
    """Describe every table with one more column."""
    described = {}

    def tables(*given):
        for key, table in of_study.tables(*given).items():
            described[key] = dataclasses.replace(
                table,
                columns=[*table.columns, ADDED],
                rows=table.rows.with_columns(polars.lit(7_654_321).alias(ADDED.key)),
            )
        return described

    monkeypatch.setattr(command_module, "tables", tables)
    return described


@pytest.mark.parametrize("words", RUNS.values(), ids=RUNS)
def test_an_added_column_shows_on_the_screen_in_the_workbook_and_in_the_report(
    command, added, tmp_path, words
):
    files = ("--output", tmp_path / "r.xlsx", "--report", tmp_path / "r.html")
    answer = command("simulate", FICTIONAL, "--from", "2023", "--to", "2024", *words, *files)
    assert answer.code == 0, answer.err
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    for table in added.values():
        if table.key in STACKED or table.title not in book:
            continue
        titles, first, *_ = book[table.title].iter_rows(values_only=True)
        if table.rows.height:
            assert (titles[-1], first[-1]) == ("Colonne ajoutée", 7_654_321), table.key
    left_out = {key for key, table in added.items() if table.title not in book} - set(STACKED)
    assert left_out <= {"certitude", "conventions", "fourchettes", "couts", "gagnants"}
    stacked = [added[key] for key in STACKED if key in added]
    synthesis = [cell for row in book[NAME].iter_rows(values_only=True) for cell in row]
    assert synthesis.count("Ajout") == sum(len(table.each()) for table in stacked)
    rows = sum(table.rows.height * len(table.each()) for table in stacked)
    assert synthesis.count(7_654_321) == rows
    headings = page.count('scope="col" class="nombre">Ajout<') + page.count('"col">Ajout<')
    shown = answer.out.count("Ajout")
    kinds = [key for key in study_screen.TOTALS if key in added]
    on_screen = [
        table for table in added.values() if not table.files_only and table.key not in kinds[1:]
    ]
    assert shown == sum(len(table.each()) for table in on_screen)
    in_page = [table for table in added.values() if table.rows.height and table.key not in BY_HAND]
    assert headings >= len(in_page)


def test_the_output_of_a_study_fits_eighty_columns_and_cuts_no_word(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for words in RUNS.values():
        answer = command("simulate", FICTIONAL, "--from", "2023", "--to", "2024", *words)
        lines = answer.out.splitlines()
        assert max(map(len, lines)) <= 80
        assert "…" not in answer.out
    said = " ".join(answer.out.split())
    for word in ("Bourgogne-Franche-Comté", "seuils_lisses_neutres", "nouveaux_seuils"):
        assert word in said.replace("- ", "-").replace("_ ", "_"), word


def test_the_guide_for_readers_gives_each_statut_the_same_meaning():
    guide = (ROOT / "LISEZMOI.md").read_text(encoding="utf-8")
    told = {key: meaning for key, meaning in STATUT_MEANINGS.items() if key != "reforme"}
    for key, meaning in told.items():
        assert f"| `{key}` | {meaning} |" in guide, key
