"""Payments and deadlines of plans as a calendar that a mail program opens (RFC 5545)."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from openfisca_cpts.outils.loi.words import STATUTS
from openfisca_cpts.outils.simulation.sums import exact_sum
from openfisca_cpts.outils.simulation.writing import CREATED
from openfisca_cpts.outils.typography import SPACE, euros, long_month

if TYPE_CHECKING:
    from openfisca_cpts.outils.plan.draft import Schedule

MAKER = "-//openfisca-cpts//plan de versement//FR"
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "openfisca-cpts/plan")
"""An event keeps its identifier when a plan is made again: a calendar then replaces it."""


def agenda(plans: Sequence[Schedule], labels: Sequence[str]) -> bytes:
    """Write the payments, the deadlines and the ends of contracts that fall in plans.

    The law gives the month of a payment and no day: an event stands on the first of the month.

    Args:
        plans: the plans.
        labels: the name of each, which tells it from the others.

    Returns:
        An iCalendar file, whose bytes depend on the plans alone.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MAKER)
    calendar.add("x-wr-calname", "Versements : " + ", ".join(labels))
    for plan, label in zip(plans, labels, strict=True):
        for event in (*_payments(plan, label), *_deadlines(plan, label), *_end(plan, label)):
            calendar.add_component(event)
    return calendar.to_ical()


def _payments(plan: Schedule, label: str) -> Iterator[Event]:
    for (month,), lines in plan.versements.group_by("mois", maintain_order=True):
        first = datetime.date.fromisoformat(f"{month}-01")
        total = exact_sum([lines["montant"]])
        described = [
            f"{line['libelle']} : {_euros(line['montant'])} ({line['article']} ; "
            f"{STATUTS[line['statut']]})"
            for line in lines.iter_rows(named=True)
        ]
        described.append("L'accord donne le mois du versement, pas son jour.")
        yield _event(
            plan, label, str(month), first, f"{_euros(total)} en {long_month(first)}", described
        )


def _deadlines(plan: Schedule, label: str) -> Iterator[Event]:
    for row in plan.echeances.iter_rows(named=True):
        started = f"Constat : {row['constat']}."
        for name, what in (
            ("echeance_demarrage", "démarrer"),
            ("echeance_deploiement", "avoir déployé"),
        ):
            day = row[name]
            if day is not None and _within(plan, day):
                said = f"Date limite pour {what} la mission « {row['mission']} »"
                yield _event(plan, label, f"{name}/{row['mission']}", day, said, [started])


def _end(plan: Schedule, label: str) -> Iterator[Event]:
    if plan.fin is not None and _within(plan, plan.fin):
        said = "Fin du contrat, qui n'est pas renouvelé de lui-même"
        yield _event(plan, label, "fin", plan.fin, said, [])


def _within(plan: Schedule, day: datetime.date) -> bool:
    return f"{day:%Y-%m}" in plan.mois


def _event(
    plan: Schedule, label: str, key: str, day: datetime.date, said: str, described: Sequence[str]
) -> Event:
    event = Event()
    event.add("uid", f"{uuid.uuid5(NAMES, f'{plan.id}/{plan.scenario}/{key}')}@openfisca-cpts")
    event.add("dtstamp", CREATED)
    event.add("dtstart", day)
    event.add("summary", f"{label} : {said}")
    if described:
        event.add("description", "\n".join(described))
    event.add("transp", "TRANSPARENT")  # a payment makes nobody busy
    return event


def _euros(amount: float) -> str:
    return f"{euros(amount)}{SPACE}€"
