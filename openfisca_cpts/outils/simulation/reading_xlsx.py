"""Reads the first sheet of a workbook, whatever mix of types its columns hold."""

from __future__ import annotations

from pathlib import Path

import fastexcel
import numpy
import polars

from openfisca_cpts.outils.simulation.faults import Fault, TableError
from openfisca_cpts.outils.simulation.table import Column, Table, check_width, texts, title_row
from openfisca_cpts.outils.simulation.workbook import cells_without_value


def read_xlsx(path: Path) -> Table:
    """Read the first sheet of an XLSX workbook.

    The sheet is read as texts, as numbers and as truths: alone, no reading tells a number from a
    text that looks like one, and the texts of numbers are rounded.

    Args:
        path: the file.

    Returns:
        The table: days as ISO texts, truths as « true » and « false », numbers as numbers. A cell
        that holds an error or a formula that was never computed is among its faults: it would
        pass for an empty one.

    Raises:
        TableError: the workbook cannot be read, or the sheet is empty.
    """
    try:
        reader = fastexcel.read_excel(path.read_bytes())
        words, numbers, truths = (
            reader.load_sheet(0, header_row=None, skip_rows=0, dtypes=kind).to_polars()
            for kind in ("string", "float", "boolean")
        )
    except (fastexcel.FastExcelError, polars.exceptions.PolarsError) as error:
        raise TableError([Fault("un classeur Excel (.xlsx)", value="contenu illisible")]) from error
    words = words.select(texts(polars.all()))
    faults = [
        Fault(
            "une valeur, pas une erreur de calcul"
            if value.startswith("#")
            else "une valeur : la formule n'a pas été calculée (ouvrir et enregistrer le classeur)",
            row=row,
            column=letters,
            value=value,
        )
        for row, letters, value in cells_without_value(path)
    ]
    first = title_row(words)
    check_width(words.row(first))
    columns = [
        _column(title or "", *(sheet[first + 1 :, rank] for sheet in (words, numbers, truths)))
        for rank, title in enumerate(words.row(first))
    ]
    return Table.of(columns, numpy.arange(first + 1, words.height) + 1, faults)


def _column(title: str, text: polars.Series, number: polars.Series, truth: polars.Series) -> Column:
    """Tell numbers apart: only they read as a number and as a truth, and are not written as one."""
    is_number = truth.is_not_null() & ~text.is_in(["true", "false"])
    number = polars.select(polars.when(is_number).then(number)).to_series()
    if number.null_count() > text.null_count():
        return Column(title, text, number, kept=text)
    whole = number.cast(polars.Int64, strict=False)
    return Column(title, text, number, kept=whole if (whole == number).all() else number)
