"""What the terminal shows of a study, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.cli import study_tables
from openfisca_cpts.outils.cli.paragraph import paragraph
from openfisca_cpts.outils.cli.tables import summary_table
from openfisca_cpts.outils.simulation import study_tables as tables
from openfisca_cpts.outils.simulation.contract_words import contract_lines

if TYPE_CHECKING:
    from openfisca_cpts.outils.legal.differences import Difference
    from openfisca_cpts.outils.simulation import Study


def differences_of(study: Study) -> dict[str, list[Difference]]:
    """Give the parameters that each reform changes, by the name of its scenario."""
    if len(study.scenarios) == 1:
        return {}
    from openfisca_cpts.outils.legal.differences import between_systems

    law, *reforms = study.scenarios
    return {
        scenario.name: between_systems(law.system.parameters, scenario.system.parameters)
        for scenario in reforms
    }


def screen(
    study: Study, groups: Sequence[str], differences: dict[str, list[Difference]]
) -> Iterator[Any]:
    """Give what the terminal shows, in its order.

    Args:
        study: the study.
        groups: columns to break the totals down by.
        differences: what `differences_of` gave.

    Yields:
        Tables, their titles, and sentences.
    """
    reformed = len(study.scenarios) > 1
    if not reformed and not groups:
        yield summary_table(tables.totals(study, ("taille",)))
    else:
        yield from _titled(
            study_tables.totals_tables(tables.totals(study, groups), reformed, groups)
        )
    if reformed:
        measures = study_tables.measures_of(tables.totals(study))
        yield from _titled(study_tables.movements_tables(tables.movements(study), measures))
        resized = tables.resized(study)
        if resized.height:
            yield from _titled([study_tables.sizes_table(resized)])
    if study.coefficients.height:
        yield from _titled([study_tables.coefficients_table(study.coefficients)])
    if study.ranges is not None:
        measures = study_tables.measures_of(tables.totals(study))
        moved = list(study_tables.ranges_tables(study.ranges, measures))
        yield from _titled(moved)
        if not moved:
            yield "Aucune des conventions que les textes ne tranchent pas ne change ces totaux."
    yield from study_tables.change_lines(differences)
    yield from contract_lines(tables.contracts_of_law(study))
    yield from (f"• {remark}" for remark in study.remarks)


def _titled(pairs: Iterable[study_tables.Titled]) -> Iterator[Any]:
    for title, table in pairs:
        yield title
        yield table


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
