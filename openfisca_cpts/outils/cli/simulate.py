"""The command `openfisca-cpts simulate`: a table of communities in, a table of amounts out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from openfisca_cpts.outils import simulation
from openfisca_cpts.outils.cli import study_files
from openfisca_cpts.outils.cli.options import DefaultRate, Sheet, reform_option, split, year_option
from openfisca_cpts.outils.cli.simulate_request import (
    added,
    amount,
    groups,
    options,
    question,
    without_folder,
)
from openfisca_cpts.outils.cli.study_files import Targets
from openfisca_cpts.outils.cli.study_screen import differences_of, line, screen
from openfisca_cpts.outils.cli.waiting import waiting
from openfisca_cpts.outils.simulation import RequestError
from openfisca_cpts.outils.tables.amounts import PAID
from openfisca_cpts.outils.tables.of_study import tables


def simulate(
    fichier: Annotated[
        Path,
        typer.Argument(
            metavar="FICHIER",
            show_default=False,
            help="Tableau des communautés : une ligne par communauté (.csv, .xlsx ou .parquet).",
        ),
    ],
    first: Annotated[
        int,
        year_option("--from", "Première année simulée."),
    ],
    last: Annotated[
        int,
        year_option("--to", "Dernière année simulée."),
    ],
    reform: Annotated[
        list[str] | None,
        reform_option(
            "Réforme à comparer au droit en vigueur : nom d'une réforme livrée "
            "(openfisca-cpts reforms), fichier .yaml ou .json, ou dossier (openfisca-cpts reforms "
            "new). En répétant l'option, d'autres scénarios ; joints par « + », un seul."
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="CHEMIN=VALEUR@DATE",
            show_default=False,
            help="Chiffre à changer à partir d'un jour ; en répétant l'option, d'autres. Seul, un "
            "scénario ; avec --reform, s'y ajoute.",
        ),
    ] = None,
    variantes: Annotated[
        bool,
        typer.Option(
            "--variantes",
            help="Refaire chaque total avec les conventions que les textes ne tranchent pas, et "
            "donner la fourchette.",
        ),
    ] = False,
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="COLONNE",
            show_default=False,
            help="Détailler les totaux par taille, par region, ou par une colonne gardée "
            "(--keep) ; les groupes sont ceux du droit en vigueur.",
        ),
    ] = None,
    case: Annotated[
        list[str] | None,
        typer.Option(
            "--case",
            metavar="ID",
            show_default=False,
            help="Communauté du tableau à montrer à côté des totaux, année par année ; en répétant "
            "l'option, d'autres.",
        ),
    ] = None,
    default_rate: DefaultRate = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="RÉSULTAT",
            show_default=False,
            help="Fichier à écrire (.csv, .parquet ou .xlsx) ; sans lui, le résumé seul.",
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="RAPPORT",
            show_default=False,
            help="Rapport à écrire (.html) : une page avec graphiques, qui se lit sans réseau.",
        ),
    ] = None,
    charts: Annotated[
        Path | None,
        typer.Option(
            "--charts",
            metavar="DOSSIER",
            show_default=False,
            help="Dossier où écrire les graphiques du rapport, chacun en .svg et en .png, pour une "
            "note.",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep",
            metavar="COLONNE",
            show_default=False,
            help="Autre colonne du tableau à garder dans le résultat ; plusieurs, séparées par "
            "des virgules ; « * » les garde toutes.",
        ),
    ] = None,
    sheet: Sheet = None,
    variables: Annotated[
        str | None,
        typer.Option(
            "--variables",
            metavar="NOMS",
            show_default=False,
            help="Variables du résultat, séparées par des virgules ; sans elles, celles du barème "
            "et les versements de l'année.",
        ),
    ] = None,
    dial: Annotated[
        str | None,
        typer.Option(
            "--solve",
            metavar="CHEMIN",
            show_default=False,
            help="Chercher la valeur de ce chiffre (« * » vaut pour un segment du chemin) avec "
            "laquelle le financement en année pleine du tableau atteint --target en --year. Des "
            "chiffres qui diffèrent sont multipliés par un même facteur ; la réforme trouvée est "
            "écrite à côté du résultat.",
        ),
    ] = None,
    target: Annotated[
        float | None,
        typer.Option(
            "--target",
            metavar="EUROS",
            show_default=False,
            parser=amount,
            help="Total à atteindre, en euros (170e6).",
        ),
    ] = None,
    target_year: Annotated[
        int | None,
        year_option("--year", "Année du total à atteindre ; sans elle, la dernière simulée."),
    ] = None,
    paid: Annotated[
        bool,
        typer.Option("--paid", help="Le total à atteindre est ce qui est versé dans l'année."),
    ] = False,
    equal: Annotated[
        bool,
        typer.Option("--equal", help="Donner une même valeur à des chiffres qui diffèrent."),
    ] = False,
) -> None:
    """Calcule ce qui est versé et le financement en année pleine de chaque communauté d'un tableau.

    Colonnes : « id » (obligatoire), « nom », « region » (nom ou code INSEE), puis les données par
    leur nom : « population_2024 » pour une année, « parcours_retenue » pour toutes. Une cellule
    vide n'est pas donnée. Ce qu'écrit un Excel français est lu (48 500 ; 0,8 ; 15/03/2021 ; oui ;
    X ; PACA ; « Population 2024 »). Une ligne qui ressemble à un total ou à une note est refusée ;
    ce qui a pu être mal compris (feuille lue, codes de région, milliers coupés) est dit.

    Une ligne du résultat est une année civile. Un montant mensuel (versement_total,
    parcours_avance…) y est la somme des douze mois ; toute autre variable mensuelle (etape,
    dates, plafond d'amorçage) y est celle de décembre. Un contrat n'est jamais renouvelé de
    lui-même : l'écran dit combien sont en cours chaque année et combien prennent fin.

    Ce qui n'est pas donné compte pour zéro, et se dit à côté des totaux : populations absentes ou
    reprises d'une autre année, taux d'atteinte absents et ce qu'ils vaudraient au plus, contrats
    sans date. Un taux donné pour une année ne vaut que pour elle ; --default-rate remplit les
    autres.

    Avec --reform ou --set, chaque réforme est comparée au droit en vigueur (exemple : --set
    aci.versements.taux_avance=0.5@2026-01-01). Un fichier écrit est accompagné de son relevé
    d'exécution (resultats.execution.json) : versions, options et empreintes de ce qui a été lu.

    Code de sortie : 0 si tout est fait, 1 si aucune valeur n'atteint --target, 2 si le tableau, une
    réforme ou une option est refusé : toutes les fautes sont listées et rien n'est écrit.
    """
    wanted = simulation.default_variables() if variables is None else tuple(split([variables]))
    kept, cases = split(keep or []), split(case or [])
    targets = Targets(fichier, output, report, charts)
    reforms, chosen = list(reform or []), list(settings or [])
    by_groups = groups(split(by or []), kept)
    if first > last:
        raise RequestError(f"La première année ({first}) est après la dernière ({last}).")
    targets.check()
    search = question(dial, target, target_year, last, paid, equal)
    given = options(
        {
            "--from": first,
            "--to": last,
            "--reform": [without_folder(word) for word in reforms],
            "--set": chosen,
            "--variantes": variantes,
            "--by": by_groups,
            "--case": cases,
            "--default-rate": default_rate,
            "--keep": kept,
            "--sheet": sheet,
            "--variables": [] if variables is None else [",".join(wanted)],
            "--output": output,
            "--report": report,
            "--charts": charts,
            **search,
        }
    )
    with (
        waiting(Console(stderr=True), "Simulation") as progress,
        simulation.study(
            fichier,
            range(first, last + 1),
            reforms,
            [*wanted, *added(wanted, kept)],
            keep=kept,
            sheet=sheet,
            settings=chosen,
            variantes=variantes,
            default_rate=default_rate,
            progress=progress,
            accept=targets.accept,
        ) as study,
    ):
        solution = None
        if search:
            solution = simulation.solve(
                fichier,
                search["--solve"],
                search["--target"],
                search["--year"],
                reformes=reforms,
                variable=PAID if paid else "financement_annuel",
                equal=equal,
                settings=chosen,
                keep=kept,
                default_rate=default_rate,
                sheet=sheet,
            )
        differences = differences_of(study)
        columns = ["scenario", "annee", "id", "nom", *study.keep, *wanted]
        by_groups = groups(by_groups, study.keep)
        described = tables(study, by_groups, differences, cases)
        shown = list(screen(study, described, differences))
        files = study_files.write_files(
            study, targets, columns, described, given, by_groups, solution
        )
    console = Console()
    for item in [*shown, *([solution.sentence] if solution is not None else [])]:
        is_text = isinstance(item, str)
        shown_item = line(item, console.width) if is_text else item
        console.print(shown_item, markup=False, highlight=False, soft_wrap=is_text, crop=False)
    for said in study_files.said(files, targets, study.height, len(columns)):
        console.print(said, markup=False, highlight=False, soft_wrap=True)
    if solution is not None and solution.value is None:
        raise typer.Exit(1)
