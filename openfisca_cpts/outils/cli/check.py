"""The command `openfisca-cpts check`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.cli.options import Tests
from openfisca_cpts.outils.controle import check as legal
from openfisca_cpts.outils.fichiers import unmodelled
from openfisca_cpts.outils.fichiers.findings import Coverage, Fault, Report, TestsRefusedError
from openfisca_cpts.outils.loi import law, words
from openfisca_cpts.outils.simulation import certainty
from openfisca_cpts.outils.typography import spaced

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

INDENT = 2


def check(
    dossier: Annotated[
        Path | None,
        typer.Argument(
            help="Dossier du paquet à contrôler ; par défaut, le paquet installé.",
            show_default=False,
        ),
    ] = None,
    tests: Tests = None,
    register: Annotated[
        bool,
        typer.Option(
            "--not-modelled",
            show_default=False,
            help="Montrer ce que les textes disent et que le modèle ne contient pas, puis quitter.",
        ),
    ] = False,
) -> None:
    """Contrôle que chaque chiffre de l'accord a sa source, un seul endroit, et une épreuve.

    Lit les paramètres, le registre des textes, les variables et le code, fait tourner les
    épreuves ; montre la couverture ligne par ligne et chaque faute à sa place, puis, s'il n'y en
    a pas, combien d'euros reposent sur chaque statut. Un paquet installé n'a pas les épreuves :
    leurs lignes disent alors « non contrôlé ». Code de sortie : 0 si tout ce qui est contrôlé est
    à 100 %, 1 sinon, 2 si le dossier n'est pas celui d'un paquet.
    """
    if register:
        show_register(Console())
        return
    report = legal.check(dossier, tests)
    console = Console()
    show(report, console)
    if not report.complete:
        raise typer.Exit(1)
    show_certainty(law.load(legal.package_folder(dossier)), console)


def show(report: Report, console: Console) -> None:
    """Print the coverage, then the faults.

    Args:
        report: what the check found.
        console: where to print.
    """
    table = Table("Contrôle", title="Couverture des textes")
    for heading in ("Fait", "Total", "Part"):
        table.add_column(heading, justify="right")
    for line in report.coverage:
        style = "green" if line.complete else "bold red"
        if not line.checked:
            style = "yellow"
        table.add_row(line.label, str(line.done), str(line.total), _share(line), style=style)
    console.print(table)
    unchecked = [line.label for line in report.coverage if not line.checked]
    if unchecked:
        said = (
            f"Non contrôlé : {' ; '.join(unchecked)}. Il y faut des paramètres sans faute, les "
            "épreuves (--tests) et le registre, qui ne sont pas toujours à côté du paquet."
        )
        console.print(spaced(said), highlight=False, soft_wrap=True)
    faults_lines(report.faults, console)
    count = len(report.faults)
    plural = "s" if count > 1 else ""
    console.print(f"{count or 'Aucune'} faute{plural}.")


def show_certainty(system: TaxBenefitSystem, console: Console) -> None:
    """Print how much of what a year can pay rests on each statut.

    Args:
        system: a law in which the check found no fault.
        console: where to print.
    """
    year = certainty.last_scale(system)
    totals = certainty.by_statut(certainty.amounts(system, year))
    whole = sum(totals.values())
    title = f"Plafond de {year}, une communauté de chaque taille"
    table = Table("Statut le plus faible", title=title)
    for heading in ("Euros", "Part"):
        table.add_column(heading, justify="right", no_wrap=True)
    for key, euros in totals.items():
        table.add_row(words.statut(key), words.figure(euros, words.MONEY), _percent(euros / whole))
    table.add_section()
    table.add_row("ensemble", words.figure(whole, words.MONEY), _percent(1), style="bold")
    console.print(table)


def faults_lines(faults: Sequence[Fault], console: Console) -> None:
    """Print faults, each at its place.

    Args:
        faults: the faults.
        console: where to print.
    """
    for fault in faults:
        # A note may hold brackets, which rich would read as its own marks.
        place = Text(f"{fault.file}:{fault.line}", style="bold")
        if fault.path:
            place.append(f" {fault.path}", style="dim")
        console.print(place, soft_wrap=True)
        console.print(Text(f"    {fault.message}"), soft_wrap=True)


def show_register(console: Console) -> None:
    """Print what the law says and the model does not hold.

    Args:
        console: where to print.
    """
    topics = unmodelled.topics()
    if not topics:
        console.print("Le registre n'est pas installé à côté du paquet.")
    nature = None
    for topic in topics:
        if topic.nature != nature:
            nature = topic.nature
            console.print(Text(unmodelled.NATURES[nature], style="bold underline"))
            console.print()
        console.print(Text(spaced(topic.sujet), style="bold"))
        for line in unmodelled.sentences(topic):
            console.print(Padding(Text(spaced(line)), (0, 0, 0, INDENT)))
        console.print()


def tests_folder(given: Path | None) -> Path:
    """Find the YAML tests that a command needs.

    Args:
        given: the folder that the user names, if any.

    Returns:
        That folder, else the one of the checkout in which the package stands.

    Raises:
        TestsRefusedError: there is none; the message is in French.
    """
    folder = given or legal.tests_beside(DOSSIER)
    if folder is None:
        raise TestsRefusedError(
            "Les épreuves ne sont pas installées avec le paquet : donner leur dossier par --tests."
        )
    return folder


def _share(line: Coverage) -> str:
    if not line.checked:
        return "non contrôlé"
    if not line.total:
        return "rien vu"
    return _percent(line.done / line.total)


def _percent(share: float) -> str:
    return f"{share:.1%}".replace(".", ",").replace("%", "\u00a0%")
