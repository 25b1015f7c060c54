"""Whether the tests notice each small change of the law, in memory and in several processes."""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import datetime
import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from openfisca_cpts.outils.controle.mutations import SHIFTS, Mutation, apply
from openfisca_cpts.outils.controle.tracing import Traced, trace
from openfisca_cpts.outils.controle.yaml_tests import YamlTest, read, run
from openfisca_cpts.outils.loi import law

ONE_DAY = datetime.timedelta(days=1)
JOBS_SENT = 4


class BaselineError(ValueError):
    """Tests fail on the law as it stands: nothing can be said of a changed one.

    Attributes:
        failures: the tests, and why they fail.
    """

    def __init__(self, failures: list[str]) -> None:
        super().__init__("\n".join(failures))
        self.failures = failures


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What the tests say of one mutation.

    Attributes:
        mutation: the mutation.
        killer: the first test that failed; none where all of them passed: the mutant survives.
    """

    mutation: Mutation
    killer: str | None


@dataclasses.dataclass(frozen=True)
class Bench:
    """The law and the tests that the mutants are held against.

    Attributes:
        root: folder of the package, or of a copy.
        folder: folder of the YAML tests.
        traced: the tests of the law, each with what it reads.
    """

    root: Path
    folder: Path
    traced: list[Traced]

    @property
    def tests(self) -> list[YamlTest]:
        """The tests of the law; those of a reform are left out."""
        return [item.test for item in self.traced]


def prepare(root: Path, folder: Path) -> Bench:
    """Run the tests on the law as it stands, and note what they read.

    Args:
        root: folder of the package, or of a copy.
        folder: folder of the YAML tests.

    Returns:
        The bench.

    Raises:
        TestsRefusedError: the tests cannot be read.
        BaselineError: some fail before anything is changed.
    """
    traced = trace(read(folder), law.load(root))
    _refuse([f"{item.test.title} ({item.error})" for item in traced if item.error])
    return Bench(root, folder, traced)


def judge(bench: Bench, mutations: Sequence[Mutation], workers: int = 1) -> Iterator[Verdict]:
    """Hold mutations against the tests.

    Each is applied to a copy of the law of its own. The tests that read the changed figure run
    first, and the first that fails settles it; a mutant survives only if every test passes.

    Args:
        bench: the law and its tests.
        mutations: the changes.
        workers: number of processes; one runs everything here.

    Yields:
        The verdicts, in the order of the mutations.

    Raises:
        BaselineError: a test fails in the same runner without any mutation.
    """
    jobs = [(mutation, order(bench.traced, mutation)) for mutation in mutations]
    everything = tuple(range(len(bench.traced)))
    prepared = (bench.root, bench.tests)
    with contextlib.ExitStack() as stack:
        if workers > 1:
            # Spawned, not forked: polars and its threads do not survive a fork.
            pool = concurrent.futures.ProcessPoolExecutor(
                workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_prepare,
                initargs=prepared,
            )
            stack.enter_context(pool)
            killers = pool.map(_first_failure, [(None, everything), *jobs], chunksize=JOBS_SENT)
        else:
            _prepare(*prepared)
            killers = map(_first_failure, [(None, everything), *jobs])
        unchanged = next(killers)
        _refuse([unchanged] if unchanged else [])
        for mutation, killer in zip(mutations, killers, strict=True):
            yield Verdict(mutation, killer)


def _refuse(failures: list[str]) -> None:
    if failures:
        raise BaselineError(failures)


def order(traced: Sequence[Traced], mutation: Mutation) -> tuple[int, ...]:
    """Say in which order the tests should run to notice a mutation early.

    Args:
        traced: the tests, with what they read.
        mutation: the change.

    Returns:
        Every rank of `traced`: first the tests in which the changed value serves a community (for
        a date, those that read the figure, or assert the variable, within a day of it), then those
        that read or assert it at all, then the others; the shortest first among equals.
    """

    def rank(index: int) -> tuple[int, int, int]:
        item = traced[index]
        days = [
            (each.day, each.serves) for each in item.reads if each.parameter in mutation.parameters
        ]
        days += [(each.day, True) for each in item.asserted if each.variable == mutation.place]
        close = any(serves and _is_near(day, mutation) for day, serves in days)
        return int(not close) + int(not days), item.cost, index

    return tuple(sorted(range(len(traced)), key=rank))


def _is_near(day: str, mutation: Mutation) -> bool:
    gap = datetime.date.fromisoformat(day) - mutation.date
    if mutation.kind in SHIFTS:
        return abs(gap) <= ONE_DAY
    return gap >= datetime.timedelta(0)


_bench: tuple[Path, list[YamlTest]]
"""What a process works on: the folder of the law, and the tests."""


def _prepare(root: Path, tests: list[YamlTest]) -> None:
    global _bench
    _bench = root, tests


def _first_failure(job: tuple[Mutation | None, Iterable[int]]) -> str | None:
    """Run tests on a fresh law, changed or not; give the title of the first that fails."""
    mutation, ranks = job
    root, tests = _bench
    system = law.load(root)
    if mutation is not None:
        apply(mutation, system)
    failing = (tests[rank].title for rank in ranks if run(tests[rank], system).error)
    return next(failing, None)
