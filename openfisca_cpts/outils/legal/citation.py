"""Where a figure was read, as the pages that a lawyer reads cite it."""

from __future__ import annotations

import datetime

import pydantic

from openfisca_cpts.outils.legal.leaves import Leaf


class Strict(pydantic.BaseModel):
    """A table whose keys are all known."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """Where a figure was read: title, address, and the words that show it."""

    titre: str
    adresse: str | None = None
    note: str | None = None

    @property
    def phrase(self) -> str:
        """Title, note and address, in one line."""
        return " — ".join(part for part in (self.titre, self.note, self.adresse) if part)


def sources(leaf: Leaf, day: datetime.date) -> list[Source]:
    """Give the texts of the value that a figure has on a day."""
    return [source(text) for text in leaf.references(day)]


def source(text: dict[str, str]) -> Source:
    """Make a source of what a parameter file says: `title`, `href`, `note`."""
    return Source(titre=text["title"], adresse=text.get("href"), note=text.get("note"))
