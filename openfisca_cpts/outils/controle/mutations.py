"""The small changes of the law that a test must notice: a figure, a date, two sizes swapped."""

from __future__ import annotations

import dataclasses
import datetime
import enum
from collections.abc import Iterator
from fractions import Fraction

from openfisca_core.parameters import Parameter, ParameterAtInstant
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_cpts.outils.fichiers import notes
from openfisca_cpts.outils.fichiers.schema import SIZES, Unit
from openfisca_cpts.outils.loi.leaves import Leaf, find, leaves

RATIO_STEP = Fraction("0.01")
ONE_DAY = datetime.timedelta(days=1)


class Kind(enum.StrEnum):
    """The kinds of mutations."""

    MORE = "valeur_plus"
    LESS = "valeur_moins"
    LATER = "date_plus_un_jour"
    EARLIER = "date_moins_un_jour"
    SWAPPED = "tailles_echangees"
    FORMULA_LATER = "formule_plus_un_jour"
    TEXT_LATER = "texte_plus_un_jour"
    TEXT_EARLIER = "texte_moins_un_jour"


SHIFTS = {
    Kind.LATER: ONE_DAY,
    Kind.EARLIER: -ONE_DAY,
    Kind.FORMULA_LATER: ONE_DAY,
    Kind.TEXT_LATER: ONE_DAY,
    Kind.TEXT_EARLIER: -ONE_DAY,
}
VALUE_KINDS = (Kind.MORE, Kind.LESS, Kind.LATER, Kind.EARLIER, Kind.SWAPPED)
TEXT = "texte entier"


@dataclasses.dataclass(frozen=True)
class Mutation:
    """One small change of the law.

    Attributes:
        kind: what is changed.
        place: dotted path of the figure, name of the variable whose formula is moved, or « texte
            entier » for all that has one date.
        date: date of value, or of the formula, that is changed.
        before: the value, as it stands; none without a figure, and where the figure ends.
        after: the value that replaces it; none where only a date changes.
        other: dotted path of the other size, where two are swapped.
    """

    kind: Kind
    place: str
    date: datetime.date
    before: float | None = None
    after: float | None = None
    other: str | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The figures that change."""
        if self.kind not in VALUE_KINDS:
            return ()
        return (self.place,) if self.other is None else (self.place, self.other)

    @property
    def text(self) -> str:
        """The change, in French."""
        before = _written(self.before)
        if self.kind not in VALUE_KINDS:
            what = "formule" if self.kind is Kind.FORMULA_LATER else "chiffres et formules"
            return f"{what} à partir du {self.date + SHIFTS[self.kind]}"
        if self.kind in SHIFTS:
            return f"{before} à partir du {self.date + SHIFTS[self.kind]}"
        if self.other is None:
            return f"{before} devient {_written(self.after)}"
        size = self.other.rpartition(".")[-1].replace("_", " ")
        return f"échangée avec la {size} ({before} et {_written(self.after)})"


def mutations(system: TaxBenefitSystem, units: dict[str, Unit]) -> Iterator[Mutation]:
    """Give every mutation of a law.

    Args:
        system: the law.
        units: the known units, by name: a ratio changes by a hundredth, all others by one.

    Yields:
        For each value its figure a step up and down, its date a day later and earlier; for each
        table and date, each pair of sizes that differ, swapped; for each dated formula, its date a
        day later (alone, it would read figures that do not exist a day earlier); for each date of
        formulas, all the figures and formulas that have it, a day later and earlier.
    """
    tables: dict[str, list[Leaf]] = {}
    for leaf in leaves(system.parameters):
        unit = units.get(leaf.unit)
        step = RATIO_STEP if unit is not None and unit.ratio else Fraction(1)
        for date, value in _values(leaf).items():
            yield from _changes(leaf, date, value, step)
        if leaf.key in SIZES:
            tables.setdefault(leaf.path.rpartition(".")[0], []).append(leaf)
    for sizes in tables.values():
        yield from _swaps(sizes)
    formulas = [
        (datetime.date.fromisoformat(day), name)
        for name, variable in system.variables.items()
        for day in variable.formulas
        if day != datetime.date.min.isoformat()
    ]
    for date, name in sorted(formulas):
        yield Mutation(Kind.FORMULA_LATER, name, date)
    for date in sorted({date for date, _ in formulas}):
        yield Mutation(Kind.TEXT_LATER, TEXT, date)
        yield Mutation(Kind.TEXT_EARLIER, TEXT, date)


def _values(leaf: Leaf) -> dict[datetime.date, float | None]:
    return {date: leaf.value(date) for date in leaf.dates}


def _changes(
    leaf: Leaf, date: datetime.date, value: float | None, step: Fraction
) -> Iterator[Mutation]:
    if value is not None:
        exact = Fraction(str(value))
        yield Mutation(Kind.MORE, leaf.path, date, value, float(exact + step))
        yield Mutation(Kind.LESS, leaf.path, date, value, float(exact - step))
    for kind in (Kind.LATER, Kind.EARLIER):
        if date + SHIFTS[kind] not in leaf.dates:
            yield Mutation(kind, leaf.path, date, value)


def _swaps(sizes: list[Leaf]) -> Iterator[Mutation]:
    pairs = [(first, second) for rank, first in enumerate(sizes) for second in sizes[rank + 1 :]]
    for first, second in pairs:
        values, others = _values(first), _values(second)
        for date in sorted(values.keys() & others.keys()):
            one, two = values[date], others[date]
            if one is not None and two is not None and one != two:
                yield Mutation(Kind.SWAPPED, first.path, date, one, two, second.path)


def apply(mutation: Mutation, system: TaxBenefitSystem) -> None:
    """Change a law, and nothing else of it: neither statut nor reference.

    A size whose first value comes a day later is worth 0 on the day it leaves: without a value,
    the other sizes of its table could not be read either, and any test would notice.

    Args:
        mutation: the change.
        system: the law, whose tree of parameters and list of variables are changed in place.

    Raises:
        KeyError: the law has no such parameter, variable or date.
    """
    if mutation.kind is Kind.FORMULA_LATER:
        _move_formula(system, mutation.place, mutation)
        return
    if mutation.kind in (Kind.TEXT_LATER, Kind.TEXT_EARLIER):
        _move_text(system, mutation)
        return
    parameter = find(system.parameters, mutation.place).parameter
    value = _dated(parameter, mutation.date)
    if mutation.kind in SHIFTS:
        first = value is parameter.values_list[-1]
        of_a_size = parameter.name.rpartition(".")[-1] in SIZES
        if first and of_a_size and mutation.kind is Kind.LATER:
            parameter.values_list.append(_zero(value))
        value.instant_str = (mutation.date + SHIFTS[mutation.kind]).isoformat()
        return
    value.value = mutation.after
    if mutation.other is not None:
        _dated(
            find(system.parameters, mutation.other).parameter, mutation.date
        ).value = mutation.before


def _move_formula(system: TaxBenefitSystem, name: str, mutation: Mutation) -> None:
    variable = system.variables[name].clone()  # systems share their variables
    formula = variable.formulas.pop(mutation.date.isoformat())
    variable.formulas[(mutation.date + SHIFTS[mutation.kind]).isoformat()] = formula
    system.variables[name] = variable


def _move_text(system: TaxBenefitSystem, mutation: Mutation) -> None:
    day = mutation.date.isoformat()
    for name, variable in list(system.variables.items()):
        if day in variable.formulas:
            _move_formula(system, name, mutation)
    for leaf in leaves(system.parameters):
        if mutation.date in leaf.dates:
            value = _dated(leaf.parameter, mutation.date)
            value.instant_str = (mutation.date + SHIFTS[mutation.kind]).isoformat()


def _dated(parameter: Parameter, date: datetime.date) -> ParameterAtInstant:
    for value in parameter.values_list:
        if value.instant_str == date.isoformat():
            return value
    raise KeyError(f"{parameter.name}, {date}")


def _zero(value: ParameterAtInstant) -> ParameterAtInstant:
    zero = value.clone()
    zero.value = 0
    return zero


def _written(value: float | None) -> str:
    return "rien" if value is None else notes.french(Fraction(str(value)))
