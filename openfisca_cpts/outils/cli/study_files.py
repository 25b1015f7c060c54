"""What a run of `simulate` writes: results, report and run record, all of them or none."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from openfisca_cpts.outils.simulation import record
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.writing import (
    SHEET_ROWS,
    Files,
    check_output,
    text_writer,
    together,
    write_rows,
)
from openfisca_cpts.outils.typography import count, number

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.record import Option
    from openfisca_cpts.outils.simulation.solving import Solution
    from openfisca_cpts.outils.simulation.studies import Study
    from openfisca_cpts.outils.tables.described import Table

PAGES = (".html",)
FOUND = ".reglage.yaml"
"""What the file of a figure that was sought ends with: `resultats.reglage.yaml`."""


@dataclasses.dataclass(frozen=True)
class Targets:
    """The files that a run writes.

    Attributes:
        table: the table that it reads.
        output: the file of results; none if none is asked for.
        report: the report; none as well.
        charts: the folder of its charts; none as well.
    """

    table: Path
    output: Path | None = None
    report: Path | None = None
    charts: Path | None = None

    @property
    def asked(self) -> list[Path]:
        """The files that were asked for: the run record of each stands beside it."""
        return [path for path in (self.output, self.report) if path is not None]

    def check(self) -> None:
        """Check that the files could be written, before anything is computed.

        Raises:
            RequestError: one cannot be, or is the table.
        """
        if self.output is not None:
            check_output(self.output)
        if self.report is not None:
            check_output(self.report, PAGES)
        if self.charts is not None:
            if self.charts.exists() and not self.charts.is_dir():
                raise RequestError(f"« {self.charts} » n'est pas un dossier.")
            check_output(self.charts / "graphique.svg", (".svg",))
        for path in (*self.asked, *map(record.path_beside, self.asked)):
            if path.exists() and self.table.exists() and path.samefile(self.table):
                raise RequestError(f"« {path} » est le tableau lu : il ne sera pas remplacé.")

    def accept(self, height: int) -> None:
        """Refuse a result that no sheet holds, before it is computed.

        Args:
            height: number of rows to come.

        Raises:
            RequestError: they are too many for the workbook that is asked for.
        """
        if self.output is not None and is_workbook(self.output) and height >= SHEET_ROWS:
            raise RequestError(
                f"Une feuille Excel ne tient pas {number(height)} lignes : choisir .csv (CSV) ou "
                ".parquet (Parquet)."
            )


def is_workbook(path: Path) -> bool:
    """Say whether a file is an Excel workbook."""
    return path.suffix.lower() == ".xlsx"


def write_files(
    study: Study,
    targets: Targets,
    columns: Sequence[str],
    tables: Mapping[str, Table],
    options: Mapping[str, Option],
    by: Sequence[str],
    solution: Solution | None = None,
) -> list[Path]:
    """Write the files of a run together.

    Args:
        study: what it computed.
        targets: the files.
        columns: columns of the results.
        tables: what the study shows, by the key of each table.
        options: value of each option by its name, for the record.
        by: columns to break the totals down by.
        solution: the value of a figure that was sought, if one was: the record and the workbook
            hold it, and it stands beside the files as a reform that `--reform` takes.

    Returns:
        The files, run records included.

    Raises:
        RequestError: one cannot be written; all places then hold what they held.
    """
    if not targets.asked and targets.charts is None:
        return []
    described = record.record(study, "simulate", targets.table, options)
    if solution is not None:
        described["reglage_cherche"] = solution.as_record()
    written: dict[str, Path] = {}
    with together() as files:
        if targets.output is not None:
            written[targets.output.name] = _write_results(
                files, study, targets.output, columns, tables, described, solution
            )
        if targets.report is not None:
            # The charts take their time to load.
            from openfisca_cpts.outils.rapport.page import page

            text = page(
                study,
                targets.table.name,
                tables,
                described["commande"],
                record.as_json(described),
                by,
            )
            written[targets.report.name] = files.write(targets.report, text_writer(text))
        text = record.as_json(record.with_outputs(described, written))
        records = list(dict.fromkeys(map(record.path_beside, targets.asked)))
        for path in records:
            files.write(path, text_writer(text))
        found = []
        if solution is not None and solution.declaration is not None and targets.asked:
            found = [targets.asked[0].with_suffix(FOUND)]
            files.write(found[0], text_writer(as_yaml(solution.declaration)))
        drawn = []
        if targets.charts is not None:
            drawn = _write_charts(files, study, targets, tables, by)
    return [*targets.asked, *records, *found, *drawn]


def said(files: Sequence[Path], targets: Targets, rows: int, columns: int) -> Iterator[str]:
    """Say which files were written.

    Args:
        files: what `write_files` gave.
        targets: what was asked for.
        rows: number of rows of the results.
        columns: number of their columns.

    Yields:
        A sentence per file; one for all the charts.
    """
    drawn = [path for path in files if path.parent == targets.charts]
    for path in files:
        if path not in drawn:
            size = f" ({number(rows)} lignes, {columns} colonnes)"
            yield f"Écrit : {path}{size if path == targets.output else ''}."
    if drawn:
        yield f"Écrit : {count(len(drawn), 'graphique')} dans « {targets.charts} »."


def as_yaml(declaration: Mapping) -> str:
    """Write a reform as the file that `--reform` reads."""
    return yaml.safe_dump(dict(declaration), allow_unicode=True, sort_keys=False)


def _write_charts(
    files: Files, study: Study, targets: Targets, tables: Mapping[str, Table], by: Sequence[str]
) -> list[Path]:
    from openfisca_cpts.outils.rapport.outlook import Outlook
    from openfisca_cpts.outils.rapport.page import sections
    from openfisca_cpts.outils.rapport.stills import stills

    assert targets.charts is not None
    outlook = Outlook(study, targets.table.name, tables)
    drawn = []
    for name, content in stills(sections(outlook, "", "", by)):
        path = targets.charts / name
        files.write(path, functools.partial(Path.write_bytes, data=content))
        drawn.append(path)
    return drawn


def _write_results(
    files: Files,
    study: Study,
    output: Path,
    columns: Sequence[str],
    tables: Mapping[str, Table],
    described: Mapping,
    solution: Solution | None,
) -> Path:
    if not is_workbook(output):
        rows = study.rows.select(columns)
        return files.write(output, lambda beside: write_rows(rows, beside))
    from openfisca_cpts.outils.classeur.study_book import write_workbook

    return files.write(
        output,
        lambda beside: write_workbook(
            study, columns, beside, tables, described, [solution.sentence] if solution else []
        ),
    )
