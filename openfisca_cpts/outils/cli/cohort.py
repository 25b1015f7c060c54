"""The command `openfisca-cpts cohort`: a table of contracts from published counts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from openfisca_cpts.outils.cohorte.published import assumptions
from openfisca_cpts.outils.simulation import RequestError, write
from openfisca_cpts.outils.simulation.writing import check_output, text_writer, together
from openfisca_cpts.outils.typography import PERCENT, count, decimal


def _share(key: str, text: str, metavar: str = "PART") -> Any:
    name = f"--{assumptions()[key]['option']}"
    return typer.Option(name, metavar=metavar, show_default=False, parser=_number, help=text)


def _number(word: str) -> float:
    text = word.strip().removesuffix("%").strip().replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        raise typer.BadParameter(f"« {word} » n'est pas un nombre (par exemple 0,8).") from None
    return value / PERCENT if word.strip().endswith("%") else value


def cohort(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="TABLEAU",
            show_default=False,
            help="Tableau à écrire (.csv, .xlsx ou .parquet), que simulate lit : un contrat par "
            "ligne.",
        ),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option(
            "--page",
            metavar="PAGE",
            show_default=False,
            help="Page à écrire (.md, et son graphique .svg) : versé chaque année, publié et "
            "calculé, avec la fourchette.",
        ),
    ] = None,
    taux: Annotated[
        float | None, _share("taux", "Taux d'atteinte des indicateurs ; sans l'option, 0,8.")
    ] = None,
    snp: Annotated[
        float | None, _share("snp", "Part des communautés avec soins non programmés ; sinon 0,8.")
    ] = None,
    demarrage: Annotated[
        float | None,
        _share("demarrage", "Démarrage des missions, en délais de l'accord ; sinon 1.", "DÉLAIS"),
    ] = None,
    complementaires: Annotated[
        float | None,
        _share(
            "complementaires",
            "Part avec chaque mission complémentaire ; sinon 0,5.",
        ),
    ] = None,
    reconduits: Annotated[
        float | None, _share("reconduits", "Part des contrats reconduits à leur terme ; sinon 1.")
    ] = None,
    seed: Annotated[
        int,
        typer.Option(
            "--seed",
            metavar="TIRAGE",
            help="Numéro du tirage : le même donne le même tableau.",
        ),
    ] = 0,
) -> None:
    """Fait un tableau de contrats à partir des comptes publiés, faute de liste nationale.

    Les dates de signature sont réparties entre les comptes publiés, les tailles suivent l'enquête
    de la FCPTS ; taux, démarrages, soins non programmés et reconduction sont des hypothèses, que
    les options changent. Rien n'est ajusté sur les totaux publiés. Avec --page, ce qu'une
    cohorte reçoit chaque année est mis à côté de ce qui a été publié, avec ce que chaque
    hypothèse et chaque convention déplace. Code de sortie : 0 si tout est fait, 2 sinon.
    """
    from openfisca_cpts.outils.cohorte.contracts import central, contracts

    if output is None and page is None:
        raise RequestError("Donner le tableau à écrire (--output), ou la page (--page).")
    if output is not None:
        check_output(output)
    if page is not None:
        check_output(page, (".md",))
    asked = {
        "taux": taux,
        "snp": snp,
        "demarrage": demarrage,
        "complementaires": complementaires,
        "reconduits": reconduits,
    }
    given = {key: value for key, value in asked.items() if value is not None}
    _check(given)
    if page is not None and (given or seed):
        raise RequestError("--page montre toutes les hypothèses : elle n'en prend pas d'autres.")
    console = Console()
    if output is not None:
        table = contracts(given, seed)
        write(table, output)
        values = central() | given
        console.print(
            f"{count(table.height, 'contrat')}, tirage {seed}. Hypothèses :", highlight=False
        )
        for key, each in assumptions().items():
            said = f"  {each['titre']} : {decimal(values[key], 'g')} ({each['statut']})"
            console.print(said, markup=False, highlight=False)
    if page is not None:
        from openfisca_cpts.outils.cohorte.national import national
        from openfisca_cpts.outils.cohorte.national_page import draw
        from openfisca_cpts.outils.cohorte.national_page import page as page_of

        found, chart = national(), page.with_suffix(".svg")
        text, drawn = page_of(found, chart.name), draw(found.totals)
        with together() as files:
            files.write(page, text_writer(text))
            files.write(chart, text_writer(drawn))
    for path in (output, page):
        if path is not None:
            console.print(f"Écrit : {path}.", markup=False, highlight=False, soft_wrap=True)


def _check(given: dict[str, float]) -> None:
    for key, value in given.items():
        most = max(1.0, *(float(assumptions()[key][end]) for end in ("basse", "haute")))
        option = assumptions()[key]["option"]
        if not 0 <= value <= most:
            raise RequestError(
                f"« --{option} {value:g} » : attendu, un nombre entre 0 et {most:g}."
            )
