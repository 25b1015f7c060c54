"""What several commands take and say alike: options, and the refusal of a request."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer


class Format(StrEnum):
    """How an answer is shown."""

    terminal = "terminal"
    markdown = "markdown"
    csv = "csv"
    json = "json"


FORMER = {"texte": Format.terminal, "table": Format.terminal}
"""Formats of 0.4 that have another name since, taken until the next version."""
FORMAT_OF_FILE = {".txt": Format.terminal, ".csv": Format.csv, ".json": Format.json}
"""The format that the extension of a file tells."""


def format_option(*formats: Format) -> Any:
    """Make the option `--format` of a command.

    Args:
        formats: the formats that it shows.

    Returns:
        The option; a word that is none of them is refused with those that are.
    """

    def read(word: str) -> Format:
        found = FORMER.get(word, word)
        if found in formats:
            return Format(found)
        raise typer.BadParameter(f"« {word} » n'est pas l'un de : {', '.join(formats)}.")

    return typer.Option(
        "--format",
        metavar="|".join(formats),
        show_default=False,
        parser=read,
        help="Présentation ; sans cette option, celle que dit l'extension du fichier écrit, sinon "
        "terminal.",
    )


def reform_names(incomplete: str) -> list[str]:
    """Complete the name of a shipped reform, for the shell."""
    from openfisca_cpts import reforms

    names = (*reforms.SCENARIOS, *reforms.VARIANTES)
    return [name for name in names if name.startswith(incomplete)]


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


def year(word: str) -> int:
    """Read a year as an option holds it."""
    if not word.isdecimal():
        raise typer.BadParameter(f"« {word} » n'est pas une année (par exemple 2024).")
    return int(word)


def year_option(name: str, text: str) -> Any:
    """Make an option that takes a year.

    Args:
        name: its name.
        text: its help.

    Returns:
        The option.
    """
    return typer.Option(name, metavar="ANNÉE", show_default=False, parser=year, help=text)


def reform_option(text: str) -> Any:
    """Make the option `--reform` of a command that takes a shipped reform, a file or a folder.

    Args:
        text: its help.

    Returns:
        The option.
    """
    return typer.Option(
        "--reform",
        metavar="NOM_OU_FICHIER",
        show_default=False,
        autocompletion=reform_names,
        help=text,
    )


def split(words: Iterable[str]) -> list[str]:
    """Cut repeated and comma-separated words into one list, each once."""
    parts = [part.strip() for word in words for part in word.split(",")]
    return list(dict.fromkeys(part for part in parts if part))
