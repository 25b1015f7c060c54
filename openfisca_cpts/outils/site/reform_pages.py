"""The pages of the shipped reforms: scenarios, and conventions that no source settles."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from pathlib import Path

from openfisca_core.variables import Variable

from openfisca_cpts import DOSSIER, reforms
from openfisca_cpts.outils.loi.differences import between_systems
from openfisca_cpts.outils.loi.leaves import Leaf, leaves
from openfisca_cpts.outils.site import formula_pages
from openfisca_cpts.outils.site.changes_page import Change, lay_out
from openfisca_cpts.outils.site.matter import Matter
from openfisca_cpts.outils.site.pages import Page, fill
from openfisca_cpts.reforms import NOEUD, Reforme

SECTION = "Réformes"
INDEX = "reformes/index.md"
KINDS = {"Scénarios": reforms.SCENARIOS, "Variantes": reforms.VARIANTES}


@dataclasses.dataclass(frozen=True)
class Effect:
    """What a reform does to the law.

    Attributes:
        changes: figures of the law that it changes, by file and interval.
        dials: figures that it brings, each with its source.
        rules: variables of the law that it computes otherwise.
        new_rules: variables that it adds.
        new_inputs: data that it adds.
        code: its Python files, by path in the checkout.
    """

    changes: list[Change]
    dials: list[Leaf]
    rules: list[Variable]
    new_rules: list[Variable]
    new_inputs: list[Variable]
    code: dict[str, str]


def effect(matter: Matter, reform: type[Reforme]) -> Effect:
    """Apply a reform, and compare.

    Args:
        matter: what the pages are made from; its law is left unchanged.
        reform: the reform.

    Returns:
        What it changes.
    """
    before = matter.system
    after = reform(before)
    differences = between_systems(before.parameters, after.parameters)
    changed = [each for each in differences if each.path.partition(".")[0] != NOEUD]
    own = after.parameters.children.get(NOEUD)
    rules = [
        variable
        for name, variable in after.variables.items()
        if before.variables.get(name) is not variable
    ]
    added = [variable for variable in rules if variable.name not in before.variables]
    return Effect(
        changes=lay_out(changed, before.parameters, after.parameters),
        dials=list(leaves(own)) if own is not None else [],
        rules=[variable for variable in rules if variable.name in before.variables],
        new_rules=[variable for variable in added if not variable.is_input_variable()],
        new_inputs=[variable for variable in added if variable.is_input_variable()],
        code=_code(reform),
    )


def _code(reform: type[Reforme]) -> dict[str, str]:
    if reform.__module__ == reforms.declarations.__name__:
        return {}
    folder = Path(inspect.getfile(reform)).parent
    return {
        path.relative_to(DOSSIER.parent).as_posix(): path.read_text(encoding="utf-8").rstrip()
        for path in sorted(folder.glob("*.py"))
    }


def pages(matter: Matter) -> Iterator[Page]:
    """Make the list of the reforms, then the page of each."""
    known = {kind: [reforms.trouver(name) for name in names] for kind, names in KINDS.items()}
    text = fill("reforms", INDEX, known=known)
    yield Page(INDEX, "Toutes les réformes", (SECTION, "Toutes les réformes"), text)
    for kind, found in known.items():
        for reform in found:
            path = f"reformes/{reform.nom}.md"
            text = fill(
                "reform",
                path,
                matter=matter,
                reform=reform,
                kind=kind,
                effect=effect(matter, reform),
                types=formula_pages.TYPES,
                year=matter.dates[-1].year,
            )
            yield Page(path, reform.titre, (SECTION, kind, reform.titre), text, hide=("toc",))
