"""The reviewed list of mutants of formulas that no YAML test can notice, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from openfisca_cpts.outils.controle import reviewed
from openfisca_cpts.outils.controle.logic import LogicMutation
from openfisca_cpts.outils.controle.logic_bench import LogicVerdict
from openfisca_cpts.outils.fichiers import fields, schema
from openfisca_cpts.outils.fichiers.findings import Fault

REVIEWED = "outils/controle/equivalent_logic.yaml"


class Reviewed(schema.Strict):
    """Some changes of one function that change nothing that a YAML test can assert, and why.

    Attributes:
        function: path of the file, then the qualified name of the function, parted by a colon.
        changes: what becomes what, as the command shows it.
        reason: why no test notices.
    """

    function: fields.Text
    changes: Annotated[list[fields.Text], Field(min_length=1)]
    reason: fields.Text

    def covers(self, mutation: LogicMutation) -> bool:
        """Whether a mutation is one of them."""
        place = f"{mutation.file}:{mutation.function}"
        return place == self.function and mutation.text in self.changes


def read(root: Path) -> tuple[list[Reviewed], list[Fault]]:
    """Read the list of a package, as `reviewed.read` does."""
    return reviewed.read(root, REVIEWED, Reviewed)


def misplaced(entries: Sequence[Reviewed], verdicts: Sequence[LogicVerdict]) -> list[Fault]:
    """Find the changes that the list admits and that no survivor needs.

    Args:
        entries: the list.
        verdicts: what the tests say of every mutation.

    Returns:
        One fault per change. One that a function holds several times is needed as long as one of
        them survives.
    """
    alive = [verdict.mutation for verdict in verdicts if verdict.killer is None]
    return [
        Fault(REVIEWED, 1, str(rank), f"{entry.function}, {change} : aucun survivant ne le demande")
        for rank, entry in enumerate(entries)
        for change in entry.changes
        if not any(
            entry.model_copy(update={"changes": [change]}).covers(mutation) for mutation in alive
        )
    ]
