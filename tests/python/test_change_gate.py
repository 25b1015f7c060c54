"""A change of the law cannot land without a step of the version and an entry of the changelog."""
# ruff: noqa: E501 (lists of plants)

import copy
import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
SCRIPT = CHECKOUT / ".ci" / "change_gate.py"
CONTRACT = "openfisca_cpts/variables/contrat.py"
MADE = "openfisca_cpts/missions/bareme.py"
DECLARED = "openfisca_cpts/parameters/aci/missions/parcours/index.yaml"
AMOUNT = "openfisca_cpts/parameters/aci/missions/parcours/montant.yaml"
ENTRY = """## {version}

* Correction.
* Periods concerned: all.
* Areas: `aci`.
* Details:
  - An essay.

"""

sys.path.insert(0, str(SCRIPT.parent))
gate = importlib.import_module("change_gate")
law_snapshot = importlib.import_module("law_snapshot")
sys.path.remove(str(SCRIPT.parent))
Step = gate.Step


@pytest.fixture
def stored():
    return json.loads((CHECKOUT / gate.SNAPSHOT).read_text("utf-8"))


def asked(before, after):
    return max((step for step, _ in gate.changes(before, after)), default=Step.NONE)


def remove_variable(law):
    del law["variables"]["taille"]


def rename_variable(law):
    law["variables"]["grandeur"] = law["variables"].pop("taille")


def add_variable(law):
    law["variables"]["essai"] = law["variables"]["population"]


def change_period(law):
    law["variables"]["etape"]["period"] = "year"


def change_unit_of_variable(law):
    law["variables"]["population"]["unit"] = "month"


def remove_key(law):
    law["variables"]["taille"]["keys"].remove("taille_4")


def add_key(law):
    law["variables"]["taille"]["keys"].append("taille_5")


def change_default(law):
    law["variables"]["population"]["default"] = "1"


def change_formula(law):
    law["formulas"]["taille"] = "x"


def change_shared_code(law):
    law["shared"]["openfisca_cpts/calcul/dates.py"] = "x"


def change_value(law):
    law["parameters"]["aci.duree_contrat"]["2019-08-25"] = 6


def move_date(law):
    values = law["parameters"]["aci.duree_contrat"]
    values["2019-08-26"] = values.pop("2019-08-25")


def add_date(law):
    law["parameters"]["aci.duree_contrat"]["2030-01-01"] = 6


def change_statut(law):
    law["texts"]["aci.duree_contrat"] = "x"


def change_unit(law):
    law["units"]["aci.duree_contrat"] = "month"


def remove_parameter(law):
    for key in ("parameters", "units", "texts"):
        del law[key]["aci.duree_contrat"]


def add_parameter(law):
    for key in ("parameters", "units", "texts"):
        law[key]["aci.essai"] = law[key]["aci.duree_contrat"]


def rename_entity(law):
    law["entities"]["cpts"]["plural"] = "cpts"


def add_entity(law):
    law["entities"]["departement"] = {"plural": "departements", "roles": []}


def add_reform(law):
    law["reforms"]["essai"] = "x"


def remove_reform(law):
    law["reforms"].clear()


PLANTED = {
    Step.PATCH: [change_default, change_formula, change_shared_code, change_value, move_date, change_statut],
    Step.MINOR: [add_variable, add_key, add_date, add_parameter, add_entity, add_reform],
    Step.MAJOR: [remove_variable, rename_variable, change_period, change_unit_of_variable, remove_key, change_unit, remove_parameter, rename_entity],
}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "plant"),
    [(step, plant) for step, plants in PLANTED.items() for plant in plants],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_each_change_asks_for_its_step(stored, step, plant):
    changed = copy.deepcopy(stored)
    plant(changed)
    assert asked(stored, changed) is step


def test_a_reform_that_is_removed_is_a_name_that_others_lose(stored):
    before = copy.deepcopy(stored)
    add_reform(before)
    after = copy.deepcopy(before)
    remove_reform(after)
    assert asked(before, after) is Step.MAJOR


def test_no_change_asks_for_nothing(stored):
    assert gate.changes(stored, copy.deepcopy(stored)) == []


@pytest.mark.parametrize(
    ("before", "after", "step"),
    [
        ((0, 2, 0), (0, 2, 0), Step.NONE),
        ((0, 2, 0), (0, 2, 1), Step.PATCH),
        ((0, 2, 9), (0, 3, 0), Step.MINOR),
        ((0, 9, 9), (1, 0, 0), Step.MAJOR),
        ((0, 3, 0), (0, 2, 9), Step.NONE),
    ],
)
def test_steps_of_versions(before, after, step):
    assert gate.step(before, after) is step


def test_what_cannot_change_a_result_is_left_out():
    source = '"""Doc."""\nimport os\n\n\ndef f(x):\n    """Doc."""\n    return x  # why\n'
    same = "from sys import (\n    path,\n)\n# other\ndef f(x):\n    return x\n"
    other = source.replace("return x", "return -x")
    texts = [[text for _, text in law_snapshot.statements(each)] for each in (source, same, other)]
    assert texts[0] == texts[1] == ["def f(x):", "    return x"]
    assert texts[2] != texts[0]


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """A copy of the checkout, released as it stands."""
    root = tmp_path_factory.mktemp("released") / "depot"
    ignored = shutil.ignore_patterns("__pycache__", "outils", "data")
    shutil.copytree(CHECKOUT / "openfisca_cpts", root / "openfisca_cpts", ignore=ignored)
    (root / ".ci").mkdir()
    (root / "tests" / "python").mkdir(parents=True)
    for name in ("pyproject.toml", "CHANGELOG.md", "tests/python/public_contract.py"):
        shutil.copy(CHECKOUT / name, root / name)
    run(root, "--store")
    return root


@pytest.fixture
def checkout(released, tmp_path):
    """A fresh copy, to plant a change in."""
    return Path(shutil.copytree(released, tmp_path / "depot"))


def run(root, *words):
    command = [sys.executable, str(SCRIPT), "--root", str(root), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def edit(root, file, before, after):
    text = (root / file).read_text("utf-8")
    assert before in text
    (root / file).write_text(text.replace(before, after, 1), "utf-8")


def release(root, version):
    """Write a version and its entry."""
    current = law_snapshot.project_version(root)
    edit(root, "pyproject.toml", f'version = "{current}"', f'version = "{version}"')
    edit(root, "CHANGELOG.md", "## ", ENTRY.format(version=version) + "## ")


def above(root, part):
    version = list(gate.parse(law_snapshot.project_version(root)))
    version[part] += 1
    return ".".join(str(number) for number in (*version[: part + 1], 0, 0)[:3])


def test_nothing_is_asked_of_a_checkout_that_did_not_change(checkout):
    edit(checkout, CONTRACT, "class contrat_en_cours", "# a remark\nclass contrat_en_cours")
    edit(checkout, MADE, "    class montant", "    # a remark\n    class montant")
    edit(checkout, DECLARED, "metadata:", "# a remark\nmetadata:")
    edit(checkout, AMOUNT, "description:", "# a remark\ndescription:")
    result = run(checkout)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_corrected_value_needs_a_version_and_an_entry(checkout):
    edit(checkout, AMOUNT, "value: 50000", "value: 50001")
    result = run(checkout)
    assert result.returncode == 1
    assert "is not a patch step" in result.stdout
    assert "parameter aci.missions.parcours.montant.taille_1: a value" in result.stdout
    current = law_snapshot.project_version(checkout)
    edit(checkout, "pyproject.toml", f'"{current}"', f'"{above(checkout, 2)}"')
    assert "first entry of CHANGELOG.md" in run(checkout).stdout


def test_an_entry_says_periods_areas_and_details(checkout):
    edit(checkout, AMOUNT, "value: 50000", "value: 50001")
    version = above(checkout, 2)
    release(checkout, version)
    assert run(checkout).returncode == 0
    edit(checkout, "CHANGELOG.md", "* Periods concerned: all.\n", "")
    result = run(checkout)
    assert result.returncode == 1
    assert f"the entry {version} of CHANGELOG.md lacks « Periods concerned: »" in result.stdout


def test_a_removed_variable_needs_more_than_a_minor_step(checkout):
    edit(checkout, CONTRACT, "class date_resiliation", "class date_rupture")
    release(checkout, above(checkout, 1))
    result = run(checkout)
    assert result.returncode == 1
    assert "is not a major step" in result.stdout
    assert "variable date_resiliation: removed or renamed" in result.stdout
    assert "variable date_rupture: added" in result.stdout


def test_a_changed_formula_is_seen(checkout):
    edit(checkout, CONTRACT, "return contrat_couvre(", "return ~contrat_couvre(")
    result = run(checkout)
    assert result.returncode == 1
    assert "variable contrat_en_cours: formula or text changed" in result.stdout


def test_a_formula_changed_for_all_missions_is_seen(checkout):
    edit(
        checkout,
        MADE,
        "montant_par_taille(cpts, period, lus)",
        "0 * montant_par_taille(cpts, period, lus)",
    )
    said = run(checkout).stdout
    for mission in ("acces_soins", "crise_sanitaire", "qualite"):
        assert f"variable {mission}_montant: formula or text changed" in said
    assert "variable acces_soins_avance" not in said


def test_a_changed_declaration_is_seen_in_what_it_makes(checkout):
    edit(checkout, DECLARED, "prorata: true", "prorata: false")
    said = run(checkout).stdout
    assert "variable parcours_exercice_part_fixe: formula or text changed" in said
    assert "variable qualite_exercice_part_fixe" not in said


def test_a_release_is_stored_once_and_only_when_all_is_said(checkout):
    snapshot = checkout / gate.SNAPSHOT
    stored = snapshot.read_text("utf-8")
    result = run(checkout, "--store")
    assert result.returncode == 1
    assert "already stored" in result.stdout
    edit(checkout, AMOUNT, "value: 50000", "value: 50001")
    assert run(checkout, "--store").returncode == 1
    assert snapshot.read_text("utf-8") == stored
    release(checkout, above(checkout, 2))
    assert run(checkout, "--store").returncode == 0
    assert json.loads(snapshot.read_text("utf-8"))["version"] == law_snapshot.project_version(
        checkout
    )


def test_a_tag_above_the_snapshot_means_that_a_release_was_not_stored(checkout):
    git = ["git", "-C", str(checkout), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run([*git, *words], check=True)
    subprocess.run([*git, "tag", above(checkout, 0)], check=True)
    result = run(checkout)
    assert result.returncode == 1
    assert "is tagged" in result.stdout


def test_a_missing_snapshot_is_said(checkout):
    (checkout / gate.SNAPSHOT).unlink()
    result = run(checkout)
    assert result.returncode == 1
    assert "is missing" in result.stdout
