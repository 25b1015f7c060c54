"""Reads the cells of one column as the values of one input, all at once.

French forms are read: `48 500`, `0,8`, `80 %`, `1 234,50 €`, `15/03/2021`, `oui`. The bounds are
those of the input's own `Saisie`.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy
import polars
from openfisca_core.indexed_enums import Enum

from openfisca_cpts.calcul.dates import JAMAIS
from openfisca_cpts.calcul.saisies import PLUS_GRAND_ENTIER, Saisie, entree_en_vigueur
from openfisca_cpts.outils.simulation.columns import nearest
from openfisca_cpts.outils.simulation.regions import SHORT_NAMES
from openfisca_cpts.outils.simulation.table import Column
from openfisca_cpts.outils.spelling import plain
from openfisca_cpts.outils.territoires.region_names import INSEE

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

NUMBER = r"^[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?$"
GROUPED = r"^[+-]?[0-9]{1,3}(?:\s[0-9]{3})+(?:[.,][0-9]*)?$"
THOUSANDS = r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
"""« 48.500 »: 48.5 for a program, 48 500 for its author. Refused where it could be either."""
SUFFIXES = {"/1": (r"\s*%$", "e-2"), "currency-EUR": (r"\s*(?:€|EUR)$", "")}
"""What a spreadsheet writes after a number of a unit, and what it is worth."""
ISO_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
FRENCH_DAY = r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$"
YES = ("oui", "o", "vrai", "true", "x", "✓", "✔", "☑")
NO = ("non", "n", "faux", "false")
SAY_YES, SAY_NO = YES[0], NO[0]
"""What is written for a truth, of the words that are read as one."""
TRUTHS = dict.fromkeys(YES, 1.0) | dict.fromkeys(NO, 0.0)
LAST_DAY = numpy.datetime64("2100-12-31")
"""Later days are slips of the key (« 15/03/2202 »), but for the one that stands for « never »."""
REGION = "une région, par son nom ou son code INSEE"
RANK = re.compile(r"^taille_([0-9]+)$")


@dataclasses.dataclass(frozen=True)
class Cells:
    """The cells of one column, as values of its input.

    Attributes:
        values: one per community, in the input's type (whole numbers as float64, days as
            datetime64[D], choices as their index); the default where `given` is false.
        given: bool array, the cells that hold an admitted value.
        refused: bool array, the cells that hold something else.
        expected: says what a refused cell should hold, from what it holds.
    """

    values: numpy.ndarray
    given: numpy.ndarray
    refused: numpy.ndarray
    expected: Callable[[str], str]


def read_cells(column: Column, variable: Variable, system: TaxBenefitSystem) -> Cells:
    """Read a column as an input.

    Args:
        column: the cells as they were written.
        variable: the input.
        system: the law, whose parameters bound some dates.

    Returns:
        The values, and the cells that are refused.
    """
    readers = {
        int: _numbers,
        float: _numbers,
        bool: _truths,
        datetime.date: _days,
        Enum: _choices,
    }
    return readers[variable.value_type](column, variable, system)


def _bounds(variable: Variable) -> Saisie:
    """Give the bounds of an input; one that a user's reform adds may have none."""
    return variable.set_input if isinstance(variable.set_input, Saisie) else Saisie()


def _cells(
    column: Column,
    variable: Variable,
    values: numpy.ndarray,
    admitted: numpy.ndarray,
    expected: Callable[[str], str],
) -> Cells:
    default = variable.default_value
    blank = default.index if isinstance(default, Enum) else default
    given = column.given & admitted
    values = numpy.where(given, values, numpy.asarray(blank, dtype=values.dtype))
    return Cells(values, given, column.given & ~admitted, expected)


def parse(text: polars.Series) -> polars.Series:
    """Give the numbers that texts are written as: `48 500`, `0,8`; null for what is none."""
    grouped = text.str.contains(GROUPED)
    digits = polars.select(
        polars.when(grouped)
        .then(text.str.replace_all(r"\s", ""))
        .when(text.str.contains(NUMBER))
        .then(text)
    ).to_series()
    return digits.str.replace(",", ".", literal=True).cast(polars.Float64, strict=False)


def _numbers(column: Column, variable: Variable, system: TaxBenefitSystem) -> Cells:
    text = column.text.str.replace(*SUFFIXES.get(variable.unit, ("$", "")))
    values = polars.select(polars.coalesce(column.number, parse(text))).to_series().to_numpy()
    bounds = _bounds(variable)
    highest = PLUS_GRAND_ENTIER if variable.value_type is int else bounds.maximum
    admitted = numpy.isfinite(values)
    if bounds.minimum is not None:
        admitted &= values >= bounds.minimum
    if highest is not None:
        admitted &= values <= highest
    if variable.value_type is int:
        admitted &= values == numpy.floor(values)
    if variable.unit != "/1":
        ambiguous = text.str.contains(THOUSANDS) & column.number.is_null()
        admitted &= ~ambiguous.fill_null(False).to_numpy()
    return _cells(column, variable, values, admitted, _expected_number(variable, highest))


def _expected_number(variable: Variable, highest: int | None) -> Callable[[str], str]:
    kind = "un nombre entier" if variable.value_type is int else "un nombre"
    lowest = _bounds(variable).minimum
    if highest is None:
        bounds = "" if lowest is None else f" d'au moins {lowest}"
    elif lowest is None:
        bounds = f" d'au plus {highest:,}".replace(",", "\N{NO-BREAK SPACE}")
    else:
        bounds = f" entre {lowest} et {highest:,}".replace(",", "\N{NO-BREAK SPACE}")

    def expected(value: str) -> str:
        if variable.unit != "/1" and re.match(THOUSANDS.rstrip("$"), value):
            return f"{kind}, les milliers collés ou séparés par une espace (« 48 500 »)"
        return f"{kind}{bounds}"

    return expected


def _truths(column: Column, variable: Variable, system: TaxBenefitSystem) -> Cells:
    words = column.text.str.to_lowercase().replace_strict(
        TRUTHS, default=None, return_dtype=polars.Float64
    )
    numbers = polars.coalesce(words, column.number, parse(column.text))
    values = polars.select(numbers).to_series().to_numpy()
    admitted = numpy.isin(values, (0.0, 1.0))
    return _cells(column, variable, values == 1.0, admitted, lambda _: "oui ou non")


def _days(column: Column, variable: Variable, system: TaxBenefitSystem) -> Cells:
    text = column.text
    iso, french = text.str.contains(ISO_DAY), text.str.contains(FRENCH_DAY)
    days = polars.select(
        polars.coalesce(
            polars.when(iso).then(text).str.to_date("%Y-%m-%d", strict=False),
            polars.when(french).then(text).str.to_date("%d/%m/%Y", strict=False),
        )
    ).to_series()
    values = days.to_numpy().astype("datetime64[D]")
    admitted = ~numpy.isnat(values) & column.number.is_null().to_numpy()
    admitted &= (values <= LAST_DAY) | (values == JAMAIS)
    expected = "une date JJ/MM/AAAA ou AAAA-MM-JJ"
    not_before = _bounds(variable).pas_avant
    if not_before is not None:
        first = entree_en_vigueur(system, not_before)
        admitted &= values >= first
        expected += f", à partir du {first.item():%d/%m/%Y}"

    def what(value: str) -> str:
        written = re.match(ISO_DAY, value) or re.match(FRENCH_DAY, value)
        if written and max(re.findall("[0-9]{4}", value)) > str(LAST_DAY)[:4]:
            return f"{expected}, jusqu'au {LAST_DAY.item():%d/%m/%Y}"
        return expected

    return _cells(column, variable, values, admitted, what)


def _choices(column: Column, variable: Variable, system: TaxBenefitSystem) -> Cells:
    indices = _index_of_choices(variable)
    written = column.words
    found = {word: indices.get(plain(word), -1) for word in written.drop_nulls().unique()}
    values = written.replace_strict(found, default=-1, return_dtype=polars.Int64).to_numpy()

    @functools.cache
    def expected(value: str) -> str:
        near = nearest(value, [choice.name for choice in variable.possible_values])
        keys = ", ".join(choice.name for choice in variable.possible_values)
        what = REGION if variable.name == "region_ars" else f"l'un des choix {keys}"
        return what + (f" (« {near} » ?)" if near else "")

    return _cells(column, variable, values, values >= 0, expected)


def _index_of_choices(variable: Variable) -> dict[str, int]:
    """Give the index of each choice by its key and its label; a region also by its INSEE code, with
    or without 0; a size also by its rank alone."""
    indices: dict[str, int] = {}
    for choice in variable.possible_values:
        match = INSEE.fullmatch(choice.value)
        names = [choice.name, choice.value]
        names += [match["name"], match["code"], match["code"].lstrip("0")] if match else []
        names += RANK.findall(choice.name)
        names += SHORT_NAMES.get(choice.name, ())
        indices |= {plain(name): choice.index for name in names}
    return indices
