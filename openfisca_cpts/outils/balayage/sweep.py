"""`sweep`: a grid of values of figures and rates, each computed over a whole table."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars

from openfisca_cpts.outils.balayage.asked import Request
from openfisca_cpts.outils.balayage.bench import FIGURES, Bench, Row
from openfisca_cpts.outils.balayage.dials import Dial, Point, named, points, read_dials
from openfisca_cpts.outils.balayage.kept import Kept
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.request import check_years
from openfisca_cpts.outils.simulation.study_tables import GAP, MEASURES

if TYPE_CHECKING:
    pass

CHUNK = 8
"""Points that one task computes: what they share is computed once for them."""
Progress = Callable[[int, int], None]


@dataclasses.dataclass(frozen=True)
class Sweep:
    """What a sweep found.

    Attributes:
        dials: what was turned.
        years: the calendar years.
        rows: one row per point and year: `point` (its name), the value of each dial, `annee`,
            then for each amount (`financement_annuel`, `versement_annuel`) its total, its
            difference `ecart_…` from the law in force at the same rates (euros), and how many
            communities gain and lose (`gagnantes_…`, `perdantes_…`); `erreur` says in French why a
            point has no figures.
        law: the totals of the law in force: `annee` and the amounts, at the rates of the table.
    """

    dials: tuple[Dial, ...]
    years: tuple[int, ...]
    rows: polars.DataFrame
    law: polars.DataFrame


def sweep(
    communautes: Any,
    annees: int | Iterable[int],
    vary: Sequence[str],
    *,
    reformes: Any = (),
    settings: Sequence[str] = (),
    keep: Sequence[str] = (),
    default_rate: float | str | None = None,
    sheet: str | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    kept: Path | None = None,
    progress: Progress | None = None,
    done: Callable[[polars.DataFrame], object] | None = None,
) -> Sweep:
    """Compute a table for each point of a grid of figures and rates.

    Args:
        communautes: path of a CSV, XLSX or Parquet file, or a polars or pandas frame, as for
            `simulate`.
        annees: calendar years, or one of them.
        vary: the dials, as `dials.read_dials` takes them.
        reformes: one scenario that the figures are turned in, as `scenarios.resolve` takes it.
        settings: `path=value@date`, set before.
        keep: titles of other columns of the table, which are not read.
        default_rate: rate of achievement where the table gives none.
        sheet: name of the sheet of a workbook to read.
        workers: processes that work on it.
        scheduler: address of a Dask cluster that works on it instead (`tcp://…`).
        kept: file that keeps the points that are done, so that a run that is stopped goes on
            where it was; it is removed at the end.
        done: called with the rows before that file is removed, to write them.
        progress: told how many points are done, of how many.

    Returns:
        The points, in the order of the grid; those that were refused say why.

    Raises:
        RequestError: a dial, a year, a reform or a rate that cannot be; a path that no law has; a
            file that does not exist.
        TableError: a fault in the table; all of them are listed.
    """
    dials = tuple(read_dials(vary))
    asked = (reformes,) if isinstance(reformes, (str, Path, dict, type)) else tuple(reformes)
    first = Request(
        *(communautes, (), dials, asked, tuple(settings), tuple(keep), default_rate, sheet)
    )
    bench = Bench(first)  # refuses here what no process could compute
    years = tuple(check_years(annees, bench.law.system))
    request = bench.request = dataclasses.replace(first, years=years)
    every = points(dials)
    store = Kept(kept, request.mark)
    ready = store.read()
    left = [point for point in every if point.rank not in ready]
    chunks = [left[start : start + CHUNK] for start in range(0, len(left), CHUNK)]
    if progress is not None:
        progress(len(ready), len(every))
    with store:
        for found in _computed(bench, chunks, workers, scheduler):
            store.add(found)
            ready |= found
            if progress is not None:
                progress(len(ready), len(every))
    rows = [
        {"point": named(dials, point)}
        | {dial.name: value for dial, value in zip(dials, point.values, strict=True)}
        | row
        for point in every
        for row in ready[point.rank]
    ]
    result = Sweep(dials, years, polars.DataFrame(rows, _schema(dials)), bench.totals_of_law())
    if done is not None:
        done(result.rows)
    store.remove()
    return result


def _computed(
    bench: Bench, chunks: Sequence[list[Point]], workers: int, scheduler: str | None
) -> Iterator[dict[int, list[Row]]]:
    """Give the rows of each chunk as soon as it is done, whichever process did it."""
    if workers == 1 and scheduler is None:
        yield from map(bench.rows, chunks)
        return
    import joblib

    tasks = [joblib.delayed(_in_a_process)(bench.request, chunk) for chunk in chunks]
    if scheduler is None:
        yield from joblib.Parallel(n_jobs=workers, return_as="generator_unordered")(tasks)
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise RequestError(
            "--scheduler demande Dask : pip install « openfisca-cpts[cluster] »."
        ) from error
    try:
        client = Client(scheduler, timeout=CONNECTING)
    except (OSError, ValueError) as error:
        raise RequestError(f"Aucun ordonnanceur Dask ne répond à « {scheduler} ».") from error
    with client, joblib.parallel_config(backend="dask"):
        yield from joblib.Parallel()(tasks)


CONNECTING = "10s"
"""How long a cluster may take to answer."""
_OWN: dict[str, Bench] = {}
"""The bench of a process that works on a sweep: the table is read once in it."""


def _in_a_process(request: Request, chunk: list[Point]) -> dict[int, list[Row]]:
    if request.mark not in _OWN:
        _OWN.clear()
        _OWN[request.mark] = Bench(request)
    return _OWN[request.mark].rows(chunk)


def _schema(dials: Sequence[Dial]) -> dict[str, Any]:
    euros = {
        prefix + name: polars.Float64 if prefix in ("", GAP) else polars.Int64
        for name in MEASURES
        for prefix in FIGURES
    }
    return {
        "point": polars.String,
        **{dial.name: polars.Float64 for dial in dials},
        "annee": polars.Int32,
        **euros,
        "erreur": polars.String,
    }
