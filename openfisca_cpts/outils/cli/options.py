"""What several commands take and say alike: options, and the refusal of a request."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from openfisca_cpts.outils.cli import BAD_INPUT

Tests = Annotated[
    Path | None,
    typer.Option(
        "--tests",
        metavar="DOSSIER",
        show_default=False,
        help="Dossier des épreuves YAML ; par défaut, celui du dépôt où le paquet se trouve.",
    ),
]
KeptUnread = Annotated[
    list[str] | None,
    typer.Option(
        "--keep",
        metavar="COLONNE",
        show_default=False,
        help="Autre colonne du tableau, admise et non lue ; plusieurs, séparées par des "
        "virgules ou en répétant l'option.",
    ),
]
Sheet = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="FEUILLE",
        show_default=False,
        help="Feuille du classeur à lire, par son nom ; utile s'il en a plusieurs avec une "
        "colonne « id ».",
    ),
]


DefaultRate = Annotated[
    str | None,
    typer.Option(
        "--default-rate",
        metavar="TAUX",
        show_default=False,
        help="Taux d'atteinte des missions et des années pour lesquelles le tableau n'en donne "
        "pas (0,8 ou 80 %), dit à côté de chaque total qui en dépend ; sans cette option, un taux "
        "non donné compte pour zéro.",
    ),
]


def refuse(error: Exception) -> typer.Exit:
    """Say on the error stream why a request is refused.

    Args:
        error: what was raised; its message is in French.

    Returns:
        What the command raises to end.
    """
    Console(stderr=True).print(str(error), markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(BAD_INPUT)
