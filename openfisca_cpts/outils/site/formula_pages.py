"""The pages of the law in formulas: one per variable, their list, and what formulas share."""

from __future__ import annotations

import dataclasses
import datetime
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from openfisca_core.indexed_enums import Enum
from openfisca_core.variables import Variable

from openfisca_cpts import DOSSIER
from openfisca_cpts.calcul.versements import Poste
from openfisca_cpts.missions.declaration import Mission, Part, declarees
from openfisca_cpts.missions.fabrique import mission_de
from openfisca_cpts.outils.site.matter import Matter, part_of
from openfisca_cpts.outils.site.pages import FOLDER, Page, fill

SECTION = "Règles de calcul"
INDEX = "variables/index.md"
SHARED = "variables/calcul_partage.md"
PERIODS = {"year": "douze mois", "month": "mois", "eternity": "une fois pour toutes"}
TYPES = {
    bool: "oui ou non",
    int: "nombre entier",
    float: "nombre",
    str: "texte",
    datetime.date: "jour",
    Enum: "choix",
}


@dataclasses.dataclass(frozen=True)
class Formula:
    """One formula of a variable.

    Attributes:
        start: first day it applies; none for one that has no date.
        code: its source.
        names: what its names stand for, where one formula is written for all missions.
    """

    start: datetime.date | None
    code: str
    names: dict[str, str]


def formulas(variable: Variable) -> list[Formula]:
    """Give the formulas of a variable, in the order of time."""
    found = []
    for start, formula in variable.formulas.items():
        code = textwrap.dedent(inspect.getsource(formula)).rstrip()
        date = datetime.date.fromisoformat(start)
        start_date = None if date == datetime.date.min else date
        found.append(Formula(start_date, code, _names(formula)))
    return found


def _names(formula: Any) -> dict[str, str]:
    """Give what the names that a formula takes from its mission stand for."""
    names: dict[str, str] = {}
    for name, value in inspect.getclosurevars(formula).nonlocals.items():
        if isinstance(value, str):
            names[name] = value
        elif isinstance(value, (Mission, Part)):
            known = dataclasses.asdict(value)
            keys = ("cle", "montant", "quotite", "reste", "noeud")
            names |= {f"{name}.{key}": str(known[key]) for key in keys if known.get(key)}
        elif isinstance(value, Poste):
            names |= {f"{name}.droits": ", ".join(value.droits)}
    return names


def titles() -> dict[str, str]:
    """Give the titles of the parts of the law, in the order in which the data walks."""
    return yaml.safe_load((FOLDER / "parts.yaml").read_text(encoding="utf-8"))


def place(matter: Matter, variable: Variable) -> tuple[str, ...]:
    """Give the titles of the part of the law a variable stands in, and of what is below it.

    Raises:
        KeyError: `parts.yaml` has no line for it, nor the parameters a short label.
    """
    part, _, below = part_of(variable).partition(".")
    known = titles()
    if not below:
        return (known[part],)
    if f"{part}.{below}" in known:
        return (known[part], known[f"{part}.{below}"])
    tree = matter.system.parameters.aci
    node = tree.missions.children.get(below) or tree.children[below]
    return (known[part], node.metadata["short_label"])


def in_order(matter: Matter) -> list[Variable]:
    """Give the variables in the order of the law, then of their files."""
    parts = list(titles())
    ranks = {mission.cle: rank for rank, mission in enumerate(declarees(matter.system))}
    made = {name: rank for rank, name in enumerate(matter.system.variables)}

    def rank(variable: Variable) -> Any:
        part, _, below = part_of(variable).partition(".")
        *_, line = variable.introspection_data
        inside = made[variable.name] if mission_de(variable) else line
        return parts.index(part), ranks.get(below, len(ranks)), below, inside

    return sorted(matter.system.variables.values(), key=rank)


def pages(matter: Matter) -> Iterator[Page]:
    """Make the list of the variables, one page each, and the code that formulas share."""
    variables = in_order(matter)
    by_place: dict[tuple[str, ...], list[Variable]] = {}
    for variable in variables:
        by_place.setdefault(place(matter, variable), []).append(variable)
    text = fill("variables", INDEX, matter=matter, by_place=by_place)
    yield Page(INDEX, "Toutes les règles", (SECTION, "Toutes les règles"), text)
    for where, found in by_place.items():
        for variable in found:
            yield _page(matter, where, variable)
    modules = [
        (path.stem, path.read_text(encoding="utf-8").rstrip())
        for path in sorted((DOSSIER / "calcul").glob("*.py"))
        if path.stem != "__init__"
    ]
    text = fill("shared_code", SHARED, modules=modules)
    title = "Calculs partagés"
    yield Page(SHARED, title, (SECTION, title), text, searched=False)


def _page(matter: Matter, where: tuple[str, ...], variable: Variable) -> Page:
    path = f"variables/{variable.name}.md"
    text = fill(
        "variable",
        path,
        matter=matter,
        variable=variable,
        where=where,
        formulas=formulas(variable),
        kind=TYPES[variable.value_type],
        choices=_choices(variable),
        period=PERIODS[str(variable.definition_period)],
        file=Path(inspect.getfile(type(variable))).relative_to(DOSSIER.parent).as_posix(),
        declaration=_declaration(matter, variable),
        figures=_figures(matter, variable),
        shared=SHARED,
    )
    return Page(path, variable.label, (SECTION, *where, variable.label), text)


def _declaration(matter: Matter, variable: Variable) -> str | None:
    """Give the file that declares the mission a variable is made for."""
    for mission in declarees(matter.system):
        if mission.cle == mission_de(variable):
            return f"{DOSSIER.name}/parameters/{mission.noeud.replace('.', '/')}/index.yaml"
    return None


def _choices(variable: Variable) -> list[tuple[str, str]]:
    if variable.value_type is not Enum:
        return []
    return [(choice.name, choice.value) for choice in variable.possible_values]


def _figures(matter: Matter, variable: Variable) -> list[str]:
    """Give the files of figures that a variable reads, each once."""
    read = matter.readings.figures[variable.name]
    return [
        path
        for path, file in matter.files.items()
        if any(leaf.path in read for leaf in file.series)
    ]
