"""A table of communities to a CSV file, twelve years: one scenario, two, and the plain reference.

10 000 communities, or 100 000 with `--full`. The table is read from a CSV file, each time. The runs
with one scenario and with two take turns; the figures are medians. The reference computes the same
years for a random sample, its inputs ready, and its time is scaled to the table.
"""

import resource
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path

import numpy
import polars
from payments import YEARS, community, inputs, timed

from openfisca_cpts.outils.simulation import BASELINE, study

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "python"))

from plain_reference import Contract
from plain_scale import NEVER, yearly_scale

FULL = "--full" in sys.argv
COMMUNITIES = 100_000 if FULL else 10_000
ROUNDS = 1 if FULL else 3
SAMPLE = 100
REFORM = "part_variable_60"
TIME, MEMORY = 2.2, 2.0
COMPARED = ("plafond_financement", "financement_annuel", "versement_annuel")


def write_table(given: dict, path: Path) -> None:
    """Write communities as a user's file: one column per input and year, nothing where none."""
    columns = {"id": [f"c{rank}" for rank in range(COMMUNITIES)]}
    for name, periods in given.items():
        for period, values in periods.items():
            title = name if period == "ETERNITY" else f"{name}_{period}"
            column = polars.Series(values)
            if values.dtype.kind == "M":
                column = column.set(column == NEVER, None)
            columns[title] = column
    polars.DataFrame(columns).write_csv(path, separator=";")


def simulate(table: Path, reforms: list[str], output: Path) -> None:
    """Do what the command does, from a file to a file."""
    with study(table, YEARS, reforms) as done:
        done.rows.sink_csv(output)


def plain(communities: list[dict]) -> list[dict]:
    """Compute the same, one community after the other."""
    years = []
    for one in communities:
        contract = Contract(one)
        for year in YEARS:
            months = [contract.payments((year, month)) for month in range(1, 13)]
            paid = {"versement_annuel": sum(month["versement_total"] for month in months)}
            years.append(yearly_scale(one, date(year, 1, 1)) | paid)
    return years


def check(output: Path, rows: list[int], expected: list[dict]) -> None:
    """Compare the file with the reference, and its rows with what they should be."""
    written = polars.scan_csv(output)
    assert written.select(polars.len()).collect().item() == 2 * len(YEARS) * COMMUNITIES
    law = written.filter(polars.col("scenario") == BASELINE).select("annee", "id", *COMPARED)
    wanted = polars.DataFrame(
        {
            "annee": list(YEARS) * len(rows),
            "id": [f"c{row}" for row in rows for _ in YEARS],
            **{name: [float(year[name]) for year in expected] for name in COMPARED},
        }
    )
    both = wanted.lazy().join(law, on=["annee", "id"], suffix="_file").collect()
    assert both.height == wanted.height
    for name in COMPARED:
        assert (both[name] - both[f"{name}_file"]).abs().max() < 1e-6


def main() -> None:
    """Print times, ratios and memory."""
    random = numpy.random.default_rng(0)
    given = inputs(random, COMMUNITIES)
    rows = random.choice(COMMUNITIES, SAMPLE, replace=False).tolist()
    sample = [community(given, row) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        table, output = Path(folder) / "table.csv", Path(folder) / "result.csv"
        write_table(given, table)
        del given
        one, two = [], []
        for _ in range(ROUNDS):
            one.append(timed(simulate, table, [], output)[0])
            two.append(timed(simulate, table, [REFORM], output)[0])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        slow, expected = timed(plain, sample)
        check(output, rows, expected)
    slow *= COMMUNITIES / SAMPLE
    ratio = statistics.median(b / a for a, b in zip(one, two, strict=True))
    fast, both = statistics.median(one), statistics.median(two)
    print(f"{COMMUNITIES:,} communities, {len(YEARS)} years, CSV to CSV, median of {ROUNDS}:")
    print(f"  one scenario   {fast:9.2f} s  {COMMUNITIES / fast:9,.0f} communities/s")
    print(f"  two scenarios  {both:9.2f} s  {COMMUNITIES / both:9,.0f} communities/s")
    print(f"  two to one     {ratio:9.2f}    (at most {TIME})")
    print(f"  reference      {slow:9.2f} s  {COMMUNITIES / slow:9,.0f} communities/s, one scenario")
    print(f"  times faster   {slow / fast:9.2f}    (no limit)")
    print(f"  peak memory    {peak:9.2f} GB   (at most {MEMORY:.1f})")


if __name__ == "__main__":
    main()
