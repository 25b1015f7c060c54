"""Frames of pandas: told apart, and given back to whoever works with them.

pandas is no dependency, and polars converts to and from it only with pyarrow, which is a hundred
megabytes: columns are handed over one by one, as arrays.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import numpy
import polars

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")


def is_pandas(frame: Any) -> bool:
    """Say whether something is a pandas frame; pandas is not imported for the question."""
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(frame, pandas.DataFrame)


def either(function: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Let a function of polars frames take those of pandas as well, and then give one back.

    Args:
        function: takes frames, and gives one or nothing.

    Returns:
        The same for frames of either kind.
    """

    @functools.wraps(function)
    def of_either(*arguments: Parameters.args, **named: Parameters.kwargs) -> Answer:
        given = [*arguments, *named.values()]
        if not any(map(is_pandas, given)):
            return function(*arguments, **named)
        answer: Any = function(
            *map(_from_pandas, arguments),
            **{name: _from_pandas(value) for name, value in named.items()},
        )
        return to_pandas(answer) if isinstance(answer, polars.DataFrame) else answer

    return of_either


def to_pandas(rows: polars.DataFrame) -> Any:
    """Give a frame to pandas.

    Args:
        rows: any frame.

    Returns:
        The same columns in a pandas frame: whole numbers, decimals and truths in the types of
        NumPy (decimals where a whole number is missing), days and instants as datetime64, anything
        else as objects, with None where there is nothing.
    """
    pandas = sys.modules["pandas"]
    arrays = {name: _array(rows[name]) for name in rows.columns}
    columns = {name: pandas.Series(array, dtype=array.dtype) for name, array in arrays.items()}
    return pandas.DataFrame(columns, index=pandas.RangeIndex(rows.height))


def _array(cells: polars.Series) -> numpy.ndarray:
    kind = cells.dtype
    if kind == polars.Date:
        return cells.to_numpy().astype("datetime64[s]")  # the shortest unit that pandas has
    if kind.is_numeric() or kind == polars.Datetime:
        return cells.to_numpy()
    if kind == polars.Boolean and not cells.null_count():
        return cells.to_numpy()
    objects = numpy.empty(len(cells), dtype=object)
    objects[:] = cells.to_list()
    return objects


def _from_pandas(frame: Any) -> Any:
    """Give polars what `to_pandas` gave; anything else as it is."""
    if not is_pandas(frame):
        return frame
    return polars.DataFrame([_series(str(name), frame[name]) for name in frame.columns])


def _series(name: str, cells: Any) -> polars.Series:
    if cells.dtype.kind == "M":
        instants = polars.Series(name, cells.to_numpy().astype("datetime64[ms]"))
        days = instants.cast(polars.Date)
        return days if (days.cast(instants.dtype) == instants).all() else instants
    if cells.dtype.kind in "biuf":
        return polars.Series(name, cells.to_numpy(), nan_to_null=True)
    return polars.Series(name, cells.astype(object).where(cells.notna(), None).tolist())
