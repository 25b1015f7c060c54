"""Opens a table of communities: a CSV, XLSX or Parquet file, a polars or a pandas frame."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import polars

from openfisca_cpts.outils.simulation.faults import EMPTY, Fault, RequestError, TableError
from openfisca_cpts.outils.simulation.frames import is_pandas
from openfisca_cpts.outils.simulation.heading import HEAD, check_heading
from openfisca_cpts.outils.simulation.reading_csv import read_csv
from openfisca_cpts.outils.simulation.reading_xlsx import read_xlsx
from openfisca_cpts.outils.simulation.table import (
    Column,
    Table,
    check_width,
    no_numbers,
    no_texts,
    texts,
)

WRITTEN = (
    *(polars.String, polars.Categorical, polars.Enum),
    *(polars.Boolean, polars.Date, polars.Null),
)
"""Types that polars writes as the text that stands for them."""
WORKBOOKS = (".xlsx", ".xlsm")
TITLES_ROW = 1
"""Row of the titles, which a frame has as well for whoever counts its rows."""


def read(source: Any, sheet: str | None = None) -> Table:
    """Read a table of communities, from a file or from a frame.

    Args:
        source: path of a CSV, XLSX or Parquet file, told by its extension; or a polars or pandas
            frame.
        sheet: name of the sheet of a workbook to read, where several could be meant.

    Returns:
        The table, cells as they were written.

    Raises:
        RequestError: the file does not exist, or is of another kind; it has no such sheet, or
            several with a column `id`.
        TableError: the file cannot be read, is empty, or holds no community, or its titles seem
            to stand further down. (A frame without rows is accepted: it is a program's, and gives
            a result without rows.)
    """
    is_frame = isinstance(source, polars.DataFrame) or is_pandas(source)
    if sheet is not None and (is_frame or Path(source).suffix.lower() not in WORKBOOKS):
        raise RequestError(
            f"« --sheet {sheet} » : une feuille ne se choisit que dans un classeur (.xlsx)."
        )
    if is_frame:
        return _from_pandas(source) if is_pandas(source) else _from_polars(source)
    table = _from_file(Path(source), sheet)
    if not len(table.rows):
        raise TableError([EMPTY])
    return table


def _of_frame(columns: list[Column], height: int) -> Table:
    """Make a table of the columns of a frame, whose titles may be the first words of a block."""
    head = polars.DataFrame(
        [
            polars.Series(str(rank), [column.title or None, *column.words[:HEAD]], polars.String)
            for rank, column in enumerate(columns)
        ]
    )
    check_heading(head)
    return Table(columns, numpy.arange(height) + TITLES_ROW + 1).without_blanks()


def _from_file(path: Path, sheet: str | None) -> Table:
    readers: dict[str, Callable[[Path], Table]] = {
        ".csv": read_csv,
        ".tsv": read_csv,
        ".txt": read_csv,
        ".parquet": _read_parquet,
        **dict.fromkeys(WORKBOOKS, lambda workbook: read_xlsx(workbook, sheet)),
    }
    if not path.is_file():
        raise RequestError(f"Le fichier « {path} » n'existe pas.")
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise RequestError(
            f"Le fichier « {path} » n'est pas un tableau : attendu, un fichier .csv, .xlsx ou "
            ".parquet."
        )
    try:
        return reader(path)
    except OSError as error:
        raise RequestError(f"Le fichier « {path} » ne se lit pas ({error.strerror}).") from error


def _read_parquet(path: Path) -> Table:
    try:
        frame = polars.read_parquet(path.read_bytes())
    except polars.exceptions.PolarsError as error:
        raise TableError([Fault("un fichier Parquet", value="contenu illisible")]) from error
    return _from_polars(frame)


def _from_polars(frame: polars.DataFrame) -> Table:
    check_width(frame.columns)
    columns = [_column(title.strip(), frame[title]) for title in frame.columns]
    return _of_frame(columns, frame.height)


def _column(title: str, cells: polars.Series) -> Column:
    kind = cells.dtype
    if kind.is_numeric():
        return Column(title, no_texts(len(cells)), cells.cast(polars.Float64), cells)
    if isinstance(kind, polars.Datetime):
        text = cells.dt.to_string("%Y-%m-%d %H:%M:%S")
    elif kind in WRITTEN:
        text = cells.cast(polars.String)
    else:
        return _from_objects(title, cells.to_list())
    return Column(title, texts(text), no_numbers(len(cells)), cells)


def _from_pandas(frame: Any) -> Table:
    """Read a pandas frame; polars alone needs pyarrow for most of its column types."""
    check_width(map(str, frame.columns))
    columns = []
    for rank, title in enumerate(map(str, frame.columns)):
        cells = frame.iloc[:, rank]
        if isinstance(cells.dtype, numpy.dtype) and cells.dtype.kind in "biufM":
            values = cells.to_numpy()
            if cells.dtype.kind == "M":
                values = values.astype("datetime64[ms]")
            columns.append(_column(title.strip(), polars.Series(values, nan_to_null=True)))
        else:
            objects = cells.astype(object).where(cells.notna(), None).tolist()
            columns.append(_from_objects(title.strip(), objects))
    return _of_frame(columns, len(frame))


def _from_objects(title: str, cells: list[Any]) -> Column:
    """Read Python objects, which have no common type to be read by."""
    numbers = [
        float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None
        for cell in cells
    ]
    words = [
        None if cell is None or number is not None else str(cell)
        for cell, number in zip(cells, numbers, strict=True)
    ]
    text = texts(polars.Series(words, dtype=polars.String))
    number = polars.Series(numbers, dtype=polars.Float64)
    kept = text if number.null_count() else number
    return Column(title, text, number, kept)
