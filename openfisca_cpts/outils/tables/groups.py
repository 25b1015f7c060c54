"""What communities are put together by, and how each group is named in French."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.tables.sizes import size_title
from openfisca_cpts.outils.typography import NONE

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

SIZE, REGION = "taille", "region_ars"
WORDS = {SIZE: "taille", REGION: "région"}
"""What a group is called, where it is no kept column of the table."""


def heading(column: str) -> str:
    """Give the heading of a column of groups."""
    return WORDS[column].capitalize() if column in WORDS else column


def titles(study: Study, column: str, keys: polars.Series) -> polars.Series:
    """Name each group in French.

    Args:
        study: the study.
        column: the column of its rows that makes the groups.
        keys: the group of each row, as the rows have it.

    Returns:
        The names, in the same order: « taille 2 », « Île-de-France », or what the table holds.
    """
    texts = keys.cast(polars.String).fill_null(NONE)
    if column == SIZE:
        return polars.Series(column, [size_title(text) for text in texts], polars.String)
    variable = study.scenarios[0].system.variables.get(column)
    values = getattr(variable, "possible_values", None)
    if values is None:
        return texts.alias(column)
    names = [values[text].value if text in values.__members__ else text for text in texts]
    return polars.Series(column, [name.partition(" (")[0] for name in names], polars.String)
