"""What a step says of its rule: that of the law, or that of the reform that brings another."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.loi.caution import rule_makers
from openfisca_cpts.outils.loi.citation import source

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.reforms import Reform
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable


def rule(system: TaxBenefitSystem, variable: Variable, period: Period) -> dict[str, Any]:
    """Say by which rule a variable was computed, and which texts it comes from.

    Args:
        system: the law, as reforms change it.
        variable: the variable.
        period: the period that it was computed for.

    Returns:
        The fields `regle`, `articles` and `reformes` of a step: what the variable says of itself
        and the texts of the law; or, where the rule is not that of the law, which reforms it comes
        from and the texts of these. The law says nothing of a rule that is not its own.
    """
    own = inspect.cleandoc(variable.documentation or "").replace("\n", " ") or None
    makers = rule_makers(system, variable.name, period)
    if not makers:
        articles = list(variable.reference or ())
        return {"regle": own, "articles": articles, "reformes": []}
    first, *others = makers
    if variable.name not in first.baseline.variables and not others:
        said = f"Règle ajoutée par {_named(makers)} : {own}"
    else:
        said = f"Règle changée par {_named(makers)}."
    return {
        "regle": said,
        "articles": [_text(reform) for reform in makers],
        "reformes": [_title(reform) for reform in makers],
    }


def introductions(reforms: Iterable[Any], titles: Iterable[str]) -> Iterator[str]:
    """Say what the reforms do that changed rules, since the rules of the law do not say it.

    Args:
        reforms: the reforms of a scenario.
        titles: the titles of those that changed rules.

    Yields:
        A remark of French for each that describes itself.
    """
    kept = set(titles)
    for reform in reforms:
        description = " ".join(getattr(reform, "description", "").split())
        if description and _title(reform) in kept:
            yield f"La réforme « {_title(reform)} » change des règles. {description}"


def _named(reforms: Sequence[Reform]) -> str:
    titles = " et ".join(f"« {_title(reform)} »" for reform in reforms)
    return f"les réformes {titles}" if len(reforms) > 1 else f"la réforme {titles}"


def _title(reform: Any) -> str:
    return getattr(reform, "titre", "") or getattr(reform, "nom", "") or _class(reform)


def _class(reform: Any) -> str:
    return reform.__name__ if isinstance(reform, type) else type(reform).__name__


def _text(reform: Reform) -> str:
    """Cite the text that a reform comes from."""
    known = getattr(reform, "source", None)
    cited = source(dict(known)).phrase if known else "aucun texte cité"
    return f"Réforme « {_title(reform)} » — {cited}"
