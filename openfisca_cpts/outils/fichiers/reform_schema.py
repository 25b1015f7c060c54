"""The schema of a reform file, for its author's editor and for its faults, line by line."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, WithJsonSchema, model_validator

from openfisca_cpts.outils.fichiers.fields import Day, Link, Number, Text, refuse
from openfisca_cpts.outils.fichiers.schema import Strict
from openfisca_cpts.reforms.declarations import NOM
from openfisca_cpts.reforms.tranches import OPERATIONS

JsonDay = Annotated[Day, WithJsonSchema({"type": "string", "format": "date"})]
JsonNumber = Annotated[Number, WithJsonSchema({"type": "number"})]
JsonLink = Annotated[Link, WithJsonSchema({"type": "string", "format": "uri"})]


class Source(Strict):
    """Le texte d'où viennent les chiffres."""

    title: Annotated[Text, Field(description="Titre du texte, avec les mots qui portent l'idée.")]
    href: Annotated[JsonLink | None, Field(description="Adresse du texte.")] = None
    note: Annotated[Text | None, Field(description="Extrait, ou calcul.")] = None


class Change(Strict):
    """Un changement d'un paramètre, sur un intervalle de dates."""

    a_partir_du: Annotated[JsonDay, Field(description="Premier jour.")]
    jusqu_au: Annotated[
        JsonDay | None,
        Field(description="Dernier jour compris ; le droit reprend le lendemain."),
    ] = None
    valeur: Annotated[JsonNumber | None, Field(description="La nouvelle valeur.")] = None
    multiplier: Annotated[
        JsonNumber | None,
        Field(description="Multiplie chaque valeur du droit en vigueur dans l'intervalle."),
    ] = None
    ajouter: Annotated[
        JsonNumber | None,
        Field(description="S'ajoute à chaque valeur du droit en vigueur dans l'intervalle."),
    ] = None

    @model_validator(mode="after")
    def _one_operation(self) -> Change:
        given: list[Fraction | None] = [getattr(self, key) for key in OPERATIONS]
        if sum(number is not None for number in given) != 1:
            raise refuse(f"une seule des clés {', '.join(OPERATIONS)} est attendue, un nombre")
        last: datetime.date | None = self.jusqu_au
        if last is not None and last < self.a_partir_du:
            raise refuse(f"jusqu_au ({last}) vient avant a_partir_du ({self.a_partir_du})")
        return self


class Declaration(Strict):
    """Une réforme du financement des CPTS, pour openfisca-cpts."""

    nom: Annotated[
        Text,
        Field(
            description="Nom du scénario : lettres minuscules, chiffres et « _ ».",
            json_schema_extra={"pattern": f"^{NOM.pattern}$"},
        ),
    ]
    titre: Annotated[Text, Field(description="Une ligne.")]
    description: Annotated[
        Text | None, Field(description="Ce qui change, et ce qui est un réglage.")
    ] = None
    auteur: Annotated[Text | None, Field(description="Qui la propose, ou qui l'a écrite.")] = None
    source: Source
    parametres: Annotated[
        dict[str, Annotated[list[Change], Field(min_length=1)]],
        Field(
            min_length=1,
            description="Chemin du paramètre → changements ; « * » vaut pour un segment.",
        ),
    ]

    @model_validator(mode="after")
    def _known_form(self) -> Declaration:
        if not NOM.fullmatch(self.nom):
            raise refuse(f"nom : lettres minuscules, chiffres et « _ » (reçu « {self.nom} »)")
        return self


Declarations = TypeAdapter(Declaration)
KEYS = sorted({key for model in (Declaration, Source, Change) for key in model.model_fields})


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a reform file.

    Returns:
        The schema, its descriptions in French.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Declaration.model_json_schema(),
    }
