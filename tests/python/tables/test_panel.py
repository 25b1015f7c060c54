"""What a total rests on: rates, populations, conventions, the certainty of its euros."""

from pathlib import Path

import numpy
import polars
import pytest
from openfisca_core.periods import period

from openfisca_cpts.base import Montant
from openfisca_cpts.outils.cli.study_screen import differences_of
from openfisca_cpts.outils.explication.euros_by_statut import euros_by_statut
from openfisca_cpts.outils.simulation import simulate, study
from openfisca_cpts.outils.simulation.communities import check_communities
from openfisca_cpts.outils.simulation.engine import build
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.simulation.rests_on import STATUTS, Trace
from openfisca_cpts.outils.simulation.study_tables import SHOWN_VARIABLES
from openfisca_cpts.outils.tables.answers import answers
from openfisca_cpts.outils.tables.of_study import tables
from openfisca_cpts.outils.tables.panel import SURE, UNSURE

EXAMPLES = Path(__file__).parents[3] / "examples"
FICTIONAL = EXAMPLES / "cpts_fictives.csv"
REGION = EXAMPLES / "cpts_paca.csv"
PAID = ("financement_annuel", "versement_annuel")


@pytest.fixture(scope="module")
def region():
    asked = {"reformes": ["part_variable_60"], "variables": SHOWN_VARIABLES, "variantes": True}
    with study(REGION, [2026], **asked) as done:
        yield done, tables(done, (), differences_of(done))


def test_the_region_at_no_rate_at_its_rates_and_at_full_rates(region):
    _, described = region
    rows = {row["hypothese"]: row for row in described[UNSURE].rows.iter_rows(named=True)}
    totals = {words: row["financement_annuel"] for words, row in rows.items()}
    assert totals["Tel que le tableau est donné"] == 20_838_100
    assert totals["Taux d'atteinte à 0 %"] == 15_454_500
    assert totals["Taux d'atteinte à 100 %"] == 22_184_000
    # A rate of 100 % pays the same whichever share is variable; one of 0 % pays none of it.
    costs = {words: row["cout_1_financement_annuel"] for words, row in rows.items()}
    assert costs["Tel que le tableau est donné"] == pytest.approx(-269_180)
    assert costs["Taux d'atteinte à 100 %"] == pytest.approx(0, abs=1e-6)
    assert costs["Taux d'atteinte à 0 %"] == pytest.approx(-1_345_900)


@pytest.mark.parametrize("year", [2019, 2021])
def test_the_total_of_a_vintage_is_that_of_a_table_that_has_no_other(region, year):
    _, described = region
    table = polars.read_csv(REGION, infer_schema=False)
    others = [name for name in table.columns if name.startswith("population_")]
    own = f"population_{year}"
    others.remove(own)
    # A community that has no population of the year keeps what it has.
    alone = table.with_columns(
        polars.when(polars.col(own).is_null()).then(polars.col(name)).alias(name) for name in others
    )
    alone = simulate(alone, 2026, variables=["financement_annuel"])
    words = f"Population de {year} (recensement de {year - 3})"
    row = described[UNSURE].rows.filter(hypothese=words)
    assert row["financement_annuel"].item() == pytest.approx(alone["financement_annuel"].sum())


def test_what_moves_nothing_has_no_row(region):
    _, described = region
    rows = described[UNSURE].rows.drop("hypothese")
    first = rows.row(0)
    always = 3
    for row in rows.rows()[always:]:
        assert any(abs(one - other) > 0.005 for one, other in zip(row, first, strict=True))


@pytest.mark.parametrize("reforms", [(), ("part_variable_60",), ("seuils_lisses_neutres",)])
def test_the_euros_of_each_certainty_add_up_to_the_totals(reforms):
    asked = {"reformes": reforms, "variables": SHOWN_VARIABLES}
    with study(FICTIONAL, range(2024, 2027), **asked) as done:
        described = tables(done, (), differences_of(done))
        sure, whole = described[SURE].rows, described["totaux"].rows
        for rank, scenario in enumerate(done.scenarios):
            own = whole.filter(annee=2026, scenario=scenario.name)
            for amount in PAID:
                *parts, total = sure[f"{amount}_{rank}"].to_list()
                assert sum(parts) == pytest.approx(total)
                assert total == pytest.approx(own[amount].item())
        assert ("réforme" in sure["statut"].to_list()) is bool(reforms)


def test_communities_together_are_as_sure_as_each_alone(system):
    communities = check_communities(read(FICTIONAL), [system])
    together = build(system, communities, [2024], trace=True)
    for name in PAID:
        together.calculate(name, "2024")
    trace = Trace(together)
    compared = 0
    for rank in range(communities.identities.height):
        alone = build(system, communities.take([rank]), [2024], trace=True)
        for name in PAID:
            alone.calculate(name, "2024")
        own = Trace(alone)
        for variable, when in own._nodes:
            node = own.node(variable, when)
            is_amount = isinstance(system.get_variable(variable), Montant)
            if is_amount and node.value.any() and own.statuts(variable, when):
                expected = own.weakest_statut(variable, when)
                assert STATUTS[trace.weakest(variable, when)[rank]] == expected, (variable, when)
                compared += 1
    assert compared > 300


def test_the_certainty_of_one_amount_is_that_of_the_figures_of_its_size(system):
    table = polars.DataFrame({"id": ["a"], "population": [30_000]})
    communities = check_communities(read(table), [system])
    (row,) = euros_by_statut(system, communities, 2024, ["financement_annuel"]).rows()
    simulation = build(system, communities, [2024], trace=True)
    simulation.calculate("fonctionnement_annuel", "2024")
    statut = Trace(simulation).weakest_statut("fonctionnement_annuel", period("2024"))
    assert row == ("financement_annuel", statut, 50_000.0)


def test_a_table_without_communities_has_a_panel():
    table = polars.DataFrame({"id": []}, schema={"id": polars.String})
    with study(table, [2024], variables=SHOWN_VARIABLES) as done:
        described = tables(done)
        assert described[SURE].rows["financement_annuel_0"].to_list() == [0.0]
        assert numpy.allclose(described[UNSURE].rows["financement_annuel"], 0)


def test_the_answer_can_be_quoted(region):
    done, described = region
    said = [sentence.replace("\u00a0", " ") for sentence in answers(done, described)]
    assert said == [
        "Financement en année pleine en 2026, sous le droit en vigueur : 20,8 M€ pour "
        "68 communautés et 5 152 693 habitants.",
        "« Part variable des missions portée de la moitié à 60 % » : −269 180 € (−1,3 %) ; "
        "0 gagnante, 68 perdantes, 0 inchangée.",
        "Financement en année pleine en 2026 : 15,5 M€ si aucun indicateur n'est atteint, "
        "20,8 M€ avec les taux retenus, 22,2 M€ à 100 %.",
        "Certitude de ces euros : 21 % document public, 43 % déduit, 36 % hypothèse.",
    ]


def test_what_is_paid_comes_first_where_something_is():
    with study(FICTIONAL, [2024], variables=SHOWN_VARIABLES) as done:
        described = tables(done)
        assert list(described["totaux"].amounts) == ["versement_annuel", "financement_annuel"]
        first, *_ = answers(done, described)
        assert first.startswith("Versé en 2024, sous le droit en vigueur : 2,0")


def test_a_table_of_sizes_alone_does_not_say_that_nobody_lives_there():
    table = polars.DataFrame({"id": ["a"], "taille_connue": ["taille 2"]})
    with study(table, [2024], variables=SHOWN_VARIABLES) as done:
        first, *_ = answers(done, tables(done))
        assert first.endswith("60\u00a0000\u00a0€ pour 1\u00a0communauté.")
