"""A payment plan, shown: tables of the terminal, CSV and JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import polars
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openfisca_cpts.outils.cli.study_printed import printed
from openfisca_cpts.outils.paragraph import paragraph
from openfisca_cpts.outils.plan import Schedule
from openfisca_cpts.outils.plan.payment_lines import MISSING
from openfisca_cpts.outils.simulation.formulas import protect
from openfisca_cpts.outils.tables.treasury import in_french, labels, tables
from openfisca_cpts.outils.typography import NONE, SPACE, count, day, euros, share

STATUTS = {"document_public": "doc. public", "deduit": "déduit", "hypothese": "hypothèse"}
"""How a statut is shown, where its key is not French enough or too long."""
TOO_WIDE = "Trop large pour cet écran : --output plan.xlsx le donne, ou moins de plans (--id)."
TOTALS = {
    "sur": "Sûr (taux à 0 %)",
    "donne": "Avec les taux donnés",
    "plafond": "Plafond (taux à 100 %)",
}


def as_csv(plans: Sequence[Schedule]) -> str:
    """Give the payments as the CSV that a French spreadsheet opens, amounts unrounded.

    Args:
        plans: the plans.

    Returns:
        One row per payment, `;` between cells and a decimal comma: the community's `id` and `nom`
        first, and `scenario` where there are several.
    """
    laws = {plan.scenario for plan in plans}
    rows = []
    for plan in plans:
        identity = {"id": plan.id, "nom": plan.nom}
        identity |= {"scenario": plan.scenario} if len(laws) > 1 else {}
        words = [polars.lit(word, polars.String).alias(name) for name, word in identity.items()]
        rows.append(plan.versements.select(*words, polars.all()))
    return protect(polars.concat(rows)).write_csv(separator=";", decimal_comma=True)


def as_json(plans: Sequence[Schedule]) -> str:
    """Give whole plans as JSON, amounts unrounded, days as AAAA-MM-JJ.

    Args:
        plans: the plans.

    Returns:
        An object with the fields of `Schedule`, whose tables are lists of objects; a list of such
        objects where there are several plans.
    """
    objects = [
        {
            name: value.to_dicts() if isinstance(value, polars.DataFrame) else value
            for name, value in vars(plan).items()
        }
        for plan in plans
    ]
    told = objects if len(objects) > 1 else objects[0]
    return json.dumps(told, ensure_ascii=False, indent="  ", default=str) + "\n"


def print_plans(plans: Sequence[Schedule], console: Console) -> None:
    """Print one plan in full; several, side by side: each month, what has come in, the range.

    Args:
        plans: the plans.
        console: where to print.
    """
    if len(plans) == 1:
        print_plan(plans[0], console)
        return
    months = plans[0].mois
    names = list(dict.fromkeys(plan.nom or plan.id for plan in plans))
    title = f"Plans de versement : {names[0] if len(names) == 1 else count(len(plans), 'plan')}"
    if months:
        title += f", de {in_french(months[0])} à {in_french(months[-1])}"
    console.print(Text(title, style="bold"))
    *_, whole = shown = tables(plans)
    for table in shown:
        laid_out = printed(table)
        console.print(f"\n{table.title}", highlight=False)
        # The last table has a row per plan: it always fits.
        if not laid_out.fits(console.width) and table is not whole:
            console.print(TOO_WIDE, soft_wrap=True)
            continue
        console.print(laid_out, soft_wrap=True, crop=False)
        for remark in table.remarks:
            console.print(remark, markup=False, highlight=False, soft_wrap=True)
    console.print()
    for note, about in _shared(plans).items():
        of_all = len(about) == len(plans)
        said = note if of_all else f"{', '.join(about)} : {note}"
        console.print(
            paragraph(said, console.width, "  ", "• "),
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def _shared(plans: Sequence[Schedule]) -> dict[str, list[str]]:
    """Give each remark once, with the plans that it is of."""
    found: dict[str, list[str]] = {}
    for plan, label in zip(plans, labels(plans), strict=True):
        for note in plan.remarques:
            found.setdefault(note, []).append(label)
    return found


def print_plan(plan: Schedule, console: Console) -> None:
    """Print a plan for a reader: who, what is paid, the deadlines, the totals, what to know.

    Args:
        plan: the plan.
        console: where to print.
    """
    title = plan.id if plan.nom is None else f"{plan.nom} ({plan.id})"
    console.print(Text(f"Plan de versement : {title}", style="bold"))
    if plan.signature is not None and plan.fin is not None:
        console.print(
            f"Contrat signé le {day(plan.signature)}, qui prend fin le {day(plan.fin)} ; il n'est "
            "pas renouvelé de lui-même.",
            highlight=False,
        )
    if plan.versements.height:
        _print_payments(plan.versements, console)
    if plan.echeances.height:
        console.print(_deadlines(plan.echeances))
    if plan.totaux.height:
        console.print(_totals(plan))
    for note in plan.remarques:
        said = paragraph(note, console.width, "  ", "• ")
        console.print(said, markup=False, highlight=False, soft_wrap=True)


def _table(title: str) -> Table:
    return Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        show_edge=False,
        pad_edge=False,
    )


def _print_payments(payments: polars.DataFrame, console: Console) -> None:
    """Print the lines, each month once; the articles, which are long, are listed below."""
    articles = payments["article"].unique(maintain_order=True).to_list()
    table = _table("Versements")
    table.add_column("Mois", no_wrap=True)
    table.add_column("Versement")
    table.add_column("Montant (€)", justify="right", no_wrap=True)
    table.add_column("Art.", no_wrap=True)
    table.add_column("Statut", no_wrap=True)
    before = None
    for row in payments.iter_rows(named=True):
        year, month = row["mois"].split("-")
        table.add_row(
            "" if row["mois"] == before else f"{month}/{year}",
            Text(_words(row)),
            euros(row["montant"]),
            f"({articles.index(row['article']) + 1})",
            STATUTS.get(row["statut"], row["statut"]),
            style="red" if row["montant"] < 0 else None,
        )
        before = row["mois"]
    console.print()
    console.print(table)
    for rank, article in enumerate(articles, start=1):
        console.print(Text(f"({rank}) {article}", style="dim"))


def _words(row: dict[str, Any]) -> str:
    """Say what a line pays; where no rate is given, what it could be at most."""
    if row["taux"] == MISSING:
        return f"{row['libelle']} :\nau plus {euros(row['plafond'])}{SPACE}€"
    return str(row["libelle"])


def _deadlines(deadlines: polars.DataFrame) -> Table:
    table = _table("\nÉchéances des missions socles")
    for heading in ("Mission", "Démarrer\nd'ici au", "Déployer\nd'ici au", "Démarrage"):
        table.add_column(heading, no_wrap=True)
    table.add_column("Constat")
    for row in deadlines.iter_rows(named=True):
        started = row["date_demarrage"]
        table.add_row(
            row["mission"],
            *(day(row[name]) for name in ("echeance_demarrage", "echeance_deploiement")),
            NONE if started is None else day(started),
            row["constat"],
            style="red" if started is not None and row["en_retard"] else None,
        )
    return table


def _totals(plan: Schedule) -> Table:
    totals = plan.totaux
    table = _table("\nTotaux par année (€)")
    table.add_column("Année", no_wrap=True)
    headings = dict(TOTALS)
    if plan.taux_suppose is not None:
        headings["donne"] += f",\nsinon {share(plan.taux_suppose)} (supposé)"
    for heading in headings.values():
        table.add_column(heading, justify="right", no_wrap=True)
    for annee, *amounts in totals.select("annee", *TOTALS).iter_rows():
        table.add_row(str(annee), *map(euros, amounts))
    table.add_section()
    sums = totals.select(*TOTALS).sum().row(0)
    table.add_row("ensemble", *map(euros, sums), style="bold")
    return table
