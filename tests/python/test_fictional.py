"""The fictional communities give today what they gave when their results were stored."""

import io

import polars
import pytest
from fictional import DECIMALS, EXAMPLE, STORED, compute, path

from openfisca_cpts.outils.cli.application import run

HOW = "If every change is wanted: python tests/python/fictional.py, then look at git diff."
LEAST = 1e-5
"""The least change that counts, in euros."""


@pytest.fixture(scope="module")
def computed():
    return compute()


NAMES = sorted(file.stem for file in STORED.glob("*.csv"))


def test_every_table_is_stored(computed):
    assert sorted(computed) == NAMES, HOW


@pytest.mark.parametrize("name", NAMES)
def test_the_results_are_those_that_were_stored(computed, name):
    stored = polars.read_csv(path(name), schema=written(computed[name]).schema)
    now = written(computed[name])
    assert (now.columns, now.height) == (stored.columns, stored.height), HOW
    changed = []
    for column in now.columns:
        if now[column].dtype == polars.Float64:
            same = ((now[column] - stored[column]).abs() < LEAST).to_list()
        else:
            same = now[column].eq_missing(stored[column]).to_list()
        changed += [
            f"{column}: {stored[column][row]} -> {now[column][row]} in {now.row(row)[:4]}"
            for row, equal in enumerate(same)
            if not equal
        ]
    assert not changed, "\n".join([*changed[:20], f"{len(changed)} changes. {HOW}"])


def written(frame):
    """Give a frame as it reads back from its file."""
    text = frame.write_csv(float_precision=DECIMALS)
    types = {
        name: polars.Float64 if kind == polars.Float64 else polars.String
        for name, kind in frame.schema.items()
    }
    return polars.read_csv(io.StringIO(text), schema=types)


def test_both_commands_run_over_the_example(tmp_path, capsys):
    table = polars.read_csv(EXAMPLE, separator=";")
    assert table["id"].n_unique() == table.height >= 12
    assert all(name.startswith("CPTS fictive") for name in table["nom"])
    output = tmp_path / "r.csv"
    words = ["simulate", str(EXAMPLE), "--from", "2019", "--to", "2030", "--output", str(output)]
    assert run(words) == 0
    assert polars.read_csv(output).height == 12 * table.height
    for identifier in table["id"]:
        capsys.readouterr()
        assert run(["schedule", str(EXAMPLE), "--id", identifier]) == 0
        assert identifier in capsys.readouterr().out
