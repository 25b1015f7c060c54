"""Simulation: a table of communities in, a table of amounts out."""

from openfisca_cpts.outils.simulation.analysis import (
    aggregate,
    compare,
    size_changes,
    winners_losers,
)
from openfisca_cpts.outils.simulation.faults import Fault, RequestError, TableError
from openfisca_cpts.outils.simulation.hypotheses import Hypotheses
from openfisca_cpts.outils.simulation.request import default_variables
from openfisca_cpts.outils.simulation.run import simulate
from openfisca_cpts.outils.simulation.scenarios import BASELINE, Scenario
from openfisca_cpts.outils.simulation.solve import Solution, solve
from openfisca_cpts.outils.simulation.study import Study, study
from openfisca_cpts.outils.simulation.summary import contracts, summarise
from openfisca_cpts.outils.simulation.template import write_template
from openfisca_cpts.outils.simulation.writing import write

__all__ = [
    "BASELINE",
    "Fault",
    "Hypotheses",
    "RequestError",
    "Scenario",
    "Solution",
    "Study",
    "TableError",
    "aggregate",
    "compare",
    "contracts",
    "default_variables",
    "simulate",
    "size_changes",
    "solve",
    "study",
    "summarise",
    "winners_losers",
    "write",
    "write_template",
]
