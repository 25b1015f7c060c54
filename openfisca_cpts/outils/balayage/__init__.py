"""Sweeps: what each value of a figure, or of several, costs, pays and changes for whom."""

from openfisca_cpts.outils.balayage.sweep import Sweep, sweep

__all__ = ["Sweep", "sweep"]
