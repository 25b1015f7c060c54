"""What every file of `variables/` imports: entities, periods, and the classes of variables."""

from __future__ import annotations

import datetime
import functools
from typing import Any

import numpy
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit, Period
from openfisca_core.variables import Variable

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.calcul.periodes import mois_de
from openfisca_cpts.calcul.saisies import ATTENDUS, Saisie, choix, jour, montrer, refus
from openfisca_cpts.entities import Cpts, Region

__all__ = [
    "ACI",
    "ACI_9",
    "ACI_9_1",
    "AVENANT_2",
    "CONTRAT_6_1",
    "CONTRAT_6_2",
    "ETERNITY",
    "MONTH",
    "NEVER",
    "YEAR",
    "Calcul",
    "Cpts",
    "Entree",
    "Enum",
    "Montant",
    "Region",
    "Saisie",
    "Versement",
    "date",
]

ETERNITY = DateUnit.ETERNITY
MONTH = DateUnit.MONTH
YEAR = DateUnit.YEAR

date = datetime.date

ANNEES_CALCULABLES = range(1000, NEVER.year)
"""Years written with four digits, before the one that stands for « never »: the formulas look some
years back, and one day ahead."""

ACI = "ACI du 20 juin 2019 (arrêté du 21 août 2019, JORF n° 0196 du 24 août 2019)"
ACI_9 = "ACI du 20 juin 2019, article 9"
ACI_9_1 = "ACI du 20 juin 2019, article 9.1"
CONTRAT_6_1 = "Contrat tripartite type, annexe de l'ACI du 20 juin 2019, article 6.1"
CONTRAT_6_2 = "Contrat tripartite type, annexe de l'ACI du 20 juin 2019, article 6.2"
AVENANT_2 = "Avenant 2 à l'ACI, signé le 20 décembre 2021 (JORF du 31 mars 2022)"


class Calcul(Variable):
    """A computed variable, which is never given.

    openfisca-core would take the value given for one community, and give the others the default
    instead of computing it: zero euros, silently. Its float32 holds neither a national total nor
    cents above 131 072 €: numbers are float64.
    """

    def __init__(self, baseline_variable: Variable | None = None) -> None:
        super().__init__(baseline_variable)
        self.set_input = lambda holder, period, array: self.check_set_value(array)
        if self.value_type is float:
            self.dtype = numpy.float64

    def get_formula(self, period: Any = None) -> Any:
        """Give the formula in force on the first day of a period.

        Raises:
            SituationParsingError: the period is at an edge of the calendar, where its days cannot
                be counted.
        """
        if isinstance(period, Period) and period.start.year not in ANNEES_CALCULABLES:
            raise refus(
                f"« {self.name} » est demandée pour « {period} » : les années vont de "
                f"{ANNEES_CALCULABLES[0]} à {ANNEES_CALCULABLES[-1]}."
            )
        return super().get_formula(period)

    def check_set_value(self, value: Any) -> Any:
        """Refuse a value given in a situation.

        Raises:
            SituationParsingError: always.
        """
        raise refus(f"« {self.name} » se calcule et ne se donne pas (reçu {montrer(self, value)}).")


class Montant(Calcul):
    """A computed amount of money."""


class Versement(Montant):
    """An amount of money of a month, whose formula also gives the twelve months of a year at once.

    What falls in a month is looked for among all communities: once a year costs a twelfth of once
    a month. The other eleven months are kept where openfisca-core keeps what it has computed. A
    trace reads each month by itself.
    """

    def get_formula(self, period: Any = None) -> Any:
        """Give the formula in force on a day; that of a month fills the year around it."""
        formule = super().get_formula(period)
        if formule is None or not isinstance(period, Period) or len(self.formulas) > 1:
            return formule  # none, or one that may not hold all year
        return _de_l_annee(self.name, formule)


@functools.cache
def _de_l_annee(nom: str, formule: Any) -> Any:
    """Make the formula that computes twelve months of a payment, and gives one."""
    lit_la_loi = formule.__code__.co_argcount > len(("cpts", "period"))

    @functools.wraps(formule)
    def formula(cpts: Any, period: Period, parameters: Any) -> numpy.ndarray:
        lois = (parameters,) if lit_la_loi else ()
        simulation = cpts.simulation
        if simulation.trace or simulation.start_computation_period is not None:
            return formule(cpts, period, *lois)
        annee = formule(cpts, period.this_year, *lois)
        gardes = cpts.get_holder(nom)
        for mois, montants in zip(mois_de(period.this_year), annee, strict=True):
            if mois != period:
                gardes.put_in_cache(montants, mois)
        return annee[period.start.month - 1]

    return formula


class Entree(Variable):
    """An input. Numbers stay float64 until its `Saisie` has checked them, with their community."""

    def __init__(self, baseline_variable: Variable | None = None) -> None:
        super().__init__(baseline_variable)
        if self.value_type is float:
            self.dtype = numpy.float64

    def default_array(self, array_size: int) -> numpy.ndarray:
        """Give the vector of a missing input.

        A whole number's vector is float64: a JSON situation is written into it before it is
        checked, and NaN or 1e12 has to survive until then. openfisca-core casts it afterwards.
        """
        if self.value_type is int:
            return numpy.full(array_size, float(self.default_value))
        return super().default_array(array_size)

    def check_set_value(self, value: Any) -> Any:
        """Check the type of one value of a JSON situation (its bounds are the `Saisie`'s).

        Raises:
            SituationParsingError: the value is not of the type of the input. openfisca-core would
                read « non » as true, and put the year in the path of its own error.
        """
        admis: dict[Any, tuple[type, ...]] = {
            int: (int, float),
            float: (int, float),
            bool: (bool,),
            datetime.date: (str, datetime.date),
            Enum: (str,),
        }
        correct = isinstance(value, admis[self.value_type]) and (
            self.value_type is bool or not isinstance(value, bool)
        )
        if correct and self.value_type in (int, float):
            return self._en_nombre(value)
        if correct and self.value_type is datetime.date:
            correct = not numpy.isnat(jour(value))
        if correct and self.value_type == Enum:
            correct = value in self.possible_values.__members__
        if correct:
            return super().check_set_value(value)
        attendu = ATTENDUS.get(self.value_type) or choix(self, value)
        raise refus(f"{self.name} vaut {montrer(self, value)}, attendu : {attendu}.")

    @staticmethod
    def _en_nombre(value: float) -> float:
        try:
            return float(value)
        except OverflowError:  # a whole number of more than 308 digits
            return numpy.inf
