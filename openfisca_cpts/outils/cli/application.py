"""The application: its commands, its version, and how it starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated

import typer

from openfisca_cpts.outils.cli import BAD_INPUT
from openfisca_cpts.outils.cli.bareme import bareme
from openfisca_cpts.outils.cli.check import check
from openfisca_cpts.outils.cli.diff import diff
from openfisca_cpts.outils.cli.explain import explain
from openfisca_cpts.outils.cli.indicators import indicators
from openfisca_cpts.outils.cli.messages import FrenchCommand, FrenchGroup
from openfisca_cpts.outils.cli.messages import explain as explain_error
from openfisca_cpts.outils.cli.mutants import mutants
from openfisca_cpts.outils.cli.reforms import application as reforms
from openfisca_cpts.outils.cli.schedule import schedule
from openfisca_cpts.outils.cli.simulate import simulate
from openfisca_cpts.outils.cli.template import template
from openfisca_cpts.outils.cli.traceability import traceability

PROGRAM = "openfisca-cpts"

application = typer.Typer(
    cls=FrenchGroup,
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
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


application.command("simulate", cls=FrenchCommand)(simulate)
application.add_typer(reforms, name="reforms")
application.command("schedule", cls=FrenchCommand)(schedule)
application.command("indicators", cls=FrenchCommand)(indicators)
application.command("template", cls=FrenchCommand)(template)
application.command("bareme", cls=FrenchCommand)(bareme)
application.command("diff", cls=FrenchCommand)(diff)
application.command("explain", cls=FrenchCommand)(explain)
application.command("check", cls=FrenchCommand)(check)
application.command("traceability", cls=FrenchCommand)(traceability)
application.command("mutants", cls=FrenchCommand)(mutants)


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
    except Exception as error:
        message = explain_error(error)
        if message is None:
            raise
        typer.echo(message, err=True)
        return BAD_INPUT
