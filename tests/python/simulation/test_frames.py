"""Frames of polars and pandas, and the scenarios of reforms."""

import datetime
import subprocess
import sys

import numpy
import pandas
import polars
import pytest
from openfisca_core.reforms import Reform

from openfisca_cpts.outils.simulation import (
    Fault,
    RequestError,
    aggregate,
    compare,
    contracts,
    default_variables,
    simulate,
    size_changes,
    summarise,
    winners_losers,
    write,
)
from openfisca_cpts.outils.simulation.summary import CONTRACT_VARIABLES, SUMMED_VARIABLES

INPUTS = {
    "id": ["a", "b"],
    "nom": ["A", None],
    "region": [93, 1],
    "population_2024": [52_000, None],
    "parcours_taux_atteinte": [0.8, None],
    "parcours_retenue": [True, None],
    "date_signature_contrat": [datetime.date(2021, 3, 15), None],
}
VARIABLES = ["population", "region_ars", "date_signature_contrat", "financement_annuel"]


def assert_same(frame, expected):
    """Hold a pandas frame against the polars one that says the same."""
    assert isinstance(frame, pandas.DataFrame)
    assert [*frame.columns] == expected.columns
    assert [*frame.index] == [*range(expected.height)]
    for name in expected.columns:
        assert [None if cell is pandas.NaT else cell for cell in frame[name]] == [
            pandas.Timestamp(cell) if isinstance(cell, datetime.date) else cell
            for cell in expected[name]
        ]


def test_a_pandas_frame_gives_what_a_polars_frame_gives():
    expected = simulate(polars.DataFrame(INPUTS), 2024, variables=VARIABLES)
    assert expected["financement_annuel"].to_list() == [123_000, 0]
    frame = pandas.DataFrame(INPUTS)
    assert_same(simulate(frame, 2024, variables=VARIABLES), expected)
    typed = frame.convert_dtypes().assign(
        date_signature_contrat=pandas.to_datetime(frame["date_signature_contrat"]),
        nom=frame["nom"].astype("category"),
    )
    assert_same(simulate(typed, 2024, variables=VARIABLES), expected)


def test_a_pandas_frame_is_given_back_in_the_types_of_numpy():
    kept = {
        "rang": [1, None],
        "sur": [True, False],
        "vu": pandas.to_datetime(["2024-01-01 12:00", None]),
        "note": pandas.Categorical(["x", None]),
    }
    frame = pandas.DataFrame(INPUTS | kept, index=[7, 7])
    names = [*VARIABLES, "parcours_retenue"]
    result = simulate(frame, [2024, 2025], variables=names, keep=[*kept])
    kinds = {name: str(kind) for name, kind in result.dtypes.items()}
    assert kinds == {
        **dict.fromkeys(("scenario", "id", "nom", "note", "region_ars"), "object"),
        "annee": "int32",
        "population": "int32",
        "rang": "float64",
        "sur": "bool",
        "parcours_retenue": "bool",
        "financement_annuel": "float64",
        "vu": "datetime64[ms]",
        "date_signature_contrat": "datetime64[s]",
    }
    assert result["note"].tolist() == ["x", None] * 2
    assert result["nom"].tolist() == ["A", None] * 2
    assert result["date_signature_contrat"].tolist()[:2] == [
        pandas.Timestamp(2021, 3, 15),
        pandas.Timestamp(9999, 12, 31),
    ]


def test_an_empty_pandas_frame_gives_one():
    result = simulate(pandas.DataFrame({"id": []}), 2024)
    assert isinstance(result, pandas.DataFrame)
    assert result.shape == (0, 4 + len(default_variables()))


WITHOUT_PYARROW = """
import sys
sys.modules["pyarrow"] = None  # as where it is not installed
import pandas
from openfisca_cpts.outils.simulation import aggregate, simulate
table = pandas.DataFrame({"id": ["a"], "nom": ["A"], "population": [52_000]})
result = simulate(table, 2024, ["part_variable_60"])
assert isinstance(result, pandas.DataFrame), type(result)
sums = aggregate(result)
assert isinstance(sums, pandas.DataFrame), type(sums)
print(result["fonctionnement_annuel"].tolist())
"""


def test_no_pyarrow_is_needed(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PYARROW],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("[60000.0, 60000.0]\n", 0), done.stderr


def test_what_reads_a_result_takes_either_frame_and_gives_the_same(tmp_path):
    names = [*CONTRACT_VARIABLES, *SUMMED_VARIABLES]
    of_pandas, of_polars = (
        simulate(table, [2024, 2025], ["part_variable_60"], names)
        for table in (pandas.DataFrame(INPUTS), polars.DataFrame(INPUTS))
    )
    for function in (aggregate, compare, contracts, size_changes, summarise, winners_losers):
        assert_same(function(of_pandas), function(of_polars))
    write(of_pandas, tmp_path / "pandas.csv")
    write(of_polars, tmp_path / "polars.csv")
    assert (tmp_path / "pandas.csv").read_bytes() == (tmp_path / "polars.csv").read_bytes()


def test_the_objects_of_a_pandas_frame_are_read_one_by_one(faults):
    frame = pandas.DataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "population": [1, "abc", True, numpy.nan],
            "parcours_retenue": [True] * 4,
        }
    )
    assert [(fault.row, fault.value) for fault in faults(frame)] == [(3, "abc"), (4, "True")]


def test_a_polars_column_of_lists_is_refused(faults):
    (fault,) = faults(polars.DataFrame({"id": ["a"], "population": [[1, 2]]}))
    assert isinstance(fault, Fault)
    assert (fault.column, fault.value) == ("population", "[1, 2]")


class one_functioning_for_all(Reform):
    def apply(self):
        def level(parameters):
            for size in parameters.aci.fonctionnement.children.values():
                size.update(start=size.values_list[-1].instant_str, value=100_000)
            return parameters

        self.modify_parameters(level)


def test_a_reform_is_one_more_scenario_and_leaves_the_law_alone():
    table = polars.DataFrame({"id": ["a", "b"], "population": [30_000, 60_000]})
    result = simulate(table, [2024, 2025], [one_functioning_for_all], ["fonctionnement_annuel"])
    law, reformed = result.partition_by("scenario", maintain_order=True)
    assert law["scenario"].unique().to_list() == ["droit_en_vigueur"]
    assert reformed["scenario"].unique().to_list() == ["one_functioning_for_all"]
    assert law["fonctionnement_annuel"].to_list() == [50_000, 60_000] * 2
    assert reformed["fonctionnement_annuel"].to_list() == [100_000] * 4
    assert law.drop("scenario").equals(
        simulate(table, [2024, 2025], variables=["fonctionnement_annuel"]).drop("scenario")
    )


def test_two_reforms_of_one_name_are_refused():
    with pytest.raises(RequestError, match="même nom"):
        simulate(polars.DataFrame({"id": ["a"]}), 2024, [one_functioning_for_all] * 2)
