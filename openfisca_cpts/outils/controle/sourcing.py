"""Holds every date of value against its source: reference, note, statut, and the figure itself."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from fractions import Fraction

from openfisca_cpts.legislation import DATES, fusionner
from openfisca_cpts.outils.controle import equations
from openfisca_cpts.outils.fichiers import notes
from openfisca_cpts.outils.fichiers.files import Document
from openfisca_cpts.outils.fichiers.findings import Line, Tally, nearest
from openfisca_cpts.outils.fichiers.schema import Parameter, Reference, Sources, Unit, Values


@dataclasses.dataclass(frozen=True)
class Sourced:
    """One series of values, with the sources that hold for it.

    Attributes:
        place: keys that lead to it in its file; none for a file of one series.
        values: the values by date.
        sources: its own sources, completed by those of its file.
        described: whether it has a description, and its file a documentation.
        unit: its unit, where it is known.
    """

    place: tuple[str, ...]
    values: Values
    sources: Sources
    described: bool
    unit: Unit | None


def series(parameter: Parameter, units: dict[str, Unit]) -> Iterator[Sourced]:
    """Give the series of values of a file.

    Args:
        parameter: the file.
        units: the known units, by name.

    Yields:
        The file itself, or each of its sizes.
    """
    unit = units.get(parameter.metadata.unit or "")
    file_sources = {key: getattr(parameter.metadata, key) for key in DATES}
    documented = parameter.documentation is not None
    if parameter.values is not None:
        described = documented and parameter.description is not None
        yield Sourced((), parameter.values, parameter.metadata, described, unit)
    for key, size in parameter.sizes.items():
        merged = fusionner(file_sources, dict(size.metadata))
        described = documented and None not in (parameter.description, size.description)
        yield Sourced((key,), size.values, Sources.model_construct(**merged), described, unit)


def check(document: Document, parameter: Parameter, units: dict[str, Unit], tally: Tally) -> None:
    """Hold one parameter file against its sources; faults are added to the document's own.

    Args:
        document: the file as it is written.
        parameter: the same, read.
        units: the known units, by name.
        tally: where what was checked is counted.
    """
    sourced = list(series(parameter, units))
    for each in sourced:
        _check_sources(document, each, tally)
    _check_notes(document, ("metadata",), parameter.metadata)
    dates = {date for each in sourced for date in each.values}
    _check_orphans(document, ("metadata",), parameter.metadata, dates)
    for key, size in parameter.sizes.items():
        _check_notes(document, (key, "metadata"), size.metadata)
        _check_orphans(document, (key, "metadata"), size.metadata, set(size.values))


def _check_sources(document: Document, one: Sourced, tally: Tally) -> None:
    if not tally.add(Line.DESCRIPTION, one.described):
        message = "il manque une description ou une documentation"
        document.faults.append(document.fault(one.place, message))
    if not tally.add(Line.UNIT, one.unit is not None):
        message = "il manque une unité connue (metadata.unit)"
        document.faults.append(document.fault(one.place, message))
    for date, item in one.values.items():
        place = (*one.place, "values", date.isoformat())
        references = one.sources.reference.get(date, [])
        if not tally.add(Line.REFERENCE, bool(references)):
            document.faults.append(document.fault(place, f"{date} n'a pas de référence"))
        noted = bool(references) and all(reference.note for reference in references)
        if not tally.add(Line.NOTE, noted) and references:
            message = f"{date} a une référence sans note"
            document.faults.append(document.fault(place, message))
        status = one.sources.statut.get(date)
        if not tally.add(Line.STATUT, status is not None):
            document.faults.append(document.fault(place, f"{date} n'a pas de statut"))
        if item.value is None:
            continue
        missing = _missing_figure(item.value, references, one.unit, status, date)
        if not tally.add(Line.FIGURE, not missing):
            document.faults.append(document.fault(place, f"{date} : {missing}"))


def shows(note: str, value: float, unit: Unit | None, status: str | None) -> bool:
    """Say whether one note carries a value: it states it, or holds the computation that gives it.

    Args:
        note: the note of one reference.
        value: the value, in the unit of the parameter.
        unit: that unit.
        status: statut of the value; a deduced one has to be computed in the note.

    Returns:
        Whether a reader finds the value there.
    """
    reference = Reference.model_construct(note=note)
    return not _missing_figure(Fraction(str(value)), [reference], unit, status)


def _missing_figure(
    value: Fraction,
    references: list[Reference],
    unit: Unit | None,
    status: str | None,
    since: datetime.date | None = None,
) -> str:
    """Say why the notes do not carry a value from a day on; nothing where they do."""
    texts = [reference.note for reference in references if reference.note]
    results = {
        result
        for text in texts
        for equation in equations.equations(text)
        for result in equation.results
    }
    written = notes.french(value)
    if value in results:
        return ""
    if status == "deduit" and not any(
        _younger(value, reference, unit, since) for reference in references
    ):
        near = _nearest(value, results)
        return f"{written} n'est le résultat d'aucun calcul de ses notes{near}"
    if any(_states(text, value, unit) for text in texts):
        return ""
    found = [figure for text in texts for figure in notes.figures(text)]
    near = _nearest(value, {figure.value for figure in found})
    return f"{written} ne se lit dans aucune de ses notes{near}"


def _states(text: str, value: Fraction, unit: Unit | None) -> bool:
    ratio = unit is not None and unit.ratio
    words = set() if unit is None else unit.words
    return any(figure.states(value, ratio, words) for figure in notes.figures(text))


def _younger(
    value: Fraction, reference: Reference, unit: Unit | None, since: datetime.date | None
) -> bool:
    """Whether a document later than the value states it: that it held before is deduced."""
    written = reference.document_date or ""
    later = since is not None and written[: len("AAAA-MM-JJ")] > since.isoformat()
    return later and _states(reference.note or "", value, unit)


def _nearest(value: Fraction, found: set[Fraction]) -> str:
    if not found:
        return ""
    nearest_one = min(found, key=lambda figure: abs(figure - value))
    return f" ; le plus proche est {notes.french(nearest_one)}"


def _check_notes(document: Document, place: tuple[str, ...], sources: Sources) -> None:
    for date, references in sources.reference.items():
        for rank, reference in enumerate(references):
            there: tuple[str | int, ...] = (*place, "reference", date.isoformat(), rank)
            stated = reference.stated_fault(date)
            if stated:
                document.faults.append(document.fault((*there, "date_effet"), stated))
            here = (*there, "note")
            note = reference.note or ""
            count = notes.word_count(note)
            if count > notes.NOTE_WORDS:
                message = f"la note a {count} mots, {notes.NOTE_WORDS} au plus"
                document.faults.append(document.fault(here, message))
            document.faults += [
                document.fault(here, f"l'égalité « {equation.text} » : {equation.problem}")
                for equation in equations.equations(note)
                if equation.problem
            ]


def _check_orphans(
    document: Document, place: tuple[str, ...], sources: Sources, dates: set[datetime.date]
) -> None:
    known = [date.isoformat() for date in sorted(dates)]
    for key in DATES:
        for date in getattr(sources, key):
            if date not in dates:
                near = nearest(date.isoformat(), known)
                message = f"aucune valeur n'est datée du {date}{near}"
                document.faults.append(document.fault((*place, key, date.isoformat()), message))
