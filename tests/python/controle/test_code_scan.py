"""No number of the law outside the parameters: what is planted in the code is found."""
# ruff: noqa: E501 (a passage is quoted as it stands in its file, however long)

import pytest

from openfisca_cpts.outils.controle.code import ALLOWED

FUNCTIONING = "variables/fonctionnement.py"
FORMULA = "        return montant_par_taille(cpts, period, parameters(period).aci.fonctionnement)"
LABEL = "Financement annuel du fonctionnement"
DOCUMENTATION = "Somme fixe, selon la taille, qui paie la coordination"
VALUE = "est une valeur de aci.missions"

PLANTED = {
    "an amount in a formula": (FORMULA, "        return 50000", "le nombre 50000 n'est ni 0 ni 1"),
    "an amount in pieces": (FORMULA, "        return 50_0 * 100", "le nombre 500 n'est ni 0 ni 1"),
    "a negative number": (FORMULA, "        return -2", "le nombre 2 n'est ni 0 ni 1"),
    "a share": (FORMULA, "        return 0.75", "le nombre 0.75 n'est ni 0 ni 1"),
    "a complex number": (FORMULA, "        return 2j", "le nombre 2j n'est ni 0 ni 1"),
    "an amount in a label": (LABEL, "Montant annuel de 70 000 €", f"70\u00a0000 {VALUE}"),
    "a narrow space": (DOCUMENTATION, "De 70\u202f000 à 150 000", f"70\u00a0000 {VALUE}"),
    "a plain amount": (DOCUMENTATION, "Maximum de 70000 €", f"70\u00a0000 {VALUE}"),
    "cents": (DOCUMENTATION, "Maximum de 70 000,00 €", f"70\u00a0000 {VALUE}"),
    "an amount in an f-string": (FORMULA, '        raise ValueError(f"{period} : 70 000 €")', f"70\u00a0000 {VALUE}"),
    "an amount in a docstring": (FORMULA, '        """Give 70 000 €."""', f"70\u00a0000 {VALUE}"),
    "an amount in a comment": (FORMULA, f"        # 70 000 €\n{FORMULA}", f"70\u00a0000 {VALUE}"),
    "a date of the law": (FORMULA, '        return "2022-09-03"', "« 2022-09-03 » est une date de valeur"),
    "a formula on another day": (
        f"def formula_2019_08_25(cpts, period, parameters):\n{FORMULA}",
        f"def formula_2019_08_26(cpts, period, parameters):\n{FORMULA}",
        "formula_2019_08_26 : 2019-08-26 n'est pas une date de valeur ; le plus proche est « 2019-08-25 »",
    ),
    "a formula without a day": (
        f"def formula_2019_08_25(cpts, period, parameters):\n{FORMULA}",
        f"def formula_2019(cpts, period, parameters):\n{FORMULA}",
        "formula_2019 : 2019 n'est pas une date de valeur",
    ),
    "broken Python": (FORMULA, "        return (", "ce fichier ne se lit pas"),
}  # fmt: skip


@pytest.mark.parametrize("error", PLANTED)
def test_a_planted_number_is_found_where_it_stands(plant, error):
    before, after, message = PLANTED[error]
    found = [fault for fault in plant(FUNCTIONING, before, after) if fault.file == FUNCTIONING]
    assert any(message in fault.message for fault in found), found


@pytest.mark.parametrize("suffix", ["html", "j2", "jinja", "js"])
def test_an_amount_in_a_template(package, new_faults, suffix):
    (package / f"page.{suffix}").write_text("<td>\n70 000 €</td>\n", "utf-8")
    (fault,) = new_faults()
    assert (fault.file, fault.message) == (
        f"page.{suffix}",
        "70\u00a0000 est une valeur de aci.missions.acces_soins.montant.taille_3 : un texte ne la répète pas",
    )


def test_an_amount_in_an_example_is_data(package, new_faults):
    (package / "situation_examples/autre.json").write_text('{"population": 70000}', "utf-8")
    assert new_faults() == []


def test_zero_and_one_are_no_figures_of_the_law(plant):
    assert plant(FUNCTIONING, FORMULA, "        return [0, 1, -1, 0.0, True, None]") == []


def test_a_number_may_be_admitted_with_its_reason(plant):
    plant(FUNCTIONING, FORMULA, "        return 37")
    entry = f"- file: {FUNCTIONING}\n  value: 37\n  reason: Un essai.\n"
    faults = plant(ALLOWED, "- file: calcul/dates.py", f"{entry}- file: calcul/dates.py")
    assert faults == []


def test_an_admission_that_serves_nothing_is_a_fault(plant):
    entry = f"- file: {FUNCTIONING}\n  value: 37\n  reason: Un essai.\n"
    faults = plant(ALLOWED, "- file: calcul/dates.py", f"{entry}- file: calcul/dates.py")
    assert [(fault.file, fault.message) for fault in faults] == [
        (ALLOWED, f"37 est admis dans {FUNCTIONING}, qui ne le contient pas")
    ]


def test_an_admission_without_a_reason_is_a_fault(plant):
    faults = plant(ALLOWED, "  reason: Année du jour qui n'arrive jamais (9999-12-31).\n", "")
    assert (ALLOWED, "la clé est obligatoire, elle manque") in [
        (fault.file, fault.message) for fault in faults
    ]
