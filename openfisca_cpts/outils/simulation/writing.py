"""Writes a result: CSV, XLSX or Parquet, all of it or nothing, and always the same bytes."""

from __future__ import annotations

import contextlib
import datetime
import functools
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.formulas import protect
from openfisca_cpts.outils.simulation.frames import either

CREATED = datetime.datetime.fromisoformat("2000-01-01T00:00:00+00:00")
"""Creation date of every workbook: with the real one, no two of them would have the same bytes."""
EUROS = '#,##0.00\\ "€"'
WHOLE = "#,##0"
SHEET = "resultats"
SHEET_ROWS = Worksheet().xls_rowmax
SUFFIXES = (".csv", ".parquet", ".xlsx")


def check_output(path: Path, suffixes: Sequence[str] = SUFFIXES) -> None:
    """Check that a result could be written, before computing it; missing folders will be made.

    Args:
        path: the file to write.
        suffixes: extensions that tell the kinds of files that can be written.

    Raises:
        RequestError: the extension is of another kind, or the folder cannot be written to.
    """
    if path.suffix.lower() not in suffixes:
        raise RequestError(f"« {path} » : attendu, un fichier {', '.join(suffixes)}.")
    if path.is_dir():
        raise RequestError(f"« {path} » est un dossier.")
    folder = next(parent for parent in path.absolute().parents if parent.exists())
    shown = path.parent if path.parent.exists() else folder
    if not folder.is_dir():
        raise RequestError(f"« {shown} » n'est pas un dossier.")
    if not os.access(folder, os.W_OK):
        raise RequestError(f"Le dossier « {shown} » n'est pas modifiable.")


@either
def write(result: polars.DataFrame, path: Path) -> None:
    """Write a result; a file that stands there is replaced at the very end.

    Args:
        result: any frame. Float64 columns are euros; a workbook shows them with two decimals.
        path: the file to write; its extension tells the kind.

    Raises:
        RequestError: the file cannot be written, or has more rows than a sheet holds; what stood
            there still does, and nothing is left beside it.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx" and result.height >= SHEET_ROWS:
        raise RequestError(
            f"Une feuille Excel ne tient pas {result.height} lignes : choisir .csv ou .parquet."
        )
    writers: dict[str, Callable[[Path], object]] = {
        ".csv": protect(result).write_csv,
        ".parquet": result.write_parquet,
        ".xlsx": lambda beside: _write_xlsx(result, beside),
    }
    check_output(path)
    replace(path, writers[suffix])


def write_rows(rows: polars.LazyFrame, path: Path) -> None:
    """Write rows to a CSV or a Parquet file as they are read: they are never all in memory.

    Args:
        rows: the rows.
        path: the file to write; its extension tells the kind.

    Raises:
        OSError: the file cannot be written.
    """
    if path.suffix.lower() == ".parquet":
        rows.sink_parquet(path, maintain_order=True)
    else:
        protect(rows).sink_csv(path, maintain_order=True)


def replace(path: Path, write_to: Callable[[Path], object]) -> None:
    """Write a file beside its place, then put it there: all of it, or what stood there before.

    Args:
        path: the file to write.
        write_to: writes all of it to the path it is given, which has the same extension.

    Raises:
        RequestError: the file cannot be written; nothing is left beside it.
    """
    with together() as files:
        files.write(path, write_to)


def text_writer(text: str) -> Callable[[Path], object]:
    """Give what writes a text to a path: UTF-8, and lines that end alike on every machine."""
    return functools.partial(Path.write_text, data=text, encoding="utf-8", newline="\n")


class Files:
    """Files written beside their places, which take them together or not at all."""

    def __init__(self) -> None:
        self._beside: dict[Path, Path] = {}
        self._made: list[Path] = []

    def write(self, path: Path, write_to: Callable[[Path], object]) -> Path:
        """Write one file beside its place.

        Args:
            path: the file to write.
            write_to: writes all of it to the path it is given, which has the same extension.

        Returns:
            Where it stands until all of them are put in their places.

        Raises:
            RequestError: it cannot be written, or was already.
        """
        if path in self._beside:
            raise RequestError(f"« {path} » ne peut pas recevoir deux fichiers.")
        beside = self._beside[path] = _hidden(path, "neuf")
        try:
            self._make(path.parent)
            write_to(beside)
        except OSError as error:
            raise _refusal(path, error) from error
        return beside

    def publish(self) -> None:
        """Put every file in its place; if one cannot be, all places hold what they held.

        Raises:
            RequestError: a file cannot take its place.
        """
        former: list[tuple[Path, Path | None]] = []
        try:
            for path, beside in self._beside.items():
                old = _hidden(path, "ancien") if path.exists() else None
                if old is not None:
                    os.replace(path, old)
                former.append((path, old))
                os.replace(beside, path)
        except OSError as error:
            for done, old in reversed(former):
                done.unlink(missing_ok=True)
                if old is not None:
                    old.rename(done)
            raise _refusal(path, error) from error
        self._made.clear()
        for _, old in former:
            if old is not None:
                old.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove what has not taken its place, and the folders that were made for it."""
        for beside in self._beside.values():
            beside.unlink(missing_ok=True)
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):  # someone may have put something there
                folder.rmdir()

    def _make(self, folder: Path) -> None:
        """Make a folder, and those it stands in."""
        missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        for parent in reversed(missing):
            parent.mkdir()
            self._made.append(parent)


@contextlib.contextmanager
def together() -> Iterator[Files]:
    """Write several files, then put all of them in their places when the block ends.

    Yields:
        Where to write them. If the block fails nothing has changed, and nothing is left behind.

    Raises:
        RequestError: a file cannot be written.
    """
    files = Files()
    try:
        yield files
        files.publish()
    finally:
        files.discard()


def _hidden(path: Path, what: str) -> Path:
    return path.with_name(f".{path.stem}.{what}.{os.getpid()}{path.suffix}")


def _refusal(path: Path, error: OSError) -> RequestError:
    return RequestError(f"« {path} » ne s'écrit pas ({error.strerror}) ; est-il ouvert ailleurs ?")


def _write_xlsx(result: polars.DataFrame, path: Path) -> None:
    # Texts stay texts; a kept column may hold what a sheet has no value for.
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "nan_inf_to_errors": True,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"created": CREATED})
        result.write_excel(
            workbook,
            SHEET,
            column_formats={"annee": "0"},
            dtype_formats={
                polars.Float64: EUROS,
                polars.Int32: WHOLE,
                polars.Int64: WHOLE,
                polars.Date: "dd/mm/yyyy",
            },
            freeze_panes=(1, 0),
            autofit=True,
        )
