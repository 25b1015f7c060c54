"""What is not sure: values that no text gives, conventions, and what the model leaves out."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator

from openfisca_cpts.outils.fichiers import unmodelled
from openfisca_cpts.outils.site import formula_pages
from openfisca_cpts.outils.site.matter import Matter
from openfisca_cpts.outils.site.pages import Page, fill

PATH = "questions.md"
SECTION = "Vérification"
TITLE = "Hypothèses et questions ouvertes"
UNSURE = ("hypothese", "deduit")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀÉÈ«])")
CONVENTION = re.compile(r"\bconvention ?[\u00a0\u202f]?:", re.IGNORECASE)


@dataclasses.dataclass(frozen=True)
class Convention:
    """A choice that no text settles, as the files state it.

    Attributes:
        text: the sentence.
        context: the sentence before it, which says what it is about; empty where it opens the text.
        carriers: address and label of each figure, folder or variable that states it.
    """

    text: str
    context: str
    carriers: list[tuple[str, str]]


def conventions(matter: Matter) -> list[Convention]:
    """Find every sentence that states a convention, in the order of the law."""
    found: dict[tuple[str, str], Convention] = {}
    for address, label, documentation in _documented(matter):
        text = " ".join(inspect.cleandoc(documentation or "").split())
        sentences = SENTENCE.split(text)
        for before, sentence in zip(["", *sentences], sentences, strict=False):
            if CONVENTION.search(sentence):
                key = (before, sentence)
                convention = found.setdefault(key, Convention(sentence, before, []))
                convention.carriers.append((address, label))
    return list(found.values())


def _documented(matter: Matter) -> Iterator[tuple[str, str, str | None]]:
    for group in matter.groups:
        for node in (group.node, *(file.node for file in group.files)):
            yield matter.parameter(node.name), node.description or node.name, node.documentation
    for variable in formula_pages.in_order(matter):
        yield f"variables/{variable.name}.md", variable.label, variable.documentation


def pages(matter: Matter) -> Iterator[Page]:
    """Make the page."""
    unsure = [
        (leaf, date)
        for statut in UNSURE
        for leaf in matter.leaves
        for date in leaf.dates
        if leaf.statut(date) == statut
    ]
    natures = {
        title: [topic for topic in matter.register if topic.nature == nature]
        for nature, title in unmodelled.NATURES.items()
    }
    text = fill(
        "questions",
        PATH,
        matter=matter,
        unsure=unsure,
        conventions=conventions(matter),
        natures=natures,
    )
    yield Page(PATH, TITLE, (SECTION, TITLE), text)
