"""What the command computes: rows in order for any batch, on disk as long as it is needed."""

from pathlib import Path

import polars
import pytest

from openfisca_cpts import reforms
from openfisca_cpts.outils.simulation import RequestError, engine, simulate, spool, study

TABLE = polars.DataFrame(
    {
        "id": list("abcdefg"),
        "departement": ["06", "13", "13", "83", None, "84", "84"],
        "population": [15_000, 39_999, 60_000, 80_000, None, 175_001, 120_000],
        "date_signature_contrat": ["2022-03-15", None, "2023-02-28", *["2024-05-01"] * 4],
        "parcours_date_demarrage": ["2022-09-15", None, *["2024-06-01"] * 5],
        "parcours_taux_atteinte": [0.8, 0.1, 0.7, 0.3, 0.9, 0.6, 1 / 3],
    }
)
KEPT = TABLE
TABLE = KEPT.drop("departement")
YEARS = [2024, 2025, 2026]
REFORMS = ["part_variable_60", "petit_territoire", "seuils_lisses_neutres"]


def computed():
    with study(KEPT, YEARS, REFORMS, keep=["departement"], variantes=True) as done:
        return done.rows.collect(), done.height, done.ranges, done.coefficients


@pytest.fixture(scope="module")
def at_once():
    return computed()


@pytest.mark.parametrize("batch", [1, 3])
def test_batches_change_nothing(monkeypatch, at_once, batch):
    monkeypatch.setattr(engine, "BATCH", batch)
    rows, height, ranges, coefficients = computed()
    assert rows.equals(at_once[0])
    assert rows.equals(simulate(KEPT, YEARS, REFORMS, keep=["departement"]))
    assert height == at_once[1] == rows.height == 4 * 3 * 7
    assert ranges.equals(at_once[2])
    assert coefficients.equals(at_once[3])


def test_the_order_of_rows_and_columns():
    with study(KEPT, [2025, 2024], ["avance_50"], ["taille"], keep=["departement"]) as done:
        rows = done.rows.collect()
        assert (done.years, done.variables, done.keep) == (
            [2024, 2025],
            ("taille",),
            ("departement",),
        )
    assert rows.columns == ["scenario", "annee", "id", "nom", "departement", "taille"]
    assert rows.select("scenario", "annee", "id").rows() == [
        (scenario, year, id)
        for scenario in ("droit_en_vigueur", "avance_50")
        for year in (2024, 2025)
        for id in "abcdefg"
    ]


def test_nothing_stays_on_disk(monkeypatch, tmp_path):
    monkeypatch.setattr(spool.tempfile, "tempdir", str(tmp_path))
    with study(TABLE, 2024) as done:
        assert list(tmp_path.iterdir())
        done.rows.collect()
    assert not list(tmp_path.iterdir())
    simulate(TABLE, 2024, ["avance_50"])

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study(TABLE, 2024, variantes=True, progress=stop)
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said_in_french(monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(polars.DataFrame, "write_parquet", full)
    with pytest.raises(RequestError, match="dossier temporaire"):
        simulate(TABLE, 2024)


def test_progress_is_told_to_the_end(monkeypatch):
    monkeypatch.setattr(engine, "BATCH", 3)
    seen = []
    with study(
        TABLE,
        YEARS,
        ["avance_50"],
        ["taille"],
        variantes=True,
        progress=lambda *told: seen.append(told),
    ) as done:
        total = done.height * (1 + len(reforms.VARIANTES))
    assert seen[-1] == (total, total)
    assert seen == sorted(set(seen))


def test_the_number_of_rows_is_known_before_they_are_computed(monkeypatch):
    monkeypatch.setattr(engine, "build", None)

    def refuse(height):
        raise RequestError(f"{height} lignes")

    with pytest.raises(RequestError, match="42 lignes"):
        study(TABLE, YEARS, ["avance_50"], accept=refuse)


def test_a_variable_that_a_reform_adds_is_null_in_the_law():
    rows = simulate(
        TABLE.with_columns(france_sante_retenue=True, france_sante_structures_labellisees=2),
        2026,
        ["france_sante"],
        ["france_sante_montant"],
    )
    law, reformed = rows.partition_by("scenario", maintain_order=True)
    assert law["france_sante_montant"].null_count() == 7
    assert rows["france_sante_montant"].dtype == polars.Float64
    assert reformed["france_sante_montant"].null_count() == 0
    assert reformed["france_sante_montant"].sum() > 0
    with pytest.raises(RequestError, match="n'existe pas"):
        simulate(TABLE, 2026, [], ["france_sante_montant"])


def test_a_size_that_a_reform_adds_is_one_more_key():
    rows = simulate(TABLE, 2026, ["petit_territoire"], ["taille"])
    assert rows["taille"].dtype == polars.String
    law, reformed = rows.partition_by("scenario", maintain_order=True)
    sizes = ["taille_1", "taille_2", "taille_3", "indeterminee", "taille_4", "taille_3"]
    assert law["taille"].to_list() == ["taille_1", *sizes]
    assert reformed["taille"].to_list() == ["petit_territoire", *sizes]


def test_the_ranges_of_the_variants():
    table = polars.DataFrame({"id": ["a"], "population": [80_000]})
    amounts = [
        "fonctionnement_annuel",
        "amorcage_fir_plafond",
        "taille",
        "plafond_indemnites_membre",
    ]
    with study(table, 2026, ["avance_50"], amounts, variantes=True) as done:
        ranges = done.ranges
    names = ["conventions_retenues", *reforms.VARIANTES]
    assert ranges.columns == ["scenario", "annee", "variable", "variante", "total"]
    assert ranges["scenario"].to_list() == ["droit_en_vigueur"] * len(names) + ["avance_50"] * len(
        names
    )
    assert ranges["variante"].to_list() == names * 2
    assert ranges["variable"].unique().to_list() == ["fonctionnement_annuel"]
    # Exactly 80 000 inhabitants: 75 000 € in taille 3, 60 000 € in taille 2.
    by_name = dict(zip(ranges["variante"], ranges["total"], strict=True))
    assert by_name == dict.fromkeys(names, 75_000) | {"seuil_80000_taille_2": 60_000}


def test_without_variants_there_are_no_ranges():
    with study(TABLE, 2024) as done:
        assert done.ranges is None
        assert done.coefficients.height == 0
        assert Path(done._spool._folder.name).is_dir()


def test_an_empty_frame_has_all_columns():
    empty = polars.DataFrame({"id": []})
    with study(empty, YEARS, REFORMS, variantes=True) as done:
        assert done.rows.collect().height == done.height == 0
        assert done.rows.collect_schema() == simulate(TABLE, 2024, REFORMS).schema


def test_rows_streamed_to_a_file_keep_their_order(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "BATCH", 2)
    with study(TABLE, YEARS, REFORMS) as done:
        done.rows.sink_csv(tmp_path / "r.csv")
        rows = done.rows.collect()
    rows.write_csv(tmp_path / "expected.csv")
    assert (tmp_path / "r.csv").read_bytes() == (tmp_path / "expected.csv").read_bytes()
