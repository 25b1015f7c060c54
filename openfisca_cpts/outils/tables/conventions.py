"""What each total, and the cost of each reform, becomes when a convention is chosen otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.simulation import study_tables
from openfisca_cpts.outils.simulation.cost_ranges import HIGH, KEPT, LOW, cost_ranges, moving
from openfisca_cpts.outils.simulation.study_tables import MEASURES
from openfisca_cpts.outils.simulation.variants import CONVENTIONS, variant_title
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import AMOUNT, Column, Table

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

COST = (
    "Le coût d'une réforme est son total moins celui du droit en vigueur, sous la même convention. "
    "Sa fourchette n'est pas celle des totaux."
)
KIND = Column("montant", "Montant", AMOUNT)


def _ranges(study: Study) -> polars.DataFrame:
    assert study.ranges is not None
    shown = study.ranges.filter(polars.col("variable").is_in(MEASURES))
    return shown.sort("annee", maintain_order=True)


def _moved(
    study: Study, rows: polars.DataFrame, moves: Callable[[polars.DataFrame], bool]
) -> dict[str, str]:
    return {
        amount: amounts.name(study, amount)
        for amount in MEASURES
        if moves(rows.filter(polars.col("variable") == amount))
    }


def by_convention(study: Study) -> Table:
    """Describe each total under each convention, one at a time.

    Args:
        study: a study whose variants were run.

    Returns:
        The table; the first row of each scenario and year is that of the kept conventions.
    """
    rows = _ranges(study)
    key = ["scenario", "annee", "variable"]
    kept = rows.filter(polars.col("variante") == CONVENTIONS).select(
        *key, polars.col("total").alias("total_retenu")
    )
    words = {name: variant_title(name) for name in rows["variante"].unique()}
    told = rows.join(kept, on=key, how="left", maintain_order="left").with_columns(
        (polars.col("total") - polars.col("total_retenu")).alias("ecart"),
        polars.col("variante").replace_strict(words, return_dtype=polars.String),
    )
    return Table(
        key="conventions",
        title="Conventions",
        columns=[
            *amounts.BLOCK,
            KIND,
            Column("variante", "Convention"),
            Column("total", "Total", "euros"),
            Column("ecart", "Écart", "ecart"),
        ],
        rows=amounts.named(study, told),
        amounts=_moved(study, rows, study_tables.moves),
        files_only=True,
    )


def spans(study: Study) -> Table:
    """Describe between what and what each total moves.

    Args:
        study: a study whose variants were run.

    Returns:
        The table; it tells apart the amounts that some convention moves.
    """
    rows = _ranges(study)
    ends = [
        study_tables.spans(block).with_columns(polars.lit(amount).alias("variable"))
        for (amount,), block in rows.group_by("variable", maintain_order=True)
    ]
    return Table(
        key="fourchettes",
        title="Selon les conventions",
        columns=[
            *amounts.BLOCK,
            KIND,
            Column(LOW, "Au plus bas", "euros"),
            Column(KEPT, "Retenu", "euros"),
            Column(HIGH, "Au plus haut", "euros"),
        ],
        rows=amounts.named(study, polars.concat(ends).sort("annee", maintain_order=True)),
        amounts=_moved(study, rows, study_tables.moves),
    )


def costs(study: Study) -> Table:
    """Describe between what and what the cost of each reform moves.

    Args:
        study: a study with at least one reform, whose variants were run.

    Returns:
        The table; it tells apart the amounts whose cost some convention moves.
    """
    found = cost_ranges(_ranges(study))
    ends = {f"convention_{LOW}": "Convention basse", f"convention_{HIGH}": "Convention haute"}
    words = {name: variant_title(name) for end in ends for name in found[end].unique()}
    rows = found.with_columns(
        polars.col(end).replace_strict(words, return_dtype=polars.String) for end in ends
    )
    return Table(
        key="couts",
        title="Coût selon les conventions",
        columns=[
            *amounts.BLOCK,
            KIND,
            *(Column(key, title, detail=True) for key, title in ends.items()),
            Column(LOW, "Coût au plus bas", "ecart"),
            Column(KEPT, "Coût retenu", "ecart"),
            Column(HIGH, "Coût au plus haut", "ecart"),
        ],
        rows=amounts.named(study, rows),
        amounts=_moved(study, found, lambda own: bool(moving(own).height)),
        remarks=[COST],
    )
