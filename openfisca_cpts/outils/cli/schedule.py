"""The command `openfisca-cpts schedule`: what one community is paid, line by line."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import polars
import typer
from rich.console import Console

from openfisca_cpts.outils.cli.options import (
    FORMAT_OF_FILE,
    DefaultRate,
    Format,
    KeptUnread,
    Sheet,
    format_option,
    split,
    year,
)
from openfisca_cpts.outils.cli.schedule_formats import as_csv, as_json, print_plan
from openfisca_cpts.outils.plan import Schedule
from openfisca_cpts.outils.plan import schedule as payment_plan
from openfisca_cpts.outils.simulation import RequestError, TableError
from openfisca_cpts.outils.simulation.columns import ID
from openfisca_cpts.outils.simulation.writing import check_output, replace

UNNAMED = "communauté"
"""Identifier of a community given by options, where none is."""
WIDTH = 100
"""Columns of a plan written to a text file."""


def schedule(
    fichier: Annotated[
        Path | None,
        typer.Argument(
            metavar="FICHIER",
            show_default=False,
            help="Tableau des communautés (.csv, .xlsx ou .parquet), comme pour simulate.",
        ),
    ] = None,
    identifiant: Annotated[
        str | None,
        typer.Option(
            "--id",
            metavar="ID",
            show_default=False,
            help="Communauté du tableau ; inutile s'il n'en a qu'une.",
        ),
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="COLONNE=VALEUR",
            show_default=False,
            help="Sans tableau, une donnée de la communauté ; en répétant l'option, les autres "
            "(--set population=42000 --set date_signature_contrat=15/09/2021).",
        ),
    ] = None,
    first: Annotated[
        int | None,
        typer.Option(
            "--from",
            metavar="ANNÉE",
            show_default=False,
            parser=year,
            help="Première année du plan ; sans elle, celle du premier événement.",
        ),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option(
            "--to",
            metavar="ANNÉE",
            show_default=False,
            parser=year,
            help="Dernière année du plan ; sans elle, celle du dernier versement possible.",
        ),
    ] = None,
    shown_as: Annotated[
        Format | None, format_option(Format.terminal, Format.csv, Format.json)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="RÉSULTAT",
            show_default=False,
            help="Fichier à écrire (.txt, .csv ou .json) ; sans lui, l'écran.",
        ),
    ] = None,
    keep: KeptUnread = None,
    default_rate: DefaultRate = None,
    sheet: Sheet = None,
    grid: Annotated[
        Path | None,
        typer.Option(
            "--grid",
            metavar="GRILLE",
            show_default=False,
            help="Grille des indicateurs du contrat, à la place des taux d'atteinte d'un exercice "
            "(openfisca-cpts indicators --help dit ses colonnes).",
        ),
    ] = None,
    grid_year: Annotated[
        int | None,
        typer.Option(
            "--grid-year",
            metavar="ANNÉE",
            show_default=False,
            parser=year,
            help="Année civile où s'ouvre l'exercice que la grille évalue.",
        ),
    ] = None,
) -> None:
    """Donne le plan de versement d'une communauté : ce qui est payé, quel mois, et pourquoi.

    Une ligne par versement, avec l'article et le statut du chiffre le moins sûr sur lequel il
    repose (officiel, document public, presse, déduit, hypothèse) ; puis les échéances des
    missions socles, et trois totaux par an : sûr (taux d'atteinte à 0 %), avec les taux donnés,
    plafond (à 100 %). Une part variable dont le taux n'est pas donné a sa ligne, à zéro, avec ce
    qu'elle vaudrait au plus. La communauté est une ligne d'un tableau, ou se donne par --set.

    L'écran montre les centimes ; csv (les versements seuls) et json (tout le plan) donnent les
    montants sans arrondi. Code de sortie : 0 si tout est fait, 2 si une donnée ou une option est
    refusée ; toutes les fautes sont alors listées et rien n'est écrit.
    """
    if output is not None:
        check_output(output, tuple(FORMAT_OF_FILE))
        shown_as = shown_as or FORMAT_OF_FILE[output.suffix.lower()]
    source = _source(fichier, given)
    try:
        plan = payment_plan(
            *(source, identifiant),
            premiere=first,
            derniere=last,
            keep=split(keep or []),
            sheet=sheet,
            default_rate=default_rate,
            grille=grid,
            annee_grille=grid_year,
        )
    except TableError as error:
        if fichier is not None or grid is not None:
            raise
        # An option stands on no row of a file.
        raise TableError(dataclasses.replace(each, row=None) for each in error.faults) from error
    if output is not None:
        text = _text(plan, shown_as or Format.terminal, Console(file=io.StringIO(), width=WIDTH))
        replace(output, lambda beside: beside.write_text(text, encoding="utf-8", newline=""))
    console = Console()
    if output is not None:
        count = plan.versements.height
        said = f"Écrit : {output} ({count} ligne{'s' if count > 1 else ''})."
        console.print(said, markup=False, highlight=False, soft_wrap=True)
    elif shown_as in (None, Format.terminal):
        print_plan(plan, console)
    else:
        typer.echo(_text(plan, shown_as, console), nl=False)


def _text(plan: Schedule, shown_as: Format | None, console: Console) -> str:
    if shown_as is Format.csv:
        return as_csv(plan)
    if shown_as is Format.json:
        return as_json(plan)
    with console.capture() as printed:
        print_plan(plan, console)
    return printed.get()


def _source(path: Path | None, given: Sequence[str] | None) -> Path | polars.DataFrame:
    """Give the table to read: the file, or one row made of the options."""
    if path is not None and given:
        raise RequestError("Un tableau et --set ne se donnent pas ensemble.")
    if path is not None:
        return path
    if not given:
        raise RequestError("Il manque une communauté : donner un tableau, ou --set COLONNE=VALEUR.")
    cells: dict[str, str] = {}
    for word in given:
        title, equal, value = (part.strip() for part in word.partition("="))
        if not equal or not title:
            raise RequestError(f"« --set {word} » : attendu, COLONNE=VALEUR.")
        if title in cells:
            raise RequestError(f"« --set {title} » est donné deux fois.")
        cells[title] = value
    return polars.DataFrame({ID: [UNNAMED]} | {title: [value] for title, value in cells.items()})
