"""The dials of a sweep, as a user writes them, and the points that their values make."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.typography import decimal

FORM = (
    "CHEMIN=DÉBUT:FIN:PAS@DATE, ou CHEMIN=VALEUR;VALEUR@DATE (par exemple "
    "aci.missions.*.part_variable=0,4:0,8:0,05@2026-01-01), ou rate=0:1:0,1 pour les taux "
    "d'atteinte"
)
RATES = ("rate", "taux")
"""What names the rates of achievement, which are no figure of the law."""
RATE = "taux_atteinte"
"""Name of the column of the rates."""
BETWEEN, AND, FROM = ":", ";", "@"
MOST_VALUES = 10_000
"""Values of one dial: more are a slip of the hand."""


@dataclasses.dataclass(frozen=True)
class Dial:
    """What a sweep turns.

    Attributes:
        path: path of the figure, where `*` stands for any one segment; none for the rates.
        values: its values, in their order.
        when: the day from which it changes, and `..` and the last day where there is one.
    """

    path: str
    values: tuple[float, ...]
    when: str = ""

    @property
    def name(self) -> str:
        """Name of its column."""
        return self.path or RATE

    @property
    def end(self) -> str:
        """The end of its path, where room lacks."""
        return self.name.rpartition(".")[-1]

    def setting(self, value: float) -> str:
        """Write a value as `--set` takes it."""
        return f"{self.path}={value}{FROM}{self.when}"


@dataclasses.dataclass(frozen=True)
class Point:
    """One value of each dial.

    Attributes:
        rank: its place in the sweep.
        values: the values, in the order of the dials.
    """

    rank: int
    values: tuple[float, ...]


def read_dials(texts: Sequence[str]) -> list[Dial]:
    """Read dials.

    Args:
        texts: `path=first:last:step@day`, `path=value;value@day`, or the same of `rate` without
            a day. Decimals have a point or a comma.

    Returns:
        The dials.

    Raises:
        RequestError: there is none, one is of another form or has no value, or two are the same.
    """
    if not texts:
        raise RequestError(f"Rien à faire varier : --vary {FORM}.")
    dials = [_read(text) for text in texts]
    (name, count), *_ = Counter(dial.name for dial in dials).most_common(1)
    if count > 1:
        raise RequestError(f"« {name} » varie deux fois.")
    return dials


def points(dials: Sequence[Dial]) -> list[Point]:
    """Give every point of the grid, the last dial turning fastest."""
    grid = itertools.product(*(dial.values for dial in dials))
    return [Point(rank, values) for rank, values in enumerate(grid)]


def named(dials: Sequence[Dial], point: Point) -> str:
    """Name a point: `part_variable = 0,45 ; taux_atteinte = 0,8`, by the end of each path."""
    shared = Counter(dial.end for dial in dials)
    names = [dial.name if shared[dial.end] > 1 else dial.end for dial in dials]
    said = (
        f"{name} = {decimal(Decimal(repr(value)).normalize(), 'f')}"
        for name, value in zip(names, point.values, strict=True)
    )
    return " ; ".join(said)


def _read(text: str) -> Dial:
    path, equal, rest = (part.strip() for part in text.partition("="))
    written, at, when = (part.strip() for part in rest.partition(FROM))
    rates = path in RATES
    if not path or not equal or not written or bool(at) is rates or bool(when) is rates:
        raise RequestError(f"« --vary {text} » : attendu, {FORM}.")
    values = tuple(map(float, _values(text, written)))
    if rates and not all(0 <= value <= 1 for value in values):
        raise RequestError(f"« --vary {text} » : un taux d'atteinte va de 0 à 1.")
    return Dial("" if rates else path, values, when)


def _values(text: str, written: str) -> list[Decimal]:
    if BETWEEN in written:
        numbers = [_number(text, part) for part in written.split(BETWEEN)]
        if len(numbers) != len(("first", "last", "step")):
            raise RequestError(f"« --vary {text} » : attendu, {FORM}.")
        return list(_steps(text, *numbers))
    return [_number(text, part) for part in written.split(AND)]


def _steps(text: str, first: Decimal, last: Decimal, step: Decimal) -> Iterator[Decimal]:
    """Give the values from one to another, both included where the step falls on the last."""
    if step <= 0 or last < first:
        raise RequestError(
            f"« --vary {text} » : le pas doit être positif, et la fin après le début."
        )
    count = math.floor((last - first) / step) + 1
    if count > MOST_VALUES:
        raise RequestError(f"« --vary {text} » : {count} valeurs ; au plus {MOST_VALUES}.")
    for rank in range(count):
        yield first + rank * step


def _number(text: str, word: str) -> Decimal:
    try:
        number = Decimal(word.strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise RequestError(f"« --vary {text} » : « {word.strip()} » n'est pas un nombre.")
    return number
