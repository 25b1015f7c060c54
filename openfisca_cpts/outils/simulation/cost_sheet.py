"""The sheet of a workbook that tells what each reform costs when a convention is another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars

from openfisca_cpts.outils.simulation.cost_ranges import HIGH, KEPT, LOW, cost_ranges
from openfisca_cpts.outils.simulation.sheets import Column, width_of


def costs_sheet(ranges: polars.DataFrame) -> tuple[Sequence[Column], Sequence[Sequence[Any]]]:
    """Lay out the range of each cost.

    Args:
        ranges: the table of ranges of a study with at least one reform.

    Returns:
        The columns and the rows of the sheet, amounts in euros.
    """
    costs = cost_ranges(ranges)
    words = {
        "scenario": "Scénario",
        "variable": "Montant",
        f"convention_{LOW}": "Convention la plus basse",
        f"convention_{HIGH}": "Convention la plus haute",
    }
    numbers = {LOW: "Coût au plus bas", KEPT: "Coût retenu", HIGH: "Coût au plus haut"}
    columns = [Column(title, width=width_of(costs[name])) for name, title in words.items()]
    columns.insert(1, Column("Année", "annee"))
    columns += [Column(title, "euros") for title in numbers.values()]
    scenario, *others = words
    return columns, costs.select(scenario, "annee", *others, *numbers).rows()
