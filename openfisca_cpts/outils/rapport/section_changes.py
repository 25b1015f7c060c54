"""The section of the page that says what each reform changes, and which text it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openfisca_cpts.outils.loi.differences import Difference
from openfisca_cpts.outils.loi.idle import Idle, idle
from openfisca_cpts.outils.loi.words import figure, statut
from openfisca_cpts.outils.rapport.outlook import Outlook
from openfisca_cpts.outils.rapport.pieces import Block, Cell, Link, Section, Table
from openfisca_cpts.outils.typography import day

Differences = Mapping[str, Sequence[Difference]]
"""What each reform changes in the parameters, by the name of its scenario."""
WEB = ("http://", "https://")


def section(outlook: Outlook, differences: Differences) -> Section | None:
    """Say what each reform changes.

    Args:
        outlook: the study.
        differences: the parameters that differ, by the name of the scenario.

    Returns:
        The section; none without a reform.
    """
    if not outlook.reforms:
        return None
    law, *others = outlook.study.scenarios
    return Section(
        key="textes",
        title="Ce qui change, et d'où cela vient",
        short="Textes",
        blocks=[
            Block(
                table(differences[scenario.name], idle(law.system, scenario.system)),
                scenario.title,
                [told for reform in scenario.reforms for told in _told(reform)],
            )
            for scenario in others
        ],
    )


def _told(reform: type) -> Iterator[Cell]:
    """Say what a reform is, in its own words, and which text it comes from."""
    title = getattr(reform, "titre", "") or reform.__name__
    description = " ".join((getattr(reform, "description", "") or "").split())
    yield description or f"{title}."
    source = dict(getattr(reform, "source", {}) or {})
    if source.get("title"):
        yield link_of(f"Source : {source['title']}", source)


def table(differences: Sequence[Difference], found: Idle) -> Table:
    """Show the parameters that a reform changes, interval by interval.

    Args:
        differences: the intervals.
        found: what of the reform changes nothing.

    Returns:
        The table; a note says where no parameter changes, and what changes nothing.
    """
    rows: list[list[Cell]] = [
        [
            difference.label,
            day(difference.start),
            day(difference.end) if difference.end else "",
            figure(difference.before, difference.unit),
            figure(difference.after, difference.unit),
            statut(difference.statut),
            source_of(difference.references),
        ]
        for difference in differences
    ]
    headings = ["Paramètre", "Du", "Au", "Avant", "Après", "Statut", "Source"]
    rules = "Aucun paramètre ne change : la réforme change une règle de calcul."
    note = " ".join(
        sentence
        for sentence in (
            found.sentence[:1].upper() + found.sentence[1:],
            rules if not rows and not found.whole else "",
        )
        if sentence
    )
    return Table(headings, rows, numbers_from="", note=note)


def source_of(references: Sequence[Mapping[str, str]]) -> Link:
    """Give the first text of a figure, with its address where it has one."""
    if not references:
        return Link("")
    return link_of(references[0].get("title", ""), references[0])


def link_of(text: str, source: Mapping[str, Any]) -> Link:
    """Make a link of a text; only addresses of the Web lead anywhere."""
    href = str(source.get("href") or "")
    return Link(text, href if href.startswith(WEB) else "")
