"""Loads the law of a package, or of a copy of it, as often as it has to be changed in memory."""

from __future__ import annotations

import functools
from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from openfisca_cpts import DOSSIER, CountryTaxBenefitSystem, legislation
from openfisca_cpts.entities import entities


def load(root: Path = DOSSIER) -> TaxBenefitSystem:
    """Load a law that may be changed.

    The files of a folder are read once per process; the tree of parameters is a fresh copy each
    time, with nothing remembered of what another copy held.

    Args:
        root: folder of the package, or of a copy. What the files of a copy import of
            `openfisca_cpts` is the installed package's.

    Returns:
        The system.
    """
    if root == DOSSIER:
        return CountryTaxBenefitSystem()
    system = TaxBenefitSystem(entities)
    system.parameters = legislation.charger(root / "parameters")
    system.variables = dict(_variables(root))
    return system


@functools.cache
def _variables(root: Path) -> dict[str, Variable]:
    system = TaxBenefitSystem(entities)
    system.parameters = legislation.charger(root / "parameters")
    legislation.ajouter_variables(system, root / "variables")
    return system.variables
