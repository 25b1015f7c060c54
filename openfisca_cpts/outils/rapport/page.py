"""The page: sections put together, and written as one file of HTML that needs no network."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from openfisca_cpts.outils.rapport import (
    section_certainty,
    section_changes,
    section_communities,
    section_costs,
    section_groups,
    section_hypotheses,
    section_limits,
    section_movements,
    section_population,
)
from openfisca_cpts.outils.rapport.outlook import Outlook
from openfisca_cpts.outils.rapport.pieces import Section
from openfisca_cpts.outils.typography import number, spaced

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study
    from openfisca_cpts.outils.tables.described import Table

TEMPLATE = "rapport.html.jinja"
LOCALE: Literal["fr-FR"] = "fr-FR"
DRAW = """
document.querySelectorAll("[data-graphique]").forEach(function (place) {
  var spec = JSON.parse(document.getElementById(place.dataset.graphique).textContent);
  var locale = JSON.parse(document.getElementById("typographie").textContent);
  vegaEmbed(place, spec, {
    actions: false, renderer: "svg",
    formatLocale: locale.nombres, timeFormatLocale: locale.dates
  });
});
var plain = function (text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
};
document.querySelectorAll("[data-cherche]").forEach(function (field) {
  field.addEventListener("input", function () {
    var words = plain(field.value).split(/\\s+/);
    field.closest("p").nextElementSibling.querySelectorAll("tbody tr").forEach(function (row) {
      var text = plain(row.textContent);
      row.hidden = !words.every(function (word) { return text.includes(word); });
    });
  });
});
"""
"""What the page runs once: it draws each chart in its place, and lets tables be searched."""


def page(
    study: Study,
    source: str,
    tables: Mapping[str, Table],
    command: str,
    record: str,
    by: Sequence[str] = (),
) -> str:
    """Write the report of a study.

    Args:
        study: the study, with the variables of `study_tables.SHOWN_VARIABLES`.
        source: name of the file of the table, without its folder.
        tables: what it shows, by the key of each table.
        command: the command, as a terminal takes it.
        record: the run record, in JSON.
        by: columns to break the totals down by, besides the size and the region.

    Returns:
        The page, in HTML. The same study gives the same text.
    """
    outlook = Outlook(study, source, tables)
    return (
        _environment()
        .get_template(TEMPLATE)
        .render(
            outlook=outlook,
            cards=section_costs.cards(outlook),
            sections=sections(outlook, command, record, by),
        )
    )


def sections(outlook: Outlook, command: str, record: str, by: Sequence[str] = ()) -> list[Section]:
    """Make the sections of a report, in the order of a reader.

    Args:
        outlook: the study.
        command: the command, as a terminal takes it.
        record: the run record, in JSON.
        by: columns to break the totals down by, besides the size and the region.

    Returns:
        Those that make sense for the study.
    """
    every: list[Section | None] = [
        section_hypotheses.section(outlook),
        section_costs.section(outlook),
        section_groups.section(outlook, tuple(by)),
        section_movements.winners(outlook),
        section_communities.section(outlook),
        section_population.section(outlook),
        section_movements.history(outlook),
        section_movements.sizes(outlook),
        section_changes.section(outlook),
        section_certainty.envelopes(outlook),
        section_certainty.conventions(outlook),
        section_certainty.statuts(outlook),
        section_limits.limits(outlook),
        section_limits.reproduction(outlook, command, record),
    ]
    return [section for section in every if section is not None]


def _environment() -> Any:
    import jinja2
    import vl_convert

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=_with_french_spaces,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"json": _json, "nombre": number}
    environment.globals["locale"] = {
        "nombres": vl_convert.get_format_locale(LOCALE),
        "dates": vl_convert.get_time_format_locale(LOCALE),
    }
    environment.globals["script"] = _script
    return environment


def _with_french_spaces(value: Any) -> Any:
    from markupsafe import Markup

    # What is already written as HTML (charts, quoted commands) is left as it is.
    return spaced(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _json(value: Any) -> Any:
    """Write a value as JSON that nothing inside a page can take for a tag."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Markup(text.replace("<", r"\u003c").replace("\u2028", r"\u2028"))


@functools.cache
def _script() -> Any:
    """Give the library that draws the charts, and what draws those of the page."""
    import vl_convert
    from markupsafe import Markup

    bundle = vl_convert.javascript_bundle(DRAW)
    return Markup(bundle.replace("</script", r"<\/script").replace("<!--", r"<\!--"))
