"""Each mutation changes what it says, nothing else, and no other copy of the law."""

import collections
import datetime
import itertools
import re
from pathlib import Path

import numpy
import pytest

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.controle import equivalents, reviewed
from openfisca_cpts.outils.controle.mutations import TEXT, Kind, apply, mutations
from openfisca_cpts.outils.fichiers.schema import SIZES
from openfisca_cpts.outils.loi import law
from openfisca_cpts.outils.loi.leaves import leaves

README = Path(__file__).parents[3] / "README.md"
AMOUNT = "aci.missions.acces_soins.montant.taille_2"
AMENDMENT = datetime.date(2022, 9, 3)


def figures(system):
    """Every value of every figure, by path and date."""
    return {
        (leaf.path, value.instant_str): value.value
        for leaf in leaves(system.parameters)
        for value in leaf.parameter.values_list
    }


def sources(system):
    return {leaf.path: repr(leaf.parameter.metadata) for leaf in leaves(system.parameters)}


@pytest.fixture(scope="module")
def every(units):
    return list(mutations(law.load(), units))


def test_the_readme_gives_the_count(every):
    text = " ".join(README.read_text("utf-8").split())
    found = re.search(r"of (\d+) mutants, (\d+) are noticed, none survives, and (\d+) have", text)
    entries, _ = equivalents.read(DOSSIER)
    without_effect = sum(reviewed.reason(each, entries) is not None for each in every)
    expected = len(every), len(every) - without_effect, without_effect
    assert tuple(map(int, found.groups())) == expected


def one(every, kind, place, date=None):
    (found,) = [
        each
        for each in every
        if (each.kind, each.place) == (kind, place) and date in (None, each.date)
    ]
    return found


def changed(mutation):
    """What a mutation removes from the figures, and adds."""
    before, system = figures(law.load()), law.load()
    apply(mutation, system)
    after = figures(system)
    return set(before.items()) - set(after.items()), set(after.items()) - set(before.items())


def test_every_value_is_changed_in_both_directions(every):
    values = set(figures(law.load()))
    for kind in (Kind.MORE, Kind.LESS, Kind.LATER, Kind.EARLIER):
        kinds = [each for each in every if each.kind is kind]
        assert {(each.place, str(each.date)) for each in kinds} == values
        assert len(kinds) == len(values)


def test_every_pair_of_sizes_that_differ_is_swapped(every):
    tables = collections.defaultdict(list)
    for (path, date), value in figures(law.load()).items():
        table, _, key = path.rpartition(".")
        if key in SIZES:
            tables[table, date].append(value)
    pairs = [
        (table, *pair)
        for table, values in tables.items()
        for pair in itertools.combinations(values, 2)
        if pair[0] != pair[1]
    ]
    swapped = [each for each in every if each.kind is Kind.SWAPPED]
    assert len(swapped) == len(pairs) > 60


def test_every_dated_formula_is_moved(every):
    formulas = {
        (name, day)
        for name, variable in law.load().variables.items()
        for day in variable.formulas
        if day != "0001-01-01"
    }
    moved = {(each.place, str(each.date)) for each in every if each.kind is Kind.FORMULA_LATER}
    assert moved == formulas
    dates = {day for _, day in formulas}
    for kind in (Kind.TEXT_LATER, Kind.TEXT_EARLIER):
        assert {str(each.date) for each in every if each.kind is kind} == dates


@pytest.mark.parametrize(
    ("place", "step"),
    [
        ("aci.fonctionnement.taille_1", 1),
        ("tailles.seuil_taille_4", 1),
        ("aci.versements.taux_avance", 0.01),
        ("aci.missions.parcours.delai_demarrage", 1),
        ("aci.duree_contrat", 1),
    ],
)
def test_the_step_is_that_of_the_unit(every, place, step):
    more, less = one(every, Kind.MORE, place), one(every, Kind.LESS, place)
    assert more.after - more.before == pytest.approx(step)
    assert less.before - less.after == pytest.approx(step)


def test_one_value_changes_and_nothing_else(every):
    removed, added = changed(one(every, Kind.MORE, AMOUNT, AMENDMENT))
    assert removed == {((AMOUNT, "2022-09-03"), 52000)}
    assert added == {((AMOUNT, "2022-09-03"), 52001)}


def test_one_date_moves_and_nothing_else(every):
    removed, added = changed(one(every, Kind.EARLIER, AMOUNT, AMENDMENT))
    assert removed == {((AMOUNT, "2022-09-03"), 52000)}
    assert added == {((AMOUNT, "2022-09-02"), 52000)}


def test_a_size_that_starts_later_is_worth_nothing_meanwhile(every):
    removed, added = changed(one(every, Kind.LATER, "aci.fonctionnement.taille_2"))
    place = "aci.fonctionnement.taille_2"
    assert removed == {((place, "2019-08-25"), 60000)}
    assert added == {((place, "2019-08-25"), 0), ((place, "2019-08-26"), 60000)}


def test_a_threshold_that_starts_later_is_not_worth_nothing_meanwhile(every):
    place = "tailles.seuil_taille_2"  # the name ends as that of a size does
    removed, added = changed(one(every, Kind.LATER, place))
    assert removed == {((place, "2019-08-25"), 40000)}
    assert added == {((place, "2019-08-26"), 40000)}


def test_two_sizes_are_swapped_at_one_date_only(every):
    (swap,) = [
        each
        for each in every
        if each.kind is Kind.SWAPPED
        and each.place == AMOUNT
        and each.other.endswith("taille_4")
        and each.date == AMENDMENT
    ]
    other = AMOUNT.replace("taille_2", "taille_4")
    removed, added = changed(swap)
    assert removed == {((AMOUNT, "2022-09-03"), 52000), ((other, "2022-09-03"), 85000)}
    assert added == {((AMOUNT, "2022-09-03"), 85000), ((other, "2022-09-03"), 52000)}


def test_a_formula_moves_in_one_system_only(every):
    system = law.load()
    apply(one(every, Kind.FORMULA_LATER, "taille"), system)
    assert list(system.variables["taille"].formulas) == ["2019-08-26"]
    assert list(law.load().variables["taille"].formulas) == ["2019-08-25"]


def test_a_text_moves_with_its_figures_and_formulas(every):
    system = law.load()
    before = figures(system)
    apply(one(every, Kind.TEXT_EARLIER, TEXT, AMENDMENT), system)
    assert list(system.variables["crise_sanitaire_montant"].formulas) == ["2022-09-02"]
    assert list(system.variables["parcours_montant"].formulas) == ["2019-08-25"]
    moved = {
        (path, "2022-09-02" if day == "2022-09-03" else day): value
        for (path, day), value in before.items()
    }
    assert figures(system) == moved


def test_no_mutation_touches_a_source_a_statut_or_another_copy(every):
    law_before = figures(law.load()), sources(law.load())
    for mutation in every:
        system = law.load()
        apply(mutation, system)
        assert sources(system) == law_before[1]
    assert (figures(law.load()), sources(law.load())) == law_before


def test_a_mutation_is_said_in_french(every):
    assert one(every, Kind.MORE, AMOUNT, AMENDMENT).text == "52\u00a0000 devient 52\u00a0001"
    assert one(every, Kind.LESS, "aci.versements.taux_avance").text == "0,75 devient 0,74"
    assert one(every, Kind.LATER, "aci.duree_contrat").text == "5 à partir du 2019-08-26"


def test_one_euro_survives_the_float32_of_the_tests(units):
    """The runner compares in float32: one euro must not vanish in it."""
    largest = max(value for value in figures(law.load()).values() if value is not None)
    for amount in (largest, 10 * largest):
        assert numpy.float32(amount + 1) != numpy.float32(amount)
