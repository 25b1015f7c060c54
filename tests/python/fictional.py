"""What both commands give for the fictional communities, kept as files.

After a wanted change, `python tests/python/fictional.py` stores the new results; `git diff` then
shows every amount that moved.
"""

from __future__ import annotations

from pathlib import Path

import polars

from openfisca_cpts.outils.plan import schedule
from openfisca_cpts.outils.simulation import default_variables, simulate

EXAMPLE = Path(__file__).parents[2] / "examples" / "cpts_fictives.csv"
STORED = Path(__file__).with_name("regression")
YEARS = range(2019, 2031)
DECIMALS = 6
VARIABLES = (
    *default_variables(),
    *("etape", "date_fin_contrat", "calendrier_respecte", "commissaire_aux_comptes_requis"),
)
"""What is given by default, and what stands at the end of the year."""


def compute() -> dict[str, polars.DataFrame]:
    """Compute each table, by the name of its file."""
    identifiers = polars.read_csv(EXAMPLE, separator=";")["id"].to_list()
    plans = [schedule(EXAMPLE, identifier) for identifier in identifiers]
    return {
        "simulate": simulate(EXAMPLE, YEARS, variables=VARIABLES),
        "schedule_versements": _together(plans, "versements"),
        "schedule_echeances": _together(plans, "echeances"),
        "schedule_totaux": _together(plans, "totaux"),
        "schedule_remarques": polars.DataFrame(
            [(plan.id, note) for plan in plans for note in plan.remarques],
            ["id", "remarque"],
            orient="row",
        ),
    }


def _together(plans, table: str) -> polars.DataFrame:
    return polars.concat(
        getattr(plan, table).select(polars.lit(plan.id).alias("id"), polars.all()) for plan in plans
    )


def path(name: str) -> Path:
    """Give the file that a table is kept in."""
    return STORED / f"{name}.csv"


def main() -> None:
    """Store every table."""
    for name, frame in compute().items():
        frame.write_csv(path(name), float_precision=DECIMALS)
        print(f"{path(name)}: {frame.height} rows")


if __name__ == "__main__":
    main()
