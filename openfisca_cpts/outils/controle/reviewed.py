"""The reviewed lists of mutants that no test can notice: how they are read, and asked."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from pydantic import TypeAdapter

from openfisca_cpts.outils.fichiers import files, schema
from openfisca_cpts.outils.fichiers.findings import Fault


class Entry(Protocol):
    """Some mutants, and why no test notices them."""

    reason: str

    def covers(self, mutation: Any) -> bool:
        """Whether a mutation is one of them."""
        ...


Read = TypeVar("Read", bound=schema.Strict)


def read(root: Path, file: str, kind: type[Read]) -> tuple[list[Read], list[Fault]]:
    """Read a list of a package.

    Args:
        root: folder of the package, or of a copy; a copy may have none.
        file: path of the list inside the package.
        kind: what an entry is.

    Returns:
        The entries, and the faults of the file.
    """
    if not (root / file).is_file():
        return [], []
    document = files.read(root, root / file)
    if document.faults:
        return [], document.faults
    entries = schema.validate(TypeAdapter(list[kind]), document)  # type: ignore[valid-type]
    return entries or [], document.faults


def reason(mutation: Any, entries: Iterable[Entry]) -> str | None:
    """Give why no test notices a mutation; none where the list does not say."""
    return next((entry.reason for entry in entries if entry.covers(mutation)), None)
