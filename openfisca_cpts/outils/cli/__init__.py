"""The command `openfisca-cpts`: one file per command, and French throughout."""

from __future__ import annotations

import sys
from importlib.util import find_spec

EXTRA = (
    "altair",
    "fastexcel",
    "jinja2",
    "polars",
    "pydantic",
    "rapidfuzz",
    "rich",
    "typer",
    "vl_convert",
    "xlsxwriter",
)
"""Modules of the extra `[outils]`, without which there is no command."""

BAD_INPUT = 2


def main() -> int:
    """Run the command that the process was called with.

    Returns:
        The exit code: 0 done, 1 a check failed, 2 bad input or options.
    """
    # Some are imported where they are used only, long after the command has started.
    absent = next((name for name in EXTRA if find_spec(name) is None), None)
    if absent is not None:
        print(
            "La commande demande les outils du paquet : "
            'pip install "openfisca-cpts[outils]" '
            f"(module « {absent} » absent).",
            file=sys.stderr,
        )
        return BAD_INPUT
    from openfisca_cpts.outils.cli.application import run

    return run()
