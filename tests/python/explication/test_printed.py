"""A page read back: its equalities hold as they are printed, and its texts are those of its rules.

Every variable is asked, on random communities, under the law and under each shipped reform.
"""

import functools
from random import Random

import pytest
from communities import YEARS, random_community, to_vectors
from openfisca_core.periods import DateUnit, period
from openfisca_core.simulations import SimulationBuilder
from printed_page import articles, faults, steps

from openfisca_cpts import CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.explication.model import Explication
from openfisca_cpts.outils.explication.printed_page import page
from openfisca_cpts.outils.explication.steps import Tree

LAW = CountryTaxBenefitSystem()
LEGAL = {text for variable in LAW.variables.values() for text in variable.reference or ()}
NAMES = (None, *reforms.SCENARIOS, *reforms.VARIANTES)
FOR_REFORMS = {
    "participation_sas": True,
    "part_generalistes_sas": 0.45,
    "france_sante_structures_labellisees": 2,
}
BROAD = ("versement_annuel", "financement_annuel", "plafond_financement")
WIDE = 100_000


@functools.cache
def system_of(name):
    """The law, or a shipped reform of it; a coefficient is given, as a whole table would."""
    if name is None:
        return LAW
    reform = reforms.trouver(name)
    system = reform(LAW)
    if reform.equilibre is None:
        return system
    return reforms.reglages([f"{reform.equilibre.coefficient}=0.9@2026-01-01"])(system)


def vectors(seed, system):
    """A random community of some population, with what the reforms need."""
    random = Random(seed)
    community: dict = {}
    while "date_signature_contrat" not in community:
        community = random_community(random)
    given = to_vectors([community])
    given["population"]["2020"] = [random.randint(1, 300_000)]
    given["france_sante_date_demarrage"] = {"ETERNITY": ["2026-05-17"]}
    for name, value in FOR_REFORMS.items():
        given[name] = {str(year): [value] for year in YEARS}
    return {name: values for name, values in given.items() if name in system.variables}


def asked(system):
    """Every variable of a year and of a month; those that sum many others, of more years."""
    for name, variable in system.variables.items():
        if variable.definition_period == DateUnit.MONTH:
            yield name, "2026-03"
        elif variable.definition_period == DateUnit.YEAR:
            years = ("2026", "2027") if name in BROAD else ("2026",)
            yield from ((name, year) for year in years)
        else:
            yield name, "ETERNITY"


def pages(system, given):
    """The pages of everything that is asked of a community."""
    simulation = SimulationBuilder().build_from_variables(system, given)
    simulation.trace = True
    wanted = [(name, period(when)) for name, when in asked(system)]
    for name, when in wanted:
        simulation.calculate(name, when)
    tree = Tree(simulation, lambda name, _: "donnée du test" if name in given else None)
    for name, when in wanted:
        step = tree.root(name, when)
        explanation = Explication(
            id="a", nom=None, scenario="s", titre="t", etape=step, remarques=[]
        )
        yield step, [line for item in page(explanation, WIDE) for line in item.text.splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_read_back(name):
    """Every printed equality has the sign it should; a changed rule has no text of the law."""
    system = system_of(name)
    titles = [] if name is None else [reforms.trouver(name).titre]
    counts, changed = {}, set()
    for seed in (3, 4, 8) if name is None else (NAMES.index(name),):
        for _, lines in pages(system, vectors(seed, system)):
            found, computed = faults(lines)
            assert found == []
            counts = {kind: counts.get(kind, 0) + count for kind, count in computed.items()}
            shown, after = steps(lines)
            texts = articles(after)
            for step in shown:
                said = [line for line in step.lines if "Règle " in line]
                if any("par la réforme" in line for line in said):
                    changed.add(step.title)
                    cited = [texts[mark] for mark in step.marks.split(", ") if mark in texts]
                    assert cited
                    assert all(text.startswith("Réforme «") for text in cited)
                    assert not LEGAL & set(cited)
                    assert not any("Règle : " in line for line in said)
                    assert all(title in said[0].replace("\u00a0", " ") for title in titles)
    assert all(counts[kind] for kind in ("sum", "same")), counts
    assert name is not None or all(counts.values()), counts
    own = {
        variable
        for variable, known in system.variables.items()
        if known is not LAW.variables.get(variable) and not known.is_input_variable()
    }
    assert bool(own) == bool(changed), (own, changed)
