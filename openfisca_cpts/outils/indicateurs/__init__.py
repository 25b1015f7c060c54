"""The grid of indicators of a contract: amounts in euros, by steps, that make the variable part."""

from openfisca_cpts.outils.indicateurs.applied import with_grid
from openfisca_cpts.outils.indicateurs.earned import Earned, earned
from openfisca_cpts.outils.indicateurs.grid import Indicator, Step, read_grid

__all__ = ["Earned", "Indicator", "Step", "earned", "read_grid", "with_grid"]
