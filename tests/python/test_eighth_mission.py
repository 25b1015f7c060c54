"""A mission from 2027 is YAML alone: a copy with the act, folder and test of LISEZMOI.md, no more.

Everything that a mission touches runs on the copy: its tests, the check, every shipped reform, and
what the commands and the site show.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEY = "sante_mentale"
LABEL = "Santé mentale"
MISSIONS = "openfisca_cpts/parameters/aci/missions"
COPIED = ("openfisca_cpts", "tests", "docs", "examples", ".ci")
FILES = ("README.md", "LISEZMOI.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "pyproject.toml")
TABLE = """id;population_2026;date_signature_contrat;{key}_date_demarrage;{key}_taux_atteinte
a;60000;2026-03-10;2027-03-10;0,5
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The checkout with the new act, folder and test, as LISEZMOI.md says, and nothing else."""
    folder = tmp_path_factory.mktemp("depot")
    ignored = shutil.ignore_patterns("__pycache__", "node_modules")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    text = (ROOT / "LISEZMOI.md").read_text(encoding="utf-8")
    section = text.partition("## Ajouter une mission, et le prouver\n")[2].partition("\n## ")[0]
    steps = re.findall(r"```yaml\n(.*?)```", section, flags=re.DOTALL)
    act, index, amount, share, place, proof = steps
    mission = folder / MISSIONS / KEY
    mission.mkdir()
    for name, content in (("index", index), ("montant", amount), ("part_variable", share)):
        (mission / f"{name}.yaml").write_text(content, encoding="utf-8")
    acts = folder / "openfisca_cpts/textes.yaml"
    acts.write_text(f"{acts.read_text(encoding='utf-8')}\n{act}", encoding="utf-8")
    order = folder / MISSIONS / "index.yaml"
    order.write_text(order.read_text(encoding="utf-8") + place, encoding="utf-8")
    (folder / "tests/yaml/missions" / f"{KEY}.yaml").write_text(proof, encoding="utf-8")
    (folder / "table.csv").write_text(TABLE.format(key=KEY), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(copy):
    """Run Python in the copy; gives what it printed."""

    def run(*words):
        environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONUTF8": "1", "COLUMNS": "200"}
        done = subprocess.run(
            [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return done.stdout

    return run


@pytest.fixture(scope="module")
def command(run):
    program = "from openfisca_cpts.outils.cli import main; main()"
    return lambda *words: run("-c", program, *words)


def test_no_python_was_added(copy):
    ours = {path.relative_to(ROOT) for path in (ROOT / "openfisca_cpts").rglob("*.py")}
    theirs = {path.relative_to(copy) for path in (copy / "openfisca_cpts").rglob("*.py")}
    assert theirs == ours
    assert all((copy / path).read_bytes() == (ROOT / path).read_bytes() for path in ours)


def test_the_check_is_complete(command):
    assert "Aucune faute." in command("check")


def test_the_yaml_tests_pass(run):
    program = "from openfisca_core.scripts.openfisca_command import main; main()"
    assert "failed" not in run("-c", program, "test", "-c", "openfisca_cpts", "tests/yaml")


REFORMS = f"""
import json
from openfisca_core.simulations import SimulationBuilder
from openfisca_cpts import CountryTaxBenefitSystem, reforms

law = CountryTaxBenefitSystem()
found = {{}}
for name in (None, *reforms.SCENARIOS, *reforms.VARIANTES):
    reform = None if name is None else reforms.trouver(name)
    if reform is not None and reform.equilibre is not None:
        reform = reform.avec(1)
    system = law if reform is None else reform(law)
    inputs = {{
        "population": {{"2026": [15_000, 60_000]}},
        "{KEY}_retenue": {{"2027": [True, True], "2028": [True, True]}},
        "{KEY}_taux_atteinte": {{"2027": [1, 1], "2028": [1, 1]}},
        "{KEY}_date_demarrage": {{"ETERNITY": ["2027-03-10", "2027-03-10"]}},
        "date_signature_contrat": {{"ETERNITY": ["2026-03-10", "2026-03-10"]}},
    }}
    simulation = SimulationBuilder().build_from_variables(system, inputs)
    simulation.calculate("financement_annuel", "2026")
    simulation.calculate("versement_annuel", "2028")
    found[name or "loi"] = {{
        f"{{variable}} {{year}}": simulation.calculate(variable, year).tolist()
        for variable in ("{KEY}_montant", "{KEY}_part_variable", "plafond_missions_complementaires")
        for year in ("2026", "2027")
    }}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def reformed(run):
    return json.loads(run("-c", REFORMS))


def test_totals_hold_the_mission_from_its_day_on(reformed):
    law = reformed["loi"]
    assert law[f"{KEY}_montant 2026"] == [0, 0]
    assert law[f"{KEY}_montant 2027"] == [12_000, 16_000]
    before, after = (law[f"plafond_missions_complementaires {year}"] for year in (2026, 2027))
    assert [new - old for old, new in zip(before, after, strict=True)] == [12_000, 16_000]


def test_every_shipped_reform_applies_and_reaches_it(reformed):
    amount, variable = f"{KEY}_montant 2027", f"{KEY}_part_variable 2027"
    assert reformed["indexation"][amount] == pytest.approx([12_000 * 1.0404, 16_000 * 1.0404])
    assert reformed["part_variable_60"][variable] == pytest.approx([7_200, 9_600])
    assert reformed["part_variable_par_etapes"][variable] == pytest.approx([7_200, 9_600])
    assert reformed["petit_territoire"][amount] == [6_000, 16_000]
    assert all(values[f"{KEY}_montant 2026"] == [0, 0] for values in reformed.values())


def test_simulate_gives_its_amounts(command, copy):
    command("simulate", "table.csv", "--from", "2026", "--to", "2028", "--output", "resultats.csv")
    lines = (copy / "resultats.csv").read_text(encoding="utf-8-sig").splitlines()
    titles = re.split("[;,]", lines[0])
    place = titles.index(f"{KEY}_montant")
    amounts = [float(re.split("[;,]", line)[place]) for line in lines[1:]]
    assert amounts == [0, 16_000, 16_000]


def test_schedule_shows_its_lines(command):
    plan = command("schedule", "table.csv", "--id", "a")
    assert re.search(r"avance 75.%, part fixe, santé mentale, exercice 2", plan)
    assert re.search(r"part variable à 50.%, santé mentale, exercice 2", plan)


def test_bareme_shows_it_once_it_exists(command):
    assert LABEL not in command("bareme", "--date", "2026-12-31")
    shown = command("bareme", "--date", "2027-01-01")
    assert LABEL in shown
    assert re.search(r"dont part variable \(40.%\)", shown)


def test_the_template_has_its_columns_and_keeps_this_year(run):
    titles = run(
        "-c",
        "from openfisca_cpts.outils.classeur.template import write_template\n"
        "from pathlib import Path\n"
        "import openpyxl\n"
        "write_template(Path('modele.xlsx'))\n"
        "print(*(cell.value for cell in openpyxl.load_workbook('modele.xlsx').worksheets[0][1]))",
    ).split()
    assert f"{KEY}_date_demarrage" in titles
    assert next(title for title in titles if title.startswith("population_")) == "population_2026"
    missions = [title for title in titles if title.endswith("_date_demarrage")]
    assert missions[-1] == f"{KEY}_date_demarrage"


def test_the_contract_the_mutants_and_the_snapshot_hold_it(run):
    program = (
        "import sys, json; sys.path[:0] = ['tests/python', '.ci']\n"
        "import public_contract, law_snapshot\n"
        "from pathlib import Path\n"
        "from openfisca_cpts.outils.controle import mutations, tree\n"
        "from openfisca_cpts.outils.loi import law\n"
        "from openfisca_cpts.outils.fichiers.findings import Tally\n"
        "units, _ = tree.read_units(Path('openfisca_cpts').resolve(), Tally())\n"
        "places = {m.place for m in mutations.mutations(law.load(), units)}\n"
        "contract = public_contract.current()\n"
        "snapshot = law_snapshot.snapshot(Path('.').resolve())\n"
        "print(json.dumps([sorted(places), sorted(contract['variables']), "
        "sorted(snapshot['formulas'])]))"
    )
    places, variables, formulas = json.loads(run("-c", program))
    assert {f"aci.missions.{KEY}.part_variable", f"{KEY}_montant"} <= set(places)
    assert {f"{KEY}_avance", f"{KEY}_retenue", f"{KEY}_part_variable_versee"} <= set(variables)
    assert f"{KEY}_exercice_prorata" in formulas


def test_the_plain_reference_agrees(run):
    run("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/python/test_against_reference.py")


def test_the_site_has_its_pages(run, copy):
    run("-m", "openfisca_cpts.outils.site", "site")
    for page in (f"variables/{KEY}_avance.html", f"chiffres/aci.missions.{KEY}.html"):
        assert (copy / "site" / page).is_file()
    assert LABEL in (copy / "site/variables/index.html").read_text(encoding="utf-8")
