"""What an analyst asks of a result: totals, winners and losers, changes of size, differences.

Each takes what `simulate` gave, or the rows of a `study`, and gives a pandas frame if it took one.
Sums do not depend on the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars

from openfisca_cpts.outils.simulation.columns import ALIASES, nearest
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.frames import either
from openfisca_cpts.outils.simulation.scenarios import BASELINE
from openfisca_cpts.outils.simulation.summary import COUNT, SUMS
from openfisca_cpts.outils.simulation.sums import grouped_sums

Result = polars.DataFrame | polars.LazyFrame

BLOCK = ("scenario", "annee")
SIZE = "taille"
COMPARED = (SIZE, "plafond_financement", "financement_annuel", "versement_annuel")
"""The variables that `compare` shows where none are named and a result has them."""
HALF_A_CENT = 0.005
"""A difference below it is none: no amount is paid in thousandths of a euro."""
BEFORE, AFTER, DIFFERENCE = "_droit_en_vigueur", "_reforme", "_difference"


@either
def aggregate(
    result: Result, by: Sequence[str] = (SIZE,), variables: Sequence[str] | None = None
) -> polars.DataFrame:
    """Sum a result by scenario, year, and whatever else is asked for.

    Args:
        result: the rows.
        by: columns to group by: `taille`, `region_ars` (or `region`), a kept column; may be empty.
        variables: names of numbers; those of `summary.SUMS` that the result has if none are named.

    Returns:
        One row per `scenario`, `annee` and group, in the order of the result then of the groups:
        `nombre_communautes`, then the sums.

    Raises:
        RequestError: a column that the result does not have, or that holds no number.
    """
    schema = _schema(result)
    groups = [_grouping(name, schema) for name in _words(by)]
    asked = _words(variables) if variables is not None else [n for n in SUMS if n in schema]
    for name in asked:
        _check_number(name, schema)
    rows = _collect(result, [*BLOCK, *groups, *asked])
    sums = grouped_sums(rows, [*BLOCK, *groups], asked, COUNT)
    return _in_order(sums, rows, groups)


@either
def winners_losers(
    result: Result, variable: str = "financement_annuel", by: Sequence[str] = ()
) -> polars.DataFrame:
    """Count who wins and who loses under each reform, against the law in force.

    Args:
        result: the rows, those of the law in force among them.
        variable: name of the amount.
        by: columns to group by, as for `aggregate`; the size is that of the law in force.

    Returns:
        One row per `scenario` other than the law in force, `annee` and group:
        `nombre_communautes`, `gagnantes`, `perdantes`, `inchangees` (the
        difference is below half a cent), then in euros `montant_gagne` and `montant_perdu` (both
        positive) and `solde`, the first less the second.

    Raises:
        RequestError: the law in force is not in the result, or a column is not.
    """
    schema = _schema(result)
    _check_number(variable, schema)
    groups = [_grouping(name, schema) for name in _words(by)]
    pairs = _pairs(result, [variable], groups)
    difference = polars.col(variable + DIFFERENCE)
    won, lost = difference > HALF_A_CENT, difference < -HALF_A_CENT
    marked = pairs.with_columns(
        won.cast(polars.Int64).alias("gagnantes"),
        lost.cast(polars.Int64).alias("perdantes"),
        (~won & ~lost).cast(polars.Int64).alias("inchangees"),
        polars.when(won).then(difference).otherwise(0.0).alias("montant_gagne"),
        polars.when(lost).then(-difference).otherwise(0.0).alias("montant_perdu"),
    )
    figures = [
        *("gagnantes", "perdantes", "inchangees"),
        *("montant_gagne", "montant_perdu"),
    ]
    sums = grouped_sums(marked, [*BLOCK, *groups], figures, COUNT).with_columns(
        solde=polars.col("montant_gagne") - polars.col("montant_perdu")
    )
    return _in_order(sums, pairs, groups)


@either
def size_changes(result: Result, variable: str = "financement_annuel") -> polars.DataFrame:
    """Count the communities by their size under the law in force and under each reform.

    Args:
        result: the rows, those of the law in force among them, with `taille`.
        variable: name of the amount whose difference is summed.

    Returns:
        One row per `scenario` other than the law in force, `annee`, `taille_droit_en_vigueur` and
        `taille_reforme`, where there is a community: `nombre_communautes`, and the sum of the
        differences in euros, named as the variable with `_difference`.

    Raises:
        RequestError: the law in force is not in the result, or a column is not.
    """
    schema = _schema(result)
    _check_number(variable, schema)
    _check_column(SIZE, schema)
    pairs = _pairs(result, [SIZE, variable], [])
    sizes = [SIZE + BEFORE, SIZE + AFTER]
    sums = grouped_sums(pairs, [*BLOCK, *sizes], [variable + DIFFERENCE], COUNT)
    return _in_order(sums, pairs, sizes)


@either
def compare(
    result: Result,
    reform: str | None = None,
    variables: Sequence[str] | None = None,
    *,
    keep: Sequence[str] = (),
) -> polars.DataFrame:
    """Put the law in force and a reform side by side, community by community.

    Args:
        result: the rows, those of the law in force among them.
        reform: name of the scenario; may be left out where there is only one.
        variables: names of variables; those of `COMPARED` that the result has if none are named.
        keep: other columns of the result to show, as they are under the law in force.

    Returns:
        One row per year and community, in the order of the result: `annee`, `id`, `nom`, the kept
        columns, then for each variable `v_droit_en_vigueur`, `v_reforme` and, where it is a
        number, `v_difference`.

    Raises:
        RequestError: a scenario or a column that is not in the result.
    """
    schema = _schema(result)
    asked = _words(variables) if variables is not None else [n for n in COMPARED if n in schema]
    for name in (*asked, *keep):
        _check_column(name, schema)
    names = [name for name in _scenarios(result) if name != BASELINE]
    if reform is None and len(names) != 1:
        raise RequestError(f"Le résultat a {len(names)} réformes : en nommer une.")
    chosen = names[0] if reform is None else reform
    if chosen not in names:
        near = nearest(chosen, names)
        advice = f" (le plus proche : « {near} »)" if near else ""
        raise RequestError(f"Le résultat n'a pas de scénario « {chosen} »{advice}.")
    wanted = polars.col("scenario").is_in([BASELINE, chosen])
    pairs = _pairs(result.lazy().filter(wanted), asked, ["nom", *keep])
    columns = [
        name + suffix
        for name in asked
        for suffix in (BEFORE, AFTER, DIFFERENCE)
        if suffix != DIFFERENCE or schema[name].is_numeric()
    ]
    return pairs.select("annee", "id", "nom", *keep, *columns)


def _pairs(result: Result, variables: Sequence[str], groups: Sequence[str]) -> polars.DataFrame:
    """Put the rows of each reform beside those of the law in force.

    Returns:
        One row per reform, year and community: `scenario`, `annee`, `id`, the groups as they are
        under the law in force, each variable twice, and the difference of the numbers. What does
        not exist under one of the two laws is worth nothing there.
    """
    schema = _schema(result)
    rows = _collect(result, [*BLOCK, "id", *dict.fromkeys([*groups, *variables])])
    law = rows.filter(polars.col("scenario") == BASELINE)
    if BASELINE not in _scenarios(result):
        raise RequestError(
            f"Le résultat n'a pas de scénario « {BASELINE} » : il n'y a rien à quoi comparer."
        )
    reformed = rows.filter(polars.col("scenario") != BASELINE)
    pairs = reformed.select(
        *BLOCK, "id", *(polars.col(name).alias(name + AFTER) for name in variables)
    ).join(
        law.select(
            *("annee", "id", *groups),
            *(polars.col(name).alias(name + BEFORE) for name in variables),
        ),
        on=["annee", "id"],
        how="inner",
        validate="m:1",
        maintain_order="left",
    )
    return pairs.with_columns(
        _or_nothing(name + AFTER).sub(_or_nothing(name + BEFORE)).alias(name + DIFFERENCE)
        for name in variables
        if schema[name].is_numeric()
    )


def _or_nothing(name: str) -> polars.Expr:
    return polars.col(name).cast(polars.Float64).fill_null(0)


def _in_order(
    sums: polars.DataFrame, rows: polars.DataFrame, groups: Sequence[str]
) -> polars.DataFrame:
    """Sort groups inside the scenarios and years, which keep their order."""
    blocks = rows.select(BLOCK).unique(maintain_order=True)
    ordered = sums.sort(groups, nulls_last=True, maintain_order=True) if groups else sums
    return blocks.join(ordered, on=BLOCK, how="left", maintain_order="left_right")


def _schema(result: Result) -> polars.Schema:
    return result.lazy().collect_schema()


def _scenarios(result: Result) -> list[str]:
    names = result.lazy().select(polars.col("scenario").unique(maintain_order=True)).collect()
    return names["scenario"].to_list()


def _collect(result: Result, columns: Iterable[str]) -> polars.DataFrame:
    return result.lazy().select(list(dict.fromkeys(columns))).collect()


def _words(names: Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(dict.fromkeys(names))


def _grouping(name: str, schema: polars.Schema) -> str:
    if name not in schema and name in ALIASES:
        name = ALIASES[name]
    _check_column(name, schema)
    if name in (*BLOCK, "id") or schema[name].is_float():
        raise RequestError(f"On ne peut pas regrouper par « {name} ».")
    return name


def _check_column(name: str, schema: polars.Schema) -> None:
    if name not in schema:
        near = nearest(name, list(schema))
        advice = f" (la plus proche : « {near} »)" if near else ""
        raise RequestError(
            f"Le résultat n'a pas de colonne « {name} »{advice} : la demander parmi les variables "
            "ou les colonnes gardées."
        )


def _check_number(name: str, schema: polars.Schema) -> None:
    _check_column(name, schema)
    if not schema[name].is_numeric():
        raise RequestError(f"« {name} » n'est pas un nombre : elle n'a pas de total.")
