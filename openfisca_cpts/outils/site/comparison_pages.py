"""What changed: the pages of each date of value, of any two of them, and the timeline."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from openfisca_cpts.outils.fichiers import acts
from openfisca_cpts.outils.loi.differences import between_dates
from openfisca_cpts.outils.site.changes_page import Change, lay_out
from openfisca_cpts.outils.site.matter import Matter
from openfisca_cpts.outils.site.pages import Page, fill
from openfisca_cpts.outils.typography import long_day

SECTION = "Changements"
TIMELINE = "changements/frise.md"
CHOICE = "changements/index.md"
ONE_DAY = datetime.timedelta(days=1)


def address(matter: Matter, first: datetime.date | None, second: datetime.date) -> str:
    """Give the page that compares two dates of value.

    Args:
        matter: what the pages are made from.
        first: a date of value; none for the time before all of them.
        second: a later date of value.

    Returns:
        The page of the second date, where no other is in between.
    """
    if _following(matter, first) == second:
        return f"changements/{second}.md"
    return f"changements/{first or 'avant'}_{second}.md"


def _following(matter: Matter, first: datetime.date | None) -> datetime.date:
    return next(date for date in matter.dates if first is None or date > first)


def changes(matter: Matter, first: datetime.date | None, second: datetime.date) -> list[Change]:
    """Lay out what differs between two dates of value; none is the day before all of them."""
    tree = matter.system.parameters
    return lay_out(between_dates(tree, first or matter.dates[0] - ONE_DAY, second), tree)


def pages(matter: Matter) -> Iterator[Page]:
    """Make the choice of two days, the timeline, and a page for every pair of dates of value."""
    starts = [None, *matter.dates]
    pairs = [
        (first, second)
        for first in starts
        for second in matter.dates
        if first is None or first < second
    ]
    addresses = {
        f"{first or ''}_{second}": address(matter, first, second) for first, second in pairs
    }
    text = fill("comparisons", CHOICE, matter=matter, addresses=addresses)
    yield Page(CHOICE, "Comparer deux dates", (SECTION, "Comparer deux dates"), text, hide=("toc",))
    events = [
        (date, _acts(date), changes(matter, before, date))
        for before, date in zip(starts, matter.dates, strict=False)
    ]
    text = fill("timeline", TIMELINE, matter=matter, events=events)
    yield Page(TIMELINE, "Frise du barème", (SECTION, "Frise du barème"), text)
    # The pages that follow the law's own steps first: they stand in the navigation.
    pairs.sort(key=lambda pair: _following(matter, pair[0]) != pair[1])
    for first, second in pairs:
        yield _page(matter, first, second)


def _acts(date: datetime.date) -> list[str]:
    """Give the keys of the acts that take effect on a day."""
    return [key for key, act in acts.register().items() if act.effet == date]


def _page(matter: Matter, first: datetime.date | None, second: datetime.date) -> Page:
    path = address(matter, first, second)
    step = _following(matter, first) == second
    since = f"du {long_day(first)}" if first else "de l'origine"
    title = (
        f"Ce qui a changé le {long_day(second)}"
        if step
        else f"Ce qui a changé, {since} au {long_day(second)}"
    )
    text = fill(
        "changes",
        path,
        changes=changes(matter, first, second),
        matter=matter,
        first=first,
        second=second,
        step=step,
        eve=second - ONE_DAY,
    )
    nav = (SECTION, f"Le {long_day(second)}") if step else ()
    return Page(path, title, nav, text, searched=step, hide=("toc",))
