"""The yearly scale in plain scalar Python, written from the public contract.

It shares no code, table or file with the package: the amounts stand here a second time. A mission
that is not written here yet is read from its folder, so that nothing is left out of a comparison.
A community is a dict: {"population": {2021: 30_000}, "date_signature_contrat": date(2021, 9, 15)}.
"""

from datetime import date, timedelta
from pathlib import Path

import yaml

import openfisca_cpts

NEVER = date(9999, 12, 31)
ACI = date(2019, 8, 25)
AVENANT_2 = date(2022, 9, 3)

# Core missions: by when each must start and be deployed, in months.
DELAIS = {
    "acces_soins": (6, 18),
    "parcours": (12, 24),
    "prevention": (12, 24),
    "crise_sanitaire": (6, 18),
}
# Missions with indicators: the share of the amount that depends on them.
PART_VARIABLE = dict.fromkeys(
    ("acces_soins", "parcours", "prevention", "qualite", "accompagnement"), 0.5
)
DUREE_CONTRAT = 5  # years

# Each table: the day from which it applies, then the amounts of taille 1 to 4.
FONCTIONNEMENT = [(ACI, (50_000, 60_000, 75_000, 90_000))]
MONTANT = {
    "acces_soins": [
        (ACI, (40_000, 47_000, 65_000, 80_000)),
        (AVENANT_2, (45_000, 52_000, 70_000, 85_000)),
    ],
    "parcours": [(ACI, (50_000, 70_000, 90_000, 100_000))],
    "prevention": [(ACI, (20_000, 30_000, 35_000, 40_000))],
    "crise_sanitaire": [(AVENANT_2, (25_000, 35_000, 45_000, 50_000))],
    "qualite": [(ACI, (15_000, 20_000, 30_000, 40_000))],
    "accompagnement": [(ACI, (10_000, 15_000, 20_000, 30_000))],
}
ACTUALISATION = [(AVENANT_2, (12_500, 17_500, 22_500, 25_000))]
# The conditional amounts: the mission they belong to, their name and table, their condition.
CONDITIONAL = {
    "acces_soins": (
        "supplement_snp",
        [(ACI, (35_000, 45_000, 55_000, 70_000))],
        "acces_soins_organisation_snp",
    ),
    "crise_sanitaire": (
        "part_crise",
        [(AVENANT_2, (37_500, 52_500, 67_500, 75_000))],
        "crise_sanitaire_declaree",
    ),
}


def read_new_missions() -> None:
    """Read the missions that are not written above: the standard parts, and conditions."""
    root = Path(openfisca_cpts.__file__).parent / "parameters" / "aci" / "missions"
    index = yaml.safe_load((root / "index.yaml").read_text("utf-8"))
    for key in index["metadata"]["order"]:
        if key in MONTANT:
            continue
        files = {
            path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (root / key).glob("*")
        }
        mission = files["index"]["metadata"]["mission"]
        MONTANT[key] = by_size(files["montant"])
        if "delai_demarrage" in files:
            delays = (files["delai_demarrage"], files["delai_deploiement"])
            DELAIS[key] = tuple(next(iter(each["values"].values()))["value"] for each in delays)
        for name, part in mission["parts"].items():
            if "quotite" in part:
                (dated,) = files[part["quotite"]]["values"].values()
                PART_VARIABLE[key] = dated["value"]
            if "condition" in part:
                table = by_size(files[part["montant"]])
                CONDITIONAL[key] = (name, table, f"{key}_{part['condition']['cle']}")


def by_size(file: dict) -> list:
    """The amounts of a file of four sizes, as the tables above."""
    sizes = [file[f"taille_{rank}"]["values"] for rank in range(1, 5)]
    return [(day, tuple(size[day]["value"] for size in sizes)) for day in sizes[0]]


read_new_missions()
EXISTS_FROM = {mission: table[0][0] for mission, table in MONTANT.items()}
MISSIONS = tuple(MONTANT)
SOCLES = tuple(DELAIS)
WITH_VARIABLE_PART = tuple(PART_VARIABLE)
PLAFOND_SECURITE_SOCIALE = {2022: 41_136, 2023: 43_992, 2024: 46_368, 2025: 47_100, 2026: 48_060}


def given_date(community: dict, name: str) -> date:
    return community.get(name, NEVER)


def of_year(community: dict, name: str, year: int):
    """A yearly input: what is given for that calendar year, else 0 (or false)."""
    return community.get(name, {}).get(year, 0)


def nearest_given(given: dict, year: int):
    """What is given for the year, else for the nearest earlier one, else for the nearest later."""
    earlier = [y for y in given if y <= year]
    later = [y for y in given if y > year]
    if earlier:
        return given[max(earlier)]
    if later:
        return given[min(later)]
    return None


def population_retenue(community: dict, year: int) -> int:
    """The population of the year or of the nearest one that gives it; 0 counts as not given."""
    given = {y: number for y, number in community.get("population", {}).items() if number > 0}
    return nearest_given(given, year) or 0


def taille_connue_retenue(community: dict, year: int) -> str:
    """The size that the contract states for the year, or for the nearest one that gives it."""
    stated = community.get("taille_connue", {})
    given = {y: size for y, size in stated.items() if size != "indeterminee"}
    return nearest_given(given, year) or "indeterminee"


def taille(community: dict, day: date) -> int:
    """Rank of the size on a day; 0 before the ACI, or where neither it nor people are known."""
    if day < ACI:
        return 0
    stated = taille_connue_retenue(community, day.year)
    if stated != "indeterminee":
        return int(stated.removeprefix("taille_"))
    population = population_retenue(community, day.year)
    if population == 0:
        return 0
    if population < 40_000:
        return 1
    if population < 80_000:
        return 2
    if population <= 175_000:
        return 3
    return 4


def amount(table: list, rank: int, day: date) -> float:
    """The amount of a size in force on a day: the last table that applies, 0 before the first."""
    in_force = 0.0
    for applies_from, amounts in table:
        if applies_from <= day and rank > 0:
            in_force = float(amounts[rank - 1])
    return in_force


def one_year_later(day: date) -> date:
    """The same day of the next year; 28 February for a 29 February."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + 1, 2, 28)
    return day.replace(year=day.year + 1)


def ceilings(community: dict, day: date) -> dict:
    """The amounts of the twelve months that open on a day, whatever the community has started."""
    rank = taille(community, day)
    year: dict = {
        "population_retenue": population_retenue(community, day.year),
        "taille_connue_retenue": taille_connue_retenue(community, day.year),
        "taille": f"taille_{rank}" if rank else "indeterminee",
        "motif_non_calculable": "aucun",
        "fonctionnement_annuel": amount(FONCTIONNEMENT, rank, day),
        "crise_sanitaire_montant_actualisation": amount(ACTUALISATION, rank, day),
    }
    if year["population_retenue"] == 0 and year["taille_connue_retenue"] == "indeterminee":
        year["motif_non_calculable"] = "population_inconnue"
    if day < ACI:
        year["motif_non_calculable"] = "hors_champ_temporel"

    full = dict.fromkeys(MISSIONS, 0.0)
    for mission in MISSIONS:
        montant = amount(MONTANT[mission], rank, day)
        year[f"{mission}_montant"] = full[mission] = montant
        year[f"{mission}_part_fixe"] = montant
        if mission in WITH_VARIABLE_PART:
            variable = montant * PART_VARIABLE[mission]
            year[f"{mission}_part_variable"] = variable
            year[f"{mission}_part_fixe"] = montant - variable
        if mission in CONDITIONAL:
            name, table, _ = CONDITIONAL[mission]
            year[f"{mission}_{name}"] = amount(table, rank, day)
            full[mission] += year[f"{mission}_{name}"]

    plafond = year["fonctionnement_annuel"] + sum(full.values())
    year["plafond_missions_socles"] = sum(full[mission] for mission in SOCLES)
    year["plafond_missions_complementaires"] = sum(
        full[mission] for mission in MISSIONS if mission not in SOCLES
    )
    year["plafond_financement"] = plafond
    year["plafond_financement_hors_snp"] = plafond - year["acces_soins_supplement_snp"]
    year["plafond_financement_courant"] = (
        plafond - full["crise_sanitaire"] + year["crise_sanitaire_montant_actualisation"]
    )
    return year


def end_of_contract(community: dict) -> date:
    """e: the agreed end, else five years after the signature; or the termination before it."""
    end = given_date(community, "date_fin_convenue")
    if end == NEVER:
        end = given_date(community, "date_signature_contrat")
        for _ in range(DUREE_CONTRAT):
            leap_day = (end.month, end.day) == (2, 29)
            end = date(end.year + 1, 2, 28) if leap_day else end.replace(year=end.year + 1)
    return min(end, given_date(community, "date_resiliation"))


def financement_annuel(community: dict, day: date, ceiling: dict) -> float:
    """What the missions counted and their results bring in the twelve months that open on a day."""
    last_day = one_year_later(day) - timedelta(days=1)
    signature = given_date(community, "date_signature_contrat")
    if signature != NEVER:
        # Each day of the window, one by one: is any of them in [s, e)?
        end = end_of_contract(community)
        window = (day + timedelta(days=n) for n in range((last_day - day).days + 1))
        if not any(signature <= one < end for one in window):
            return 0.0
    total = ceiling["fonctionnement_annuel"]
    for mission in MISSIONS:
        start = given_date(community, f"{mission}_date_demarrage")
        if not of_year(community, f"{mission}_retenue", day.year) and start > last_day:
            continue
        total += ceiling[f"{mission}_part_fixe"]
        if mission in WITH_VARIABLE_PART:
            rate = of_year(community, f"{mission}_taux_atteinte", day.year)
            total += ceiling[f"{mission}_part_variable"] * rate
        if mission in CONDITIONAL:
            name, _, condition = CONDITIONAL[mission]
            if of_year(community, condition, day.year):
                total += ceiling[f"{mission}_{name}"]
        if mission == "crise_sanitaire":
            written = max(start, AVENANT_2, ACI if signature == NEVER else signature)
            if written < day:
                total -= ceiling["crise_sanitaire_montant"]
                total += ceiling["crise_sanitaire_montant_actualisation"]
    return total


def yearly_scale(community: dict, day: date) -> dict:
    """Every variable of section 5 for the twelve months that open on a day."""
    year = ceilings(community, day)
    year["financement_annuel"] = financement_annuel(community, day, year)
    last_known = max(PLAFOND_SECURITE_SOCIALE)
    ceiling = PLAFOND_SECURITE_SOCIALE.get(min(day.year, last_known), 0)
    paid = of_year(community, "indemnite_membre_maximale", day.year)
    year["plafond_indemnites_membre"] = ceiling
    year["indemnites_membre_depassement"] = max(paid - ceiling, 0) if ceiling else 0
    return year
