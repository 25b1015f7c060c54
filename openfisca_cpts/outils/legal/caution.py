"""What the figures of a reform do not show: the rules that it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
