"""More functioning still in the first exercice of those who signed early: a proposal of 2020."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.reforms.scenarios.demarrage_plus_50 import demarrage_plus_50


class demarrage_plus_75(demarrage_plus_50, dossier=Path(__file__).parent):
    pass
