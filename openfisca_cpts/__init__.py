"""The law that finances French health communities (CPTS), as an OpenFisca package."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openfisca_cpts.systeme import CountryTaxBenefitSystem

__all__ = ["DOSSIER", "CountryTaxBenefitSystem"]

DOSSIER = Path(__file__).parent


def __getattr__(name: str) -> Any:
    """Load the law when it is asked for: whoever wants a help page waits for nothing."""
    if name == "CountryTaxBenefitSystem":
        from openfisca_cpts.systeme import CountryTaxBenefitSystem

        return CountryTaxBenefitSystem
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
