"""The first section of the page: what the table does not give, and what that does to the totals."""

from __future__ import annotations

from openfisca_cpts.outils.rapport.outlook import Outlook
from openfisca_cpts.outils.rapport.pieces import Block, Section, table_of
from openfisca_cpts.outils.simulation.contract_words import contract_lines
from openfisca_cpts.outils.simulation.hypotheses_words import sentences, title
from openfisca_cpts.outils.simulation.study_tables import contracts_of_law


def section(outlook: Outlook) -> Section:
    """Say what was not given, carried over from another year, or assumed.

    Args:
        outlook: the study.

    Returns:
        The section: sentences, then the counts of each year.
    """
    study = outlook.study
    table = table_of(outlook.tables["hypotheses"])
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
