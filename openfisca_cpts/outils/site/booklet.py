"""The booklet for review: every dated value with its text, boxes to tick and a place to sign."""

from __future__ import annotations

from collections.abc import Iterator

from openfisca_cpts.outils.site.figure_pages import rows
from openfisca_cpts.outils.site.matter import Matter
from openfisca_cpts.outils.site.pages import Page, fill

PATH = "cahier.md"
SECTION = "Vérification"
TITLE = "Cahier de relecture"


def pages(matter: Matter) -> Iterator[Page]:
    """Make the page."""
    groups = [(group, [(file, rows(file)) for file in group.files]) for group in matter.groups]
    text = fill("booklet", PATH, matter=matter, groups=groups)
    yield Page(PATH, TITLE, (SECTION, TITLE), text, searched=False, hide=("toc",))
