"""The payments of 2019 to 2030, month by month, against the plain reference and NumPy by hand.

Building the inputs is left out on both sides. The two sides take turns: after each batch of ours,
the reference computes a random sample of the same communities, and its time is scaled to the batch.
"""

import gc
import resource
import statistics
import sys
import time
from pathlib import Path

import numpy
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts import CountryTaxBenefitSystem

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "python"))

import numpy_payments
from plain_reference import MISSIONS, PAYEES, Contract
from plain_scale import ACI, NEVER, WITH_VARIABLE_PART

YEARS = range(2019, 2031)
MONTHS = [(year, month) for year in YEARS for month in range(1, 13)]
PAYMENTS = (
    *(f"{payee}_versement" for payee in PAYEES),
    "versement_missions",
    "versement_amorcage",
    "versement_total",
)
BATCH = 10_000
SAMPLE = 100
SMALL_ROUNDS = 5
FASTER_AT_1_000, FASTER_AT_100_000, MEMORY = 1.0, 5.0, 1.5
SLOWER_THAN_NUMPY = 4.0


def some(random, count: int, share: float, days: numpy.ndarray) -> numpy.ndarray:
    """Keep a share of the days; the others never come."""
    return numpy.where(random.random(count) < share, days, numpy.datetime64(NEVER))


def inputs(random, count: int) -> dict:
    """Communities signed on any day of six years; missions start within two years of it."""
    signature = numpy.datetime64(ACI) + random.integers(0, 2_300, count)
    given = {
        "population": {"2024": random.integers(5_000, 300_000, count)},
        "date_signature_contrat": {"ETERNITY": signature},
        "date_resiliation": {
            "ETERNITY": some(random, count, 0.1, signature + random.integers(0, 1_800, count))
        },
        "date_lettre_intention": {"ETERNITY": signature - random.integers(0, 700, count)},
        "depenses_amorcage_diagnostic": {"ETERNITY": random.uniform(0, 40_000, count).round(2)},
        "acces_soins_organisation_snp": {str(y): random.random(count) < 0.5 for y in YEARS},
        "crise_sanitaire_declaree": {str(y): random.random(count) < 0.1 for y in YEARS},
    }
    for mission in MISSIONS:
        start = signature + random.integers(-30, 730, count)
        given[f"{mission}_date_demarrage"] = {"ETERNITY": some(random, count, 0.9, start)}
    for mission in WITH_VARIABLE_PART:
        rates = {str(year): random.random(count) for year in YEARS}
        given[f"{mission}_taux_atteinte"] = rates
    return given


def community(given: dict, row: int) -> dict:
    """One row, as the reference takes it."""
    return {
        name: values["ETERNITY"][row].item()
        if "ETERNITY" in values
        else {int(year): column[row].item() for year, column in values.items()}
        for name, values in given.items()
    }


def timed(function, *arguments):
    """Run a function; give its time in seconds and its result."""
    gc.collect()
    start = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - start, result


def ours(simulation, monthly) -> dict:
    """Compute the variables of each month, and the sum of each year."""
    for year, month in MONTHS:
        for name in monthly:
            simulation.calculate(name, f"{year}-{month:02}")
    return {year: simulation.calculate("versement_annuel", str(year)) for year in YEARS}


def plain(communities: list[dict], read) -> list[dict]:
    """Compute the same, one community after the other."""
    paid = []
    for one in communities:
        contract = Contract(one)
        total = {month: read(contract, month)["versement_total"] for month in MONTHS}
        paid.append({year: sum(total[year, month] for month in range(1, 13)) for year in YEARS})
    return paid


def compare(system, random, count: int, sample: int, monthly=PAYMENTS, read=Contract.payments):
    """Time one batch of ours and, scaled from a sample, of the reference; the sums agree."""
    given = inputs(random, count)
    rows = random.choice(count, sample, replace=False)
    communities = [community(given, row) for row in rows]
    simulation = SimulationBuilder().build_from_variables(system, given)
    fast, years = timed(ours, simulation, monthly)
    slow, expected = timed(plain, communities, read)
    for row, one in zip(rows, expected, strict=True):
        for year in YEARS:
            assert abs(years[year][row] - one[year]) < 1e-6
    return fast, slow * count / sample


def against_numpy(system, random, count: int) -> tuple[float, float]:
    """Time all lines of one batch, ours and by hand; they agree to the bit."""
    given = inputs(random, count)
    simulation = SimulationBuilder().build_from_variables(system, given)
    by_hand, expected = timed(numpy_payments.payments, given, YEARS)
    seconds, _ = timed(ours, simulation, expected)
    for name, rows in expected.items():
        for (year, month), row in zip(MONTHS, rows, strict=True):
            assert numpy.array_equal(simulation.calculate(name, f"{year}-{month:02}"), row)
    return seconds, by_hand


def report(count: int, fast: float, slow: float, limit: float | None) -> None:
    """Print seconds, communities per second and the ratio."""
    least = f"(at least {limit:.1f})" if limit else "(no limit)"
    print(f"  openfisca_cpts {fast:9.2f} s  {count / fast:9,.0f} communities/s")
    print(f"  reference      {slow:9.2f} s  {count / slow:9,.0f} communities/s")
    print(f"  times faster   {slow / fast:9.2f}    {least}")


def main() -> None:
    """Print the three comparisons and the memory they took."""
    system = CountryTaxBenefitSystem()
    random = numpy.random.default_rng(0)
    compare(system, random, 100, 10)

    rounds = [compare(system, random, 1_000, 1_000) for _ in range(SMALL_ROUNDS)]
    print(f"1 000 communities, payments of {YEARS[0]} to {YEARS[-1]}, median of {SMALL_ROUNDS}:")
    report(1_000, *(statistics.median(side) for side in zip(*rounds, strict=True)), FASTER_AT_1_000)

    batches = [compare(system, random, BATCH, SAMPLE) for _ in range(100_000 // BATCH)]
    print(f"100 000 communities in batches of {BATCH:,}, the reference scaled from {SAMPLE} each:")
    report(100_000, *(sum(side) for side in zip(*batches, strict=True)), FASTER_AT_100_000)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"  peak memory    {peak:9.2f} GB   (at most {MEMORY})")

    rounds = [against_numpy(system, random, BATCH) for _ in range(100_000 // BATCH)]
    seconds, by_hand = (sum(side) for side in zip(*rounds, strict=True))
    print(f"100 000 communities in batches of {BATCH:,}, all lines, against NumPy by hand:")
    print(f"  openfisca_cpts {seconds:9.2f} s\n  NumPy          {by_hand:9.2f} s")
    print(f"  times slower   {seconds / by_hand:9.2f}    (at most {SLOWER_THAN_NUMPY})")

    everything = sorted(
        name
        for name, variable in system.variables.items()
        if variable.definition_period == "month" and not variable.is_input_variable()
    )
    fast, slow = compare(system, random, 5_000, SAMPLE, everything, Contract.monthly)
    print(f"5 000 communities, all {len(everything)} monthly variables, scaled from {SAMPLE}:")
    report(5_000, fast, slow, None)


if __name__ == "__main__":
    main()
