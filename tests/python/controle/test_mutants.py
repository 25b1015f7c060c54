"""A change of the law that no test notices is found; what is said to have no effect has none."""

import csv
import dataclasses
import datetime

import pytest

from openfisca_cpts.outils.cli.mutants import mutants as command
from openfisca_cpts.outils.controle import equivalents, mutants
from openfisca_cpts.outils.controle.mutants import BaselineError, Verdict
from openfisca_cpts.outils.controle.mutations import Kind, Mutation, mutations
from openfisca_cpts.outils.controle.reviewed import reason
from openfisca_cpts.outils.loi import law

DAY = datetime.date(2019, 8, 25)
ONE_SIZE = """
- name: seule la taille 1
  period: 2024
  input: {population: [30000]}
  output: {fonctionnement_annuel: [50000]}
- name: la taille 2 est lue, et sa valeur n'est pas affirmée
  period: 2024
  input: {population: [50000]}
  output: {taille: [taille_2]}
"""


def judged(root, folder, units, wanted, workers=1):
    bench = mutants.prepare(root, folder)
    changes = [
        mutation
        for mutation in mutations(law.load(root), units)
        if equivalents.matches(mutation.place, wanted)
    ]
    return list(mutants.judge(bench, changes, workers))


def test_a_planted_figure_that_nothing_tests_survives_and_is_listed(
    package, plant_parameter, some_tests, run_command
):
    folder = some_tests("obligations")
    words = "--tests", folder, "--only", plant_parameter, "--workers", 1
    result = run_command(command, package, *words)
    assert result.exit_code == 1, result.output
    assert "obligations.essai" in result.output
    assert "153\u00a0000 devient 153\u00a0001" in result.output
    assert "4\u00a0mutants, 0\u00a0tué, 4\u00a0survivants" in result.output


def test_every_mutant_of_a_tested_figure_dies(some_tests, run_command, tmp_path):
    output = tmp_path / "mutants.csv"
    words = "--tests", some_tests("indemnites"), "--workers", 1, "--output", output
    result = run_command(command, *words, "--only", "indemnites.*")
    assert result.exit_code == 0, result.output
    assert "20\u00a0mutants, 15\u00a0tués, 0\u00a0survivant\u00a0; 5 sans effet" in result.output
    with output.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    for row in rows:
        assert bool(row["remarqué par"]) != bool(row["équivalent parce que"])


def test_the_figure_of_a_size_is_not_tested_by_another_size(some_tests, units, package):
    folder = some_tests(une_taille=ONE_SIZE)
    verdicts = judged(package, folder, units, "aci.fonctionnement.*")
    killed = {
        (verdict.mutation.place[-1], verdict.mutation.kind)
        for verdict in verdicts
        if verdict.killer
    }
    swapped = {("1", Kind.SWAPPED)}
    assert killed - swapped == {("1", Kind.MORE), ("1", Kind.LESS)}
    assert swapped <= killed


def test_two_processes_say_what_one_says(some_tests, units, package):
    folder = some_tests("fonctionnement")
    alone = judged(package, folder, units, "aci.fonctionnement.*", workers=1)
    together = judged(package, folder, units, "aci.fonctionnement.*", workers=2)
    assert together == alone
    assert {verdict.killer is None for verdict in alone} == {True, False}


def test_a_margin_that_hides_one_euro_lets_the_mutant_live(some_tests, units, package):
    text = ONE_SIZE.replace("  period: 2024\n", "  period: 2024\n  absolute_error_margin: 1\n", 1)
    verdicts = judged(package, some_tests(marge=text), units, "aci.fonctionnement.taille_1")
    survivors = {verdict.mutation.kind for verdict in verdicts if verdict.killer is None}
    assert survivors >= {Kind.MORE, Kind.LESS}


def test_the_law_as_it_stands_must_pass_first(some_tests, run_command, package):
    folder = some_tests(faux=ONE_SIZE.replace("[50000]", "[50001]", 2))
    with pytest.raises(BaselineError, match="seule la taille 1"):
        mutants.prepare(package, folder)
    result = run_command(command, "--tests", folder, "--workers", 1)
    assert result.exit_code == 1
    assert "Sans rien changer à la loi, des épreuves échouent" in result.output
    assert "faux.yaml : seule la taille 1" in result.output


def test_the_runner_of_the_mutants_runs_an_unchanged_law_too(some_tests, units, package):
    """A test that fails without a trace only would make every mutant look dead."""
    bench = mutants.prepare(package, some_tests(bon=ONE_SIZE))
    wrong = dataclasses.replace(bench.traced[0].test, content={"name": "faux"})
    bench.traced[0] = dataclasses.replace(bench.traced[0], test=wrong)
    with pytest.raises(BaselineError, match="faux"):
        next(mutants.judge(bench, list(mutations(law.load(package), units))))


def test_the_tests_that_read_the_figure_run_first(some_tests, package):
    folder = some_tests("indemnites", une_taille=ONE_SIZE)
    bench = mutants.prepare(package, folder)
    change = Mutation(Kind.MORE, "aci.fonctionnement.taille_1", DAY, 50000, 50001)
    order = mutants.order(bench.traced, change)
    assert sorted(order) == list(range(len(bench.traced)))
    assert bench.traced[order[0]].test.name == "seule la taille 1"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--tests", "nulle-part"), "n'existe pas"),
        (("--only", "aci.rien"), "n'est le chemin d'aucun chiffre"),
        (("--output", "mutants.txt"), ".csv"),
    ],
)
def test_bad_words_are_refused(some_tests, run_command, words, message):
    given = () if "--tests" in words else ("--tests", some_tests("indemnites"))
    result = run_command(command, *given, *words)
    assert result.exit_code == 2
    assert message in result.output


def test_a_folder_that_is_not_a_package_is_refused(run_command, tmp_path, some_tests):
    result = run_command(command, tmp_path, "--tests", some_tests("indemnites"))
    assert result.exit_code == 2
    assert "Ce dossier n'est pas celui d'un paquet : il manque" in result.output


ENTRY = """
- mutation: date_moins_un_jour
  dates: [2019-08-25]
  places: [aci.*.taille_1]
  reason: Un essai.
"""


@pytest.fixture
def reviewed(package):
    def write(text):
        (package / equivalents.REVIEWED).write_text(text, "utf-8")
        return equivalents.read(package)

    return write


def verdict(kind, place, killer=None):
    return Verdict(Mutation(kind, place, DAY, 1, 2), killer)


def test_an_entry_covers_what_it_names(reviewed):
    entries, faults = reviewed(ENTRY)
    assert faults == []
    survivor = verdict(Kind.EARLIER, "aci.fonctionnement.taille_1")
    assert reason(survivor.mutation, entries) == "Un essai."
    assert equivalents.misplaced(entries, [survivor]) == []
    for kind, place in (
        (Kind.LATER, "aci.fonctionnement.taille_1"),
        (Kind.EARLIER, "aci.fonctionnement.taille_2"),
        (Kind.EARLIER, "aci.missions.parcours.montant.taille_1"),
    ):
        assert reason(verdict(kind, place).mutation, entries) is None


def test_an_entry_that_a_test_contradicts_is_refused(reviewed):
    entries, _ = reviewed(ENTRY)
    survivor = verdict(Kind.EARLIER, "aci.fonctionnement.taille_1")
    killed = verdict(Kind.EARLIER, "aci.autre.taille_1", killer="x.yaml : y")
    (fault,) = equivalents.misplaced(entries, [survivor, killed])
    assert "remarqué par « x.yaml : y »" in fault.message


def test_an_entry_that_nothing_needs_is_refused(reviewed):
    entries, _ = reviewed(ENTRY.replace("2019-08-25]", "2019-08-25, 2020-01-01]"))
    survivor = verdict(Kind.EARLIER, "aci.fonctionnement.taille_1")
    (fault,) = equivalents.misplaced(entries, [survivor])
    assert "2020-01-01 : aucun survivant ne le demande" in fault.message


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("date_moins_un_jour", "date_moins_un_jours", "le plus proche est « date_moins_un_jour »"),
        ("2019-08-25", "2019-02-30", "n'existe pas dans le calendrier"),
        ("  reason: Un essai.\n", "", "la clé est obligatoire"),
        ("[aci.*.taille_1]", "[]", "au moins un élément"),
    ],
)
def test_a_badly_written_entry_is_refused(reviewed, before, after, message):
    entries, faults = reviewed(ENTRY.replace(before, after))
    assert entries == []
    assert message in faults[0].message
