"""What every reform of the package is: a name, a text it comes from, and what it changes."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import yaml
from openfisca_core.parameters import ParameterNode
from openfisca_core.reforms import Reform

from openfisca_cpts import legislation
from openfisca_cpts.calcul.saisies import refus
from openfisca_cpts.missions import declaration, fabrique
from openfisca_cpts.populations import AvecPopulations
from openfisca_cpts.reforms.modifications import modifier, trouver
from openfisca_cpts.reforms.refus import Faute, ReformeRefusee

NOEUD = declaration.REFORMES
"""Node of the tree under which a reform that brings its own parameters puts them."""
PARAMETRES = "parametres"
DECLARATION = "reforme.yaml"
BAREME = "barème"
"""Stands, in what a reform sets, for every amount by size of the law."""
DONNE = "="
"""Stands between the name of a reform and the coefficient that is given for it."""


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


class Reforme(AvecPopulations, Reform):
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
        coefficient: that coefficient, where it is given instead of sought.
        fixe: names of the variables that it sets, or `BAREME`, whatever the law or another reform
            gives: it comes before those that change them, and no other sets them too.
        en_dernier: whether it comes after the others that change formulas.
        noeud: name of the node of its own figures, under `NOEUD`.
    """

    nom: ClassVar[str] = ""
    titre: ClassVar[str] = ""
    description: ClassVar[str] = ""
    auteur: ClassVar[str] = ""
    source: ClassVar[Mapping[str, str]] = {}
    parametres: ClassVar[Mapping[str, Any]] = {}
    donnees: ClassVar[tuple[str, ...]] = ()
    equilibre: ClassVar[Equilibre | None] = None
    coefficient: ClassVar[float | None] = None
    fixe: ClassVar[tuple[str, ...]] = ()
    en_dernier: ClassVar[bool] = False
    noeud: ClassVar[str] = ""
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
            cls.noeud = cls.nom

    @classmethod
    def avec(cls, coefficient: float) -> type[Reforme]:
        """Give the same reform with a coefficient that is chosen, not sought.

        Args:
            coefficient: its value, from the day the reform takes effect.

        Returns:
            The reform, under a name of its own: « nom=0,9 ».

        Raises:
            ReformeRefusee: the reform has no coefficient, or the value is below 0.
        """
        ecrit = f"{coefficient:.12g}".replace(".", ",")
        if cls.equilibre is None:
            raise ReformeRefusee(cls.nom, [Faute((ecrit,), "la réforme n'a pas de coefficient")])
        if not 0 <= coefficient < math.inf:
            message = "un coefficient qui n'est pas négatif est attendu"
            raise ReformeRefusee(cls.nom, [Faute((ecrit,), message)])
        nom = f"{cls.nom}{DONNE}{ecrit}"
        titre = f"{cls.titre} (coefficient donné\N{NO-BREAK SPACE}: {ecrit})"
        return type(nom, (cls,), {"nom": nom, "titre": titre, "coefficient": coefficient})

    @classmethod
    def change_des_formules(cls) -> bool:
        """Say whether it changes or adds variables, those of a mission included."""
        return cls.changer_formules is not Reforme.changer_formules or cls._declare_une_mission()

    @classmethod
    def _declare_une_mission(cls) -> bool:
        if cls._dossier is None or not (cls._dossier / PARAMETRES).is_dir():
            return False
        propres = legislation.charger(cls._dossier / PARAMETRES, f"{NOEUD}.{cls.noeud}")
        return declaration.CLE in propres.metadata

    @classmethod
    def a_equilibrer(cls) -> Equilibre | None:
        """Give the rule of the coefficient, where it is still to be sought."""
        return cls.equilibre if cls.coefficient is None else None

    def apply(self) -> None:
        """Change the parameters, then the formulas; add the mission that it declares, if any.

        Raises:
            ReformeRefusee: a change that cannot be made; all faults are listed.
        """
        self._verifier_ce_qui_precede()
        self.modify_parameters(self._modifier)
        for noeud in declaration.noeuds(self.parameters):
            if noeud.name == f"{NOEUD}.{self.noeud}":
                fabrique.ajouter(self, declaration.lire(noeud), noeud)
        self.changer_formules()

    def changer_formules(self) -> None:
        """Replace or add variables; a reform of figures alone has none to change."""

    def coefficient_de(self, loi: Any) -> float:
        """Read the coefficient that meets a total, which one community cannot tell.

        Args:
            loi: the law at an instant on which the reform is in force.

        Returns:
            The coefficient.

        Raises:
            SituationParsingError: it was neither sought over a table nor given.
        """
        valeur = getattr(loi[NOEUD][self.noeud], "coefficient", None)
        if valeur is None:
            raise refus(sans_coefficient(type(self)))
        return valeur

    def _verifier_ce_qui_precede(self) -> None:
        """Refuse to set what a reform applied before has already changed: it would be lost."""
        systeme = self.baseline
        fautes = {}
        while isinstance(systeme, Reform):
            for nom in _fixes(self):
                if systeme.variables.get(nom) is not systeme.baseline.variables.get(nom):
                    autre = getattr(systeme, "nom", "") or type(systeme).__name__
                    fautes[autre] = Faute((nom,), self._conflit(systeme, autre, nom))
                    break
            systeme = systeme.baseline
        if fautes:
            raise ReformeRefusee(self.nom, fautes.values())

    def _conflit(self, systeme: Reform, autre: str, nom: str) -> str:
        if nom in _fixes(systeme):
            return f"« {autre} » et « {self.nom} » fixent les mêmes montants : une seule le peut"
        return f"« {self.nom} » fixe ces montants, elle s'applique avant « {autre} »"

    def _modifier(self, parametres: ParameterNode) -> ParameterNode:
        if self._dossier is not None and (self._dossier / PARAMETRES).is_dir():
            if NOEUD not in parametres.children:
                parametres.add_child(NOEUD, ParameterNode(NOEUD, data={}))
            propres = legislation.charger(self._dossier / PARAMETRES, f"{NOEUD}.{self.noeud}")
            parametres.children[NOEUD].add_child(self.noeud, propres)
        fautes = modifier(parametres, self.parametres, self.source)
        if self.equilibre is not None and self.coefficient is not None:
            fautes += self._ecrire_le_coefficient(parametres, self.equilibre.coefficient)
        if fautes:
            raise ReformeRefusee(self.nom, fautes)
        return parametres

    def _ecrire_le_coefficient(self, parametres: ParameterNode, chemin: str) -> list[Faute]:
        ((feuille,), _) = trouver(parametres, chemin)
        changement = {
            "a_partir_du": feuille.values_list[-1].instant_str,
            "valeur": self.coefficient,
        }
        source = {"title": "Coefficient choisi par la personne qui simule, sans texte"}
        return modifier(parametres, {chemin: [changement]}, source)


def _fixes(systeme: Reform) -> tuple[str, ...]:
    """Give the names of the variables that a reform sets; none where it says nothing of itself."""
    fixe = getattr(systeme, "fixe", ())
    return tuple(declaration.montants_de_la_loi(systeme)) if BAREME in fixe else fixe


def sans_coefficient(reforme: type[Reforme]) -> str:
    """Say that a reform has no coefficient, and how it gets one.

    Args:
        reforme: a reform with an `equilibre`.

    Returns:
        Sentences of French.
    """
    return (
        f"La réforme « {reforme.nom} » n'a pas de coefficient ici : celui qui tient son total se "
        "cherche sur toutes les communautés d'un tableau (openfisca-cpts simulate). Pour calculer "
        f"avec un coefficient choisi, le donner après le nom : {reforme.nom}{DONNE}0,9 par exemple."
    )
