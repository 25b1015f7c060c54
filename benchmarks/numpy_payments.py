"""The yardstick of the payments: the same lines by hand in NumPy, for tables without odd rows.

One population for all years, no agreed end, no size given by the contract. The figures are those of
the plain reference of the tests; the way is the shortest that keeps each line of each month.
"""

import numpy
from plain_reference import DELAI_EVALUATION, FIR_DEFAUT, LINES, TAUX_AVANCE
from plain_scale import (
    ACTUALISATION,
    CONDITIONAL,
    DUREE_CONTRAT,
    EXISTS_FROM,
    FONCTIONNEMENT,
    MISSIONS,
    MONTANT,
    PART_VARIABLE,
)

BOUNDS = (40_000, 80_000, 175_001)
DAY, MONTH = "datetime64[D]", "datetime64[M]"


def months_after(days: numpy.ndarray, months: int) -> numpy.ndarray:
    """The same day some months later, or the last day of a shorter month."""
    first = days.astype(MONTH)
    target = first + months
    last = (target + 1).astype(DAY) - 1
    return numpy.minimum(target.astype(DAY) + (days - first.astype(DAY)), last)


def amount(table: list, rank: numpy.ndarray, days: numpy.ndarray) -> numpy.ndarray:
    """The amount of a size in force on a day of its own for each community."""
    found = numpy.zeros(len(days))
    for start, amounts in table:
        found = numpy.where(days >= numpy.datetime64(start), numpy.array(amounts)[rank], found)
    return found


class Book:
    """What is paid: for each line, a row per month and a column per community."""

    def __init__(self, years: range, count: int) -> None:
        self.start = numpy.datetime64(f"{years[0]}-01", "M")
        self.months, self.count = 12 * len(years), count
        self.lines: dict[str, numpy.ndarray] = {}

    def write(self, line: str, days: numpy.ndarray, amounts: numpy.ndarray, those: numpy.ndarray):
        """Add amounts in the months of some days, for those communities."""
        book = self.lines.setdefault(line, numpy.zeros((self.months, self.count)))
        month = (days.astype(MONTH) - self.start).astype(int)
        rows = numpy.flatnonzero(those & (month >= 0) & (month < self.months))
        book[month[rows], rows] += amounts[rows]


def payments(given: dict, years: range) -> dict[str, numpy.ndarray]:
    """Give each line of each month, and their sums.

    Args:
        given: the inputs, as `payments.inputs` makes them.
        years: calendar years.

    Returns:
        By the name of the variable: a row per month, a column per community.
    """
    always = {name: values["ETERNITY"] for name, values in given.items() if "ETERNITY" in values}
    (people,) = given["population"].values()
    rank = numpy.digitize(people, BOUNDS)
    signature, count = always["date_signature_contrat"], len(people)
    end = numpy.minimum(months_after(signature, 12 * DUREE_CONTRAT), always["date_resiliation"])
    book = Book(years, count)

    def pay(payee, right, arises, closing, those, first):
        advance, balance, settlement = LINES[payee][:3]
        cut = end < closing
        book.write(advance, arises, first * right, those)
        book.write(balance, closing, (1 - first) * right, those & ~cut)
        share = (end - arises).astype(float) / numpy.maximum((closing - arises).astype(float), 1)
        book.write(settlement, end, (share - first) * right, those & cut)

    def of_year(name, opening):
        known = given[name]
        year = opening.astype("datetime64[Y]").astype(int) + 1970
        table = numpy.zeros((len(known) + 1, count))
        for row, (_, values) in enumerate(sorted(known.items())):
            table[row] = values
        row = year - min(map(int, known))
        inside = (row >= 0) & (row < len(known))
        return table[numpy.where(inside, row, len(known)), numpy.arange(count)]

    for exercice in range(DUREE_CONTRAT):
        opening = months_after(signature, 12 * exercice)
        closing = months_after(signature, 12 * (exercice + 1))
        opens = opening < end
        first = 1.0 if exercice == 0 else TAUX_AVANCE
        pay("fonctionnement", amount(FONCTIONNEMENT, rank, opening), opening, closing, opens, first)
        for mission in MISSIONS:
            start = numpy.maximum(always[f"{mission}_date_demarrage"], signature)
            start = numpy.maximum(start, numpy.datetime64(EXISTS_FROM[mission]))
            within = (start > opening) & (start < closing) & (start < end)
            arises = numpy.where(within, start, opening)
            those = opens & (within | (start <= opening))
            share = (closing - arises).astype(float) / (closing - opening).astype(float)
            if mission == "crise_sanitaire":
                share = 1.0
                fixed = numpy.where(
                    opening <= start,
                    amount(MONTANT[mission], rank, arises),
                    amount(ACTUALISATION, rank, arises),
                )
            else:
                whole = amount(MONTANT[mission], rank, arises)
                variable = whole * PART_VARIABLE[mission]
                fixed = (whole - variable) * share
                rate = of_year(f"{mission}_taux_atteinte", opening)
                book.write(
                    f"{mission}_part_variable_versee",
                    months_after(closing, DELAI_EVALUATION),
                    variable * share * rate,
                    those & (end >= closing),
                )
            if mission in CONDITIONAL:
                _, table, condition = CONDITIONAL[mission]
                met = of_year(condition, opening) > 0
                fixed = fixed + numpy.where(met, amount(table, rank, arises) * share, 0)
            pay(mission, fixed, arises, closing, those, TAUX_AVANCE)

    letter = always["date_lettre_intention"]
    costs = numpy.minimum(always["depenses_amorcage_diagnostic"], FIR_DEFAUT)
    book.write("versement_amorcage", letter, costs, numpy.ones(count, bool))
    return summed(book.lines)


def summed(lines: dict[str, numpy.ndarray]) -> dict[str, numpy.ndarray]:
    """Add the lines up by what is paid, then all missions, then everything."""
    paid = dict(lines)
    for payee, own in LINES.items():
        paid[f"{payee}_versement"] = sum(lines[line] for line in own)
    paid["versement_missions"] = sum(paid[f"{mission}_versement"] for mission in MISSIONS)
    paid["versement_total"] = (
        paid["fonctionnement_versement"] + paid["versement_missions"] + paid["versement_amorcage"]
    )
    return paid
