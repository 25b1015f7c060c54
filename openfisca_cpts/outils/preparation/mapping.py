"""What each title of a table stands for, and how sure that is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from openfisca_core.periods import DateUnit

from openfisca_cpts.outils.preparation.vocabulary import (
    YEAR,
    core,
    cores,
    known_inputs,
    law,
    missions,
    parts,
    variables,
    within,
    words,
)
from openfisca_cpts.outils.simulation.columns import ID, NAME, recognise
from openfisca_cpts.outils.spelling import plain
from openfisca_cpts.outils.territoires.census import CENSUS_AGE, censuses

COMMUNES, APART, UNKNOWN = "communes", "laissée de côté", "inconnue"
"""What a column may be besides an identity and an input."""
POPULATION, RETAINED = "population", "retenue"
SURE, GUESSED, GIVEN = "compris", "deviné", "donné par --map"
SHORT = 6
"""Letters of a wording that is too short to be told from another one by its likeness."""
CLOSE = 90
"""Likeness, of a hundred, from which a wording is taken for another one."""


@dataclasses.dataclass(frozen=True)
class Meaning:
    """What a title stands for.

    Attributes:
        target: `id`, `nom`, an input, `COMMUNES`, `APART` or `UNKNOWN`.
        year: the year that an input is of; none for one that has none, or for all years.
        how: `SURE`, `GUESSED` or `GIVEN`.
        said: what was understood, where it could be something else.
    """

    target: str
    year: int | None = None
    how: str = SURE
    said: str = ""

    @property
    def column(self) -> str:
        """The title of the column in the table that `simulate` reads."""
        name = "region" if self.target == "region_ars" else self.target
        return name if self.year is None else f"{name}_{self.year}"

    @property
    def is_input(self) -> bool:
        """Whether it is an input of the law."""
        return self.target in known_inputs()


def meaning(title: str, above: str = "", given: Mapping[str, str] | None = None) -> Meaning:
    """Say what a title stands for.

    Args:
        title: the title, as it is written.
        above: the heading that spans it; empty if there is none.
        given: what the user says that some titles stand for.

    Returns:
        Its meaning; `UNKNOWN` where nobody can tell.
    """
    for name, column in (given or {}).items():
        if plain(name) == plain(title):
            return _named(column, GIVEN)
    known = _named(plain(title, "_"), SURE)
    if known.target != UNKNOWN:
        return known
    own = core(title)
    if not own:
        return Meaning(UNKNOWN)
    year = _year(title, above)
    found = _of_law(own, core(above), year, f"{above} {title}")
    if found is not None:
        return found
    for target in (ID, NAME, "laissees", COMMUNES):
        if own in cores(words()[target]):
            return Meaning(APART if target == "laissees" else target)
    return _like(own, year, f"{above} {title}")


def _named(column: str, how: str) -> Meaning:
    """Read the title of a column of `simulate`."""
    if column in (COMMUNES, APART):
        return Meaning(column, how=how)
    titles = recognise([column], [law()], ())
    for (name, year), _ in titles.inputs.items():
        return Meaning(name, year, how)
    for identity in titles.identities:
        return Meaning(identity, how=how)
    return Meaning(UNKNOWN)


def _year(title: str, above: str) -> int | None:
    found = YEAR.findall(title) or YEAR.findall(above)
    return int(found[-1]) if found else None


def _of_law(own: str, above: str, year: int | None, whole: str) -> Meaning | None:
    """Read a title that names an input of the law, alone or under its heading."""
    mission = within(own, missions())
    if own in variables() and not (mission and within(own, parts())):
        return _dated(variables()[own], year, whole, SURE)
    if mission is None:
        return None
    rest = f" {own} ".replace(f" {mission} ", " ").strip()
    part = within(rest, parts()) or within(above, parts())
    leftover = f" {rest} ".replace(f" {part} ", " ").strip() if part else rest
    # « Accès aux soins (SNP) » is another input: what is left over must be nothing.
    if leftover and within(above, parts()) != part:
        return None
    how = SURE if part else GUESSED
    kind = parts()[part] if part else RETAINED
    said = "" if part else "une colonne qui ne nomme que la mission dit si elle est retenue"
    name = f"{missions()[mission]}_{kind}"
    if name not in known_inputs():
        return None
    return dataclasses.replace(_dated(name, year, whole, how), said=said)


def _dated(name: str, year: int | None, whole: str, how: str) -> Meaning:
    """Give an input its year; that of a population may be the year of a census."""
    variable = known_inputs()[name]
    if variable.definition_period != DateUnit.YEAR or year is None:
        return Meaning(name, None, how)
    if name != POPULATION or not within(plain(whole), words()["recensement"]):
        return Meaning(name, year, how)
    if year not in censuses():
        said = f"aucun recensement de {year} : la population de l'année {year}"
        return Meaning(name, year, GUESSED, said)
    said = (
        f"recensement de {year}, en vigueur en {year + CENSUS_AGE} ; si c'est la population de "
        f'l\'année {year} : --map "…={name}_{year}"'
    )
    return Meaning(name, year + CENSUS_AGE, GUESSED, said)


def _like(own: str, year: int | None, whole: str) -> Meaning:
    """Read a title that is nearly one that is known."""
    from rapidfuzz import fuzz, process

    known = dict(variables())
    known |= {core(word): target for target in (ID, NAME, COMMUNES) for word in words()[target]}
    long = [wording for wording in known if len(wording) > SHORT]
    found = process.extractOne(own, long, scorer=fuzz.ratio, score_cutoff=CLOSE)
    if found is None:
        return Meaning(UNKNOWN)
    name = known[found[0]]
    said = f"lu comme « {found[0]} »"
    if name in (ID, NAME, COMMUNES):
        return Meaning(name, None, GUESSED, said)
    return dataclasses.replace(_dated(name, year, whole, GUESSED), said=said)


def known_count(meanings: Iterable[Meaning]) -> int:
    """Count the titles that stand for what a table needs."""
    return sum(each.target not in (UNKNOWN, APART) for each in meanings)
