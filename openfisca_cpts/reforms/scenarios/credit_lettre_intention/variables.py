"""The credit by size, and the month in which it is paid."""

from __future__ import annotations

import numpy

from openfisca_cpts.base import AVENANT_2, MONTH, YEAR, Cpts, Montant
from openfisca_cpts.calcul.calendrier import dans_les_mois, montant_au_jour
from openfisca_cpts.calcul.dates import JAMAIS
from openfisca_cpts.calcul.tailles import montant_par_taille


def montant(reforme: str) -> type[Montant]:
    """Make the variable of the amount.

    Args:
        reforme: name of the reform that brings the amounts.

    Returns:
        The variable.
    """

    class credit_lettre_intention_montant(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = YEAR
        label = "Crédit pour une lettre d'intention acceptée dans l'année"
        reference = [AVENANT_2]
        documentation = """
        Selon la taille. Le principe est dans l'avenant 2 ; les montants sont ceux d'une
        proposition.
        """

        def formula(cpts, period, parameters):
            return montant_par_taille(cpts, period, parameters(period).reformes[reforme].montant)

    return credit_lettre_intention_montant


def versement() -> type[Montant]:
    """Make the variable of the payment.

    Returns:
        The variable.
    """

    class versement_credit_lettre_intention(Montant):
        value_type = float
        unit = "currency-EUR"
        entity = Cpts
        definition_period = MONTH
        label = "Versement du crédit de la lettre d'intention"
        reference = [AVENANT_2]
        documentation = """
        Le mois de la lettre d'intention, une fois : le montant en vigueur le jour de la lettre.
        S'ajoute à l'aide à l'amorçage.
        """

        def formula(cpts, period):
            lettre = cpts("date_lettre_intention", period)
            du_mois = numpy.where(dans_les_mois(lettre, period), lettre, JAMAIS)
            return montant_au_jour(cpts, "credit_lettre_intention_montant", du_mois)

    return versement_credit_lettre_intention
