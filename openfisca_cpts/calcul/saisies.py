"""Checks of the inputs: every given value is checked when it is given, read or not.

A refusal is a `SituationParsingError`, which the Web API makes a status 400 of. Its path is the
plural of the entity alone: openfisca-core would build a list as long as any year or numeric id
in it.
"""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import re
from typing import TYPE_CHECKING, Any

import numpy
from openfisca_core.errors import SituationParsingError
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit

from openfisca_cpts.calcul import annees

if TYPE_CHECKING:
    from openfisca_core.holders import Holder
    from openfisca_core.periods import Period
    from openfisca_core.variables import Variable

FAUTES_MONTREES = 10
JOUR_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
PLUS_GRAND_ENTIER = numpy.iinfo(numpy.int32).max

ATTENDUS = {
    int: "un nombre entier",
    float: "un nombre",
    bool: "vrai ou faux",
    datetime.date: "une date AAAA-MM-JJ",
}


def refus(message: str) -> SituationParsingError:
    """Make the error of a refused situation.

    Args:
        message: what is wrong, in French, with the community, the variable and the value.

    Returns:
        The error to raise; its path holds no id and no year.
    """
    return SituationParsingError(["communautes"], message)


def liste(fautes: list[str]) -> str:
    """Join faults into one message, the first ones in full and the others counted."""
    montrees = " ; ".join(fautes[:FAUTES_MONTREES])
    reste = len(fautes) - FAUTES_MONTREES
    return montrees + (f" ; et {reste} autres fautes" if reste > 0 else "")


@dataclasses.dataclass(frozen=True)
class Saisie:
    """The `set_input` of an input: refuses what is out of bounds, then stores the rest.

    Attributes:
        minimum: lowest value admitted, included; none where there is none.
        maximum: highest value admitted, included.
        pas_avant: path of a parameter; a day before its first value is refused (the text did not
            exist yet).
    """

    minimum: int | None = None
    maximum: int | None = None
    pas_avant: str | None = None

    def __call__(self, holder: Holder, period: Period, array: Any) -> None:
        """Check and store one vector of given values.

        Args:
            holder: the holder of the input.
            period: the period the values are given for.
            array: one value per community; a bare YAML scalar arrives with no dimension.

        Raises:
            SituationParsingError: a value or the period is refused; nothing is stored.
        """
        variable = holder.variable
        self._verifier_periode(holder, period)
        valeurs, mauvaises = convertir(variable, numpy.atleast_1d(numpy.asarray(array)))
        bornes, attendu = self._hors_bornes(holder, valeurs)
        mauvaises |= bornes
        if mauvaises.any():
            raise refus(self._message(holder, period, numpy.atleast_1d(array), mauvaises, attendu))
        if variable.value_type == int:
            valeurs = valeurs.astype(variable.dtype)
        if variable.definition_period == DateUnit.ETERNITY:
            self._verifier_unique(holder, valeurs)
        holder._set(period, valeurs)
        annees.oublier(holder)

    def _verifier_periode(self, holder: Holder, period: Period) -> None:
        variable = holder.variable
        if variable.definition_period != DateUnit.YEAR or period == period.this_year:
            return
        raise refus(
            f"« {variable.name} » est donnée pour « {period} » : elle se donne par année civile, "
            f"par exemple pour « {period.start.year} »."
        )

    def _verifier_unique(self, holder: Holder, valeurs: numpy.ndarray) -> None:
        deja = holder.get_array(None)
        if deja is not None and not numpy.array_equal(deja, valeurs):
            raise refus(
                f"« {holder.variable.name} » est donnée pour plusieurs périodes : elle ne change "
                "pas dans le temps et se donne sous la seule clé « ETERNITY »."
            )

    def _hors_bornes(self, holder: Holder, valeurs: numpy.ndarray) -> tuple[numpy.ndarray, str]:
        attendu = ATTENDUS.get(holder.variable.value_type, "")
        mauvaises = numpy.zeros(len(valeurs), dtype=bool)
        maximum = PLUS_GRAND_ENTIER if holder.variable.value_type == int else self.maximum
        # Written so that NaN is refused: it is neither below nor above a bound.
        if self.minimum is not None:
            mauvaises |= ~(valeurs >= self.minimum)
            attendu += f" d'au moins {self.minimum}" if maximum is None else ""
        if maximum is not None:
            mauvaises |= ~(valeurs <= maximum)
            attendu += f" entre {self.minimum} et {maximum}"
        if self.pas_avant is not None:
            premier = entree_en_vigueur(holder.simulation.tax_benefit_system, self.pas_avant)
            mauvaises |= valeurs < premier
            attendu += f" à partir du {premier}"
        return mauvaises, attendu

    def _message(
        self,
        holder: Holder,
        period: Period,
        brutes: numpy.ndarray,
        mauvaises: numpy.ndarray,
        attendu: str,
    ) -> str:
        variable = holder.variable
        ids = holder.population.ids
        fautes = [
            f"communauté « {ids[rang] if ids is not None else rang} » : {variable.name} "
            f"({period}) vaut {montrer(variable, brutes[rang])}, attendu : "
            f"{attendu or choix(variable, brutes[rang])}"
            for rang in numpy.flatnonzero(mauvaises)
        ]
        return liste(fautes) + "."


def entree_en_vigueur(systeme: Any, chemin: str) -> numpy.datetime64:
    """Give the first day on which a parameter has a value: the day its text takes effect.

    Args:
        systeme: the tax and benefit system.
        chemin: dotted path of the parameter.

    Returns:
        That day.
    """
    parametre = systeme.parameters
    for nom in chemin.split("."):
        parametre = parametre.children[nom]
    return numpy.datetime64(parametre.values_list[-1].instant_str)


def montrer(variable: Variable, valeur: Any) -> str:
    """Show a refused value as its author would recognise it: « 2 » and not « 2.0 »."""
    if isinstance(valeur, (float, numpy.floating)):
        return f"« {numpy.format_float_positional(valeur, trim='-')} »"
    if variable.value_type == Enum and isinstance(valeur, (int, numpy.integer)):
        return f"l'indice {valeur}"
    return f"« {valeur} »"


def choix(variable: Variable, valeur: Any) -> str:
    """Say which choices an Enum input has, the nearest first where one is near."""
    cles = [membre.name for membre in variable.possible_values]
    proches = difflib.get_close_matches(str(valeur), cles, n=1)
    return f"« {proches[0]} »" if proches else "l'une des clés " + ", ".join(cles)


def convertir(variable: Variable, valeurs: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Convert given values to the type of their input.

    Args:
        variable: the input.
        valeurs: one value per community, of any NumPy type.

    Returns:
        The values in the input's own type (whole numbers still float64, so that bounds can be
        checked before the cast), and a mask of those that cannot be.
    """
    if variable.value_type == Enum:
        return _choix_en_indices(variable, valeurs)
    if variable.value_type == datetime.date:
        return _jours(valeurs)
    if valeurs.dtype.kind == "O":
        valeurs = _objets_en_nombres(valeurs, variable.value_type)
    if variable.value_type == bool:
        if valeurs.dtype.kind == "b":
            return valeurs, numpy.zeros(len(valeurs), dtype=bool)
        if valeurs.dtype.kind not in "iuf":
            return numpy.zeros(len(valeurs), dtype=bool), numpy.ones(len(valeurs), dtype=bool)
        return valeurs.astype(bool), ~numpy.isin(valeurs, (0, 1))
    if valeurs.dtype.kind not in "iuf":
        return numpy.zeros(len(valeurs)), numpy.ones(len(valeurs), dtype=bool)
    nombres = valeurs.astype(numpy.float64, copy=False)
    mauvaises = ~numpy.isfinite(nombres)
    if variable.value_type == int:
        mauvaises |= nombres != numpy.floor(nombres)
    return nombres, mauvaises


def _objets_en_nombres(valeurs: numpy.ndarray, type_attendu: type) -> numpy.ndarray:
    admis = (bool, numpy.bool_) if type_attendu is bool else (int, float, numpy.number)
    return numpy.array(
        [
            float(valeur)
            if isinstance(valeur, admis) and (type_attendu is bool or not isinstance(valeur, bool))
            else numpy.nan
            for valeur in valeurs
        ]
    )


def _distinctes(valeurs: numpy.ndarray) -> tuple[Any, Any]:
    """Split a vector into its distinct values and the rank of each row's value among them."""
    if valeurs.dtype.kind == "O":
        return valeurs, slice(None)
    return numpy.unique(valeurs, return_inverse=True)


def _jours(valeurs: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    if valeurs.dtype.kind == "M":
        jours = valeurs.astype("datetime64[D]")
        return jours, numpy.isnat(jours)
    distinctes, rangs = _distinctes(valeurs)
    lus = numpy.array([jour(valeur) for valeur in distinctes], dtype="datetime64[D]")[rangs]
    return lus, numpy.isnat(lus)


def jour(valeur: Any) -> numpy.datetime64:
    """Read one day, or NaT: an ISO day only, so that « 2021 » or 5 is not a date by accident."""
    if isinstance(valeur, datetime.date):
        return numpy.datetime64(valeur, "D")
    if isinstance(valeur, str) and JOUR_ISO.fullmatch(valeur):
        try:
            return numpy.datetime64(valeur, "D")
        except ValueError:
            pass
    return numpy.datetime64("NaT", "D")


def _choix_en_indices(
    variable: Variable, valeurs: numpy.ndarray
) -> tuple[numpy.ndarray, numpy.ndarray]:
    membres = list(variable.possible_values)
    if valeurs.dtype.kind in "iu":
        indices = numpy.asarray(valeurs).astype(numpy.int64)
        mauvaises = (indices < 0) | (indices >= len(membres))
    else:
        index = {membre.name: membre.index for membre in membres}
        distinctes, rangs = _distinctes(valeurs)
        lus = [index.get(getattr(valeur, "name", valeur), -1) for valeur in distinctes]
        indices = numpy.array(lus, dtype=numpy.int64)[rangs]
        mauvaises = indices < 0
    indices[mauvaises] = 0
    return EnumArray(indices.astype(variable.dtype), variable.possible_values), mauvaises
