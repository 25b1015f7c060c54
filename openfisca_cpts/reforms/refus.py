"""What a refused reform says: every fault at once, each with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class Faute(NamedTuple):
    """One thing a reform cannot be applied with.

    Attributes:
        lieu: keys and ranks that lead to the place in the declaration.
        message: what is wrong, in French, with the value and the nearest valid one.
    """

    lieu: tuple[str | int, ...]
    message: str

    def __str__(self) -> str:
        """Say the fault in one line of French."""
        lieu = " > ".join(str(pas) for pas in self.lieu)
        return f"{lieu} : {self.message}" if lieu else self.message


class ReformeRefusee(ValueError):
    """A reform that is refused.

    Attributes:
        nom: name of the reform.
        fautes: all its faults, in the order of the declaration.
    """

    def __init__(self, nom: str, fautes: Iterable[Faute]) -> None:
        self.nom = nom
        self.fautes = list(fautes)
        lignes = "\n".join(f"  {faute}" for faute in self.fautes)
        super().__init__(f"La réforme « {nom} » est refusée :\n{lignes}")


def proche(mot: str, connus: Iterable[str]) -> str:
    """Say which known word is the nearest to an unknown one.

    Args:
        mot: what was written.
        connus: what may be written.

    Returns:
        The end of a message in French; empty where nothing is near.
    """
    trouves = difflib.get_close_matches(mot, list(connus), n=1)
    return f" ; le plus proche est « {trouves[0]} »" if trouves else ""
