"""What every reform of the package is: a name, a text it comes from, and what it changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import yaml
from openfisca_core.parameters import ParameterNode
from openfisca_core.reforms import Reform

from openfisca_cpts import legislation
from openfisca_cpts.missions import declaration, fabrique
from openfisca_cpts.reforms.modifications import modifier
from openfisca_cpts.reforms.refus import ReformeRefusee

NOEUD = declaration.REFORMES
"""Node of the tree under which a reform that brings its own parameters puts them."""
PARAMETRES = "parametres"
DECLARATION = "reforme.yaml"


@dataclasses.dataclass(frozen=True)
class Equilibre:
    """A coefficient that makes a national total meet a budget, found over the whole table.

    Attributes:
        coefficient: path of the parameter of the coefficient, one value a year.
        cible: path of the parameter of the budget, in euros; none where the total must stay that
            of the law in force.
        plafonne: whether the coefficient never exceeds one: a budget that is not spent stays so.
    """

    coefficient: str
    cible: str | None = None
    plafonne: bool = False


class Reforme(Reform):
    """A reform, described in French.

    Attributes:
        nom: key of the reform, the name of its scenario.
        titre: one line.
        description: what it changes, and what is a dial.
        auteur: who proposes it, or who wrote it down.
        source: `title`, and `href` where there is one, of the text that it comes from.
        parametres: changes by path, as `modifications.modifier` takes them.
        donnees: names of the inputs that it adds and that a table must give.
        equilibre: the coefficient that the whole table gives, where there is one.
    """

    nom: ClassVar[str] = ""
    titre: ClassVar[str] = ""
    description: ClassVar[str] = ""
    auteur: ClassVar[str] = ""
    source: ClassVar[Mapping[str, str]] = {}
    parametres: ClassVar[Mapping[str, Any]] = {}
    donnees: ClassVar[tuple[str, ...]] = ()
    equilibre: ClassVar[Equilibre | None] = None
    _dossier: ClassVar[Path | None] = None

    def __init_subclass__(cls, dossier: Path | None = None) -> None:
        """Describe a reform that has a folder of its own by the declaration that stands there.

        Args:
            dossier: the folder, with `reforme.yaml` and, if it brings figures, `parametres/`.
        """
        super().__init_subclass__()
        if dossier is not None:
            cls._dossier = dossier
            texte = (dossier / DECLARATION).read_text(encoding="utf-8")
            for cle, valeur in yaml.safe_load(texte).items():
                setattr(cls, cle, valeur)

    def apply(self) -> None:
        """Change the parameters, then the formulas; add the mission that it declares, if any.

        Raises:
            ReformeRefusee: a change that cannot be made; all faults are listed.
        """
        self.modify_parameters(self._modifier)
        for noeud in declaration.noeuds(self.parameters):
            if noeud.name == f"{NOEUD}.{self.nom}":
                fabrique.ajouter(self, declaration.lire(noeud), noeud)
        self.changer_formules()

    def changer_formules(self) -> None:
        """Replace or add variables; a reform of figures alone has none to change."""

    def _modifier(self, parametres: ParameterNode) -> ParameterNode:
        if self._dossier is not None and (self._dossier / PARAMETRES).is_dir():
            if NOEUD not in parametres.children:
                parametres.add_child(NOEUD, ParameterNode(NOEUD, data={}))
            propres = legislation.charger(self._dossier / PARAMETRES, f"{NOEUD}.{self.nom}")
            parametres.children[NOEUD].add_child(self.nom, propres)
        fautes = modifier(parametres, self.parametres, self.source)
        if fautes:
            raise ReformeRefusee(self.nom, fautes)
        return parametres
