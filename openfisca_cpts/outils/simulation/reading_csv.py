"""Reads what programs and French spreadsheets write as CSV."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from pathlib import Path

import numpy
import polars

from openfisca_cpts.outils.simulation.faults import EMPTY, Fault, TableError
from openfisca_cpts.outils.simulation.formulas import restore
from openfisca_cpts.outils.simulation.heading import HEAD, has_id, title_row
from openfisca_cpts.outils.simulation.table import Column, Table, check_width, no_numbers, texts

SEPARATORS = (";", ",", "\t")


def read_csv(path: Path) -> Table:
    """Read a CSV file: UTF-8, else cp1252, else UTF-16 with its mark; `;`, `,` or tabs.

    Args:
        path: the file.

    Returns:
        The table, every cell as text.

    Raises:
        TableError: the encoding is none of these, the file is empty, the titles seem to stand
            further down, a row has more cells than there are titles, or a quote is not closed.
    """
    text = decode(path.read_bytes())
    cut = separator(text)
    cells = _split_plain(text, cut)
    if cells is None:
        cells = _split_quoted(text, cut)
    first = title_row(cells)
    check_width(cells.row(first))
    below = cells[first + 1 :]
    columns = [
        Column(title or "", below[:, rank], no_numbers(below.height), below[:, rank])
        for rank, title in enumerate(cells.row(first))
    ]
    rows = numpy.arange(first + 1, cells.height) + 1
    return Table(columns, rows, titles_row=first + 1).without_blanks()


def decode(content: bytes) -> str:
    """Read bytes as UTF-8, else as cp1252, or as UTF-16 where its mark stands first.

    Whatever ends a line becomes « \\n ».

    Args:
        content: the bytes.

    Returns:
        The text.

    Raises:
        TableError: they are none of these.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]  # what a French Excel calls « Texte Unicode »
    elif b"\0" in content:
        encodings = []
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    expected = "un texte en UTF-8 ou en Windows-1252 (cp1252)"
    raise TableError([Fault(expected, value="encodage illisible")])


def separator(text: str) -> str:
    """Find the separator: that of the row that has the title « id », else of the first ones."""
    filled = (line for line in io.StringIO(text) if line.strip())
    head = list(itertools.islice(filled, HEAD))
    if not head:
        raise TableError([EMPTY])
    for line in head:
        for separator in sorted(SEPARATORS, key=line.count, reverse=True):
            if separator in line and has_id(line.split(separator)):
                return separator
    if any(separator in head[0] for separator in SEPARATORS):
        return max(SEPARATORS, key=head[0].count)
    return max(SEPARATORS, key=lambda separator: max(line.count(separator) for line in head))


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
    return cells.select(restore(texts(polars.all())))


def split_rows(text: str, separator: str) -> list[list[str]]:
    """Cut a text into rows of cells, by the standard library's rules.

    Args:
        text: the text, its lines ended by « \\n ».
        separator: what stands between two cells.

    Returns:
        The rows, as long as they are.

    Raises:
        TableError: a quote is not closed.
    """
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append(row)  # those read so far say where a fault is
    except csv.Error as error:
        fault = Fault("des guillemets fermés, suivis d'un séparateur", row=len(rows) + 1)
        raise TableError([fault]) from error
    return rows


def _split_quoted(text: str, separator: str) -> polars.DataFrame:
    """Cut a text with quotes, or with faults to be named, by the standard library's rules."""
    rows = split_rows(text, separator)
    width = _width(rows)
    faults = [
        Fault(f"{width} cellules, autant que de titres", row=rank, value=f"{len(row)} cellules")
        for rank, row in enumerate(rows, start=1)
        if any(row[width:])
    ]
    if faults:
        raise TableError(faults)
    return _frame(rows, width)


def _width(rows: list[list[str]]) -> int:
    """Give the number of titles, whose row is the first that holds something."""
    above = next((rank for rank, row in enumerate(rows) if any(row)), 0)
    head = rows[above : above + HEAD]
    title_row(_frame(head, max(map(len, head), default=0)), above)
    return len(rows[above])


def _frame(rows: list[list[str]], width: int) -> polars.DataFrame:
    padded = [row[:width] + [""] * (width - len(row)) for row in rows]
    return polars.DataFrame(
        {
            str(rank): restore(texts(polars.Series(column, dtype=polars.String)))
            for rank, column in enumerate(zip(*padded, strict=True))
        }
    )
