"""`openfisca-cpts reforms`: the shipped reforms, what one changes, and the schema of a file."""

import json

import pytest

from openfisca_cpts import reforms


def plain(text):
    return " ".join(text.split())


def test_every_shipped_reform_is_listed_scenarios_first(command):
    answer = command("reforms")
    assert answer.code == 0
    names = [line.split()[0] for line in answer.out.splitlines() if line.strip()]
    shown = [name for name in names if name in (*reforms.SCENARIOS, *reforms.VARIANTES)]
    assert shown == [*reforms.SCENARIOS, *reforms.VARIANTES]
    for name in shown:
        assert plain(reforms.trouver(name).titre) in plain(answer.out)


def test_what_a_declared_reform_changes_and_from_which_text(command):
    answer = command("reforms", "show", "part_variable_60")
    assert answer.code == 0
    said = plain(answer.out)
    assert "aci.missions.qualite.part_variable : 50 % → 60 %, à partir du 01/01/2026" in said
    assert "Sénat, rapport d'information n° 32" in said
    assert "https://www.senat.fr/rap/r25-032/r25-0322.html" in answer.out
    assert "Réglages" not in said
    assert "Données à fournir" not in said


def test_the_dials_and_the_inputs_of_a_programmed_reform(command):
    said = plain(command("reforms", "show", "condition_sas").out)
    for name in reforms.trouver("condition_sas").donnees:
        assert f"{name} :" in said
    said = plain(command("reforms", "show", "enveloppe_fermee").out)
    assert "reformes.enveloppe_fermee.enveloppe : 170 000 000 €" in said
    assert "(hypothèse)" in said
    assert "se calcule sur toutes les communautés du tableau" in said


@pytest.mark.parametrize("name", [*reforms.SCENARIOS, *reforms.VARIANTES])
def test_each_shipped_reform_can_be_shown(command, name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    answer = command("reforms", "show", name)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith(f"{name}\n")
    # An address or a path that is longer than the screen stays whole, on a line of its own.
    assert all(len(line) <= 80 or " " not in line.strip() for line in answer.out.splitlines())


def test_an_unknown_reform_is_refused_with_the_nearest(command):
    answer = command("reforms", "show", "part_variabl_60")
    assert (answer.code, answer.out) == (2, "")
    assert "« part_variable_60 »" in answer.err


def test_the_schema_names_the_keys_of_a_reform_file(command):
    answer = command("reforms", "schema")
    assert answer.code == 0
    assert {"nom", "titre", "source", "parametres"} <= set(json.loads(answer.out)["properties"])


def test_the_skeleton_of_a_reform_is_taken_as_it_is(command, tmp_path):
    answer = command("reforms", "new", "essai", "--into", tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "essai").rglob("*.*")) == [
        *("__init__.py", "epreuve.yaml", "facteur.yaml", "reforme.yaml")
    ]
    table = tmp_path / "t.csv"
    table.write_text("id;population\na;30000\n")
    output = tmp_path / "r.csv"
    years = ("--from", "2026", "--to", "2026", "--output", output)
    run = command("simulate", table, *years, "--reform", tmp_path / "essai")
    assert run.code == 0, run.err
    assert "−50 000,00" in run.out.replace("\u00a0", " ")
    record = (tmp_path / "r.execution.json").read_text(encoding="utf-8")
    assert "--reform essai " in record
    assert str(tmp_path) not in record
    again = command("reforms", "new", "essai", "--into", tmp_path)
    assert (again.code, again.out) == (2, "")
    assert "existe déjà" in again.err
    for name, said in (("avance_50", "réforme livrée"), ("Essai", "lettres minuscules")):
        refused = command("reforms", "new", name, "--into", tmp_path)
        assert refused.code == 2
        assert said in refused.err
