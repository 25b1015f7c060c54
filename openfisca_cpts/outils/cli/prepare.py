"""The command `openfisca-cpts prepare`: what people hold, made into a table to simulate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import polars
import typer
import yaml
from rich.console import Console

from openfisca_cpts import CountryTaxBenefitSystem
from openfisca_cpts.outils.cli.fitted import Fitted
from openfisca_cpts.outils.cli.options import Sheet
from openfisca_cpts.outils.cli.study_files import is_workbook
from openfisca_cpts.outils.preparation.assumed import Missions, with_assumed
from openfisca_cpts.outils.preparation.prepared import Prepared
from openfisca_cpts.outils.preparation.prepared import prepare as prepare_file
from openfisca_cpts.outils.preparation.reading_list import (
    LEFT_OUT,
    ORDER,
    UNDERSTOOD,
    Entry,
    as_frame,
    counts,
)
from openfisca_cpts.outils.simulation import RequestError
from openfisca_cpts.outils.simulation.rates import read_rate
from openfisca_cpts.outils.simulation.writing import check_output, text_writer, together
from openfisca_cpts.outils.tables.described import Column, Table
from openfisca_cpts.outils.typography import count

OUTPUTS = (".csv", ".xlsx")
MOST_LINES = 40
"""Entries that the terminal shows; the file has all of them."""
MOST_LETTERS = 38
"""Letters of a cell that the terminal shows; the file has the others."""
TITLES = {
    "cellule": "Cellule",
    "valeur": "Valeur",
    "lecture": "Lecture",
    "ce_qui_est_compris": "Ce qui est compris",
    "communaute": "Communauté",
}


def prepare(
    fichier: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            show_default=False,
            help="Ce que l'on a : classeur .xlsx, .csv, ou .json et .geojson de communes.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            metavar="TABLEAU",
            show_default=False,
            help="Tableau à écrire (.xlsx ou .csv), que simulate et schedule lisent.",
        ),
    ],
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="TITRE=DONNÉE",
            show_default=False,
            help="Ce qu'un titre veut dire (« Pop=population_2026 », « Code=id », « laissée de "
            "côté ») ; en répétant l'option, d'autres.",
        ),
    ] = None,
    map_file: Annotated[
        Path | None,
        typer.Option(
            "--map-file",
            metavar="TITRES",
            show_default=False,
            help="Fichier de ces correspondances, tel que --write-map l'écrit.",
        ),
    ] = None,
    write_map: Annotated[
        Path | None,
        typer.Option(
            "--write-map",
            metavar="TITRES",
            show_default=False,
            help="Écrire les correspondances trouvées (.yaml), pour le fichier du mois prochain.",
        ),
    ] = None,
    default_rate: Annotated[
        str | None,
        typer.Option(
            "--default-rate",
            metavar="TAUX",
            show_default=False,
            help="Taux d'atteinte supposé des missions pour lesquelles aucun n'est donné (0,8 ou "
            "80 %), écrit dans le tableau.",
        ),
    ] = None,
    missions: Annotated[
        Missions | None,
        typer.Option(
            "--missions",
            metavar="socles|toutes",
            show_default=False,
            help="Missions supposées retenues là où le tableau n'en dit rien.",
        ),
    ] = None,
    sheet: Sheet = None,
) -> None:
    """Fait d'un tableau tel qu'on l'a un tableau que simulate et schedule lisent.

    La ligne des titres est cherchée sous les blocs de titre, deux lignes d'en-têtes sont jointes,
    les totaux, les notes et les lignes vides sont laissés de côté par leur nom. Les titres sont
    lus sans égard à la casse, aux accents et aux mots usuels ; « 95 000 hab. », « 15 mars 2022 »,
    « X », « PACA » sont compris, « n.c. » est « non donné », « environ 120 000 » reste dehors. Un
    numéro de département dans une colonne de régions est refusé. Une colonne de codes Insee donne
    la population de chaque communauté, à tous les recensements.

    Tout ce qui est compris, deviné, laissé de côté ou refusé est listé avec sa cellule : feuille
    « Lecture » du classeur, ou fichier « _lecture.csv » à côté du tableau. Code de sortie : 0 si
    le tableau est prêt, 2 s'il ne peut pas l'être ; rien n'est alors écrit.
    """
    check_output(output, OUTPUTS)
    beside = [] if is_workbook(output) else [output.with_name(f"{output.stem}_lecture.csv")]
    for path in (output, *beside, *([write_map] if write_map else [])):
        if path.exists() and fichier.exists() and path.samefile(fichier):
            raise RequestError(f"« {path} » est le fichier lu : il ne sera pas remplacé.")
    done = prepare_file(fichier, sheet, _given(map_file, maps or []))
    system = CountryTaxBenefitSystem()
    rate = None if default_rate is None else read_rate(default_rate, system)
    table, assumed = with_assumed(done.table, missions, rate)
    entries = [*assumed, *done.entries]
    with together() as files:
        if is_workbook(output):
            files.write(output, lambda path: _write_workbook(path, table, entries))
        else:
            files.write(output, table.write_csv)
            files.write(beside[0], as_frame(entries).write_csv)
        if write_map is not None:
            text = yaml.safe_dump(_map(done), allow_unicode=True, sort_keys=False)
            files.write(write_map, text_writer(text))
    console = Console()
    for item in _shown(done, table, entries):
        console.print(item, markup=False, highlight=False, crop=False)
    for path in (output, *beside, *([write_map] if write_map else [])):
        console.print(f"Écrit : {path}.", markup=False, highlight=False, soft_wrap=True)


def _given(file: Path | None, maps: Sequence[str]) -> dict[str, str]:
    """Read what titles stand for; the command goes before the file."""
    found: dict[str, str] = {}
    if file is not None:
        try:
            read = yaml.safe_load(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise RequestError(f"« {file} » ne se lit pas : attendu, titre: donnée.") from error
        if not isinstance(read, dict) or not all(isinstance(each, str) for each in read.values()):
            raise RequestError(f"« {file} » : attendu, une ligne « titre: donnée » par colonne.")
        found |= {str(title): column for title, column in read.items()}
    for word in maps:
        title, equals, column = word.rpartition("=")
        if not equals or not title.strip() or not column.strip():
            raise RequestError(f"« --map {word} » : attendu, TITRE=DONNÉE (Pop=population_2026).")
        found[title.strip()] = column.strip()
    return found


def _map(done: Prepared) -> dict[str, str]:
    return {title.rpartition(" – ")[-1]: meaning.column for _, title, meaning in done.titles}


def _write_workbook(path: Path, table: polars.DataFrame, entries: list[Entry]) -> None:
    from openfisca_cpts.outils.classeur.book import Book
    from openfisca_cpts.outils.classeur.sheets import write_table

    units = {polars.Date: "date", polars.Int64: "nombre", polars.Int32: "nombre"}
    columns = [Column(name, name, units.get(type(table[name].dtype), "")) for name in table.columns]
    read = as_frame(entries)
    with Book(path) as book:
        write_table(book, Table("table", "Communautés", columns, table))
        listed = [Column(name, TITLES[name]) for name in read.columns]
        write_table(book, Table("lecture", "Lecture", listed, read))


def _shown(done: Prepared, table: polars.DataFrame, entries: list[Entry]) -> Iterator[Any]:
    sheet = f"feuille « {done.sheet} », " if done.sheet else ""
    yield f"Titres lus : {sheet}ligne {done.titles_row}."
    yield Fitted(
        ["Cellule", "Titre", "Lu comme", ""],
        [[where, title, meaning.column, meaning.how] for where, title, meaning in done.titles],
    )
    yield ""
    looked = [entry for entry in entries if entry.status != UNDERSTOOD and entry.place]
    looked += [entry for entry in entries if entry.status != UNDERSTOOD and not entry.place]
    looked.sort(key=lambda entry: ORDER.index(entry.status))
    if looked:
        yield "Ce qui demande un regard :"
        yield Fitted(
            ["Cellule", "Valeur", "Lecture", "Ce qui est compris"],
            [
                [entry.place, _short(entry.value), entry.status, entry.said]
                for entry in looked[:MOST_LINES]
            ],
        )
        if len(looked) > MOST_LINES:
            yield f"… et {len(looked) - MOST_LINES} autres, dans le fichier."
        yield ""
    found = counts(entries)
    told = ", ".join(
        f"{found[status]} {_plural(status, found[status])}" for status in ORDER if found[status]
    )
    yield f"{count(table.height, 'communauté')} dans le tableau. Cellules et lignes : {told}."


def _short(value: str) -> str:
    return value if len(value) <= MOST_LETTERS else f"{value[:MOST_LETTERS].rstrip()}…"


def _plural(status: str, number: int) -> str:
    if number == 1 or status == UNDERSTOOD:
        return status
    return "laissés de côté" if status == LEFT_OUT else f"{status}s"
