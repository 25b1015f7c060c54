"""Finds values that prove each other: two notes, each of which starts from the other's figure."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from openfisca_cpts.outils.controle.proofs import Derivation, Known, Value
from openfisca_cpts.outils.fichiers import notes
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally


def check(values: Iterable[Value], tally: Tally) -> list[Fault]:
    """Check that no value is worked out from a number that is itself only known from this value.

    A computation of the note of A uses the number of B: A rests on B. B is only known from A
    where no document prints B (a text, a document, the press or a real contract; a proposal is
    none of these), and every computation that gives B rests on A, at one or several steps.

    What keeps numbers that only look alike from making circles:

    - a number that the reference of A quotes, inside « … », is known from that document;
    - a number that an earlier equality of the note works out is known from there;
    - a whole number below 1 000 is no value, but what is multiplied or divided by it uses a
      share: « 33 000 × 2 » rests on the half;
    - a number may be several values of the same family of units: those of the same folder are
      meant before others, then those of the same size (`Known.meant`).

    Args:
        values: every value of the tree.
        tally: where what was checked is counted.

    Returns:
        One fault per computation that goes round, which names both values.
    """
    every = list(values)
    circles = _Circles(every)
    faults = []
    for value in every:
        found = circles.faults(value)
        tally.add(Line.CIRCLE, not found)
        faults += found
    return faults


class _Circles:
    """The graph of what each value is worked out from.

    Args:
        values: every value of the tree.
    """

    def __init__(self, values: list[Value]) -> None:
        self._known = Known(values)
        self._derivations = {
            id(value): tuple(
                derivation
                for reference in value.references
                for derivation in value.derivations(reference)
            )
            for value in values
        }
        self._shown = {id(value): value.shown for value in values if self._derivations[id(value)]}

    def faults(self, value: Value) -> list[Fault]:
        """Give the computations of a value that go round."""
        found = []
        for derivation in self._derivations[id(value)]:
            for operand, other in self._operands(derivation, value):
                if self._only_from(value, other, frozenset()):
                    assert value.figure is not None
                    message = (
                        f"{value.date} : le calcul « {derivation.text} » part de "
                        f"{notes.french(operand)} ({other.name}), qui n'est connu que de "
                        f"{notes.french(value.figure)} : deux valeurs ne se prouvent pas l'une "
                        "l'autre"
                    )
                    found.append(value.document.fault(value.place, message))
        return found

    def _operands(self, derivation: Derivation, user: Value) -> list[tuple[Fraction, Value]]:
        return [
            (operand, other)
            for operand in sorted(derivation.operands)
            for other in self._known.meant(operand, user)
        ]

    def _only_from(self, source: Value, value: Value, seen: frozenset[int]) -> bool:
        """Say whether a value is only known from another, over which the walk did not pass yet."""
        if value is source:
            return True
        derivations = self._derivations[id(value)]
        if not derivations or id(value) in seen or self._shown[id(value)]:
            return False
        passed = seen | {id(value)}
        return all(
            any(
                self._only_from(source, other, passed)
                for _, other in self._operands(derivation, value)
            )
            for derivation in derivations
        )
