"""How a value follows from what was read, in French; claimed only where it holds to the cent."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy

from openfisca_cpts.calcul.calendrier import MOIS_PAR_AN, ajouter_mois
from openfisca_cpts.outils.explication.model import Calcul, Chiffre, Terme
from openfisca_cpts.outils.legal import words as legal
from openfisca_cpts.outils.typography import MINUS, day

HALF_A_CENT = 0.005
CENT = 2
"""Decimals of an amount."""
PAIR, SPAN = 2, 3
"""Rates that may multiply each other, and days that make a share: the ends, and one between."""
CLOSE = 1e-9
TIMES = " × "


@dataclasses.dataclass(frozen=True)
class Amount:
    """An amount that was read.

    Attributes:
        step: number of the step that explains it; empty where there is none.
        label: what it is.
        value: the amount.
        text: the same in French.
        coefficient: how much the result moves with it.
    """

    step: str
    label: str
    value: float
    text: str
    coefficient: float


@dataclasses.dataclass(frozen=True)
class Factor:
    """Something that a coefficient may be: a rate, what it leaves, a share of days."""

    value: float
    text: str


def of_amounts(
    total: float,
    amounts: Sequence[Amount],
    figures: Sequence[Chiffre],
    rates: Sequence[Factor],
    days: Sequence[datetime.date],
) -> Calcul | None:
    """Say how an amount follows from others.

    Args:
        total: the amount.
        amounts: those that were read and count for something.
        figures: figures of the law that were read.
        rates: shares that were read, given or computed, with how each is written.
        days: days that were read, which make shares of a duration.

    Returns:
        The equality; none where the terms found do not add up to the cent, or where a coefficient
        is none of what was read.
    """
    factors = list(_factors(figures, rates, days))
    terms = []
    rest = total - sum(amount.coefficient * amount.value for amount in amounts)
    for amount in amounts:
        named = _name(amount.coefficient, factors)
        if named is None:
            return None
        sign, factor = named
        terms.append(
            (
                Terme(
                    etape=amount.step,
                    libelle=amount.label,
                    coefficient=amount.coefficient,
                    facteur=factor,
                    valeur=amount.value,
                ),
                sign,
                amount.text,
            )
        )
    if abs(rest) >= HALF_A_CENT:
        found = _figure(rest, figures, factors)
        if found is None:
            return None
        terms.append(found)
    if not terms:
        return None
    written = "".join(_groups(terms))
    by_hand = sum(term.coefficient * round(term.valeur, CENT) for term, _, _ in terms)
    return Calcul(
        texte=f"= {written}",
        termes=[term for term, _, _ in terms],
        arrondi=abs(round(by_hand, CENT) - round(total, CENT)) >= HALF_A_CENT,
    )


def of_days(
    result: datetime.date, days: Sequence[tuple[str, datetime.date]], figures: Sequence[Chiffre]
) -> Calcul | None:
    """Say how a day follows from others: it is one of them, or months or years later.

    Args:
        result: the day.
        days: label and value of each day that was read.
        figures: durations of the law that were read.

    Returns:
        The equality; none where the day is nothing of the kind.
    """
    for figure in figures:
        months = _months(figure)
        # What a text creates may count from the day of its figures.
        starts = [*(start for _, start in days), figure.depuis]
        for start in starts if months else ():
            if _later(start, months) == result:
                return Calcul(texte=f"= {day(start)} + {figure.texte}")
    for label, other in days:
        if other == result:
            return Calcul(texte=f"= {label[0].lower()}{label[1:]}")
    for _, other in days:
        years = result.year - other.year
        if years > 0 and _later(other, years * MOIS_PAR_AN) == result:
            return Calcul(texte=f"= {day(other)} + {legal.figure(years, 'year')}")
    return None


def of_share(result: float, days: Sequence[datetime.date]) -> Calcul | None:
    """Say how a share follows from days: days over the days of a longer span.

    Args:
        result: the share.
        days: days that were read.

    Returns:
        The equality; none where the share is nothing of the kind, or the whole.
    """
    found = (duration for duration in _durations(days) if abs(duration.value - result) < CLOSE)
    duration = next(found, None)
    return None if duration is None or result == 1 else Calcul(texte=f"= {duration.text}")


def _later(start: datetime.date, months: int) -> datetime.date:
    return ajouter_mois(numpy.array([start], dtype="datetime64[D]"), months)[0].item()


def _months(figure: Chiffre) -> int:
    unit = figure.texte.rpartition("\N{NO-BREAK SPACE}")[-1]
    per_unit = {"mois": 1, "an": MOIS_PAR_AN, "ans": MOIS_PAR_AN}
    return int(figure.valeur) * per_unit.get(unit, 0)


def _factors(
    figures: Sequence[Chiffre], rates: Sequence[Factor], days: Sequence[datetime.date]
) -> Iterator[Factor]:
    """Give what a coefficient may be, the simplest first."""
    shares = dict.fromkeys(figure.valeur for figure in figures if figure.texte.endswith("%"))
    whole = legal.share(1)
    simple = [*rates, *(Factor(value, legal.share(value)) for value in shares)]
    simple += [Factor(1 - value, f"({whole} {MINUS} {legal.share(value)})") for value in shares]
    durations = list(_durations(days))
    yield from simple
    yield from durations
    for one, other in combinations(simple, PAIR):
        yield Factor(one.value * other.value, f"{one.text}{TIMES}{other.text}")
    for duration in durations:
        for one in simple:
            yield Factor(duration.value * one.value, f"{one.text}{TIMES}{duration.text}")
            gap = f"({duration.text} {MINUS} {one.text})"
            yield Factor(duration.value - one.value, gap)
        yield Factor(duration.value - 1, f"({duration.text} {MINUS} {whole})")


def _durations(days: Sequence[datetime.date]) -> Iterator[Factor]:
    """Give the shares of days that three days make: from the second on, or up to it."""
    for first, middle, last in combinations(sorted(set(days)), SPAN):
        whole = (last - first).days
        for run in ((last - middle).days, (middle - first).days):
            yield Factor(run / whole, f"{run} jours sur {whole}")


def _name(coefficient: float, factors: Sequence[Factor]) -> tuple[int, str] | None:
    """Give the sign and the words of a coefficient; none where it is nothing that was read."""
    for sign in (1, -1):
        if abs(sign * coefficient - 1) < CLOSE:
            return sign, ""
    for sign, factor in ((sign, factor) for sign in (1, -1) for factor in factors):
        if abs(sign * coefficient - factor.value) < CLOSE:
            return sign, factor.text
    return None


def _figure(
    rest: float, figures: Sequence[Chiffre], factors: Sequence[Factor]
) -> tuple[Terme, int, str] | None:
    """Find the figure of the law that is what no amount explains."""
    one = Factor(1.0, "")
    for figure, factor, sign in (
        (figure, factor, sign)
        for factor in (one, *factors)
        for figure in figures
        for sign in (1, -1)
        if figure.texte.endswith("€")
    ):
        if abs(sign * figure.valeur * factor.value - rest) < HALF_A_CENT:
            term = Terme(
                etape="",
                libelle=figure.libelle,
                coefficient=sign * factor.value,
                facteur=factor.text,
                valeur=figure.valeur,
            )
            return term, sign, figure.texte
    return None


def _groups(terms: Sequence[tuple[Terme, int, str]]) -> Iterator[str]:
    """Write the terms, those of one factor in brackets."""
    groups: dict[tuple[str, int], list[str]] = {}
    for term, sign, text in terms:
        # Terms that count as they are stay in their order, each with its own sign.
        key = (term.facteur, sign if term.facteur else 0)
        step = f" [{term.etape}]" if term.etape else ""
        alone = "" if term.facteur else (f" {MINUS} " if sign < 0 else " + ")
        groups.setdefault(key, []).append(f"{alone}{text}{step}")
    first = True
    for (factor, sign), texts in groups.items():
        if factor:
            inside = " + ".join(texts)
            many = len(texts) > 1
            written = f"{factor}{TIMES}{f'({inside})' if many else inside}"
            lead = f" {MINUS} " if sign < 0 else " + "
            yield (lead.lstrip(" +") if first else lead) + written
        else:
            whole = "".join(texts)
            yield whole.removeprefix(" + ") if first else whole
        first = False
