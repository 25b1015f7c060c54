"""The promise: a change of the law is an edit of YAML files, as LISEZMOI.md shows, and no Python.

The steps are read from LISEZMOI.md itself, and done on a copy of the package.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import openfisca_cpts

PACKAGE = Path(openfisca_cpts.__file__).parent
ROOT = Path(__file__).parents[2]
FILE = "parameters/aci/fonctionnement.yaml"


@pytest.fixture
def steps():
    text = (ROOT / "LISEZMOI.md").read_text(encoding="utf-8")
    section = text.partition("## Changer un chiffre, et le prouver\n")[2].partition("\n## ")[0]
    value, reference, proof = re.findall(r"```yaml\n(.*?)```", section, flags=re.DOTALL)
    return value, reference, proof


@pytest.fixture
def copy(tmp_path):
    without_caches = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "openfisca_cpts", ignore=without_caches)
    return tmp_path


def python_files(folder):
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.py")}


def run_proof(copy, proof):
    (copy / "avenant_3.yaml").write_text(proof, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONUTF8": "1"}
    command = "from openfisca_core.scripts.openfisca_command import main; main()"
    return subprocess.run(
        [sys.executable, "-c", command, "test", "-c", "openfisca_cpts", "avenant_3.yaml"],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def edit(copy, value, reference):
    path = copy / "openfisca_cpts" / FILE
    before, size, after = path.read_text(encoding="utf-8").partition(
        "taille_1:\n  description: Communauté de taille 1\n  metadata:\n"
    )
    existing = "    2019-08-25:\n      value: 50000\n"
    assert size
    assert after.count(existing) == 1
    text = before + size + reference + after.replace(existing, existing + value)
    path.write_text(text, encoding="utf-8")


def test_the_proof_fails_before_the_edit_and_passes_after(copy, steps):
    value, reference, proof = steps
    python_before = python_files(copy)
    without = run_proof(copy, proof)
    assert without.returncode != 0
    assert "fonctionnement_annuel@2027" in without.stdout
    edit(copy, value, reference)
    after = run_proof(copy, proof)
    assert after.returncode == 0, after.stdout
    assert "1 passed" in after.stdout
    assert python_files(copy) == python_before


def test_the_check_accepts_the_edit_and_refuses_it_without_its_source(copy, steps):
    from openfisca_cpts.outils.controle.check import check

    value, reference, _ = steps
    edit(copy, value, reference)
    assert not check(copy / "openfisca_cpts").faults
    shutil.copy(PACKAGE / FILE, copy / "openfisca_cpts" / FILE)
    edit(copy, value, "")
    faults = check(copy / "openfisca_cpts").faults
    assert any("2027-01-01" in str(fault) for fault in faults)
