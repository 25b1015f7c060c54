"""Each error planted in a copy of the package is found, in the file where it stands."""
# ruff: noqa: E501 (a passage is quoted as it stands in its file, however long)

import re
from decimal import Decimal

import pytest

from openfisca_cpts.outils.controle import tree
from openfisca_cpts.outils.fichiers.findings import Tally

ACI = "parameters/aci"
DURATION = f"{ACI}/duree_contrat.yaml"
PATHWAYS = f"{ACI}/missions/parcours/montant.yaml"
ACCESS = f"{ACI}/missions/acces_soins/montant.yaml"
ACCESS_SHARE = f"{ACI}/missions/acces_soins/part_variable.yaml"
SUPPLEMENT = f"{ACI}/missions/acces_soins/supplement_snp.yaml"
UPDATE = f"{ACI}/missions/crise_sanitaire/montant_actualisation.yaml"
SIZES = "parameters/tailles/index.yaml"
MISSION = f"{ACI}/missions/parcours/index.yaml"
FUNCTIONING = "variables/fonctionnement.py"
CONTRACT = "variables/contrat.py"

REFERENCE = """  reference:
    2019-08-25:
"""
NOTE = '        note: "« 50 000 € 70 000 € 90 000 € 100 000 € »"\n'

PLANTED = {
    # dates
    "a day that does not exist": (PATHWAYS, "2019-08-25:\n      value: 50000", "2021-02-31:\n      value: 50000", "« 2021-02-31 » n'existe pas"),
    "a date without a day": (PATHWAYS, "2019-08-25:\n      value: 50000", "2019-08:\n      value: 50000", "« 2019-08 » n'est pas une date"),
    "a journal day that does not exist": (PATHWAYS, '"2019-08-24"', '"2019-02-29"', "« 2019-02-29 » n'existe pas"),
    "a last check that is not a date": (PATHWAYS, '"2019-11-21"', "hier", "« hier » n'est pas une date"),
    # numbers
    "a number in quotes": (PATHWAYS, "value: 50000", 'value: "50 000"', "écrire 50000"),
    "an underscore": (PATHWAYS, "value: 50000", "value: 50_000", "« 50_000 » n'est pas un nombre simple"),
    "a space": (PATHWAYS, "value: 50000", "value: 50 000", "écrire 50000"),
    "an exponent": (PATHWAYS, "value: 50000", "value: 5e4", "« 5e4 » n'est pas un nombre simple"),
    "a hexadecimal number": (PATHWAYS, "value: 50000", "value: 0xC350", "« 0xC350 » n'est pas un nombre simple"),
    "a sexagesimal number": (PATHWAYS, "value: 50000", "value: 13:53:20", "« 13:53:20 » n'est pas un nombre simple"),
    "an octal number": (DURATION, "value: 5", "value: 05", "« 05 » n'est pas un nombre simple"),
    "a decimal comma": (ACCESS_SHARE, "value: 0.5", "value: 0,5", "écrire 0.5"),
    "a word for a number": (PATHWAYS, "value: 50000", "value: oui", "« oui » n'est pas un nombre simple"),
    "a list for a number": (PATHWAYS, "value: 50000", "value: [50000]", "un nombre simple est attendu"),
    # keys
    "an unknown key": (DURATION, "\nvalues:", "\nvallues:", "la clé « vallues » est inconnue ; le plus proche est « values »"),
    "an unknown metadata": (PATHWAYS, "  reference:", "  refrence:", "le plus proche est « reference »"),
    "an unknown key in a reference": (PATHWAYS, "        note:", "        notes:", "le plus proche est « note »"),
    "a key written twice": (PATHWAYS, "  unit: currency-EUR\n", "  unit: currency-EUR\n  unit: year\n", "la clé « unit » est répétée"),
    "no value under a date": (PATHWAYS, "value: 50000", "valeur: 50000", "la clé « valeur » est inconnue"),
    "a text that is a number": (PATHWAYS, "short_label: Parcours", "short_label: 2019", "« 2019 » n'est pas un texte"),
    "an address that is not one": (ACCESS, "https://static3.", "static3.", "ce n'est pas une adresse web"),
    "a size that is missing": (PATHWAYS, "taille_4:\n", "taille_5:\n", "la clé « taille_5 » est inconnue"),
    "sizes that do not start together": (UPDATE, "taille_4:\n  description: Communauté de taille 4\n  values:\n    2022-09-03", "taille_4:\n  description: Communauté de taille 4\n  values:\n    2023-01-01", "ne commencent pas le même jour"),
    "an alias": (PATHWAYS, "  short_label: Parcours\n  unit: currency-EUR", "  short_label: &unit currency-EUR\n  unit: *unit", "les ancres et les alias sont refusés"),
    "broken YAML": (PATHWAYS, "metadata:\n", "metadata: [\n", "n'est pas du YAML lisible"),
    # sources
    "a reference of another key": (PATHWAYS, REFERENCE, REFERENCE.replace("2019-08-25", "2019-08-24"), "2019-08-25 n'a pas de référence"),
    "a reference for another date": (PATHWAYS, "reference:\n    2019-08-25", "reference:\n    2019-08-26", "aucune valeur n'est datée du 2019-08-26 ; le plus proche est « 2019-08-25 »"),
    "an orphan statut": (PATHWAYS, "statut:\n", "statut:\n    2020-01-01: officiel\n", "aucune valeur n'est datée du 2020-01-01"),
    "an orphan journal date": (PATHWAYS, "official_journal_date:\n", 'official_journal_date:\n    2020-01-01: "2020-01-01"\n', "aucune valeur n'est datée du 2020-01-01"),
    "an orphan in a size": (ACCESS, "    statut:\n      2022-09-03", "    statut:\n      2023-09-03: presse\n      2022-09-03", "aucune valeur n'est datée du 2023-09-03"),
    "a value without source": (DURATION, "    value: 5\n", "    value: 5\n  2025-01-01:\n    value: 5\n", "2025-01-01 n'a pas de statut"),
    "an end without source": (DURATION, "    value: 5\n", "    value: 5\n  2025-01-01:\n    value: null\n", "2025-01-01 n'a pas de référence"),
    "a note deleted": (PATHWAYS, NOTE, "", "2019-08-25 a une référence sans note"),
    "an empty note": (PATHWAYS, NOTE, '        note: ""\n', "le texte est vide"),
    "a statut deleted": (PATHWAYS, "  statut:\n    2019-08-25: document_public\n    2022-09-03: hypothese\n", "", "2019-08-25 n'a pas de statut"),
    "an unknown statut": (PATHWAYS, "document_public", "document_publique", "le plus proche est « document_public »"),
    "an unknown unit": (PATHWAYS, "unit: currency-EUR", "unit: currency_EUR", "l'unité « currency_EUR » n'est pas dans units.yaml ; le plus proche est « currency-EUR »"),
    "a unit deleted": (PATHWAYS, "  unit: currency-EUR\n", "", "il manque une unité"),
    "a description deleted": (DURATION, "description: Durée du contrat tripartite\n", "", "il manque une description"),
    # figures
    "a note without its figure": (PATHWAYS, "« 50 000 € 70 000 €", "« 51 000 € 70 000 €", "50\u00a0000 ne se lit dans aucune de ses notes ; le plus proche est 51\u00a0000"),
    "a value that is not in its note": (PATHWAYS, "value: 50000", "value: 50001", "50\u00a0001 ne se lit dans aucune de ses notes"),
    "a small number that only numbers something": (f"{ACI}/missions/parcours/delai_demarrage.yaml", "value: 12", "value: 2", "2 n'est le résultat d'aucun calcul de ses notes"),
    "a false computation": (SUPPLEMENT, "220 000 − 185 000 = 35 000", "220 000 − 186 000 = 35 000", "ses membres valent 34\u00a0000 et 35\u00a0000"),
    "a deduced value without its computation": (SUPPLEMENT, "220 000 − 185 000 = 35 000", "220 000 puis 35 000", "35\u00a0000 n'est le résultat d'aucun calcul"),
    "a deduced value of a younger document without its figure": (f"{ACI}/missions/parcours/delai_demarrage.yaml", "plus tard 12 mois", "plus tard un jour", "12 n'est le résultat d'aucun calcul"),
    "a note that is too long": (PATHWAYS, '100 000 € »"', '100 000 € »' + " et encore" * 11 + '"', "la note a 26 mots, 25 au plus"),
    # folders and units
    "an order that names no child": (SIZES, "- seuil_taille_2", "- seuil_taille_deux", "« seuil_taille_deux » n'est pas dans le dossier ; le plus proche est « seuil_taille_"),
    "an order without a child": (SIZES, "    - seuil_taille_2\n", "", "« seuil_taille_2 » manque dans l'ordre"),
    "an order with a child twice": (SIZES, "- seuil_taille_2\n", "- seuil_taille_2\n    - seuil_taille_2\n", "« seuil_taille_2 » est répété"),
    "a unit declared twice": ("units.yaml", "- name: year", "- name: inhabitant", "l'unité « inhabitant » est déclarée deux fois"),
    "a unit without a label": ("units.yaml", "  label:\n    one: euro\n    other: euros\n", "", "la clé est obligatoire"),
    # variables
    "a label deleted": (FUNCTIONING, '    label = "Financement annuel du fonctionnement"\n', "", "il manque un libellé"),
    "the label of another variable": (FUNCTIONING, "Financement annuel du fonctionnement", "Montant annuel de la mission « amélioration de l'accès aux soins »", "est aussi celui de acces_soins_montant"),
    "a documentation deleted": (FUNCTIONING, '    documentation = "Ce que rapporte l\'exercice qui s\'ouvre dans le mois ; jamais corrigé ensuite."\n', "", "il manque une documentation"),
    "no reference on a variable": (FUNCTIONING, 'reference = ["ACI du 20 juin 2019, articles 7.2 et 8"]', "reference = []", "il manque une référence"),
    "no unit on an amount": (FUNCTIONING, '    unit = "currency-EUR"\n', "", "il manque une unité"),
    "an unknown unit on a variable": (FUNCTIONING, 'unit = "currency-EUR"', 'unit = "currency-EURO"', "le plus proche est « currency-EUR »"),
    # declarations of missions
    "a mission without its declaration": (MISSION, "  mission:\n", "  missions:\n", "la clé « missions » est inconnue ; le plus proche est « mission »"),
    "a name that is not one": (MISSION, "description: Mission « ", "description: La mission « ", "n'est pas de la forme « Mission « … » »"),
    "an unknown key of a mission": (MISSION, "categorie:", "catégorie:", "la clé « categorie » est obligatoire"),
    "an unknown category": (MISSION, "categorie: socle", "categorie: socles", "« socles » est inconnu ; le plus proche est « socle »"),
    "a text of a day without a value": (MISSION, "      2019-08-25:", "      2019-08-26:", "aucune valeur de la mission n'est datée du 2019-08-26 ; le plus proche est « 2019-08-25 »"),
    "a text that says nothing": (MISSION, "apport: ", "apport: []  # ", "un texte est attendu"),
    "an amount that is not in the folder": (MISSION, "montant: montant", "montant: montants", "« montants » n'est pas dans le dossier ; le plus proche est « montant »"),
    "the rest of no part": (MISSION, "reste: part_variable", "reste: part_variables", "« part_variables » n'est pas une autre part ; le plus proche est « part_variable »"),
    "a share and a rest": (MISSION, "reste: part_variable", "reste: part_variable\n        quotite: part_variable", "« quotite » et « reste » s'excluent"),
    "a payment that is unknown": (MISSION, "paiement: evaluation", "paiement: évaluation", "attendu : avance ou evaluation"),
    "a prorata that is not said": (MISSION, "prorata: true", "prorata: oui", "« oui » : true ou false est attendu"),
    "a part without payment": (MISSION, "        paiement: avance\n", "", "la clé « paiement » est obligatoire"),
    "a part whose labels would not agree": (MISSION, "nom: part variable", "nom: supplément", "« supplément » ne commence pas par « part »"),
    "a count of a part that is the amount itself": (f"{ACI}/missions/acces_soins/index.yaml", "        condition:\n", "        nombre:\n", "la part porte le nom de son montant : « nombre » serait sans effet"),
    "a condition without label": (f"{ACI}/missions/acces_soins/index.yaml", "          libelle: Organisation des soins non programmés (SNP)\n", "", "la clé « libelle » est obligatoire"),
}  # fmt: skip


def test_the_untouched_copy_is_clean(untouched):
    assert untouched.complete, untouched.faults


@pytest.mark.parametrize("error", PLANTED)
def test_a_planted_error_is_found_where_it_stands(plant, error):
    file, before, after, message = PLANTED[error]
    faults = plant(file, before, after)
    assert {fault.file for fault in faults} == {file}
    assert any(message in fault.message for fault in faults), faults


def test_a_reference_deleted(package, new_faults):
    path = package / PATHWAYS
    text, count = re.subn(r"\n  reference:\n(?:    .*\n)+", "\n", path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")
    faults = new_faults()
    assert {fault.file for fault in faults} == {PATHWAYS}
    assert "2019-08-25 n'a pas de référence" in {fault.message for fault in faults}


def test_a_fault_names_its_line_and_its_place(plant, package):
    faults = plant(PATHWAYS, "value: 50000", "value: 50_000")
    line = (package / PATHWAYS).read_text("utf-8").splitlines().index("      value: 50_000") + 1
    assert [(fault.line, fault.path) for fault in faults] == [
        (line, "taille_1.values.2019-08-25.value")
    ]


def test_no_value_can_change_without_its_note(package):
    units, _ = tree.read_units(package, Tally())
    unseen = []
    for path in (package / "parameters").rglob("*.yaml"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        for rank, line in enumerate(lines):
            key, separator, value = line.partition("value: ")
            if separator:
                changed = f"{key}{separator}{Decimal(value) + 1}\n"
                path.write_text("".join([*lines[:rank], changed, *lines[rank + 1 :]]), "utf-8")
                if not tree.check(package, units, Tally())[1]:
                    unseen.append(f"{path.stem}:{rank + 1} {changed}")
        path.write_text("".join(lines), "utf-8")
    assert unseen == []


def test_an_end_with_its_source_needs_no_figure(plant):
    dated = [
        (
            "reference:\n",
            "reference:\n    2025-01-01:\n      - {title: Un texte, nature: texte, note: Abrogé}\n",
        ),
        ("statut:\n", "statut:\n    2025-01-01: officiel\n"),
    ]
    for before, after in dated:
        plant(DURATION, before, after)
    end = "    value: 5\n"
    assert plant(DURATION, end, end + "  2025-01-01:\n    value: null\n") == []


def test_a_size_may_carry_its_own_source(package, new_faults):
    # Without it, 22 500 stands in no note that holds for taille 3.
    path = package / UPDATE
    own = r"    reference:\n      2022-09-03:\n(?:        .*\n)+"
    text, count = re.subn(own, "", path.read_text("utf-8"))
    assert count == 1
    path.write_text(text, "utf-8")
    assert {fault.path for fault in new_faults()} == {"taille_3.values.2022-09-03"}


def test_a_file_that_is_not_utf_8(package, new_faults):
    path = package / PATHWAYS
    path.write_bytes(path.read_text("utf-8").replace("…", "...").encode("cp1252"))
    (fault,) = new_faults()
    assert (fault.file, fault.line) == (PATHWAYS, 1)
    assert "n'est pas en UTF-8 (octet 0xab)" in fault.message


def test_a_byte_order_mark(package, new_faults):
    path = package / PATHWAYS
    path.write_text(path.read_text("utf-8"), "utf-8-sig")
    assert [fault.message for fault in new_faults()] == ["le fichier commence par une marque BOM"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("montant.yml", "ne finit pas par « .yaml »"),
        ("montant.yaml.bak", "ne finit pas par « .yaml »"),
        ("Montant_2.yaml", "« Montant_2 » ne s'écrit pas en minuscules_sans_accent"),
        ("montant-2.yaml", "« montant-2 » ne s'écrit pas en minuscules_sans_accent"),
        ("montant_élevé.yaml", "« montant_élevé » ne s'écrit pas en minuscules_sans_accent"),
    ],
)
def test_a_file_with_a_wrong_name(package, new_faults, name, message):
    path = package / PATHWAYS
    path.with_name(name).write_bytes(path.read_bytes())
    faults = [fault for fault in new_faults() if not fault.file.endswith("index.yaml")]
    assert {fault.file for fault in faults} == {f"{ACI}/missions/parcours/{name}"}
    assert any(message in fault.message for fault in faults)


def test_an_empty_file(package, new_faults):
    (package / PATHWAYS).write_text("", "utf-8")
    assert [(fault.file, fault.message) for fault in new_faults()] == [
        (PATHWAYS, "le fichier est vide")
    ]


def test_a_folder_without_an_index(package, new_faults):
    (package / SIZES).unlink()
    assert [(fault.file, fault.message) for fault in new_faults()] == [
        ("parameters/tailles", "le dossier n'a pas de fichier index.yaml")
    ]


def test_a_file_and_a_folder_of_the_same_name(package, new_faults):
    (package / ACI / "versements.yaml").write_bytes((package / DURATION).read_bytes())
    assert [(fault.file, fault.message) for fault in new_faults()] == [
        (f"{ACI}/versements.yaml", "un dossier porte le même nom : l'un des deux ne serait pas lu")
    ]


def test_variables_that_do_not_load(plant):
    faults = plant(CONTRACT, "value_type = date", "value_type = jour")
    assert any("les variables ne se chargent pas (NameError" in fault.message for fault in faults)
