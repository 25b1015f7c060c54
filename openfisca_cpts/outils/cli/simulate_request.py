"""The options of `simulate`, read and checked before anything is computed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from openfisca_cpts.outils.simulation import RequestError
from openfisca_cpts.outils.simulation.columns import ALIASES, EVERY, nearest
from openfisca_cpts.outils.simulation.named_reforms import FILES, PLUS
from openfisca_cpts.outils.simulation.record import Option
from openfisca_cpts.outils.simulation.study_tables import SHOWN_VARIABLES

GROUPS = ("taille", "region")
"""What totals can be broken down by, besides the kept columns."""


def amount(word: str) -> float:
    """Read an amount as an option holds it: `170e6`, `170000000`, `170 000 000`, `0,5`."""
    try:
        return float("".join(word.split()).replace(",", "."))
    except ValueError:
        raise typer.BadParameter(
            f"« {word} » n'est pas un montant (par exemple 170e6 ou 170 000 000)."
        ) from None


def groups(by: Sequence[str], kept: Sequence[str]) -> list[str]:
    """Check what totals are broken down by; nothing is known of it where `*` keeps columns."""
    if EVERY in kept:
        return list(dict.fromkeys(by))
    known = [*GROUPS, *ALIASES.values(), *kept]
    for name in by:
        if name not in known:
            near = nearest(name, known)
            advice = f" (la plus proche : « {near} »)" if near else ""
            raise RequestError(
                f"« --by {name} »{advice} : attendu, taille, region ou une colonne gardée (--keep)."
            )
    return list(dict.fromkeys(name if name in kept else ALIASES.get(name, name) for name in by))


def question(
    dial: str | None,
    target: float | None,
    target_year: int | None,
    last: int,
    paid: bool,
    equal: bool,
) -> dict[str, Any]:
    """Give the options of a search, all of them or none."""
    if dial is None and target is None and target_year is None and not (paid or equal):
        return {}
    if dial is None or target is None:
        raise RequestError("--solve (un chemin) et --target (un montant) se donnent ensemble.")
    return {
        "--solve": dial,
        "--target": target,
        "--year": target_year or last,
        "--paid": paid,
        "--equal": equal,
    }


def options(given: dict[str, Any]) -> dict[str, Option]:
    """Keep the options that were given."""
    return {name: value for name, value in given.items() if value not in (None, False, [])}


def without_folder(word: str) -> str:
    """Write a reform without the folders that its files, or its own folder, stand in."""
    parts = [word] if Path(word).is_file() else word.split(PLUS)
    names = (part.strip() for part in parts)
    return PLUS.join(
        Path(part).name if part.lower().endswith(FILES) or Path(part).is_dir() else part
        for part in names
    )


def added(wanted: Sequence[str], kept: Sequence[str]) -> list[str]:
    """Name the variables that the tables read, besides those that are asked for."""
    kept_inputs = [name for name in kept if name in ALIASES.values()]
    return [name for name in SHOWN_VARIABLES if name not in (*wanted, *kept_inputs)]
