"""The first page: what the site is, how a figure is read, how an answer is found."""

from __future__ import annotations

from collections.abc import Iterator

from openfisca_cpts.outils.site import scale_page, statuts_table
from openfisca_cpts.outils.site.matter import Matter
from openfisca_cpts.outils.site.pages import Page, fill

PATH = "index.md"
TITLE = "Accueil"


def pages(matter: Matter) -> Iterator[Page]:
    """Make the first page."""
    known = scale_page.scales(matter)
    date = max(known)
    text = fill(
        "home",
        PATH,
        matter=matter,
        scale=known[date],
        date=date,
        address=scale_page.address(date),
        meanings=statuts_table.meanings(matter),
        counts=statuts_table.counts(matter),
        example=next(int(leaf.value(date) or 0) for leaf in matter.leaves if leaf.column),
    )
    yield Page(PATH, TITLE, (TITLE,), text, hide=("toc",))
