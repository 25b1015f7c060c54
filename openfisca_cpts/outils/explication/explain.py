"""`explain`: one value of one community, step by step, with what stands behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from openfisca_core.errors import SituationParsingError
from openfisca_core.periods import DateUnit, period

from openfisca_cpts.calcul.dates import NEVER
from openfisca_cpts.outils.explication.model import Etape, Explication
from openfisca_cpts.outils.explication.rules import introductions
from openfisca_cpts.outils.explication.steps import Tree
from openfisca_cpts.outils.explication.subject import Subject, choose
from openfisca_cpts.outils.plan.reservations import notes
from openfisca_cpts.outils.simulation.columns import nearest, years_of_law
from openfisca_cpts.outils.simulation.faults import RequestError, refused
from openfisca_cpts.outils.simulation.request import check_years
from openfisca_cpts.outils.simulation.scenarios import resolve

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

REASON = "motif_non_calculable"
NO_REASON = "aucun"
CALCULATED = "calcul"
PAID = ("versement", "avance", "solde", "droits", "exercice_part")
"""Parts of the names of what a contract pays."""
EXPECTED = {
    DateUnit.YEAR: ("annuelle", "2024 (ou year:2021-09, douze mois à partir de septembre 2021)"),
    DateUnit.MONTH: ("mensuelle", "2024-03"),
}
"""What a variable of each period is called, and how its period is written."""


def explain(
    communautes: Any,
    identifiant: str | None,
    variable: str,
    periode: str | None = None,
    *,
    reforme: Any = None,
    profondeur: int | None = None,
    keep: Sequence[str] = (),
    sheet: str | None = None,
) -> Explication:
    """Explain one value.

    Args:
        communautes: path of a CSV, XLSX or Parquet table, or of a JSON situation; or a polars or
            pandas frame.
        identifiant: `id` of the community; may be left out where there is only one.
        variable: name of the variable.
        periode: `2024`, `2024-03` or `year:2021-09`; not needed for what does not change in time.
        reforme: what `resolve` takes for one scenario; the law in force if none is given.
        profondeur: levels of steps below the first; all of them if none is given.
        keep: titles of other columns of the table, which are not read.
        sheet: name of the sheet of a workbook to read, where several could be meant.

    Returns:
        The explanation.

    Raises:
        RequestError: a variable, a period, a reform or a community that cannot be.
        TableError: a fault in the table; all of them are listed.
    """
    scenarios = resolve([] if reforme is None else [reforme])
    scenario = scenarios[-1]
    scenario.refuse_unbalanced()
    asked = _variable(scenario.system, variable)
    when = _period(asked, periode)
    eternal = when.unit == DateUnit.ETERNITY
    first_year = years_of_law(scenario.system)[0]
    year = first_year if eternal else check_years(when.start.year, scenario.system)[0]
    subject = choose(communautes, identifiant, scenarios, year, keep, sheet)
    try:
        subject.simulation.calculate(variable, when)
    except SituationParsingError as error:
        raise refused(error) from error
    step = Tree(subject.simulation, subject.origin, profondeur).root(variable, when)
    changed = {title for below in _walk(step) for title in below.reformes}
    return Explication(
        id=subject.id,
        nom=subject.nom,
        scenario=scenario.name,
        titre=scenario.title,
        etape=step,
        remarques=[
            *introductions(scenario.reforms, changed),
            *_remarks(subject, asked, when, step),
        ],
    )


def _walk(step: Etape) -> Iterator[Etape]:
    yield step
    for below in step.etapes:
        yield from _walk(below)


def _variable(system: TaxBenefitSystem, name: str) -> Variable:
    if name not in system.variables:
        near = nearest(name, list(system.variables))
        advice = f" (la plus proche : « {near} »)" if near else ""
        raise RequestError(f"La variable « {name} » n'existe pas{advice}.")
    return system.variables[name]


def _period(variable: Variable, written: str | None) -> Period:
    """Read a period, and hold it against that of the variable."""
    if variable.definition_period == DateUnit.ETERNITY:
        return period(DateUnit.ETERNITY.value)
    kind, example = EXPECTED[variable.definition_period]
    wanted = f"« {variable.name} » est {kind} : attendu, --period {example}"
    if written is None:
        raise RequestError(f"{wanted}.")
    try:
        read = period(written)
    except (ValueError, TypeError):
        raise RequestError(f"{wanted} (reçu « {written} »).") from None
    if (read.unit, read.size) != (variable.definition_period, 1):
        raise RequestError(f"{wanted} (reçu « {written} »).")
    if variable.is_input_variable() and read != read.this_year and read.unit == DateUnit.YEAR:
        raise RequestError(f"« {variable.name} » se donne par année civile (reçu « {written} »).")
    return read


def _remarks(subject: Subject, variable: Variable, when: Period, step: Etape) -> list[str]:
    """Say what the reader should know: the region of one community, why there is nothing."""
    simulation = subject.simulation
    said = []
    if not variable.entity.is_person:
        said.append("La région est réduite à cette seule communauté.")
    if not step.valeur and when.unit != DateUnit.ETERNITY and step.nature == CALCULATED:
        reason = simulation.calculate(REASON, when.this_year).decode()[0]
        if reason.name != NO_REASON:
            said.append(f"{reason.value} (« {REASON} »).")
        said += _no_payment(subject, step)
    return said


def _no_payment(subject: Subject, step: Etape) -> list[str]:
    """Say why a community is paid nothing, where what was asked for rests on its contract."""
    simulation = subject.simulation
    if not any(part in step.variable for part in PAID):
        return []
    first = str(years_of_law(simulation.tax_benefit_system)[0])
    days = [
        simulation.calculate(name, first)[0].item()
        for name in ("date_signature_contrat", "date_fin_effective")
    ]
    signature, end = (None if day == NEVER else day for day in days)
    return notes(simulation, True, signature, end)
