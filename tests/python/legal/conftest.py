"""A copy of the package in which an error can be planted."""

import shutil
from pathlib import Path

import pytest

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.legal.check import check


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
