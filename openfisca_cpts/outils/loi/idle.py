"""What a reform writes and does not change: a figure that already has the value it is given."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from openfisca_core.reforms import Reform

from openfisca_cpts.outils.loi.differences import between_systems
from openfisca_cpts.outils.loi.words import figure
from openfisca_cpts.outils.typography import day
from openfisca_cpts.reforms import Reforme
from openfisca_cpts.reforms.modifications import trouver
from openfisca_cpts.reforms.tranches import Tranche, lire_tranches

if TYPE_CHECKING:
    from openfisca_core.parameters import Parameter
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem


@dataclasses.dataclass(frozen=True)
class Idle:
    """What of a scenario has no effect.

    Attributes:
        whole: nothing differs from the law in force, neither a figure nor a rule.
        figures: one sentence of French, without its end, per change that changes nothing.
    """

    whole: bool
    figures: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Say it in the end of a sentence; empty where everything has an effect."""
        said = " ; ".join(self.figures)
        if self.whole:
            return f"ne change rien : {said}." if said else "ne change rien."
        return f"écrit aussi ce qui ne change rien : {said}." if said else ""


def idle(law: TaxBenefitSystem, system: TaxBenefitSystem) -> Idle:
    """Find what of a scenario has no effect.

    Args:
        law: the law in force.
        system: the law under the reforms of the scenario, each applied to the one before.

    Returns:
        What has none. A change is held against the law on which its own reform was applied.
    """
    rules = any(law.variables.get(name) is not each for name, each in system.variables.items())
    changed = rules or bool(between_systems(law.parameters, system.parameters))
    return Idle(not changed, tuple(_without_effect(system)))


def _without_effect(system: TaxBenefitSystem) -> Iterator[str]:
    if not isinstance(system, Reform):
        return
    yield from _without_effect(system.baseline)
    if not isinstance(system, Reforme):
        return
    for path, declaration in system.parametres.items():
        changes, _ = lire_tranches(path, declaration)
        after, _ = trouver(system.parameters, path)
        before = {leaf.name: leaf for leaf in trouver(system.baseline.parameters, path)[0]}
        for change in changes:
            days = _days(change, after)
            if all(_same(before.get(leaf.name), leaf, days) for leaf in after):
                yield _said(path, change, after)


def _days(change: Tranche, leaves: list[Parameter]) -> list[str]:
    """Give the days on which a value may change while a change holds."""
    dates = {value.instant_str for leaf in leaves for value in leaf.values_list}
    return [change.debut, *sorted(date for date in dates if change.couvre(date))]


def _same(before: Parameter | None, after: Parameter, days: list[str]) -> bool:
    if before is None:
        return False
    return all(before.get_at_instant(date) == after.get_at_instant(date) for date in days)


def _said(path: str, change: Tranche, leaves: list[Parameter]) -> str:
    start = day(datetime.date.fromisoformat(change.debut))
    values: set[Any] = {leaf.get_at_instant(change.debut) for leaf in leaves} - {None}
    if len(values) != 1:
        return f"les chiffres {path} ont déjà leurs valeurs le {start}"
    (value,) = values
    return f"{path} vaut déjà {figure(value, leaves[0].metadata.get('unit', ''))} le {start}"
