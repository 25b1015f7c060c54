"""What the figures of a reform do not show: the rules that it changes, the total it must meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

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


def unbalanced(reforms: Iterable[Any]) -> Iterator[str]:
    """Say which reforms hold a total that only the whole table of communities can meet.

    Args:
        reforms: classes of reforms.

    Yields:
        A sentence of French for each.
    """
    for reform in reforms:
        if getattr(reform, "equilibre", None) is not None:
            yield (
                f"La réforme « {reform.nom} » ajuste un coefficient "
                f"({reform.equilibre.coefficient}) sur l'ensemble des communautés : ici, il garde "
                "la valeur de ses paramètres. « openfisca-cpts simulate » le trouve."
            )
