"""Which figures differ: between two dates of the law, or between the law and a reform."""

from __future__ import annotations

import dataclasses
import datetime

from openfisca_core.parameters import ParameterNode

from openfisca_cpts.outils.loi.leaves import Leaf, leaves

ONE_DAY = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Difference:
    """One figure that differs, over one interval.

    Attributes:
        path: dotted path of the parameter.
        label: what the figure is, in French, with the size.
        unit: name of its unit.
        start: first day of the new value.
        end: last day of the new value; none where no other follows it.
        before: the value it replaces; none where the figure did not exist.
        after: the new value; none where the figure no longer exists.
        references: documents of the new value: `title`, `href` where there is one, `note`…
        acts: keys of the acts that it rests on in law.
        statut: statut of the new value.
    """

    path: str
    label: str
    unit: str
    start: datetime.date
    end: datetime.date | None
    before: float | None
    after: float | None
    references: list[dict[str, str]]
    acts: list[str]
    statut: str | None

    @property
    def change(self) -> float | None:
        """What is added, in the unit of the figure; none where it is new or no longer exists."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def rate(self) -> float | None:
        """The change as a share of the old value; none where that share means nothing."""
        change = self.change
        return None if change is None or not self.before else change / self.before


def between_systems(before: ParameterNode, after: ParameterNode) -> list[Difference]:
    """Compare two trees, interval by interval.

    Args:
        before: root of the parameters of the law in force.
        after: root of those of a reform.

    Returns:
        The figures that differ, in the order of the tree then of time. A figure that only one
        tree has differs from nothing over the whole of its life.
    """
    old = {leaf.path: leaf for leaf in leaves(before)}
    new = {leaf.path: leaf for leaf in leaves(after)}
    found = []
    for path in [*new, *(path for path in old if path not in new)]:
        found += _intervals(old.get(path), new.get(path))
    return found


def between_dates(
    tree: ParameterNode, first: datetime.date, second: datetime.date
) -> list[Difference]:
    """Compare one tree on two days.

    Args:
        tree: root of the parameters.
        first: the earlier day.
        second: the later day.

    Returns:
        The figures whose value differs, in the order of the tree. The interval is that of the
        value in force on the second day; a value that came and went in between is not told.

    Raises:
        ValueError: the second day is before the first.
    """
    if second < first:
        raise ValueError(f"{second} < {first}")
    found = []
    for leaf in leaves(tree):
        start = leaf.since(second)
        if start is not None and leaf.value(first) != leaf.value(second):
            found.append(_difference(leaf, leaf.value(first), leaf, start, leaf.until(second)))
    return found


def _intervals(old: Leaf | None, new: Leaf | None) -> list[Difference]:
    """Give the intervals on which two series differ, those that say the same put together."""
    known = [leaf for leaf in (old, new) if leaf is not None]
    dates = sorted({date for leaf in known for date in leaf.dates})
    found: list[Difference] = []
    for start, following in zip(dates, [*dates[1:], None], strict=True):
        before = old.value(start) if old is not None else None
        after = new.value(start) if new is not None else None
        if before == after:
            continue
        end = None if following is None else following - ONE_DAY
        difference = _difference(new or known[0], before, new, start, end)
        if found and found[-1].end == start - ONE_DAY and _same(found[-1], difference):
            difference = dataclasses.replace(found.pop(), end=end)
        found.append(difference)
    return found


def _difference(
    named: Leaf,
    before: float | None,
    new: Leaf | None,
    start: datetime.date,
    end: datetime.date | None,
) -> Difference:
    return Difference(
        path=named.path,
        label=named.label,
        unit=named.unit,
        start=start,
        end=end,
        before=before,
        after=None if new is None else new.value(start),
        references=[] if new is None else new.references(start),
        acts=[] if new is None else new.acts(start),
        statut=None if new is None else new.statut(start),
    )


def _same(one: Difference, other: Difference) -> bool:
    return dataclasses.replace(one, start=other.start, end=other.end) == other
