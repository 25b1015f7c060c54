"""A table, read and checked for the laws that it will go through."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.simulation.communities import check_communities
from openfisca_cpts.outils.simulation.rates import read_rate, with_rates
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.simulation.scenarios import needed_inputs

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.communities import Communities
    from openfisca_cpts.outils.simulation.scenarios import Scenario


def load(
    communautes: Any,
    scenarios: Sequence[Scenario],
    keep: Collection[str],
    default_rate: float | str | None,
    sheet: str | None,
) -> Communities:
    """Read a table for some laws.

    Args:
        communautes: the table, as for `simulate`.
        scenarios: the law in force, then the others.
        keep: titles of other columns of the table, which are not read.
        default_rate: rate of achievement where the table gives none; none if none is assumed.
        sheet: name of the sheet of a workbook to read, where several could be meant.

    Returns:
        The communities.

    Raises:
        RequestError: the file does not exist, or the rate is none.
        TableError: a fault in the table; all of them are listed.
    """
    table = read(communautes, sheet)
    systems = [scenario.system for scenario in scenarios]
    communities = check_communities(table, systems, keep, needed_inputs(scenarios))
    if default_rate is not None:
        communities = with_rates(communities, read_rate(default_rate, systems[0]))
    return communities
