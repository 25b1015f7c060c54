"""How sure the figures are that a study rests on, and what the law says that it does not hold."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.fichiers import unmodelled
from openfisca_cpts.outils.loi.leaves import leaves
from openfisca_cpts.outils.loi.words import STATUT_MEANINGS, STATUTS
from openfisca_cpts.outils.tables.described import Column, Table

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    from openfisca_cpts.outils.simulation.studies import Study


def statuts(study: Study) -> Table:
    """Describe how many figures of each statut are in force in the years of a study.

    Args:
        study: the study.

    Returns:
        The table, with a column per scenario and a row for all the figures.
    """
    counts = {
        scenario.name: count_statuts(scenario.system, study.years) for scenario in study.scenarios
    }
    rows: list[dict] = [
        {
            "statut": STATUTS[key],
            "sens": meaning,
            **{name: counted[key] for name, counted in counts.items()},
        }
        for key, meaning in STATUT_MEANINGS.items()
        if any(counted[key] for counted in counts.values())
    ]
    whole = {name: sum(counted.values()) for name, counted in counts.items()}
    rows.append({"statut": "Ensemble", "sens": None, **whole})
    return Table(
        key="certitude",
        title="Certitude",
        columns=[
            Column("statut", "Statut"),
            Column("sens", "Ce qu'il veut dire"),
            *(
                Column(scenario.name, scenario.title, "nombre", scenario.title)
                for scenario in study.scenarios
            ),
        ],
        rows=polars.DataFrame(rows, infer_schema_length=None),
        totals=frozenset([len(rows) - 1]),
        files_only=True,
    )


def count_statuts(system: TaxBenefitSystem, years: Sequence[int]) -> Counter[str]:
    """Count the values in force in some years, by statut.

    Args:
        system: the law, or a reform of it.
        years: calendar years.

    Returns:
        The number of values of each statut; one that holds over several years counts once.
    """
    first, last = datetime.date(years[0], 1, 1), datetime.date(years[-1] + 1, 1, 1)
    found: Counter[str] = Counter()
    for leaf in leaves(system.parameters):
        start = leaf.since(first)
        days = [] if start is None else [start]
        days += [date for date in leaf.dates if first < date < last]
        for date in days:
            if leaf.value(date) is not None:
                found[leaf.statut(date) or "hypothese"] += 1
    return found


def register() -> Table:
    """Describe what the law says, or leaves open, and that the results do not hold.

    Returns:
        One row per topic: what it is about, why the model does not hold it, what that means for a
        result, and where it was read.
    """
    rows = [
        {
            "sujet": topic.sujet,
            "nature": unmodelled.NATURES[topic.nature],
            "pourquoi": " ".join(topic.pourquoi.split()),
            "consequence": " ".join(topic.consequence.split()),
            "sources": " ; ".join(source.title for source in topic.sources),
        }
        for topic in unmodelled.topics()
    ]
    columns = [
        Column("sujet", "Sujet"),
        Column("nature", "Nature"),
        Column("pourquoi", "Pourquoi", detail=True),
        Column("consequence", "Conséquence"),
        Column("sources", "Sources", detail=True),
    ]
    schema = dict.fromkeys((column.key for column in columns), polars.String)
    frame = polars.DataFrame(rows, schema)
    return Table("non_modelise", "Non modélisé", columns, frame, files_only=True)
