"""The command `openfisca-cpts indicators`: what a grid of indicators has earned."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import polars
import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.outils.cli.options import Sheet
from openfisca_cpts.outils.cli.options import year as a_year
from openfisca_cpts.outils.indicateurs import Earned, earned, read_grid
from openfisca_cpts.outils.simulation import RequestError, write
from openfisca_cpts.outils.simulation.columns import nearest
from openfisca_cpts.outils.simulation.request import check_years
from openfisca_cpts.outils.simulation.writing import SUFFIXES, check_output, replace
from openfisca_cpts.outils.typography import NONE, PERCENT, SPACE, count, decimal, euros

JSON = ".json"


def indicators(
    fichier: Annotated[
        Path,
        typer.Argument(
            metavar="GRILLE",
            show_default=False,
            help="Grille du contrat (.csv, .xlsx ou .parquet) : une ligne par palier, colonnes "
            "mission, indicateur, sens, seuil, euros, valeur.",
        ),
    ],
    year: Annotated[
        int,
        typer.Option(
            "--year",
            metavar="ANNÉE",
            show_default=False,
            parser=a_year,
            help="Année civile où s'ouvre l'exercice que la grille évalue.",
        ),
    ],
    size: Annotated[
        str | None,
        typer.Option(
            "--size",
            metavar="TAILLE",
            show_default=False,
            help="Taille de la communauté, de 1 à 4 ; sans elle, celle dont les montants de la "
            "grille font la part variable.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="RÉSULTAT",
            show_default=False,
            help="Fichier à écrire : une ligne par indicateur (.csv, .xlsx ou .parquet), ou tout, "
            "taux compris (.json).",
        ),
    ] = None,
    sheet: Sheet = None,
) -> None:
    """Dit ce que rapportent les indicateurs d'un contrat, et ce qu'apporterait le palier suivant.

    Chaque indicateur a un montant en euros, souvent par paliers : le meilleur palier atteint est
    payé. « sens » dit « au moins » ou « au plus » ; « seuil » est un nombre, un pourcentage, ou
    « oui » ; « euros » est ce que paie le palier, ceux d'avant compris ; « valeur » est la mesure,
    sur une ligne de l'indicateur au moins, vide tant qu'elle n'est pas connue. Une feuille
    « indicateurs » est lue d'abord.

    Le taux d'atteinte d'une mission est la part de sa part variable que ses indicateurs ont
    acquise ; schedule --grid prend la grille à la place des taux. Une grille dont les montants ne
    font pas la part variable de la taille est refusée, avec l'écart. Code de sortie : 0 si tout
    est fait, 2 si une cellule ou une option est refusée.
    """
    if output is not None:
        check_output(output, (*SUFFIXES, JSON))
    system = CountryTaxBenefitSystem()
    (opening,) = check_years(year, system)
    done = earned(read_grid(fichier, system, sheet), system, opening, _size(size, system))
    if output is not None and output.suffix.lower() == JSON:
        replace(output, lambda beside: beside.write_text(as_json(done), encoding="utf-8"))
    elif output is not None:
        write(done.indicateurs, output)
    console = Console()
    print_earned(done, console)
    if output is not None:
        console.print(f"Écrit : {output}.", markup=False, highlight=False, soft_wrap=True)


def _size(word: str | None, system: CountryTaxBenefitSystem) -> str | None:
    if word is None:
        return None
    variable = system.variables["taille_connue"]
    known = [size.name for size in variable.possible_values if size != variable.default_value]
    by_word = {name: name for name in known} | {name.split("_")[-1]: name for name in known}
    if word not in by_word:
        near = nearest(word, known)
        advice = f" (« {near} » ?)" if near else ""
        raise RequestError(f"« --size {word} » : attendu, {', '.join(known)}{advice}.")
    return by_word[word]


def as_json(done: Earned) -> str:
    """Give all of what a grid has earned as JSON, amounts unrounded."""
    fields = {
        "taille": done.taille,
        "annee": done.annee,
        "taux": done.rates,
        "missions": done.missions.to_dicts(),
        "indicateurs": done.indicateurs.to_dicts(),
    }
    return json.dumps(fields, ensure_ascii=False, indent="  ") + "\n"


def print_earned(done: Earned, console: Console) -> None:
    """Print what a grid has earned: its missions, the steps left to reach, the rates.

    Args:
        done: what was earned.
        console: where to print.
    """
    size = done.taille.replace("_", " ")
    console.print(f"Exercice ouvert en {done.annee}, {size}", style="bold", highlight=False)
    console.print(_missions(done.missions))
    left = done.indicateurs.filter(polars.col("gain") > 0).sort("gain", descending=True)
    if left.height:
        console.print("Paliers suivants", style="bold")
        console.print(_steps(left))
    unknown = done.indicateurs.filter(polars.col("valeur").is_null()).height
    if unknown:
        missing = euros(float(done.missions["non_renseigne"].sum()))
        said = (
            f"{count(unknown, 'indicateur')} sans valeur : {missing}{SPACE}€ au plus, comptés "
            "pour zéro dans les taux."
        )
        console.print(said, highlight=False, soft_wrap=True)


def _missions(missions: polars.DataFrame) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("Mission", no_wrap=True)
    headings = ("Acquis €", "Palier suivant €", "Au-delà €", "Sans valeur €", "Part variable €")
    for heading in (*headings, "Taux"):
        table.add_column(heading, justify="right")
    amounts = ("acquis", "palier_suivant", "au_dela", "non_renseigne", "part_variable")
    for row in missions.iter_rows(named=True):
        rate = f"{decimal(row['taux'] * PERCENT)}{SPACE}%"
        table.add_row(row["mission"], *(_whole(row[name]) for name in amounts), rate)
    total = [float(missions[name].sum()) for name in amounts]
    rate = f"{decimal(total[0] / total[-1] * PERCENT)}{SPACE}%"
    table.add_row("ensemble", *map(_whole, total), rate, style="bold")
    return table


def _steps(left: polars.DataFrame) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Mission", "Indicateur", "Valeur", "Palier suivant"):
        table.add_column(heading)
    table.add_column("Gain €", justify="right", no_wrap=True)
    for row in left.iter_rows(named=True):
        words = (row["mission"], row["indicateur"], row["valeur"] or NONE, row["palier_suivant"])
        table.add_row(*map(Text, words), _whole(row["gain"]))
    return table


def _whole(value: float) -> str:
    return decimal(value, ".0f") if value.is_integer() else euros(value)
