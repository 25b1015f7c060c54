"""What the tests of the preparation share: a file made of rows, and what it becomes."""

import pytest
import xlsxwriter

from openfisca_cpts.outils.preparation.prepared import prepare
from openfisca_cpts.outils.simulation.faults import RequestError, TableError


@pytest.fixture
def prepared(tmp_path):
    """Write a file, as text or as the rows of a sheet, and prepare it."""

    def run(content, name="t.csv", encoding="utf-8", given=None, sheet=None):
        path = tmp_path / name
        if isinstance(content, dict):
            write_book(path, content)
        elif isinstance(content, list):
            write_book(path := path.with_suffix(".xlsx"), {"Feuil1": content})
        else:
            path.write_bytes(content.encode(encoding))
        return prepare(path, sheet, given)

    return run


@pytest.fixture
def refused(prepared):
    """Prepare what must be refused; give what is said."""

    def run(*args, **named):
        with pytest.raises((TableError, RequestError)) as refusal:
            prepared(*args, **named)
        return str(refusal.value).replace("\u00a0", " ")

    return run


def write_book(path, sheets):
    """Write rows of values as sheets; a text that starts by `=` is a formula never computed."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if hasattr(cell, "year"):
                        sheet.write_datetime(row, column, cell, day)
                    elif isinstance(cell, str) and cell.startswith("="):
                        sheet.write_formula(row, column, cell, None, "")
                    elif cell is not None:
                        sheet.write(row, column, cell)
