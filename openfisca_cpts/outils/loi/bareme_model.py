"""The scale as a table: its sections, its lines, a figure per size, each with its sources."""

from __future__ import annotations

import datetime

from openfisca_cpts.outils.loi.citation import Source, Strict, Texte


class Chiffre(Strict):
    """One figure of a line.

    Attributes:
        colonne: key of the column; none for a figure that is the same for all.
        valeur: the figure, in the unit of its line.
        texte: the same in French, with its unit.
        parametre: dotted path; none for a computed total.
        depuis: first day of the value.
        statut: key of its statut.
        sources: the documents it was read in.
        textes: the acts that it rests on in law.
    """

    colonne: str | None
    valeur: float
    texte: str
    parametre: str | None = None
    depuis: datetime.date | None = None
    statut: str | None = None
    sources: list[Source] = []
    textes: list[Texte] = []


class Ligne(Strict):
    """One line of the scale.

    Attributes:
        libelle: short name.
        description: what it is, in one sentence.
        unite: name of the unit.
        retrait: whether it is a part of the line above.
        variable: name of the variable that computed it; none for figures as the law writes them.
        chiffres: one per size, or a single one.
    """

    libelle: str
    description: str
    unite: str
    retrait: bool = False
    variable: str | None = None
    chiffres: list[Chiffre]


class Section(Strict):
    """Lines that go together."""

    titre: str
    lignes: list[Ligne]


class Colonne(Strict):
    """One size, or one population.

    Attributes:
        cle: key of the column; that of the size where the column is one.
        libelle: name of the size.
        taille: key of the size.
        population: which populations the column stands for.
        population_du_calcul: the one that it is computed for.
    """

    cle: str
    libelle: str
    taille: str
    population: str
    population_du_calcul: int


class Bareme(Strict):
    """The scale at a date.

    Attributes:
        date: the day.
        scenario: « Droit en vigueur », or the title of a reform.
        colonnes: the sizes.
        sections: lines with a column per size.
        autres: lines with a single figure.
        remarques: what the reader should know, in French.
    """

    date: datetime.date
    scenario: str
    colonnes: list[Colonne]
    sections: list[Section]
    autres: list[Section]
    remarques: list[str]
