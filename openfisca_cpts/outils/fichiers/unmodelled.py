"""The register of what the law says and the model does not, shown beside what the model gives."""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.fichiers import fields, files, notes, schema
from openfisca_cpts.outils.fichiers.findings import Fault, Line, Tally, nearest

FILE = "docs/non_modelise.yaml"
DISTRIBUTION = "openfisca-cpts"

Nature = Literal["hors_champ", "regle_introuvable", "convention", "a_confirmer", "proposition"]

NATURES: dict[str, str] = {
    "hors_champ": "Hors du champ du modèle",
    "regle_introuvable": "Règle qu'aucune source ne donne",
    "convention": "Convention du modèle, que les textes ne tranchent pas",
    "a_confirmer": "Chiffre du modèle à confirmer dans le texte officiel",
    "proposition": "Proposition, livrée comme réforme",
}
"""The natures of the topics, in the order in which they are shown."""


def _nature(value: Any) -> Any:
    text = value.text if isinstance(value, files.Scalar) else value
    if text not in NATURES:
        raise fields.refuse(f"la nature « {text} » est inconnue{nearest(str(text), NATURES)}")
    return text


class Topic(schema.Strict):
    """One thing that the law says, or leaves open, and that the model does not hold.

    Attributes:
        cle: its key, in snake_case.
        sujet: what it is about.
        nature: why it is not in the model, in one word.
        sources: where it was read, or where it was looked for.
        pourquoi: why the model does not hold it.
        consequence: what that means for who reads a result.
        concerne: parameters, folders of parameters and variables that it bears on; none where it
            bears on nothing that is computed.
        reformes: shipped reforms that show what would change.
    """

    cle: fields.Text
    sujet: fields.Text
    nature: Annotated[Nature, BeforeValidator(_nature)]
    sources: Annotated[list[schema.Cited], Field(min_length=1)]
    pourquoi: fields.Text
    consequence: fields.Text
    concerne: list[fields.Text] = []
    reformes: list[fields.Text] = []


def path(root: Path = DOSSIER) -> Path | None:
    """Find the register.

    Args:
        root: folder of the package, or of a copy.

    Returns:
        The file of the checkout in which the package stands; else, for the installed package, the
        file installed beside it; else none.
    """
    beside = root.resolve().parent / FILE
    if beside.is_file():
        return beside
    return _installed() if root.resolve() == DOSSIER.resolve() else None


@functools.cache
def _installed() -> Path | None:
    try:
        listed = importlib.metadata.files(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = (Path(str(file.locate())) for file in listed if file.name == Path(FILE).name)
    return next((file for file in found if file.is_file()), None)


def topics() -> list[Topic]:
    """Read the register of this package, to show it.

    Returns:
        The topics, by nature, then in the order of the file; none where there is no register.

    Raises:
        ValueError: the file is refused; `check` says where and why.
    """
    file = path()
    if file is None:
        return []
    read_topics, faults = read(file)
    if faults:
        raise ValueError(f"{faults[0].file}:{faults[0].line} {faults[0].message}")
    order = list(NATURES)
    return sorted(read_topics, key=lambda topic: order.index(topic.nature))


def sentences(topic: Topic) -> list[str]:
    """Say what there is to know of a topic.

    Args:
        topic: the topic.

    Returns:
        One French sentence or list per line, below its title.
    """
    lines = [f"Pourquoi : {topic.pourquoi}", f"Conséquence : {topic.consequence}"]
    if topic.concerne:
        lines.append(f"Concerne : {', '.join(topic.concerne)}")
    if topic.reformes:
        lines.append(f"Réformes qui le montrent : {', '.join(topic.reformes)}")
    for source in topic.sources:
        note = f". Elle dit : {source.note}" if source.note else ""
        lines.append(f"Source : {source.title}{note}")
    return lines


def about(name: str, register: Iterable[Topic]) -> list[Topic]:
    """Give the topics to show beside a figure or a variable.

    Args:
        name: dotted path of a parameter, or name of a variable.
        register: the topics.

    Returns:
        Those that name it, or a folder that holds it.
    """
    return [
        topic
        for topic in register
        if any(name == known or name.startswith(f"{known}.") for known in topic.concerne)
    ]


def read(file: Path) -> tuple[list[Topic], list[Fault]]:
    """Read a register and hold it against its schema.

    Args:
        file: the register.

    Returns:
        The topics, and the faults of the file.
    """
    document = files.read(file.parent.parent, file)
    if document.faults:
        return [], document.faults
    read_topics = schema.validate(TypeAdapter(list[Topic]), document) or []
    seen: set[str] = set()
    for rank, topic in enumerate(read_topics):
        if topic.cle in seen:
            document.faults.append(
                document.fault((rank, "cle"), f"la clé « {topic.cle} » est répétée")
            )
        seen.add(topic.cle)
        for place, reference in enumerate(topic.sources):
            count = notes.word_count(reference.note or "")
            if count > notes.NOTE_WORDS:
                message = f"la note a {count} mots, {notes.NOTE_WORDS} au plus"
                document.faults.append(document.fault((rank, "sources", place, "note"), message))
    return read_topics, document.faults


def check(
    file: Path, known: Collection[str], reforms: Collection[str], tally: Tally
) -> list[Fault]:
    """Check a register: its schema, and that what it names exists.

    Args:
        file: the register.
        known: dotted paths of the parameters and of their folders, and names of the variables.
        reforms: names of the shipped reforms.
        tally: where what was checked is counted.

    Returns:
        The faults.
    """
    read_topics, faults = read(file)
    document = files.read(file.parent.parent, file)
    wrong = {fault.path.partition(".")[0] for fault in faults}
    for rank, topic in enumerate(read_topics):
        for key, names, existing in (
            ("concerne", topic.concerne, known),
            ("reformes", topic.reformes, reforms),
        ):
            for place, name in enumerate(names):
                if name not in existing:
                    what = "un paramètre ni une variable" if key == "concerne" else "une réforme"
                    message = f"« {name} » n'est pas {what}{nearest(name, existing)}"
                    faults.append(document.fault((rank, key, place), message))
                    wrong.add(str(rank))
        tally.add(Line.REGISTER, str(rank) not in wrong)
    if not read_topics:
        tally.add(Line.REGISTER, False)
    return faults
