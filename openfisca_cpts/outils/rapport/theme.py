"""How the charts look: colors, sizes and fonts, read from `theme.json`."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openfisca_cpts.outils.rapport.pieces import Key

FILE = Path(__file__).with_name("theme.json")


@functools.cache
def theme() -> dict[str, Any]:
    """Read the theme; what is read must not be changed."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def scenario_colors(names: Sequence[str]) -> dict[str, str]:
    """Give each scenario its color, the law in force first; they come again after the last."""
    shades = theme()["reforms"]
    reforms = {name: shades[rank % len(shades)] for rank, name in enumerate(names[1:])}
    return {names[0]: theme()["law"], **reforms}


def size_colors(sizes: Sequence[str], unknown: str) -> dict[str, str]:
    """Give each size its color, from light to dark; an unknown size is grey.

    Args:
        sizes: keys of the sizes, in their order.
        unknown: key of the size that is not known.

    Returns:
        A color for each.
    """
    shades = theme()["sizes"]
    known = [size for size in sizes if size != unknown]
    steps = max(len(known) - 1, 1)
    return {
        size: theme()["unknown"]
        if size == unknown
        else shades[round(known.index(size) * (len(shades) - 1) / steps)]
        for size in sizes
    }


def legend(titles: dict[str, str], colors: dict[str, str]) -> list[Key]:
    """Give the legend of some colors.

    Args:
        titles: what each key stands for.
        colors: the color of each key.

    Returns:
        The entries, in the order of the titles.
    """
    return [Key(title, colors[key]) for key, title in titles.items()]
