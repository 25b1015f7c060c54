"""The command `openfisca-cpts template`: a blank workbook to fill, then simulate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from openfisca_cpts.outils.cli.options import year


def _years(words: str) -> range:
    first, _, last = words.partition("-")
    years = range(year(first), year(last or first) + 1)
    if not years:
        raise typer.BadParameter(f"« {words} » : la première année est après la dernière.")
    return years


def template(
    fichier: Annotated[
        Path,
        typer.Argument(metavar="FICHIER", show_default=False, help="Classeur à créer (.xlsx)."),
    ],
    years: Annotated[
        range | None,
        typer.Option(
            "--years",
            metavar="ANNÉES",
            show_default=False,
            parser=_years,
            help="Années des colonnes annuelles, par exemple 2024-2026 ; sans elles, la dernière "
            "année dont la loi est connue et les deux suivantes.",
        ),
    ] = None,
    example: Annotated[
        bool,
        typer.Option(
            "--example", help="Remplir la première ligne d'une communauté fictive, à remplacer."
        ),
    ] = False,
) -> None:
    """Crée un classeur vierge à remplir, que simulate et schedule lisent tel quel.

    Première feuille : une ligne de titres, une colonne par donnée et par année, chaque cellule
    dit ce qu'elle attend (listes pour les choix). Feuille « Dictionnaire » : libellé,
    explication, unité, valeurs admises et période de chaque donnée. Une cellule laissée vide
    n'est pas donnée. Un fichier qui existe n'est jamais remplacé.
    """
    # Loaded once the options are right: the help needs no library.
    from openfisca_cpts.outils.classeur.template import write_template

    write_template(fichier, years, example=example)
    said = f"Écrit : {fichier}. À remplir, puis : openfisca-cpts simulate {fichier} --from … --to …"
    Console().print(said, markup=False, highlight=False, soft_wrap=True)
