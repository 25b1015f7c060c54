"""The files of payment plans: workbook, calendar, CSV, JSON, text."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from rich.console import Console

from openfisca_cpts.outils.cli.options import FORMAT_OF_FILE, Format
from openfisca_cpts.outils.cli.schedule_formats import as_csv, as_json, print_plans
from openfisca_cpts.outils.plan import Schedule
from openfisca_cpts.outils.simulation.writing import replace, text_writer
from openfisca_cpts.outils.tables.treasury import labels

BOOK, AGENDA = ".xlsx", ".ics"
SUFFIXES = (BOOK, AGENDA, *FORMAT_OF_FILE)
"""Extensions of the files that can be written."""
WIDTH = 100
"""Columns of a plan written to a text file."""
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What tells a French Excel that a CSV file is in UTF-8."""


def in_text(plans: Sequence[Schedule], shown_as: Format | None) -> str:
    """Write plans as a text.

    Args:
        plans: the plans.
        shown_as: how; as on a terminal if none is given.

    Returns:
        The text.
    """
    if shown_as is Format.csv:
        return as_csv(plans)
    if shown_as is Format.json:
        return as_json(plans)
    console = Console(file=io.StringIO(), width=WIDTH)
    with console.capture() as printed:
        print_plans(plans, console)
    return printed.get()


def write_plans(
    plans: Sequence[Schedule], path: Path, shown_as: Format | None, made_from: str
) -> None:
    """Write plans to a file, all of it or nothing.

    Args:
        plans: the plans.
        path: the file; its extension is one of `SUFFIXES`.
        shown_as: how to write a text.
        made_from: what they were made from, in French.

    Raises:
        RequestError: the file cannot be written.
    """
    suffix = path.suffix.lower()
    # A workbook and a calendar load libraries that a text does without.
    if suffix == BOOK:
        from openfisca_cpts.outils.classeur.plan_book import write_plan_book

        version = metadata.version("openfisca-cpts")
        source = f"Calculé avec openfisca-cpts {version}, d'après {made_from}."
        replace(path, lambda beside: write_plan_book(plans, beside, source))
    elif suffix == AGENDA:
        from openfisca_cpts.outils.plan.agenda import agenda

        content = agenda(plans, labels(plans))
        replace(path, functools.partial(Path.write_bytes, data=content))
    else:
        text = in_text(plans, shown_as)
        replace(path, text_writer(f"{MARK if shown_as is Format.csv else ''}{text}"))
