"""The months that a plan covers, as its reader names them: a year, or a month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openfisca_core.periods import DateUnit, Period, period

from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.request import check_years

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

MONTH = DateUnit.MONTH
MONTH_FIRST = "/"
"""What stands between the month and the year where the month comes first."""


def read_bounds(
    first: int | str | None, last: int | str | None, system: TaxBenefitSystem
) -> tuple[str | None, str | None]:
    """Read the first and the last month of a plan.

    Args:
        first: a calendar year, whose January is meant, or a month (`2026-12` or `12/2026`).
        last: the same, of which December is meant.
        system: the law, which bounds the years.

    Returns:
        Both months as AAAA-MM; none for what is not given.

    Raises:
        RequestError: one is neither a year nor a month, or not of the law; the first is after the
            last.
    """
    start = None if first is None else _months(first, system)[0]
    stop = None if last is None else _months(last, system)[-1]
    if start is not None and stop is not None and start > stop:
        what = "Le premier mois" if MONTH in (_unit(first), _unit(last)) else "La première année"
        raise RequestError(f"{what} ({first}) est après {_last_named(what)} ({last}).")
    return start, stop


def months_of(years: Sequence[int], start: str | None, stop: str | None) -> list[str]:
    """Give the months of some years, between two of them.

    Args:
        years: calendar years that follow each other.
        start: first month, as AAAA-MM; none for that of the first year.
        stop: last month; none for that of the last year.

    Returns:
        The months, as AAAA-MM.
    """
    months = [
        _written(month) for year in years for month in period(str(year)).get_subperiods(MONTH)
    ]
    return [month for month in months if (start or month) <= month and month <= (stop or month)]


def _months(given: int | str, system: TaxBenefitSystem) -> list[str]:
    asked = _period(given)
    check_years(asked.start.year, system)
    return [_written(month) for month in asked.get_subperiods(MONTH)]


def _unit(given: int | str | None) -> DateUnit | None:
    return None if given is None else _period(given).unit


def _last_named(first: str) -> str:
    return "le dernier" if first.startswith("Le ") else "la dernière"


def _period(given: int | str) -> Period:
    text = str(given).strip()
    month, slash, year = text.partition(MONTH_FIRST)
    if slash:
        text = f"{year.strip()}-{month.strip():0>2}"
    try:
        found = period(text)
    except ValueError:
        found = None
    whole = found is not None and found.size == 1 and found.unit in (DateUnit.YEAR, MONTH)
    if found is None or not whole or (found.unit != MONTH and found.start.month != 1):
        raise RequestError(
            f"« {given} » n'est ni une année ni un mois (par exemple 2026, 2026-12 ou 12/2026)."
        )
    return found


def _written(month: Period) -> str:
    return f"{month.start.year:04}-{month.start.month:02}"
