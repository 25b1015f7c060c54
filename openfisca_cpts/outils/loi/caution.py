"""What the figures of a reform do not show: the rules that it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openfisca_core.reforms import Reform

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem


def changed_rules(law: TaxBenefitSystem, system: TaxBenefitSystem) -> Iterator[str]:
    """Say which rules a reform changes.

    Args:
        law: the law in force.
        system: the law as the reform changes it.

    Yields:
        At most one sentence of French.
    """
    changed = [
        f"{variable.label} ({name})"
        for name, variable in system.variables.items()
        if law.variables.get(name) is not variable and not variable.is_input_variable()
    ]
    if changed:
        yield (
            "La réforme change aussi des règles de calcul, au-delà des chiffres : "
            f"{' ; '.join(changed)}."
        )


def rule_makers(system: TaxBenefitSystem, name: str, period: Period) -> list[Reform]:
    """Give the reforms that the rule of a variable comes from.

    Args:
        system: the law, as reforms change it.
        name: name of the variable.
        period: a period; before the day a reform takes effect, the rule is still that of the law.

    Returns:
        The reforms that add the variable or replace its formula, in the order they were applied;
        none where the rule is that of the law in force.
    """
    found: list[Reform] = []
    while isinstance(system, Reform):
        after, before = system.variables.get(name), system.baseline.variables.get(name)
        if after is not None and after is not before:
            rules = [known and known.get_formula(period) for known in (before, after)]
            if before is None or rules[0] is not rules[1]:
                found.insert(0, system)
        system = system.baseline
    return found
