"""What a cell of a grid holds: a number, a percentage, a truth, as its author wrote it."""

from __future__ import annotations

import dataclasses
import enum
import math
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation.cells import TRUTHS, parse
from openfisca_cpts.outils.typography import PERCENT, decimal, share

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.table import Column


class Kind(enum.Enum):
    """What a threshold and the values that are held against it are."""

    NUMBER = "un nombre"
    SHARE = "un pourcentage"
    TRUTH = "« oui » ou « non »"


@dataclasses.dataclass(frozen=True)
class Value:
    """A threshold, or what was measured.

    Attributes:
        number: the number; a percentage as a share of 1, « oui » as 1 and « non » as 0.
        kind: what it is.
        text: as a reader recognises it.
    """

    number: float
    kind: Kind
    text: str

    @property
    def is_truth(self) -> bool:
        """Whether it is « oui » or « non »."""
        return self.kind is Kind.TRUTH


@dataclasses.dataclass(frozen=True)
class Written:
    """A cell: its text, and its number where it holds one."""

    text: str
    number: float | None

    @classmethod
    def of(cls, column: Column, rank: int) -> Written:
        """Give one cell of a column."""
        if not column.given[rank]:
            return cls("", None)
        number = column.number[rank]
        return cls(
            decimal(number, "f").rstrip("0").rstrip(",")
            if number is not None
            else str(column.text[rank]),
            number,
        )

    def value(self) -> Value | None:
        """Read the cell as a threshold or a measure; none where it is neither, or empty."""
        truth = TRUTHS.get(self.text.casefold())
        if truth is not None and self.number is None:
            return Value(truth, Kind.TRUTH, "oui" if truth else "non")
        if self.text.endswith("%"):
            number = _number(self.text.removesuffix("%").strip())
            if number is None:
                return None
            return Value(number / PERCENT, Kind.SHARE, share(number / PERCENT, ".2f"))
        number = self.number if self.number is not None else _number(self.text)
        return None if number is None else Value(number, Kind.NUMBER, self.text)

    def euros(self) -> float | None:
        """Read the cell as an amount; none where it is none, or not above zero."""
        text = self.text.removesuffix("€").strip()
        number = self.number if self.number is not None else _number(text)
        return number if number is not None and number > 0 else None


def _number(text: str) -> float | None:
    number = parse(polars.Series([text], dtype=polars.String))[0]
    return number if number is not None and math.isfinite(number) else None
