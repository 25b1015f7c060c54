"""What is refused, and how it is said: every fault of a table at once, or one wrong request."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openfisca_core.errors import SituationParsingError


@dataclasses.dataclass(frozen=True)
class Fault:
    """One thing a table cannot be read with.

    Attributes:
        expected: what should stand there, in French, as it follows « attendu : ».
        row: row as the user sees it in the file (the titles are row 1); none for the whole table.
        id: identifier of the community, where it is known.
        column: title of the column, where the fault has one.
        value: what stands there, as its author would recognise it.
        looks: what a whole row looks like instead (« ressemble à un total »).
    """

    expected: str
    row: int | None = None
    id: str | None = None
    column: str | None = None
    value: str | None = None
    looks: str | None = None

    def __str__(self) -> str:
        """Say the fault in one line of French."""
        places = [
            f"ligne {self.row}" if self.row is not None else "",
            f"communauté « {self.id} »" if self.id is not None else "",
            f"colonne « {self.column} »" if self.column is not None else "",
        ]
        place = ", ".join(place for place in places if place)
        found = f"« {self.value} »" if self.value is not None else self.looks
        said = f"{found}, " if found else ""
        return f"{place}{' : ' if place else ''}{said}attendu : {self.expected}"


EMPTY = Fault("une ligne de titres, puis une communauté par ligne", value="tableau vide")
"""What is said of a file without titles or without communities."""


class TableError(ValueError):
    """A table that is refused.

    Attributes:
        faults: all its faults, in the order of the rows.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.row or 0)
        super().__init__("\n".join(map(str, self.faults)))


class RequestError(ValueError):
    """A wrong request (years, variables, files), whatever the table holds. Said in French."""


def refused(error: SituationParsingError) -> RequestError:
    """Make a wrong request of what an input or a formula refuses.

    Args:
        error: what openfisca-core carries the refusal in, under the path that it makes of it.

    Returns:
        The same refusal, its message alone.
    """
    said: Any = error.error
    while isinstance(said, dict) and said:
        said = next(iter(said.values()))
    return RequestError(str(said))
