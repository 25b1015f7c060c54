"""The contract in time in plain scalar Python, written from the public contract.

One community at a time, one sentence of the contract at a time; it shares no code with the package.
Readings of what the contract leaves open are marked « Reading ».
"""

import calendar
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from plain_scale import (
    ACTUALISATION,
    CONDITIONAL,
    DELAIS,
    DUREE_CONTRAT,
    EXISTS_FROM,
    FONCTIONNEMENT,
    MISSIONS,
    MONTANT,
    NEVER,
    PART_VARIABLE,
    SOCLES,
    WITH_VARIABLE_PART,
    amount,
    given_date,
    of_year,
    taille,
    yearly_scale,
)

TAUX_AVANCE = 0.75
DELAI_EVALUATION = 2  # months
FIR_FROM = date(2016, 1, 28)
# One ceiling for all, or those of taille 1 to 4.
FIR_PLAFOND = {
    "bourgogne_franche_comte": 25_000.0,
    "bretagne": (40_000.0, 45_000.0, 50_000.0, 50_000.0),
    "ile_de_france": 30_000.0,
}
FIR_DEFAUT = 25_000.0
SEUIL_COMMISSAIRE = 153_000

PAYEES = ("fonctionnement", *MISSIONS)
LINES = {
    payee: (f"{payee}_avance", f"{payee}_solde", f"{payee}_regularisation") for payee in PAYEES
}
for _mission in WITH_VARIABLE_PART:
    LINES[_mission] += (f"{_mission}_part_variable_versee",)
DROITS = (
    "fonctionnement_droits",
    *(f"{mission}_droits_part_fixe" for mission in MISSIONS),
    *(f"{mission}_droits_part_variable" for mission in WITH_VARIABLE_PART),
    *(f"{mission}_droits_{name}" for mission, (name, _, _) in CONDITIONAL.items()),
)

Month = tuple[int, int]


def month_of(day: date) -> Month:
    return day.year, day.month


def months_after(month: Month, number: int) -> Month:
    rank = month[0] * 12 + month[1] - 1 + number
    return rank // 12, rank % 12 + 1


def day_months_after(day: date, number: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    year, month = months_after(month_of(day), number)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def anniversary(signature: date, years: int) -> date:
    return day_months_after(signature, 12 * years)


class Exercice(NamedTuple):
    rank: int
    opening: date  # P
    closing: date  # N
    end: date  # e: of the contract, inside the exercice or later

    @property
    def cut_short(self) -> bool:
        return self.end < self.closing


def date_fin_contrat(community: dict) -> date:
    """The agreed end, else five years after the signature."""
    # Reading: an agreed end stands though no signature is given.
    agreed = given_date(community, "date_fin_convenue")
    signature = given_date(community, "date_signature_contrat")
    if agreed != NEVER or signature == NEVER:
        return agreed
    return anniversary(signature, DUREE_CONTRAT)


class Contract:
    """One community: what it earns, what it is paid and where it stands."""

    def __init__(self, community: dict):
        self.community = community
        self.signature = given_date(community, "date_signature_contrat")
        self.end = min(date_fin_contrat(community), given_date(community, "date_resiliation"))
        self.book: dict[tuple[str, Month], float] = defaultdict(float)
        self.exercices = self.opened()
        for exercice in self.exercices:
            self.fonctionnement(exercice)
            for mission in MISSIONS:
                self.mission(mission, exercice)
        self.amorcage()

    def opened(self) -> list[Exercice]:
        """The contract years: from one anniversary to the next, those that open before the end."""
        found: list[Exercice] = []
        while self.signature != NEVER and anniversary(self.signature, len(found)) < self.end:
            rank = len(found) + 1
            opening = anniversary(self.signature, rank - 1)
            found.append(Exercice(rank, opening, anniversary(self.signature, rank), self.end))
        return found

    def fonctionnement(self, exercice: Exercice) -> None:
        opening = exercice.opening
        right = amount(FONCTIONNEMENT, taille(self.community, opening), opening)
        self.book["fonctionnement_droits", month_of(opening)] += right
        first = 1.0 if exercice.rank == 1 else TAUX_AVANCE
        self.pay("fonctionnement", right, opening, exercice, first)

    def start(self, mission: str) -> date:
        """S: the latest of the mission's start, the signature and the day the mission exists."""
        started = given_date(self.community, f"{mission}_date_demarrage")
        return max(started, self.signature, EXISTS_FROM[mission])

    def mission(self, mission: str, exercice: Exercice) -> None:
        """What one exercice earns for one mission, and what is paid for it."""
        start, (_, opening, closing, end) = self.start(mission), exercice
        if start <= opening:  # ouverture
            arises, share = opening, 1.0
        elif start < closing and start < end:  # démarrage
            arises, share = start, (closing - start).days / (closing - opening).days
        else:
            return
        rank, year, month = taille(self.community, arises), opening.year, month_of(arises)

        if mission == "crise_sanitaire":
            share = 1.0  # neither the plan nor the crisis part is prorated at the start
            table = MONTANT[mission] if opening <= start else ACTUALISATION
            fixed, variable = amount(table, rank, arises), 0.0
        else:
            montant = amount(MONTANT[mission], rank, arises)
            part = montant * PART_VARIABLE.get(mission, 0.0)
            variable, fixed = part * share, (montant - part) * share
        self.book[f"{mission}_droits_part_fixe", month] += fixed
        self.pay(mission, fixed, arises, exercice, TAUX_AVANCE)

        if mission in CONDITIONAL:
            name, table, condition = CONDITIONAL[mission]
            if of_year(self.community, condition, year):
                right = amount(table, rank, arises) * share
                self.book[f"{mission}_droits_{name}", month] += right
                self.pay(mission, right, arises, exercice, TAUX_AVANCE)

        if mission in WITH_VARIABLE_PART:
            self.book[f"{mission}_droits_part_variable", month] += variable
            if not exercice.cut_short:
                rate = of_year(self.community, f"{mission}_taux_atteinte", year)
                paid_in = months_after(month_of(closing), DELAI_EVALUATION)
                self.book[f"{mission}_part_variable_versee", paid_in] += variable * rate

    def pay(self, payee: str, right: float, arises: date, exercice: Exercice, first: float) -> None:
        """A share at once, the rest at the closing; an end before it leaves the days run."""
        _, _, closing, end = exercice
        self.book[f"{payee}_avance", month_of(arises)] += first * right
        if exercice.cut_short:
            earned = right * (end - arises).days / (closing - arises).days
            self.book[f"{payee}_regularisation", month_of(end)] += earned - first * right
        else:
            self.book[f"{payee}_solde", month_of(closing)] += (1 - first) * right

    def plafond_fir(self, day: date) -> float:
        if day < FIR_FROM:
            return 0.0
        ceiling = FIR_PLAFOND.get(self.community.get("region_ars", "inconnue"), FIR_DEFAUT)
        if isinstance(ceiling, float):
            return ceiling
        rank = taille(self.community, day)
        return ceiling[rank - 1] if rank else min(ceiling)

    def amorcage(self) -> None:
        letter = given_date(self.community, "date_lettre_intention")
        if letter != NEVER:
            costs = sum(
                self.community.get(f"depenses_amorcage_{cost}", 0.0)
                for cost in ("constitution", "diagnostic", "projet_sante")
            )
            self.book["versement_amorcage", month_of(letter)] = min(costs, self.plafond_fir(letter))

    def payments(self, month: Month) -> dict:
        """The payments of a month and their sums."""
        paid = {}
        for payee in PAYEES:
            paid[f"{payee}_versement"] = sum(
                self.book.get((line, month), 0.0) for line in LINES[payee]
            )
        paid["versement_missions"] = sum(paid[f"{mission}_versement"] for mission in MISSIONS)
        paid["versement_amorcage"] = self.book.get(("versement_amorcage", month), 0.0)
        paid["versement_total"] = (
            paid["fonctionnement_versement"]
            + paid["versement_missions"]
            + paid["versement_amorcage"]
        )
        return paid

    def versement_annuel(self, month: Month) -> float:
        """The month that holds the first day of the window and the eleven after."""
        return sum(
            self.payments(months_after(month, later))["versement_total"] for later in range(12)
        )

    def runs_on(self, day: date) -> bool:
        return self.signature != NEVER and self.signature <= day < self.end

    def state(self, month: Month) -> dict:
        """Where the contract stands in a month, its deadlines and what is late."""
        days = calendar.monthrange(*month)[1]
        last = date(*month, days)
        covering = [x.rank for x in self.exercices if x.opening <= last < x.closing]
        state: dict = {
            "date_fin_contrat": date_fin_contrat(self.community),
            "contrat_en_cours": any(self.runs_on(date(*month, day + 1)) for day in range(days)),
            "exercice_contractuel": covering[0] if self.runs_on(last) else 0,
            "exercice_ouvert": any(month_of(x.opening) == month for x in self.exercices),
            "etape": self.etape(last),
            "amorcage_fir_plafond": self.plafond_fir(date(*month, 1)),
        }
        state["calendrier_respecte"] = True
        for mission in SOCLES:
            deadlines = [NEVER, NEVER]
            if self.signature != NEVER:
                origin = max(self.signature, EXISTS_FROM[mission])
                deadlines = [day_months_after(origin, delay) for delay in DELAIS[mission]]
            started = given_date(self.community, f"{mission}_date_demarrage")
            late = state["contrat_en_cours"] and deadlines[0] < last and started > deadlines[0]
            state[f"{mission}_echeance_demarrage"] = deadlines[0]
            state[f"{mission}_echeance_deploiement"] = deadlines[1]
            state[f"{mission}_en_retard"] = late
            state["calendrier_respecte"] = state["calendrier_respecte"] and not late
        return state

    def etape(self, last: date) -> str:
        """The furthest step reached on the last day of a month."""
        # Reading: a mission is started once its date is reached, signed or not.
        starts = [given_date(self.community, f"{mission}_date_demarrage") for mission in MISSIONS]
        if self.signature <= last and self.end <= last:
            return "contrat_termine"
        if min(starts) <= last:
            return "missions_demarrees"
        if self.signature <= last:
            return "contrat_signe"
        if given_date(self.community, "date_validation_projet_sante") <= last:
            return "projet_valide"
        if given_date(self.community, "date_lettre_intention") <= last:
            return "lettre_intention"
        return "aucune"

    def monthly(self, month: Month) -> dict:
        """Every monthly variable of section 6."""
        lines = [line for payee in PAYEES for line in LINES[payee]]
        written = {name: self.book.get((name, month), 0.0) for name in (*DROITS, *lines)}
        return {**self.state(month), **written, **self.payments(month)}

    def yearly(self, day: date) -> dict:
        """Every yearly variable of sections 5 and 6, for the twelve months that open on a day."""
        year = yearly_scale(self.community, day)
        year["versement_annuel"] = self.versement_annuel(month_of(day))
        year["commissaire_aux_comptes_requis"] = year["versement_annuel"] > SEUIL_COMMISSAIRE
        return year
