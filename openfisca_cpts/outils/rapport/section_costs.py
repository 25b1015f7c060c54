"""The cards of the page, and its first section: what each scenario costs, year by year."""

from __future__ import annotations

from collections.abc import Iterator

import polars

from openfisca_cpts.outils.rapport import charts
from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Card, Figure, Section, table_of
from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.simulation.study_tables import GAP
from openfisca_cpts.outils.simulation.summary import SUMS
from openfisca_cpts.outils.tables.amounts import NAMES
from openfisca_cpts.outils.typography import SPACE, count, millions, number, percent, signed

PLUS, MINUS = "plus", "moins"
"""Whether a figure of a card is shown as more, or as less."""


def cards(outlook: Outlook) -> list[Card]:
    """Give each scenario in a few figures, those of the last year.

    Args:
        outlook: the study.

    Returns:
        One card per scenario, the law in force first.
    """
    return [_card(outlook, name) for name in outlook.titles]


def _card(outlook: Outlook, name: str) -> Card:
    measure = outlook.measures[0]
    if name == outlook.law:
        lines = [("", count(outlook.communities, "communauté"), "")]
        people = int(outlook.total(name, SUMS[0]))
        # A table may give sizes and no population: nobody is not what it says.
        lines += [("", f"{number(people)}{SPACE}habitants", "")] if people else []
    else:
        lines = [_gap(outlook, name, shown) for shown in outlook.measures]
        lines += _movement(outlook, name)
    return Card(
        title=outlook.titles[name],
        color=outlook.colors[name],
        headline=millions(outlook.total(name, measure)),
        caption=f"{outlook.label(measure)}, {outlook.last}",
        lines=lines,
    )


def _gap(outlook: Outlook, name: str, measure: str) -> tuple[str, str, str]:
    gap = outlook.total(name, GAP + measure)
    text = f"{signed(millions(gap))} ({percent(outlook.rate(name, measure))})"
    sense = PLUS if gap > 0 else MINUS if gap < 0 else ""
    return f"Écart, {NAMES[measure][1].lower()}", text, sense


def _movement(outlook: Outlook, name: str) -> list[tuple[str, str, str]]:
    """Count who wins and loses, of the first amount that a reform changes for someone."""
    own = outlook.tables["gagnants"].where(scenario=name, annee=outlook.last)
    rows = {row["variable"]: row for row in own.rows.iter_rows(named=True)}
    moved = [
        measure
        for measure in outlook.measures
        if rows[measure]["gagnantes"] or rows[measure]["perdantes"]
    ]
    measure = next(iter(moved), outlook.measures[0])
    what = f" ({NAMES[measure][1].lower()})" if measure != outlook.measures[0] else ""
    row = rows[measure]
    return [
        (f"Gagnantes{what}", number(row["gagnantes"]), PLUS),
        (f"Perdantes{what}", number(row["perdantes"]), MINUS),
        (f"Inchangées{what}", number(row["inchangees"]), ""),
    ]


def section(outlook: Outlook) -> Section:
    """Show the total of each year, and its difference from the law in force.

    Args:
        outlook: the study.

    Returns:
        The section.
    """
    return Section(
        key="cout",
        title="Coût par année",
        short="Coût",
        sentences=list(_sentences(outlook)),
        figures=list(_figures(outlook)),
    )


def _sentences(outlook: Outlook) -> Iterator[str]:
    for measure in outlook.measures:
        label = outlook.label(measure)
        law = shown_euros(outlook.total(outlook.law, measure))
        if _flat(outlook.totals, measure):
            yield f"{label} : le même total chaque année, de {outlook.span}."
        yield f"{label}, total de {outlook.last} : {law} sous le droit en vigueur."
        for name in outlook.reforms:
            gap = outlook.total(name, GAP + measure)
            title = f"« {outlook.titles[name]} »"
            if gap:
                more = "de plus" if gap > 0 else "de moins"
                rate = percent(outlook.rate(name, measure))
                yield f"{title} : {shown_euros(abs(gap))} {more} ({rate})."
            else:
                yield f"{title} : le même total, au centime près."


def _flat(frame: polars.DataFrame, amount: str) -> bool:
    """Say whether a total of several years is the same in all of them: a sentence is enough."""
    if frame["annee"].n_unique() == 1:
        return False
    moved = frame.group_by("scenario").agg(polars.col(amount).max() - polars.col(amount).min())
    return not (moved[amount] > HALF_A_CENT).any()


def _figures(outlook: Outlook) -> Iterator[Figure]:
    for measure in outlook.measures:
        label = outlook.label(measure)
        frame = outlook.totals.select("annee", "scenario", measure)
        if not _flat(frame, measure):
            yield Figure(
                key=f"cout_{measure}",
                title=f"{label}, total par année",
                alt=f"Barres : {label.lower()}, total de chaque scénario, {outlook.span}.",
                spec=charts.bars_by_year(
                    outlook.titled(frame, measure), outlook.colors, "Total par an"
                ),
                legend=outlook.legend,
                table=table_of(outlook.tables["totaux"].of(measure)),
            )
        gap = GAP + measure
        frame = outlook.totals.filter(polars.col("scenario") != outlook.law)
        frame = frame.select("annee", "scenario", gap)
        if not (frame[gap] != 0).any() or _flat(frame, gap):
            continue
        yield Figure(
            key=f"ecart_{measure}",
            title=f"{label}, écart avec le droit en vigueur",
            alt="Barres : écart du total de chaque réforme avec le droit en vigueur.",
            spec=charts.bars_by_year(
                outlook.titled(frame, gap, gap=True), outlook.reform_colors, "Écart par an"
            ),
            legend=outlook.reform_legend,
            table=table_of(outlook.tables["totaux"].of(measure)),
        )
