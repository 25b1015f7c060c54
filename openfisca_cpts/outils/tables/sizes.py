"""The sizes of communities, as a page names them; a reform may have sizes of its own."""

from __future__ import annotations

from collections.abc import Iterable

UNKNOWN = "indeterminee"
"""Key of the size of a community whose population is not known."""


def size_title(size: str) -> str:
    """Name a size: `taille 2`, `taille indéterminée`."""
    return "taille indéterminée" if size == UNKNOWN else size.replace("_", " ")


def sizes_of(column: Iterable[str]) -> list[str]:
    """Give the sizes of some communities, each once, in their order, the unknown one last."""
    return sorted(set(column), key=lambda size: (size == UNKNOWN, size))
