"""Texts that a spreadsheet would run as formulas, if a CSV file held them as they are.

A CSV file has no types: a name « =1+1 » would be computed by whoever opens the results. An
apostrophe before it, as a person types one, keeps it a text; the reader of tables takes it off
again. Texts after a semicolon count as well: a French Excel cuts there, whatever the quotes.
Numbers (« -12,5 ») stay as they are. A workbook needs none of this: its texts are texts.
"""

from __future__ import annotations

from typing import TypeVar

import polars

Cells = TypeVar("Cells", polars.Series, polars.Expr)
Frame = TypeVar("Frame", polars.DataFrame, polars.LazyFrame)

START = r"(^|[;\t\r\n])(\s*)"
STARTS_FORMULA = START + r"('*[=+\-@])"
PROTECTED = START + r"'('*[=+\-@])"
NUMBER = r"^[+-][0-9\s.,]*%?$"


def protect(frame: Frame) -> Frame:
    """Put an apostrophe before what a spreadsheet would run, titles included.

    Args:
        frame: any frame; only its texts change.

    Returns:
        The frame that a CSV file may hold.
    """
    schema = frame.lazy().collect_schema()
    titles = polars.Series(schema.names(), dtype=polars.String)
    safe = dict(zip(titles, _protected(titles), strict=True))
    kinds = (polars.String, polars.Categorical, polars.Enum)
    texts = [name for name, kind in schema.items() if isinstance(kind, kinds)]
    return frame.with_columns(_protected(polars.col(texts).cast(polars.String))).rename(safe)


def restore(cells: Cells) -> Cells:
    """Take off the apostrophes that `protect` puts, and no other.

    Args:
        cells: String series, or an expression of such columns.

    Returns:
        The texts as they were.
    """
    return cells.str.replace_all(PROTECTED, "${1}${2}${3}")


def _protected(cells: Cells) -> Cells:
    marked = cells.str.replace_all(STARTS_FORMULA, "${1}${2}'${3}")
    if isinstance(cells, polars.Series):
        return marked.zip_with(~cells.str.contains(NUMBER), cells)
    return polars.when(cells.str.contains(NUMBER)).then(cells).otherwise(marked)
