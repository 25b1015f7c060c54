"""The surest statut that the references of a value allow: that of its weakest step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import get_args

from openfisca_cpts.outils.controle.proofs import Derivation, Known, Value
from openfisca_cpts.outils.fichiers import notes
from openfisca_cpts.outils.fichiers.fields import Status, first_day
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally
from openfisca_cpts.outils.fichiers.schema import Reference
from openfisca_cpts.outils.typography import long_day

STATUTS: tuple[str, ...] = get_args(Status)
"""From the surest to the weakest."""

ALLOWED = {
    "texte": "officiel",
    "document": "document_public",
    "contrat_reel": "document_public",
    "presse": "presse",
    "proposition": "hypothese",
}
"""The surest statut of what a reference prints, by its nature."""

ANALOGY = re.compile(r"\bpar analogie\b|\bétend\w*|\bextension\b", re.IGNORECASE)

Step = tuple[str, str]
"""The surest statut that a step allows, and why, in French."""


def check(values: Iterable[Value], tally: Tally) -> list[Fault]:
    """Check that no statut is above what its references allow.

    A value is as sure as the weakest step between a document and it, by the best of its
    references that show it. The steps of a reference:

    - its nature: the official text, a document or a real contract, the press, a proposal;
    - a computation: what is worked out and not printed is deduced, unless it only gives by the
      year what is quoted by the month;
    - a document younger than the date of the value, and that does not state that date
      (`date_effet`): the value is deduced for that date. Where only the year or the month of the
      document is known, its first day counts: the doubt is in its favour;
    - an extension: where the title or the note says, in its own words and not in a quotation,
      that the value is extended or taken by analogy, it is assumed;
    - what a computation uses: no surer than the surest of the values that each number may be.

    Args:
        values: every value of the tree.
        tally: where what was checked is counted.

    Returns:
        One fault per statut that is too high.
    """
    every = list(values)
    known = Known(every)
    faults = []
    for value in every:
        if value.statut is None or not value.references:
            continue  # both are faults of their own
        allowed, why = ceiling(value, known)
        if not tally.add(Line.CEILING, _rank(value.statut) >= _rank(allowed)):
            message = (
                f"le statut « {value.statut} » est plus sûr que ses références : « {allowed} » au "
                f"plus, car {why}"
            )
            faults.append(value.document.fault(value.place, f"{value.date} : {message}"))
    return faults


def ceiling(value: Value, known: Known) -> Step:
    """Give the surest statut that the references of a value allow, and what limits it.

    Args:
        value: a value that has references.
        known: the values of the tree.

    Returns:
        The statut, and the reason in French.
    """
    paths = [path for reference in value.references for path in _paths(value, reference, known)]
    if not paths:  # no note shows the figure, which is a fault of its own
        paths = [[_nature(reference)] for reference in value.references]
    return min((_weakest(path) for path in paths), key=lambda step: _rank(step[0]))


def _paths(value: Value, reference: Reference, known: Known) -> Iterator[list[Step]]:
    """Give the ways from a reference to a value, each with its steps."""
    common = [_nature(reference), *_late(value, reference), *_extended(reference)]
    if value.prints(reference):
        yield common
        return
    for derivation in value.derivations(reference):
        worked_out = ("deduit", f"il sort du calcul « {derivation.text} »")
        steps = [] if derivation.yearly else [worked_out]
        yield [*common, *steps, *_rests_on(value, derivation, known)]


def _nature(reference: Reference) -> Step:
    return ALLOWED[reference.nature], (
        f"« {reference.title} » est de nature « {reference.nature} »"
    )


def _late(value: Value, reference: Reference) -> Iterator[Step]:
    date = reference.document_date
    if date is None or reference.date_effet is not None or first_day(date) <= value.date:
        return
    yield (
        "deduit",
        (
            f"« {reference.title} » est de {date}, après le {long_day(value.date)}, et ne dit pas "
            "depuis quand (date_effet)"
        ),
    )


def _extended(reference: Reference) -> Iterator[Step]:
    own_words = notes.unquoted(f"{reference.title}\n{reference.note or ''}")
    found = ANALOGY.search(own_words)
    if found:
        yield "hypothese", f"c'est une extension (« {found[0]} »)"


def _rests_on(value: Value, derivation: Derivation, known: Known) -> Iterator[Step]:
    for operand in derivation.operands:
        meant = [other for other in known.meant(operand, value) if other.statut is not None]
        if meant:
            surest = min(meant, key=lambda other: _rank(other.statut or ""))
            assert surest.statut is not None
            yield (
                surest.statut,
                (
                    f"le calcul « {derivation.text} » part de {notes.french(operand)} "
                    f"({surest.name}), de statut « {surest.statut} »"
                ),
            )


def _weakest(path: list[Step]) -> Step:
    return max(path, key=lambda step: _rank(step[0]))


def _rank(statut: str) -> int:
    return STATUTS.index(statut)
