"""What the tests of the command share: one run, and what it printed."""

import dataclasses

import pytest
from study_words import TABLE

from openfisca_cpts.outils.cli.application import run


@dataclasses.dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def command(capsys, monkeypatch):
    """Run the command with some words; a wide terminal keeps each message on one line."""
    monkeypatch.setenv("COLUMNS", "250")

    def call(*words):
        code = run([str(word) for word in words])
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return call


@pytest.fixture
def table(tmp_path):
    folder = tmp_path / "entree"
    folder.mkdir()
    path = folder / "communautes.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path
