"""What stands behind each value: the references that print it, and those that work it out."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator
from fractions import Fraction

from openfisca_cpts.outils.controle import equations, sourcing
from openfisca_cpts.outils.fichiers import notes
from openfisca_cpts.outils.fichiers.files import Document
from openfisca_cpts.outils.fichiers.schema import Parameter, Reference, Unit
from openfisca_cpts.outils.typography import MONTHS

MONTHLY = Fraction(len(MONTHS))
PROOFS = ("texte", "document", "presse", "contrat_reel")
"""The natures that show what the law is; a proposal shows what someone asked for."""


@dataclasses.dataclass(frozen=True)
class Derivation:
    """One computation of a note that gives a value.

    Attributes:
        text: the equality that gives it.
        operands: the numbers that it rests on. A number that an earlier equality of the note
            works out is replaced by those of that equality; one that the reference quotes inside
            « … » is known from its document, and left out.
        yearly: whether it only gives by the year what the reference quotes by the month.
    """

    text: str
    operands: frozenset[Fraction]
    yearly: bool


@dataclasses.dataclass(frozen=True)
class Value:
    """One value of one figure, and where it stands.

    Attributes:
        document: its file.
        place: the keys that lead to it.
        path: dotted path of the figure.
        size: the size, in a table of sizes; empty for a figure alone.
        date: its date of value.
        figure: the value; none where it ends the figure.
        unit: its unit, where it is known.
        statut: its statut, where it has one.
        references: its references, those of another size left out.
        acts: keys of the acts that it rests on in law.
        published: the day of the official journal that its file states.
    """

    document: Document = dataclasses.field(repr=False)
    place: tuple[str | int, ...]
    path: str
    size: str
    date: datetime.date
    figure: Fraction | None
    unit: Unit | None
    statut: str | None
    references: tuple[Reference, ...]
    acts: tuple[str, ...]
    published: datetime.date | None

    @property
    def ratio(self) -> bool:
        """Whether it is a share of something."""
        return self.unit is not None and self.unit.ratio

    @property
    def name(self) -> str:
        """Path and date, as a fault cites it."""
        return f"{self.path}, {self.date}"

    def prints(self, reference: Reference) -> bool:
        """Say whether a reference states the value outside of any computation."""
        if self.figure is None:
            return True
        words = set() if self.unit is None else self.unit.words
        found = notes.figures(equations.printed(reference.note or ""))
        return any(figure.states(self.figure, self.ratio, words) for figure in found)

    def derivations(self, reference: Reference) -> Iterator[Derivation]:
        """Give the computations of a reference that give the value."""
        quoted = notes.quoted(f"{reference.title}\n{reference.note or ''}")
        known = {figure.value for figure in notes.figures(quoted)}
        earlier: dict[Fraction, frozenset[Fraction]] = {}
        for equation in equations.equations(reference.note or ""):
            operands = frozenset().union(
                *(earlier.get(operand, {operand}) for operand in equation.operands)
            )
            earlier.update(dict.fromkeys(equation.results, operands))
            if self.figure in equation.results:
                (*rest,) = equation.operands - {MONTHLY, 1 / MONTHLY}
                yearly = len(rest) == 1 and rest[0] in known and rest[0] * MONTHLY == self.figure
                yield Derivation(equation.text, operands - known, yearly)

    @property
    def shown(self) -> bool:
        """Whether a document prints it: a proposal is not one."""
        return any(
            reference.nature in PROOFS and self.prints(reference) for reference in self.references
        )


def values(
    document: Document, path: str, parameter: Parameter, units: dict[str, Unit]
) -> Iterator[Value]:
    """Give the values of a file.

    Args:
        document: the file as it is written.
        path: its dotted path.
        parameter: the same, read.
        units: the known units, by name.

    Yields:
        Each value of each figure of the file.
    """
    for one in sourcing.series(parameter, units):
        size = ".".join(one.place)
        for date, item in one.values.items():
            found = one.sources.reference.get(date, [])
            own = [
                reference
                for reference in found
                if not (size and notes.about_another(reference.note or "", size, parameter.sizes))
            ]
            yield Value(
                document=document,
                place=(*one.place, "values", date.isoformat()),
                path=".".join((path, *one.place)),
                size=size,
                date=date,
                figure=item.value,
                unit=one.unit,
                statut=one.sources.statut.get(date),
                references=tuple(own or found),
                acts=tuple(one.sources.texte.get(date, ())),
                published=one.sources.official_journal_date.get(date),
            )


class Known:
    """The values of a tree, to be found by the number that a computation uses.

    Args:
        known: the values.
    """

    def __init__(self, known: Iterable[Value]) -> None:
        self._by_figure: dict[Fraction, list[Value]] = {}
        for value in known:
            if value.figure is not None:
                self._by_figure.setdefault(value.figure, []).append(value)

    def meant(self, operand: Fraction, user: Value) -> list[Value]:
        """Give the values that a number of a computation may be.

        Numbers come back in a law: two missions may have the same amount. Those of
        the same family of units count (a share for a share; for a sum, what has the unit of the
        value that is worked out), and of these the nearest: in the same folder, those of the same
        size before others; where there are none, in other folders, those of the same size. A
        whole number below `notes.AMBIGUOUS_BELOW` counts things and is no value.

        Args:
            operand: the number.
            user: the value whose computation uses it.

        Returns:
            The values; none where the number is no value of the tree.
        """
        found = [
            value
            for value in self._by_figure.get(operand, [])
            if value is not user and _same_family(operand, value, user)
        ]
        near = [value for value in found if _folder(value) == _folder(user)]
        same = [value for value in near or found if value.size == user.size]
        return same or near if user.size or near else []


def _same_family(operand: Fraction, value: Value, user: Value) -> bool:
    if value.ratio:
        return operand < 1
    if operand < notes.AMBIGUOUS_BELOW:
        return False
    return user.ratio or value.unit == user.unit


def _folder(value: Value) -> str:
    """Give the path of the folder of the file that holds a value."""
    return value.path.removesuffix(f".{value.size}").rpartition(".")[0]
