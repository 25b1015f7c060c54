"""The first sheet of the workbook of a study: what it answers, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from openfisca_cpts.outils.classeur.sheets import stack_table
from openfisca_cpts.outils.classeur.stack import Stack
from openfisca_cpts.outils.simulation.hypotheses_words import sentences, title
from openfisca_cpts.outils.tables.answers import answers
from openfisca_cpts.outils.tables.before_after import CASES, group_key
from openfisca_cpts.outils.tables.groups import REGION, SIZE
from openfisca_cpts.outils.tables.panel import SURE, UNSURE

if TYPE_CHECKING:
    from openfisca_cpts.outils.classeur.book import Book
    from openfisca_cpts.outils.simulation.studies import Study
    from openfisca_cpts.outils.tables.described import Table

NAME = "Synthèse et hypothèses"
BY_SIZE, BY_REGION = group_key(SIZE), group_key(REGION)
STACKED = (BY_SIZE, BY_REGION, CASES, UNSURE, SURE)
"""Keys of the tables that stand on the first sheet, and on no other."""


def write_synthesis(
    book: Book, study: Study, tables: Mapping[str, Table], found: Sequence[str] = ()
) -> None:
    """Write the first sheet: sentences, before and after by group with a chart, the hypotheses.

    Args:
        book: the workbook.
        study: the study.
        tables: what it shows, by the key of each table.
        found: what was sought and found, in sentences.
    """
    stack = Stack(book, NAME)
    first, last = study.years[0], study.years[-1]
    span = str(last) if first == last else f"{first} à {last}"
    stack.heading(f"Financement des communautés professionnelles territoriales de santé, {span}")
    stack.sentences([*answers(study, tables), *found])
    size = tables[BY_SIZE]
    for rank, one in enumerate(size.each()):
        stack.heading(one.title)
        top, end = stack_table(stack, one)
        if not rank:
            drawn = [
                at
                for at, column in enumerate(one.columns)
                if column.key[-1:].isdigit() and column.unit == "euros"
            ]
            stack.bars(one.title, top, drawn, end - 1)
    for one in (one for key in (BY_REGION, CASES) if key in tables for one in tables[key].each()):
        stack.heading(one.title)
        stack_table(stack, one)
    stack.heading(title(reformed=len(study.scenarios) > 1))
    stack.sentences(sentences(study.hypotheses, study.years, len(study.scenarios) > 1))
    for key in (UNSURE, SURE):
        for one in tables[key].each():
            stack.heading(one.title)
            stack_table(stack, one.without("sens"))
            stack.sentences(one.remarks)
