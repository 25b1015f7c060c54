"""The command `openfisca-cpts diff`: which figures differ, by how much, from which text."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from openfisca_cpts.outils.cli.bareme import read_day
from openfisca_cpts.outils.cli.options import Format, format_option, reform_names
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.scenarios import resolve
from openfisca_cpts.outils.typography import day

if TYPE_CHECKING:
    from openfisca_cpts.outils.cli.diff_formats import Comparison

FORM = "Attendu : deux jours (diff 2022-01-01 2023-01-01), ou --reform."


def diff(
    premier: Annotated[
        datetime.date | None,
        typer.Argument(
            metavar="JOUR",
            show_default=False,
            parser=read_day,
            help="Premier jour (2022-01-01 ou 01/01/2022).",
        ),
    ] = None,
    second: Annotated[
        datetime.date | None,
        typer.Argument(metavar="JOUR", show_default=False, parser=read_day, help="Second jour."),
    ] = None,
    named: Annotated[
        list[str] | None,
        typer.Option(
            "--reform",
            metavar="RÉFORME",
            show_default=False,
            autocompletion=reform_names,
            help="Réforme à comparer au droit en vigueur : le nom d'une réforme livrée, ou un "
            "fichier .yaml ou .json ; plusieurs, en répétant l'option.",
        ),
    ] = None,
    shown_as: Annotated[Format, format_option(*Format)] = Format.terminal,
) -> None:
    """Compare le droit à deux jours, ou des réformes au droit en vigueur, chiffre par chiffre.

    Entre deux jours : ce qui change, de combien (en valeur et en %), depuis quand et d'après quel
    texte. Pour une réforme : les chiffres qui diffèrent du droit et sur quels intervalles, et les
    règles de calcul qu'elle change. Code de sortie : 0 si tout est fait, qu'il y ait ou non des
    différences, 2 si une option est refusée.
    """
    # pydantic takes its time to load: the help does not wait for it.
    from openfisca_cpts.outils.cli import diff_formats as formats

    comparisons = _compare(premier, second, named or [])
    if shown_as is Format.terminal:
        for comparison in comparisons:
            formats.print_comparison(comparison, Console())
    elif shown_as is Format.markdown:
        typer.echo(formats.as_markdown(comparisons), nl=False)
    elif shown_as is Format.csv:
        typer.echo(formats.as_csv(comparisons), nl=False)
    else:
        typer.echo(formats.as_json(comparisons), nl=False)


def _compare(
    first: datetime.date | None, second: datetime.date | None, named: Sequence[str]
) -> list[Comparison]:
    from openfisca_cpts.outils.cli.diff_formats import Comparison
    from openfisca_cpts.outils.loi.caution import changed_rules
    from openfisca_cpts.outils.loi.differences import between_dates, between_systems

    if named and first is not None:
        raise RequestError("Deux jours et --reform ne se donnent pas ensemble.")
    if not named and second is None:
        raise RequestError(FORM)
    law, *scenarios = resolve(named)
    for scenario in scenarios:
        scenario.refuse_unbalanced()
    if first is None or second is None:
        return [
            Comparison(
                f"{scenario.title} ({scenario.name}), comparé au droit en vigueur",
                scenario.name,
                between_systems(law.system.parameters, scenario.system.parameters),
                list(changed_rules(law.system, scenario.system)),
            )
            for scenario in scenarios
        ]
    if second < first:
        raise RequestError(f"Le second jour ({day(second)}) est avant le premier ({day(first)}).")
    differences = between_dates(law.system.parameters, first, second)
    name = f"{first}..{second}"
    title = f"Ce qui a changé entre le {day(first)} et le {day(second)}"
    return [Comparison(title, name, differences)]
