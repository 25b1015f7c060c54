"""The scale as the published tables lay it out, at each date on which an amount by size changes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from openfisca_cpts.outils.loi.bareme import bareme
from openfisca_cpts.outils.loi.bareme_model import Bareme
from openfisca_cpts.outils.loi.leaves import leaves
from openfisca_cpts.outils.site.matter import Matter
from openfisca_cpts.outils.site.pages import Page, fill
from openfisca_cpts.outils.typography import long_day

SECTION = "Barème"


def dates(matter: Matter) -> list[datetime.date]:
    """Give the days on which an amount by size begins or changes, in the order of time.

    Those before the agreement are left out: there is no scale yet.
    """
    found = sorted({date for leaf in matter.leaves if leaf.column for date in leaf.dates})
    starts = min(leaf.dates[0] for leaf in leaves(matter.system.parameters.aci))
    return [date for date in found if date >= starts]


def address(date: datetime.date) -> str:
    """Give the page of the scale of a date."""
    return f"bareme/{date}.md"


def scales(matter: Matter) -> dict[datetime.date, Bareme]:
    """Give the scale of each of these dates; the last one as it is today, single figures too."""
    days = dates(matter)
    return {date: bareme(matter.system, date if date < days[-1] else None) for date in days}


def pages(matter: Matter) -> Iterator[Page]:
    """Make one page per scale, the one in force first."""
    known = scales(matter)
    days = list(known)
    for date, following in zip(reversed(days), [None, *reversed(days)], strict=False):
        path = address(date)
        text = fill(
            "scale",
            path,
            matter=matter,
            scale=known[date],
            date=date,
            end=None if following is None else following - datetime.timedelta(days=1),
        )
        title = f"Barème depuis le {long_day(date)}" if following is None else ""
        title = title or f"Barème du {long_day(date)}"
        yield Page(path, title, (SECTION, title), text, hide=("toc",))
