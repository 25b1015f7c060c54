"""`simulate`: a table of communities through the law in force and through its reforms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars

from openfisca_cpts.outils.simulation.frames import is_pandas, to_pandas
from openfisca_cpts.outils.simulation.studies import Progress, study


def simulate(
    communautes: Any,
    annees: int | Iterable[int],
    reformes: Iterable[Any] = (),
    variables: Sequence[str] | None = None,
    *,
    keep: Sequence[str] = (),
    default_rate: float | str | None = None,
    sheet: str | None = None,
    progress: Progress | None = None,
) -> polars.DataFrame:
    """Apply the law in force, then each reform, to every community of a table.

    Args:
        communautes: path of a CSV, XLSX or Parquet file, or a polars or pandas frame; one row per
            community, inputs by their name, amounts in euros, rates from 0 to 1.
        annees: calendar years, or one of them.
        reformes: one item per scenario: the name of a shipped reform (« part_variable_60 »),
            several joined by « + » and applied in their order, the path of a reform file (.yaml or
            .json), a table `{path: {date: value}}`, or a class of reform.
        variables: names of the variables to give; `default_variables` if none are named.
        keep: titles of other columns of the table to carry to the result; `*` stands for all that
            are read as nothing.
        default_rate: rate of achievement of every mission and year that the table gives none for
            (« 0,8 », « 80 % » and 0.8 are the same); without it, a missing rate is worth zero.
            What a table does not give is counted by `study(…).hypotheses`.
        sheet: name of the sheet of a workbook to read, where several could be meant.
        progress: told from time to time how many rows are computed, of how many.

    Returns:
        A polars frame, or a pandas frame if the table is one. One row per scenario, year and
        community: `scenario` (`droit_en_vigueur` first), `annee`, `id`, `nom`, the kept columns,
        then the variables. Money in euros, unrounded. A monthly amount is the sum of the calendar
        year; any other monthly variable is that of December. A variable that only a reform has is
        null in the other scenarios.

    Raises:
        RequestError: a year, a variable, a reform, a rate or a kept column that cannot be, or a
            file that does not exist.
        TableError: a fault in the table; all of them are listed.
    """
    with study(
        *(communautes, annees, reformes, variables),
        keep=keep,
        sheet=sheet,
        default_rate=default_rate,
        progress=progress,
    ) as done:
        rows = done.rows.collect()
    return to_pandas(rows) if is_pandas(communautes) else rows
