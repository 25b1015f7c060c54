"""A sweep of an amount and of the advance against one `simulate` call per point, in one run.

The two sides take turns, over the contracts that the published counts make, five years with
payments. Then the same sweep with two processes, where the machine has them.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from openfisca_cpts.outils.balayage import sweep
from openfisca_cpts.outils.cohorte.contracts import contracts
from openfisca_cpts.outils.simulation import simulate, write

YEARS = range(2024, 2029)
DAY = "2026-01-01"
DIALS = {
    "aci.versements.taux_avance": "0.4:0.8:0.002",
    "aci.missions.parcours.part_variable": "0.4:0.8:0.002",
}
CALLS = 5
FASTER, WORKERS, MORE = 4.0, 2, 1.7


def seconds(run, *words, **named) -> float:
    """Time one call."""
    start = time.perf_counter()
    run(*words, **named)
    return time.perf_counter() - start


def faster(table: Path, path: str, values: str) -> None:
    """Print how many times faster a sweep of one figure is than a call per point."""
    amounts = ["financement_annuel", "versement_annuel"]
    reform = [{path: {DAY: 0.6}}]
    calls = [seconds(simulate, table, YEARS, reform, amounts) for _ in range(CALLS)]
    vary = [f"{path}={values}@{DAY}"]
    own = seconds(sweep, table, YEARS, vary)
    points = sweep(table, YEARS, vary).rows["point"].n_unique()
    ratio = statistics.median(calls) * points / own
    print(f"{path}: {points} points, {ratio:.1f} times faster than simulate (goal {FASTER})")


def main() -> None:
    """Measure one process, then two."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "contrats.csv"
        write(contracts({}, 0), table)
        simulate(table, YEARS)  # the law is read once
        for path, values in DIALS.items():
            faster(table, path, values)
        if (os.cpu_count() or 1) >= WORKERS:
            vary = [f"{next(iter(DIALS))}=0.2:0.8:0.0005@{DAY}"]
            one = seconds(sweep, table, YEARS, vary)
            several = seconds(sweep, table, YEARS, vary, workers=WORKERS)
            print(f"{WORKERS} processes: {one / several:.2f} times more (goal {MORE})")


if __name__ == "__main__":
    main()
