"""The section of the page that says what each reform changes, and which text it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from openfisca_cpts.outils.rapport.outlook import Outlook
from openfisca_cpts.outils.rapport.pieces import Block, Cell, Section, link_of, table_of
from openfisca_cpts.outils.tables.described import TITLE

INSIDE = ("chemin", "unite_nom")
"""Columns of those who work with the files; the page writes the unit beside the figure."""


def section(outlook: Outlook) -> Section | None:
    """Say what each reform changes.

    Args:
        outlook: the study.

    Returns:
        The section; none without a reform.
    """
    if not outlook.reforms:
        return None
    _, *others = outlook.study.scenarios
    changes = outlook.tables["parametres"].without(TITLE, *INSIDE)
    return Section(
        key="textes",
        title="Ce qui change, et d'où cela vient",
        short="Textes",
        blocks=[
            Block(
                table_of(changes.where(scenario=scenario.name)),
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
        yield link_of(f"Source : {source['title']}", source.get("href"))
