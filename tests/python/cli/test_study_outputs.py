"""The files of `simulate`: the same bytes elsewhere, all of them or none."""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import polars
import pytest
from study_words import YEARS, plain

from openfisca_cpts.outils import simulation
from openfisca_cpts.outils.cli import study_files

EXAMPLES = Path(__file__).parents[3] / "examples"


FILES = {
    "csv": ["r.csv", "r.execution.json", "r.html"],
    "parquet": ["r.execution.json", "r.html", "r.parquet"],
    "xlsx": ["r.execution.json", "r.html", "r.xlsx"],
}


@pytest.mark.parametrize("suffix", FILES)
def test_the_same_run_elsewhere_gives_the_same_bytes(command, tmp_path, suffix):
    """Same files, versions and options: same bytes, whatever the folder and the batches."""
    written = []
    for name in ("un", "deux"):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(EXAMPLES / "cpts_fictives.csv", folder)
        words = ("--reform", "seuils_lisses_neutres", "--variantes", "--by", "region")
        output = ("--output", folder / f"r.{suffix}", "--report", folder / "r.html")
        answer = command("simulate", folder / "cpts_fictives.csv", *YEARS, *words, *output)
        assert answer.code == 0, answer.err
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        files.pop("cpts_fictives.csv")
        assert not any(str(tmp_path).encode() in content for content in files.values())
        written.append(files)
    assert list(written[0]) == FILES[suffix]
    assert written[0] == written[1]
    record = json.loads(written[0]["r.execution.json"])
    hashes = {item["fichier"]: item["sha256"] for item in record["sorties"]}
    for name in ("r.html", f"r.{suffix}"):
        assert hashes[name] == hashlib.sha256(written[0][name]).hexdigest()


def test_the_record_says_what_was_read(command, tmp_path, table):
    reform = tmp_path / "ma_reforme.json"
    reform.write_text('{"aci.fonctionnement.taille_1": {"2026-01-01": 55000}}')
    output = tmp_path / "r.csv"
    words = ("--keep", "groupe", "--reform", reform, "--reform", "avance_50", "--output", output)
    assert command("simulate", table, *YEARS, *words).code == 0
    first = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert first["commande"] == (
        "openfisca-cpts simulate communautes.csv --from 2025 --to 2026 --reform ma_reforme.json "
        "--reform avance_50 --keep groupe --output r.csv"
    )
    content = hashlib.sha256(table.read_bytes()).hexdigest()
    assert first["entree"] == {"fichier": "communautes.csv", "sha256": content}
    assert first["annees"] == [2025, 2026]
    assert [scenario["nom"] for scenario in first["scenarios"]] == [
        "droit_en_vigueur",
        "ma_reforme",
        "avance_50",
    ]
    assert set(first["versions"]) == {
        "openfisca-cpts",
        "openfisca-core",
        "numpy",
        "polars",
        "python",
    }
    # The keys of a JSON file may come in any order; a figure that changes is another reform.
    reform.write_text('{ "aci.fonctionnement.taille_1" : {"2026-01-01": 55000} }')
    assert command("simulate", table, *YEARS, *words).code == 0
    again = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert again == first
    reform.write_text('{"aci.fonctionnement.taille_1": {"2026-01-01": 55001}}')
    assert command("simulate", table, *YEARS, *words).code == 0
    other = json.loads((tmp_path / "r.execution.json").read_text(encoding="utf-8"))
    assert other["scenarios"][1] != first["scenarios"][1]
    assert other["scenarios"][2] == first["scenarios"][2]


def test_rows_of_all_scenarios_are_written_unrounded(command, tmp_path, table):
    output = tmp_path / "r.csv"
    words = ("--keep", "groupe", "--reform", "seuils_lisses", "--variables", "financement_annuel")
    assert command("simulate", table, *YEARS, *words, "--output", output).code == 0
    written = polars.read_csv(output)
    assert written.columns == ["scenario", "annee", "id", "nom", "groupe", "financement_annuel"]
    assert written["scenario"].to_list() == ["droit_en_vigueur"] * 6 + ["seuils_lisses"] * 6
    assert written["annee"].to_list() == [2025, 2025, 2025, 2026, 2026, 2026] * 2
    assert written["id"].to_list() == ["a", "b", "c"] * 4
    amounts = written.filter(polars.col("scenario") == "seuils_lisses")["financement_annuel"]
    assert any(amount != round(amount, 2) for amount in amounts)


def test_too_many_rows_for_a_sheet_are_refused_before_computing(
    command, table, tmp_path, monkeypatch
):
    monkeypatch.setattr(study_files, "SHEET_ROWS", 12)

    def computed(*_):
        raise AssertionError("computed")

    output = tmp_path / "r.xlsx"
    words = ("--keep", "groupe", "--reform", "part_variable_60", "--output", output)
    with monkeypatch.context() as patched:
        patched.setattr(sys.modules[simulation.Study.__module__], "apply_law", computed)
        answer = command("simulate", table, *YEARS, *words)
    assert (answer.code, answer.out) == (2, "")
    assert (
        "Une feuille Excel ne tient pas 12 lignes : choisir .csv (CSV) ou .parquet (Parquet)."
        in (plain(answer.err))
    )
    assert not output.exists()
    monkeypatch.setattr(study_files, "SHEET_ROWS", 13)
    assert command("simulate", table, *YEARS, *words).code == 0


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failure_leaves_what_was_there_and_nothing_else(
    command, table, tmp_path, monkeypatch, failing
):
    """Whichever of the three files cannot take its place, all places hold what they held."""
    folder = tmp_path / "sorties"
    folder.mkdir()
    (folder / "r.csv").write_bytes(b"ancien")
    (folder / "r.execution.json").write_bytes(b"ancien")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    moved = []
    move = os.replace

    def fail(source, target):
        if ".neuf." in Path(source).name:
            moved.append(target)
            if len(moved) == failing:
                raise OSError(28, "No space left on device")
        move(source, target)

    monkeypatch.setattr(os, "replace", fail)
    output = ("--output", folder / "r.csv", "--report", folder / "r.html")
    answer = command("simulate", table, *YEARS, "--keep", "groupe", *output)
    assert (answer.code, answer.out) == (2, "")
    assert "ne s'écrit pas (No space left on device)" in answer.err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
