"""`sweep`: a grid of values of figures and rates, each computed over a whole table."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy
import polars

from openfisca_cpts import reforms
from openfisca_cpts.outils.balayage.dials import Dial, Point, named, points, read_dials
from openfisca_cpts.outils.balayage.kept import Kept
from openfisca_cpts.outils.balayage.turned import Amounts, Turned
from openfisca_cpts.outils.simulation.analysis import HALF_A_CENT
from openfisca_cpts.outils.simulation.communities import check_communities
from openfisca_cpts.outils.simulation.engine import batches
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.frames import is_pandas
from openfisca_cpts.outils.simulation.named_reforms import parts_of
from openfisca_cpts.outils.simulation.rates import read_rate, with_rates
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.simulation.record import CODE
from openfisca_cpts.outils.simulation.request import check_years
from openfisca_cpts.outils.simulation.scenarios import Scenario, needed_inputs, resolve
from openfisca_cpts.outils.simulation.study_tables import GAP, MEASURES, MILLIONTHS

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.communities import Communities

CHUNK = 8
"""Points that one task computes: what they share is computed once for them."""
COUNTS = ("gagnantes", "perdantes")
Row = dict[str, Any]
Progress = Callable[[int, int], None]


@dataclasses.dataclass(frozen=True)
class Request:
    """What a sweep is asked for, as every process that works on it needs it.

    Attributes:
        table: path of a file, or a frame.
        years: calendar years.
        dials: what is turned.
        reforms: reforms that it is turned in, as `scenarios.resolve` takes them; one scenario.
        settings: figures that are set before.
        keep: titles of other columns of the table, which are not read.
        default_rate: rate of achievement where the table gives none.
        sheet: name of the sheet of a workbook.
    """

    table: Any
    years: tuple[int, ...]
    dials: tuple[Dial, ...]
    reforms: tuple[Any, ...] = ()
    settings: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    default_rate: float | str | None = None
    sheet: str | None = None

    @functools.cached_property
    def mark(self) -> str:
        """What tells this sweep from any other: the same words over the same bytes."""
        names = [each.name for each in dataclasses.fields(self) if each.name != "table"]
        told = {name: getattr(self, name) for name in names}
        digest = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode())
        for content in _contents((self.table, *self.reforms)):
            digest.update(content)
        return digest.hexdigest()


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
    request = dataclasses.replace(first, years=years)
    bench = dataclasses.replace(bench, request=request)
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


@dataclasses.dataclass
class Bench:
    """A table and a law, ready for any point.

    Attributes:
        request: what is asked for.
    """

    request: Request

    def __post_init__(self) -> None:
        asked = self.request
        scenarios = resolve(list(asked.reforms), asked.settings)
        if len(scenarios[1:]) > 1:
            raise RequestError(
                "Un balayage se fait dans un seul scénario : joindre les réformes par « + »."
            )
        self.law, self.base = scenarios[0], scenarios[-1]
        self.base.refuse_unbalanced()
        self.figures = [
            leaf.name for dial in asked.dials if dial.path for leaf in self.base.figures(dial.path)
        ]
        systems = [scenario.system for scenario in scenarios]
        table = read(asked.table, asked.sheet)
        communities = check_communities(table, systems, asked.keep, needed_inputs(scenarios))
        if asked.default_rate is not None:
            communities = with_rates(communities, read_rate(asked.default_rate, self.law.system))
        self.communities: Communities = communities
        self._single: list[_Batch] = []

    def rows(self, chunk: Sequence[Point]) -> dict[int, list[Row]]:
        """Compute points.

        Args:
            chunk: the points.

        Returns:
            By the rank of each point, one row per year.
        """
        turned: dict[int, Scenario | str] = {point.rank: self._scenario(point) for point in chunk}
        sums: dict[int, numpy.ndarray] = {}
        first = next((one for one in turned.values() if not isinstance(one, str)), None)
        for batch in self._batches() if first is not None else ():
            for point in chunk:
                scenario = turned[point.rank]
                if isinstance(scenario, str):
                    continue
                try:
                    own = batch.counted(scenario, self._rate(point))
                except Exception as error:  # one point must not lose the others
                    turned[point.rank] = str(error)
                    continue
                sums[point.rank] = sums.get(point.rank, 0) + own
        return {
            point.rank: list(_rows(self.request.years, turned[point.rank], sums.get(point.rank)))
            for point in chunk
        }

    def totals_of_law(self) -> polars.DataFrame:
        """Give the totals of the law in force at the rates of the table."""
        years = self.request.years
        whole = sum(
            (batch.law_sums() for batch in self._batches()),
            start=numpy.zeros((len(years), len(MEASURES)), dtype=numpy.int64),
        )
        columns = {name: whole[:, rank] / MILLIONTHS for rank, name in enumerate(MEASURES)}
        return polars.DataFrame({"annee": polars.Series(years, dtype=polars.Int32)} | columns)

    def _batches(self) -> Iterator[_Batch]:
        """Give the batches of the table; a table of one keeps what it computed."""
        height = self.communities.identities.height
        parts = list(batches(height)) if height else []
        if len(parts) == 1:
            if not self._single:
                self._single = [_Batch(self, self.communities)]
            yield from self._single
            return
        for part in parts:
            yield _Batch(self, self.communities.take(part))

    def _scenario(self, point: Point) -> Scenario | str:
        settings = [
            dial.setting(value)
            for dial, value in zip(self.request.dials, point.values, strict=True)
            if dial.path
        ]
        if not settings:
            return self.base
        try:
            return self.base.with_reform(reforms.reglages(settings))
        except (RequestError, reforms.ReformeRefusee) as error:
            return str(error)

    def _rate(self, point: Point) -> float | None:
        pairs = zip(self.request.dials, point.values, strict=True)
        return next((value for dial, value in pairs if not dial.path), None)


class _Batch:
    """A part of the communities, under the law in force and under what is turned."""

    def __init__(self, bench: Bench, communities: Communities) -> None:
        self._years = bench.request.years
        made = (communities, self._years, MEASURES)
        self._figures = bench.figures
        self._turned: Turned | None = None
        self._law = Turned(bench.law.system, *made)
        self._law_system = bench.law.system
        self._made = made
        self._laws: dict[float | None, Amounts] = {None: self._law.first}

    def counted(self, scenario: Scenario, rate: float | None) -> numpy.ndarray:
        """Sum a point over the batch.

        Returns:
            Whole numbers by year, amount and what is counted: millionths of a euro of the total
            and of the difference from the law, communities that gain and that lose.
        """
        if self._turned is None:
            # All points change the law on the same days: what is kept is that of such a law.
            self._turned = Turned(scenario.system, *self._made)
        amounts = self._turned.turn(scenario.system, self._figures, rate)
        law = self._law_at(rate)
        found = numpy.zeros((len(self._years), len(MEASURES), len(FIGURES)), dtype=numpy.int64)
        for at, year in enumerate(self._years):
            for rank, name in enumerate(MEASURES):
                gap = amounts[year, name] - law[year, name]
                found[at, rank] = (
                    _millionths(amounts[year, name]),
                    _millionths(amounts[year, name]) - _millionths(law[year, name]),
                    int((gap > HALF_A_CENT).sum()),
                    int((gap < -HALF_A_CENT).sum()),
                )
        return found

    def law_sums(self) -> numpy.ndarray:
        """Sum the law in force over the batch, at the rates of the table."""
        law = self._law_at(None)
        return numpy.array(
            [[_millionths(law[year, name]) for name in MEASURES] for year in self._years]
        )

    def _law_at(self, rate: float | None) -> Amounts:
        if rate not in self._laws:
            self._laws[rate] = self._law.turn(self._law_system, (), rate)
        return self._laws[rate]


FIGURES = ("", GAP, *(f"{count}_" for count in COUNTS))
"""Prefixes of the columns of an amount."""


def _millionths(amounts: numpy.ndarray) -> int:
    """Sum euros so that neither the order nor the cut of a table moves the last digits."""
    return int(numpy.round(amounts * MILLIONTHS).astype(numpy.int64).sum())


def _rows(
    years: Sequence[int], turned: Scenario | str, sums: numpy.ndarray | None
) -> Iterator[Row]:
    for at, year in enumerate(years):
        row: Row = {"annee": year, "erreur": turned if isinstance(turned, str) else None}
        for rank, name in enumerate(MEASURES):
            for kind, prefix in enumerate(FIGURES):
                value = None
                if not isinstance(turned, str):
                    whole = 0 if sums is None else int(sums[at, rank, kind])
                    value = whole / MILLIONTHS if prefix in ("", GAP) else whole
                row[prefix + name] = value
        yield row


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


def _contents(items: Iterable[Any]) -> Iterator[bytes]:
    """Give what files, folders and frames hold: a sweep of other bytes is another sweep."""
    for item in items:
        if is_pandas(item):
            yield item.to_csv().encode()
        elif isinstance(item, polars.DataFrame):
            yield item.serialize()
        cut = isinstance(item, str) and not Path(item).is_file()
        for part in parts_of(item) if cut else [item]:
            path = Path(part) if isinstance(part, str | Path) else None
            if path is not None and path.is_file():
                yield path.read_bytes()
            elif path is not None and path.is_dir():
                for file in sorted(path.rglob("*.*")):
                    if file.suffix in CODE:
                        yield file.read_bytes()
