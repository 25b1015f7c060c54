"""What the terminal shows of a study, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.cli import study_printed
from openfisca_cpts.outils.cli.hypotheses import statement
from openfisca_cpts.outils.cli.paragraph import paragraph
from openfisca_cpts.outils.cli.tables import summary_table
from openfisca_cpts.outils.simulation import study_tables as tables
from openfisca_cpts.outils.simulation.contract_words import contract_lines
from openfisca_cpts.outils.simulation.hypotheses_words import assumption

if TYPE_CHECKING:
    from openfisca_cpts.outils.loi.differences import Difference
    from openfisca_cpts.outils.loi.idle import Idle
    from openfisca_cpts.outils.simulation import Study


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
    assumed = assumption(study.hypotheses)
    if not reformed and not groups:
        yield summary_table(tables.totals(study, ("taille",)), assumed)
    else:
        yield from _titled(
            study_printed.totals_tables(tables.totals(study, groups), reformed, groups), assumed
        )
    contracts = contract_lines(tables.contracts_of_law(study))
    yield from statement(study.hypotheses, study.years, contracts, reformed)
    if reformed:
        measures = study_printed.measures_of(tables.totals(study))
        yield from _titled(
            study_printed.movements_tables(tables.movements(study), measures), assumed
        )
        resized = tables.resized(study)
        if resized.height:
            yield from _titled([study_printed.sizes_table(resized)], assumed)
    if study.coefficients.height:
        yield from _titled([study_printed.coefficients_table(study.coefficients)], assumed)
    if study.ranges is not None:
        # A convention may pay where the kept ones pay nothing: the ranges say which amounts move.
        moved = list(study_printed.ranges_tables(study.ranges, tables.MEASURES))
        yield from _titled(moved, assumed)
        yield from study_printed.still_lines(study.ranges, study.years)
        if moved and reformed:
            yield from _costs(study, tables.MEASURES, assumed)
    yield from study_printed.change_lines(differences, idle_of(study))


def _costs(study: Study, measures: Sequence[str], assumed: str) -> Iterator[Any]:
    """Give the range of the cost of each reform, which is not that of its total."""
    assert study.ranges is not None
    costs = list(study_printed.cost_ranges_tables(study.ranges, measures))
    yield from _titled(costs, assumed)
    yield (
        "Coût : total de la réforme moins celui du droit en vigueur, sous la même convention."
        if costs
        else "Ces conventions changent les totaux, mais le coût d'aucune réforme."
    )


def _titled(pairs: Iterable[study_printed.Titled], assumed: str) -> Iterator[Any]:
    """Give tables, each after its title, which says what rate its totals rest on."""
    for title, table in pairs:
        yield f"{title} ({assumed})" if assumed else title
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
