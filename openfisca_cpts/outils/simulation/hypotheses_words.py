"""What a table does not give, in sentences and as one table: every surface shows the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars

from openfisca_cpts.outils.simulation.hypotheses import (
    ASSUMED_RATE,
    CARRIED,
    ENDED,
    ENDING,
    LATER_CONTRACT,
    NO_CONDITION,
    NO_CONTRACT,
    NO_POPULATION,
    NO_RATE,
    NO_SCALE,
    NO_START,
    SIZE_ALONE,
    Hypotheses,
)
from openfisca_cpts.outils.simulation.sums import exact_sum
from openfisca_cpts.outils.territoires.census import CENSUS_AGE
from openfisca_cpts.outils.typography import SPACE, count, day, euros, number, share

TITLE = "Ce que le tableau ne donne pas, et ce que cela change"
COMPLETE = "Population, contrat, démarrages et taux d'atteinte : rien ne manque dans ces années."
SCHEMA = {
    "annee": polars.Int64,
    "cle": polars.String,
    "constat": polars.String,
    "precision": polars.String,
    "communautes": polars.Int64,
    "missions": polars.Int64,
    "financement": polars.Float64,
    "versement": polars.Float64,
}
"""Columns of the counts in words."""
LABELS = {
    NO_SCALE: "Taille indéterminée, l'année commence avant l'accord (montants nuls)",
    NO_POPULATION: "Taille indéterminée, population non donnée (montants nuls)",
    SIZE_ALONE: "Population non donnée, taille donnée par le contrat",
    CARRIED: "Population reprise d'une autre année",
    NO_RATE: "Taux d'atteinte non donné, part variable comptée pour zéro",
    NO_CONDITION: "Condition non donnée (soins non programmés, crise), comptée « non »",
    NO_START: "Contrat en cours, mission sans date de démarrage (rien n'en est versé)",
    NO_CONTRACT: "Date de signature non donnée (rien n'est versé au titre d'un contrat)",
    LATER_CONTRACT: "Contrat pas encore signé",
    ENDING: "Contrat qui prend fin dans l'année, non renouvelé",
    ENDED: "Contrat terminé les années précédentes, non renouvelé",
}
"""What each finding is, where no rate is assumed."""
MISSING_IN_GAPS = (
    "Les écarts et les coûts des réformes comptent aussi pour zéro les taux non donnés ; "
    "--default-rate 1 en donne l'autre borne."
)
FULL_YEAR = (
    "Le financement en année pleine compte l'année entière, même si le contrat n'en couvre qu'une "
    "partie ; ce qui est versé suit les mois du contrat."
)
SAID_APART = (ENDING,)
"""Findings that the sentences on contracts (`contract_words`) already tell, with their days."""


def title(reformed: bool = False) -> str:
    """Give the title of the sentences; the counts are those of the law in force."""
    return f"{TITLE} (sous le droit en vigueur)" if reformed else TITLE


def label(key: str, hypotheses: Hypotheses) -> str:
    """Name a finding, by its key."""
    if key == ASSUMED_RATE:
        return f"Taux d'atteinte non donné, supposé à {share(hypotheses.default_rate or 0)}"
    return LABELS[key]


def assumption(hypotheses: Hypotheses) -> str:
    """Say what stands beside a total that rests on an assumed rate.

    Args:
        hypotheses: the counts.

    Returns:
        « taux supposé à 80 % : 12 missions-années »; nothing where no total rests on one.
    """
    lines = int(hypotheses.of(ASSUMED_RATE)["missions"].sum())
    if not lines:
        return ""
    plural = "s" if lines > 1 else ""
    return (
        f"taux supposé à {share(hypotheses.default_rate or 0)}{SPACE}: "
        f"{number(lines)} mission{plural}-année{plural}"
    )


def sentences(hypotheses: Hypotheses, years: Sequence[int], reformed: bool = False) -> list[str]:
    """Say what was not given, carried over or assumed, and what that does to the amounts.

    Args:
        hypotheses: the counts.
        years: the calendar years that they are of.
        reformed: whether there are other laws than the one in force.

    Returns:
        One sentence per finding, then the remarks on how the table was read.
    """
    said = []
    keys = hypotheses.counts["constat"].unique(maintain_order=True).to_list()
    for key in (ASSUMED_RATE, *LABELS):
        if key in keys and key not in SAID_APART:
            said.append(_sentence(key, hypotheses, years))
    if hypotheses.default_rate is not None and ASSUMED_RATE not in keys:
        said.append(
            f"Taux supposé à {share(hypotheses.default_rate)} là où aucun n'est donné : aucun "
            "total n'en dépend."
        )
    return [*(said or [COMPLETE]), *notes(hypotheses, reformed)]


def notes(hypotheses: Hypotheses, reformed: bool) -> list[str]:
    """Say what is counted by no year.

    Args:
        hypotheses: the counts.
        reformed: whether there are other laws than the one in force.

    Returns:
        How the amounts read beside what is missing, then the remarks on how the table was read.
    """
    gaps = [MISSING_IN_GAPS] if reformed and hypotheses.of(NO_RATE).height else []
    partial = any(hypotheses.of(key).height for key in (LATER_CONTRACT, ENDING, ENDED))
    return [*gaps, *([FULL_YEAR] if partial else []), *hypotheses.remarks]


def _sentence(key: str, hypotheses: Hypotheses, years: Sequence[int]) -> str:
    rows = hypotheses.of(key)
    if key == CARRIED:
        parts = [
            f"de {origin} (recensement de {origin - CENSUS_AGE}), {_by_year(block, years)}"
            for (origin,), block in rows.sort("annee_reprise", "annee").group_by(
                "annee_reprise", maintain_order=True
            )
        ]
        return f"{LABELS[CARRIED]} : {' ; '.join(parts)}."
    said = f"{label(key, hypotheses)} : {_by_year(rows, years)}"
    if key not in (NO_RATE, ASSUMED_RATE, NO_CONDITION):
        return f"{said}."
    # A yearly amount is of a full year: its years do not add up, as what is paid does.
    earned = f"{euros(max(rows['financement'].to_list()))}{SPACE}€ de financement en année pleine"
    if key == NO_CONDITION:
        return f"{said} ; au plus {earned} de plus."
    paid = f"{euros(exact_sum([rows['versement']]))}{SPACE}€ versés"
    span = "" if len(years) == 1 else ", toutes années ensemble"
    if key == ASSUMED_RATE:
        return f"{said} ; au plus {earned}, et {paid}{span}, en dépendent."
    return f"{said} ; à 100 %, au plus {earned}, et {paid}{span}, de plus."


def _by_year(rows: polars.DataFrame, years: Sequence[int]) -> str:
    counts = rows.select("annee", "communautes", "missions").iter_rows()
    runs = _runs({year: tuple(counted) for year, *counted in counts}, years)
    return ", ".join(
        f"{_counted(counts, not rank)} {_span(run)}" for rank, (run, counts) in enumerate(runs)
    )


def spans(some: Sequence[int], years: Sequence[int]) -> str:
    """Write some years in short: « de 2024 à 2026, en 2028 ».

    Args:
        some: the years.
        years: all the years that are simulated: those that follow each other here are one span.

    Returns:
        The words.
    """
    return ", ".join(_span(run) for run, _ in _runs(dict.fromkeys(some, ()), years))


def _runs(counts: dict[int, tuple], years: Sequence[int]) -> list[tuple[list[int], tuple]]:
    """Put together the years that follow each other and have one count."""
    runs: list[tuple[list[int], tuple]] = []
    for year, counted in counts.items():
        follows = runs and years.index(year) == years.index(runs[-1][0][-1]) + 1
        if follows and runs[-1][1] == counted:
            runs[-1][0].append(year)
        else:
            runs.append(([year], counted))
    return runs


def _counted(counts: tuple, first: bool) -> str:
    communities, missions = counts
    people = count(communities, "communauté")
    if missions:
        return f"{count(missions, 'mission')} ({people})"
    return people if first else number(communities)


def _span(years: Sequence[int]) -> str:
    return f"en {years[0]}" if len(years) == 1 else f"de {years[0]} à {years[-1]}"


def counted(hypotheses: Hypotheses) -> polars.DataFrame:
    """Give the counts in words.

    Args:
        hypotheses: the counts.

    Returns:
        One row per year and finding, with the columns of `SCHEMA`: amounts in euros.
    """
    rows = [
        {
            **row,
            "cle": row["constat"],
            "constat": label(row["constat"], hypotheses),
            "precision": _precision(row),
        }
        for row in hypotheses.counts.iter_rows(named=True)
    ]
    return polars.DataFrame(rows, SCHEMA) if rows else polars.DataFrame(schema=SCHEMA)


def _precision(row: dict[str, Any]) -> str | None:
    if row["annee_reprise"] is not None:
        origin = row["annee_reprise"]
        return f"population de {origin} (recensement de {origin - CENSUS_AGE})"
    first, last = row["premier_jour"], row["dernier_jour"]
    if first is not None:
        return f"le {day(first)}" if first == last else f"entre le {day(first)} et le {day(last)}"
    if row["constat"] == NO_RATE:
        return "au plus, si le taux était de 100 %"
    if row["constat"] == NO_CONDITION:
        return "au plus, si la condition était remplie"
    return "montant qui en dépend" if row["constat"] == ASSUMED_RATE else None


def as_record(hypotheses: Hypotheses) -> dict[str, Any]:
    """Give the counts as a run record holds them: texts, numbers, and no key without a value."""
    counts = [
        {name: _plain(value) for name, value in row.items() if value is not None}
        for row in hypotheses.counts.iter_rows(named=True)
    ]
    return {
        "taux_suppose": hypotheses.default_rate,
        "constats": counts,
        "remarques": list(hypotheses.remarks),
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float) else value.isoformat()
