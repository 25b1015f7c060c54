"""The register of the acts, `textes.yaml`: what was signed, published, in force and read."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.fichiers import fields, files, schema
from openfisca_cpts.outils.fichiers.findings import Fault

FILE = "textes.yaml"
NOTHING = "rien"
STEPS = ("signature", "publication", "effet")
"""The days of an act, in their order."""


class Act(schema.Strict):
    """One act of the law.

    Attributes:
        titre: its title.
        nature: law, decree, agreement…
        signature: the day it was signed.
        publication: the day it was published.
        journal: where, in words.
        effet: the day from which it has effect; none where it is not known.
        effet_source: where that day comes from, if not from the act.
        effet_limite: what that day does not prove.
        objet: what it does, in one sentence.
        href: its address.
        lu: what was read of it; « rien » for nothing.
        non_lu: what was not.
    """

    titre: fields.Text
    nature: fields.ActNatureName
    signature: fields.Day | None = None
    publication: fields.Day | None = None
    journal: fields.Text | None = None
    effet: fields.Day | None = None
    effet_source: schema.Reference | None = None
    effet_limite: fields.Text | None = None
    objet: fields.Text
    href: fields.Link
    lu: fields.Text
    non_lu: fields.Text

    @property
    def reading(self) -> str:
        """Whether it was read, in French: « lu », « lu en partie » or « non lu »."""
        if _is_nothing(self.lu):
            return "non lu"
        return "lu" if _is_nothing(self.non_lu) else "lu en partie"


def _is_nothing(text: str) -> bool:
    return text.strip(" .").lower() == NOTHING


Acts = Mapping[str, Act]
Register = TypeAdapter(Annotated[dict[str, Act], Field(min_length=1)])
KEYS = sorted({*Act.model_fields, *schema.Reference.model_fields})


@functools.cache
def register() -> Acts:
    """Give the acts of the installed package, by key, to show them.

    Raises:
        ValueError: the file is refused; `check` says where and why.
    """
    found, faults = read(DOSSIER)
    if faults:
        raise ValueError(f"{faults[0].file}:{faults[0].line} {faults[0].message}")
    return found


def read(root: Path) -> tuple[Acts, list[Fault]]:
    """Read the register of a package and hold it against its schema.

    Args:
        root: folder of the package, or of a copy.

    Returns:
        The acts by key, none where the file is refused; and the faults.
    """
    if not (root / FILE).is_file():
        return {}, [Fault(FILE, 1, "", "le registre des textes de droit manque")]
    document = files.read(root, root / FILE)
    found = None if document.faults else schema.validate(Register, document, keys=KEYS)
    for key, act in (found or {}).items():
        _check_act(document, key, act)
    return found or {}, document.faults


def _check_act(document: files.Document, key: str, act: Act) -> None:
    if not fields.SNAKE_CASE.fullmatch(key):
        message = f"la clé « {key} » ne s'écrit pas en minuscules_sans_accent"
        document.faults.append(document.fault((key,), message))
    given = [(step, getattr(act, step)) for step in STEPS if getattr(act, step) is not None]
    for (before, first), (after, second) in itertools.pairwise(given):
        if second < first:
            message = f"{after} ({second}) vient avant {before} ({first})"
            document.faults.append(document.fault((key, after), message))
    if act.effet is None:
        for name in ("effet_source", "effet_limite"):
            if getattr(act, name) is not None:
                message = f"{name} parle d'un jour d'effet qui n'est pas donné (effet)"
                document.faults.append(document.fault((key, name), message))
    elif act.effet_source is not None:
        stated = act.effet_source.stated_fault(act.effet)
        if stated:
            document.faults.append(document.fault((key, "effet_source", "date_effet"), stated))
