"""What a workbook says of itself: its sheets, and the cells that hold no value.

fastexcel gives an error (#N/A) and a formula that no spreadsheet ever computed as empty cells: a
population would silently be « not given ». Those it counts as errors can only be had with pyarrow.
The sheet is read as XML, whatever prefix its elements have, but without a tree: one of three
million cells takes ten times longer. Most sheets hold no formula, and are only looked through.
"""

from __future__ import annotations

import dataclasses
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.parsers import expat

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name, xl_rowcol_to_cell

WORKBOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SUSPECT = re.compile(rb"""[<:]f[\s/>]|\bt\s*=\s*["'](?:e["']|&)""")
"""What a sheet with a formula or an error holds somewhere, in UTF-8: fastexcel reads no other."""
ERROR, TEXT = "e", "str"
"""Types of cells: an error, and the text that a formula gives, which may be empty."""


class UnreadableWorkbookError(ValueError):
    """A workbook that is not what Office Open XML says."""


@dataclasses.dataclass(frozen=True)
class Sheet:
    """A sheet of cells.

    Attributes:
        name: its name.
        hidden: whether whoever opens the workbook does not see it.
        path: its place in the archive.
    """

    name: str
    hidden: bool
    path: str


def sheets(book: zipfile.ZipFile) -> list[Sheet]:
    """Give the sheets of a workbook, in their order; those of charts have no cells.

    Args:
        book: the archive.

    Returns:
        The sheets.

    Raises:
        UnreadableWorkbookError: the archive is none of a workbook.
    """
    names = {name.lower().lstrip("/"): name for name in book.namelist()}
    listed: list[dict[str, str]] = []
    links: dict[str, dict[str, str]] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            listed.append(attributes)

    def link(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            links[attributes["Id"]] = attributes

    try:
        _parse(book.read(names[WORKBOOK]), sheet)
        _parse(book.read(names[LINKS]), link)
        pairs = [(sheet, links[_link(sheet)]) for sheet in listed]
        found = [
            Sheet(
                sheet["name"],
                sheet.get("state", "visible") != "visible",
                names[_place(link["Target"])],
            )
            for sheet, link in pairs
            if link["Type"].endswith("/worksheet")
        ]
    except KeyError as error:
        raise UnreadableWorkbookError(f"{error} is missing") from error
    if not found:
        raise UnreadableWorkbookError("there is no sheet of cells")
    return found


def _link(attributes: dict[str, str]) -> str:
    return next(value for name, value in attributes.items() if name.endswith(" id"))


def _place(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").lower()


def cells_without_value(book: zipfile.ZipFile, sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """Find the errors and the uncomputed formulas of a sheet.

    Args:
        book: the archive.
        sheet: the sheet.

    Yields:
        For each such cell, its row, the letters of its column, and its error or its formula.

    Raises:
        UnreadableWorkbookError: the sheet is not XML.
    """
    content = book.read(sheet.path)
    if not SUSPECT.search(content):
        return
    reader = _Cells()
    _parse(content, reader.start, reader.end, reader.write)
    for position, value in reader.found:
        row, column = xl_cell_to_rowcol(position)
        yield row + 1, xl_col_to_name(column), value


class _Cells:
    """Follows the elements of a sheet, and keeps the cells that hold no value."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._row = 0
        self._position = ""
        self._kind: str | None = None
        self._parts: dict[str, str] = {}
        self._part: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._position = ""
        elif name == "c":
            self._position = attributes.get("r") or self._next()
            self._kind = attributes.get("t")
            self._parts = {}
        elif name in ("f", "v"):
            self._part = name
            self._parts[name] = ""

    def end(self, name: str) -> None:
        self._part = None
        if name != "c":
            return
        value = self._parts.get("v")
        if self._kind == ERROR:
            self.found.append((self._position, value or "#ERREUR"))
        elif "f" in self._parts and not value and self._kind != TEXT:
            self.found.append((self._position, f"={self._parts['f']}"))

    def write(self, text: str) -> None:
        if self._part is not None:
            self._parts[self._part] += text

    def _next(self) -> str:
        """Give the position of a cell that does not say it: after the one before."""
        column = xl_cell_to_rowcol(self._position)[1] + 1 if self._position else 0
        return xl_rowcol_to_cell(self._row - 1, column)


def _parse(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    write: Callable[[str], None] | None = None,
) -> None:
    """Read XML; names come without their prefixes, and no document may declare entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    local: dict[str, str] = _LocalNames()
    parser.StartElementHandler = lambda name, attributes: start(local[name], attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(local[name])
    parser.CharacterDataHandler = write
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnreadableWorkbookError(str(error)) from error


class _LocalNames(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return self.setdefault(name, name.rpartition(" ")[2])


def _refuse(*_: Any) -> None:
    raise UnreadableWorkbookError("a document type is declared")
