"""A contract that reaches its term goes on as before."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.reforms.baremes import transformer
from openfisca_cpts.reforms.reforme import Reforme


class reconduction(Reforme, dossier=Path(__file__).parent):
    def changer_formules(self) -> None:
        transformer(self, "date_fin_contrat", _sans_terme)


def _sans_terme(_, cpts, period, parameters):
    """Keep the end that is agreed, which is never where none is given."""
    return cpts("date_fin_convenue", period)
