"""The workbook of a study: what it answers, each of its tables, the record, then the results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars
from openfisca_core.periods import DateUnit

from openfisca_cpts.outils.classeur.book import Book
from openfisca_cpts.outils.classeur.sheet_cells import WIDEST, Column, width_of
from openfisca_cpts.outils.classeur.sheets import write_table
from openfisca_cpts.outils.classeur.synthesis import STACKED, write_synthesis
from openfisca_cpts.outils.loi.words import unit_name
from openfisca_cpts.outils.simulation.engine import is_cash, is_money
from openfisca_cpts.outils.simulation.record import RANGES

if TYPE_CHECKING:
    from openfisca_core.variables import Variable

    from openfisca_cpts.outils.simulation.studies import Study
    from openfisca_cpts.outils.tables.described import Table

FIXED = {
    "scenario": "Le droit en vigueur, ou une réforme",
    "annee": "Année civile",
    "id": "Identifiant de la communauté",
    "nom": "Nom de la communauté",
}
"""Columns of every result that are no variables."""
ETERNAL = "permanente"
COUNTED = "certitude"
"""Key of the table that counts figures: the first sheet counts their euros."""


def write_workbook(
    study: Study,
    columns: Sequence[str],
    path: Path,
    tables: Mapping[str, Table],
    described: Mapping[str, Any],
    found: Sequence[str] = (),
) -> None:
    """Write the workbook of a study.

    Args:
        study: the study, with the variables of `study_tables.SHOWN_VARIABLES`.
        columns: the columns of the sheet of results.
        path: the file to write.
        tables: what the study shows, by their keys: those of the first sheet, then one each.
        described: the run record, without the outputs.
        found: what was sought and found, in sentences.
    """
    with Book(path) as book:
        write_synthesis(book, study, tables, found)
        for table in tables.values():
            if table.key not in (*STACKED, COUNTED) and _says_something(table):
                write_table(book, table)
        book.sheet("Dictionnaire", *_dictionary(study, columns))
        # What the table does not give has its own sheet.
        others = {name: value for name, value in described.items() if name != "hypotheses"}
        book.sheet("Exécution", *_record(others))
        # What a machine reads comes last.
        kinds = [_column(study, name) for name in columns]
        book.sheet("Résultats", kinds, _results(study, columns))


def _says_something(table: Table) -> bool:
    """Say whether a table has rows, of some amount where it tells them apart."""
    return bool(table.rows.height or table.remarks) and table.amounts != {}


def _results(study: Study, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Give the rows, one scenario and one year in memory at a time."""
    for scenario in study.scenarios:
        of_scenario = study.rows.filter(polars.col("scenario") == scenario.name)
        for year in study.years:
            block = of_scenario.filter(polars.col("annee") == year).select(columns).collect()
            yield from block.iter_rows()


def _column(study: Study, name: str) -> Column:
    variable = variable_of(study, name)
    if name == "annee":
        return Column(name, "annee")
    if name == "scenario":
        return Column(name, width=width_of(scenario.name for scenario in study.scenarios))
    if name in ("id", "nom"):
        longest = study.rows.select(polars.col(name).str.len_chars().max()).collect().item()
        return Column(name, width=min((longest or 0) + 1, WIDEST))
    if variable is None:
        dtype = study.rows.collect_schema()[name]
        kinds = {polars.Date: "date", polars.Int64: "nombre", polars.Int32: "nombre"}
        instant = "instant" if dtype == polars.Datetime else "texte"
        return Column(name, kinds.get(type(dtype), instant))
    return Column(name, _kind(variable))


def _kind(variable: Variable) -> str:
    if is_money(variable):
        return "euros"
    if variable.unit == "/1":
        return "part"
    kinds = {"int": "nombre", "date": "date"}
    return kinds.get(variable.value_type.__name__, "texte")


def variable_of(study: Study, name: str) -> Variable | None:
    """Find a variable in the law, or in the first reform that has it."""
    systems = [scenario.system for scenario in study.scenarios]
    return next((s.variables[name] for s in systems if name in s.variables), None)


def _dictionary(study: Study, columns: Sequence[str]) -> tuple[list[Column], list[list[Any]]]:
    rows = [_described(study, name) for name in columns]
    _, labels, units, periods, _ = zip(*rows, strict=True)
    shown = [
        Column("Colonne", width=width_of(columns)),
        Column("Libellé", width=width_of(labels)),
        Column("Unité", width=width_of(units)),
        Column("Période", width=width_of(periods)),
        Column("Documentation", width=WIDEST + WIDEST, wrap=True),
    ]
    return shown, rows


def _described(study: Study, name: str) -> list[Any]:
    variable = variable_of(study, name)
    if variable is None:
        return [name, FIXED.get(name, "Colonne du tableau, gardée"), None, None, None]
    documentation = " ".join((variable.documentation or "").split())
    unit = unit_name(variable.unit, 1) if variable.unit else None
    return [name, variable.label, unit, _period(variable), documentation]


def _period(variable: Variable) -> str:
    if variable.definition_period == DateUnit.ETERNITY:
        return ETERNAL
    if variable.definition_period == DateUnit.YEAR:
        return "année"
    return "mois, somme de l'année" if is_cash(variable) else "mois de décembre"


def _record(described: Mapping[str, Any]) -> tuple[list[Column], list[list[Any]]]:
    told = {name: value for name, value in described.items() if name != RANGES}  # in their sheets
    rows = [[place, value] for place, value in _flat("", told)]
    columns = [
        Column("Élément", width=width_of(row[0] for row in rows)),
        Column("Valeur", width=WIDEST, wrap=True),
    ]
    return columns, rows


def _flat(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Give what a record holds, one line each: `versions.python`, `scenarios.1.nom`."""
    if isinstance(value, Mapping):
        items = list(value.items())
    elif isinstance(value, list) and any(isinstance(item, Mapping | list) for item in value):
        items = [(str(rank), item) for rank, item in enumerate(value, start=1)]
    else:
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        yield place, text
        return
    for key, item in items:
        yield from _flat(f"{place}.{key}" if place else str(key), item)
