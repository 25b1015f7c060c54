"""A seventh mission, all fixed: support to the France Santé network."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.reforms.reforme import Reforme


class france_sante(Reforme, dossier=Path(__file__).parent):
    donnees = ("france_sante_retenue", "france_sante_structures_labellisees")
