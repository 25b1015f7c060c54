"""What the tests of the command share: one run, and what it printed."""

import dataclasses

import pytest

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
