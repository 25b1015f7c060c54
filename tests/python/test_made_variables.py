"""The variables of the missions are made: they are served, described and replaced as the others."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openfisca_core.parameters import ParameterNode
from openfisca_web_api.loader.variables import build_variables

from openfisca_cpts import CountryTaxBenefitSystem, legislation, reforms
from openfisca_cpts.missions.declaration import declarees, lire
from openfisca_cpts.missions.fabrique import mission_de
from openfisca_cpts.missions.versements import lignes
from openfisca_cpts.outils.controle import check as legal
from openfisca_cpts.reforms import Faute, ReformeRefusee

ROOT = Path(__file__).parents[2]
LINK = re.compile(r".*/blob/[^/]+(?P<file>/.*)#L(?P<first>\d+)-L(?P<last>\d+)")


@pytest.fixture(scope="module")
def law():
    return CountryTaxBenefitSystem()


def made(system):
    return {name: each for name, each in system.variables.items() if mission_de(each)}


def test_nearly_all_of_a_mission_is_made(law):
    defined = [
        name
        for name, variable in law.variables.items()
        if not mission_de(variable)
        and any(name.startswith(f"{mission.cle}_") for mission in declarees(law))
    ]
    assert defined == ["crise_sanitaire_exercice_part_fixe"]


@pytest.mark.parametrize("reform", [None, "france_sante"])
def test_each_is_served_with_the_source_of_its_formula(law, reform):
    system = law if reform is None else reforms.trouver(reform)(law)
    served = build_variables(system, system.get_package_metadata())
    variables = made(system)
    assert len(variables) > 100
    for name in variables:
        assert LINK.match(served[name]["source"]), name
        for formula in served[name].get("formulas", {}).values():
            link = LINK.match(formula["source"])
            lines = (ROOT / link["file"].lstrip("/")).read_text("utf-8").splitlines()
            shown = lines[int(link["first"]) - 1 : int(link["last"])]
            assert [line.strip() for line in shown] == [
                line.strip() for line in formula["content"].splitlines()
            ]
            assert shown[0].strip().startswith("def formula(cpts")


def test_a_formula_starts_the_day_its_figures_do(law):
    starts = {name: next(iter(each.formulas)) for name, each in made(law).items() if each.formulas}
    assert starts["parcours_part_variable"] == "2019-08-25"
    assert starts["crise_sanitaire_montant_actualisation"] == "2022-09-03"


def test_lines_are_in_the_order_of_the_article(law):
    access, *_, crisis, _, _ = declarees(law)
    assert [line.removeprefix("acces_soins_") for line in lignes(access)] == [
        *("avance", "solde", "part_variable_versee", "regularisation")
    ]
    assert list(lignes(crisis).values()) == ["avance", "solde", "regularisation"]


def test_the_missions_of_the_law_are_in_its_order(law):
    assert declarees(law) == legislation.missions()
    order = law.parameters.aci.missions.metadata["order"]
    assert [mission.cle for mission in declarees(law)] == order
    reformed = reforms.trouver("france_sante")(law)
    assert [mission.cle for mission in declarees(reformed)] == [*order, "france_sante"]
    assert [mission.cle for mission in declarees(law)] == order


def test_a_declaration_is_refused_where_it_is_read(tmp_path, law):
    folder = ROOT / "openfisca_cpts/parameters/aci/missions/parcours"
    node = ParameterNode("aci.missions.parcours", directory_path=str(folder))
    node.metadata["mission"]["parts"]["part_fixe"]["montant"] = "montants"
    del node.metadata["mission"]["categorie"]
    with pytest.raises(ValueError, match=r"aci\.missions\.parcours") as refusal:
        lire(node)
    assert "mission.parts.part_fixe.montant : « montants » n'est pas dans le" in str(refusal.value)
    assert "le plus proche est « montant »" in str(refusal.value)
    assert "la clé « categorie » est obligatoire" in str(refusal.value)


def test_the_check_says_where_the_law_that_it_runs_on_is_refused(tmp_path):
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "openfisca_cpts", tmp_path / "openfisca_cpts", ignore=ignored)
    index = tmp_path / "openfisca_cpts/parameters/aci/missions/parcours/index.yaml"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("montant: montant\n", "montant: montants\n", 1), encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from openfisca_cpts.outils.cli import main; sys.exit(main())",
            "check",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert "« montants » n'est pas dans le dossier" in done.stdout
    assert "1 faute." in done.stdout


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            ReformeRefusee("indexation", [Faute(("aci.fonctionnement.*", 0, "valeur"), "trop")]),
            (
                "reforms/scenarios/indexation.yaml",
                "parametres.aci.fonctionnement.*.0.valeur",
                "trop",
            ),
        ),
        (
            KeyError("montant"),
            ("reforms/scenarios/indexation.yaml", "indexation", "KeyError : 'montant'"),
        ),
    ],
)
def test_a_shipped_reform_that_does_not_apply_is_a_fault_of_the_check(monkeypatch, error, said):
    check_reform = legal.variables.check_reform

    def refuse(reform, *words, **named):
        if reform.nom == "indexation":
            raise error
        return check_reform(reform, *words, **named)

    monkeypatch.setattr(legal.variables, "check_reform", refuse)
    monkeypatch.setattr(legal, "_check_use", lambda *words: [])
    (fault,) = legal.check().faults
    file, path, message = said
    assert (fault.file, fault.path) == (file, path)
    assert message in fault.message
