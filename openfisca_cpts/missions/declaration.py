"""What the folder of a mission says of it: its name, its texts, and the parts it is paid in.

The declaration stands in the `index.yaml` of the folder, under `metadata.mission`. That file says
what a mission is; all that is computed of it follows, and nothing else lists the missions.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from openfisca_core.parameters import Parameter, ParameterNode

from openfisca_cpts.missions.controle import EVALUATION, SOCLE, TITRE, fautes

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

CLE = "mission"
DOSSIER = ("aci", "missions")
REFORMES = "reformes"
DELAIS = ("delai_demarrage", "delai_deploiement")


@dataclasses.dataclass(frozen=True)
class Saisie:
    """An input that a part is multiplied by.

    Attributes:
        cle: end of its name, after the key of the mission.
        libelle: its label.
        documentation: what it says, in French.
        unite: unit of a count; none for a yes or no.
    """

    cle: str
    libelle: str
    documentation: str
    unite: str | None = None


@dataclasses.dataclass(frozen=True)
class Part:
    """One of the parts that a mission is paid in.

    Attributes:
        cle: its key: `part_fixe`.
        nom: its name inside a sentence: « part fixe ».
        montant: the parameter of its amount, in the folder of the mission.
        quotite: the parameter of the share of the amount that it is; the whole if none.
        reste: key of the part that the amount is reduced by.
        saisie: the input that it is multiplied by, a yes or no or a count; none if it is always due.
        evaluee: paid when the indicators are evaluated, times their rate; otherwise in advance,
            then settled.
        prorata: reduced to the days that are left of the exercice in which the mission starts.
        libelle: label of its yearly amount, where the usual one does not say it.
        documentation: what its yearly amount is, in the same case.
    """

    cle: str
    nom: str
    montant: str
    quotite: str | None = None
    reste: str | None = None
    saisie: Saisie | None = None
    evaluee: bool = False
    prorata: bool = True
    libelle: str | None = None
    documentation: str | None = None

    @property
    def titre(self) -> str:
        """Its name at the start of a label: « Part fixe », « Supplément SNP »."""
        return self.nom[0].upper() + self.nom[1:]

    @property
    def comptee(self) -> bool:
        """Whether it is an amount for each of the things that an input counts."""
        return self.saisie is not None and self.saisie.unite is not None

    @property
    def conditionnelle(self) -> bool:
        """Whether it is due only where an input says yes."""
        return self.saisie is not None and self.saisie.unite is None


@dataclasses.dataclass(frozen=True)
class Texte:
    """A text that creates or changes a mission.

    Attributes:
        titre: what it is called.
        apport: what it changes, and why, in French.
    """

    titre: str
    apport: str


@dataclasses.dataclass(frozen=True)
class Mission:
    """One mission.

    Attributes:
        cle: its key, the name of its folder.
        noeud: dotted path of its folder.
        nom: its name: « parcours pluriprofessionnels autour du patient ».
        objet: what it is about, in French.
        socle: every community must carry it; otherwise it chooses it.
        textes: the texts that create it, then change it, by the day they take effect.
        parts: the parts it is paid in, in the order of the agreement.
        echeances: the law says by when it must start and be deployed.
    """

    cle: str
    noeud: str
    nom: str
    objet: str
    socle: bool
    textes: Mapping[str, Texte]
    parts: tuple[Part, ...]
    echeances: bool

    @property
    def creation(self) -> str:
        """Title of the text that creates it."""
        return next(iter(self.textes.values())).titre

    def textes_de(self, jours: Iterable[str]) -> list[Texte]:
        """Give the texts of the days on which a figure of the mission changes."""
        return [texte for jour, texte in self.textes.items() if jour in set(jours)]

    @property
    def montant(self) -> str:
        """Name of the yearly amount that the mission exists with: that of its first part."""
        return f"{self.cle}_{self.parts[0].montant}"

    @property
    def avancees(self) -> tuple[Part, ...]:
        """The parts paid in advance, then settled."""
        return tuple(part for part in self.parts if not part.evaluee)

    @property
    def evaluees(self) -> tuple[Part, ...]:
        """The parts paid when the indicators are evaluated."""
        return tuple(part for part in self.parts if part.evaluee)

    @property
    def plafonds(self) -> tuple[str, ...]:
        """Names of the yearly amounts whose sum is what the mission can reach, each once."""
        return tuple(
            dict.fromkeys(
                f"{self.cle}_{part.cle if part.comptee else part.montant}" for part in self.parts
            )
        )


_DECLAREES: WeakKeyDictionary[ParameterNode, tuple[Mission, ...]] = WeakKeyDictionary()


def declarees(systeme: TaxBenefitSystem) -> tuple[Mission, ...]:
    """Give the missions of a law, in the order of its folders; those that a reform adds come last.

    Args:
        systeme: the law, or a reform of it.

    Returns:
        The missions.
    """
    lois = systeme.parameters
    if lois not in _DECLAREES:
        _DECLAREES[lois] = tuple(lire(noeud) for noeud in noeuds(lois))
    return _DECLAREES[lois]


def noeuds(lois: ParameterNode) -> Iterator[ParameterNode]:
    """Give the folders of parameters that declare a mission.

    Args:
        lois: root of the parameters.

    Yields:
        The folders of the law in their order, then those of the reforms.
    """
    yield from noeuds_de_la_loi(lois)
    if REFORMES in lois.children:
        yield from (n for n in lois.children[REFORMES].children.values() if CLE in n.metadata)


def noeuds_de_la_loi(lois: ParameterNode) -> Iterator[ParameterNode]:
    """Give the folders of the missions of the law, in its order; those of the reforms left out."""
    dossier: Any = lois
    for pas in DOSSIER:
        dossier = dossier.children.get(pas, ParameterNode(pas, data={}))
    ordre = [cle for cle in dossier.metadata.get("order", []) if cle in dossier.children]
    for cle in dict.fromkeys([*ordre, *sorted(dossier.children)]):
        yield dossier.children[cle]


def lire(noeud: ParameterNode) -> Mission:
    """Read the declaration of a mission.

    Args:
        noeud: its folder of parameters.

    Returns:
        The mission.

    Raises:
        ValueError: the declaration is refused; all its faults are listed.
    """
    contenu = noeud.metadata.get(CLE)
    refus = [
        f"{'.'.join((CLE, *lieu))} : {message}"
        for lieu, message in fautes(noeud.description, contenu, noeud.children, dates(noeud))
    ]
    if refus:
        raise ValueError(f"la mission « {noeud.name} » est refusée ({' ; '.join(refus)})")
    titre = TITRE.fullmatch(noeud.description)
    assert titre is not None  # `fautes` has seen it, and the rest
    contenu = noeud.metadata[CLE]
    return Mission(
        cle=noeud.name.rpartition(".")[-1],
        noeud=noeud.name,
        nom=titre["nom"],
        objet=_phrase(noeud.documentation),
        socle=contenu["categorie"] == SOCLE,
        textes={
            str(jour): Texte(texte["titre"], _phrase(texte["apport"]))
            for jour, texte in sorted(contenu["textes"].items(), key=lambda item: str(item[0]))
        },
        parts=tuple(_part(cle, part) for cle, part in contenu["parts"].items()),
        echeances=all(delai in noeud.children for delai in DELAIS),
    )


def dates(*noeuds: ParameterNode | Parameter) -> list[str]:
    """Give the dates of value of some parameters, each once, in the order of time."""
    feuilles = [
        feuille
        for noeud in noeuds
        for feuille in ([noeud] if isinstance(noeud, Parameter) else noeud.get_descendants())
        if isinstance(feuille, Parameter)
    ]
    return sorted({valeur.instant_str for feuille in feuilles for valeur in feuille.values_list})


def noeud_de(racine: Any, chemin: str) -> Any:
    """Walk down a tree of parameters, or the law at an instant.

    Args:
        racine: a `ParameterNode`, or what a formula gets by `parameters(period)`.
        chemin: dotted path.

    Returns:
        What stands at the end of the path.
    """
    if isinstance(racine, ParameterNode):
        return functools.reduce(lambda noeud, pas: noeud.children[pas], chemin.split("."), racine)
    return functools.reduce(lambda noeud, pas: noeud[pas], chemin.split("."), racine)


def montants_par_taille(noeud: ParameterNode) -> dict[str, ParameterNode]:
    """Give the amounts by size of a mission, by their key: each is a yearly variable."""
    return {
        cle: enfant for cle, enfant in noeud.children.items() if isinstance(enfant, ParameterNode)
    }


def montants_de_la_loi(systeme: TaxBenefitSystem) -> dict[str, str]:
    """Give the yearly variables that are amounts by size, and the scale that each one reads.

    Args:
        systeme: the law, or a reform of it.

    Returns:
        The dotted path of the scale, by the name of the variable: functioning, then every table of
        every mission of the law. Those of a mission that a reform brings are its own: what another
        changes would depend on which of the two applies first.
    """
    return {"fonctionnement_annuel": "aci.fonctionnement"} | {
        f"{noeud.name.rpartition('.')[-1]}_{cle}": table.name
        for noeud in noeuds_de_la_loi(systeme.parameters)
        for cle, table in montants_par_taille(noeud).items()
    }


def montants(mission: Mission, noeud: ParameterNode) -> dict[str, ParameterNode | Parameter]:
    """Give the amounts of a mission, by their key: those by size, then those of a part of it.

    Args:
        mission: the mission.
        noeud: its folder of parameters.

    Returns:
        The figures; each is a yearly variable.
    """
    cites = {part.montant: noeud.children[part.montant] for part in mission.parts}
    return montants_par_taille(noeud) | cites


def _phrase(texte: Any) -> str:
    return " ".join(str(texte or "").split())


def _part(cle: str, contenu: Mapping[str, Any]) -> Part:
    saisie = contenu.get("condition") or contenu.get("nombre")
    return Part(
        cle=cle,
        nom=contenu["nom"],
        montant=contenu["montant"],
        quotite=contenu.get("quotite"),
        reste=contenu.get("reste"),
        saisie=None if saisie is None else Saisie(**saisie),
        evaluee=contenu["paiement"] == EVALUATION,
        prorata=contenu["prorata"],
        libelle=contenu.get("libelle"),
        documentation=contenu.get("documentation"),
    )
