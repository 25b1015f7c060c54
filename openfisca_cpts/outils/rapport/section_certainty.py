"""The sections of the page that say how sure the results are: conventions, statuts, limits."""

from __future__ import annotations

import polars

from openfisca_cpts.outils.rapport import charts, section_conventions
from openfisca_cpts.outils.rapport.outlook import Outlook, shown_euros
from openfisca_cpts.outils.rapport.pieces import Block, Figure, Section, table_of
from openfisca_cpts.outils.simulation.study_tables import MEASURES, moves, spans, still
from openfisca_cpts.outils.typography import MILLION


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
        spec=charts.ranges(frame, outlook.colors, "Total par an"),
        legend=outlook.legend,
        table=table_of(outlook.tables["conventions"].of(measure)),
    )


def statuts(outlook: Outlook) -> Section:
    """Count the figures that the result rests on, by how sure they are.

    Args:
        outlook: the study.

    Returns:
        The section.
    """
    return Section(
        key="certitude",
        title="De quels chiffres le résultat dépend",
        short="Certitude",
        sentences=[
            "Chaque chiffre de l'accord porte un statut, qui dit où il a été lu. Sont comptés ici "
            f"les chiffres en vigueur au moins un jour des années simulées ({outlook.span}), de "
            "toutes les tailles et de toutes les missions."
        ],
        blocks=[Block(table_of(outlook.tables["certitude"]))],
    )


def envelopes(outlook: Outlook) -> Section | None:
    """Show the coefficients that close an envelope.

    Args:
        outlook: the study.

    Returns:
        The section; none where no reform has one.
    """
    table = outlook.tables.get("coefficients")
    if table is None:
        return None
    return Section(
        key="enveloppe",
        title="Coefficients trouvés",
        short="Coefficients",
        sentences=[
            "Ces réformes ferment une enveloppe, ou tiennent le total du droit en vigueur : leur "
            "coefficient a été cherché sur toutes les communautés du tableau."
        ],
        blocks=[Block(table_of(table))],
    )
