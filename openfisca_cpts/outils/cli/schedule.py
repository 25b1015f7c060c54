"""The command `openfisca-cpts schedule`: what communities are paid, month by month."""

from __future__ import annotations

import dataclasses
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
    reform_option,
    split,
    year_option,
)
from openfisca_cpts.outils.cli.schedule_files import SUFFIXES, in_text, write_plans
from openfisca_cpts.outils.cli.schedule_formats import print_plans
from openfisca_cpts.outils.plan import schedules
from openfisca_cpts.outils.simulation import RequestError, TableError
from openfisca_cpts.outils.simulation.columns import ID
from openfisca_cpts.outils.simulation.writing import check_output
from openfisca_cpts.outils.typography import count

UNNAMED = "communauté"
"""Identifier of a community given by options, where none is."""


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
        list[str] | None,
        typer.Option(
            "--id",
            metavar="ID",
            show_default=False,
            help="Communauté du tableau ; inutile s'il n'en a qu'une. Plusieurs, séparées par des "
            "virgules ou en répétant l'option, sont mises côte à côte.",
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="Mettre côte à côte toutes les communautés du tableau."),
    ] = False,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="COLONNE=VALEUR",
            show_default=False,
            help="Sans tableau, une donnée de la communauté ; en répétant l'option, les autres "
            "(--set population=42000 --set date_signature_contrat=15/09/2021). Un chiffre de "
            "l'accord, CHEMIN=VALEUR@DATE, fait un scénario, comme pour simulate.",
        ),
    ] = None,
    reform: Annotated[
        list[str] | None,
        reform_option(
            "Réforme dont le plan est mis à côté de celui du droit en vigueur, comme pour "
            "simulate ; en répétant l'option, d'autres."
        ),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="MOIS",
            show_default=False,
            help="Premier mois du plan (2026-12 ou 12/2026), ou année ; sans lui, l'année du "
            "premier événement.",
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="MOIS",
            show_default=False,
            help="Dernier mois du plan, ou année ; sans lui, l'année du dernier versement "
            "possible.",
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
            help="Fichier à écrire : classeur Excel (.xlsx), calendrier (.ics), .csv, .json ou "
            ".txt ; sans lui, l'écran.",
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
        year_option("--grid-year", "Année civile où s'ouvre l'exercice que la grille évalue."),
    ] = None,
) -> None:
    """Donne le plan de versement d'une communauté : ce qui est payé, quel mois, et pourquoi.

    Une ligne par versement, avec l'article et le statut du chiffre le moins sûr sur lequel il
    repose (officiel, document public, presse, déduit, hypothèse) ; puis les échéances des
    missions socles, et trois totaux par an : sûr (taux d'atteinte à 0 %), avec les taux donnés,
    plafond (à 100 %). Une part variable dont le taux n'est pas donné a sa ligne, à zéro, avec ce
    qu'elle vaudrait au plus. La communauté est une ligne d'un tableau, ou se donne par --set.

    Plusieurs communautés, ou plusieurs hypothèses d'une même communauté (une ligne chacune), et
    plusieurs scénarios (--reform, --set) sont mis côte à côte : versé chaque mois, cumul, écarts
    avec le premier, ou avec le droit en vigueur.

    L'écran montre les centimes ; les fichiers donnent les montants sans arrondi. Le classeur
    (.xlsx) a une grille des mois dont les sommes sont des formules, un graphique du cumul et toutes
    les lignes ; .csv (les versements seuls, point-virgule et virgule décimale) s'ouvre dans un
    Excel français ; .ics porte versements et échéances dans un agenda ; .json dit tout le plan.
    Code de sortie : 0 si tout est fait, 2 si une donnée ou une option est refusée ; toutes les
    fautes sont alors listées et rien n'est écrit.
    """
    if output is not None:
        check_output(output, SUFFIXES)
        shown_as = shown_as or FORMAT_OF_FILE.get(output.suffix.lower())
    words = list(given or [])
    settings = [word for word in words if is_setting(word)]
    source = _source(fichier, [word for word in words if not is_setting(word)])
    named = split(identifiant or [])
    if every and named:
        raise RequestError("--id et --all ne se donnent pas ensemble.")
    try:
        plans = schedules(
            *(source, named or None),
            single=not (every or named),
            reformes=list(reform or []),
            settings=settings,
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
    console = Console()
    if output is None:
        if shown_as in (None, Format.terminal):
            print_plans(plans, console)
        else:
            typer.echo(in_text(plans, shown_as), nl=False)
        return
    made_from = "les options --set" if fichier is None else f"« {fichier.name} »"
    write_plans(plans, output, shown_as, made_from)
    lines = sum(plan.versements.height for plan in plans)
    said = f"Écrit : {output} ({count(lines, 'ligne')})."
    console.print(said, markup=False, highlight=False, soft_wrap=True)


def is_setting(word: str) -> bool:
    """Say whether what `--set` was given is a figure of the law: no input has a point in it."""
    return "." in word.partition("=")[0]


def _source(path: Path | None, given: Sequence[str] | None) -> Path | polars.DataFrame:
    """Give the table to read: the file, or one row made of the options."""
    if path is not None and given:
        raise RequestError(
            f"Un tableau et « --set {given[0]} » ne se donnent pas ensemble : un chiffre de "
            "l'accord s'écrit CHEMIN=VALEUR@DATE."
        )
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
