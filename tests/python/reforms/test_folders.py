"""A reform in a folder of one's own: its skeleton, what it changes, what is refused."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars
import pytest

from openfisca_cpts.outils.fichiers.new_reform import skeleton
from openfisca_cpts.outils.simulation import RequestError, simulate

SHIPPED = Path(__file__).parents[3] / "openfisca_cpts" / "reforms" / "scenarios"
TABLE = polars.DataFrame({"id": ["a", "b"], "population": [30_000, 60_000]})
FUNCTIONING = ["fonctionnement_annuel"]


def write(folder, files):
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def amounts(reform, year=2026):
    rows = simulate(TABLE, year, [reform], variables=FUNCTIONING)
    return rows.filter(polars.col("scenario") != "droit_en_vigueur")["fonctionnement_annuel"]


def test_the_skeleton_runs_and_its_test_passes(tmp_path):
    folder = write(tmp_path / "essai", skeleton("essai"))
    for given in (folder, str(folder), f"{folder}/"):
        assert amounts(given).to_list() == pytest.approx([55_000, 66_000])
    assert amounts(folder, 2025).to_list() == [50_000, 60_000]
    joined = amounts(f"{folder}+fonctionnement_eteint")
    assert joined.to_list() == pytest.approx([55_000, 66_000])
    done = subprocess.run(
        [
            *(Path(sys.executable).with_name("openfisca"), "test"),
            *("--country-package", "openfisca_cpts", "essai/epreuve.yaml"),
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_its_figures_are_dials(tmp_path):
    folder = write(tmp_path / "essai", skeleton("essai"))
    (folder / "parametres" / "facteur.yaml").write_text(
        (folder / "parametres" / "facteur.yaml").read_text("utf-8").replace("1.1", "2"), "utf-8"
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
