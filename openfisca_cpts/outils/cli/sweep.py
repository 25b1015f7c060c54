"""The command `openfisca-cpts sweep`: a table computed for each value of figures and rates."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from openfisca_cpts.outils.balayage import sweep as computed
from openfisca_cpts.outils.balayage.dials import FORM, read_dials
from openfisca_cpts.outils.balayage.kept import path_beside
from openfisca_cpts.outils.balayage.points_table import points_table
from openfisca_cpts.outils.balayage.sweep_chart import SUFFIXES, chart, check_drawable
from openfisca_cpts.outils.cli.options import (
    DefaultRate,
    KeptUnread,
    Sheet,
    reform_option,
    split,
    year_option,
)
from openfisca_cpts.outils.cli.study_printed import printed
from openfisca_cpts.outils.cli.waiting import waiting
from openfisca_cpts.outils.simulation import RequestError, write
from openfisca_cpts.outils.simulation.writing import check_output, replace
from openfisca_cpts.outils.typography import count, number

MOST_POINTS = 60
"""Points that the screen shows; the file has them all."""


def sweep(
    fichier: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            show_default=False,
            help="Tableau des communautés (.csv, .xlsx ou .parquet), comme pour simulate.",
        ),
    ],
    first: Annotated[
        int,
        year_option("--from", "Première année calculée."),
    ],
    last: Annotated[
        int,
        year_option("--to", "Dernière année calculée, celle de l'écran et du graphique."),
    ],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="CHEMIN=DÉBUT:FIN:PAS@DATE",
            show_default=False,
            help=f"Ce qui varie : {FORM}. En répétant l'option, une grille.",
        ),
    ] = None,
    reform: Annotated[
        str | None,
        reform_option(
            "Réforme dans laquelle les chiffres varient, ou plusieurs jointes par « + »."
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="CHEMIN=VALEUR@DATE",
            show_default=False,
            help="Chiffre fixé avant ; en répétant l'option, d'autres.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="RÉSULTAT",
            show_default=False,
            help="Fichier à écrire (.parquet, .csv ou .xlsx) : une ligne par point et par année.",
        ),
    ] = None,
    drawing: Annotated[
        Path | None,
        typer.Option(
            "--chart",
            metavar="GRAPHIQUE",
            show_default=False,
            help="Graphique à écrire (.svg ou .png) : une courbe pour un réglage, une carte de "
            "couleurs pour deux.",
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            metavar="NOMBRE",
            min=1,
            help="Processus qui calculent en même temps.",
        ),
    ] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler",
            metavar="ADRESSE",
            show_default=False,
            help="Ordonnanceur Dask (tcp://machine:8786) d'une grappe qui calcule à la place.",
        ),
    ] = None,
    keep: KeptUnread = None,
    default_rate: DefaultRate = None,
    sheet: Sheet = None,
) -> None:
    """Calcule le tableau pour chaque valeur d'un chiffre de l'accord, ou des taux d'atteinte.

    Une ligne par point et par année : versé et financement en année pleine, écart avec le droit en
    vigueur aux mêmes taux, communautés gagnantes et perdantes. Un point refusé dit pourquoi et ne
    perd pas les autres. Avec --output, un calcul arrêté reprend où il en était, si la commande et
    le tableau sont les mêmes.

    Code de sortie : 0 si tout est fait, 1 si un point est refusé, 2 si le tableau ou une option
    l'est.
    """
    if first > last:
        raise RequestError(f"La première année ({first}) est après la dernière ({last}).")
    dials = read_dials(vary or [])
    for path, suffixes in ((output, ()), (drawing, SUFFIXES)):
        if path is not None:
            check_output(path, *([suffixes] if suffixes else []))
    if drawing is not None:
        check_drawable(len(dials))
    with waiting(Console(stderr=True), "Balayage") as progress:
        found = computed(
            *(fichier, range(first, last + 1), vary or []),
            reformes=[reform] if reform is not None else [],
            settings=settings or [],
            keep=split(keep or []),
            default_rate=default_rate,
            sheet=sheet,
            workers=workers,
            scheduler=scheduler,
            kept=None if output is None else path_beside(output),
            progress=progress,
            done=None if output is None else functools.partial(write, path=output),
        )
    console = Console()
    table = points_table(found)
    console.print(table.title, highlight=False)
    shown = table.head(MOST_POINTS)
    console.print(printed(shown), soft_wrap=True, crop=False)
    left = table.rows.height - shown.rows.height
    if left:
        told = f"… et {count(left, 'autre')} point{'s' if left > 1 else ''}"
        console.print(f"{told}{'' if output else ' (--output les écrit)'}.", highlight=False)
    if output is not None:
        said = f"Écrit : {output} ({number(found.rows.height)} lignes)."
        console.print(said, markup=False, highlight=False, soft_wrap=True)
    if drawing is not None:
        content = chart(found, drawing.suffix.lower())
        replace(drawing, functools.partial(Path.write_bytes, data=content))
        console.print(f"Écrit : {drawing}.", markup=False, highlight=False, soft_wrap=True)
    refused = table.rows["erreur"].is_not_null().sum()
    if refused:
        console.print(f"{count(int(refused), 'point')} sans résultat.", highlight=False)
        raise typer.Exit(1)
