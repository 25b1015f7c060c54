"""The command `openfisca-cpts explain`: one value of one community, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from openfisca_cpts.outils.cli.options import (
    FORMAT_OF_FILE,
    Format,
    KeptUnread,
    Sheet,
    format_option,
    reform_names,
    split,
)
from openfisca_cpts.outils.simulation.writing import check_output, replace

SUFFIXES = (".txt", ".json")
WIDTH = 100
"""Columns of an explanation written to a text file."""


def _depth(word: str) -> int:
    if not word.isdecimal():
        raise typer.BadParameter(f"« {word} » n'est pas un nombre d'étapes (0, 1, 2…).")
    return int(word)


def explain(
    fichier: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            show_default=False,
            help="Tableau des communautés (.csv, .xlsx ou .parquet), ou situation .json comme "
            "pour l'API web.",
        ),
    ],
    variable: Annotated[
        str,
        typer.Option("--variable", metavar="NOM", show_default=False, help="Variable à expliquer."),
    ],
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PÉRIODE",
            show_default=False,
            help="Année (2024), mois (2024-03) ou douze mois (year:2021-09), selon la variable.",
        ),
    ] = None,
    identifiant: Annotated[
        str | None,
        typer.Option(
            "--id",
            metavar="ID",
            show_default=False,
            help="Communauté du fichier ; inutile s'il n'en a qu'une.",
        ),
    ] = None,
    reform: Annotated[
        str | None,
        typer.Option(
            "--reform",
            metavar="RÉFORME",
            show_default=False,
            autocompletion=reform_names,
            help="Réforme sous laquelle calculer : le nom d'une réforme livrée, ou un fichier "
            ".yaml ou .json.",
        ),
    ] = None,
    depth: Annotated[
        int | None,
        typer.Option(
            "--depth",
            metavar="N",
            show_default=False,
            parser=_depth,
            help="Niveaux d'étapes à montrer ; sans cette option, tous.",
        ),
    ] = None,
    shown_as: Annotated[Format | None, format_option(Format.terminal, Format.json)] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="RÉSULTAT",
            show_default=False,
            help="Fichier à écrire (.txt ou .json) ; sans lui, l'écran.",
        ),
    ] = None,
    keep: KeptUnread = None,
    sheet: Sheet = None,
) -> None:
    """Explique une valeur d'une communauté, étape par étape, jusqu'aux données et aux textes.

    Chaque étape donne son calcul, vérifié sur les nombres imprimés (« = » s'ils redonnent le
    résultat au centime, « ≈ » si leur arrondi l'en écarte), la règle en une phrase, les chiffres
    du droit avec leur date et leur statut, et les données du fichier ; ce qui est à zéro est
    replié, ce qui est déjà expliqué est renvoyé à son étape. Sous une réforme, une règle qu'elle
    change le dit, et ne cite plus le droit. Tout vient de la trace du calcul. Code de sortie : 0
    si tout est fait, 2 si une donnée ou une option est refusée ; toutes les fautes sont alors
    listées et rien n'est écrit.
    """
    # pydantic takes its time to load: the help does not wait for it.
    from openfisca_cpts.outils.explication import explain as explain_value
    from openfisca_cpts.outils.explication import page

    console = Console()
    if output is not None:
        check_output(output, SUFFIXES)
        shown_as = shown_as or FORMAT_OF_FILE[output.suffix.lower()]
    explanation = explain_value(
        fichier,
        identifiant,
        variable,
        period,
        reforme=reform,
        profondeur=depth,
        keep=split(keep or []),
        sheet=sheet,
    )
    if shown_as is Format.json:
        text = explanation.model_dump_json(indent=len("  ")) + "\n"
    elif output is not None:
        text = "".join(f"{line.text}\n" for line in page(explanation, WIDTH))
    if output is not None:
        replace(output, lambda beside: beside.write_text(text, encoding="utf-8", newline=""))
        console.print(f"Écrit : {output}.", markup=False, highlight=False, soft_wrap=True)
    elif shown_as is Format.json:
        typer.echo(text, nl=False)
    else:
        for line in page(explanation, console.width):
            console.print(Text(line.text, style=line.style), soft_wrap=True)
