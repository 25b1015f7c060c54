"""The charts of the report as drawings of their own, for a note: SVG and PNG, title and legend."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any

from openfisca_cpts.outils.rapport.page import LOCALE
from openfisca_cpts.outils.rapport.pieces import Figure, Section
from openfisca_cpts.outils.rapport.theme import theme

SVG, PNG = ".svg", ".png"
SHARP = 2
"""Dots of a PNG per unit of the drawing: it stays sharp on paper."""
PAPER = "#ffffff"
PART = re.compile(r'id="([A-Za-z_]+[0-9]+)"')


def stills(sections: Sequence[Section]) -> Iterator[tuple[str, bytes]]:
    """Draw every chart of a report.

    Args:
        sections: the sections of the report.

    Yields:
        The name of each file, in the order of the report, and its content.
    """
    figures = [figure for section in sections for figure in section.figures]
    for rank, figure in enumerate(figures, start=1):
        spec = still(figure)
        for suffix in (SVG, PNG):
            yield f"{rank:02}_{figure.key}{suffix}", drawn(spec, suffix)


def drawn(spec: dict[str, Any], suffix: str) -> bytes:
    """Draw a chart.

    Args:
        spec: a specification that stands alone.
        suffix: `SVG` or `PNG`.

    Returns:
        The content of the file, which depends on the specification alone.
    """
    import vl_convert

    locale: dict[str, Any] = {"format_locale": LOCALE, "time_format_locale": LOCALE}
    if suffix == PNG:
        return vl_convert.vegalite_to_png(spec, scale=SHARP, **locale)
    return renumbered(vl_convert.vegalite_to_svg(spec, **locale)).encode()


def renumbered(drawing: str) -> str:
    """Number the parts of a drawing from its first one: the library counts them since it started.

    Args:
        drawing: a drawing in SVG.

    Returns:
        The same, whose text depends on nothing but what it shows.
    """
    found = dict.fromkeys(PART.findall(drawing))
    names = {old: f"part{rank}" for rank, old in enumerate(found)}
    return re.sub(
        "|".join(rf"(?<=\b){re.escape(old)}\b" for old in names) or "(?!)",
        lambda part: names[part[0]],
        drawing,
    )


def still(figure: Figure) -> dict[str, Any]:
    """Give a chart what the page gives it around: its width, its title and its legend.

    Args:
        figure: a chart of the report.

    Returns:
        A specification that stands alone.
    """
    spec = copy.deepcopy(figure.spec)
    tall = theme()["height"]["tall"]
    spec |= {"width": tall + tall, "title": {"text": figure.title, "anchor": "start"}}
    spec.pop("autosize", None)
    spec["config"] = {**spec.get("config", {}), "background": PAPER}
    named = {key.color: key.text for key in figure.legend}
    first = True
    for mark in (spec, *spec.get("layer", ())):
        color = mark.get("encoding", {}).get("color", {})
        scale = color.get("scale") or {}
        if named and first and scale.get("domain"):
            pairs = zip(scale["domain"], scale["range"], strict=True)
            titles = {str(key): named.get(shade, str(key)) for key, shade in pairs}
            color["legend"] = {
                "title": None,
                "orient": "bottom",
                "columns": 1,
                "labelLimit": 0,
                "labelExpr": f"({titles!r})[datum.label] || datum.label",
            }
            first = False
    return spec
