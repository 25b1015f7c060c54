"""A reform file that is refused says the file, the line and the nearest path."""

import json
import re
from pathlib import Path

import pytest

from openfisca_cpts import reforms
from openfisca_cpts.outils.fichiers.findings import Tally
from openfisca_cpts.outils.fichiers.reform_files import ReformFileError, check, read
from openfisca_cpts.outils.fichiers.reform_schema import json_schema

GOOD = """\
nom: essai
titre: "Essai"
source:
  title: "Rapport d'essai"
parametres:
  aci.fonctionnement.taille_1:
    - a_partir_du: 2026-01-01
      valeur: 55000
"""


def write(tmp_path, text, name="essai.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_is_read(tmp_path, system):
    reformed = read(write(tmp_path, GOOD))(system)
    assert reformed.parameters.aci.fonctionnement.taille_1("2026-01-01") == 55000


@pytest.mark.parametrize(
    ("before", "after", "line", "expected"),
    [
        ("titre:", "titr:", 2, "« titre »"),
        ("taille_1", "taill_1", 6, "« aci.fonctionnement.taille_1 »"),
        ("2026-01-01", "2026-02-30", 7, "n'existe pas dans le calendrier"),
        ("2026-01-01", "2018-01-01", 7, "n'existe pas avant le 25/08/2019"),
        ("55000", '"55 000"', 8, "écrire 55000"),
        ("55000", "-1", 8, "n'est pas négatif"),
        ("valeur", "montant", 8, "la clé « montant » est inconnue"),
        ("      valeur: 55000\n", "", 7, "une seule des clés"),
        ("nom: essai", "nom: Essai !", 1, "lettres minuscules"),
        ("parametres:", "parametres: {}\nx:", 5, "au moins un élément est attendu"),
    ],
)
def test_a_fault_has_its_line(tmp_path, before, after, line, expected):
    path = write(tmp_path, GOOD.replace(before, after))
    with pytest.raises(ReformFileError) as refused:
        read(path)
    lines = str(refused.value).splitlines()
    assert any(
        text.startswith(f"essai.yaml, ligne {line} :") and expected in text for text in lines
    ), lines


def test_a_fault_of_a_flat_json_has_its_line(tmp_path):
    text = '{\n "aci.fonctionnement.taille_1": {\n  "2026-01-01": 1,\n  "2027-01-01": -1}}'
    with pytest.raises(ReformFileError, match=r"essai.json, ligne 4 : .*négatif"):
        read(write(tmp_path, text, "essai.json"))


def test_unreadable_files(tmp_path):
    path = tmp_path / "essai.yaml"
    path.write_bytes(GOOD.replace("Essai", "Forêt").encode("cp1252"))
    with pytest.raises(ReformFileError, match="UTF-8"):
        read(path)
    with pytest.raises(ReformFileError, match="n'est pas du YAML lisible"):
        read(write(tmp_path, "a: [1"))
    with pytest.raises(ReformFileError, match="répétée"):
        read(write(tmp_path, GOOD.replace("titre:", "nom:")))


def test_the_shipped_reforms_pass(tmp_path):
    assert check(Path(reforms.__file__).parent.parent, Tally()) == []


def test_the_published_schema_is_the_current_one():
    published = Path(reforms.__file__).with_name("reforme.schema.json")
    assert json.loads(published.read_text(encoding="utf-8")) == json_schema()


def test_the_example_of_the_documentation_is_accepted(tmp_path, system):
    text = (Path(__file__).parents[3] / "LISEZMOI.md").read_text(encoding="utf-8")
    *_, example = re.findall(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    law = read(write(tmp_path, example))(system).parameters("2026-06-01").aci
    assert law.fonctionnement.taille_1 == 55000
    assert law.missions.parcours.montant.taille_2 == 70000 * 1.03
