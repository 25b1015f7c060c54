"""The command `openfisca-cpts reforms`: the shipped ones, what each changes, how to write one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openfisca_cpts import CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.cli.messages import FrenchCommand, FrenchGroup
from openfisca_cpts.outils.cli.options import reform_names
from openfisca_cpts.outils.cli.study_printed import change_line
from openfisca_cpts.outils.loi.words import figure, statut
from openfisca_cpts.outils.paragraph import paragraph
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.writing import text_writer, together
from openfisca_cpts.outils.typography import day, spaced

if TYPE_CHECKING:
    from openfisca_cpts.outils.loi.differences import Difference
    from openfisca_cpts.reforms import Reforme

INDENT = "  "

application = typer.Typer(
    cls=FrenchGroup,
    invoke_without_command=True,
    rich_markup_mode="rich",
    subcommand_metavar="[COMMANDE] [ARGUMENTS]...",
)


@application.callback()
def list_all(context: typer.Context) -> None:
    """Liste les réformes livrées : les scénarios, puis les variantes des conventions.

    « reforms show NOM » dit ce que change l'une d'elles, et de quel texte elle vient ;
    « reforms schema » donne le schéma JSON d'un fichier de réforme ; « reforms new NOM » écrit le
    squelette d'une réforme qui change une règle.
    """
    if context.invoked_subcommand is not None:
        return
    console = Console()
    for title, names in (
        ("Scénarios (simulate --reform NOM)", reforms.SCENARIOS),
        ("Variantes : conventions que les textes ne tranchent pas", reforms.VARIANTES),
    ):
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), title=title, title_justify="left")
        table.add_column("Nom", no_wrap=True)
        table.add_column("Titre")
        for name in names:
            table.add_row(Text(name), Text(spaced(reforms.trouver(name).titre)))
        console.print(table)


def show(
    nom: Annotated[
        str,
        typer.Argument(
            metavar="NOM",
            show_default=False,
            autocompletion=reform_names,
            help="Nom d'une réforme livrée.",
        ),
    ],
) -> None:
    """Dit ce que change une réforme livrée : chiffres, dates, textes, réglages, données à fournir.

    Un chiffre de l'accord est montré avant et après ; un réglage est un chiffre de la réforme
    elle-même, qui se change par simulate --set.
    """
    reform = _shipped(nom)
    console = Console()
    for line, indent in _lines(reform):
        hanging = indent + INDENT if indent else ""
        text = paragraph(line, console.width, hanging, indent) if line else ""
        console.print(text, markup=False, highlight=False, soft_wrap=True)


def schema() -> None:
    """Donne le schéma JSON d'un fichier de réforme (.yaml), pour un éditeur ou un autre outil."""
    from openfisca_cpts.outils.fichiers.reform_schema import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=INDENT))


def new(
    nom: Annotated[
        str,
        typer.Argument(
            metavar="NOM",
            show_default=False,
            help="Nom de la réforme : lettres minuscules, chiffres et « _ ».",
        ),
    ],
    dossier: Annotated[
        Path,
        typer.Option("--into", metavar="DOSSIER", help="Dossier où écrire celui de la réforme."),
    ] = Path("."),
) -> None:
    """Écrit le squelette d'une réforme qui change une règle : déclaration, chiffre, code, épreuve.

    Le dossier écrit est une réforme qui marche déjà : simulate --reform NOM/ la prend sans rien
    installer. Un chiffre de l'accord qui change ne demande pas de code : un fichier suffit.
    """
    from openfisca_cpts.outils.fichiers.new_reform import skeleton

    try:
        files = skeleton(nom)
    except ValueError as error:
        raise RequestError(str(error)) from error
    if nom in (*reforms.SCENARIOS, *reforms.VARIANTES):
        raise RequestError(f"« {nom} » est le nom d'une réforme livrée.")
    folder = dossier / nom
    if folder.exists():
        raise RequestError(f"« {folder} » existe déjà.")
    with together() as written:
        for path, text in files.items():
            written.write(folder / path, text_writer(text))
    console = Console()
    for path in files:
        console.print(f"Écrit : {folder / path}.", markup=False, highlight=False, soft_wrap=True)
    said = (
        f"Pour l'essayer : openfisca-cpts simulate TABLEAU --from 2026 --to 2026 --reform {folder}"
    )
    console.print(said, markup=False, highlight=False, soft_wrap=True)


application.command("new", cls=FrenchCommand)(new)
application.command("show", cls=FrenchCommand)(show)
application.command("schema", cls=FrenchCommand)(schema)


def _shipped(name: str) -> type[Reforme]:
    try:
        return reforms.trouver(name)
    except KeyError as error:
        said = error.args[0].removeprefix("la ")
        raise RequestError(f"La {said}. « openfisca-cpts reforms » les liste.") from error
    except reforms.ReformeRefusee as error:
        raise RequestError(str(error)) from error


def _lines(reform: type[Reforme]) -> Iterator[tuple[str, str]]:
    """Give the lines of what a reform is, each with its indent."""
    from openfisca_cpts.outils.loi.differences import between_systems

    law = CountryTaxBenefitSystem()
    system = reform(law)
    changes = between_systems(law.parameters, system.parameters)
    own = f"{reforms.NOEUD}."
    dials = [change for change in changes if change.path.startswith(own)]
    figures = [change for change in changes if not change.path.startswith(own)]
    yield reform.nom, ""
    yield reform.titre, INDENT
    yield "", ""
    yield " ".join(reform.description.split()), ""
    yield "", ""
    yield f"Auteur : {reform.auteur}", ""
    yield f"Source : {reform.source.get('title', '')}", ""
    if reform.source.get("href"):
        yield str(reform.source["href"]), INDENT
    yield "", ""
    yield from _figures(figures)
    yield from _dials(dials)
    if reform.donnees:
        yield "Données à fournir dans le tableau :", ""
        for name in reform.donnees:
            yield f"{name} : {system.variables[name].label}", INDENT
    rule = reform.a_equilibrer()
    if rule is not None:
        target = rule.cible or "le total du droit en vigueur"
        yield (
            f"Équilibre : {rule.coefficient} se calcule sur toutes les communautés du tableau, "
            f"pour tenir {target}. Hors d'un tableau, il se donne après le nom "
            f"({reform.nom}=0,9 par exemple) ; sans lui, la réforme refuse de calculer.",
            "",
        )


def _figures(figures: list[Difference]) -> Iterator[tuple[str, str]]:
    if not figures:
        yield "Chiffres de l'accord : aucun ne change ; la réforme change une règle de calcul.", ""
        return
    yield "Chiffres de l'accord :", ""
    for change in figures:
        yield change_line(change), INDENT


def _dials(dials: list[Difference]) -> Iterator[tuple[str, str]]:
    if not dials:
        return
    yield "Réglages (simulate --reform NOM --set CHEMIN=VALEUR@DATE) :", ""
    for dial in dials:
        when = f"à partir du {day(dial.start)}"
        value = figure(dial.after, dial.unit)
        yield f"{dial.path} : {value}, {when} ({statut(dial.statut)})", INDENT
        yield dial.label, INDENT + INDENT
