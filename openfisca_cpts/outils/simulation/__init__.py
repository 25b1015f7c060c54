"""Simulation: a table of communities in, a table of amounts out (model.md, section 9)."""

from openfisca_cpts.outils.simulation.faults import Fault, RequestError, TableError
from openfisca_cpts.outils.simulation.run import BASELINE, DEFAULT_VARIABLES, simulate
from openfisca_cpts.outils.simulation.summary import summarise
from openfisca_cpts.outils.simulation.writing import write

__all__ = [
    "BASELINE",
    "DEFAULT_VARIABLES",
    "Fault",
    "RequestError",
    "TableError",
    "simulate",
    "summarise",
    "write",
]
