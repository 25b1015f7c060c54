"""The tests run in process give the verdicts of openfisca-core's own runner."""

from pathlib import Path

import pytest
from openfisca_core.tools.test_runner import YamlFile

from openfisca_cpts.outils.controle import yaml_tests
from openfisca_cpts.outils.controle.mutations import Kind, Mutation, apply, mutations
from openfisca_cpts.outils.fichiers.findings import TestsRefusedError
from openfisca_cpts.outils.loi import law

FOLDER = Path(__file__).parents[2] / "yaml"


def official(session, system, folder):
    """Collect and run every file as `openfisca test` does; give the titles of the failures."""
    failures, titles = [], []
    for path in sorted(folder.rglob("*.yaml")):
        file = YamlFile.from_parent(session, path=path, tax_benefit_system=system, options={})
        for item in file.collect():
            title = f"{path.relative_to(folder).as_posix()} : {item.test.name}"
            titles.append(title)
            try:
                item.runtest()
            except Exception:
                failures.append(title)
    return titles, failures


def ours(system, folder):
    tests = yaml_tests.read(folder)
    return (
        [test.title for test in tests],
        [test.title for test in tests if yaml_tests.run(test, system).error],
    )


def test_every_shipped_test_passes_in_both(request):
    titles, failures = ours(law.load(), FOLDER)
    assert failures == []
    assert len(titles) > 200
    assert official(request.session, law.load(), FOLDER) == (titles, failures)


@pytest.mark.parametrize(
    ("kind", "place", "least"),
    [
        (Kind.MORE, "aci.missions.parcours.montant.taille_3", 10),  # one euro
        (Kind.LATER, "aci.duree_contrat", 1),  # one day: formulas that raise
    ],
)
def test_the_same_tests_fail_in_both_on_a_changed_law(request, units, kind, place, least):
    systems = law.load(), law.load()
    mutation = next(
        each for each in mutations(systems[0], units) if (each.kind, each.place) == (kind, place)
    )
    for system in systems:
        apply(mutation, system)
    titles, failures = ours(systems[0], FOLDER)
    assert least <= len(failures) < len(titles)
    assert official(request.session, systems[1], FOLDER) == (titles, failures)


def test_the_same_tests_fail_in_both_when_badly_written(request, tmp_path):
    (tmp_path / "mauvais.yaml").write_text(
        """
- name: bon
  period: 2024
  input: {population: [50000]}
  output: {taille: [taille_2], fonctionnement_annuel: [60000]}
- name: sans résultat
  period: 2024
  input: {population: [50000]}
- name: résultat vide
  period: 2024
  input: {population: [50000]}
  output: {}
- name: un euro de trop
  period: 2024
  input: {population: [50000]}
  output: {fonctionnement_annuel: [60001]}
- name: dans la marge
  period: 2024
  absolute_error_margin: 1
  input: {population: [50000]}
  output: {fonctionnement_annuel: [60001]}
- name: marge d'une autre variable
  period: 2024
  absolute_error_margin: {default: 0, plafond_financement: 1}
  input: {population: [50000]}
  output: {fonctionnement_annuel: [60001]}
- name: variable inconnue
  period: 2024
  input: {population: [50000]}
  output: {fonctionement: [60000]}
- name: saisie refusée
  period: 2024
  input: {population: [-1]}
  output: {taille: [taille_1]}
- name: une clé de trop
  period: 2024
  entree: {population: [50000]}
  output: {taille: [indeterminee]}
- name: sous une réforme
  period: 2024
  reforms: openfisca_cpts.reforms.seuil_80000_taille_2
  input: {population: [80000]}
  output: {taille: [taille_2]}
- name: sans la réforme
  period: 2024
  input: {population: [80000]}
  output: {taille: [taille_2]}
- name: par communauté
  period: 2024
  input: {communautes: {a: {population: 50000}, b: {population: 10}}}
  output: {communautes: {a: {fonctionnement_annuel: 60000}, b: {fonctionnement_annuel: 50000}}}
""",
        "utf-8",
    )
    titles, failures = ours(law.load(), tmp_path)
    passed = [title.partition(" : ")[2] for title in titles if title not in failures]
    assert passed == ["bon", "résultat vide", "dans la marge", "sous une réforme", "par communauté"]
    # « une clé de trop » cannot even be collected by the official runner: it stops the file.
    kept = (tmp_path / "mauvais.yaml").read_text("utf-8").split("- name: ")
    kept = [block for block in kept if not block.startswith("une clé de trop")]
    (tmp_path / "mauvais.yaml").write_text("- name: ".join(kept), "utf-8")
    assert official(request.session, law.load(), tmp_path) == ours(law.load(), tmp_path)


def test_a_run_changes_neither_the_test_nor_the_law():
    tests = yaml_tests.read(FOLDER / "region.yaml")
    system = law.load()
    before = [repr(test.content) for test in tests], repr(system.parameters)
    first, second = ([yaml_tests.run(test, system).error for test in tests] for _ in range(2))
    assert first == second == [None] * len(tests)
    assert before == ([repr(test.content) for test in tests], repr(system.parameters))


def test_what_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(TestsRefusedError, match="n'existe pas"):
        yaml_tests.read(tmp_path / "rien")
    with pytest.raises(TestsRefusedError, match="Aucune épreuve"):
        yaml_tests.read(tmp_path)
    (tmp_path / "faux.yaml").write_text("- name: [", "utf-8")
    with pytest.raises(TestsRefusedError, match=r"faux\.yaml"):
        yaml_tests.read(tmp_path)
    (tmp_path / "faux.yaml").write_text("- name", "utf-8")
    with pytest.raises(TestsRefusedError, match="table de clés"):
        yaml_tests.read(tmp_path)


def test_a_test_of_a_reform_is_not_one_of_the_law():
    content = {"name": "x", "output": {}}
    assert yaml_tests.YamlTest("x.yaml", 0, content).of_the_law
    for key in ("reforms", "extensions", "parameters"):
        assert not yaml_tests.YamlTest("x.yaml", 0, {**content, key: "y"}).of_the_law


def test_a_mutation_of_nothing_is_refused():
    with pytest.raises(KeyError):
        apply(Mutation(Kind.MORE, "aci.rien", None, 0, 1), law.load())
