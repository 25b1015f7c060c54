"""The traceability table: document line, figure, variables that read it, tests; and its CSV."""

from __future__ import annotations

from collections.abc import Iterator

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.controle import traceability
from openfisca_cpts.outils.site.matter import TESTS, Matter
from openfisca_cpts.outils.site.pages import Attachment, Page, fill

PATH = "tracabilite.md"
CSV = "tracabilite.csv"
SECTION = "Vérification"
TITLE = "Table de traçabilité"


def pages(matter: Matter) -> Iterator[Page | Attachment]:
    """Make the page, and the file that a spreadsheet opens."""
    known = traceability.trace_law(DOSSIER, matter.root / TESTS)
    text = fill("traceability", PATH, matter=matter, known=known, csv=CSV)
    yield Page(PATH, TITLE, (SECTION, TITLE), text, hide=("toc",))
    # What a French spreadsheet opens by a double click.
    table = traceability.table(known)
    content = table.write_csv(separator=";", decimal_comma=True, include_bom=True)
    yield Attachment(CSV, content.encode("utf-8"))
