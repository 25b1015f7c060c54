"""Access to care is paid only where the community takes part in the SAS."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.calcul.calendrier import parametre_au_jour
from openfisca_cpts.calcul.exercices import saisie_exercice
from openfisca_cpts.calcul.missions import comptee
from openfisca_cpts.reforms.baremes import prise_d_effet, transformer
from openfisca_cpts.reforms.reforme import Reforme
from openfisca_cpts.reforms.scenarios.condition_sas.variables import participation_sas
from openfisca_cpts.reforms.scenarios.condition_sas_taux.variables import acces_soins_taux_retenu

MISSION = "acces_soins"
PARTS = ("part_fixe", "part_variable", "supplement_snp")
TAUX, TAUX_RETENU = f"{MISSION}_taux_atteinte", acces_soins_taux_retenu.__name__


class condition_sas(Reforme, dossier=Path(__file__).parent):
    donnees = ("participation_sas",)

    def changer_formules(self) -> None:
        self.add_variable(participation_sas)
        for part in PARTS:
            transformer(self, f"{MISSION}_exercice_{part}", _conditionner)
        transformer(self, "financement_annuel", _retrancher, prise_d_effet(self))


def _conditionner(droit, cpts, period, parameters):
    """Take from a right its conditional share, as that stands on the day of the right."""
    annee = period.this_year
    perdu = parametre_au_jour(
        cpts,
        parameters,
        lambda loi: getattr(loi.reformes.condition_sas, "part_conditionnee", 0),
        cpts(f"{MISSION}_exercice_naissance_droits", annee),
    )
    return droit * (1 - perdu * ~saisie_exercice(cpts, annee, "participation_sas"))


def _retrancher(financement, cpts, period, parameters):
    perdu = parameters(period).reformes.condition_sas.part_conditionnee
    sans_participation = ~cpts("participation_sas", period.this_year)
    return financement - sans_participation * perdu * _financement_de_la_mission(cpts, period)


def _financement_de_la_mission(cpts, period):
    """Give what the mission counts for in the year, at the rate that another reform may retain."""
    variables = cpts.simulation.tax_benefit_system.variables
    taux = cpts(TAUX_RETENU if TAUX_RETENU in variables else TAUX, period.this_year)
    snp = cpts("acces_soins_organisation_snp", period.this_year)
    return comptee(cpts, period, MISSION) * (
        cpts("acces_soins_part_fixe", period)
        + cpts("acces_soins_part_variable", period) * taux
        + cpts("acces_soins_supplement_snp", period) * snp
    )
