"""What a check gives back: its faults, and its coverage line by line."""

from __future__ import annotations

import collections
import dataclasses
import enum

from openfisca_cpts.reforms.refus import proche


class Line(enum.StrEnum):
    """The lines of the coverage, in the order they are shown."""

    FILES = "Fichiers conformes au schéma"
    DESCRIPTION = "Feuilles avec une description et une documentation"
    UNIT = "Feuilles avec une unité"
    REFERENCE = "Dates de valeur avec une référence"
    NOTE = "Dates de valeur avec une note par référence"
    STATUT = "Dates de valeur avec un statut"
    FIGURE = "Dates de valeur dont une note montre le chiffre"
    CEILING = "Statuts que leurs références permettent"
    CIRCLE = "Dates de valeur sans preuve circulaire"
    ACT = "Textes de droit conformes au schéma"
    EFFECT = "Dates de valeur qui sont celles de leur texte"
    VARIABLE_LABEL = "Variables avec un libellé unique"
    VARIABLE_DOCUMENTATION = "Variables avec une documentation"
    VARIABLE_REFERENCE = "Variables avec une référence"
    VARIABLE_UNIT = "Variables numériques avec une unité connue"
    CODE = "Fichiers de code sans nombre des textes"
    FORMULA = "Dates de formule qui sont des dates de valeur"
    FORMULA_ACT = "Formules datées du jour d'effet d'un texte"
    READ = "Dates de valeur lues dans une épreuve"
    ASSERTED = "Variables calculées affirmées par une épreuve"
    REGISTER = "Sujets non modélisés, conformes au schéma"
    REFORM = "Réformes livrées, sans Python, conformes au schéma"


@dataclasses.dataclass(frozen=True, order=True)
class Fault:
    """One thing to correct.

    Attributes:
        file: path of the file inside the package, with slashes.
        line: line in that file, from 1.
        path: place inside the file: dotted keys of a parameter, or name of a variable.
        message: what is wrong, in French, with the value and the nearest valid one.
    """

    file: str
    line: int
    path: str
    message: str


class TestsRefusedError(ValueError):
    """The folder of tests cannot be read; the message is in French."""

    __test__ = False  # pytest looks at what its name begins with


@dataclasses.dataclass(frozen=True)
class Coverage:
    """One line of the coverage: how many of the things to check are right.

    Attributes:
        label: what is checked, in French.
        done: how many are right.
        total: how many there are.
        checked: whether the check could be made: the tests and the register do not always stand
            beside an installed package.
    """

    label: str
    done: int
    total: int
    checked: bool = True

    @property
    def complete(self) -> bool:
        """Whether everything is right; a line that saw nothing to check is not complete."""
        return 0 < self.total == self.done


@dataclasses.dataclass(frozen=True)
class Report:
    """The faults, in the order of the files, and the coverage, line by line."""

    faults: list[Fault]
    coverage: list[Coverage]

    @property
    def complete(self) -> bool:
        """Whether there is no fault, and every line that was checked is at 100 %."""
        return not self.faults and all(line.complete for line in self.coverage if line.checked)


class Tally:
    """Counts, line by line, what was checked and what was right."""

    def __init__(self) -> None:
        self._done: collections.Counter[Line] = collections.Counter()
        self._total: collections.Counter[Line] = collections.Counter()
        self._skipped: set[Line] = set()

    def skip(self, *lines: Line) -> None:
        """Say that lines could not be checked: they are neither right nor wrong."""
        self._skipped.update(lines)

    def add(self, line: Line, right: bool) -> bool:
        """Count one thing checked.

        Args:
            line: line of the coverage it belongs to.
            right: whether it is as it should be.

        Returns:
            `right`, so that the caller can go on with it.
        """
        self._total[line] += 1
        self._done[line] += right
        return right

    def coverage(self) -> list[Coverage]:
        """Give every line of the coverage, those that saw nothing included."""
        return [
            Coverage(line.value, self._done[line], self._total[line], line not in self._skipped)
            for line in Line
        ]


nearest = proche
"""Says which known word is the nearest to an unknown one, as the refusals of reforms do."""
