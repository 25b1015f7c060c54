"""What each title of a table stands for: an identity, an input of a year or of all, or a fault."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from openfisca_core.parameters import Parameter
from openfisca_core.periods import DateUnit, instant

from openfisca_cpts.outils.simulation.faults import Fault
from openfisca_cpts.outils.spelling import plain, unaccented

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

ID = "id"
NAME = "nom"
ALIASES = {"region": "region_ars"}
OF_A_YEAR = re.compile(r"(?P<name>.+)_(?P<year>[0-9]{4})")
OF_ANOTHER_PERIOD = re.compile(r"(?P<name>.+)_(?:year:)?(?P<year>[0-9]{4})-[0-9]{2}.*")
ENDS_WITH_YEAR = re.compile(r"(?P<name>.*?)[ _-]*(?P<year>(?:19|20)[0-9]{2})")
HORIZON = 100
"""Years after the first of the law that can be asked for: further ones are slips of the key."""
TWICE = "un titre par colonne (celui-ci y est deux fois)"
ADVISED = 200
"""Unknown titles that get a nearest name; a table with more of them is not one of communities."""


@dataclasses.dataclass(frozen=True)
class Titles:
    """What the titles of a table stand for.

    Attributes:
        inputs: rank of the column of each input, by its name and its year (none for all years).
        identities: rank of the columns `id` and `nom`, where they stand.
        kept: rank of each column carried to the output, by its title.
        faults: what is wrong with the titles.
    """

    inputs: dict[tuple[str, int | None], int]
    identities: dict[str, int]
    kept: dict[str, int]
    faults: list[Fault]


def years_of_law(system: TaxBenefitSystem) -> range:
    """Give the years that can be asked for: from the first value of the law, a century."""
    year = instant(min(_days_of_law(system))).year
    return range(year, year + HORIZON + 1)


def last_year_of_law(system: TaxBenefitSystem) -> int:
    """Give the last year from which the law has a value."""
    return instant(max(_days_of_law(system))).year


def _days_of_law(system: TaxBenefitSystem) -> Iterator[str]:
    return (
        value.instant_str
        for parameter in system.parameters.get_descendants()
        if isinstance(parameter, Parameter)
        for value in parameter.values_list
    )


def inputs(*systems: TaxBenefitSystem) -> dict[str, Variable]:
    """Give the inputs of a community, by their name; a reform may add some to those of the law."""
    return {
        name: variable
        for system in reversed(systems)
        for name, variable in system.variables.items()
        if variable.is_input_variable() and variable.entity.is_person
    }


EVERY = "*"
"""Stands, among the columns to keep, for all that are read as nothing."""


def nearest(name: str, names: Collection[str]) -> str:
    """Give the nearest of some names, or nothing; case, accents and spaces do not count."""
    found = difflib.get_close_matches(re.sub(r"[\s-]+", "_", unaccented(name)), names, n=1)
    return found[0] if found else ""


def expanded(
    keep: Collection[str], titles: Sequence[str], systems: Sequence[TaxBenefitSystem]
) -> tuple[list[str], dict[str, str]]:
    """Give the columns to keep, where `*` stands for every one that is read as nothing.

    Args:
        keep: titles, or `*`.
        titles: titles of the table.
        systems: the law, then its reforms.

    Returns:
        The titles; and for those that `*` stands for, the nearest title that would be read, where
        one is near: a slip of the hand must not pass for a column of one's own.
    """
    if EVERY not in keep:
        return list(keep), {}
    known = inputs(*systems)
    computed = {name for system in systems for name in system.variables}
    own = []
    for title in titles:
        name, _ = _split(_meant(title, known), known)
        match = OF_A_YEAR.fullmatch(title) or OF_ANOTHER_PERIOD.fullmatch(title)
        base = match["name"] if match else name
        if title and not {name, base} & {ID, NAME, *known, *computed}:
            own.append(title)
    near = {title: found for title in own if (found := _nearest_title(title, known))}
    return list(dict.fromkeys([*(title for title in keep if title != EVERY), *own])), near


def recognise(
    titles: Sequence[str],
    systems: Sequence[TaxBenefitSystem],
    keep: Collection[str],
    row: int = 1,
) -> Titles:
    """Say what each title stands for; case, accents, spaces and hyphens do not count.

    Args:
        titles: titles of the columns, in their order.
        systems: the law, then its reforms; the inputs of any of them are the known titles.
        keep: titles of the columns to carry to the output, as they are written.
        row: row of the file that the titles stand on.

    Returns:
        The columns by what they stand for, and the faults: a title that is missing, unknown (with
        the nearest name), given twice, of a wrong period, or of a computed variable.
    """
    known = inputs(*systems)
    years = years_of_law(systems[0])
    found: dict[tuple[str, int | None], int] = {}
    identities: dict[str, int] = {}
    faults = [
        Fault(_column_like(title, titles), row=row, column=title)
        for title in keep
        if title not in titles
    ]
    seen: set[str] = set()
    unknown = 0
    for rank, title in enumerate(titles):
        meant = _meant(title, known)
        name, year = _split(meant, known)
        only_kept = title in keep and meant != title and meant in titles
        if title in seen:
            faults.append(
                Fault("un titre par colonne (celui-ci y est deux fois)", row, None, title)
            )
        elif meant in (ID, NAME) and not only_kept:
            if meant in identities:
                faults.append(Fault(f"une seule colonne « {meant} »", row, column=title))
            identities.setdefault(meant, rank)
        elif name in known and (year is None or year in years) and not only_kept:
            if (name, year) in found:
                faults.append(Fault(f"une seule colonne pour « {name} »", row, column=title))
            found[name, year] = rank
        elif title not in keep:
            unknown += 1
            advice = _advice(meant, known, systems[0], with_nearest=unknown <= ADVISED)
            faults.append(Fault(advice, row=row, column=title))
        seen.add(title)
    if ID not in identities:
        faults.append(Fault("une colonne « id », qui identifie chaque communauté", row=row))
    kept = {title: titles.index(title) for title in keep if title in titles}
    for identity in (ID, NAME):
        kept.pop(identity, None)
    return Titles(found, identities, kept, faults)


def _meant(title: str, known: dict[str, Variable]) -> str:
    """Give the title that is meant by one written otherwise: « Population 2024 »."""
    if _is_known(title, known):
        return title
    meant = plain(title, "_")
    return meant if _is_known(meant, known) else title


def _is_known(title: str, known: dict[str, Variable]) -> bool:
    return title in (ID, NAME) or _split(title, known)[0] in known


def _split(title: str, known: dict[str, Variable]) -> tuple[str, int | None]:
    """Split a title into the name of an input and its year."""
    name = ALIASES.get(title, title)
    match = OF_A_YEAR.fullmatch(title)
    if name in known or match is None:
        return name, None
    variable = known.get(match["name"])
    if variable is None or variable.definition_period != DateUnit.YEAR:
        return name, None
    return match["name"], int(match["year"])


def _advice(
    title: str, known: dict[str, Variable], system: TaxBenefitSystem, with_nearest: bool
) -> str:
    """Say what should stand instead of a title that is not known."""
    if not title:
        return "un titre au-dessus de chaque colonne remplie"
    match = OF_A_YEAR.fullmatch(title)
    base = match["name"] if match else title
    name = title if title in system.variables else ALIASES.get(base, base)
    if name in known and known[name].definition_period == DateUnit.YEAR:
        years = years_of_law(system)
        return f"une année de {years[0]} à {years[-1]}"
    if name in known:
        return f"« {base} », qui ne dépend pas de l'année"
    if name in system.variables:
        return "une donnée : cette variable se calcule et ne se donne pas"
    other = OF_ANOTHER_PERIOD.fullmatch(title)
    if other and other["name"] in known:
        return f"« {other['name']}_{other['year']} », car une donnée se donne par année civile"
    near = _nearest_title(title, known) if with_nearest else ""
    return f"« {near} »" if near else "une colonne connue, ou citée par --keep"


def _nearest_title(title: str, known: dict[str, Variable]) -> str:
    near = nearest(title, [ID, NAME, *ALIASES, *known])
    match = ENDS_WITH_YEAR.fullmatch(title)
    base = nearest(match["name"], known) if match else ""
    if match and base and known[base].definition_period == DateUnit.YEAR:
        return f"{base}_{match['year']}"
    return near


def _column_like(title: str, titles: Sequence[str]) -> str:
    near = difflib.get_close_matches(title, titles, n=1)
    return "une colonne du tableau" + (f", « {near[0]} »" if near else " (--keep)")
