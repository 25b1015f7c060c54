"""The cells of a file, before anyone knows which row holds the titles."""

from __future__ import annotations

import dataclasses
import io
import itertools
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from openfisca_cpts.outils.simulation.faults import EMPTY, Fault, RequestError, TableError
from openfisca_cpts.outils.simulation.heading import HEAD
from openfisca_cpts.outils.simulation.reading_csv import SEPARATORS, decode, split_rows
from openfisca_cpts.outils.simulation.reading_xlsx import UNREADABLE, kinds_of, unknown_sheet
from openfisca_cpts.outils.simulation.table import Column, no_numbers, no_texts, texts
from openfisca_cpts.outils.simulation.workbook import Sheet, cells_without_value, sheets

WORKBOOKS, TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")


@dataclasses.dataclass(frozen=True)
class Grid:
    """The cells of one sheet, or of a file of text.

    Attributes:
        words: texts, one column per column of the file, null where a cell holds none.
        numbers: the cells that hold a number, null elsewhere; same shape.
        unvalued: by place (row and column, from 0), the error or the formula of a cell without a
            value.
        sheet: name of the sheet, of a workbook.
        remarks: what was not read.
    """

    words: polars.DataFrame
    numbers: polars.DataFrame
    unvalued: dict[tuple[int, int], str] = dataclasses.field(default_factory=dict)
    sheet: str | None = None
    remarks: Sequence[str] = ()

    @property
    def shown(self) -> polars.DataFrame:
        """Every cell as a text; a whole number has no decimals."""
        none = no_texts(self.words.height)
        return polars.DataFrame(
            {
                # A cell of numbers has a text too, which a workbook may have rounded.
                name: Column(name, none, self.numbers[name], none).words.fill_null(self.words[name])
                for name in self.words.columns
            }
        )

    @classmethod
    def of_texts(cls, rows: Sequence[Sequence[str | None]], remarks: Sequence[str] = ()) -> Grid:
        """Make a grid of rows of texts; shorter rows end with empty cells.

        Args:
            rows: the rows.
            remarks: what was not read.

        Returns:
            The grid, without numbers.
        """
        columns = itertools.zip_longest(*rows)
        words = polars.DataFrame(
            {
                str(rank): texts(polars.Series(column, dtype=polars.String))
                for rank, column in enumerate(columns)
            }
        )
        empty = no_numbers(words.height)
        return cls(
            words, words.select(empty.alias(name) for name in words.columns), remarks=remarks
        )


def place(row: int, column: int) -> str:
    """Name a cell as a spreadsheet does, from its row and column, which start at 0."""
    return f"{xl_col_to_name(column)}{row + 1}"


def read_grid_of(path: Path, sheet: str | None = None) -> list[Grid]:
    """Read the cells of a file.

    Args:
        path: a workbook or a CSV file.
        sheet: name of the sheet of a workbook; all that can be seen if none is named.

    Returns:
        One grid per sheet that holds something.

    Raises:
        RequestError: the file does not exist, is of another kind, or has no such sheet.
        TableError: it cannot be read, or holds nothing.
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise RequestError(f"Le fichier « {path} » n'existe pas.")
    if suffix not in (*WORKBOOKS, *TEXTS):
        raise RequestError(
            f"« {path} » : attendu, un classeur .xlsx, un fichier .csv, .json ou .geojson."
        )
    if sheet is not None and suffix in TEXTS:
        raise RequestError(f"« --sheet {sheet} » : une feuille ne se choisit que dans un classeur.")
    found = _workbook(path, sheet) if suffix in WORKBOOKS else [_text(path)]
    filled = [grid for grid in found if grid.words.height and grid.words.width]
    if not filled:
        raise TableError([EMPTY])
    return filled


def _text(path: Path) -> Grid:
    text = decode(path.read_bytes())
    # A block of titles above may hold commas: the row with most cells tells the separator.
    head = text.split("\n")[:HEAD]
    cut = max(SEPARATORS, key=lambda mark: max(line.count(mark) for line in head))
    return Grid.of_texts(split_rows(text, cut))


def _workbook(path: Path, wanted: str | None) -> list[Grid]:
    import fastexcel

    content = path.read_bytes()
    try:
        reader = fastexcel.read_excel(content)
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            listed = sheets(book)
            if wanted is not None and wanted not in [sheet.name for sheet in listed]:
                raise RequestError(unknown_sheet(wanted, [sheet.name for sheet in listed]))
            chosen = [
                sheet
                for sheet in listed
                if (sheet.name == wanted if wanted is not None else not sheet.hidden)
            ]
            return [_sheet(reader, book, sheet) for sheet in chosen]
    except UNREADABLE as error:
        raise TableError([Fault("un classeur Excel (.xlsx)", value="contenu illisible")]) from error


def _sheet(reader: Any, book: zipfile.ZipFile, sheet: Sheet) -> Grid:
    unvalued = {}
    for row, letters, value in cells_without_value(book, sheet):
        unvalued[row - 1, xl_cell_to_rowcol(f"{letters}1")[1]] = value
    words, numbers = kinds_of(reader, sheet)
    return Grid(words, numbers, unvalued, sheet.name)
