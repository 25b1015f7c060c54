"""The sheet of what the law says, or leaves open, and the results do not hold."""

from __future__ import annotations

from collections.abc import Sequence

from openfisca_cpts.outils.fichiers import unmodelled
from openfisca_cpts.outils.simulation.sheets import WIDEST, Column, width_of


def register() -> tuple[Sequence[Column], Sequence[Sequence[str]]]:
    """Give the register of what is not modelled.

    Returns:
        The columns, and one row per topic: what it is about, why the model does not hold it, what
        that means for a result, and where it was read.
    """
    topics = unmodelled.topics()
    natures = [unmodelled.NATURES[topic.nature] for topic in topics]
    columns = [
        Column("Sujet", width=WIDEST, wrap=True),
        Column("Nature", width=width_of(natures)),
        Column("Pourquoi", width=WIDEST, wrap=True),
        Column("Conséquence", width=WIDEST, wrap=True),
        Column("Sources", width=WIDEST, wrap=True),
    ]
    rows = [
        [
            topic.sujet,
            nature,
            " ".join(topic.pourquoi.split()),
            " ".join(topic.consequence.split()),
            " ; ".join(source.title for source in topic.sources),
        ]
        for topic, nature in zip(topics, natures, strict=True)
    ]
    return columns, rows
