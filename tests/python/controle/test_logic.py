"""Small changes of formulas: each kind is made, and a weak test lets it live."""
# ruff: noqa: E501 (a table of cases is read across)

import shutil
from pathlib import Path

import pytest

from openfisca_cpts import DOSSIER, CountryTaxBenefitSystem
from openfisca_cpts.outils.controle import logic, logic_reviewed, reviewed
from openfisca_cpts.outils.controle.logic_bench import LogicBench, LogicVerdict
from openfisca_cpts.outils.controle.mutants import BaselineError

YAML_TESTS = Path(__file__).parents[2] / "yaml"
NAMES = ["a", "b", "parcours_part_fixe", "parcours_part_variable"]


def changed(tmp_path, body):
    """Give each mutant of the one statement of a function."""
    source = f"def formula(cpts, period):\n    {body}\n"
    path = tmp_path / "variables" / "essai.py"
    path.parent.mkdir()
    path.write_text(source, "utf-8")
    found = list(logic.mutations(tmp_path, path, NAMES))
    assert {each.function for each in found} <= {"formula"}
    texts = [logic.mutate(source, each.rank, NAMES) for each in found]
    return [text.partition("\n    ")[2].strip() for text in texts]


@pytest.mark.parametrize(
    ("body", "mutants"),
    [
        ("return x < y", ["return x <= y"]),
        ("return x >= y", ["return x > y"]),
        ("return x == y", ["return x != y"]),
        ("return x + y", ["return x - y", "return y * 0 + y", "return x + x * 0"]),
        ("return x * y", ["return 1 * y", "return x * 1"]),
        ("return x & y", ["return x | y", "return y & y", "return x & x"]),
        ("return ~x", ["return ~~x"]),
        ("return x if y else z", ["return z if y else z"]),
        ("return numpy.where(x, y, z)", ["return numpy.where(x, z, z)"]),
        ("return numpy.minimum(x, y)", ["return numpy.maximum(x, y)"]),
        ("return period.this_year", ["return period.last_year"]),
        ("return cpts('parcours_part_fixe', period)", ["return cpts('parcours_part_variable', period)"]),
        ("return cpts(f'{m}_part_variable', period)", ["return cpts(f'{m}_part_fixe', period)"]),
        ("return cpts('a', period)", ["return cpts('b', period)"]),
        ("return False", ["return True"]),
        ("return x[0]", ["return x[1]"]),
        ("x &= y", ["x = y", "x |= y"]),
        ("raise ValueError(x + y)", []),
        ("return x", []),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_made(tmp_path, body, mutants):
    assert changed(tmp_path, body) == mutants


def test_the_rules_are_changed_and_not_their_readers():
    files = {path.relative_to(DOSSIER).as_posix() for path in logic.files(DOSSIER)}
    assert {"variables/contrat.py", "missions/droits.py", "calcul/versements.py"} <= files
    assert not files & set(logic.READERS)
    assert all((DOSSIER / name).is_file() for name in logic.READERS)


@pytest.fixture
def few(tmp_path):
    """A folder of tests: one shipped file, or some text."""

    def write(text=None):
        folder = tmp_path / "epreuves"
        folder.mkdir()
        if text is None:
            shutil.copy(YAML_TESTS / "obligations.yaml", folder)
        else:
            (folder / "essai.yaml").write_text(text, "utf-8")
        return folder

    return write


def judged(folder, file="variables/obligations.py"):
    bench = LogicBench(DOSSIER, folder)
    wanted = [each for each in bench.mutations if each.file == file]
    assert wanted
    return list(bench.judge(wanted))


def test_the_tests_of_a_formula_notice_each_of_its_changes(few):
    assert all(verdict.killer for verdict in judged(few()))


def test_a_weak_test_lets_a_change_live(few):
    weak = """
- period: 2024
  input: {population: [0]}
  output: {commissaire_aux_comptes_requis: [false]}
"""
    verdicts = judged(few(weak))
    assert any(verdict.reached and verdict.killer is None for verdict in verdicts)


def test_a_formula_that_no_test_enters_is_told(few):
    verdicts = judged(few(), file="variables/region.py")
    assert {(verdict.reached, verdict.killer) for verdict in verdicts} == {(False, None)}


def test_a_test_that_fails_before_any_change_is_refused(few):
    wrong = "- {period: 2024, input: {population: [30000]}, output: {fonctionnement_annuel: [1]}}"
    with pytest.raises(BaselineError, match=r"essai\.yaml"):
        LogicBench(DOSSIER, few(wrong))


def test_the_reviewed_list_is_read_and_each_entry_names_a_function():
    entries, faults = logic_reviewed.read(DOSSIER)
    assert faults == []
    names = sorted(CountryTaxBenefitSystem().variables)
    known = {
        (f"{each.file}:{each.function}", each.text)
        for path in logic.files(DOSSIER)
        for each in logic.mutations(DOSSIER, path, names)
    }
    assert {(entry.function, change) for entry in entries for change in entry.changes} <= known


def test_an_entry_that_no_survivor_needs_is_refused():
    mutation = logic.LogicMutation("variables/a.py", 3, "b.formula", 0, "Lt → LtE")
    entry = logic_reviewed.Reviewed.model_construct(
        function="variables/a.py:b.formula", changes=["Lt → LtE", "Gt → GtE"], reason="Aucune."
    )
    assert reviewed.reason(mutation, [entry]) == "Aucune."
    alive, killed = LogicVerdict(mutation, None, True), LogicVerdict(mutation, "essai", True)
    said = [fault.message for fault in logic_reviewed.misplaced([entry], [alive])]
    assert said == ["variables/a.py:b.formula, Gt → GtE : aucun survivant ne le demande"]
    assert len(logic_reviewed.misplaced([entry], [killed])) == 2
