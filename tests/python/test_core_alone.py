"""The core imports and computes without the extra: openfisca-core and PyYAML are enough."""

import subprocess
import sys

TOOLS = ("fastexcel", "polars", "pydantic", "rich", "typer", "xlsxwriter")

PROGRAM = f"""
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {TOOLS!r}:
            raise ImportError(name + " is a tool of the extra")

sys.meta_path.insert(0, Absent())
from openfisca_core.simulations import SimulationBuilder
from openfisca_cpts import CountryTaxBenefitSystem

simulation = SimulationBuilder().build_from_variables(
    CountryTaxBenefitSystem(), {{"population": {{"2023": [175_000]}}}}
)
print(simulation.calculate("plafond_financement", "2023")[0])
import openfisca_web_api.app
"""


def test_the_core_needs_no_tool():
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == "487500.0"
