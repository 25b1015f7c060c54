"""An explanation as data: a tree of steps, each with its sum, its figures and its texts."""

from __future__ import annotations

import datetime
from typing import Literal

from openfisca_cpts.outils.loi.citation import Source, Strict, Texte

Valeur = bool | int | float | datetime.date | str | None
"""A value as it is: a choice is its key, « never » is none."""


class Chiffre(Strict):
    """A figure of the law that a step read.

    Attributes:
        parametre: dotted path.
        libelle: what it is.
        taille: the size that it was read for, in words; none for a figure alone.
        valeur: the figure.
        texte: the same in French, with its unit.
        depuis: first day of this value.
        statut: key of its statut.
        sources: the documents it was read in.
        textes: the acts that it rests on in law.
    """

    parametre: str
    libelle: str
    taille: str | None
    valeur: float
    texte: str
    depuis: datetime.date
    statut: str | None
    sources: list[Source]
    textes: list[Texte]


class Terme(Strict):
    """One term of a sum.

    Attributes:
        etape: number of the step that explains it; empty for a figure or a given value.
        libelle: what it is.
        coefficient: what it counts for, below zero where it is taken away.
        facteur: the coefficient in French, without its sign; empty where it is one.
        valeur: the amount, before the coefficient.
        arrondi: the printed coefficient and amount do not give their printed product.
    """

    etape: str
    libelle: str
    coefficient: float
    facteur: str
    valeur: float
    arrondi: bool = False


class Calcul(Strict):
    """How a value follows from others; only claimed where it holds to the cent.

    Attributes:
        texte: the equality in French, from its sign on: « = » where the printed numbers, computed
            then rounded to the cent, give the printed value, « ≈ » where they do not.
        termes: its terms; none for days.
        arrondi: whether the sign is « ≈ ».
    """

    texte: str
    termes: list[Terme] = []
    arrondi: bool = False


class Nul(Strict):
    """Something that counts and is zero, or that was not given."""

    variable: str
    periode: str
    libelle: str
    nature: Literal["donnee", "defaut", "calcul"]


class Etape(Strict):
    """One step: a variable, for a period.

    Attributes:
        numero: place in the tree (« 1.3.2 »); empty for the first, and for what is not explained
            further: given values, and steps explained elsewhere.
        variable: name of the variable.
        periode: period, as openfisca-core writes it.
        libelle: what it is, with its period, in French.
        valeur: the value.
        texte: the same in French.
        nature: « donnee » given, « defaut » not given, « calcul » computed.
        origine: where the value was given: the column of the table, or the key of the situation.
        calcul: how it follows from the steps below.
        regle: what the variable says of itself, in French; where a reform brings another rule, that
            it does.
        articles: the texts that it names; where a reform brings another rule, those of the reform.
        reformes: titles of the reforms that the rule comes from; none where it is that of the law.
        statut: the weakest statut among all the figures it rests on; none where there is none.
        chiffres: the figures of the law that it read itself.
        renvoi: number of the step where the same value is explained.
        nuls: what counts and is zero.
        sans_effet: what was read and changes nothing here, with its value.
        coupe: whether steps below it were left out, by the depth asked for.
        etapes: the steps below.
    """

    numero: str
    variable: str
    periode: str
    libelle: str
    valeur: Valeur
    texte: str
    nature: Literal["donnee", "defaut", "calcul"]
    origine: str | None = None
    calcul: Calcul | None = None
    regle: str | None = None
    articles: list[str] = []
    reformes: list[str] = []
    statut: str | None = None
    chiffres: list[Chiffre] = []
    renvoi: str | None = None
    nuls: list[Nul] = []
    sans_effet: list[str] = []
    coupe: bool = False
    etapes: list[Etape] = []


class Explication(Strict):
    """The explanation of one value of one community.

    Attributes:
        id: identifier of the community.
        nom: its name, where it is given.
        scenario: key of the law: « droit_en_vigueur », or a reform.
        titre: title of the law.
        etape: the value, and the steps below.
        remarques: what the reader should know, in French.
    """

    id: str
    nom: str | None
    scenario: str
    titre: str
    etape: Etape
    remarques: list[str]
