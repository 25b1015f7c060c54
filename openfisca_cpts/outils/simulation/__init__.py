"""Simulation: a table of communities in, a table of amounts out."""

from openfisca_cpts.outils.simulation.faults import Fault, RequestError, TableError
from openfisca_cpts.outils.simulation.run import BASELINE, DEFAULT_VARIABLES, simulate
from openfisca_cpts.outils.simulation.schedule_plan import Schedule, schedule
from openfisca_cpts.outils.simulation.summary import contracts, summarise
from openfisca_cpts.outils.simulation.template import write_template
from openfisca_cpts.outils.simulation.writing import write

__all__ = [
    "BASELINE",
    "DEFAULT_VARIABLES",
    "Fault",
    "RequestError",
    "Schedule",
    "TableError",
    "contracts",
    "schedule",
    "simulate",
    "summarise",
    "write",
    "write_template",
]
