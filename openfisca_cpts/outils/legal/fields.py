"""The fields of a file: each reads a scalar as it is written, or refuses it in French."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, HttpUrl, ValidationInfo
from pydantic_core import PydanticCustomError

from openfisca_cpts.outils.legal import notes
from openfisca_cpts.outils.legal.files import Scalar
from openfisca_cpts.outils.legal.report import nearest

Status = Literal["officiel", "document_public", "presse", "deduit", "hypothese"]

REFUSAL = "refus"
YAML_TEXT = "tag:yaml.org,2002:str"
YAML_NULL = "tag:yaml.org,2002:null"
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
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


def _status(value: Any) -> str:
    text = _text(value)
    if text not in get_args(Status):
        raise refuse(f"le statut « {text} » est inconnu{nearest(text, get_args(Status))}")
    return text


def _unit(value: Any, info: ValidationInfo) -> str:
    name = _text(value)
    known: Collection[str] = (info.context or {})["units"]
    if name not in known:
        raise refuse(f"l'unité « {name} » n'est pas dans units.yaml{nearest(name, known)}")
    return name


def _bool(value: Any) -> Any:
    return {"true": True, "false": False}.get(value.text) if isinstance(value, Scalar) else value


Text = Annotated[str, BeforeValidator(_text)]
Day = Annotated[datetime.date, BeforeValidator(_day)]
Number = Annotated[Fraction | None, BeforeValidator(_number)]
Link = Annotated[HttpUrl, BeforeValidator(_text)]
StatusName = Annotated[Status, BeforeValidator(_status)]
UnitName = Annotated[str, BeforeValidator(_unit)]
Flag = Annotated[bool, BeforeValidator(_bool)]
