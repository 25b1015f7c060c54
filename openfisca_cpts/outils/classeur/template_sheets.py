"""The sheets of the blank workbook: what to fill, the dictionary, the lists of choices."""

from __future__ import annotations

import dataclasses
import datetime
import inspect
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
import yaml
from openfisca_core.indexed_enums import Enum
from xlsxwriter.utility import xl_range_abs

from openfisca_cpts import DOSSIER
from openfisca_cpts.calcul.saisies import PLUS_GRAND_ENTIER, entree_en_vigueur
from openfisca_cpts.outils.indicateurs.grid import COLUMNS, MISSION, SENSE, Sense
from openfisca_cpts.outils.indicateurs.grid import EUROS as EUROS_OF_STEP
from openfisca_cpts.outils.indicateurs.grid import SHEET as GRID
from openfisca_cpts.outils.simulation.cells import SAY_NO, SAY_YES
from openfisca_cpts.outils.simulation.columns import ID, NAME
from openfisca_cpts.outils.simulation.writing import CREATED, EUROS, WHOLE

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

SHEET, DICTIONARY, LISTS = "communautes", "Dictionnaire", "Listes"
ROWS = 1000
"""Rows that check what is typed into them; more may be filled."""
EARLIEST = datetime.date.fromisoformat("1900-01-01")
"""The first day that a workbook knows."""
SHOWN = {"currency-EUR": EUROS, "inhabitant": WHOLE, "/1": "0%"}
"""How a cell is shown, by the unit of its input."""
DAY = "dd/mm/yyyy"
TEXT = "@"
IDENTITIES = {
    ID: ("Identifiant de la communauté", "Un texte au choix, qui ne change pas.", "obligatoire"),
    NAME: ("Nom de la communauté", "Repris tel quel dans les résultats.", "un texte"),
}
"""Label, documentation and admitted values of the columns that are no input."""
HEADINGS = ("Colonne", "Libellé", "Explication", "Unité", "Valeurs admises", "Période")
"""Columns of the dictionary."""
READABLE = 90
"""Width of the explanations, in characters; the other columns are as wide as they need."""


@dataclasses.dataclass(frozen=True)
class Field:
    """One column to fill.

    Attributes:
        title: its title.
        variable: the input.
        admitted: what a cell may hold, in French.
        period: what a cell is the value of in time, in French.
    """

    title: str
    variable: Variable
    admitted: str
    period: str


def write_sheets(
    path: Path,
    fields: list[Field],
    system: TaxBenefitSystem,
    missions: Sequence[str],
    first_row: Sequence[Any] = (),
) -> None:
    """Write the workbook.

    Args:
        path: the file.
        fields: the columns to fill, after those of the identity.
        system: the law, whose parameters bound some dates.
        missions: keys of the missions that have indicators.
        first_row: cells of a community that is there already, none where a cell stays empty.
    """
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": CREATED})
        sheet, dictionary, lists = map(workbook.add_worksheet, (SHEET, DICTIONARY, LISTS))
        bold = workbook.add_format({"bold": True})
        sheet.write_row(0, 0, [*IDENTITIES, *(field.title for field in fields)], bold)
        sheet.freeze_panes(1, len(IDENTITIES))
        sheet.set_column(0, len(IDENTITIES) - 1, len(SHEET), _format(workbook, TEXT))
        ranges = _write_lists(lists, fields)
        units = _units()
        for rank, field in enumerate(fields, start=len(IDENTITIES)):
            shown = DAY if field.variable.value_type is datetime.date else None
            shown = SHOWN.get(field.variable.unit, shown)
            sheet.set_column(rank, rank, len(field.title) + 1, shown and _format(workbook, shown))
            rule = _rule(field.variable, system, ranges) | _messages(field, units)
            sheet.data_validation(1, rank, ROWS, rank, rule)
        for rank, value in enumerate(first_row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(1, rank, value, _format(workbook, DAY))
            elif value is not None:
                sheet.write(1, rank, value)
        _write_dictionary(workbook, dictionary, fields, units)
        _write_grid(workbook, workbook.add_worksheet(GRID), missions)


def _write_grid(workbook: Any, sheet: Any, missions: Sequence[str]) -> None:
    """Write the blank grid of indicators, which `indicators` and `schedule --grid` read."""
    sheet.write_row(0, 0, COLUMNS, workbook.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS) - 1, len(SHEET))
    admitted = {MISSION: list(missions), SENSE: [str(sense) for sense in Sense]}
    for title, words in admitted.items():
        rank = COLUMNS.index(title)
        sheet.data_validation(1, rank, ROWS, rank, {"validate": "list", "source": words})
    euros = COLUMNS.index(EUROS_OF_STEP)
    sheet.set_column(euros, euros, len(SHEET), _format(workbook, EUROS))


def _format(workbook: Any, shown: str) -> Any:
    return workbook.add_format({"num_format": shown})


def _write_lists(sheet: Any, fields: list[Field]) -> dict[str, str]:
    """Write the choices of each input that has some; give the cells they stand on, by its name."""
    variables = {
        field.variable.name: field.variable for field in fields if field.variable.value_type is Enum
    }
    ranges = {}
    for rank, (name, variable) in enumerate(variables.items()):
        labels = [choice.value for choice in variable.possible_values]
        sheet.write_column(0, rank, labels)
        ranges[name] = f"={LISTS}!{xl_range_abs(0, rank, len(labels) - 1, rank)}"
    return ranges


def _rule(variable: Variable, system: TaxBenefitSystem, ranges: dict[str, str]) -> dict[str, Any]:
    """Say what a spreadsheet lets into the cells of an input: what the reader of tables admits."""
    if variable.value_type is Enum:
        return {"validate": "list", "source": ranges[variable.name]}
    if variable.value_type is bool:
        return {"validate": "list", "source": [SAY_YES, SAY_NO]}
    bounds = variable.set_input
    if variable.value_type is datetime.date:
        path = bounds.pas_avant
        first = EARLIEST if path is None else entree_en_vigueur(system, path).astype(object)
        return {"validate": "date", "criteria": ">=", "value": first}
    whole = variable.value_type is int
    highest = PLUS_GRAND_ENTIER if whole else bounds.maximum
    kind: dict[str, Any] = {"validate": "integer" if whole else "decimal"}
    if highest is None:
        return kind | {"criteria": ">=", "value": bounds.minimum}
    return kind | {"criteria": "between", "minimum": bounds.minimum, "maximum": int(highest)}


def _messages(field: Field, units: dict[str, str]) -> dict[str, str]:
    unit = units.get(field.variable.unit, "")
    words = f"{field.variable.label}{f' ({unit})' if unit else ''}."
    admitted = f"Attendu : {field.admitted}. Vide : non donné."
    return {
        "input_message": f"{words}\n{admitted}",
        "error_title": "Valeur refusée",
        "error_message": admitted,
    }


def _write_dictionary(
    workbook: Any, sheet: Any, fields: list[Field], units: dict[str, str]
) -> None:
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, HEADINGS, workbook.add_format({"bold": True}))
    sheet.freeze_panes(1, 1)
    rows = [
        (title, label, documentation, "", admitted, "")
        for title, (label, documentation, admitted) in IDENTITIES.items()
    ]
    rows += [
        (
            field.title,
            field.variable.label,
            " ".join(inspect.cleandoc(field.variable.documentation).split()),
            units.get(field.variable.unit, ""),
            field.admitted,
            field.period,
        )
        for field in fields
    ]
    for rank, row in enumerate(rows, start=1):
        sheet.write_row(rank, 0, row, wrapped)
    sheet.autofit()
    explanations = HEADINGS.index("Explication")
    sheet.set_column(explanations, explanations, READABLE)


def _units() -> dict[str, str]:
    """Give the name of each unit in French."""
    units = yaml.safe_load((DOSSIER / "units.yaml").read_text(encoding="utf-8"))
    return {unit["name"]: unit["label"]["other"] for unit in units}
