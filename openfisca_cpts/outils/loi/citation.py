"""Where a figure was read, and the act it rests on in law, as the pages for lawyers cite them.

They are two fields: a slide that gives an amount is not the act that sets it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import pydantic

from openfisca_cpts.outils.fichiers import acts
from openfisca_cpts.outils.loi import words
from openfisca_cpts.outils.loi.leaves import Leaf
from openfisca_cpts.outils.typography import long_day

OFFICIAL = "texte"


class Strict(pydantic.BaseModel):
    """A table whose keys are all known."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class Source(Strict):
    """Where a figure was read.

    Attributes:
        titre: title of the document.
        adresse: its address.
        note: the words that show the figure, or the computation that gives it.
        nature: key of what it is; none for what a reform cites.
        date: the day it is from, as far as it is known: `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`.
        date_effet: its words that state the day from which the figure holds.
    """

    titre: str
    adresse: str | None = None
    note: str | None = None
    nature: str | None = None
    date: str | None = None
    date_effet: str | None = None

    @property
    def phrase(self) -> str:
        """What was read, of what nature and when, then note and address, in one line."""
        about = [words.NATURES[self.nature]] if self.nature else []
        about += [words.document_date(self.date)] if self.date else []
        title = f"{read_as(self.nature)}{self.titre}" + (f" ({', '.join(about)})" if about else "")
        parts = (title, self.note, self.date_effet, self.adresse)
        return " — ".join(part for part in parts if part)


class Texte(Strict):
    """The act that a figure rests on in law.

    Attributes:
        cle: its key in `textes.yaml`.
        titre: its title.
        lecture: « lu », « lu en partie » or « non lu ».
        lu: what was read of it.
        non_lu: what was not.
        publication: the day it was published.
        journal: where, in words.
        effet: the day from which it has effect.
        effet_limite: what that day does not prove.
        adresse: its address.
    """

    cle: str
    titre: str
    lecture: str
    lu: str
    non_lu: str
    publication: datetime.date | None
    journal: str | None
    effet: datetime.date | None
    effet_limite: str | None
    adresse: str

    @property
    def phrase(self) -> str:
        """Whether it was read, its title and its days, in one line."""
        parts = [self.titre]
        if self.publication is not None:
            where = f" ({self.journal})" if self.journal else ""
            parts.append(f"publié le {long_day(self.publication)}{where}")
        if self.effet is not None:
            parts.append(f"en vigueur le {long_day(self.effet)}")
        return f"Texte de droit ({self.lecture}) : {', '.join(parts)} — {self.adresse}"


def read_as(nature: str | None) -> str:
    """Say what was read, before its title; nothing for what a reform cites."""
    if nature is None:
        return ""
    return "Texte lu : " if nature == OFFICIAL else "Document lu : "


def sources(leaf: Leaf, day: datetime.date) -> list[Source]:
    """Give the documents of the value that a figure has on a day."""
    return [source(text) for text in leaf.references(day)]


def source(text: dict[str, str]) -> Source:
    """Make a source of what a parameter file says: `title`, `href`, `note`, `nature`…"""
    return Source(
        titre=text["title"],
        adresse=text.get("href"),
        note=text.get("note"),
        nature=text.get("nature"),
        date=text.get("document_date"),
        date_effet=text.get("date_effet"),
    )


def textes(keys: Iterable[str]) -> list[Texte]:
    """Give acts to show, by their keys in the register."""
    return [texte(key) for key in keys]


def texte(key: str) -> Texte:
    """Give one act to show, by its key in the register."""
    act = acts.register()[key]
    return Texte(
        cle=key,
        titre=act.titre,
        lecture=act.reading,
        lu=act.lu,
        non_lu=act.non_lu,
        publication=act.publication,
        journal=act.journal,
        effet=act.effet,
        effet_limite=act.effet_limite,
        adresse=str(act.href),
    )
