"""Which contracts run and end in a simulation, in sentences."""

from __future__ import annotations

import polars

from openfisca_cpts.outils.typography import day, number


def contract_lines(years: polars.DataFrame) -> list[str]:
    """Say which contracts run and end in a simulation.

    Args:
        years: what `contracts` gave, for one scenario.

    Returns:
        The sentences to print.
    """
    annees = years["annee"].to_list()
    span = f"de {annees[0]} à {annees[-1]}" if len(annees) > 1 else f"en {annees[0]}"
    ends = int(years["fins"].sum())
    if not ends and not years["contrats_en_cours"].sum():
        return [f"Aucun contrat n'est en cours {span} : rien n'est versé au titre d'un contrat."]
    running = " ; ".join(
        f"{number(count)} en {annee}"
        for annee, count in years.select("annee", "contrats_en_cours").iter_rows()
    )
    if not ends:
        ending = f"Aucun contrat ne prend fin {span}."
    else:
        ending_years = years.filter(polars.col("fins") > 0)
        first, last = ending_years["premiere_fin"][0], ending_years["derniere_fin"][-1]
        when = f"le {day(first)}" if first == last else f"entre le {day(first)} et le {day(last)}"
        verb = "contrats prennent" if ends > 1 else "contrat prend"
        ending = f"{number(ends)} {verb} fin {when} ; aucun n'est renouvelé de lui-même."
    return [f"Contrats en cours au moins un jour de l'année : {running}.", ending]
