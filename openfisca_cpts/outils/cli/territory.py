"""The command `openfisca-cpts territory`: inhabitants, size and thresholds of some communes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import polars
import typer
from rich.console import Console

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.outils.cli.fitted import Fitted
from openfisca_cpts.outils.cli.options import Format, format_option, split
from openfisca_cpts.outils.cli.options import year as a_year
from openfisca_cpts.outils.simulation import RequestError, write
from openfisca_cpts.outils.simulation.request import check_years
from openfisca_cpts.outils.simulation.writing import check_output
from openfisca_cpts.outils.tables.sizes import size_title
from openfisca_cpts.outils.territoires.census import carried
from openfisca_cpts.outils.territoires.territory import (
    Territory,
    TerritoryError,
    Threshold,
)
from openfisca_cpts.outils.territoires.territory import (
    territory as territory_of,
)
from openfisca_cpts.outils.typography import NONE, SPACE, number, share

PLACES = ".1f"


def territory(
    communes: Annotated[
        list[str] | None,
        typer.Option(
            "--communes",
            metavar="CODES_OU_NOMS",
            show_default=False,
            help="Codes Insee ou noms des communes, séparés par des virgules ou en répétant "
            "l'option ; « Saint-Denis (93) » distingue deux communes de même nom.",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file",
            metavar="LISTE",
            show_default=False,
            help="Fichier de texte : un code ou un nom par ligne.",
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            metavar="ANNÉE",
            show_default=False,
            parser=a_year,
            help="Année civile ; le recensement en vigueur est celui de trois ans avant.",
        ),
    ] = None,
    every_epci: Annotated[
        bool,
        typer.Option(
            "--every-epci",
            help="À la place d'une liste : toute la France, un territoire par intercommunalité "
            "(EPCI), en un tableau que simulate lit. Le découpage est une hypothèse.",
        ),
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="TABLEAU",
            show_default=False,
            help="Tableau à écrire avec --every-epci (.csv, .xlsx ou .parquet).",
        ),
    ] = None,
    shape: Annotated[Format, format_option(Format.terminal, Format.json)] = Format.terminal,
) -> None:
    """Donne la population, la taille et les seuils voisins d'un ensemble de communes.

    Populations municipales de l'Insee, recensements de 2016 et de 2018 à 2023. Un code lu par un
    tableur comme un nombre (1001) est compris ; une commune réunie à une autre est comptée avec
    celle-ci, et c'est dit. Les arrondissements de Paris, Lyon et Marseille ne s'ajoutent pas à
    leur ville. Code de sortie : 0 si tout est compris, 2 sinon ; chaque mot refusé est nommé.
    """
    console = Console()
    if every_epci:
        _write_candidates(output, bool(communes or file), console)
        return
    if output is not None:
        raise RequestError("--output va avec --every-epci.")
    if year is None:
        raise RequestError("Donner l'année (--year).")
    check_years(year, CountryTaxBenefitSystem())
    words = split(communes or []) + _lines(file)
    if not words:
        raise RequestError("Donner des communes (--communes, --file), ou --every-epci.")
    try:
        found = territory_of(words, year)
    except TerritoryError as error:
        raise RequestError(str(error)) from error
    if shape is Format.json:
        typer.echo(as_json(found))
        return
    for item in _shown(found):
        is_text = isinstance(item, str)
        console.print(item, markup=False, highlight=False, soft_wrap=False, crop=is_text)


def _lines(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"« {file} » ne se lit pas : attendu, un fichier de texte.") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _write_candidates(output: Path | None, listed: bool, console: Console) -> None:
    from openfisca_cpts.outils.territoires.candidates import candidates, left_out

    if listed:
        raise RequestError("--every-epci prend toute la France : il ne va pas avec une liste.")
    if output is None:
        raise RequestError("Donner le tableau à écrire (--output).")
    check_output(output)
    table, without = candidates(), left_out()
    write(table, output)
    islands = without.filter(polars.col("agence"))["nom"].to_list()
    for said in (
        f"{number(table.height)} territoires, un par intercommunalité : les populations sont "
        "réelles, le découpage est une hypothèse.",
        f"Hors de toute intercommunalité, donc absentes : {', '.join(islands)}, et "
        f"{without.height - len(islands)} communes des collectivités d'outre-mer "
        f"({number(int(without['habitants'].sum()))} habitants en tout).",
        f"Écrit : {output}.",
    ):
        console.print(said, markup=False, highlight=False, soft_wrap=True)


def as_json(found: Territory) -> str:
    """Give all of what a territory is as JSON."""
    fields = {
        "annee": found.year,
        "recensement": found.census,
        "population": found.inhabitants,
        "taille": found.size,
        "seuils": [dataclasses.asdict(each) for each in found.thresholds],
        "communes": found.communes.to_dicts(),
        "remarques": found.remarks,
    }
    return json.dumps(fields, ensure_ascii=False, indent="  ")


def _shown(found: Territory) -> Iterator[Any]:
    rows = [
        [row["code"], row["nom"], row["departement"] or NONE, _inhabitants(row["habitants"])]
        for row in found.communes.sort("code").iter_rows(named=True)
    ]
    last = len(rows)
    rows.append(["", "ensemble", "", number(found.inhabitants)])
    headings = ["Code", "Commune", "Dép.", "Habitants"]
    yield Fitted(headings, rows, frozenset([len(headings) - 1]), frozenset([last]))
    yield ""
    yield (
        f"Population municipale de {found.year} : {number(found.inhabitants)}{SPACE}habitants "
        f"({carried(found.year)})."
    )
    yield f"{size_title(found.size).capitalize()}."
    for threshold in found.nearest:
        yield _distance(threshold)
    yield from found.remarks


def _inhabitants(value: int | None) -> str:
    return NONE if value is None else number(value)


def _distance(threshold: Threshold) -> str:
    size = size_title(threshold.size)
    gap = f"{number(abs(threshold.gap))}{SPACE}habitants"
    where = "au-dessus" if threshold.gap >= 0 else "au-dessous"
    return (
        f"Seuil de la {size}, {number(threshold.inhabitants)} : {gap} {where} "
        f"({share(abs(threshold.share), PLACES)})."
    )
