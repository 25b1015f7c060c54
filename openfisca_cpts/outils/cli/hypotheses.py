"""What a table does not give, on the terminal: sentences, and the money of each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from openfisca_cpts.outils.cli.study_printed import printed
from openfisca_cpts.outils.simulation.hypotheses import ASSUMED_RATE, NO_RATE
from openfisca_cpts.outils.simulation.hypotheses_words import sentences, title

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation import Study
    from openfisca_cpts.outils.tables.described import Table

RATE_TITLES = {
    NO_RATE: "Taux non donnés : de plus, au plus, à 100 %",
    ASSUMED_RATE: "Taux supposés : ce qui en dépend",
}


def statement(study: Study, missing: Table, contracts: Sequence[str]) -> Iterator[Any]:
    """Say what stands beside every total: what was not given, carried over, assumed.

    Args:
        study: the study.
        missing: what `tables.missing` described of it.
        contracts: the sentences on the contracts that run and end.

    Yields:
        A title, its sentences, and the table of the rates where there are several years.
    """
    reformed = len(study.scenarios) > 1
    yield f"{title(reformed)} :"
    for sentence in (*sentences(study.hypotheses, study.years, reformed), *contracts):
        yield f"  {sentence}"
    for key, heading in RATE_TITLES.items():
        rates = missing.where(cle=key).without("constat", "precision")
        if rates.rows.height > 1:
            yield heading
            yield printed(rates)
