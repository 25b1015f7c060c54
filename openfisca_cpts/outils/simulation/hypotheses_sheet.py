"""The sheet of what a table does not give, and what that does to the amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.simulation.hypotheses_words import COLUMNS, notes, rows, sentences
from openfisca_cpts.outils.simulation.sheets import Column, width_of

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

FINDING = list(COLUMNS).index("constat")
"""Place of the column of words, which also holds what is counted by no year."""


def findings(study: Study) -> tuple[Sequence[Column], Sequence[Sequence[Any]]]:
    """Give the counts of what the table of a study does not give.

    Args:
        study: the study.

    Returns:
        The columns, and one row per year and finding, then one per remark on how the table was
        read; a row that says so where nothing is missing.
    """
    counted: list[Sequence[Any]] = list(rows(study.hypotheses))
    reformed = len(study.scenarios) > 1
    said = (
        notes(study.hypotheses, reformed)
        if counted
        else sentences(study.hypotheses, study.years, reformed)
    )
    counted += [
        [*[None] * FINDING, words, *[None] * (len(COLUMNS) - FINDING - 1)] for words in said
    ]
    columns = [
        Column(title, kind, width_of(values) if kind == "texte" else None)
        for (title, kind), values in zip(COLUMNS.values(), zip(*counted, strict=True), strict=True)
    ]
    return columns, counted
