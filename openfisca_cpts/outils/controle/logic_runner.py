"""A process that runs YAML tests on mutated formulas: one child per mutant, to import it afresh.

It is started by `logic_bench` and loads nothing of the law itself: a child that is forked from it
finds the libraries loaded, and imports the package with one file changed.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.machinery
import json
import multiprocessing
import os
import signal
import sys
import warnings
from pathlib import Path
from typing import Any

PATIENCE = 60
"""Seconds after which a mutant that still runs is taken for one that a test notices."""


def main() -> None:
    """Read the jobs from the standard input, a line of JSON each; answer each on a line."""
    # What a child needs of other packages is loaded here, once for all of them.
    import numpy  # noqa: F401
    import pydantic  # noqa: F401
    from openfisca_core import reforms, simulations, taxbenefitsystems  # noqa: F401
    from openfisca_core.tools import test_runner  # noqa: F401

    # All is read before the first fork: a child of one that is reading would wait for its lock.
    settings, *jobs = map(json.loads, sys.stdin)
    context = multiprocessing.get_context("fork")
    with context.Pool(settings["workers"], _settle, (settings,), maxtasksperchild=1) as pool:
        for answer in pool.imap(_answer, jobs):
            print(json.dumps(answer), flush=True)


_settings: dict[str, Any] = {}


def _settle(settings: dict[str, Any]) -> None:
    _settings.update(settings)


def _answer(job: dict[str, Any]) -> Any:
    """Run one job: with a mutant, the first test that fails; without, what each test runs."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (until the child ends)
    if job["file"] is None:
        return _reached()
    warnings.simplefilter("ignore")  # a mutant may divide by zero: its tests say what is wrong
    _replace(Path(_settings["root"]) / job["file"], job["source"])
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(PATIENCE)
    try:
        return _first_failure(job)
    except TimeoutError:
        return f"plus de {PATIENCE} s"
    except Exception as error:
        return f"{type(error).__name__} : {error}"  # the law does not even load
    finally:
        signal.alarm(0)


def _too_long(*_: Any) -> None:
    raise TimeoutError


def _replace(path: Path, source: str) -> None:
    """Let one file be imported as another text, whoever imports it."""
    read = importlib.machinery.SourceFileLoader.get_code

    def get_code(loader: Any, name: str) -> Any:
        if Path(loader.path) == path:
            return compile(source, str(path), "exec", dont_inherit=True)
        return read(loader, name)

    importlib.machinery.SourceFileLoader.get_code = get_code  # type: ignore[method-assign,assignment]


def _tests() -> tuple[Any, Any]:
    from openfisca_cpts.outils.controle import yaml_tests
    from openfisca_cpts.outils.loi import law

    return yaml_tests.read(Path(_settings["folder"])), law.load(Path(_settings["root"]))


def _first_failure(job: dict[str, Any]) -> str | None:
    from openfisca_cpts.outils.controle.yaml_tests import run

    tests, system = _tests()
    failing = (tests[rank].title for rank in job["tests"] if run(tests[rank], system).error)
    found = next(failing, None)
    if found is None and _said(system) != job["said"]:
        return "ce que les variables disent d'elles-mêmes"
    return found


def _said(system: Any) -> str:
    """Sum up what the variables say of themselves, which the public contract holds."""
    said = [
        (name, variable.label, variable.documentation, str(variable.reference))
        for name, variable in sorted(system.variables.items())
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _reached() -> Any:
    """Run every test; give what fails, and the ranks of those that enter each function, in order.

    The first in the order took the least time.
    """
    import time

    from openfisca_cpts.outils.controle.yaml_tests import run

    tests, system = _tests()
    root = f"{_settings['root']}{os.sep}"
    entered: dict[str, set[int]] = {}
    failures, seconds = [], []
    for rank, test in enumerate(tests):
        seen: set[Any] = set()
        sys.setprofile(functools.partial(_see, seen))
        start = time.perf_counter()
        error = run(test, system).error
        seconds.append(time.perf_counter() - start)
        sys.setprofile(None)
        failures += [f"{test.title} ({error})"] if error else []
        for code in seen:
            if code.co_filename.startswith(root):
                file = Path(code.co_filename[len(root) :]).as_posix()
                entered.setdefault(f"{file}:{code.co_qualname}", set()).add(rank)
    quickest = {key: sorted(ranks, key=seconds.__getitem__) for key, ranks in entered.items()}
    return {
        "failures": failures,
        "entered": quickest,
        "tests": len(tests),
        "said": _said(system),
    }


def _see(seen: set[Any], frame: Any, *_: Any) -> None:
    seen.add(frame.f_code)


if __name__ == "__main__":
    main()
