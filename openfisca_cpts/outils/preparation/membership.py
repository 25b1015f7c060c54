"""Communities told by their communes: one row per commune, or a list in a cell."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

import polars

from openfisca_cpts.outils.preparation.reading_list import GUESSED, LEFT_OUT, REFUSED, Entry
from openfisca_cpts.outils.territoires.census import CENSUS_AGE, censuses, column
from openfisca_cpts.outils.territoires.identify import identify
from openfisca_cpts.outils.territoires.population import MISSING, count

BETWEEN = re.compile(r"[,;\n/|]+")


@dataclasses.dataclass(frozen=True)
class Peopled:
    """The populations of some communities, by the year that each census is in force.

    Attributes:
        populations: `id`, then `population_N` (inhabitants).
        entries: what became of each word.
        faults: what cannot be, in French.
    """

    populations: polars.DataFrame
    entries: list[Entry]
    faults: list[str]


def people(ids: Sequence[str], cells: Sequence[str | None], places: Sequence[str]) -> Peopled:
    """Sum the inhabitants of communities by their communes.

    Args:
        ids: the community of each cell.
        cells: codes or names of communes, one or several.
        places: where each cell stands.

    Returns:
        The populations at every census, and what was not understood.
    """
    words, owners, whence = [], [], []
    for owner, cell, place in zip(ids, cells, places, strict=True):
        for word in BETWEEN.split(cell or ""):
            if word.strip():
                words.append(word.strip())
                owners.append(owner)
                whence.append(place)
    named = identify(words)
    entries = [
        Entry(whence[rank], word, GUESSED, remark, owners[rank])
        for rank, word, remark in named.remarks.select("rang", "mot", "remarque").rows()
    ]
    known = set(named.communes["rang"].to_list())
    messages = {fault.word: fault.message for fault in named.faults}
    entries += [
        Entry(whence[rank], word, REFUSED, messages.get(word, ""), owners[rank])
        for rank, word in enumerate(words)
        if rank not in known
    ]
    ranks = named.communes["rang"]
    membership = named.communes.select(
        polars.Series("id", [owners[rank] for rank in ranks], polars.String), "code"
    )
    counted = count(membership)
    entries += [Entry("", "", GUESSED, remark) for remark in counted.remarks]
    table = counted.communities
    for census in censuses():
        lacking = table.filter(polars.col(MISSING + column(census)) > 0)
        for owner, some in lacking.select("id", MISSING + column(census)).rows():
            said = (
                f"recensement de {census} : {some} commune(s) sans chiffre, population "
                f"{census + CENSUS_AGE} partielle et laissée vide"
            )
            entries.append(Entry("", "", LEFT_OUT, said, owner))
    columns = [
        polars.when(polars.col(MISSING + column(census)) == 0)
        .then(polars.col(column(census)))
        .alias(f"population_{census + CENSUS_AGE}")
        for census in censuses()
    ]
    return Peopled(table.select("id", *columns), entries, counted.faults)
