"""How a table that was described shows on a terminal, and the changes of a reform as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from openfisca_cpts.outils.cli.fitted import Fitted
from openfisca_cpts.outils.loi.words import figure
from openfisca_cpts.outils.tables.described import MONEY, NUMBERS, TITLE, written
from openfisca_cpts.outils.typography import SPACE, day, number

if TYPE_CHECKING:
    from openfisca_cpts.outils.loi.differences import Difference
    from openfisca_cpts.outils.loi.idle import Idle
    from openfisca_cpts.outils.tables.described import Table

MOST_CHANGES = 8
"""Changes of one reform that the terminal shows; « reforms show » and the files give the others."""
YEAR = "annee"


def printed(table: Table) -> Fitted:
    """Lay a table out for a terminal: short headings, scenarios by their name, no detail.

    Args:
        table: the table.

    Returns:
        The table to print; a line stands between two years.
    """
    shown = table.without(TITLE, detail=False)
    units = [column.unit for column in shown.columns]
    lines = list(shown.lines())
    years = [line[0] for line in lines] if units[0] == YEAR else []
    return Fitted(
        [f"{each.heading} €" if each.unit in MONEY else each.heading for each in shown.columns],
        [
            [written(value, unit, currency=False) for value, unit in zip(line, units, strict=True)]
            for line in lines
        ],
        numbers=frozenset(rank for rank, unit in enumerate(units) if unit in (*NUMBERS, YEAR)),
        bold=table.totals,
        last=frozenset(rank for rank, pair in enumerate(pairwise(years)) if pair[0] != pair[1]),
    )


def change_lines(
    differences: Mapping[str, Sequence[Difference]], idle: Mapping[str, Idle]
) -> Iterator[str]:
    """Say in short which parameters each reform changes, and what it writes that changes nothing.

    Args:
        differences: the parameters that differ, by the name of the scenario.
        idle: what has no effect, by the same names.

    Yields:
        Lines to print.
    """
    for name, changes in differences.items():
        if idle[name].sentence:
            yield f"{name} {idle[name].sentence}"
        if not changes:
            if not idle[name].whole:
                yield f"{name} : une règle de calcul change, aucun chiffre de l'accord."
            continue
        yield f"{name} change :"
        for change in changes[:MOST_CHANGES]:
            yield f"  {change_line(change)}"
        left = len(changes) - MOST_CHANGES
        if left > 0:
            yield f"  … et {number(left)} autres valeurs."


def change_line(change: Difference) -> str:
    """Say one change: `path : 50 % → 60 %, à partir du 01/01/2026`."""
    before, after = (figure(value, change.unit) for value in (change.before, change.after))
    when = f"à partir du {day(change.start)}"
    if change.end is not None:
        when = f"du {day(change.start)} au {day(change.end)}"
    return f"{change.path}{SPACE}: {before} → {after}, {when}"
