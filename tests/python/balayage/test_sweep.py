"""Sweeps: each point is what `simulate` gives, whoever computes it, however often it is stopped."""

import importlib
from pathlib import Path

import polars
import pytest

from openfisca_cpts.outils.balayage import sweep
from openfisca_cpts.outils.balayage.asked import Request
from openfisca_cpts.outils.balayage.dials import points, read_dials
from openfisca_cpts.outils.balayage.kept import Kept
from openfisca_cpts.outils.simulation import RequestError, simulate
from openfisca_cpts.outils.simulation.rates import rates

EXAMPLES = Path(__file__).parents[3] / "examples"
FICTIONAL = EXAMPLES / "cpts_fictives.csv"
REGION = EXAMPLES / "cpts_paca.csv"
FRAME = polars.DataFrame({"id": ["a"], "population": [1]})
AMOUNTS = ("financement_annuel", "versement_annuel")
YEARS = range(2024, 2029)
SHARE = "aci.missions.*.part_variable"


def whole(frame, scenario):
    """Give the totals of a scenario, by year then amount."""
    own = frame.filter(scenario=scenario)
    return own.group_by("annee", maintain_order=True).agg(polars.col(*AMOUNTS).sum())


@pytest.mark.parametrize(
    ("path", "day", "values"),
    [
        (SHARE, "2026-01-01", (0.4, 0.7)),
        (SHARE, "2026-03-03", (0.4, 0.7)),
        ("aci.versements.taux_avance", "2025-10-15", (0.0, 0.5, 1.0)),
        ("aci.fonctionnement.*", "2025-07-01", (10_000, 90_000)),
        ("aci.missions.acces_soins.supplement_snp.*", "2027-02-01", (0, 60_000)),
        ("tailles.seuil_taille_2", "2026-01-01", (35_000, 50_000)),
        ("aci.versements.delai_evaluation", "2026-01-01", (3, 8)),
    ],
)
def test_each_point_is_what_simulate_gives(path, day, values):
    written = ";".join(map(str, values))
    found = sweep(FICTIONAL, YEARS, [f"{path}={written}@{day}"])
    for value in values:
        run = simulate(FICTIONAL, YEARS, [{path: {day: value}}], variables=AMOUNTS)
        names = run["scenario"].unique(maintain_order=True)
        law, reformed = (whole(run, name) for name in names)
        own = found.rows.filter(polars.col(path) == value)
        for amount in AMOUNTS:
            assert own[amount].to_list() == pytest.approx(reformed[amount].to_list(), abs=0.01)
            gaps = (reformed[amount] - law[amount]).to_list()
            assert own[f"ecart_{amount}"].to_list() == pytest.approx(gaps, abs=0.01)
            assert found.law[amount].to_list() == pytest.approx(law[amount].to_list(), abs=0.01)
        pairs = run.filter(scenario=names[1]).join(
            run.filter(scenario=names[0]), on=["annee", "id"], suffix="_droit"
        )
        for amount in AMOUNTS:
            gap = polars.col(amount) - polars.col(f"{amount}_droit")
            gains = pairs.group_by("annee", maintain_order=True).agg(
                (gap > 0.005).sum().alias("plus"), (gap < -0.005).sum().alias("moins")
            )
            assert own[f"gagnantes_{amount}"].to_list() == gains["plus"].to_list()
            assert own[f"perdantes_{amount}"].to_list() == gains["moins"].to_list()


def test_rates_are_those_of_a_table_that_has_no_others():
    found = sweep(FICTIONAL, YEARS, ["rate=0;0.35;1"])
    table = polars.read_csv(FICTIONAL, separator=";", infer_schema=False)
    others = [title for title in table.columns if "taux_atteinte" not in title]
    for rate in (0, 0.35, 1):
        given = table.select(
            *others, *(polars.lit(str(rate)).alias(name) for name in rates().values())
        )
        expected = whole(simulate(given, YEARS, variables=AMOUNTS), "droit_en_vigueur")
        own = found.rows.filter(taux_atteinte=rate)
        for amount in AMOUNTS:
            assert own[amount].to_list() == pytest.approx(expected[amount].to_list(), abs=0.01)
            # The law is at the same rates: a rate costs nothing by itself.
            assert own[f"ecart_{amount}"].to_list() == [0.0] * len(YEARS)


def test_a_grid_of_two_inside_a_reform():
    found = sweep(
        *(REGION, 2026, [f"{SHARE}=0.4:0.6:0.1@2026-01-01", "rate=0.5;0.8"]),
        reformes=["avance_50"],
    )
    assert found.rows["point"].to_list()[:3] == [
        "part_variable = 0,4 ; taux_atteinte = 0,5",
        "part_variable = 0,4 ; taux_atteinte = 0,8",
        "part_variable = 0,5 ; taux_atteinte = 0,5",
    ]
    at = dict(found.rows.select("point", "financement_annuel").iter_rows())
    assert at["part_variable = 0,5 ; taux_atteinte = 0,8"] == 20_838_100
    assert at["part_variable = 0,5 ; taux_atteinte = 0,5"] == 18_819_250


def test_two_processes_and_several_batches_give_the_same_rows(monkeypatch):
    vary = [f"{SHARE}=0.4:0.8:0.02@2026-03-03"]
    one = sweep(FICTIONAL, YEARS, vary)
    assert sweep(FICTIONAL, YEARS, vary, workers=2).rows.equals(one.rows)
    monkeypatch.setattr("openfisca_cpts.outils.simulation.engine.BATCH", 5)
    cut = sweep(FICTIONAL, YEARS, vary)
    assert cut.rows.equals(one.rows)
    assert cut.law.equals(one.law)


def test_a_cluster_gives_the_same_rows():
    from distributed import LocalCluster

    vary = [f"{SHARE}=0.4;0.6@2026-01-01"]
    expected = sweep(FICTIONAL, 2026, vary).rows
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:
        found = sweep(FICTIONAL, 2026, vary, scheduler=cluster.scheduler_address)
    assert found.rows.equals(expected)


def test_a_cluster_that_does_not_answer_is_said(monkeypatch):
    module = importlib.import_module("openfisca_cpts.outils.balayage.sweep")
    monkeypatch.setattr(module, "CONNECTING", "1s")
    with pytest.raises(RequestError, match="Aucun ordonnanceur Dask ne répond"):
        sweep(FICTIONAL, 2026, [f"{SHARE}=0.4@2026-01-01"], scheduler="tcp://127.0.0.1:1")


class Killed(BaseException):
    pass


def test_a_sweep_that_was_killed_goes_on_where_it_was(tmp_path):
    vary = [f"{SHARE}=0.1:0.9:0.02@2026-01-01"]
    expected = sweep(FICTIONAL, 2026, vary).rows
    kept = tmp_path / "b.parquet.en-cours"
    told = []

    def until(most):
        def tell(done, total):
            told.append(done)
            if done >= most:
                raise Killed

        return tell

    with pytest.raises(Killed):
        sweep(FICTIONAL, 2026, vary, kept=kept, progress=until(10))
    # A line that was cut by the kill is computed again.
    kept.write_text(kept.read_text()[:-15])
    told.clear()
    again = sweep(FICTIONAL, 2026, vary, kept=kept, progress=until(1_000))
    assert again.rows.equals(expected)
    assert 0 < told[0] < told[-1] == 41
    assert not kept.exists()


def test_the_points_of_another_sweep_are_not_taken(tmp_path):
    kept = tmp_path / "kept"
    with Kept(kept, "one") as store:
        store.add({0: [{"annee": 2026}]})
    assert Kept(kept, "one").read() == {0: [{"annee": 2026}]}
    assert Kept(kept, "other").read() == {}
    kept.write_text("anything")
    assert Kept(kept, "one").read() == {}


def test_what_a_sweep_reads_tells_it_from_another(tmp_path):
    folder = tmp_path / "essai"
    folder.mkdir()
    reform, table = tmp_path / "r.yaml", tmp_path / "a+b.csv"
    table.write_text("0")
    read = {
        table: (),
        reform: (f"avance_50+{reform}",),
        folder / "reforme.yaml": (folder,),
        folder / "x.py": (str(folder),),
    }
    for place, reforms in read.items():
        marks = set()
        for text in ("1", "2"):
            place.write_text(text)
            marks.add(Request(table, (2026,), (), reforms).mark)
        assert len(marks) == 2, place
    frames = [FRAME, FRAME.with_columns(population=2), FRAME.reverse()]
    assert len({Request(frame, (2026,), ()).mark for frame in frames}) == 2


def test_a_point_that_is_refused_does_not_lose_the_others():
    found = sweep(REGION, [2025, 2026], [f"{SHARE}=0.5;1.5@2026-01-01"])
    good, bad = (found.rows.filter(polars.col(SHARE) == value) for value in (0.5, 1.5))
    assert good["erreur"].to_list() == [None, None]
    assert good["financement_annuel"][-1] == 20_838_100
    assert all("1.5" in said or "1,5" in said for said in bad["erreur"])
    assert bad["financement_annuel"].to_list() == [None, None]


def test_the_values_of_a_dial():
    (dial,) = read_dials([f"{SHARE}=0,4:0,8:0,1@2026-01-01..2026-12-31"])
    assert dial.values == (0.4, 0.5, 0.6, 0.7, 0.8)
    assert dial.setting(0.5) == f"{SHARE}=0.5@2026-01-01..2026-12-31"
    (dial,) = read_dials(["rate=0:1:0.3"])
    assert (dial.name, dial.values) == ("taux_atteinte", (0.0, 0.3, 0.6, 0.9))
    assert [point.rank for point in points(read_dials(["taux=0;1", "a.b=1;2;3@2026-01-01"]))] == [
        *range(6)
    ]


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ([], "Rien à faire varier"),
        (["aci.x"], "attendu, CHEMIN="),
        ([f"{SHARE}=0.4"], "attendu, CHEMIN="),
        (["rate=0:1:0.1@2026-01-01"], "attendu, CHEMIN="),
        (["rate=0:2:1"], "de 0 à 1"),
        ([f"{SHARE}=0.4:0.8@2026-01-01"], "attendu, CHEMIN="),
        ([f"{SHARE}=0.8:0.4:0.1@2026-01-01"], "le pas doit être positif"),
        ([f"{SHARE}=0.4:0.8:0@2026-01-01"], "le pas doit être positif"),
        ([f"{SHARE}=0:1:0.00001@2026-01-01"], "au plus 10000"),
        ([f"{SHARE}=beaucoup@2026-01-01"], "« beaucoup » n'est pas un nombre"),
        ([f"{SHARE}=nan@2026-01-01"], "« nan » n'est pas un nombre"),
        (["rate=0;1", "taux=0;1"], "« taux_atteinte » varie deux fois"),
        (["aci.missions.parcour.part_variable=0.4@2026-01-01"], "parcours"),
    ],
)
def test_what_cannot_be_is_refused(vary, said):
    with pytest.raises(RequestError, match=said.replace("(", r"\(")):
        sweep(FICTIONAL, 2026, vary)


def test_one_scenario_that_needs_no_table():
    vary = [f"{SHARE}=0.4@2026-01-01"]
    with pytest.raises(RequestError, match="joindre les réformes par « \\+ »"):
        sweep(FICTIONAL, 2026, vary, reformes=["avance_50", "part_variable_60"])
    with pytest.raises(RequestError, match="enveloppe_fermee=0,9"):
        sweep(FICTIONAL, 2026, vary, reformes=["enveloppe_fermee"])


def test_a_table_without_communities():
    table = polars.DataFrame({"id": []}, schema={"id": polars.String})
    found = sweep(table, 2026, [f"{SHARE}=0.4@2026-01-01"])
    assert found.rows["financement_annuel"].to_list() == [0.0]
