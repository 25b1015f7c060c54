"""The page of the national totals: what was published, what a cohort gives, and what moves it."""

from __future__ import annotations

from typing import Any

import polars

from openfisca_cpts.outils.cohorte.contracts import CENTRAL, HIGH, LOW
from openfisca_cpts.outils.cohorte.national import National
from openfisca_cpts.outils.cohorte.published import assumptions, counts, figures
from openfisca_cpts.outils.rapport.theme import theme
from openfisca_cpts.outils.typography import MILLION, NONE, day, decimal, number, percent

ONE = ".1f"
INTRODUCTION = (
    "Aucune liste nationale des CPTS avec leurs dates n'est publique. Une cohorte de contrats est "
    "donc faite des comptes publiés : dates de signature réparties entre deux comptes, tailles de "
    "l'enquête de la FCPTS (février 2025), et des hypothèses dites plus bas. **Rien n'est ajusté "
    "sur les totaux publiés.**",
)
END = (
    "Après le dernier compte, aucun contrat n'est ajouté : les totaux qui suivent sont un "
    "plancher. Les contrats terminés sont supposés reconduits, sauf hypothèse contraire.",
)


def page(found: National, chart: str) -> str:
    """Write the page in Markdown.

    Args:
        found: the totals.
        chart: address of the chart.

    Returns:
        The text; the same totals give the same.
    """
    return "\n".join(
        [
            "# Totaux nationaux : ce qui est versé, ce qu'une cohorte donne",
            "",
            "*Page écrite par `openfisca-cpts cohort --page docs/totaux_nationaux.md`.*",
            "",
            *INTRODUCTION,
            "",
            "## Versé chaque année, en millions d'euros",
            "",
            "| année | contrats signés | publié | cas central | écart | fourchette des "
            "hypothèses | des conventions | des tirages |",
            "|---|---:|---:|---:|---:|---:|---:|---:|",
            *(_row(row) for row in found.totals.iter_rows(named=True)),
            "",
            f"![Versé chaque année : publié, cas central et fourchette]({chart})",
            "",
            *_comments(found.totals),
            "",
            "## Ce que chaque hypothèse déplace",
            "",
            *_moves(found.moves),
            "",
            "## D'où viennent les nombres",
            "",
            "| jour | contrats signés | source |",
            "|---|---:|---|",
            *_counts(),
            "",
            *END,
            "",
        ]
    )


def _millions(value: float | None) -> str:
    return NONE if value is None else decimal(value / MILLION, ONE)


def _row(row: dict[str, Any]) -> str:
    gap = None if row["publie"] is None else row["central"] / row["publie"] - 1
    spans = [
        f"{_millions(row[low])} à {_millions(row[high])}"
        for low, high in (
            ("bas", "haut"),
            ("conventions_bas", "conventions_haut"),
            ("tirages_bas", "tirages_haut"),
        )
    ]
    cells = [
        str(row["annee"]),
        number(row["contrats"]),
        _millions(row["publie"]),
        _millions(row["central"]),
        percent(gap),
        *spans,
    ]
    return f"| {' | '.join(cells)} |"


def _comments(totals: polars.DataFrame) -> list[str]:
    """Say how each published total stands to the range, and what is known of those that miss it."""
    said = []
    for row in totals.filter(polars.col("publie").is_not_null()).iter_rows(named=True):
        told = f"- **{row['annee']}** : le total publié, {_millions(row['publie'])} M€,"
        if row["seules_bas"] <= row["publie"] <= row["seules_haut"]:
            said.append(f"{told} est dans la fourchette d'une hypothèse à la fois.")
            continue
        mean = number(round(row["publie"] / row["contrats_moyens"]))
        inside = row["bas"] <= row["publie"] <= row["haut"]
        where = (
            "n'est atteint que si toutes les hypothèses sont hautes ou basses ensemble"
            if inside
            else "est hors de la fourchette"
        )
        said.append(
            f"{told} {where}. Il fait {mean} € par contrat présent en moyenne dans l'année. "
            "Le champ de ce chiffre n'est pas connu : il peut contenir de l'argent du fonds "
            "d'intervention régional (FIR), des amorçages ou des montants de crise. L'écart est "
            "dit, il n'est pas comblé."
        )
    return said


def _moves(moves: polars.DataFrame) -> list[str]:
    last = max(
        int(name.removeprefix(f"{LOW}_")) for name in moves.columns if name.startswith(f"{LOW}_")
    )
    lines = [
        f"| hypothèse | basse → centrale → haute | certitude | versé en {last}, basse | haute |",
        "|---|---|---|---:|---:|",
    ]
    for row in moves.iter_rows(named=True):
        each = assumptions()[row["cle"]]
        values = " → ".join(decimal(float(each[end]), "g") for end in (LOW, CENTRAL, HIGH))
        lines.append(
            f"| {each['titre']} (`--{each['option']}`) | {values} "
            f"| {each['statut']} : {each['source']} | "
            f"{_millions(row[f'{LOW}_{last}'])} | {_millions(row[f'{HIGH}_{last}'])} |"
        )
    return lines


def _counts() -> list[str]:
    lines = []
    for when, count in counts():
        rows = figures().filter(
            polars.col("indicateur").str.starts_with("contrats ACI signés")
            & (polars.col("valeur") == count)
        )
        source, quote = rows.select("source", "citation").row(0)
        lines.append(f"| {day(when)} | {number(count)} | [« {quote} »]({source}) |")
    return lines


def draw(totals: polars.DataFrame) -> str:
    """Draw the totals: a band for the range, a line for the central case, dots for the published.

    Args:
        totals: the totals by year.

    Returns:
        The chart, in SVG.
    """
    import altair
    import vl_convert

    names = ("central", "publie", "bas", "haut")
    values = totals.select(
        polars.col("annee").cast(polars.String), *(polars.col(name) / MILLION for name in names)
    ).to_dicts()
    look = theme()
    tall = look["height"]["tall"]
    base = altair.Chart(altair.InlineData(values=values), width=tall + tall, height=tall)
    year = altair.X("annee:O", title=None, axis=altair.Axis(labelAngle=0))
    band = base.mark_area(color=look["unchanged"]).encode(
        x=year, y=altair.Y("bas:Q", title="M€ par an"), y2="haut:Q"
    )
    line = base.mark_line(color=look["reforms"][0], strokeWidth=look["size"]["wide"])
    dots = base.transform_filter("isValid(datum.publie)").mark_point(
        color=look["losers"], filled=True, size=look["height"]["medium"], shape="diamond"
    )
    title = "Versé aux CPTS : publié (losanges), cas central (ligne), fourchette des hypothèses"
    chart = band + line.encode(x=year, y="central:Q") + dots.encode(x=year, y="publie:Q")
    return vl_convert.vegalite_to_svg(chart.properties(title=title).to_json())
