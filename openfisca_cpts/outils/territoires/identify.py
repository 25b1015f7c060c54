"""What a list of communes names: codes, codes that a spreadsheet made numbers, former codes, names.

A list is looked up at once; only what was not found is looked at word by word.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence

import polars

from openfisca_cpts.outils.spelling import plain
from openfisca_cpts.outils.territoires.census import communes, former_codes

CODE = r"^(?:\d{4,5}|\d[AB]\d{3})$"
WIDTH = len("01001")
DEPARTMENT = re.compile(r"^(?P<name>.+?) *\((?P<department>\w{2,3})\)$")
LISTED = 8
"""Communes of one name that are listed."""
SAINT = {"st": "saint", "ste": "sainte"}


@dataclasses.dataclass(frozen=True)
class Fault:
    """A word that names no commune, or several.

    Attributes:
        word: the word.
        message: what is wrong, and what it may stand for, in French.
    """

    word: str
    message: str


@dataclasses.dataclass(frozen=True)
class Named:
    """The communes that some words name.

    Attributes:
        communes: one row per word that names one, in their order: `rang` (that of the word),
            `mot`, then the columns of `census.communes`.
        remarks: what was understood otherwise than written: `rang`, `mot`, `remarque` (French).
        faults: the words that were not understood.
    """

    communes: polars.DataFrame
    remarks: polars.DataFrame
    faults: list[Fault]


def identify(words: Sequence[str] | polars.Series) -> Named:
    """Find the commune that each word names.

    Args:
        words: codes or names of communes; `1001` is 01001, « Saint-Denis (93) » tells a name by
            its department.

    Returns:
        The communes, what was understood otherwise, and what was not.
    """
    given = polars.Series(words, dtype=polars.String)
    text = polars.col("mot").str.strip_chars().str.to_uppercase().str.replace(r"\.0$", "")
    table = (
        polars.DataFrame({"mot": given})
        .with_row_index("rang")
        .with_columns(
            polars.col("rang").cast(polars.Int64),
            polars.when(text.str.contains(CODE)).then(text.str.zfill(WIDTH)).alias("lu"),
        )
    )
    former = former_codes().select(
        "code", polars.col("nom").alias("ancien_nom"), "nature", "actuel"
    )
    coded = (
        table.filter(polars.col("lu").is_not_null())
        .join(former, left_on="lu", right_on="code", how="left", maintain_order="left")
        .with_columns(polars.coalesce("actuel", "lu").alias("code"))
        .join(communes(), on="code", how="left", maintain_order="left")
    )
    known = coded.filter(polars.col("nom").is_not_null())
    remarks = [_padded(known), _merged(known)]
    faults: list[tuple[int, Fault]] = []
    for row in coded.filter(polars.col("nom").is_null()).iter_rows(named=True):
        faults.append((row["rang"], Fault(row["mot"], _unknown_code(row["lu"]))))
    by_name = []
    for row in table.filter(polars.col("lu").is_null()).iter_rows(named=True):
        code, message = _by_name(row["mot"] or "")
        if code is None:
            faults.append((row["rang"], Fault(row["mot"] or "", message)))
        else:
            by_name.append({"rang": row["rang"], "mot": row["mot"], "code": code})
    keys = ["rang", "mot", "code"]
    schema = dict(zip(keys, (polars.Int64, polars.String, polars.String), strict=True))
    named = polars.DataFrame(by_name, schema).join(
        communes(), on="code", how="left", maintain_order="left"
    )
    columns = ["rang", "mot", *communes().columns]
    found = polars.concat([known.select(columns), named.select(columns)]).sort("rang")
    told = polars.concat(remarks).sort("rang")
    return Named(found, told, [fault for _, fault in sorted(faults, key=lambda pair: pair[0])])


def _padded(known: polars.DataFrame) -> polars.DataFrame:
    written = polars.col("mot").str.strip_chars().str.to_uppercase()
    remark = polars.format(
        "« {} » lu comme {} ({}), le zéro de tête perdu",
        "mot",
        "lu",
        polars.coalesce("ancien_nom", "nom"),
    )
    return known.filter(written != polars.col("lu")).select("rang", "mot", remark.alias("remarque"))


def _merged(known: polars.DataFrame) -> polars.DataFrame:
    remark = polars.format(
        "{} ({}, {}) est aujourd'hui dans {} {}, comptée entière",
        "lu",
        polars.col("ancien_nom").fill_null("nom inconnu"),
        "nature",
        "code",
        "nom",
    )
    moved = known.filter(polars.col("actuel").is_not_null())
    return moved.select("rang", "mot", remark.alias("remarque"))


def _unknown_code(code: str) -> str:
    department = code[: len("01")]
    near = _nearest(code, communes().filter(polars.col("code").str.starts_with(department))["code"])
    return f"aucune commune n'a le code {code}{_or(near)}"


def key(name: str) -> str:
    """Write a name as it is compared: « saint denis » for « St-Denis »."""
    words = plain(name.replace("œ", "oe").replace("Œ", "OE")).split()
    return " ".join(SAINT.get(word, word) for word in words)


def _by_name(word: str) -> tuple[str | None, str]:
    """Give the code of a commune by its name, or what is wrong with the name."""
    found = DEPARTMENT.match(word.strip())
    name, department = (found["name"], found["department"]) if found else (word, None)
    wanted = key(name)
    if not wanted:
        return None, "un code ou un nom de commune est attendu"
    rows = _names().filter(polars.col("cle") == wanted)
    if department is not None:
        rows = rows.filter(polars.col("departement") == department.upper().zfill(len("01")))
    if rows.height == 1:
        return rows["code"][0], ""
    if rows.height:
        listed = [f"{code} ({where})" for code, where in rows.select("code", "departement").rows()]
        more = f" et {len(listed) - LISTED} autres" if len(listed) > LISTED else ""
        return None, (
            f"{len(listed)} communes ont ce nom : {', '.join(listed[:LISTED])}{more} ; "
            "donner le code"
        )
    near = _nearest(wanted, _names()["cle"])
    if near is not None:
        row = _names().filter(polars.col("cle") == near).row(0, named=True)
        near = f"{row['code']} {row['nom']}"
    return None, f"aucune commune n'a ce nom{_or(near)}"


@functools.cache
def _names() -> polars.DataFrame:
    return communes().with_columns(polars.Series("cle", map(key, communes()["nom"])))


def _nearest(word: str, known: polars.Series) -> str | None:
    from rapidfuzz import process

    found = process.extractOne(word, known.to_list())
    return None if found is None else found[0]


def _or(near: str | None) -> str:
    return f" (la plus proche : {near})" if near else ""
