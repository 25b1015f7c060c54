"""The scale, shown: tables of the terminal, Markdown, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from openfisca_cpts.outils.loi import words
from openfisca_cpts.outils.loi.bareme_model import Bareme, Chiffre, Ligne
from openfisca_cpts.outils.loi.citation import Source, Texte
from openfisca_cpts.outils.paragraph import paragraph
from openfisca_cpts.outils.typography import day

PIPE = " | "
CALCULATION, COLUMN_PEOPLE, PEOPLE = "Calcul", "Population du calcul", "inhabitant"
"""What the first row of the CSV is: the population that each column is computed for."""


def title(scale: Bareme) -> str:
    """Name a scale: its law and its day."""
    return f"Barème au {day(scale.date)} — {scale.scenario}"


def print_scale(scale: Bareme, console: Console, with_sources: bool) -> None:
    """Print a scale for a reader.

    Args:
        scale: the scale.
        console: where to print.
        with_sources: print the text, the note and the statut of each line too.
    """
    console.print(Text(title(scale), style="bold"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("Euros par an", overflow="fold")
    for column in scale.colonnes:
        heading = f"{column.libelle}\n{column.population}".replace(" à ", "\nà ")
        table.add_column(heading, justify="right")
    for section in scale.sections:
        for line in section.lignes:
            label = Text(f"  {line.libelle}" if line.retrait else line.libelle)
            table.add_row(label, *_narrow(scale, line), style="dim" if line.retrait else None)
        table.add_section()
    console.print(table)
    others = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    others.add_column("Autres chiffres")
    others.add_column("", justify="right", no_wrap=True)
    for section in scale.autres:
        for line in section.lignes:
            others.add_row(Text(line.libelle), line.chiffres[0].texte)
    console.print(others)
    for remark in scale.remarques:
        console.print(Text(paragraph(remark, console.width, "  ", "• ")))
    if with_sources:
        _print_sources(scale, console)


def as_markdown(scale: Bareme, with_sources: bool) -> str:
    """Give the scale as two Markdown tables, by size then the single figures.

    Args:
        scale: the scale.
        with_sources: add the text, the note and the statut of each line.

    Returns:
        The page.
    """
    headings = [f"{column.libelle} ({column.population})" for column in scale.colonnes]
    lines = [f"# {title(scale)}", "", *markdown_head(["Euros par an", *headings], len(headings))]
    for section in scale.sections:
        for line in section.lignes:
            label = f"*{line.libelle}*" if line.retrait else line.libelle
            lines.append(markdown_row([label, *_by_size(scale, line)]))
    lines.append("")
    lines += ["## Autres chiffres", "", *markdown_head(["Chiffre", "Valeur"], 1)]
    for section in scale.autres:
        for line in section.lignes:
            lines.append(markdown_row([line.libelle, line.chiffres[0].texte]))
    lines += ["", *(f"- {remark}" for remark in scale.remarques)]
    if with_sources:
        lines += ["", "## Sources", ""]
        for line in _lines(scale):
            lines += [f"**{line.description}**", ""]
            lines += [f"- {group}" for group in _groups(scale, line)]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def as_csv(scale: Bareme, with_sources: bool) -> str:
    """Give the scale as CSV, figures unrounded.

    Args:
        scale: the scale.
        with_sources: one row per figure, with its path, its first day, its statut and its texts,
            instead of one row per line.

    Returns:
        The rows; a figure that is the same for all sizes stands in `valeur`. The first row, or a
        column, holds the population that each size is computed for.
    """
    rows: list[dict[str, object]] = []
    people = {column.cle: column.population_du_calcul for column in scale.colonnes}
    if not with_sources:
        rows.append({"section": CALCULATION, "ligne": COLUMN_PEOPLE, "unite": PEOPLE, **people})
    for section in (*scale.sections, *scale.autres):
        for line in section.lignes:
            start: dict[str, object] = {
                "section": section.titre,
                "ligne": line.libelle,
                "unite": line.unite,
            }
            if with_sources:
                rows += [start | _detail(figure, line, people) for figure in line.chiffres]
                continue
            by_size = {figure.colonne or "valeur": figure.valeur for figure in line.chiffres}
            sizes = {column.cle: by_size.get(column.cle) for column in scale.colonnes}
            rows.append({**start, **sizes, "valeur": by_size.get("valeur")})
    import polars  # takes its time to load: the scale on a screen does not wait for it

    return polars.DataFrame(rows, infer_schema_length=None).write_csv()


def as_json(scale: Bareme) -> str:
    """Give the scale as JSON, with all that is known of each figure."""
    return scale.model_dump_json(indent=len("  ")) + "\n"


def markdown_head(titles: list[str], numbers: int) -> list[str]:
    """Give the two first lines of a table whose last columns are numbers."""
    marks = ["---"] * (len(titles) - numbers) + ["---:"] * numbers
    return [markdown_row(titles), markdown_row(marks)]


def markdown_row(cells: list[str]) -> str:
    """Give one line of a table."""
    return f"| {PIPE.join(cell.replace('|', '/') for cell in cells)} |"


def phrase(statut: str | None, since: str, sources: list[Source], acts: list[Texte]) -> str:
    """Say how sure a figure is, since when, where it was read, and on what act it rests."""
    cited = [*(source.phrase for source in sources), *(act.phrase for act in acts)]
    texts = " ; ".join(cited)
    return f"{words.statut(statut)}, {since} : {texts}" if texts else f"{words.statut(statut)}"


def _by_size(scale: Bareme, line: Ligne) -> list[str]:
    texts = {figure.colonne: figure.texte for figure in line.chiffres}
    return [texts.get(column.cle, words.statut(None)) for column in scale.colonnes]


def _narrow(scale: Bareme, line: Ligne) -> list[str]:
    """Leave out the sign that the heading of the table has already, where columns are many."""
    texts = _by_size(scale, line)
    one_per_size = all(column.cle == column.taille for column in scale.colonnes)
    return texts if one_per_size else [text.removesuffix(words.EURO) for text in texts]


def _lines(scale: Bareme) -> Iterator[Ligne]:
    """Give the lines that are read in a text: neither the parts nor the totals are."""
    for section in (*scale.sections, *scale.autres):
        yield from (line for line in section.lignes if line.chiffres[0].sources)


def _groups(scale: Bareme, line: Ligne) -> Iterator[str]:
    """Say what stands behind the figures of a line, those that rest on the same put together."""
    names = {column.cle: column.libelle.lower() for column in scale.colonnes}
    groups: dict[str, list[str]] = {}
    for figure in line.chiffres:
        since = "" if figure.depuis is None else f"depuis le {day(figure.depuis)}"
        behind = phrase(figure.statut, since, figure.sources, figure.textes)
        groups.setdefault(behind, []).append(names.get(figure.colonne or "", ""))
    for behind, sizes in groups.items():
        whole = len(groups) == 1 or not all(sizes)
        yield behind if whole else f"{', '.join(dict.fromkeys(sizes))} : {behind}"


def _print_sources(scale: Bareme, console: Console) -> None:
    console.print(Text("\nSources", style="bold"))
    for line in _lines(scale):
        name = f"{line.description}, {line.libelle}" if line.retrait else line.description
        console.print(Text(name, style="bold dim"))
        for group in _groups(scale, line):
            console.print(Text(paragraph(group, console.width, "    ", "  • ")), soft_wrap=True)


def _detail(figure: Chiffre, line: Ligne, people: Mapping[str, int]) -> dict[str, object]:
    return {
        "taille": figure.colonne,
        "population_du_calcul": people.get(figure.colonne or ""),
        "valeur": float(figure.valeur),
        "parametre": figure.parametre,
        "variable": line.variable,
        "depuis": figure.depuis,
        "statut": figure.statut,
        "sources": PIPE.join(source.phrase for source in figure.sources),
        "textes_de_droit": PIPE.join(act.phrase for act in figure.textes),
    }
