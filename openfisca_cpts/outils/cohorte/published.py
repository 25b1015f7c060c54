"""The national figures that were published: counts of contracts, sizes, sums paid."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars
import yaml

from openfisca_cpts.outils.fichiers.fields import first_day
from openfisca_cpts.outils.territoires.census import DATA

FILE = Path(__file__).parent / "hypotheses.yaml"
RANGES = ("basse", "centrale", "haute")


@functools.cache
def figures() -> polars.DataFrame:
    """Read the published figures: `date`, `champ`, `indicateur`, `valeur`, `source`, `citation`."""
    return polars.read_csv(DATA / "chiffres_publies.csv", schema_overrides={"date": polars.String})


@functools.cache
def assumptions() -> Mapping[str, Mapping[str, Any]]:
    """Read what a cohort assumes: title, central value, low and high, certainty and source."""
    return {
        key: each for key, each in _file().items() if isinstance(each, dict) and "titre" in each
    }


@functools.cache
def _file() -> Mapping[str, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def _value(indicator: str, date: str | None = None) -> float:
    found = figures().filter(polars.col("indicateur") == indicator)
    if date is not None:
        found = found.filter(polars.col("date") == date)
    return float(found["valeur"].item())


def counts() -> list[tuple[datetime.date, int]]:
    """Give the contracts that were signed by each day, in the order of the days.

    A count of a month is that of its first day.
    """
    return [
        (first_day(str(each["date"])), int(_value(each["indicateur"], str(each["date"]))))
        for each in _file()["comptes"]
    ]


def sizes() -> dict[str, float]:
    """Give the share of each size; they add up to one."""
    shares = {size: _value(indicator) for size, indicator in _file()["tailles"].items()}
    whole = sum(shares.values())
    return {size: share / whole for size, share in shares.items()}


def paid() -> dict[int, float]:
    """Give the sums that were paid in each year, in euros."""
    rows = figures().filter(polars.col("indicateur") == _file()["verse"])
    return {int(date): float(value) for date, value in rows.select("date", "valeur").rows()}
