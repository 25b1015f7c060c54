"""Loading the system, against openfisca-country-template: a new process, and once more in one.

Each side in turn, five times in one run; the figures are medians of the five ratios. Bytecode is
written, as it is on a user's machine.
"""

import gc
import os
import statistics
import subprocess
import sys
import time

ROUNDS = 5
LIMIT = 1.5
PACKAGES = ("openfisca_cpts", "openfisca_country_template")
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def new_process(package: str) -> float:
    """Time a process that imports a package and loads its system."""
    start = time.perf_counter()
    program = f"import {package}; {package}.CountryTaxBenefitSystem()"
    subprocess.run([sys.executable, "-c", program], check=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def once_more(package: str) -> float:
    """Time one more system in this process, where each package was loaded before."""
    load = __import__(package).CountryTaxBenefitSystem
    gc.collect()
    start = time.perf_counter()
    load()
    return time.perf_counter() - start


def compare(what: str, measure) -> None:
    """Print both medians of one measure, and the ratio."""
    for package in PACKAGES:
        measure(package)
    times = [[measure(package) for package in PACKAGES] for _ in range(ROUNDS)]
    ours, template = (statistics.median(side) for side in zip(*times, strict=True))
    ratio = statistics.median(a / b for a, b in times)
    print(f"{what}, median of {ROUNDS}:")
    print(f"  openfisca_cpts             {ours * 1000:8.1f} ms")
    print(f"  openfisca_country_template {template * 1000:8.1f} ms")
    print(f"  ratio                      {ratio:8.2f}   (limit {LIMIT})")


def main() -> None:
    """Print both comparisons."""
    compare("Loading the system in a new process", new_process)
    compare("Loading one more system in a process", once_more)


if __name__ == "__main__":
    sys.dont_write_bytecode = False
    main()
