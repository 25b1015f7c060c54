"""The words that tables use, and the terms of the law that they stand for."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.simulation.columns import inputs
from openfisca_cpts.outils.spelling import plain

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

FILE = Path(__file__).parent / "mots.yaml"
YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")


@functools.cache
def law() -> TaxBenefitSystem:
    """Give the law in force, made once: a title is held against it word by word."""
    return CountryTaxBenefitSystem()


@functools.cache
def known_inputs() -> dict[str, Variable]:
    """Give the inputs of the law, by their name."""
    return inputs(law())


@functools.cache
def words() -> Mapping[str, Any]:
    """Read the file of words."""
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def core(title: str) -> str:
    """Give what a title says: no case, accents, brackets, year, articles or signs."""
    kept = plain(YEAR.sub(" ", BRACKETS.sub(" ", title))).split()
    empty = set(words()["vides"])
    return " ".join(word for word in kept if word not in empty) or " ".join(kept)


def cores(names: Iterable[str]) -> list[str]:
    """Give what some names say."""
    return [core(name) for name in names]


@functools.cache
def variables() -> dict[str, str]:
    """Give the input that each wording names, those of missions apart."""
    return {
        core(wording): name
        for name, wordings in words()["variables"].items()
        for wording in (*wordings, name.replace("_", " "))
    }


@functools.cache
def missions() -> dict[str, str]:
    """Give the mission that each wording names; one that the law adds has its own name."""
    found: dict[str, str] = {}
    for mission in declarees(law()):
        usual = words()["missions"].get(mission.cle, ())
        for wording in (*usual, mission.cle.replace("_", " "), mission.nom):
            found[core(wording)] = mission.cle
    return found


@functools.cache
def parts() -> dict[str, str]:
    """Give what of a mission each wording names: its rate, its start, whether it is chosen."""
    return {
        core(wording): part for part, wordings in words()["parties"].items() for wording in wordings
    }


def within(text: str, wordings: Iterable[str]) -> str | None:
    """Find the longest of some wordings that stands in a text, whole words only."""
    padded = f" {text} "
    found = [wording for wording in wordings if wording and f" {wording} " in padded]
    return max(found, key=len, default=None)
