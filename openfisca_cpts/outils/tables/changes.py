"""The figures of the law that each reform changes, interval by interval, and where it says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars

from openfisca_cpts.outils.loi.idle import idle
from openfisca_cpts.outils.loi.words import statut, unit_name
from openfisca_cpts.outils.tables import amounts
from openfisca_cpts.outils.tables.described import Column, Table

if TYPE_CHECKING:
    from openfisca_cpts.outils.loi.differences import Difference
    from openfisca_cpts.outils.simulation.scenarios import Scenario
    from openfisca_cpts.outils.simulation.studies import Study

RULES = "Aucun paramètre ne change : la réforme change une règle de calcul."
SCHEMA = {
    "scenario": polars.String,
    "chemin": polars.String,
    "parametre": polars.String,
    "unite": polars.String,
    "unite_nom": polars.String,
    "du": polars.Date,
    "au": polars.Date,
    "avant": polars.Float64,
    "apres": polars.Float64,
    "statut": polars.String,
    "source": polars.String,
    "adresse": polars.String,
}


def changes(study: Study, differences: Mapping[str, Sequence[Difference]]) -> Table:
    """Describe what each reform changes.

    Args:
        study: a study with at least one reform.
        differences: the parameters that differ, by the name of the scenario.

    Returns:
        The table; a row without a path says in words what changes no figure.
    """
    law, *others = study.scenarios
    rows = [row for other in others for row in _rows(law, other, differences[other.name])]
    return Table(
        key="parametres",
        title="Paramètres modifiés",
        columns=[
            *amounts.SCENARIO,
            Column("chemin", "Chemin"),
            Column("parametre", "Paramètre"),
            Column("unite_nom", "Unité"),
            Column("du", "Du", "date"),
            Column("au", "Au", "date"),
            Column("avant", "Avant", unit_of="unite"),
            Column("apres", "Après", unit_of="unite"),
            Column("statut", "Statut"),
            Column("source", "Source", link="adresse"),
            Column("adresse", "Adresse"),
        ],
        rows=amounts.named(study, polars.DataFrame(rows, SCHEMA, orient="row")),
        files_only=True,
    )


def _rows(
    law: Scenario, other: Scenario, differences: Sequence[Difference]
) -> Iterator[dict[str, Any]]:
    found = idle(law.system, other.system)
    said = [found.sentence[:1].upper() + found.sentence[1:]] if found.sentence else []
    said += [] if differences or found.whole else [RULES]
    for sentence in said:
        yield {"scenario": other.name, "parametre": sentence}
    for each in differences:
        source = each.references[0] if each.references else {}
        yield {
            "scenario": other.name,
            "chemin": each.path,
            "parametre": each.label,
            "unite": each.unit,
            "unite_nom": unit_name(each.unit, 1),
            "du": each.start,
            "au": each.end,
            "avant": each.before,
            "apres": each.after,
            "statut": statut(each.statut),
            "source": source.get("title"),
            "adresse": source.get("href"),
        }
