"""Values and names of variables in French: money to the cent, days, months, exercices."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.outils.explication.model import Valeur
from openfisca_cpts.outils.loi import words
from openfisca_cpts.outils.typography import day as write_day
from openfisca_cpts.outils.typography import long_month

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.tracers import TraceNode
    from openfisca_core.variables import Variable

OF_MONTH = re.compile(r"\b(?:du|le|un) mois\b(?! d)")
OF_EXERCICE = re.compile(r"\bl'exercice\b(?! ouvert)")
OF_CIVIL_YEAR = re.compile(r"\bl'année civile\b")
OF_YEAR = re.compile(r"\bl'année\b(?! civile)")


def value(variable: Variable, node: TraceNode) -> Valeur:
    """Give a value as it is; a choice as its key, never as none."""
    raw: Any = node.value
    if variable.value_type is Enum:
        return raw.decode()[0].name
    found = raw[0].item()
    return None if found == NEVER else found


def text(variable: Variable, known: Valeur) -> str:
    """Write a value in French.

    Args:
        variable: what it is a value of.
        known: the value, as `value` gives it.

    Returns:
        `1 234,00 €`, `15/03/2021`, `oui`, `Taille 2`, `75 %`.
    """
    if variable.value_type is Enum:
        return str(variable.possible_values[known].value)
    if known is None or isinstance(known, datetime.date):
        return "jamais" if known is None else write_day(known)
    if isinstance(known, bool):
        return "oui" if known else "non"
    return words.figure(float(known), variable.unit or "", cents=True)


def period_text(period: Period) -> str:
    """Name a period: `mars 2023`, `2023`, `les douze mois à partir du 01/09/2021`."""
    start = period.start.date if period.unit != DateUnit.ETERNITY else None
    if start is None:
        return ""
    if period.unit == DateUnit.MONTH:
        return long_month(start)
    if (start.month, start.day) == (1, 1):
        return str(start.year)
    return f"les douze mois à partir du {write_day(start)}"


def dated(
    variable: Variable,
    period: Period,
    day: datetime.date | None = None,
    known: bool = False,
) -> str:
    """Name a variable with its period: where its label says so, else at the end.

    Args:
        variable: the variable.
        period: the period of its value.
        day: the day on which it was read, where a yearly amount was read on one.
        known: the reader knows the period already: only an exercice is named by its year.

    Returns:
        `Avance, fonctionnement, mars 2023` or `Montant annuel de la mission…, au 15/03/2023`.
    """
    label = str(variable.label)
    if variable.definition_period == DateUnit.ETERNITY:
        return label
    if period.unit == DateUnit.MONTH:
        if known:
            return label
        if day is not None:
            return f"{label}, au {write_day(day)}"
        month = period_text(period)
        of = "d'" if month[0] in "ao" else "de "
        found, count = OF_MONTH.subn(rf"\g<0> {of}{month}", label, count=1)
        return found if count else f"{label}, {month}"
    year = str(period.start.year)
    for pattern, added in ((OF_EXERCICE, f" ouvert en {year}"), (OF_CIVIL_YEAR, f" {year}")):
        found, count = pattern.subn(rf"\g<0>{added}", label, count=1)
        if count:
            return found
    if day is not None:
        return f"{label}, au {write_day(day)}"
    if known:
        return label
    found, count = OF_YEAR.subn(rf"\g<0> {year}", label, count=1)
    return found if count and period_text(period) == year else f"{label}, {period_text(period)}"


def small(label: str) -> str:
    """Give a label with a small first letter, for the middle of a sentence."""
    first, rest = label[:1], label[1:]
    return label if rest[:1].isupper() else first.lower() + rest
