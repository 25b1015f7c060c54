"""Figures, units and statuts of the law, as French writes them."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import yaml

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils import typography
from openfisca_cpts.outils.fichiers.fields import first_day
from openfisca_cpts.outils.typography import MINUS, NONE, SPACE, decimal, long_day, number

EURO = f"{SPACE}€"
STATUTS = {
    "officiel": "officiel",
    "document_public": "document public",
    "presse": "presse",
    "deduit": "déduit",
    "hypothese": "hypothèse",
    "reforme": "réforme",
}
"""How a statut is written in a sentence, from the surest to the weakest."""
STATUT_MEANINGS = {
    "officiel": "lu dans le texte officiel",
    "document_public": "lu dans un document d'une autorité ou d'un organisme professionnel",
    "presse": "lu dans la presse ou sur un site privé",
    "deduit": "calculé à partir de documents, ou lu dans un document plus récent que la date de "
    "la valeur ; le calcul ou la raison est dans la note",
    "hypothese": "supposé, étendu par analogie, ou lu seulement dans une proposition ; la raison "
    "est dans la note",
    "reforme": "écrit par la réforme simulée",
}
"""What each statut means, as the guide for readers says it too."""
NATURES = {
    "texte": "texte officiel",
    "document": "autorité ou organisme professionnel",
    "presse": "presse ou site privé",
    "proposition": "proposition antérieure à la signature",
    "contrat_reel": "contrat réel",
}
"""How the nature of a reference is written in a sentence."""
MONEY = "currency-EUR"
RANK = "index"
ONE_POINT = 0.01


def statut(key: str | None) -> str:
    """Write a statut; a dash where there is none."""
    return NONE if key is None else STATUTS.get(key, key)


def document_date(date: str) -> str:
    """Write the day a document is from as far as it is known: « octobre 2021 »."""
    day = long_day(first_day(date))
    *_, month, year = day.split(SPACE)
    return {len("AAAA"): year, len("AAAA-MM"): f"{month}{SPACE}{year}"}.get(len(date), day)


def weakest(keys: Iterable[str | None]) -> str | None:
    """Give the least sure of some statuts; none where there is none."""
    known = [key for key in keys if key is not None]
    return max(known, key=list(STATUTS).index) if known else None


def money(value: float) -> str:
    """Write an amount to the cent, with its sign of currency."""
    written = decimal(value)
    return f"{MINUS + written[1:] if written.startswith('-') else written}{EURO}"


def share(value: float) -> str:
    """Write a share as a percentage, with the decimals that it has and no more than four."""
    return typography.share(value, ".4f")


def figure(value: float | None, unit: str, cents: bool = False) -> str:
    """Write a figure with its unit.

    Args:
        value: the figure; none where it does not exist.
        unit: name of its unit, one of `units.yaml`.
        cents: show the cents of a whole amount too.

    Returns:
        `1 234 €`, `12,5 %`, `5 ans`, `1 234 habitants`; a dash for none.
    """
    if value is None:
        return NONE
    if is_share(unit):
        return share(value)
    whole = float(value).is_integer()
    if unit == MONEY:
        return f"{number(int(value))}{EURO}" if whole and not cents else money(value)
    digits = number(int(value)) if whole else decimal(value, "g")
    name = "" if unit == RANK else unit_name(unit, value)
    return f"{digits}{SPACE}{name}" if name else digits


def change(value: float, unit: str) -> str:
    """Write a difference; between two shares it is in points, lest it be read as a rate."""
    written = figure(value, unit)
    return (
        written.replace("%", "points" if abs(value) > ONE_POINT else "point")
        if is_share(unit)
        else written
    )


def is_share(unit: str) -> bool:
    """Whether a unit is a share of something, written as a percentage."""
    return bool(_units().get(unit, {}).get("ratio"))


def unit_name(unit: str, value: float) -> str:
    """Give the name of a unit, in the number that the value asks for; empty where it is unknown."""
    entry = _units().get(unit)
    if entry is None:
        return ""
    short = entry["short_label"] if unit == "year" else entry["label"]
    words = short if isinstance(short, str) else short["other" if abs(value) > 1 else "one"]
    return str(words)


@functools.cache
def _units() -> dict[str, Any]:
    entries = yaml.safe_load((DOSSIER / "units.yaml").read_text(encoding="utf-8"))
    return {entry["name"]: entry for entry in entries}
