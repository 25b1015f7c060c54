"""The reviewed list of mutants that no test can notice, each with its reason."""

from __future__ import annotations

import fnmatch
import itertools
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from openfisca_cpts.outils.controle import reviewed
from openfisca_cpts.outils.controle.mutants import Verdict
from openfisca_cpts.outils.controle.mutations import Kind, Mutation
from openfisca_cpts.outils.fichiers import fields, files, schema
from openfisca_cpts.outils.fichiers.findings import Fault, nearest

REVIEWED = "outils/controle/equivalent_mutants.yaml"


def _kind(value: object) -> Kind:
    text = value.text if isinstance(value, files.Scalar) else str(value)
    if text not in list(Kind):
        raise fields.refuse(f"la mutation « {text} » est inconnue{nearest(text, Kind)}")
    return Kind(text)


class Equivalent(schema.Strict):
    """Some mutants of one kind that change nothing that is computed, and why."""

    mutation: Annotated[Kind, BeforeValidator(_kind)]
    dates: Annotated[list[fields.Day], Field(min_length=1)]
    places: Annotated[list[fields.Text], Field(min_length=1)]
    reason: fields.Text

    def covers(self, mutation: Mutation) -> bool:
        """Whether a mutation is one of them."""
        return (
            mutation.kind is self.mutation
            and mutation.date in self.dates
            and any(matches(mutation.place, place) for place in self.places)
        )


def matches(path: str, pattern: str) -> bool:
    """Whether a dotted path has the form of a pattern, in which `*` never crosses a dot."""
    steps, wanted = path.split("."), pattern.split(".")
    return len(steps) == len(wanted) and all(map(fnmatch.fnmatchcase, steps, wanted))


def read(root: Path) -> tuple[list[Equivalent], list[Fault]]:
    """Read the list of a package, as `reviewed.read` does."""
    return reviewed.read(root, REVIEWED, Equivalent)


def misplaced(entries: list[Equivalent], verdicts: list[Verdict]) -> list[Fault]:
    """Find the entries that are wrong: the list admits what survives, and nothing else.

    Args:
        entries: the list.
        verdicts: what the tests say of every mutation.

    Returns:
        One fault per place and date that no surviving mutant needs, and per mutant admitted though
        a test notices it.
    """
    messages = []
    for rank, entry in enumerate(entries):
        for place, date in itertools.product(entry.places, entry.dates):
            one = entry.model_copy(update={"places": [place], "dates": [date]})
            covered = [verdict for verdict in verdicts if one.covers(verdict.mutation)]
            if all(verdict.killer for verdict in covered):
                messages.append((rank, f"{place}, {date} : aucun survivant ne le demande"))
            messages += [
                (rank, f"{verdict.mutation.place}, {date} : remarqué par « {verdict.killer} »")
                for verdict in covered
                if verdict.killer
            ]
    return [Fault(REVIEWED, 1, str(rank), message) for rank, message in messages]
