"""What README.md shows is what the package does: its program, its call and its tables."""

import contextlib
import io
import json
import re
from pathlib import Path

import pytest
from openfisca_core.simulations import SimulationBuilder
from openfisca_web_api.handlers import calculate

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
FIRST_DAYS = {"25 August 2019": "year:2019-08-25", "3 September 2022": "year:2022-09-03"}


def test_the_program_prints_what_is_said():
    program, _ = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, {})
    assert printed.getvalue().strip() == "[487500.]"
    assert "prints `[487500.]`" in README
    assert len(program.strip().splitlines()) == 3


def test_the_reforms_are_compared_as_is_said(monkeypatch):
    _, program = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    monkeypatch.chdir(Path(__file__).parents[2])
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(program, {})
    assert "nouveaux_seuils" in printed.getvalue()
    assert "perdantes" in printed.getvalue()


def test_the_call_is_answered(system):
    (body,) = re.findall(r"-d '(.*?)'\nkill", README, flags=re.DOTALL)
    answer = calculate(system, json.loads(body))
    assert answer["communautes"]["Vallée"]["plafond_financement"] == {"2024": 487500}


@pytest.mark.parametrize("first_day", FIRST_DAYS)
def test_the_table_is_the_law(system, first_day):
    header = rf"\| from {first_day} \|.*\n\|.*\n((?:\|.*\n)+)"
    (table,) = re.findall(header, README)
    rows = re.findall(r"\| `(\w+)`[^|]*\|(.*)\|", table)
    assert len(rows) >= 9
    simulation = SimulationBuilder().build_from_variables(
        system, {"population": {"2019": [39_999, 40_000, 80_000, 175_001]}}
    )
    for name, cells in rows:
        shown = [int(cell.replace(" ", "")) for cell in cells.split("|")]
        assert simulation.calculate(name, FIRST_DAYS[first_day]).tolist() == shown, name
