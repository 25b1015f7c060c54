"""The strict schema of the parameter files, of the folders' `index.yaml` and of `units.yaml`."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from openfisca_cpts.outils.fichiers import notes
from openfisca_cpts.outils.fichiers.fields import (
    REFUSAL,
    ActName,
    Day,
    DocumentDate,
    Flag,
    Link,
    NatureName,
    Number,
    StatusName,
    Text,
    UnitName,
    refuse,
)
from openfisca_cpts.outils.fichiers.files import Document, Scalar
from openfisca_cpts.outils.fichiers.findings import Fault, nearest
from openfisca_cpts.outils.typography import long_day

SIZES = ("taille_1", "taille_2", "taille_3", "taille_4")
MESSAGES = {
    "missing": "la clé est obligatoire, elle manque",
    "model_type": "une table de clés est attendue",
    "dict_type": "une table de clés est attendue",
    "list_type": "une liste est attendue",
    "too_short": "au moins un élément est attendu",
    "url_parsing": "ce n'est pas une adresse web",
    "url_scheme": "une adresse web commence par http:// ou https://",
    "bool_type": "« true » ou « false » est attendu",
}


def _alone(value: Any) -> Any:
    return [value] if isinstance(value, Scalar) else value


def _invariable(value: Any) -> Any:
    return {"one": value, "other": value} if isinstance(value, Scalar) else value


Acts = Annotated[list[ActName], Field(min_length=1), BeforeValidator(_alone)]
"""One key of `textes.yaml`, or a list of them."""


class Strict(BaseModel):
    """A table whose keys are all known."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Cited(Strict):
    """A document: what it is, and the words that show something.

    Attributes:
        title: its title.
        href: its address.
        note: the words, or the computation.
        nature: whether it is the official text, a document, the press…
        document_date: the day it is from: `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`.
    """

    title: Text
    href: Link | None = None
    note: Text | None = None
    nature: NatureName | None = None
    document_date: DocumentDate | None = None


class Reference(Cited):
    """Where a figure was read; the note shows the figure or the computation that yields it.

    Attributes:
        date_effet: the words of the document that state the day from which the figure holds.
    """

    nature: NatureName
    date_effet: Text | None = None

    def stated_fault(self, day: datetime.date) -> str:
        """Say why the words of the document do not state a day.

        Args:
            day: the day from which the value holds, or the act has effect.

        Returns:
            What is wrong, in French; nothing where they state it, or are not given.
        """
        words = self.date_effet
        if words is None:
            return ""
        if not notes.quoted(words):
            return f"date_effet ne cite pas le document entre « » : {words}"
        said = sorted(notes.days(notes.quoted(words)))
        if day in said:
            return ""
        near = f" ; il dit le {' et le '.join(map(long_day, said))}" if said else ""
        return f"date_effet ne dit pas le {long_day(day)}{near}"


class Sources(Strict):
    """What stands for each date of value.

    Attributes:
        reference: what was read.
        official_journal_date: day of the official journal.
        statut: how sure the value is.
        texte: the acts that the value rests on in law, read or not: keys of `textes.yaml`.
    """

    reference: dict[Day, Annotated[list[Reference], Field(min_length=1)]] = {}
    official_journal_date: dict[Day, Day] = {}
    statut: dict[Day, StatusName] = {}
    texte: dict[Day, Acts] = {}


class SizeMetadata(Sources):
    """Metadata of one size, where they differ from those of its file."""

    last_value_still_valid_on: Day | None = None


class Metadata(Sources):
    """Metadata of a parameter file."""

    short_label: Text
    unit: UnitName | None = None
    last_value_still_valid_on: Day


class Value(Strict):
    """The value from one date on; none ends the parameter."""

    value: Number


Values = Annotated[dict[Day, Value], Field(min_length=1)]


class Size(Strict):
    """The amounts of one size of community."""

    description: Text | None = None
    metadata: SizeMetadata = SizeMetadata()
    values: Values


class Parameter(Strict):
    """A parameter file: one series of values, or one for each of the four sizes."""

    description: Text | None = None
    documentation: Text | None = None
    metadata: Metadata
    values: Values | None = None
    taille_1: Size | None = None
    taille_2: Size | None = None
    taille_3: Size | None = None
    taille_4: Size | None = None

    @property
    def sizes(self) -> dict[str, Size]:
        """The sizes that the file holds, by their key."""
        return {key: getattr(self, key) for key in SIZES if getattr(self, key) is not None}

    @model_validator(mode="after")
    def _one_shape(self) -> Parameter:
        missing = [key for key in SIZES if key not in self.sizes]
        if self.values is None and missing:
            wanted = "il manque « values »" if not self.sizes else f"il manque {', '.join(missing)}"
            raise refuse(wanted)
        if self.values is not None and self.sizes:
            raise refuse("« values » et les tailles s'excluent")
        if len({min(size.values) for size in self.sizes.values()}) > 1:
            # A table is read whole at a date: a size that starts later makes the others unreadable.
            raise refuse("les quatre tailles ne commencent pas le même jour")
        return self


class IndexMetadata(Strict):
    """Metadata of a folder."""

    short_label: Text
    order: list[Text]
    mission: Any = None  # checked against the folder, as the package checks it when it loads


class Index(Strict):
    """The `index.yaml` of a folder."""

    description: Text
    documentation: Text
    metadata: IndexMetadata


class Plural(Strict):
    """A name that changes with the number."""

    one: Text
    other: Text


class Unit(Strict):
    """A unit of `units.yaml`."""

    name: Text
    label: Annotated[Plural, BeforeValidator(_invariable)]
    short_label: Annotated[Plural, BeforeValidator(_invariable)]
    ratio: Flag = False

    @property
    def words(self) -> set[str]:
        """The words that follow a number of this unit in a French text."""
        names = (self.label.one, self.label.other, self.short_label.one, self.short_label.other)
        return {name.lower().rstrip(".") for name in names}


Units = TypeAdapter(list[Unit])
KNOWN_KEYS = sorted(
    {
        key
        for model in (Parameter, Metadata, Reference, Value, IndexMetadata, Unit, Plural)
        for key in model.model_fields
    }
)

T = TypeVar("T")


def validate(
    adapter: TypeAdapter[T],
    document: Document,
    units: Collection[str] = (),
    keys: Collection[str] = KNOWN_KEYS,
    acts: Collection[str] | None = None,
) -> T | None:
    """Hold one document against its schema; faults are added to the document's own.

    Args:
        adapter: the schema.
        document: a document that could be read.
        units: names of the known units.
        keys: the keys among which the nearest to an unknown one is looked for.
        acts: keys of the known acts; none where their register is refused.

    Returns:
        The document in the types of the schema; none where it was refused.
    """
    try:
        return adapter.validate_python(document.data, context={"units": units, "acts": acts})
    except ValidationError as refusal:
        document.faults += [_fault(document, error, keys) for error in refusal.errors()]
        return None


def _fault(document: Document, error: Any, keys: Collection[str]) -> Fault:
    place = [step for step in error["loc"] if step != "[key]"]
    if error["type"] == REFUSAL:
        message = error["ctx"]["message"]
    elif error["type"] == "extra_forbidden":
        message = f"la clé « {place[-1]} » est inconnue{nearest(str(place[-1]), keys)}"
    else:
        message = MESSAGES.get(error["type"], "la valeur n'est pas admise")
    return document.fault(place, message)
