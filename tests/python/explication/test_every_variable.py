"""Every variable of the package can be explained, for a community of the example."""

import re

import pytest
from explained import walk

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.outils.explication.model import Explication
from openfisca_cpts.outils.explication.printed_page import page

VARIABLES = CountryTaxBenefitSystem().variables


@pytest.mark.parametrize("name", VARIABLES)
def test_a_variable_is_explained(root, name):
    step = root("fictive-01", name)
    variable = VARIABLES[name]
    assert step.variable == name
    assert step.articles == list(variable.reference)
    assert (step.nature == "calcul") == (not variable.is_input_variable())
    assert (step.regle is None) == variable.is_input_variable()
    explanation = Explication(
        id="a", nom=None, scenario="droit_en_vigueur", titre="Droit", etape=step, remarques=[]
    )
    text = "\n".join(line.text for line in page(explanation, 100))
    assert text.startswith(variable.label.split(" ", 1)[0])
    # Nothing of Python, of its numbers or of its keys is left in a sentence.
    assert not re.search(r"\b(9999|None|nan|True|False|array|taille_\d|0\.\d+)\b", text), text
    # Addresses alone may be longer than a line.
    assert all(len(line) <= 100 or "http" in line for line in text.splitlines())


def test_each_given_value_names_its_column(root):
    given = {
        step.variable: step.origine
        for step in walk(root("fictive-03", "versement_annuel", "2024"))
        if step.nature == "donnee"
    }
    # The exercice that is evaluated in 2024 opened in 2023: that year has its own column.
    assert {name: given[name] for name in ("parcours_taux_atteinte", "qualite_taux_atteinte")} == {
        "parcours_taux_atteinte": "donnée du tableau, colonne « parcours_taux_atteinte_2023 »",
        "qualite_taux_atteinte": "donnée du tableau, colonne « qualite_taux_atteinte »",
    }
