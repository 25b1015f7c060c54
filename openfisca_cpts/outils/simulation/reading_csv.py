"""Reads what programs and French spreadsheets write as CSV."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import numpy
import polars

from openfisca_cpts.outils.simulation.faults import EMPTY, Fault, TableError
from openfisca_cpts.outils.simulation.table import (
    Column,
    Table,
    check_width,
    no_numbers,
    texts,
    title_row,
)

SEPARATORS = (";", ",", "\t")


def read_csv(path: Path) -> Table:
    """Read a CSV file: UTF-8, else cp1252, else UTF-16 with its mark; `;`, `,` or tabs.

    Args:
        path: the file.

    Returns:
        The table, every cell as text.

    Raises:
        TableError: the encoding is none of these, the file is empty, a row has more cells than
            there are titles, or a quote is not closed.
    """
    text = _decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    head = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(SEPARATORS, key=head.count)
    if not head:
        raise TableError([EMPTY])
    cells = _split_plain(text, separator)
    if cells is None:
        cells = _split_quoted(text, separator)
    first = title_row(cells)
    check_width(cells.row(first))
    below = cells[first + 1 :]
    columns = [
        Column(title or "", below[:, rank], no_numbers(below.height), below[:, rank])
        for rank, title in enumerate(cells.row(first))
    ]
    return Table.of(columns, numpy.arange(first + 1, cells.height) + 1)


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]  # what a French Excel calls « Texte Unicode »
    elif b"\0" in content:
        encodings = []
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    expected = "un texte en UTF-8 ou en Windows-1252 (cp1252)"
    raise TableError([Fault(expected, value="encodage illisible")])


def _split_plain(text: str, separator: str) -> polars.DataFrame | None:
    """Cut a text without quotes at its separators; nothing if that cannot be done."""
    if '"' in text:
        return None
    try:
        cells = polars.read_csv(
            io.BytesIO(text.encode()),
            separator=separator,
            has_header=False,
            infer_schema=False,
            quote_char=None,
        )
    except polars.exceptions.ComputeError:  # rows of several lengths
        return None
    return cells.select(texts(polars.all()))


def _split_quoted(text: str, separator: str) -> polars.DataFrame:
    """Cut a text with quotes, or with faults to be named, by the standard library's rules."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(row)  # those read so far say where a fault is
    except csv.Error as error:
        fault = Fault("des guillemets fermés, suivis d'un séparateur", row=len(rows) + 1)
        raise TableError([fault]) from error
    width = len(next(filter(any, rows), []))
    faults = [
        Fault(f"{width} cellules, autant que de titres", row=rank, value=f"{len(row)} cellules")
        for rank, row in enumerate(rows, start=1)
        if any(row[width:])
    ]
    if faults:
        raise TableError(faults)
    padded = [row[:width] + [""] * (width - len(row)) for row in rows]
    columns = list(zip(*padded, strict=True))
    return polars.DataFrame(
        {str(rank): texts(polars.Series(column)) for rank, column in enumerate(columns)}
    )
