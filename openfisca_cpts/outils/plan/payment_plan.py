"""Payment plans: of one community, or of several, under the law and under reforms of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openfisca_cpts.outils.indicateurs import read_grid, with_grid
from openfisca_cpts.outils.plan.draft import Draft, Schedule
from openfisca_cpts.outils.plan.span import months_of, read_bounds
from openfisca_cpts.outils.simulation.columns import ID, nearest
from openfisca_cpts.outils.simulation.communities import Communities, check_communities
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.rates import read_rate
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.simulation.request import check_years
from openfisca_cpts.outils.simulation.scenarios import needed_inputs, resolve


def schedule(communautes: Any, identifiant: str | None = None, **asked: Any) -> Schedule:
    """Give the payment plan of one community under one law.

    Args:
        communautes: the table, as for `schedules`.
        identifiant: `id` of the community; may be left out where the table has only one.
        asked: what else `schedules` takes; one reform at most, whose plan is then given.

    Returns:
        The plan.

    Raises:
        RequestError: as `schedules`; the table has several communities and none is named.
        TableError: a fault in the table, whichever the row; all of them are listed.
    """
    named = None if identifiant is None else [identifiant]
    *_, plan = schedules(communautes, named, single=True, **asked)
    return plan


def schedules(
    communautes: Any,
    identifiants: Sequence[str] | None = None,
    *,
    reformes: Any = (),
    settings: Sequence[str] = (),
    premiere: int | str | None = None,
    derniere: int | str | None = None,
    keep: Sequence[str] = (),
    default_rate: float | str | None = None,
    sheet: str | None = None,
    grille: Any = None,
    annee_grille: int | None = None,
    single: bool = False,
) -> list[Schedule]:
    """Give the payment plans of communities, under the law in force and under reforms of it.

    Args:
        communautes: path of a CSV, XLSX or Parquet file, or a polars or pandas frame, as for
            `simulate`.
        identifiants: `id` of each community; every one of the table if none is named.
        reformes: for each scenario, what `scenarios.resolve` takes.
        settings: `path=value@date`, as for `simulate`.
        premiere: first month (`2026-12`), or calendar year; that of the first event of them all
            if none is given.
        derniere: last month, or calendar year; that of the last payment if none is given.
        keep: titles of other columns of the table, which are not read.
        default_rate: rate of achievement of every mission and year that the table gives none for;
            without it, a missing rate pays nothing.
        sheet: name of the sheet of a workbook to read, where several could be meant.
        grille: grid of the indicators of one contract, as `read_grid` reads it, in place of the
            rates of achievement of one exercice.
        annee_grille: calendar year in which that exercice opens.
        single: whether more than one community is refused.

    Returns:
        The plans over the same months: for each community, that of the law in force, then those
        of the reforms.

    Raises:
        RequestError: a month or a rate that cannot be, a reform that is refused or that asks for a
            whole table, a community that is not in the table, or a file that does not exist.
        TableError: a fault in the table, whichever the row; all of them are listed.
    """
    scenarios = resolve(reformes, settings)
    for scenario in scenarios:
        scenario.refuse_unbalanced()
    systems = [scenario.system for scenario in scenarios]
    bounds = read_bounds(premiere, derniere, systems[0])
    rate = None if default_rate is None else read_rate(default_rate, systems[0])
    table = read(communautes, sheet)
    checked = check_communities(table, systems, keep, needed_inputs(scenarios))
    communities = _choose(checked, identifiants, single=single or grille is not None)
    if grille is not None:
        if annee_grille is None:
            raise RequestError("Une grille d'indicateurs demande l'année où son exercice s'ouvre.")
        (year,) = check_years(annee_grille, systems[0])
        communities, _ = with_grid(communities, read_grid(grille, systems[0]), systems[0], year)
    # A plan is read from the trace of its own community: each is computed by itself.
    drafts = [
        Draft.of(scenario, communities.take([rank]), rate)
        for rank in range(communities.identities.height)
        for scenario in scenarios
    ]
    months = _months(drafts, *bounds)
    return [draft.plan(months) for draft in drafts]


def _months(drafts: Sequence[Draft], start: str | None, stop: str | None) -> list[str]:
    """Give the months of all plans: those that are asked for, or from the first event to the last.

    What is asked for on one side alone is kept, even where nothing happens on that side.
    """
    lives = [draft.life for draft in drafts if draft.life]
    asked = [int(month.partition("-")[0]) for month in (start, stop) if month is not None]
    first = min((life.start for life in lives), default=min(asked, default=0))
    last = max((life.stop - 1 for life in lives), default=max(asked, default=-1))
    if start is not None:
        first = asked[0]
    if stop is not None:
        last = asked[-1]
    return months_of(range(first, last + 1), start, stop)


def _choose(
    communities: Communities, identifiers: Sequence[str] | None, *, single: bool
) -> Communities:
    """Take the communities that are named, or all of them."""
    ids = communities.identities[ID].to_list()
    if identifiers is None:
        if (single and len(ids) != 1) or not ids:
            example = f" (par exemple « {ids[0]} »)" if ids else ""
            raise RequestError(
                f"Le tableau a {len(ids)} communautés : en nommer une{example}, ou toutes (--all)."
            )
        return communities
    for identifier in identifiers:
        if identifier not in ids:
            near = nearest(identifier, ids)
            advice = f" (le plus proche : « {near} »)" if near else ""
            raise RequestError(f"Aucune communauté n'a l'identifiant « {identifier} »{advice}.")
    if single and len(identifiers) != 1:
        raise RequestError("Une grille d'indicateurs est celle d'une communauté : en nommer une.")
    return communities.take([ids.index(identifier) for identifier in identifiers])
