"""What a command says when it refuses: bad input, whatever the command that was given it."""

from __future__ import annotations

import typer
from rich.console import Console


def show_refusal(error: Exception) -> bool:
    """Say on the error stream why a request is refused.

    Args:
        error: what a command raised.

    Returns:
        Whether it is a refusal: its message, in French, is for whoever typed the command. Anything
        else is a fault of the program.
    """
    # Each knows libraries that a command which refuses nothing may never load.
    from openfisca_core.errors import SituationParsingError

    from openfisca_cpts.outils.fichiers.findings import TestsRefusedError
    from openfisca_cpts.outils.loi.bareme import DateRefusedError
    from openfisca_cpts.outils.simulation.faults import RequestError, TableError, refused

    if isinstance(error, TableError):
        from openfisca_cpts.outils.cli.faults import faults_table

        faults_table(error.faults, Console(stderr=True))
        return True
    if isinstance(error, SituationParsingError):
        error = refused(error)
    if not isinstance(error, (RequestError, TestsRefusedError, DateRefusedError)):
        return False
    typer.echo(str(error), err=True)
    return True
