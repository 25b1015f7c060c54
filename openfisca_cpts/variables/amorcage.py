"""Before the contract: the letter of intent and the start-up costs."""

from openfisca_cpts.base import ETERNITY, NEVER, Cpts, Entree, Saisie, date

FIR = "Code de la santé publique, articles L. 1434-13 et L. 1435-8 (fonds d'intervention régional)"


class date_lettre_intention(Entree):
    value_type = date
    default_value = NEVER
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie()
    label = "Date d'acceptation de la lettre d'intention par l'ARS"
    reference = [FIR]
    documentation = (
        "Le 31 décembre 9999 : pas de lettre. Elle ne peut pas suivre la signature du contrat."
    )


class depenses_amorcage_constitution(Entree):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie(minimum=0)
    label = "Dépenses d'amorçage : constitution de la communauté"
    reference = [FIR]
    documentation = "Ce que coûte la création de la structure (statuts, réunions, conseil)."


class depenses_amorcage_diagnostic(Entree):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie(minimum=0)
    label = "Dépenses d'amorçage : diagnostic de territoire"
    reference = [FIR]
    documentation = "Ce que coûte l'étude de l'offre et des besoins de soins du territoire."


class depenses_amorcage_projet_sante(Entree):
    value_type = float
    unit = "currency-EUR"
    entity = Cpts
    definition_period = ETERNITY
    set_input = Saisie(minimum=0)
    label = "Dépenses d'amorçage : élaboration du projet de santé"
    reference = [FIR]
    documentation = (
        "Ce que coûte la rédaction du projet de santé soumis à l'ARS et à l'assurance maladie."
    )
