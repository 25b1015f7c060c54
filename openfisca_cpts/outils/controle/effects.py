"""Holds the dates of the law against the days on which its acts take effect."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from openfisca_cpts.outils.controle.proofs import Value
from openfisca_cpts.outils.fichiers.acts import FILE, Acts, read
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally, nearest


def check(root: Path, tally: Tally) -> tuple[Acts, list[Fault]]:
    """Read the register of a package, and count its acts.

    Args:
        root: folder of the package, or of a copy.
        tally: where what was checked is counted.

    Returns:
        As `read`.
    """
    found, faults = read(root)
    wrong = {fault.path.partition(".")[0] for fault in faults}
    for key in found:
        tally.add(Line.ACT, key not in wrong)
    if not found:
        tally.add(Line.ACT, False)
    return found, faults


def effects(acts: Acts) -> set[str]:
    """Give the days on which an act takes effect, in ISO form."""
    return {act.effet.isoformat() for act in acts.values() if act.effet is not None}


def check_values(values: Iterable[Value], acts: Acts, tally: Tally) -> list[Fault]:
    """Check that a value that rests on an act starts on the day when that act takes effect.

    A value that rests on an act whose day of effect is not known may start on any day. The day of
    the official journal that a value states is that of one of its acts, where it is known.

    Args:
        values: the values of the law.
        acts: the register.
        tally: where what was checked is counted.

    Returns:
        One fault per value of another day.
    """
    faults = []
    for value in values:
        own = {key: acts[key] for key in value.acts if key in acts}
        for step, date, what in (
            ("effet", value.date, "le jour d'effet"),
            ("publication", value.published, "le jour de publication"),
        ):
            days = {key: getattr(act, step) for key, act in own.items()}
            if date is None or not days or None in days.values():
                continue
            if not tally.add(Line.EFFECT, date in days.values()):
                known = " ; ".join(f"{key} : {day}" for key, day in days.items())
                message = f"{date} n'est pas {what} de son texte ({known})"
                faults.append(value.document.fault(value.place, message))
    return faults


def day_fault(date: str, days: Collection[str]) -> str:
    """Say why the date of a formula is not that of an act; nothing where it is.

    Args:
        date: the date, in ISO form.
        days: the days on which an act takes effect.

    Returns:
        What is wrong, in French.
    """
    if date in days:
        return ""
    return f"{date} n'est le jour d'effet d'aucun texte de {FILE}{nearest(date, sorted(days))}"
