"""One request for many years: four times as many must take about four times as long.

Two cases: a community that gives one year and asks for others; two communities that give as many
years as they ask for, where the second one gives its population in the last year only (each year
asked would walk through all that are given). Each size in turn, five times; the figures are
medians of the five ratios.
"""

import gc
import statistics
import time

from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts import CountryTaxBenefitSystem

FEW, MANY = 250, 1_000
FIRST = 2020
ROUNDS = 5
LIMIT = 5.0


def one_year_given(_: range) -> dict:
    """A community that gives its population for the first year."""
    return {"a": {"population": {str(FIRST): 95_000}}}


def every_year_given(years: range) -> dict:
    """Two communities: every year given by the first one, the last by the second."""
    each = {str(year): 95_000 for year in years}
    sizes = {str(year): "taille_3" for year in years}
    last = str(years[-1])
    return {
        "a": {"population": each, "taille_connue": sizes},
        "b": {"population": {last: 95_000}, "taille_connue": {last: "taille_1"}},
    }


def seconds(system, situation, number: int) -> float:
    """Time one request for a number of years, all from the last one on or all that are given."""
    years = range(FIRST, FIRST + number)
    communities = situation(years)
    gc.collect()
    start = time.perf_counter()
    simulation = SimulationBuilder().build_from_entities(system, {"communautes": communities})
    for year in years:
        simulation.calculate("plafond_financement", str(year))
    return time.perf_counter() - start


def main() -> None:
    """Print the times and the ratios."""
    system = CountryTaxBenefitSystem()
    for situation in (one_year_given, every_year_given):
        few, many = [], []
        for _ in range(ROUNDS):
            few.append(seconds(system, situation, FEW))
            many.append(seconds(system, situation, MANY))
        ratio = statistics.median(b / a for a, b in zip(few, many, strict=True))
        print(f"plafond_financement, {situation.__name__.replace('_', ' ')}, median of {ROUNDS}:")
        print(f"  {FEW:>5} years {statistics.median(few) * 1000:8.1f} ms")
        print(f"  {MANY:>5} years {statistics.median(many) * 1000:8.1f} ms")
        print(f"  ratio       {ratio:8.2f}   (limit {LIMIT})")


if __name__ == "__main__":
    main()
