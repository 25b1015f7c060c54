"""The command `openfisca-cpts mutants`."""

from __future__ import annotations

import contextlib
import csv
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.cli.check import faults_lines, tests_folder
from openfisca_cpts.outils.cli.options import Tests
from openfisca_cpts.outils.controle.check import package_folder
from openfisca_cpts.outils.simulation import RequestError
from openfisca_cpts.outils.simulation.writing import check_output, replace
from openfisca_cpts.outils.typography import count, number, spaced

if TYPE_CHECKING:
    from openfisca_cpts.outils.controle.equivalents import Equivalent
    from openfisca_cpts.outils.controle.mutants import Verdict
    from openfisca_cpts.outils.fichiers.findings import Fault

HEADERS = ("lieu", "date", "mutation", "changement", "remarqué par", "équivalent parce que")


def mutants(
    dossier: Annotated[
        Path | None,
        typer.Argument(
            help="Dossier du paquet à éprouver ; par défaut, le paquet installé.",
            show_default=False,
        ),
    ] = None,
    tests: Tests = None,
    logic: Annotated[
        bool,
        typer.Option(
            "--logic/--no-logic",
            show_default=False,
            help="Changer aussi les formules, ce que fait la commande sans option ; jamais avec "
            "--only, ni dans une copie du paquet, dont les formules appellent le paquet installé.",
        ),
    ] = True,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="CHEMIN",
            show_default=False,
            help="Ne changer que ces chiffres, par exemple aci.missions.*.part_variable.",
        ),
    ] = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers",
            metavar="NOMBRE",
            min=1,
            show_default=False,
            help="Nombre de processus ; par défaut, un par processeur.",
        ),
    ] = os.cpu_count() or 1,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FICHIER",
            show_default=False,
            help="Écrire tous les mutants, et l'épreuve qui remarque chacun (.csv).",
        ),
    ] = None,
) -> None:
    """Change chaque chiffre de l'accord, un à la fois, et vérifie qu'une épreuve le remarque.

    Un mutant est le droit à un détail près : un montant d'un euro de plus ou de moins, un seuil
    d'un habitant, un taux d'un centième, un délai d'un mois, une date d'un jour, deux tailles
    échangées, une formule ou un texte entier décalé d'un jour. Puis, dans les formules de la loi et
    des réformes livrées : une comparaison, un terme, un nom, une année. Les épreuves YAML tournent
    sur chacun : un mutant qu'aucune ne remarque survit, et se trouve dans la liste.

    Code de sortie : 0 si aucun mutant ne survit, hors ceux dont la raison a été examinée ; 1
    sinon, ou si une épreuve échoue sur le droit tel quel ; 2 si le dossier est refusé.
    """
    from openfisca_cpts.outils.controle import equivalents, mutants, mutations, reviewed, tree
    from openfisca_cpts.outils.fichiers.findings import Tally
    from openfisca_cpts.outils.loi import law

    errors = Console(stderr=True)
    with _holding_before_any_change():
        if output is not None:
            check_output(output, (".csv",))
        root = package_folder(dossier)
        units, _ = tree.read_units(root, Tally())
        bench = mutants.prepare(root, tests_folder(tests))
        changes = [
            mutation
            for mutation in mutations.mutations(law.load(root), units)
            if only is None or equivalents.matches(mutation.place, only)
        ]
        if not changes:
            raise RequestError(f"« {only} » n'est le chemin d'aucun chiffre de l'accord.")
        judged = track(
            mutants.judge(bench, changes, workers),
            "Mutants",
            total=len(changes),
            console=errors,
            transient=True,
        )
        verdicts = list(judged)
    entries, faults = equivalents.read(root)
    if only is None:
        faults += equivalents.misplaced(entries, verdicts)
    if output is not None:
        replace(output, lambda beside: _write(beside, verdicts, entries))
    survivors = [
        verdict
        for verdict in verdicts
        if verdict.killer is None and reviewed.reason(verdict.mutation, entries) is None
    ]
    console = Console()
    _show(console, verdicts, survivors, len(bench.tests))
    alive = False
    if logic and only is None and root == DOSSIER:
        with _holding_before_any_change():
            alive, misplaced = _formulas(root, tests_folder(tests), workers, console, errors)
        faults += misplaced
    faults_lines(faults, console)
    if survivors or alive or faults:
        raise typer.Exit(1)


@contextlib.contextmanager
def _holding_before_any_change() -> Iterator[None]:
    """Say which tests fail before anything is changed, and end the command."""
    from openfisca_cpts.outils.controle.mutants import BaselineError

    try:
        yield
    except BaselineError as error:
        typer.echo("Sans rien changer à la loi, des épreuves échouent :", err=True)
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


def _formulas(
    root: Path, folder: Path, workers: int, console: Console, errors: Console
) -> tuple[bool, list[Fault]]:
    """Judge the mutants of formulas and show them; say whether one survives without a reason."""
    from openfisca_cpts.outils.controle import logic_reviewed, reviewed
    from openfisca_cpts.outils.controle.logic_bench import LogicBench

    bench = LogicBench(root, folder, workers)
    judged = track(
        bench.judge(bench.mutations),
        "Formules",
        total=len(bench.mutations),
        console=errors,
        transient=True,
    )
    verdicts = list(judged)
    entries, faults = logic_reviewed.read(root)
    spared = [verdict for verdict in verdicts if verdict.killer is None]
    survivors = [one for one in spared if reviewed.reason(one.mutation, entries) is None]
    if survivors:
        table = Table(title="Aucune épreuve ne remarque", box=box.SIMPLE_HEAD)
        for heading in ("Lieu", "Fonction", "Changement"):
            table.add_column(heading, overflow="fold")
        for one in survivors:
            mutation = one.mutation
            place = f"{mutation.file}:{mutation.line}"
            table.add_row(Text(place), Text(mutation.function), Text(mutation.text))
        console.print(table)
    said = (
        f"Formules : {_counted(len(verdicts), len(verdicts) - len(spared), len(survivors))} "
        f"({count(bench.tests, 'épreuve')})."
    )
    console.print(spaced(said), highlight=False, soft_wrap=True)
    return bool(survivors), faults + logic_reviewed.misplaced(entries, verdicts)


def _counted(mutants: int, killed: int, survivors: int) -> str:
    return (
        f"{count(mutants, 'mutant')}, {count(killed, 'tué')}, {count(survivors, 'survivant')} ; "
        f"{number(mutants - killed - survivors)} sans effet, dont la raison a été examinée"
    )


def _show(
    console: Console, verdicts: Sequence[Verdict], survivors: Sequence[Verdict], tests: int
) -> None:
    if survivors:
        table = Table(title="Aucune épreuve ne remarque", box=box.SIMPLE_HEAD)
        for heading in ("Lieu", "Date", "Changement"):
            table.add_column(heading, overflow="fold")
        for verdict in survivors:
            mutation = verdict.mutation
            table.add_row(Text(mutation.place), str(mutation.date), mutation.text)
        console.print(table)
    killed = sum(verdict.killer is not None for verdict in verdicts)
    counted = _counted(len(verdicts), killed, len(survivors))
    said = f"{counted} ({count(tests, 'épreuve')})."
    console.print(spaced(said), highlight=False, soft_wrap=True)


def _write(path: Path, verdicts: Sequence[Verdict], entries: Sequence[Equivalent]) -> None:
    from openfisca_cpts.outils.controle.reviewed import reason

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADERS)
        for verdict in verdicts:
            change = verdict.mutation
            why = "" if verdict.killer else reason(change, entries) or ""
            row = (change.place, change.date, change.kind.value, change.text)
            writer.writerow((*row, verdict.killer or "", why))
