"""Reads one sheet of a workbook, whatever mix of types its columns hold."""

from __future__ import annotations

import difflib
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import fastexcel
import numpy
import polars

from openfisca_cpts.outils.simulation.faults import Fault, RequestError, TableError
from openfisca_cpts.outils.simulation.heading import HEAD, has_id, title_row
from openfisca_cpts.outils.simulation.table import Column, Table, check_width, texts
from openfisca_cpts.outils.simulation.workbook import (
    Sheet,
    UnreadableWorkbookError,
    cells_without_value,
    sheets,
)
from openfisca_cpts.outils.spelling import plain

UNREADABLE = (
    fastexcel.FastExcelError,
    polars.exceptions.PolarsError,
    UnreadableWorkbookError,
    zipfile.BadZipFile,
)

KINDS = ("string", "float", "boolean")
"""What each cell is read as, to tell numbers from texts."""


def read_xlsx(path: Path, wanted: str | None = None) -> Table:
    """Read one sheet of an XLSX workbook.

    The sheet is read as texts, as numbers and as truths: alone, no reading tells a number from a
    text that looks like one, and the texts of numbers are rounded.

    Args:
        path: the file.
        wanted: name of the sheet; if none is given, the only one that can be seen and has a
            column `id`, else the first one that can be seen and holds something.

    Returns:
        The table: days as ISO texts, truths as « true » and « false », numbers as numbers. A cell
        that holds an error or a formula that was never computed is among its faults: it would
        pass for an empty one. The sheet that was read is among its remarks.

    Raises:
        RequestError: there is no such sheet, or several have a column `id`.
        TableError: the workbook cannot be read, the sheet is empty, or its titles seem to stand
            further down.
    """
    content = path.read_bytes()
    try:
        reader = fastexcel.read_excel(content)
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            listed = sheets(book)
            sheet = _choose(reader, listed, wanted)
            faults = [_without_value(*cell) for cell in cells_without_value(book, sheet)]
        words, numbers = kinds_of(reader, sheet)
    except UNREADABLE as error:
        raise TableError([Fault("un classeur Excel (.xlsx)", value="contenu illisible")]) from error
    first = title_row(words)
    check_width(words.row(first))
    columns = [
        _column(title or "", *(cells[first + 1 :, rank] for cells in (words, numbers)))
        for rank, title in enumerate(words.row(first))
    ]
    table = Table(
        columns,
        numpy.arange(first + 1, words.height) + 1,
        titles_row=first + 1,
        faults=faults,
        sheet=sheet.name,
        remarks=[_said(sheet, listed)],
    )
    return table.without_blanks()


def kinds_of(
    reader: fastexcel.ExcelReader, sheet: Sheet
) -> tuple[polars.DataFrame, polars.DataFrame]:
    """Read the cells of a sheet, numbers told from the texts that look like one.

    Args:
        reader: the workbook.
        sheet: the sheet.

    Returns:
        The texts, null where empty, and the numbers, null where a cell holds none; same shape.
    """
    words, numbers, truths = (_load(reader, sheet, kind) for kind in KINDS)
    words = words.select(texts(polars.all()))
    told = [
        _numbers(words[name], numbers[name], truths[name]).alias(name) for name in words.columns
    ]
    return words, polars.DataFrame(told)


def _numbers(text: polars.Series, number: polars.Series, truth: polars.Series) -> polars.Series:
    """Keep the numbers: only they read as a number and as a truth, and are not written as one."""
    is_number = truth.is_not_null() & ~text.is_in(["true", "false"])
    return polars.select(polars.when(is_number).then(number)).to_series()


def _load(
    reader: fastexcel.ExcelReader, sheet: Sheet, kind: str, rows: int | None = None
) -> polars.DataFrame:
    loaded = reader.load_sheet(sheet.name, header_row=None, skip_rows=0, n_rows=rows, dtypes=kind)
    return loaded.to_polars()


def _choose(reader: fastexcel.ExcelReader, listed: Sequence[Sheet], wanted: str | None) -> Sheet:
    if wanted is not None:
        by_name = {sheet.name: sheet for sheet in listed}
        if wanted not in by_name:
            raise RequestError(unknown_sheet(wanted, list(by_name)))
        return by_name[wanted]
    visible = [sheet for sheet in listed if not sheet.hidden]
    if len(visible) == 1:
        return visible[0]
    heads = {
        sheet: _load(reader, sheet, "string", HEAD).select(texts(polars.all())) for sheet in visible
    }
    filled = {sheet: rows for sheet, head in heads.items() if (rows := _filled(head))}
    identified = [sheet for sheet, rows in filled.items() if has_id(rows[0])]
    if len(identified) > 1:
        raise RequestError(
            f"Le classeur a plusieurs feuilles avec une colonne « id » : {_named(identified)}. "
            "Dire laquelle lire (--sheet, ou « sheet= » en Python)."
        )
    if not visible:
        raise RequestError(
            f"Toutes les feuilles du classeur sont masquées : {_named(listed)}. Dire laquelle "
            "lire (--sheet, ou « sheet= » en Python)."
        )
    return next(iter([*identified, *filled, *visible]))


def _filled(head: polars.DataFrame) -> list[tuple[str | None, ...]]:
    return [row for row in head.rows() if any(row)]


def unknown_sheet(wanted: str, names: list[str]) -> str:
    """Say that a workbook has no such sheet, with the nearest, and those that it has."""
    by_plain = {plain(name): name for name in names}
    near = difflib.get_close_matches(plain(wanted), by_plain, n=1)
    advice = f" (la plus proche : « {by_plain[near[0]]} »)" if near else ""
    listed = ", ".join(f"« {name} »" for name in names)
    return f"Le classeur n'a pas de feuille « {wanted} »{advice} ; il a {listed}."


def _said(sheet: Sheet, listed: Iterable[Sheet]) -> str:
    """Say which sheet was read, and which were not."""
    others = [other for other in listed if other != sheet]
    left_out = {
        "non lues": [other for other in others if not other.hidden],
        "masquées, non lues": [other for other in others if other.hidden],
    }
    parts = [f"Feuille lue : « {sheet.name} »{' (masquée)' if sheet.hidden else ''}"]
    parts += [f"{how} : {_named(some)}" for how, some in left_out.items() if some]
    return f"{' ; '.join(parts)}."


def _named(some: Iterable[Sheet]) -> str:
    return ", ".join(f"« {sheet.name} »" for sheet in some)


def _without_value(row: int, letters: str, value: str) -> Fault:
    expected = (
        "une valeur : la formule n'a pas été calculée (ouvrir et enregistrer le classeur)"
        if value.startswith("=")
        else "une valeur, pas une erreur de calcul"
    )
    return Fault(expected, row=row, column=letters, value=value)


def _column(title: str, text: polars.Series, number: polars.Series) -> Column:
    if number.null_count() > text.null_count():
        return Column(title, text, number, kept=text)
    whole = number.cast(polars.Int64, strict=False)
    return Column(title, text, number, kept=whole if (whole == number).all() else number)
