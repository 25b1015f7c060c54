"""Whether a YAML test notices each small change of a formula."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from openfisca_cpts.outils.controle.logic import LogicMutation, files, mutate, mutations
from openfisca_cpts.outils.controle.mutants import BaselineError
from openfisca_cpts.outils.loi import law

RUNNER = "openfisca_cpts.outils.controle.logic_runner"


@dataclasses.dataclass(frozen=True)
class LogicVerdict:
    """What the tests say of one mutation.

    Attributes:
        mutation: the mutation.
        killer: the first test that failed; none where all of them passed: the mutant survives.
        reached: whether a test enters the function at all.
    """

    mutation: LogicMutation
    killer: str | None
    reached: bool


class LogicBench:
    """The tests that mutants of formulas are held against, run by processes of their own.

    Attributes:
        mutations: every mutation of the rules, in the order of the files.
        tests: number of tests.
    """

    def __init__(self, root: Path, folder: Path, workers: int = 1) -> None:
        """Run the tests on the formulas as they stand, and note which functions each enters.

        Args:
            root: folder of the package.
            folder: folder of the YAML tests.
            workers: number of processes.

        Raises:
            BaselineError: some tests fail before anything is changed.
        """
        self._root, self._names = root, sorted(law.load(root).variables)
        self._settings = {"root": str(root), "folder": str(folder), "workers": workers}
        (baseline,) = self._answers([{"file": None}])
        if baseline["failures"]:
            raise BaselineError(baseline["failures"])
        self._entered: dict[str, list[int]] = baseline["entered"]
        self.tests: int = baseline["tests"]
        self._said: str = baseline["said"]
        self.mutations = [
            mutation for path in files(root) for mutation in mutations(root, path, self._names)
        ]

    def judge(self, wanted: Sequence[LogicMutation]) -> Iterator[LogicVerdict]:
        """Hold mutations against the tests that enter the function that they change.

        Args:
            wanted: some of `mutations`.

        Yields:
            The verdicts, in the order of the mutations; a function that no test enters has no
            mutant that one notices.
        """
        reached = [mutation for mutation in wanted if self._tests_of(mutation)]
        answers = self._answers(list(map(self._job, reached)))
        for mutation in wanted:
            entered = bool(self._tests_of(mutation))
            yield LogicVerdict(mutation, next(answers) if entered else None, entered)

    def _tests_of(self, mutation: LogicMutation) -> list[int]:
        """Give the ranks of the tests that enter a function, or one inside it."""
        name = f"{mutation.file}:{mutation.function}"
        return self._entered.get(name, [])

    def _job(self, mutation: LogicMutation) -> dict[str, Any]:
        source = (self._root / mutation.file).read_text("utf-8")
        return {
            "file": mutation.file,
            "source": mutate(source, mutation.rank, self._names),
            "tests": self._tests_of(mutation),
            "said": self._said,
        }

    def _answers(self, jobs: Sequence[dict[str, Any]]) -> Iterator[Any]:
        """Run jobs in a process of their own; give its answers, in the order of the jobs."""
        with subprocess.Popen(
            [sys.executable, "-m", RUNNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        ) as process:
            assert process.stdin is not None  # asked for
            assert process.stdout is not None
            with process.stdin as messages:
                messages.writelines(json.dumps(each) + "\n" for each in (self._settings, *jobs))
            yield from map(json.loads, process.stdout)
