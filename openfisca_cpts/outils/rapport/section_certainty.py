"""The sections of the page that say how sure the results are: conventions, statuts, limits."""

from __future__ import annotations

import datetime
from collections import Counter
from typing import TYPE_CHECKING

import polars

from openfisca_cpts.outils.loi.leaves import leaves
from openfisca_cpts.outils.loi.words import STATUTS, figure
from openfisca_cpts.outils.rapport import charts, section_conventions
from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Block, Figure, Section, Table
from openfisca_cpts.outils.simulation.study_tables import MEASURES, moves, spans, still
from openfisca_cpts.outils.simulation.variants import CONVENTIONS, variant_title
from openfisca_cpts.outils.typography import MILLION, number

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

MEANINGS = {
    "officiel": "lu dans le texte officiel",
    "document_public": "lu dans un document d'une autorité ou d'un organisme professionnel",
    "presse": "lu dans la presse ou sur un site privé",
    "deduit": "calculé à partir des trois précédents, ou lu dans un document plus récent "
    "que la valeur",
    "hypothese": "supposé, étendu par analogie, ou lu dans une proposition d'avant la signature",
    "reforme": "écrit par la réforme simulée",
}
"""What each statut means, as in the guide for readers."""


def conventions(outlook: Outlook) -> Section | None:
    """Show the range that each total moves in when a convention is chosen otherwise.

    Args:
        outlook: the study.

    Returns:
        The section; none where the variants were not run.
    """
    ranges = outlook.study.ranges
    if ranges is None:
        return None
    shown: list[str] = []
    unmoved: list[str] = []
    paid: list[str] = []
    for name in MEASURES:
        own = ranges.filter(
            (polars.col("variable") == name) & (polars.col("annee") == outlook.last)
        )
        nothing = not (own["total"] != 0).any()
        paid += [] if nothing else [name]
        if moves(own):
            shown.append(name)
        elif own.height:
            unmoved.append(still(outlook.label(name), nothing, [outlook.last]))
    return Section(
        key="conventions",
        title="Si les conventions étaient autres",
        short="Conventions",
        sentences=[
            "Là où les textes se taisent, une convention a été retenue (population égale à un "
            "seuil, prorata, délai d'évaluation…). Chaque total est refait avec chacune des "
            "autres conventions, une à la fois : la barre va du plus bas au plus haut, le trait "
            "vertical est le total avec les conventions retenues.",
            *unmoved,
            *section_conventions.sentences(outlook, paid),
        ],
        figures=[
            *(_range(outlook, ranges, name) for name in shown),
            *section_conventions.figures(outlook, paid),
        ],
    )


def _range(outlook: Outlook, ranges: polars.DataFrame, measure: str) -> Figure:
    own = ranges.filter(polars.col("variable") == measure)
    found = spans(own.filter(polars.col("annee") == outlook.last))
    texts = [
        f"{shown_euros(low)} à {shown_euros(high)}"
        for low, high in found.select("bas", "haut").iter_rows()
    ]
    frame = found.select(
        "scenario",
        polars.col("scenario").replace_strict(outlook.titles).alias("titre"),
        *((polars.col(name) / MILLION).alias(name) for name in ("bas", "haut", "retenu")),
        polars.Series("fourchette", texts, polars.String),
    )
    return Figure(
        key=f"conventions_{measure}",
        title=f"{outlook.label(measure)}, total de {outlook.last}",
        alt="Une barre par scénario, du total le plus bas au plus haut selon la convention.",
        spec=charts.ranges(frame, outlook.colors, "Total"),
        legend=outlook.legend,
        table=_variants(outlook, own),
    )


def _variants(outlook: Outlook, ranges: polars.DataFrame) -> Table:
    kept = {
        (row["scenario"], row["annee"]): row["total"]
        for row in ranges.filter(polars.col("variante") == CONVENTIONS).iter_rows(named=True)
    }
    rows = [
        [
            str(row["annee"]),
            outlook.titles[row["scenario"]],
            variant_title(row["variante"]),
            shown_euros(row["total"]),
            shown_euros(row["total"] - kept[row["scenario"], row["annee"]], gap=True),
        ]
        for row in ranges.sort("annee", maintain_order=True).iter_rows(named=True)
    ]
    headings = ["Année", "Scénario", "Convention", "Total", "Écart"]
    return Table(headings, rows, numbers_from="Total")


def statuts(outlook: Outlook) -> Section:
    """Count the figures that the result rests on, by how sure they are.

    Args:
        outlook: the study.

    Returns:
        The section.
    """
    counts = {
        scenario.name: count_statuts(scenario.system, outlook.study.years)
        for scenario in outlook.study.scenarios
    }
    rows = [
        [STATUTS[key], meaning, *(number(counts[name][key]) for name in outlook.titles)]
        for key, meaning in MEANINGS.items()
        if any(found[key] for found in counts.values())
    ]
    totals = ["Ensemble", "", *(number(sum(counts[name].values())) for name in outlook.titles)]
    return Section(
        key="certitude",
        title="De quels chiffres le résultat dépend",
        short="Certitude",
        sentences=[
            "Chaque chiffre de l'accord porte un statut, qui dit où il a été lu. Sont comptés ici "
            f"les chiffres en vigueur au moins un jour des années simulées ({outlook.span}), de "
            "toutes les tailles et de toutes les missions."
        ],
        blocks=[
            Block(
                Table(
                    ["Statut", "Ce qu'il veut dire", *outlook.titles.values()],
                    [*rows, totals],
                    numbers_from=outlook.titles[outlook.law],
                    bold=frozenset([len(rows)]),
                )
            )
        ],
    )


def count_statuts(system: TaxBenefitSystem, years: list[int]) -> Counter[str]:
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


def envelopes(outlook: Outlook) -> Section | None:
    """Show the coefficients that close an envelope.

    Args:
        outlook: the study.

    Returns:
        The section; none where no reform has one.
    """
    coefficients = outlook.study.coefficients
    if not coefficients.height:
        return None
    return Section(
        key="enveloppe",
        title="Coefficients trouvés",
        short="Coefficients",
        sentences=[
            "Ces réformes ferment une enveloppe, ou tiennent le total du droit en vigueur : leur "
            "coefficient a été cherché sur toutes les communautés du tableau."
        ],
        blocks=[Block(_coefficients(outlook, coefficients))],
    )


def _coefficients(outlook: Outlook, coefficients: polars.DataFrame) -> Table:
    headings = ["Scénario", "Année", "Coefficient", "Total avant", "Cible", "Total après"]
    rows = [
        [
            outlook.titles[row["scenario"]],
            str(row["annee"]),
            figure(row["coefficient"], "index"),
            *(shown_euros(row[name]) for name in ("total_avant", "cible", "total_apres")),
        ]
        for row in coefficients.iter_rows(named=True)
    ]
    return Table(headings, rows, numbers_from="Coefficient")
