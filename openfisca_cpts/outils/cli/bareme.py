"""The command `openfisca-cpts bareme`: the scale at a date, or under a reform."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer
from rich.console import Console

from openfisca_cpts.outils.cli.options import Format, format_option, reform_names
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.scenarios import resolve


def read_day(word: str) -> datetime.date:
    """Read a day as people write it: `2023-01-01` or `01/01/2023`.

    Raises:
        typer.BadParameter: it is no day.
    """
    parts = word.strip().split("/")
    text = "-".join(reversed(parts)) if len(parts) > 1 else parts[0]
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        message = f"« {word} » n'est pas un jour : attendu, AAAA-MM-JJ ou JJ/MM/AAAA."
        raise typer.BadParameter(message) from None


def bareme(
    date: Annotated[
        datetime.date | None,
        typer.Option(
            "--date",
            metavar="JOUR",
            show_default=False,
            parser=read_day,
            help="Jour du barème (2023-01-01 ou 01/01/2023) ; sans lui, le dernier pour "
            "lequel une source montre un chiffre en vigueur.",
        ),
    ] = None,
    reform: Annotated[
        str | None,
        typer.Option(
            "--reform",
            metavar="RÉFORME",
            show_default=False,
            autocompletion=reform_names,
            help="Réforme à appliquer d'abord : le nom d'une réforme livrée, ou un fichier .yaml "
            "ou .json.",
        ),
    ] = None,
    shown_as: Annotated[Format, format_option(*Format)] = Format.terminal,
    populations: Annotated[
        str | None,
        typer.Option(
            "--population",
            metavar="HABITANTS",
            show_default=False,
            help="Populations des colonnes, séparées par des virgules (12000,39999,40000) ; sans "
            "elles, une colonne par taille. Sous une réforme qui fait dépendre les montants de la "
            "population, ce sont celles de part et d'autre de chaque seuil.",
        ),
    ] = None,
    with_sources: Annotated[
        bool,
        typer.Option(
            "--sources", help="Montrer aussi le texte, la note et le statut de chaque ligne."
        ),
    ] = False,
) -> None:
    """Montre le barème à un jour donné, ou sous une réforme, comme les tableaux publiés.

    Une ligne par chiffre, une colonne par taille : fonctionnement, missions (parts fixe et
    variable), supplément SNP, crise, totaux ; puis les seuils, délais, taux et plafonds. Les
    montants sont ceux des paramètres ; les parts et les totaux, ceux que les variables calculent.
    csv et json donnent la population pour laquelle chaque colonne est calculée ; json donne
    toujours les sources. Code de sortie : 0 si tout est fait, 2 si une option est refusée.
    """
    # pydantic and numpy take their time to load: the help does not wait for them.

    from openfisca_cpts.outils.cli import bareme_formats as formats
    from openfisca_cpts.outils.loi.bareme import bareme as scale_of

    law, *others = resolve([] if reform is None else [reform])
    scenario = others[0] if others else law
    scenario.refuse_unbalanced()
    people = _people(populations)
    scale = scale_of(scenario.system, date, scenario.title, law.system, people)
    if shown_as is Format.terminal:
        formats.print_scale(scale, Console(), with_sources)
    elif shown_as is Format.markdown:
        typer.echo(formats.as_markdown(scale, with_sources), nl=False)
    elif shown_as is Format.csv:
        typer.echo(formats.as_csv(scale, with_sources), nl=False)
    else:
        typer.echo(formats.as_json(scale), nl=False)


def _people(words: str | None) -> list[int]:
    """Read the option `--population`, each number of inhabitants once and in its order."""
    import numpy

    most = numpy.iinfo(numpy.int32).max  # as many as openfisca-core holds
    found: list[int] = []
    for word in [] if words is None else words.split(","):
        digits = "".join(word.split())
        if not digits.isdecimal() or not 0 < int(digits) <= most:
            raise RequestError(
                f"« --population {words} » : « {word.strip()} » n'est pas un nombre d'habitants "
                "(attendu, des nombres entiers séparés par des virgules : 12000,39999,40000)."
            )
        found.append(int(digits))
    return sorted(set(found))
