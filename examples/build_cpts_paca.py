"""Builds `cpts_paca.csv` from `sources/cpts_paca_derived.csv` and the hypotheses of README.md.

Run from anywhere: `python examples/build_cpts_paca.py`.
"""

from __future__ import annotations

from pathlib import Path

import polars

from openfisca_cpts.legislation import missions

FOLDER = Path(__file__).parent
SOURCE = FOLDER / "sources" / "cpts_paca_derived.csv"
EXAMPLE = FOLDER / "cpts_paca.csv"

REGION = "93"
CENSUSES = (2016, 2018, 2019, 2020, 2021, 2022, 2023)
DELAY = 3
"""A census of year N is in force on 1 January of year N + 3."""

RATE = 0.8
"""Achievement of the indicators, the same everywhere: an assumption, argued in README.md."""

CRISIS_START = "2022-09-03"
"""First day of the crisis mission: its plan is written, later years keep it up to date."""


def build() -> polars.DataFrame:
    """Build the example.

    Returns:
        One row per community: identity and populations of the source, then the hypotheses.
    """
    return polars.read_csv(SOURCE, infer_schema_length=None).select(
        "id",
        "nom",
        polars.lit(REGION).alias("region"),
        *(polars.col(f"pmun{year}").alias(f"population_{year + DELAY}") for year in CENSUSES),
        *(polars.lit("oui").alias(f"{mission.cle}_retenue") for mission in missions()),
        polars.lit("oui").alias("acces_soins_organisation_snp"),
        *(
            polars.lit(RATE).alias(f"{mission.cle}_taux_atteinte")
            for mission in missions()
            if mission.evaluees
        ),
        polars.lit(CRISIS_START).alias("crise_sanitaire_date_demarrage"),
    )


if __name__ == "__main__":
    build().write_csv(EXAMPLE)
