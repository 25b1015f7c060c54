"""The tables of the terminal for a study: totals against the law, winners, sizes, what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import polars
from rich import box
from rich.table import Table
from rich.text import Text

from openfisca_cpts.outils.cli.tables import UNKNOWN_LABEL, UNKNOWN_SIZE
from openfisca_cpts.outils.loi.words import figure
from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.simulation.cost_ranges import HIGH, KEPT, LOW, cost_ranges, moving
from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.study_tables import GAP, MEASURES, moves, spans, still
from openfisca_cpts.outils.simulation.summary import COUNT, SUMS
from openfisca_cpts.outils.typography import (
    NONE,
    SPACE,
    day,
    decimal,
    euros,
    number,
    percent,
    signed,
)

if TYPE_CHECKING:
    from openfisca_cpts.outils.loi.differences import Difference
    from openfisca_cpts.outils.loi.idle import Idle

MEASURE_TITLES = {
    "financement_annuel": "Financement annuel",
    "versement_annuel": "Versé dans l'année",
}
LAW = "droit en vigueur"
MOST_CHANGES = 8
"""Changes of one reform that the terminal shows; « reforms show » and the files give the others."""
SIX = ".6f"

Titled = tuple[str, Table]


def measures_of(totals: polars.DataFrame) -> list[str]:
    """Give the amounts that a community has in some scenario, or else the first."""
    return [name for name in MEASURES if (totals[name] != 0).any()] or [MEASURES[0]]


def totals_tables(
    totals: polars.DataFrame, reformed: bool, by: Sequence[str] = ()
) -> Iterator[Titled]:
    """Show totals by year and scenario, with the difference from the law in force.

    Args:
        totals: what `study_tables.totals` gave.
        reformed: whether there is a scenario besides the law in force.
        by: the columns that they are broken down by.

    Yields:
        One table per amount, with its title.
    """
    for measure in measures_of(totals):
        table = _table("Année", *(["Scénario"] if reformed else []), *by)
        _add_numbers(table, "CPTS", *(["Total €"] if reformed else ["Habitants", "Total €"]))
        if reformed:
            _add_numbers(table, "Écart €", "%")
        for (_,), block in totals.group_by("annee", maintain_order=True):
            for row in block.iter_rows(named=True):
                _add_total(table, row, measure, reformed, by)
            table.add_section()
        yield MEASURE_TITLES[measure], table


def _add_total(table: Table, row: dict, measure: str, reformed: bool, by: Sequence[str]) -> None:
    gap = row[GAP + measure]
    before = row[measure] - gap
    cells = [str(row["annee"]), *([_scenario(row)] if reformed else [])]
    cells += [_group(row[name]) for name in by]
    cells += [number(row[COUNT]), *([] if reformed else [number(row[SUMS[0]])])]
    cells.append(euros(row[measure]))
    if reformed and row["scenario"] != BASELINE:
        cells += [signed(euros(gap)), percent(gap / before if before else None)]
    table.add_row(*map(Text, cells))


def _scenario(row: dict) -> str:
    return LAW if row["scenario"] == BASELINE else row["scenario"]


def _group(value: object) -> str:
    if value is None:
        return NONE
    return UNKNOWN_LABEL if value == UNKNOWN_SIZE else str(value)


def movements_tables(movements: polars.DataFrame, measures: Sequence[str]) -> Iterator[Titled]:
    """Show who wins and who loses, by reform and year.

    Args:
        movements: what `study_tables.movements` gave.
        measures: the amounts to show.

    Yields:
        One table per amount that a reform changes, with its title.
    """
    for measure in measures:
        own = movements.filter(polars.col("variable") == measure)
        if measure != measures[0] and not (own["gagnantes"] + own["perdantes"]).sum():
            continue
        table = _table("Année", "Scénario")
        _add_numbers(table, "Gagnantes", "Perdantes", "Inchangées", "Solde €")
        for row in own.sort("annee", maintain_order=True).iter_rows(named=True):
            table.add_row(
                str(row["annee"]),
                _scenario(row),
                *(number(row[name]) for name in ("gagnantes", "perdantes")),
                number(row["inchangees"]),
                signed(euros(row["solde"])),
            )
        yield f"Gagnants et perdants : {MEASURE_TITLES[measure].lower()}", table


def sizes_table(resized: polars.DataFrame) -> Titled:
    """Show the communities that a reform puts in another size.

    Args:
        resized: what `study_tables.resized` gave, with at least one row.

    Returns:
        The table, with its title: only the communities that change.
    """
    table = _table("Année", "Scénario", "De", "À")
    _add_numbers(table, "CPTS", "Écart de financement €")
    before, after = "taille_droit_en_vigueur", "taille_reforme"
    moved = resized.filter(polars.col(before) != polars.col(after))
    for row in moved.sort("annee", maintain_order=True).iter_rows(named=True):
        table.add_row(
            str(row["annee"]),
            _scenario(row),
            *(_group(row[name]).replace("_", " ") for name in (before, after)),
            number(row[COUNT]),
            signed(euros(row["financement_annuel_difference"])),
        )
    return "Changements de taille", table


def coefficients_table(coefficients: polars.DataFrame) -> Titled:
    """Show the coefficients that close an envelope.

    Args:
        coefficients: the table of a study, with at least one row.

    Returns:
        The table, with its title.
    """
    table = _table("Année", "Scénario")
    _add_numbers(table, "Coefficient", "Avant €", "Cible €", "Après €")
    for row in coefficients.sort("annee", maintain_order=True).iter_rows(named=True):
        table.add_row(
            str(row["annee"]),
            _scenario(row),
            decimal(row["coefficient"], SIX),
            *(euros(row[name]) for name in ("total_avant", "cible", "total_apres")),
        )
    return "Coefficients trouvés sur toutes les communautés du tableau", table


def ranges_tables(ranges: polars.DataFrame, measures: Sequence[str]) -> Iterator[Titled]:
    """Show between what and what each total moves when a convention is chosen otherwise.

    Args:
        ranges: the table of a study.
        measures: the amounts to show.

    Yields:
        One table per amount that moves, with its title.
    """
    for measure in measures:
        own = ranges.filter(polars.col("variable") == measure)
        if not moves(own):
            continue
        moved = spans(own)
        table = _table("Année", "Scénario")
        _add_numbers(table, "Au plus bas €", "Retenu €", "Au plus haut €")
        for row in moved.sort("annee", maintain_order=True).iter_rows(named=True):
            cells = [euros(row[name]) for name in ("bas", "retenu", "haut")]
            style = None if row["haut"] - row["bas"] > HALF_A_CENT else "dim"
            table.add_row(str(row["annee"]), _scenario(row), *cells, style=style)
        title = f"Selon les conventions : {MEASURE_TITLES[measure].lower()}"
        yield title, table


def cost_ranges_tables(ranges: polars.DataFrame, measures: Sequence[str]) -> Iterator[Titled]:
    """Show between what and what the cost of each reform moves, when a convention is another.

    Args:
        ranges: the table of a study with at least one reform.
        measures: the amounts to show.

    Yields:
        One table per amount whose cost moves, with its title.
    """
    costs = cost_ranges(ranges)
    for measure in measures:
        own = costs.filter(polars.col("variable") == measure)
        if not moving(own).height:
            continue
        table = _table("Année", "Scénario")
        _add_numbers(table, "Au plus bas €", "Retenu €", "Au plus haut €")
        for row in own.sort("annee", maintain_order=True).iter_rows(named=True):
            cells = [signed(euros(row[name])) for name in (LOW, KEPT, HIGH)]
            table.add_row(str(row["annee"]), _scenario(row), *cells)
        yield f"Coût selon les conventions : {MEASURE_TITLES[measure].lower()}", table


def still_lines(ranges: polars.DataFrame, years: Sequence[int]) -> Iterator[str]:
    """Say which totals no convention moves, and which ones are nothing to move.

    Args:
        ranges: the table of a study.
        years: its years, in their order.

    Yields:
        Sentences of French.
    """
    for measure in MEASURES:
        own = ranges.filter(polars.col("variable") == measure)
        if own.height and not moves(own):
            yield still(MEASURE_TITLES[measure], not (own["total"] != 0).any(), years)


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


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in headings:
        table.add_column(heading, overflow="fold", no_wrap=heading == "Année")
    return table


def _add_numbers(table: Table, *headings: str) -> None:
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
