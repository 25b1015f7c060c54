"""How a value follows from what was read, in French, with the sign that what is printed bears."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

import numpy

from openfisca_cpts.calcul.calendrier import MOIS_PAR_AN, ajouter_mois
from openfisca_cpts.outils.explication import printed
from openfisca_cpts.outils.explication.model import Calcul, Chiffre, Terme
from openfisca_cpts.outils.loi import words as legal
from openfisca_cpts.outils.typography import MINUS, day

HALF_A_CENT = 0.005
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
    """Something that a coefficient may be: a rate, what it leaves, a share of days.

    Attributes:
        value: what it is.
        text: how it is written.
        printed: what the text is worth.
    """

    value: float
    text: str
    printed: Fraction


ONE = Factor(1.0, "", Fraction(1))
"""What a term that is only added counts for."""


def of_amounts(
    total: float,
    shown: str,
    amounts: Sequence[Amount],
    figures: Sequence[Chiffre],
    rates: Sequence[Factor],
    days: Sequence[datetime.date],
) -> Calcul | None:
    """Say how an amount follows from others.

    Args:
        total: the amount.
        shown: the same in French.
        amounts: those that were read and count for something.
        figures: figures of the law that were read.
        rates: shares that were read, given or computed, with how each is written.
        days: days that were read, which make shares of a duration.

    Returns:
        The equality, between what is printed; none where the terms found do not add up to the
        cent, or where a coefficient is none of what was read.
    """
    factors = list(_factors(figures, rates, days))
    terms: list[_Term] = []
    rest = total - sum(amount.coefficient * amount.value for amount in amounts)
    for amount in amounts:
        named = _name(amount.coefficient, factors)
        if named is None:
            return None
        terms.append(_term(amount.step, amount.label, amount.value, amount.text, *named))
    if abs(rest) >= HALF_A_CENT:
        found = _figure(rest, figures, factors)
        if found is None:
            return None
        terms.append(found)
    if not terms:
        return None
    mark = printed.sign(sum((term.printed for term in terms), Fraction()), shown)
    return Calcul(
        texte=f"{mark} {''.join(_groups(terms))}",
        termes=[term.said for term in terms],
        arrondi=mark == printed.ABOUT,
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


def of_share(result: float, shown: str, days: Sequence[datetime.date]) -> Calcul | None:
    """Say how a share follows from days: days over the days of a longer span.

    Args:
        result: the share.
        shown: the same in French.
        days: days that were read.

    Returns:
        The equality; none where the share is nothing of the kind, or the whole.
    """
    found = None if result == 1 else of_duration(result, days)
    if found is None:
        return None
    mark = printed.sign(found.printed, shown)
    return Calcul(texte=f"{mark} {found.text}", arrondi=mark == printed.ABOUT)


def of_duration(share: float, days: Sequence[datetime.date]) -> Factor | None:
    """Write a share in days; none where no days that were read make it."""
    found = (duration for duration in _durations(days) if abs(duration.value - share) < CLOSE)
    return next(found, None)


def of_rate(share: float) -> Factor:
    """Write a share as a percentage."""
    text = legal.share(share)
    return Factor(share, text, printed.number(text))


@dataclasses.dataclass(frozen=True)
class _Term:
    """A term, its sign, its amount in French, and what both are worth once printed."""

    said: Terme
    sign: int
    text: str
    printed: Fraction


def _term(step: str, label: str, value: float, text: str, sign: int, factor: Factor) -> _Term:
    product = factor.printed * printed.number(text)
    shown = legal.money(factor.value * value)
    said = Terme(
        etape=step,
        libelle=label,
        coefficient=sign * factor.value,
        facteur=factor.text,
        valeur=value,
        arrondi=bool(factor.text) and printed.sign(product, shown) == printed.ABOUT,
    )
    return _Term(said, sign, text, sign * product)


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
    whole = of_rate(1)
    of_figures = [of_rate(value) for value in shares]
    simple = [*rates, *of_figures, *(_gap(whole, share) for share in of_figures)]
    durations = list(_durations(days))
    yield from simple
    yield from durations
    for one, other in combinations(simple, PAIR):
        yield _product(one, other)
    for duration in durations:
        for one in simple:
            yield _product(one, duration)
            yield _gap(duration, one)
        yield _gap(duration, whole)


def _product(one: Factor, other: Factor) -> Factor:
    text = f"{one.text}{TIMES}{other.text}"
    return Factor(one.value * other.value, text, one.printed * other.printed)


def _gap(one: Factor, other: Factor) -> Factor:
    text = f"({one.text} {MINUS} {other.text})"
    return Factor(one.value - other.value, text, one.printed - other.printed)


def _durations(days: Sequence[datetime.date]) -> Iterator[Factor]:
    """Give the shares of days that three days make: from the second on, or up to it."""
    for first, middle, last in combinations(sorted(set(days)), SPAN):
        whole = (last - first).days
        for run in ((last - middle).days, (middle - first).days):
            yield Factor(run / whole, f"{run} jours sur {whole}", Fraction(run, whole))


def _name(coefficient: float, factors: Sequence[Factor]) -> tuple[int, Factor] | None:
    """Give the sign and the words of a coefficient; none where it is nothing that was read."""
    for known in ([ONE], factors):
        for sign, factor in ((sign, factor) for sign in (1, -1) for factor in known):
            if abs(sign * coefficient - factor.value) < CLOSE:
                return sign, factor
    return None


def _figure(rest: float, figures: Sequence[Chiffre], factors: Sequence[Factor]) -> _Term | None:
    """Find the figure of the law that is what no amount explains."""
    for figure, factor, sign in (
        (figure, factor, sign)
        for factor in (ONE, *factors)
        for figure in figures
        for sign in (1, -1)
        if figure.texte.endswith("€")
    ):
        if abs(sign * figure.valeur * factor.value - rest) < HALF_A_CENT:
            return _term("", figure.libelle, figure.valeur, figure.texte, sign, factor)
    return None


def _groups(terms: Sequence[_Term]) -> Iterator[str]:
    """Write the terms, those of one factor in brackets."""
    groups: dict[tuple[str, int], list[str]] = {}
    for term in terms:
        factor = term.said.facteur
        # Terms that count as they are stay in their order, each with its own sign.
        key = (factor, term.sign if factor else 0)
        step = f" [{term.said.etape}]" if term.said.etape else ""
        alone = "" if factor else (f" {MINUS} " if term.sign < 0 else " + ")
        groups.setdefault(key, []).append(f"{alone}{term.text}{step}")
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
