"""The first section of the page: what the totals rest on, and what would move them."""

from __future__ import annotations

from openfisca_cpts.outils.rapport.outlook import Outlook
from openfisca_cpts.outils.rapport.pieces import Block, Section, table_of
from openfisca_cpts.outils.simulation.contract_words import contract_lines
from openfisca_cpts.outils.simulation.hypotheses_words import sentences, title
from openfisca_cpts.outils.simulation.study_tables import contracts_of_law
from openfisca_cpts.outils.tables.panel import SURE, UNSURE, headlines


def section(outlook: Outlook) -> Section:
    """Say what was not given, carried over or assumed, what moves the totals, how sure they are.

    Args:
        outlook: the study.

    Returns:
        The section: sentences, then the totals under other hypotheses, the euros of each
        certainty, and the counts of each year.
    """
    study = outlook.study
    table = table_of(outlook.tables["hypotheses"])
    counts, sure = (outlook.tables[key] for key in (UNSURE, SURE))
    blocks = [
        Block(table_of(one, " ".join(one.remarks)), one.title)
        for each in (counts, sure.without("sens"))
        for one in each.each()
    ]
    if table.rows:
        blocks.append(Block(table, "Voir année par année", folded=True))
    return Section(
        key="hypotheses",
        title="Sur quoi ces totaux reposent",
        short="Hypothèses",
        sentences=[
            *headlines(counts, sure, outlook.last),
            f"{title(reformed=bool(outlook.reforms))} :",
        ],
        notes=[
            *sentences(study.hypotheses, study.years, bool(outlook.reforms)),
            *contract_lines(contracts_of_law(study)),
        ],
        blocks=blocks,
    )
