"""Which census is in force in a year, and what the package has of it."""

from __future__ import annotations

import functools
from pathlib import Path

import polars

from openfisca_cpts import DOSSIER

CENSUS_AGE = 3
"""Years between a census and the year its population is in force, as INSEE publishes them."""
COUNTED = "pmun"
"""Prefix of the columns of inhabitants: the population municipale of a census."""
DATA = Path(DOSSIER) / "data"


@functools.cache
def communes() -> polars.DataFrame:
    """Read the communes and the arrondissements of today.

    Returns:
        `code`, `nom`, `ville` (code of the city of an arrondissement, else null), `departement`,
        `region` (INSEE codes), `epci` (SIREN, null where there is none), then the inhabitants of
        each census, null where they are not known.
    """
    return polars.read_parquet(DATA / "communes.parquet")


@functools.cache
def former_codes() -> polars.DataFrame:
    """Read the codes that are no commune any more: `code`, `nom`, `nature`, `actuel`."""
    return polars.read_parquet(DATA / "anciens_codes.parquet")


@functools.cache
def epcis() -> polars.DataFrame:
    """Read the intercommunal bodies: `siren`, `nom`, `type`."""
    return polars.read_parquet(DATA / "epci.parquet")


def column(census: int | str) -> str:
    """Name the column of a census."""
    return f"{COUNTED}{census}"


@functools.cache
def censuses() -> tuple[int, ...]:
    """Give the years of the censuses that the package has, in their order."""
    names = (name for name in communes().columns if name.startswith(COUNTED))
    return tuple(int(name.removeprefix(COUNTED)) for name in names)


def census_for(year: int) -> int:
    """Choose the census of a year as the law carries a population over.

    Args:
        year: a calendar year.

    Returns:
        The census in force, that of three years before; without it the nearest earlier one, else
        the nearest later one.
    """
    wanted, known = year - CENSUS_AGE, censuses()
    earlier = [census for census in known if census <= wanted]
    return earlier[-1] if earlier else known[0]


def carried(year: int) -> str:
    """Say what census a year takes, and why it is another than the one in force."""
    census, wanted = census_for(year), year - CENSUS_AGE
    if census == wanted:
        return f"recensement de {census}, en vigueur en {year}"
    return f"recensement de {census} : celui de {wanted}, en vigueur en {year}, n'est pas connu"
