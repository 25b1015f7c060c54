"""The register of the acts: its schema, its days, and the dates that rest on it."""
# ruff: noqa: E501 (a table of cases is read across)

import tomllib

import pytest
from small_law import ACT

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.controle import tree
from openfisca_cpts.outils.controle.check import check
from openfisca_cpts.outils.fichiers import acts
from openfisca_cpts.outils.fichiers.findings import Tally

START = "2019-08-25"


@pytest.fixture
def act_faults(small_law):
    """Check a law whose register holds one act more."""

    def run(key="avenant", **changed):
        act = {name: value for name, value in (ACT | changed).items() if value is not None}
        return [(fault.file, fault.path, fault.message) for fault in small_law(acts={key: act})]

    return run


SOURCE = {"title": "Une page", "nature": "document"}
REFUSED = {
    "an unknown key": ({"titres": "Un texte"}, "avenant.titres", "la clé « titres » est inconnue ; le plus proche est « titre »"),
    "no title": ({"titre": None}, "avenant.titre", "la clé est obligatoire"),
    "nothing said of what was read": ({"lu": None}, "avenant.lu", "la clé est obligatoire"),
    "an unknown nature": ({"nature": "arrêté"}, "avenant.nature", "la nature « arrêté » est inconnue ; le plus proche est « arrete »"),
    "a day that does not exist": ({"effet": "2019-02-30"}, "avenant.effet", "« 2019-02-30 » n'existe pas"),
    "a publication before the signature": ({"publication": "2019-06-19"}, "avenant.publication", "publication (2019-06-19) vient avant signature (2019-06-20)"),
    "an effect before the publication": ({"effet": "2019-08-23"}, "avenant.effet", "effet (2019-08-23) vient avant publication (2019-08-24)"),
    "an effect before the signature": ({"publication": None, "effet": "2019-06-19"}, "avenant.effet", "effet (2019-06-19) vient avant signature (2019-06-20)"),
    "the source of no day": ({"effet": None, "effet_source": SOURCE}, "avenant.effet_source", "effet_source parle d'un jour d'effet qui n'est pas donné"),
    "the limit of no day": ({"effet": None, "effet_limite": "Rien."}, "avenant.effet_limite", "effet_limite parle d'un jour d'effet qui n'est pas donné"),
    "a source without nature": ({"effet_source": {"title": "Une page"}}, "avenant.effet_source.nature", "la clé est obligatoire"),
    "a source that states another day": ({"effet_source": SOURCE | {"date_effet": "« le 3 septembre 2022 »"}}, "avenant.effet_source.date_effet", "date_effet ne dit pas le 25\u00a0août\u00a02019 ; il dit le 3\u00a0septembre\u00a02022"),
    "an address that is not one": ({"href": "legifrance"}, "avenant.href", "ce n'est pas une adresse web"),
}  # fmt: skip


@pytest.mark.parametrize("error", REFUSED)
def test_an_act_of_a_wrong_shape_is_refused(act_faults, error):
    changed, place, message = REFUSED[error]
    ((file, path, said),) = act_faults(**changed)
    assert (file, path) == ("textes.yaml", place)
    assert message in said


def test_an_act_that_nothing_points_to_is_allowed(act_faults):
    assert act_faults() == []


def test_an_act_may_have_no_days(act_faults):
    assert act_faults(signature=None, publication=None, effet=None) == []


def test_a_key_with_accents(act_faults):
    ((_, _, said),) = act_faults("arrêté_2019")
    assert "la clé « arrêté_2019 » ne s'écrit pas en minuscules_sans_accent" in said


@pytest.fixture
def value_faults(small_law, read_in):
    """Check one value that rests on acts."""

    def run(texte, start=START, effet=START, **metadata):
        source = {"statut": "presse", "reference": [read_in("presse", "« 51 000 € »")]}
        found = small_law(
            ("montant", {start: 51000}, {**source, "texte": texte, **metadata}),
            acts={"avenant": {k: v for k, v in (ACT | {"effet": effet}).items() if v}},
        )
        return [fault.message for fault in found]

    return run


@pytest.mark.parametrize("texte", ["avenant", ["avenant"], ["accord", "avenant"]])
def test_a_value_starts_on_the_day_of_one_of_its_acts(value_faults, texte):
    assert value_faults(texte, start="2022-09-03", effet="2022-09-03") == []


def test_a_value_of_another_day_is_a_fault(value_faults):
    (said,) = value_faults(["accord", "avenant"], start="2022-09-04", effet="2022-09-03")
    assert said == (
        "2022-09-04 n'est pas le jour d'effet de son texte (accord : 2019-08-25 ; avenant : "
        "2022-09-03)"
    )


def test_a_value_may_rest_on_an_act_without_a_known_day(value_faults):
    assert value_faults("avenant", start="2022-09-03", effet=None) == []


def test_an_unknown_act_is_a_fault(value_faults):
    (said,) = value_faults("avenants")
    assert said == "« avenants » n'est pas dans textes.yaml ; le plus proche est « avenant »"


def test_a_value_of_a_date_without_value_is_a_fault(value_faults):
    (said,) = value_faults({"2020-01-01": "accord"})
    assert said.startswith("aucune valeur n'est datée du 2020-01-01")


def test_the_day_of_the_journal_is_that_of_the_act(value_faults):
    assert value_faults("accord", official_journal_date={START: "2019-08-24"}) == []
    (said,) = value_faults("accord", official_journal_date={START: "2019-08-23"})
    assert said == "2019-08-23 n'est pas le jour de publication de son texte (accord : 2019-08-24)"


def test_a_refused_register_does_not_blame_the_values(small_law, read_in):
    source = {"statut": "presse", "reference": [read_in("presse", "« 51 000 € »")]}
    figure = ("montant", {START: 51000}, {**source, "texte": "inconnu"})
    (fault,) = small_law(figure, acts={"avenant": {"titre": 3}})[:1]
    assert fault.file == "textes.yaml"


def test_a_missing_register_is_one_fault(package, new_faults):
    (package / acts.FILE).unlink()
    assert [(fault.file, fault.message) for fault in new_faults()] == [
        ("textes.yaml", "le registre des textes de droit manque")
    ]


def test_a_formula_is_dated_of_the_day_of_an_act(package, untouched, units):
    figures, _ = tree.check(package, units, Tally())
    day = min(figures.dates - figures.effects)  # a date of value, on which no act takes effect
    name = f"formula_{day.replace('-', '_')}"
    path = package / "variables/fonctionnement.py"
    text = path.read_text("utf-8")
    assert "formula_2019_08_25" in text
    path.write_text(text.replace("formula_2019_08_25", name), "utf-8")
    messages = [fault.message for fault in check(package).faults if fault not in untouched.faults]
    said = f"{name} : {day} n'est le jour d'effet d'aucun texte de textes.yaml"
    assert any(message.startswith(said) for message in messages)


def test_the_register_of_the_package_is_read():
    found = acts.register()
    assert "aci_2019" in found
    assert {act.reading for act in found.values()} <= {"lu", "lu en partie", "non lu"}


@pytest.mark.parametrize(
    ("read", "unread", "said"),
    [
        ("rien", "Le texte entier.", "non lu"),
        ("Article 9.1.", "Les autres articles.", "lu en partie"),
        ("Le texte entier.", "rien", "lu"),
        ("Les deux articles.", "Rien.", "lu"),
    ],
)
def test_what_was_read_is_said(read, unread, said):
    shown = acts.Act.model_construct(**(ACT | {"lu": read, "non_lu": unread}))
    assert shown.reading == said


def test_the_register_is_shipped_with_the_package():
    project = tomllib.loads((DOSSIER.parent / "pyproject.toml").read_text("utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["openfisca_cpts"]
    shipped = {file for pattern in patterns for file in DOSSIER.glob(pattern)}
    assert DOSSIER / acts.FILE in shipped
