"""Every table of a study, in the order of a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.tables import (
    anniversaries,
    before_after,
    changes,
    coefficients,
    conventions,
    missing,
    movements,
    panel,
    statuts,
    totals,
)
from openfisca_cpts.outils.tables.groups import REGION, SIZE

if TYPE_CHECKING:
    from openfisca_cpts.outils.loi.differences import Difference
    from openfisca_cpts.outils.simulation.studies import Study
    from openfisca_cpts.outils.tables.described import Table


def tables(
    study: Study,
    by: Sequence[str] = (),
    differences: Mapping[str, Sequence[Difference]] = {},
    cases: Sequence[str] = (),
) -> dict[str, Table]:
    """Describe what a study shows.

    Args:
        study: the study, with the variables of `study_tables.SHOWN_VARIABLES`.
        by: columns to break the totals down by.
        differences: the parameters that each reform changes, by the name of its scenario.
        cases: identifiers of communities to show beside the totals.

    Returns:
        The tables that make sense for it, by their keys.
    """
    return {table.key: table for table in _tables(study, by, differences, cases)}


def _tables(
    study: Study,
    by: Sequence[str],
    differences: Mapping[str, Sequence[Difference]],
    cases: Sequence[str],
) -> Iterator[Table]:
    reformed = len(study.scenarios) > 1
    whole = totals.totals(study)
    yield whole
    if not reformed and not by:
        yield totals.by_size(study, whole)
    yield before_after.by_group(study, SIZE, whole)
    if _several_regions(study):
        yield before_after.by_group(study, REGION, whole)
    if cases:
        yield before_after.cases(study, cases, whole)
    yield panel.what_counts(study, whole)
    yield panel.in_euros(study, whole)
    yield missing.missing(study)
    if by:
        yield totals.totals(study, by, None if reformed else whole)
    yield from anniversaries.history(study)
    if reformed:
        yield movements.winners(study, whole.amounts or {})
        resized = movements.sizes(study)
        if resized.rows.height:
            yield resized
        yield changes.changes(study, differences)
    if study.coefficients.height:
        yield coefficients.coefficients(study)
    if study.ranges is not None:
        yield conventions.by_convention(study)
        yield conventions.spans(study)
        if reformed:
            yield conventions.costs(study)
    yield before_after.by_community(study, whole)
    yield statuts.statuts(study)
    yield statuts.register()


def _several_regions(study: Study) -> bool:
    """Say whether the communities are of more than one region: one alone is the whole."""
    found = study.rows.select(polars.col(REGION).n_unique()).collect()
    return found.item() > 1
