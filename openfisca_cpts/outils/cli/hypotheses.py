"""What a table does not give, on the terminal: sentences, and the money of each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich import box
from rich.table import Table

from openfisca_cpts.outils.simulation.hypotheses import ASSUMED_RATE, NO_RATE, Hypotheses
from openfisca_cpts.outils.simulation.hypotheses_words import sentences, title
from openfisca_cpts.outils.typography import euros, number

HEADINGS = ("CPTS", "Missions", "Financement €", "Versé €")
RATE_TITLES = {
    NO_RATE: "Taux non donnés : de plus, au plus, à 100 %",
    ASSUMED_RATE: "Taux supposés : ce qui en dépend",
}


def statement(
    hypotheses: Hypotheses, years: Sequence[int], contracts: Sequence[str], reformed: bool
) -> Iterator[Any]:
    """Say what stands beside every total: what was not given, carried over, assumed.

    Args:
        hypotheses: the counts.
        years: the calendar years that they are of.
        contracts: the sentences on the contracts that run and end.
        reformed: whether there are other laws than the one in force.

    Yields:
        A title, its sentences, and the table of the rates where there are several years.
    """
    yield f"{title(reformed)} :"
    for sentence in (*sentences(hypotheses, years, reformed), *contracts):
        yield f"  {sentence}"
    for key, heading in RATE_TITLES.items():
        rows = hypotheses.of(key)
        if rows.height > 1:
            yield heading
            yield _rates(rows)


def _rates(rows: Any) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("Année", no_wrap=True)
    for heading in HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    columns = ("annee", "communautes", "missions", "financement", "versement")
    for year, *counts, earned, paid in rows.select(columns).iter_rows():
        table.add_row(str(year), *map(number, counts), *map(euros, (earned, paid)))
    return table
