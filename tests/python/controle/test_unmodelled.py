"""What the law says and the model does not is written down, and each entry is checked."""
# ruff: noqa: E501 (a message is quoted as it stands, however long)

import pytest

from openfisca_cpts import DOSSIER, reforms
from openfisca_cpts.outils.cli.check import check as check_command
from openfisca_cpts.outils.fichiers import unmodelled
from openfisca_cpts.outils.fichiers.findings import Line, Tally
from openfisca_cpts.outils.loi import law

ENTRY = """
- cle: renouvellement
  sujet: Le renouvellement du contrat
  nature: regle_introuvable
  sources:
    - title: "Une page"
      href: https://example.org/page
      note: "« renouvelable »"
  pourquoi: Aucune source ne le dit.
  consequence: Les versements cessent au terme.
  concerne: [aci.duree_contrat, date_fin_contrat]
  reformes: [seuil_80000_taille_2]
"""


@pytest.fixture(scope="module")
def shipped():
    return {topic.cle: topic for topic in unmodelled.topics()}


@pytest.fixture
def faults(tmp_path):
    """Check a register; give its messages, and how much of it is right."""
    system = law.load()
    known = {node.name for node in system.parameters.get_descendants()} | set(system.variables)
    file = tmp_path / "docs" / "non_modelise.yaml"
    file.parent.mkdir()

    def run(text):
        file.write_text(text, "utf-8")
        tally = Tally()
        found = unmodelled.check(file, known, {*reforms.SCENARIOS, *reforms.VARIANTES}, tally)
        (line,) = [line for line in tally.coverage() if line.label == Line.REGISTER.value]
        assert line.complete is not bool(found)
        return [(fault.line, fault.path, fault.message) for fault in found]

    return run


def test_the_topics_that_the_sources_leave_open_are_there(shipped):
    assert {
        "dispositif_appui_coordination",
        "renouvellement",
        "plusieurs_departements",
        "changement_de_taille_retroactif",
        "tableaux_de_l_avenant_2",
        "avenant_de_2026",
        "indicateurs",
        "credit_lettre_intention",
        "majoration_des_premiers_signataires",
        "population_a_compter",
        "seuil_de_80000_habitants",
        "prorata_au_demarrage",
        "paiement_du_supplement_snp",
        "regles_de_resiliation",
        "communautes_de_2019",
    } <= set(shipped)
    assert "CTA" in shipped["dispositif_appui_coordination"].sujet


def test_every_convention_that_a_reform_shows_is_in_the_register(shipped):
    shown = {name for topic in shipped.values() for name in topic.reformes}
    assert set(reforms.VARIANTES) <= shown


def test_topics_come_by_nature(shipped):
    order = [list(unmodelled.NATURES).index(topic.nature) for topic in shipped.values()]
    assert order == sorted(order)


def test_the_topics_of_a_figure_are_those_that_name_it_or_its_folder(shipped):
    topics = shipped.values()
    about = [topic.cle for topic in unmodelled.about("aci.duree_contrat", topics)]
    assert about == ["renouvellement", "terme_de_l_accord", "avenant_de_2026"] or set(about) == {
        "renouvellement",
        "terme_de_l_accord",
        "avenant_de_2026",
    }
    about = unmodelled.about("aci.missions.crise_sanitaire.montant.taille_2", topics)
    assert "tableaux_de_l_avenant_2" in [topic.cle for topic in about]
    assert unmodelled.about("qualite_montant", topics) == []


def test_a_right_entry(faults):
    assert faults(ENTRY) == []


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("aci.duree_contrat", "aci.duree_contra", "0.concerne.0", "n'est pas un paramètre ni une variable ; le plus proche est « aci.duree_contrat »"),
        ("date_fin_contrat", "date_fin", "0.concerne.1", "le plus proche est « date_fin"),
        ("seuil_80000_taille_2", "seuil_80000", "0.reformes.0", "n'est pas une réforme ; le plus proche est « seuil_80000_taille_2 »"),
        ("regle_introuvable", "regle_introuvables", "0.nature", "le plus proche est « regle_introuvable »"),
        ("  pourquoi: Aucune source ne le dit.\n", "", "0.pourquoi", "la clé est obligatoire"),
        ("  consequence: Les versements cessent au terme.\n", "", "0.consequence", "la clé est obligatoire"),
        ("https://example.org/page", "example.org/page", "0.sources.0.href", "ce n'est pas une adresse web"),
        ("« renouvelable »", "mot " * 26, "0.sources.0.note", "la note a 26 mots, 25 au plus"),
        ("  sujet:", "  suget:", "0.suget", "la clé « suget » est inconnue"),
        ("\n- cle", f"{ENTRY}\n- cle", "1.cle", "la clé « renouvellement » est répétée"),
    ],
)  # fmt: skip
def test_a_planted_error_is_found_where_it_stands(faults, before, after, place, message):
    assert before in ENTRY
    found = faults(ENTRY.replace(before, after, 1))
    assert any(path == place and message in said for _, path, said in found), found


def test_an_empty_register_is_not_right(faults):
    assert faults("[") != []


def test_the_register_is_checked_with_the_rest(tmp_path, original):
    register = unmodelled.path(DOSSIER)
    assert register is not None
    assert register == DOSSIER.parent / unmodelled.FILE
    assert unmodelled.path(original) is None


def test_the_command_shows_it(run_command):
    result = run_command(check_command, "--not-modelled")
    assert result.exit_code == 0
    for nature in unmodelled.NATURES.values():
        assert nature in result.output
    assert "Pourquoi\u00a0:" in result.output
    assert "Conséquence\u00a0:" in result.output
