"""The same credit, by the lower of the two scales that were published."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.reforms.scenarios.credit_lettre_intention import credit_lettre_intention


class credit_lettre_intention_bas(credit_lettre_intention, dossier=Path(__file__).parent):
    pass
