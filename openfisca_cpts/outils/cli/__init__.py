"""The command `openfisca-cpts`: one file per command, and French throughout."""

from __future__ import annotations

import sys

EXTRA = ("fastexcel", "polars", "pydantic", "rich", "typer", "xlsxwriter")
"""Modules of the extra `[outils]`, without which there is no command."""

BAD_INPUT = 2


def main() -> int:
    """Run the command that the process was called with.

    Returns:
        The exit code: 0 done, 1 a check failed, 2 bad input or options.
    """
    try:
        from openfisca_cpts.outils.cli.application import run
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in EXTRA:
            raise
        print(
            "La commande demande les outils du paquet : "
            'pip install "openfisca-cpts[outils]" '
            f"(module « {error.name} » absent).",
            file=sys.stderr,
        )
        return BAD_INPUT
    return run()
