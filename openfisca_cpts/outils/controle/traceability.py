"""From a line of a document to its figure, the variables that read it, the tests of these."""

from __future__ import annotations

import bisect
import collections
import dataclasses
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from openfisca_cpts.outils.controle import sourcing, tree
from openfisca_cpts.outils.controle.tracing import Read, Traced, trace
from openfisca_cpts.outils.controle.yaml_tests import YamlTest, read
from openfisca_cpts.outils.fichiers.findings import Tally
from openfisca_cpts.outils.fichiers.schema import Unit
from openfisca_cpts.outils.loi import law
from openfisca_cpts.outils.loi.citation import textes
from openfisca_cpts.outils.loi.leaves import Leaf, leaves

if TYPE_CHECKING:
    import polars
    from openfisca_core.parameters import ParameterNode
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

SEPARATOR = " | "
COLUMNS = (
    "document",
    "note",
    "lien",
    "nature",
    "date du document",
    "texte de droit",
    "paramètre",
    "libellé",
    "date de valeur",
    "valeur",
    "unité",
    "statut",
    "variables qui le lisent",
    "épreuves qui les affirment",
    "épreuves dont un résultat en dépend",
)


@dataclasses.dataclass(frozen=True)
class ValueUse:
    """What becomes of one value of one figure.

    Attributes:
        leaf: the figure, with its words and its sources.
        date: its date of value.
        references: the lines of documents that show it (`title`, `href`, `note`); all those of
            the date where none shows it alone.
        variables: the variables whose formula reads it for a community, in alphabetical order.
        tests: the tests that assert such a computation, in the order of the files.
        dependents: the tests of which at least one result depends on it; `tests` among them.
    """

    leaf: Leaf
    date: datetime.date
    references: tuple[dict[str, str], ...]
    variables: tuple[str, ...]
    tests: tuple[YamlTest, ...]
    dependents: tuple[YamlTest, ...]


@dataclasses.dataclass(frozen=True)
class VariableUse:
    """What is known of one computed variable.

    Attributes:
        name: the variable.
        parameters: the figures that its own formula reads, in alphabetical order.
        tests: the tests that assert it where a formula applies.
    """

    name: str
    parameters: tuple[str, ...]
    tests: tuple[YamlTest, ...]


@dataclasses.dataclass(frozen=True)
class Traceability:
    """What the tests read of the law, and assert.

    Attributes:
        values: every value of every figure, in the order of the law.
        variables: every variable that has a formula, in alphabetical order.
        failures: the tests that fail, and why: what they assert does not count.
        count: how many tests of the law there are.
    """

    values: list[ValueUse]
    variables: list[VariableUse]
    failures: list[tuple[YamlTest, str]]
    count: int


def trace_law(root: Path, folder: Path) -> Traceability:
    """Run the tests with a trace, and note what becomes of each figure.

    Nothing is kept on disk: the tests run each time, in a few seconds.

    Args:
        root: folder of the package, or of a copy.
        folder: folder of the YAML tests; those of a reform are left out.

    Returns:
        What the tests read and assert.

    Raises:
        TestsRefusedError: the tests cannot be read.
    """
    system = law.load(root)
    units, _ = tree.read_units(root, Tally())
    traced = trace(read(folder), system)
    passed = [item for item in traced if item.error is None]
    return Traceability(
        values=_values(system.parameters, passed, units),
        variables=_variables(system, passed),
        failures=[(item.test, item.error) for item in traced if item.error is not None],
        count=len(traced),
    )


def _values(
    parameters: ParameterNode, traced: list[Traced], units: dict[str, Unit]
) -> list[ValueUse]:
    """Follow each value; a figure read on a day is the value in force on that day."""
    readers: dict[str, list[tuple[int, Read]]] = collections.defaultdict(list)
    for rank, item in enumerate(traced):
        for each in item.reads:
            if each.serves:
                readers[each.parameter].append((rank, each))
    asserted = [{(each.variable, each.period) for each in item.asserted} for item in traced]
    uses = []
    for leaf in leaves(parameters):
        dates = leaf.dates
        days = [date.isoformat() for date in dates]
        by_date: dict[int, list[tuple[int, Read]]] = collections.defaultdict(list)
        for rank, each in readers[leaf.path]:
            by_date[bisect.bisect_right(days, each.day) - 1].append((rank, each))
        for index, date in enumerate(dates):
            found = by_date[index]
            direct = {
                rank for rank, each in found if (each.variable, each.period) in asserted[rank]
            }
            uses.append(
                ValueUse(
                    leaf=leaf,
                    date=date,
                    references=_lines(leaf, date, units),
                    variables=tuple(sorted({each.variable for _, each in found})),
                    tests=tuple(traced[rank].test for rank in sorted(direct)),
                    dependents=tuple(
                        traced[rank].test for rank in sorted({rank for rank, _ in found})
                    ),
                )
            )
    return uses


def _lines(leaf: Leaf, date: datetime.date, units: dict[str, Unit]) -> tuple[dict[str, str], ...]:
    value, references = leaf.value(date), leaf.references(date)
    if value is None:
        return tuple(references)
    unit, statut = units.get(leaf.unit), leaf.statut(date)
    showing = [
        reference
        for reference in references
        if sourcing.shows(reference.get("note", ""), value, unit, statut)
    ]
    return tuple(showing or references)


def _variables(system: TaxBenefitSystem, traced: list[Traced]) -> list[VariableUse]:
    parameters: dict[str, set[str]] = collections.defaultdict(set)
    tests: dict[str, list[YamlTest]] = collections.defaultdict(list)
    for item in traced:
        for each in item.reads:
            parameters[each.variable].add(each.parameter)
        for name in {each.variable for each in item.asserted if each.computed}:
            tests[name].append(item.test)
    return [
        VariableUse(name, tuple(sorted(parameters[name])), tuple(tests[name]))
        for name, variable in sorted(system.variables.items())
        if not variable.is_input_variable()
    ]


def table(traceability: Traceability) -> polars.DataFrame:
    """Lay the traceability out, one row per document line and value.

    Args:
        traceability: what the tests read and assert.

    Returns:
        Columns `COLUMNS`, in French: texts, the value as float64 in the unit of its column, and
        the number of tests of which a result depends on it. Several names share a cell, separated
        by « | »: a name of a test may hold the other signs.
    """
    import polars

    rows = [
        (
            reference.get("title"),
            reference.get("note"),
            reference.get("href"),
            reference.get("nature"),
            reference.get("document_date"),
            SEPARATOR.join(act.phrase for act in textes(use.leaf.acts(use.date))),
            use.leaf.path,
            use.leaf.label,
            use.date,
            use.leaf.value(use.date),
            use.leaf.unit,
            use.leaf.statut(use.date),
            SEPARATOR.join(use.variables),
            SEPARATOR.join(test.title for test in use.tests),
            len(use.dependents),
        )
        for use in traceability.values
        for reference in use.references or ({},)
    ]
    schema = dict.fromkeys(COLUMNS, polars.String) | {
        "date de valeur": polars.Date,
        "valeur": polars.Float64,
        COLUMNS[-1]: polars.Int64,
    }
    return polars.DataFrame(rows, schema=schema, orient="row")
