"""A copy of the package in which an error can be planted."""

import shutil
from pathlib import Path

import pytest
import typer
from small_law import write
from typer.testing import CliRunner

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.cli.messages import FrenchCommand
from openfisca_cpts.outils.controle import tree
from openfisca_cpts.outils.controle.check import check
from openfisca_cpts.outils.fichiers.findings import Tally

YAML_TESTS = Path(__file__).parents[2] / "yaml"


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    """One copy a session: a file edited meanwhile is not taken for a planted error."""
    folder = tmp_path_factory.mktemp("original") / "paquet"
    ignored = shutil.ignore_patterns("__pycache__", "*.csv", "*.parquet")  # big, and never read
    return Path(shutil.copytree(DOSSIER, folder, ignore=ignored))


@pytest.fixture(scope="session")
def untouched(original):
    """The report on a copy in which nothing was planted."""
    return check(original)


@pytest.fixture
def package(original, tmp_path):
    """The folder of a fresh copy of the package."""
    return Path(shutil.copytree(original, tmp_path / "paquet"))


@pytest.fixture
def new_faults(package, untouched):
    """Check the copy and give the faults that the untouched one does not have."""

    def run():
        return [fault for fault in check(package).faults if fault not in untouched.faults]

    return run


@pytest.fixture
def plant(package, new_faults):
    """Replace one passage of one file, once, then give the new faults."""

    def run(file, before, after):
        path = package / file
        text = path.read_text(encoding="utf-8")
        assert before in text, f"{file} has changed: plant the error elsewhere"
        path.write_text(text.replace(before, after, 1), encoding="utf-8")
        return new_faults()

    return run


@pytest.fixture(scope="session")
def units():
    """The known units, by name."""
    return tree.read_units(DOSSIER, Tally())[0]


@pytest.fixture
def run_command():
    """Run one command of the application: its function, then its words."""

    def run(command, *words):
        app = typer.Typer()
        app.command(cls=FrenchCommand)(command)
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


@pytest.fixture
def some_tests(tmp_path):
    """Write a folder of YAML tests: shipped files by name, and files of their own by text."""
    folder = tmp_path / "epreuves"
    folder.mkdir()

    def write(*shipped, **own):
        for name in shipped:
            shutil.copy(YAML_TESTS / f"{name}.yaml", folder / f"{name}.yaml")
        for name, text in own.items():
            (folder / f"{name}.yaml").write_text(text, "utf-8")
        return folder

    return write


@pytest.fixture
def plant_parameter(package):
    """Write a figure that no formula reads in the copy of the package."""
    folder = package / "parameters/obligations"
    source = (folder / "seuil_commissaire_aux_comptes.yaml").read_text("utf-8")
    (folder / "essai.yaml").write_text(source, "utf-8")
    index = folder / "index.yaml"
    key = "    - seuil_commissaire_aux_comptes\n"
    text = index.read_text("utf-8")
    assert key in text
    index.write_text(text.replace(key, f"{key}    - essai\n"), "utf-8")
    return "obligations.essai"


@pytest.fixture
def small_law(tmp_path):
    """Write a law of a few figures (`small_law.write`), and give the faults of its sources."""

    def faults(*figures, acts=None):
        write(tmp_path, figures, acts)
        return tree.check(tmp_path, tree.read_units(tmp_path, Tally())[0], Tally())[1]

    return faults


@pytest.fixture
def read_in():
    """Make one reference: its nature, its note and its other keys."""

    def make(nature, note, title="Une page", **keys):
        return {"title": title, "nature": nature, "note": note, **keys}

    return make
