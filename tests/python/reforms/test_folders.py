"""A reform in a folder of one's own: its skeleton, what it changes, what is refused."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars
import pytest

from openfisca_cpts.outils.fichiers.new_reform import skeleton
from openfisca_cpts.outils.simulation import RequestError, simulate, study

SHIPPED = Path(__file__).parents[3] / "openfisca_cpts" / "reforms" / "scenarios"
TABLE = polars.DataFrame({"id": ["a", "b"], "population": [30_000, 60_000]})
FIFTH = Path(__file__).parents[3] / "examples" / "cinquieme_taille"
FUNCTIONING = ["fonctionnement_annuel"]


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def amounts(reform, year=2026):
    rows = simulate(TABLE, year, [reform], variables=FUNCTIONING)
    return rows.filter(polars.col("scenario") != "droit_en_vigueur")["fonctionnement_annuel"]


def run_of(folder):
    """Run the YAML test of a folder, from the one that holds it."""
    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("openfisca"), "test"),
            *("--country-package", "openfisca_cpts", f"{folder.name}/epreuve.yaml"),
        ],
        cwd=folder.parent,
        env=os.environ | {"PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_a_fifth_size_is_an_example_that_works():
    assert "1 passed" in run_of(FIFTH)
    table = polars.DataFrame({"id": ["a", "b"], "population": [300_000, 300_001]})
    given = {"variables": ["taille", "financement_annuel"], "keep": "*"}
    rows = simulate(table, [2025, 2026], [FIFTH, f"{FIFTH}+avance_50"], **given)
    sizes = rows.filter(annee=2026).group_by("scenario", maintain_order=True).agg("taille")
    assert sizes["taille"].to_list() == [
        ["taille_4", "taille_4"],
        *[["taille_4", "taille_5"]] * 2,
    ]
    settings = ["reformes.cinquieme_taille.seuil=400000@2026-01-01"]
    with study(table, 2026, [FIFTH], settings=settings, variables=["taille"]) as done:
        assert set(done.rows.collect()["taille"]) == {"taille_4"}


def test_the_skeleton_runs_and_its_test_passes(tmp_path):
    folder = write(tmp_path / "essai", skeleton("essai"))
    for given in (folder, str(folder), f"{folder}/"):
        assert amounts(given).to_list() == [0, 0]
    assert amounts(folder, 2025).to_list() == [50_000, 60_000]
    joined = amounts(f"{folder}+fonctionnement_eteint")
    assert joined.to_list() == [0, 0]
    assert "1 passed" in run_of(folder)


def test_its_figures_are_dials(tmp_path):
    folder = write(tmp_path / "essai", skeleton("essai"))
    (folder / "parametres" / "facteur.yaml").write_text(
        (folder / "parametres" / "facteur.yaml").read_text("utf-8").replace("value: 0", "value: 2"),
        "utf-8",
    )
    assert amounts(folder).to_list() == [100_000, 120_000]


@pytest.mark.parametrize("name", ["seuils_lisses", "petit_territoire", "demarrage_plus_50"])
def test_a_shipped_reform_moved_to_a_folder_of_ones_own_gives_the_same(tmp_path, name):
    shutil.copytree(SHIPPED / name, tmp_path / name)
    table = {"date_signature_contrat": ["2026-03-01", "2026-03-01"]}
    given = TABLE.with_columns(**{key: polars.Series(value) for key, value in table.items()})
    columns = ["financement_annuel", "versement_annuel"]
    shipped, own = (
        simulate(given, [2021, 2026], [each], variables=columns).select("annee", *columns)
        for each in (name, tmp_path / name)
    )
    assert own.equals(shipped)


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("reforme.yaml", "nom: essai\n", "clés attendues : titre, source"),
        ("reforme.yaml", "[", "du YAML en UTF-8 est attendu"),
        ("__init__.py", "1 / 0\n", "le code ne se charge pas : ZeroDivisionError"),
        ("__init__.py", "import nowhere\n", "ModuleNotFoundError"),
        ("__init__.py", "", "une classe de réforme du nom de « essai » est attendue"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path, path, text, said):
    folder = write(tmp_path / "essai", skeleton("essai"))
    (folder / path).write_text(text, encoding="utf-8")
    with pytest.raises(RequestError, match=said):
        amounts(folder)


def test_a_folder_that_holds_no_reform_is_said(tmp_path):
    with pytest.raises(RequestError, match=r"n'a pas de fichier « reforme\.yaml »"):
        amounts(str(tmp_path))


@pytest.mark.parametrize("name", ["Essai", "é", "a b", "../x", ""])
def test_a_name_that_cannot_be(name):
    with pytest.raises(ValueError, match="lettres minuscules"):
        skeleton(name)
