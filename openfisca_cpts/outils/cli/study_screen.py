"""What the terminal shows of a study, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars

from openfisca_cpts.outils.cli.hypotheses import statement
from openfisca_cpts.outils.cli.study_printed import change_lines, printed
from openfisca_cpts.outils.paragraph import paragraph
from openfisca_cpts.outils.simulation.contract_words import contract_lines
from openfisca_cpts.outils.simulation.hypotheses_words import assumption
from openfisca_cpts.outils.simulation.study_tables import MEASURES, contracts_of_law, still
from openfisca_cpts.outils.tables.amounts import NAMES
from openfisca_cpts.outils.tables.panel import SURE, UNSURE, headlines

if TYPE_CHECKING:
    from openfisca_cpts.outils.loi.differences import Difference
    from openfisca_cpts.outils.loi.idle import Idle
    from openfisca_cpts.outils.simulation import Study
    from openfisca_cpts.outils.tables.described import Table


def differences_of(study: Study) -> dict[str, list[Difference]]:
    """Give the parameters that each reform changes, by the name of its scenario."""
    if len(study.scenarios) == 1:
        return {}
    from openfisca_cpts.outils.loi.differences import between_systems

    law, *reforms = study.scenarios
    return {
        scenario.name: between_systems(law.system.parameters, scenario.system.parameters)
        for scenario in reforms
    }


def idle_of(study: Study) -> dict[str, Idle]:
    """Give what of each reform changes nothing, by the name of its scenario."""
    from openfisca_cpts.outils.loi.idle import idle

    law, *reforms = study.scenarios
    return {scenario.name: idle(law.system, scenario.system) for scenario in reforms}


TOTALS = ("totaux_detailles", "totaux_par_taille", "totaux")
"""The tables of totals: the terminal shows the first that there is."""


def screen(
    study: Study, tables: Mapping[str, Table], differences: Mapping[str, list[Difference]]
) -> Iterator[Any]:
    """Give what the terminal shows, in its order.

    Args:
        study: the study.
        tables: its tables, by their keys.
        differences: what `differences_of` gave.

    Yields:
        Tables, their titles, and sentences.
    """
    reformed = len(study.scenarios) > 1
    first = next(tables[key] for key in TOTALS if key in tables)
    yield from _each(first)
    assumed = assumption(study.hypotheses)
    if assumed and first.amounts is None:
        yield f"Financement et versements : {assumed}."
    yield from headlines(tables[UNSURE], tables[SURE], study.years[-1])
    contracts = contract_lines(contracts_of_law(study))
    yield from statement(study, tables["hypotheses"], contracts)
    for table in tables.values():
        if table.key not in TOTALS and not table.files_only:
            shown = list(_each(table))
            yield from shown
            yield from table.remarks if shown else ()
    if study.ranges is not None:
        yield from _still(study, tables["fourchettes"])
        if reformed and tables["fourchettes"].amounts and not tables["couts"].amounts:
            yield "Ces conventions changent les totaux, mais le coût d'aucune réforme."
    yield from change_lines(differences, idle_of(study))


def _each(table: Table) -> Iterator[Any]:
    """Give a table, or those of each of its amounts, after their titles."""
    for one in table.each():
        yield one.title
        yield printed(one)


def _still(study: Study, spans: Table) -> Iterator[str]:
    """Say which totals no convention moves, and which ones are nothing to move."""
    assert study.ranges is not None
    for amount in MEASURES:
        own = study.ranges.filter(polars.col("variable") == amount)
        if own.height and amount not in (spans.amounts or ()):
            yield still(NAMES[amount][0], not (own["total"] != 0).any(), study.years)


def line(text: str, width: int) -> str:
    """Cut a sentence into lines; those that follow an indented one are further in.

    Args:
        text: the sentence, with its own indent.
        width: columns of the screen.

    Returns:
        The lines.
    """
    indent = text[: len(text) - len(text.lstrip())]
    return paragraph(text.lstrip(), width, indent + indent, indent)
