"""The first section of the page: what the table does not give, and what that does to the totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Block, Section, Table
from openfisca_cpts.outils.simulation.contract_words import contract_lines
from openfisca_cpts.outils.simulation.hypotheses_words import COLUMNS, rows, sentences, title
from openfisca_cpts.outils.simulation.study_tables import contracts_of_law
from openfisca_cpts.outils.typography import number

SHOWN: dict[str, Callable[[Any], str]] = {"euros": shown_euros, "nombre": number}
"""How the cells of each kind are written; others are as they come."""


def section(outlook: Outlook) -> Section:
    """Say what was not given, carried over from another year, or assumed.

    Args:
        outlook: the study.

    Returns:
        The section: sentences, then the counts of each year.
    """
    study = outlook.study
    table = _table(outlook)
    return Section(
        key="hypotheses",
        title=title(reformed=bool(outlook.reforms)),
        short="Hypothèses",
        notes=[
            *sentences(study.hypotheses, study.years, bool(outlook.reforms)),
            *contract_lines(contracts_of_law(study)),
        ],
        blocks=[Block(table, "Voir année par année", folded=True)] if table.rows else [],
    )


def _table(outlook: Outlook) -> Table:
    kinds = [kind for _, kind in COLUMNS.values()]
    cells = [
        [
            "" if value is None else SHOWN.get(kind, str)(value)
            for kind, value in zip(kinds, row, strict=True)
        ]
        for row in rows(outlook.study.hypotheses)
    ]
    headings = [heading for heading, _ in COLUMNS.values()]
    return Table(headings, cells, numbers_from=COLUMNS["communautes"][0])
