"""The scale, held against the tables of the sources, written here as the sources write them."""

import datetime

import pytest

from openfisca_cpts import CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.loi.bareme import DateRefusedError, bareme, last_check

# Assurance Maladie du Var, présentation des CPTS, tableau « Montant annuel »
VAR = {
    "Fonctionnement": "50 000 € 60 000 € 75 000 € 90 000 €",
    "Accès aux soins": "40 000 € 47 000 € 65 000 € 80 000 €",
    "Parcours": "50 000 € 70 000 € 90 000 € 100 000 €",
    "Prévention": "20 000 € 30 000 € 35 000 € 40 000 €",
    "Qualité": "15 000 € 20 000 € 30 000 € 40 000 €",
    "Accompagnement": "10 000 € 15 000 € 20 000 € 30 000 €",
    "Plafond annuel du financement, sans les soins non programmés": (
        "185 000 € 242 000 € 315 000 € 380 000 €"
    ),
    # CIDOI Comtois, « Financement annuel possible »
    "Plafond annuel du financement": "220 000 € 287 000 € 370 000 € 450 000 €",
}
AMENDMENT_2 = {
    "Accès aux soins": "45 000 € 52 000 € 70 000 € 85 000 €",
    "Supplément SNP": "35 000 € 45 000 € 55 000 € 70 000 €",
    "Crise sanitaire, plan": "25 000 € 35 000 € 45 000 € 50 000 €",
    "Crise sanitaire, mise à jour": "12 500 € 17 500 € 22 500 € 25 000 €",
    "Part de crise": "37 500 € 52 500 € 67 500 € 75 000 €",
    # Le Quotidien du médecin : « de 287 500 à 580 000 euros »
    "Plafond annuel du financement": "287 500 € 379 500 € 487 500 € 580 000 €",
    "Plafond du financement d'une année ordinaire": "237 500 € 309 500 € 397 500 € 480 000 €",
}


def lines(scale):
    return {line.libelle: line for section in scale.sections for line in section.lignes}


def shown(line):
    return " ".join(figure.texte for figure in line.chiffres).replace("\u00a0", " ")


def on(system, day, **options):
    return bareme(system, datetime.date.fromisoformat(day), **options)


@pytest.mark.parametrize(
    ("day", "table"),
    [("2019-08-25", VAR), ("2022-09-02", VAR), ("2022-09-03", AMENDMENT_2)],
)
def test_the_published_tables(system, day, table):
    found = lines(on(system, day))
    assert {label: shown(found[label]) for label in table} == table


def test_a_mission_that_does_not_exist_yet_has_no_line(system):
    before, after = (lines(on(system, day)) for day in ("2022-09-02", "2022-09-03"))
    assert [label for label in after if label not in before] == [
        *("Crise sanitaire, plan", "Crise sanitaire, mise à jour", "Part de crise"),
    ]


def test_each_amount_is_split_in_its_fixed_and_variable_parts(system):
    (section,) = [
        section
        for section in on(system, "2023-01-01").sections
        if "accès aux soins" in section.titre
    ]
    assert [line.libelle.replace("\u00a0", " ") for line in section.lignes] == [
        *("Accès aux soins", "dont part fixe (50 %)", "dont part variable (50 %)"),
        "Supplément SNP",
    ]
    amount, fixed, variable, _ = section.lignes
    for whole, one, other in zip(amount.chiffres, fixed.chiffres, variable.chiffres, strict=True):
        assert one.valeur + other.valeur == whole.valeur
    # A part of a supposed amount is no surer than it, though the share itself was read.
    assert [figure.statut for figure in amount.chiffres] == [
        *("hypothese", "hypothese", "deduit", "hypothese"),
    ]
    assert [figure.statut for figure in fixed.chiffres] == [
        figure.statut for figure in amount.chiffres
    ]


def test_each_size_has_its_own_source(system):
    figures = lines(on(system, "2023-01-01"))["Accès aux soins"].chiffres
    notes = [[source.note for source in figure.sources] for figure in figures]
    assert notes[1] == [
        "Taille 2 : hausse de la taille 3, étendue par analogie ; 47 000 + 5 000 = 52 000"
    ]
    assert ["125 000 − 55 000 = 70 000" in note for note in notes[2]] == [True]
    assert {figure.depuis for figure in figures} == {datetime.date(2022, 9, 3)}


def test_the_sizes_say_which_populations_they_take(system):
    texts = [
        column.population.replace("\u00a0", " ") for column in on(system, "2023-01-01").colonnes
    ]
    assert texts == [
        *("moins de 40 000", "de 40 000 à 79 999", "de 80 000 à 175 000", "plus de 175 000"),
    ]


def test_a_convention_that_moves_a_bound_moves_it_here_too(system):
    moved = reforms.trouver("seuil_80000_taille_2")(system)
    texts = [
        column.population.replace("\u00a0", " ") for column in on(moved, "2023-01-01").colonnes
    ]
    assert texts[1:3] == ["de 40 000 à 80 000", "de 80 001 à 175 000"]


def test_every_figure_of_the_tree_stands_in_the_scale_with_its_source(system):
    scale = on(system, "2026-01-01")
    figures = [
        figure
        for section in (*scale.sections, *scale.autres)
        for line in section.lignes
        for figure in line.chiffres
    ]
    known = {figure.parametre for figure in figures if figure.parametre}
    in_force = {
        node.name
        for node in system.parameters.get_descendants()
        if hasattr(node, "values_list") and node.get_at_instant("2026-01-01") is not None
    }
    assert known == in_force
    assert all(figure.sources and figure.statut for figure in figures if figure.parametre)


def test_a_reform_changes_amounts_parts_and_totals():
    law = CountryTaxBenefitSystem()
    reform = reforms.reglages(
        [
            "aci.missions.parcours.montant.taille_1=60000@2026-01-01",
            "aci.missions.parcours.part_variable=0.6@2026-01-01",
        ]
    )
    found = lines(on(reform(law), "2026-01-01", law=law))
    assert [found["Parcours"].chiffres[0].valeur, found["Parcours"].chiffres[0].statut] == [
        *(60_000, "reforme"),
    ]
    variable = found["dont part variable (60\u00a0%)"]
    assert variable.chiffres[0].valeur == 36_000
    assert found["Plafond annuel du financement"].chiffres[0].valeur == 287_500 + 10_000


def test_a_reform_of_rules_says_so():
    law = CountryTaxBenefitSystem()
    system = reforms.trouver("seuils_lisses")(law)
    remarks = " ".join(on(system, "2026-01-01", law=law).remarques)
    assert "La réforme change aussi des règles de calcul" in remarks
    assert "fonctionnement_annuel" in remarks


def test_a_size_that_a_reform_adds_has_its_amounts():
    law = CountryTaxBenefitSystem()
    system = reforms.trouver("petit_territoire")(law)
    line = lines(on(system, "2026-01-01", law=law))["Fonctionnement"]
    small, first, *_ = line.chiffres
    assert (first.valeur, first.statut) == (50_000, "document_public")
    # Half of size 1 is the reform's own dial.
    assert (small.valeur, small.statut, small.parametre) == (25_000, "reforme", None)


def test_the_day_is_by_default_that_of_the_latest_check(system):
    assert bareme(system).date == last_check(system)


@pytest.mark.parametrize("day", ["2019-08-24", "2016-01-28"])
def test_no_scale_before_the_agreement(system, day):
    with pytest.raises(DateRefusedError, match=r"s'applique à partir du 25/08/2019\."):
        on(system, day)
