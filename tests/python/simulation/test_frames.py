"""Frames of polars and pandas, and the scenarios of reforms."""

import datetime

import numpy
import pandas
import polars
import pytest
from openfisca_core.reforms import Reform

from openfisca_cpts.outils.simulation import Fault, RequestError, simulate

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


def test_a_pandas_frame_gives_what_a_polars_frame_gives():
    expected = simulate(polars.DataFrame(INPUTS), 2024, variables=VARIABLES)
    assert expected["financement_annuel"].to_list() == [123_000, 0]
    frame = pandas.DataFrame(INPUTS)
    assert simulate(frame, 2024, variables=VARIABLES).equals(expected)
    typed = frame.convert_dtypes().assign(
        date_signature_contrat=pandas.to_datetime(frame["date_signature_contrat"]),
        nom=frame["nom"].astype("category"),
    )
    assert simulate(typed, 2024, variables=VARIABLES).equals(expected)


def test_the_objects_of_a_pandas_frame_are_read_one_by_one(faults):
    frame = pandas.DataFrame(
        {"id": ["a", "b", "c", "d"], "population": [1, "abc", True, numpy.nan]}
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
