"""The last sections of the page: what the results leave out, and how to compute them again."""

from __future__ import annotations

from collections.abc import Iterator

from openfisca_cpts.outils.rapport.outlook import Outlook
from openfisca_cpts.outils.rapport.pieces import Block, Section, table_of
from openfisca_cpts.outils.rapport.section_communities import is_binned
from openfisca_cpts.outils.typography import count


def limits(outlook: Outlook) -> Section:
    """Say what a reader must know before using a figure of the page.

    Args:
        outlook: the study.

    Returns:
        The section.
    """
    register = table_of(outlook.tables["non_modelise"].without(detail=False))
    return Section(
        key="limites",
        title="Limites connues",
        short="Limites",
        notes=list(_notes(outlook)),
        blocks=[Block(register, "Ce que les textes disent, et que le calcul ne contient pas")],
    )


def _notes(outlook: Outlook) -> Iterator[str]:
    if outlook.reforms:
        yield (
            "Les comportements ne changent pas : les missions retenues, les taux d'atteinte et les "
            "dates du tableau sont les mêmes dans tous les scénarios."
        )
    if "versement_annuel" not in outlook.measures:
        yield (
            "Rien n'est versé dans ces années : le tableau ne donne pas de contrat en cours. Le "
            "financement en année pleine l'est sans prorata."
        )
    else:
        yield (
            "Le financement en année pleine est celui d'une année entière ; ce qui est versé suit "
            "les dates des contrats, et se décale d'une année sur l'autre."
        )
    if is_binned(outlook):
        yield (
            f"{count(outlook.communities, 'communauté')} : les graphiques les comptent par "
            "tranches ; le détail est dans le fichier des résultats."
        )


def reproduction(outlook: Outlook, command: str, record: str) -> Section:
    """Say how to compute the page again.

    Args:
        outlook: the study.
        command: the command, as a terminal takes it.
        record: the run record, in JSON.

    Returns:
        The section.
    """
    return Section(
        key="reproduire",
        title="Refaire ce calcul",
        short="Refaire",
        sentences=[
            "Avec les mêmes fichiers et les mêmes versions, la commande donne les mêmes octets. "
            "Le relevé d'exécution dit lesquels : versions, options, empreintes de "
            f"« {outlook.source} » et des réformes."
        ],
        quotes=[("Commande", command), ("Relevé d'exécution", record)],
    )
