"""Simulation: a table of communities in, a table of amounts out.

Each name is loaded when it is asked for: who reads a fault needs no table, and no law.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from openfisca_cpts.outils.simulation.size_history import (
        near_thresholds,
        size_changes_between_years,
    )
    from openfisca_cpts.outils.simulation.solving import Solution, solve
    from openfisca_cpts.outils.simulation.studies import Study, study
    from openfisca_cpts.outils.simulation.summary import contracts, summarise
    from openfisca_cpts.outils.simulation.writing import write

_FILES = {
    "analysis": ("aggregate", "compare", "size_changes", "winners_losers"),
    "faults": ("Fault", "RequestError", "TableError"),
    "hypotheses": ("Hypotheses",),
    "request": ("default_variables",),
    "run": ("simulate",),
    "scenarios": ("BASELINE", "Scenario"),
    "size_history": ("near_thresholds", "size_changes_between_years"),
    "solving": ("Solution", "solve"),
    "studies": ("Study", "study"),
    "summary": ("contracts", "summarise"),
    "writing": ("write",),
}
_FILE_OF = {name: file for file, names in _FILES.items() for name in names}

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
    "near_thresholds",
    "simulate",
    "size_changes",
    "size_changes_between_years",
    "solve",
    "study",
    "summarise",
    "winners_losers",
    "write",
]


def __getattr__(name: str) -> Any:
    """Load a name of `__all__`."""
    if name not in _FILE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_FILE_OF[name]}"), name)
