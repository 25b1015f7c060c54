"""The fields of a file: each reads a scalar as it is written, or refuses it in French."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, HttpUrl, ValidationInfo
from pydantic_core import PydanticCustomError

from openfisca_cpts.outils.fichiers import notes
from openfisca_cpts.outils.fichiers.files import Scalar
from openfisca_cpts.outils.fichiers.findings import nearest

Status = Literal["officiel", "document_public", "presse", "deduit", "hypothese"]
Nature = Literal["texte", "document", "presse", "proposition", "contrat_reel"]
"""What a reference is: the official text itself, or what was read in its stead."""
ActNature = Literal[
    "loi", "ordonnance", "decret", "arrete", "accord", "avenant", "contrat_type", "code"
]

REFUSAL = "refus"
YAML_TEXT = "tag:yaml.org,2002:str"
YAML_NULL = "tag:yaml.org,2002:null"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
DOCUMENT_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)


def refuse(message: str) -> PydanticCustomError:
    """Make the error of a refused field.

    Args:
        message: what is wrong, in French.

    Returns:
        The error to raise; its message stands in its context, where braces are left alone.
    """
    return PydanticCustomError(REFUSAL, "{message}", {"message": message})


def _text(value: Any) -> str:
    if not isinstance(value, Scalar):
        raise refuse("un texte est attendu")
    if value.tag != YAML_TEXT:
        raise refuse(f"« {value.text} » n'est pas un texte : le mettre entre guillemets")
    if not value.text.strip():
        raise refuse("le texte est vide")
    return value.text


def _day(value: Any) -> datetime.date:
    text = value.text if isinstance(value, Scalar) else value
    if not isinstance(text, str):
        raise refuse("une date AAAA-MM-JJ est attendue")
    if not ISO_DAY.fullmatch(text):
        raise refuse(f"« {text} » n'est pas une date AAAA-MM-JJ")
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise refuse(f"« {text} » n'existe pas dans le calendrier") from None


def _number(value: Any) -> Fraction | None:
    if not isinstance(value, Scalar):
        raise refuse("un nombre simple est attendu")
    if value.tag == YAML_NULL:
        return None
    if value.plain and PLAIN_NUMBER.fullmatch(value.text):
        return Fraction(value.text)
    plain = re.sub(f"[_{notes.SPACES}]", "", value.text).replace(",", ".")
    advice = f" ; écrire {plain}" if PLAIN_NUMBER.fullmatch(plain) else ""
    written = value.text if value.plain else f'"{value.text}"'
    raise refuse(f"« {written} » n'est pas un nombre simple (chiffres et point){advice}")


def _one_of(words: Collection[str], unknown: str) -> Callable[[Any], str]:
    """Make the reader of a word of a list; `unknown` says in French that it is not there."""

    def read(value: Any) -> str:
        text = _text(value)
        if text not in words:
            raise refuse(unknown.format(text) + nearest(text, words))
        return text

    return read


def _known(key: str, unknown: str) -> Callable[[Any, ValidationInfo], str]:
    """Make the reader of a name that another file declares; any, where that file is refused."""

    def read(value: Any, info: ValidationInfo) -> str:
        known: Collection[str] | None = (info.context or {})[key]
        return _text(value) if known is None else _one_of(known, unknown)(value)

    return read


def _document_date(value: Any) -> str:
    text = _text(value)
    if not DOCUMENT_DATE.fullmatch(text):
        raise refuse(f"« {text} » n'est pas une date AAAA, AAAA-MM ou AAAA-MM-JJ")
    try:
        first_day(text)
    except ValueError:
        raise refuse(f"« {text} » n'existe pas dans le calendrier") from None
    return text


def first_day(document_date: str) -> datetime.date:
    """Give the first day that the date of a document can mean.

    Args:
        document_date: `AAAA`, `AAAA-MM` or `AAAA-MM-JJ`.

    Returns:
        The day: of « 2023 », 1 January 2023.

    Raises:
        ValueError: it is not a day of the calendar.
    """
    year, *rest = map(int, document_date.split("-"))
    month, day, *_ = (*rest, 1, 1)
    return datetime.date(year, month, day)


def _bool(value: Any) -> Any:
    return {"true": True, "false": False}.get(value.text) if isinstance(value, Scalar) else value


Text = Annotated[str, BeforeValidator(_text)]
Day = Annotated[datetime.date, BeforeValidator(_day)]
Number = Annotated[Fraction | None, BeforeValidator(_number)]
Link = Annotated[HttpUrl, BeforeValidator(_text)]
StatusName = Annotated[
    Status, BeforeValidator(_one_of(get_args(Status), "le statut « {} » est inconnu"))
]
NatureName = Annotated[
    Nature, BeforeValidator(_one_of(get_args(Nature), "la nature « {} » est inconnue"))
]
ActNatureName = Annotated[
    ActNature, BeforeValidator(_one_of(get_args(ActNature), "la nature « {} » est inconnue"))
]
DocumentDate = Annotated[str, BeforeValidator(_document_date)]
UnitName = Annotated[
    str, BeforeValidator(_known("units", "l'unité « {} » n'est pas dans units.yaml"))
]
ActName = Annotated[str, BeforeValidator(_known("acts", "« {} » n'est pas dans textes.yaml"))]
Flag = Annotated[bool, BeforeValidator(_bool)]
