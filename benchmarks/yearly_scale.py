"""One million communities, one year: the ceiling, against nine look-ups and a sum in NumPy.

Both sides are timed in turn, five times in one run; the figure is the median of the five ratios.
The plain side is given the rank of each community's size; ours finds it from the population.
"""

import gc
import statistics
import time

import numpy
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts import CountryTaxBenefitSystem

COMMUNITIES = 1_000_000
YEAR = "2023"
ROUNDS = 5
LIMIT = 4.0
LOOKED_UP = (
    "fonctionnement_annuel",
    "acces_soins_montant",
    "acces_soins_supplement_snp",
    "parcours_montant",
    "prevention_montant",
    "crise_sanitaire_montant",
    "crise_sanitaire_part_crise",
    "qualite_montant",
    "accompagnement_montant",
)


def timed(function):
    """Run a function; give its time in seconds and its result."""
    gc.collect()
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


def main() -> None:
    """Print the two times and the ratio."""
    system = CountryTaxBenefitSystem()
    sizes = SimulationBuilder().build_from_variables(
        system, {"population": {YEAR: [30_000, 60_000, 120_000, 300_000]}}
    )
    tables = [numpy.append(0, sizes.calculate(name, YEAR)) for name in LOOKED_UP]
    population = numpy.random.default_rng(0).integers(5_000, 300_000, COMMUNITIES)
    given = {"population": {YEAR: population}}
    rank = SimulationBuilder().build_from_variables(system, given).calculate("taille", YEAR)
    rank = rank.view(numpy.ndarray)

    ours, plain = [], []
    for _ in range(ROUNDS):
        simulation = SimulationBuilder().build_from_variables(system, given)
        seconds, ceiling = timed(lambda s=simulation: s.calculate("plafond_financement", YEAR))
        ours.append(seconds)
        seconds, expected = timed(lambda: sum(table.take(rank) for table in tables))
        plain.append(seconds)
        assert numpy.array_equal(ceiling, expected)
    ratio = statistics.median(a / b for a, b in zip(ours, plain, strict=True))
    print(f"{COMMUNITIES:,} communities, plafond_financement, {YEAR}, median of {ROUNDS}:")
    print(f"  openfisca_cpts {statistics.median(ours) * 1000:8.1f} ms")
    print(f"  plain NumPy    {statistics.median(plain) * 1000:8.1f} ms")
    print(f"  ratio          {ratio:8.2f}   (limit {LIMIT})")


if __name__ == "__main__":
    main()
