"""What a page claims is true: every equality holds, every amount has one, every place exists."""

import pytest
from explained import EXAMPLE, walk
from openfisca_core.periods import period
from printed_page import rounded, worth

from openfisca_cpts.outils.explication.steps import Tree
from openfisca_cpts.outils.explication.subject import choose
from openfisca_cpts.outils.simulation import simulate
from openfisca_cpts.outils.simulation.scenarios import resolve

IDS = [f"fictive-{rank:02}" for rank in range(1, 14)]
ASKED = [
    *(("versement_annuel", "2023"), ("versement_annuel", "2024")),
    *(("financement_annuel", "2023"), ("plafond_financement_courant", "2023")),
]


def is_money(step):
    return step.texte.endswith("€")


@pytest.mark.parametrize("identifier", IDS)
@pytest.mark.parametrize(("name", "period"), ASKED)
def test_the_terms_make_the_amount(root, identifier, name, period):
    first = root(identifier, name, period)
    steps = list(walk(first))
    numbers = {step.numero: step for step in steps if step.numero}
    for step in steps:
        if step.renvoi:
            assert numbers[step.renvoi].valeur == step.valeur
            assert numbers[step.renvoi].variable == step.variable
        if step.calcul is None or not step.calcul.termes:
            continue
        terms = step.calcul.termes
        total = sum(term.coefficient * term.valeur for term in terms)
        assert total == pytest.approx(step.valeur, abs=0.005)
        for term in terms:
            if term.etape:
                assert numbers[term.etape].valeur == term.valeur
        if is_money(step):
            # What is written, computed by hand, gives the amount that is written, or says it is
            # close.
            sign, _, written = step.calcul.texte.partition(" ")
            exact = rounded(worth(written), step.texte) == worth(step.texte)
            assert (sign, step.calcul.arrondi) == (("=", False) if exact else ("≈", True))


@pytest.mark.parametrize("identifier", IDS)
@pytest.mark.parametrize(("name", "period"), ASKED)
def test_no_amount_is_left_without_its_sum(root, identifier, name, period):
    """An amount that is neither given, nor explained elsewhere, says how it is made."""
    bare = [
        step.libelle
        for step in walk(root(identifier, name, period))
        if is_money(step) and step.valeur and step.nature == "calcul" and not step.renvoi
        if step.calcul is None
    ]
    assert bare == []


@pytest.mark.parametrize("identifier", IDS)
def test_nothing_is_explained_twice(root, identifier):
    explained = [
        (step.variable, step.periode)
        for step in walk(root(identifier, "versement_annuel", "2023"))
        if step.numero
    ]
    assert len(explained) == len(set(explained))


def test_the_amounts_are_those_of_simulate(root):
    table = simulate(EXAMPLE, [2023], variables=["versement_annuel"])
    amounts = dict(table.select("id", "versement_annuel").iter_rows())
    for identifier in IDS:
        assert root(identifier, "versement_annuel", "2023").valeur == amounts[identifier]


def test_the_computation_is_given_back_as_it_was():
    """Measuring runs formulas again with other values: none of them stays."""
    asked = ("versement_annuel", period("2024"))
    explained, untouched = (choose(EXAMPLE, "fictive-09", resolve(), 2024, ()) for _ in range(2))
    for subject in (explained, untouched):
        subject.simulation.calculate(*asked)
    Tree(explained.simulation, explained.origin).root(*asked)
    held = 0
    for name in explained.simulation.tax_benefit_system.variables:
        after = explained.simulation.get_holder(name)
        before = untouched.simulation.get_holder(name)
        assert set(after.get_known_periods()) == set(before.get_known_periods())
        for known in before.get_known_periods():
            held += 1
            assert (after.get_array(known) == before.get_array(known)).all()
    assert held
