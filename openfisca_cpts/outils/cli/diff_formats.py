"""Differences between two laws, shown: tables of the terminal, Markdown, CSV and JSON."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Iterator, Sequence
from itertools import groupby

import polars
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openfisca_cpts.outils.cli.bareme_formats import PIPE, markdown_head, markdown_row, phrase
from openfisca_cpts.outils.loi import words
from openfisca_cpts.outils.loi.citation import source, textes
from openfisca_cpts.outils.loi.differences import Difference
from openfisca_cpts.outils.paragraph import paragraph
from openfisca_cpts.outils.typography import NONE, day, percent, signed

NOTHING = "Aucun chiffre ne diffère."
NEW, GONE = "nouveau", "supprimé"
HEADINGS = ("Chiffre", "Avant", "Après", "Écart", "%")
NUMBERS = len(HEADINGS) - 1


@dataclasses.dataclass(frozen=True)
class Comparison:
    """What was compared, and what differs.

    Attributes:
        title: one line of French.
        name: key of the scenario, or the two days.
        differences: the figures that differ.
        remarks: what the reader should know, in French.
    """

    title: str
    name: str
    differences: Sequence[Difference]
    remarks: Sequence[str] = ()


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print the differences, table by table, each with its texts below.

    Args:
        comparison: what was compared.
        console: where to print.
    """
    console.print(Text(comparison.title, style="bold"))
    for heading, rows, behind in _blocks(comparison.differences):
        console.print()
        console.print(Text(paragraph(heading, console.width), style="bold"))
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
        table.add_column(HEADINGS[0])
        for column in HEADINGS[1:]:
            table.add_column(column, justify="right", no_wrap=True)
        for row in rows:
            table.add_row(*map(Text, row))
        console.print(table)
        for text in behind:
            said = paragraph(text, console.width, "    ", "  • ")
            console.print(Text(said, style="dim"), soft_wrap=True)
    console.print()
    for line in _closing(comparison):
        console.print(Text(paragraph(line, console.width)))


def as_markdown(comparisons: Sequence[Comparison]) -> str:
    """Give the differences as Markdown, a table per table of the law.

    Args:
        comparisons: what was compared.

    Returns:
        The page.
    """
    lines = []
    for comparison in comparisons:
        lines += [f"# {comparison.title}", ""]
        for heading, rows, behind in _blocks(comparison.differences):
            lines += [f"## {heading}", "", *markdown_head(list(HEADINGS), NUMBERS)]
            lines += [markdown_row(list(row)) for row in rows]
            lines += ["", *(f"- {text}" for text in behind), ""]
        lines += [*_closing(comparison), ""]
    return "\n".join(lines).rstrip() + "\n"


def as_csv(comparisons: Sequence[Comparison]) -> str:
    """Give the differences as CSV, figures unrounded: one row per figure and interval."""
    schema = {
        "comparaison": polars.String,
        **dict.fromkeys(("parametre", "libelle", "unite"), polars.String),
        **dict.fromkeys(("debut", "fin"), polars.Date),
        **dict.fromkeys(("avant", "apres", "ecart", "taux"), polars.Float64),
        **dict.fromkeys(("statut", "sources", "textes_de_droit"), polars.String),
    }
    rows = [
        {"comparaison": comparison.name}
        | _fields(difference)
        | {"sources": PIPE.join(source(text).phrase for text in difference.references)}
        | {"textes_de_droit": PIPE.join(act.phrase for act in textes(difference.acts))}
        for comparison in comparisons
        for difference in comparison.differences
    ]
    return polars.DataFrame(rows, schema).write_csv()


def as_json(comparisons: Sequence[Comparison]) -> str:
    """Give the differences as JSON: for each comparison its title, remarks and differences."""
    tables = [
        {
            "comparaison": comparison.name,
            "titre": comparison.title,
            "remarques": list(comparison.remarks),
            "differences": [
                _fields(difference)
                | {"sources": [source(text).model_dump() for text in difference.references]}
                | {"textes": [act.model_dump() for act in textes(difference.acts)]}
                for difference in comparison.differences
            ],
        }
        for comparison in comparisons
    ]
    return json.dumps(tables, ensure_ascii=False, indent="  ", default=str) + "\n"


def _fields(difference: Difference) -> dict[str, object]:
    return {
        "parametre": difference.path,
        "libelle": difference.label,
        "unite": difference.unit,
        "debut": difference.start,
        "fin": difference.end,
        "avant": difference.before,
        "apres": difference.after,
        "ecart": difference.change,
        "taux": difference.rate,
        "statut": difference.statut,
    }


def _closing(comparison: Comparison) -> list[str]:
    count = len(comparison.differences)
    plural = "s" if count > 1 else ""
    said = f"{count} différence{plural}." if count else NOTHING
    return [said, *comparison.remarks]


def _blocks(
    differences: Sequence[Difference],
) -> Iterator[tuple[str, list[tuple[str, ...]], list[str]]]:
    """Put together the sizes of a table that differ over the same days, and their texts."""
    for (table, start, end), members in groupby(differences, _block):
        block = list(members)
        until = "" if end is None else f" jusqu'au {day(end)}"
        heading = f"{table}, {'à partir ' if not end else ''}du {day(start)}{until}"
        rows = [_row(difference, table) for difference in block]
        behind: dict[str, list[str]] = {}
        for difference in block:
            texts = [source(text) for text in difference.references]
            acts = textes(difference.acts)
            said = phrase(difference.statut, f"depuis le {day(start)}", texts, acts)
            behind.setdefault(said, []).append(_name(difference, table))
        alone = len(behind) == 1
        yield (
            heading,
            rows,
            [said if alone else f"{', '.join(names)} : {said}" for said, names in behind.items()],
        )


def _block(difference: Difference) -> tuple[str, datetime.date, datetime.date | None]:
    label = difference.label
    table, _, size = label.rpartition(", ")
    # The sizes of a table share its label; a figure alone has a comma of its own at most.
    known = size and difference.path.rpartition(".")[-1].replace("_", " ") == size
    return (table if known else label, difference.start, difference.end)


def _name(difference: Difference, table: str) -> str:
    return difference.label.removeprefix(f"{table}, ") if difference.label != table else "valeur"


def _row(difference: Difference, table: str) -> tuple[str, ...]:
    before, after = (
        words.figure(value, difference.unit) for value in (difference.before, difference.after)
    )
    change, rate = difference.change, difference.rate
    if change is None:
        gap = NEW if difference.before is None else GONE
    else:
        gap = signed(words.change(change, difference.unit))
    share = NONE if rate is None else percent(rate)
    return _name(difference, table), before, after, gap, share
