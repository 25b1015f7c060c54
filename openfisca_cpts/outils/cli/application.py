"""The application: its commands, its version, and how it starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated, Any

import typer

from openfisca_cpts.outils.cli import BAD_INPUT
from openfisca_cpts.outils.cli.messages import FrenchGroup, Late
from openfisca_cpts.outils.cli.messages import explain as explain_error

PROGRAM = "openfisca-cpts"

COMMANDS = {
    "simulate": "Calcule ce qui est versé et le financement en année pleine de chaque communauté "
    "d'un tableau.",
    "sweep": "Calcule le tableau pour chaque valeur d'un chiffre de l'accord, ou des taux "
    "d'atteinte.",
    "reforms": "Liste les réformes livrées : les scénarios, puis les variantes des conventions.",
    "schedule": "Donne le plan de versement d'une communauté : ce qui est payé, quel mois, et "
    "pourquoi.",
    "indicators": "Dit ce que rapportent les indicateurs d'un contrat, et ce qu'apporterait le "
    "palier suivant.",
    "prepare": "Fait d'un tableau tel qu'on l'a un tableau que simulate et schedule lisent.",
    "territory": "Donne la population, la taille et les seuils voisins d'un ensemble de communes.",
    "cohort": "Fait un tableau de contrats à partir des comptes publiés, faute de liste nationale.",
    "template": "Crée un classeur vierge à remplir, que simulate et schedule lisent tel quel.",
    "bareme": "Montre le barème à un jour donné, ou sous une réforme, comme les tableaux publiés.",
    "diff": "Compare le droit à deux jours, ou des réformes au droit en vigueur, chiffre par "
    "chiffre.",
    "explain": "Explique une valeur d'une communauté, étape par étape, jusqu'aux données et aux "
    "textes.",
    "check": "Contrôle que chaque chiffre de l'accord a sa source, un seul endroit, et une "
    "épreuve.",
    "traceability": "Suit chaque chiffre de la ligne d'un document jusqu'aux épreuves qui "
    "l'affirment.",
    "mutants": "Change chaque chiffre de l'accord, un à la fois, et vérifie qu'une épreuve le "
    "remarque.",
}
"""Each command, in the order of the help, with the first line of its own: a test holds both equal,
so that the help of the program loads none of them."""


class Program(FrenchGroup):
    """The program: its commands are loaded when they are called."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, line in COMMANDS.items():
            self.add_command(Late(name, f"{__package__}.{name}", line))


application = typer.Typer(
    cls=Program,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["--help", "-h"]},
    subcommand_metavar="COMMANDE [ARGUMENTS]...",
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"{PROGRAM} {version(PROGRAM)} (openfisca-core {version('openfisca-core')})")
        raise typer.Exit


@application.callback()
def start(
    context: typer.Context,
    _: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="Afficher les versions du paquet et d'openfisca-core, puis quitter.",
        ),
    ] = False,
) -> None:
    """Le droit du financement des communautés professionnelles territoriales de santé (CPTS)."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), nl=False)
        raise typer.Exit(BAD_INPUT)


def _make_writable(stream: TextIOWrapper) -> None:
    """Let a stream take any character, whatever the machine's encoding.

    Args:
        stream: the standard output, or that of the errors. A terminal shows « ? » for what it
            lacks; a file or a pipe receives UTF-8, as the files that the command writes: a table
            must not lose a letter to the encoding of a French Windows.
    """
    if stream.isatty() or os.environ.get("PYTHONIOENCODING"):
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", errors="replace")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: words after the name of the program; those of the process if none are given.

    Returns:
        The exit code: 0 done, 1 a check failed, 2 bad input or options.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _make_writable(stream)
    words = None if arguments is None else list(arguments)
    try:
        return application(words, prog_name=PROGRAM, standalone_mode=False) or 0
    except typer.Abort:
        typer.echo("Interrompu.", err=True)
        return 1
    except (BrokenPipeError, SystemExit) as error:
        # typer and rich leave by SystemExit when whoever reads them has left: `| head` is no error.
        if isinstance(error, SystemExit) and not isinstance(error.__context__, BrokenPipeError):
            raise
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (until the end)
        return 0
    except Exception as error:
        message = explain_error(error)
        if message is None:
            raise
        typer.echo(message, err=True)
        return BAD_INPUT
