"""The workbook of a study: results, totals, winners and losers, what changed, words, run record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars
from openfisca_core.periods import DateUnit

from openfisca_cpts.outils.loi.idle import idle
from openfisca_cpts.outils.loi.words import statut, unit_name
from openfisca_cpts.outils.simulation import study_tables
from openfisca_cpts.outils.simulation.cost_sheet import costs_sheet
from openfisca_cpts.outils.simulation.engine import is_cash, is_money
from openfisca_cpts.outils.simulation.hypotheses_sheet import findings
from openfisca_cpts.outils.simulation.hypotheses_words import assumption
from openfisca_cpts.outils.simulation.record import RANGES
from openfisca_cpts.outils.simulation.register_sheet import register
from openfisca_cpts.outils.simulation.sheets import WIDEST, Book, Column, width_of
from openfisca_cpts.outils.simulation.study_tables import GAP, MEASURES
from openfisca_cpts.outils.simulation.summary import COUNT, SUMS

if TYPE_CHECKING:
    from openfisca_core.variables import Variable

    from openfisca_cpts.outils.loi.differences import Difference
    from openfisca_cpts.outils.simulation.studies import Study

FIXED = {
    "scenario": "Le droit en vigueur, ou une réforme",
    "annee": "Année civile",
    "id": "Identifiant de la communauté",
    "nom": "Nom de la communauté",
}
"""Columns of every result that are no variables."""
ETERNAL = "permanente"
Content = tuple[Sequence[Column], Sequence[Sequence[Any]]]
"""The columns and the rows of a sheet."""
LABELS = {
    SUMS[0]: "Habitants",
    SUMS[1]: "Plafond",
    SUMS[-1]: "Versé",
    MEASURES[0]: "Financement annuel",
}


def write_workbook(
    study: Study,
    columns: Sequence[str],
    path: Path,
    differences: Mapping[str, Sequence[Difference]],
    described: Mapping[str, Any],
    by: Sequence[str] = (),
) -> None:
    """Write the workbook of a study.

    Args:
        study: the study, with the variables of `study_tables.SHOWN_VARIABLES`.
        columns: the columns of the sheet of results.
        path: the file to write.
        differences: the parameters that each reform changes, by the name of its scenario.
        described: the run record, without the outputs.
        by: columns to break the totals down by.
    """
    reformed = len(study.scenarios) > 1
    with Book(path) as book:
        kinds = [_column(study, name) for name in columns]
        book.sheet("Résultats", kinds, _results(study, columns))
        book.sheet("Totaux", *_totals(study, ()))
        book.sheet("Hypothèses", *findings(study))
        if by:
            book.sheet("Totaux détaillés", *_totals(study, by))
        if reformed:
            book.sheet("Gagnants et perdants", *_movements(study))
            book.sheet("Paramètres modifiés", *_differences(study, differences))
        if study.coefficients.height:
            book.sheet("Coefficients", *_coefficients(study))
        if study.ranges is not None:
            book.sheet("Conventions", *_ranges(study))
            if reformed:
                book.sheet("Coût selon les conventions", *costs_sheet(study.ranges))
        book.sheet("Dictionnaire", *_dictionary(study, columns))
        book.sheet("Non modélisé", *register())
        # What the table does not give has its own sheet.
        others = {name: value for name, value in described.items() if name != "hypotheses"}
        book.sheet("Exécution", *_record(others))


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
        return _scenarios(study)
    if name in ("id", "nom"):
        longest = study.rows.select(polars.col(name).str.len_chars().max()).collect().item()
        return Column(name, width=min((longest or 0) + 1, WIDEST))
    if variable is None:
        dtype = study.rows.collect_schema()[name]
        kinds = {polars.Date: "date", polars.Int64: "nombre", polars.Int32: "nombre"}
        instant = "instant" if dtype == polars.Datetime else "texte"
        return Column(name, kinds.get(type(dtype), instant))
    return Column(name, _kind(variable))


def _scenarios(study: Study, title: str = "scenario") -> Column:
    return Column(title, width=width_of(scenario.name for scenario in study.scenarios))


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


def _totals(study: Study, by: Sequence[str]) -> Content:
    table = study_tables.totals(study, by)
    reformed = len(study.scenarios) > 1
    titles = {scenario.name: scenario.title for scenario in study.scenarios}
    columns = [
        Column("Année", "annee"),
        Column("Scénario", width=width_of(titles)),
        Column("Titre", width=width_of(titles.values())),
        *(Column(name, width=width_of(table[name])) for name in by),
        Column("Communautés", "nombre"),
        Column("Habitants", "nombre"),
        *(Column(_resting(study, name), "euros") for name in SUMS[1:]),
    ]
    if reformed:
        resting = [_resting(study, name).lower() for name in MEASURES]
        columns += [Column(f"Écart, {name}", "euros") for name in resting]
        columns += [Column(f"Écart, {name}, %", "part") for name in resting]
    rows = []
    for row in table.iter_rows(named=True):
        cells = [row["annee"], row["scenario"], titles[row["scenario"]]]
        cells += [row[name] for name in (*by, COUNT, *SUMS)]
        if reformed:
            gaps = [row[GAP + name] for name in MEASURES]
            before = [row[name] - gap for name, gap in zip(MEASURES, gaps, strict=True)]
            cells += gaps
            cells += [gap / was if was else None for gap, was in zip(gaps, before, strict=True)]
        rows.append(cells)
    return columns, rows


def _resting(study: Study, name: str) -> str:
    """Name an amount, with the rate assumed for it: a heading is read without its sheet."""
    assumed = assumption(study.hypotheses) if name in MEASURES else ""
    return f"{LABELS[name]} ({assumed})" if assumed else LABELS[name]


def _movements(study: Study) -> Content:
    table = study_tables.movements(study)
    titles = {
        "scenario": _scenarios(study, "Scénario"),
        "annee": Column("Année", "annee"),
        "variable": Column("Montant", width=width_of(MEASURES)),
        COUNT: Column("Communautés", "nombre"),
        "gagnantes": Column("Gagnantes", "nombre"),
        "perdantes": Column("Perdantes", "nombre"),
        "inchangees": Column("Inchangées", "nombre"),
        "montant_gagne": Column("Gagné", "euros"),
        "montant_perdu": Column("Perdu", "euros"),
        "solde": Column("Solde", "euros"),
    }
    return list(titles.values()), table.select(list(titles)).rows()


def _differences(study: Study, differences: Mapping[str, Sequence[Difference]]) -> Content:
    law, *others = study.scenarios
    said = {scenario.name: idle(law.system, scenario.system).sentence for scenario in others}
    rows: list[list[Any]] = [
        [name, None, sentence, *[None] * (len(COLUMNS_OF_CHANGES) - len(IDLE))]
        for name, sentence in said.items()
        if sentence
    ]
    rows += [
        [
            name,
            found.path,
            found.label,
            unit_name(found.unit, 1),
            found.start,
            found.end,
            found.before,
            found.after,
            statut(found.statut),
            found.references[0].get("title") if found.references else None,
            found.references[0].get("href") if found.references else None,
        ]
        for name, changes in differences.items()
        for found in changes
    ]
    words: list[Sequence[Any]] = list(zip(*rows, strict=True))
    words = words or [[]] * len(COLUMNS_OF_CHANGES)
    columns = [
        Column(title, kind, None if kind == "date" or not wide else width_of(values))
        for (title, kind, wide), values in zip(COLUMNS_OF_CHANGES, words, strict=True)
    ]
    return columns, rows


IDLE = ("Scénario", "Chemin", "Paramètre")
"""The columns of a row that says what of a reform changes nothing."""
COLUMNS_OF_CHANGES = (
    ("Scénario", "texte", True),
    ("Chemin", "texte", True),
    ("Paramètre", "texte", True),
    ("Unité", "texte", True),
    ("Du", "date", False),
    ("Au", "date", False),
    ("Avant", "texte", False),
    ("Après", "texte", False),
    ("Statut", "texte", True),
    ("Source", "texte", True),
    ("Adresse", "texte", True),
)


def _coefficients(study: Study) -> Content:
    columns = [
        _scenarios(study, "Scénario"),
        Column("Année", "annee"),
        Column("Coefficient", "coefficient"),
        Column("Total avant", "euros"),
        Column("Cible", "euros"),
        Column("Total après", "euros"),
    ]
    return columns, study.coefficients.rows()


def _ranges(study: Study) -> Content:
    assert study.ranges is not None
    columns = [
        _scenarios(study, "Scénario"),
        Column("Année", "annee"),
        Column("Montant", width=width_of(study.ranges["variable"])),
        Column("Convention", width=width_of(study.ranges["variante"])),
        Column("Total", "euros"),
    ]
    return columns, study.ranges.rows()


def _dictionary(study: Study, columns: Sequence[str]) -> Content:
    rows = [_described(study, name) for name in columns]
    _, labels, units, periods, _ = zip(*rows, strict=True)
    shown = [
        Column("Colonne", width=width_of(columns)),
        Column("Libellé", width=width_of(labels)),
        Column("Unité", width=width_of(units)),
        Column("Période", width=width_of(periods)),
        Column("Documentation", width=WIDEST, wrap=True),
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


def _record(described: Mapping[str, Any]) -> Content:
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
