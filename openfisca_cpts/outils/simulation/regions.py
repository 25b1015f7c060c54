"""What stands in a column of regions: names, short names, INSEE codes, or department numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy
import polars

from openfisca_cpts.outils.typography import count

REGION = "region_ars"
SHORT_NAMES: Mapping[str, tuple[str, ...]] = {
    "auvergne_rhone_alpes": ("ARA",),
    "bourgogne_franche_comte": ("BFC",),
    "bretagne": ("BRE",),
    "centre_val_de_loire": ("CVL",),
    "grand_est": ("GES",),
    "hauts_de_france": ("HDF",),
    "ile_de_france": ("IDF",),
    "la_reunion": ("Réunion",),
    "normandie": ("NOR",),
    "nouvelle_aquitaine": ("NAQ",),
    "occitanie": ("OCC",),
    "pays_de_la_loire": ("PDL",),
    "provence_alpes_cote_d_azur": ("PACA",),
}
"""What agencies write for a region besides its name."""
CODE = r"^[0-9]{1,2}$"
DEPARTMENT = r"^(?:0?[1-9]|[1-8][0-9]|9[0-5]|2[AaBb]|97[1-8])$"
"""Numbers of departments; each code of a region is also one of them."""
EXAMPLES = 4
"""Codes that are shown with the region they stand for."""
LISTED = 10
"""Rows that one message names at most."""


def department_numbers(words: polars.Series, refused: numpy.ndarray) -> numpy.ndarray:
    """Find the cells that are the number of a department, and no region.

    Args:
        words: the cells as texts.
        refused: bool array, the cells that are no region.

    Returns:
        Their ranks. If there is one, the codes of the column may all be departments.
    """
    numbers = words.str.contains(DEPARTMENT).fill_null(False).to_numpy()
    return numpy.flatnonzero(numbers & refused)


def also_on(rows: numpy.ndarray) -> str:
    """Name the rows that have the fault of the first one.

    Args:
        rows: int array, the rows of the file.

    Returns:
        Nothing for one row; else « , aussi lignes 4, 7 et 9 ».
    """
    others = [str(row) for row in rows[1 : LISTED + 1].tolist()]
    if not others:
        return ""
    if len(rows) > LISTED + 1:
        more = count(len(rows) - 1 - LISTED, "autre")
        return f", aussi lignes {', '.join(others)} et {more}"
    if len(others) == 1:
        return f", aussi ligne {others[0]}"
    return f", aussi lignes {', '.join(others[:-1])} et {others[-1]}"


def codes_read(title: str, words: polars.Series, labels: polars.Series) -> list[str]:
    """Say that codes were read as regions, for every one of them is a department as well.

    Args:
        title: title of the column.
        words: the cells as texts.
        labels: the region that each was read as.

    Returns:
        One sentence, or none where no cell is a code.
    """
    coded = polars.DataFrame({"code": words, "region": labels}).filter(
        polars.col("code").str.contains(CODE)
    )
    if not coded.height:
        return []
    pairs = coded.unique().sort("code")
    meant = " ; ".join(f"{code} : {region}" for code, region in pairs.head(EXAMPLES).iter_rows())
    if pairs.height > EXAMPLES:
        meant += f" ; et {count(pairs.height - EXAMPLES, 'autre')}"
    return [
        f"Colonne « {title} » : codes lus comme des régions INSEE ({meant}). Si ce sont des "
        "numéros de département, donner la région par son nom."
    ]
