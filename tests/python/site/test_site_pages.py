"""What the pages say: every figure, every variable, every reform, every open question."""

import html
import inspect
import re

import pytest
import yaml

from openfisca_cpts import DOSSIER, CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.fichiers import unmodelled
from openfisca_cpts.outils.loi.leaves import leaves
from openfisca_cpts.outils.site import formula_pages
from openfisca_cpts.outils.site.typesetting import typeset
from openfisca_cpts.outils.typography import long_day

SYSTEM = CountryTaxBenefitSystem()
LEAVES = list(leaves(SYSTEM.parameters))


def words(text):
    """What a reader sees, all spaces alike."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.fixture(scope="module")
def figures(site):
    """Every page of figures, by name."""
    return {path.name: path.read_text() for path in (site / "chiffres").glob("*.html")}


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: leaf.path)
def test_every_figure_has_an_anchor_its_values_and_its_texts(figures, leaf):
    (text,) = [text for text in figures.values() if f'id="{leaf.path}"' in text]
    section = text.split(
        f'id="{leaf.path.removesuffix("." + leaf.key) if leaf.table else leaf.path}"'
    )[1]
    section = words(section.split("<h2")[0])
    for date in leaf.dates:
        assert " ".join(long_day(date).split()) in section
        value = leaf.value(date)
        if leaf.unit == "currency-EUR":
            assert f"{value:,.0f} €".replace(",", " ") in section
        for reference in leaf.references(date):
            assert " ".join(typeset(reference["title"]).split()) in section
            assert " ".join(typeset(reference["note"]).split()) in section
            assert reference.get("href", "") in html.unescape(text)


@pytest.mark.parametrize("name", sorted(SYSTEM.variables))
def test_every_variable_has_a_page(site, name):
    variable = SYSTEM.variables[name]
    source = (site / "variables" / f"{name}.html").read_text()
    text = words(source)
    assert " ".join(typeset(variable.label).split()) in text
    for reference in variable.reference:
        assert " ".join(typeset(reference).split()) in text
    code = "".join(html.unescape(re.sub(r"<[^>]*>", "", source)).split())
    for formula in variable.formulas.values():
        assert "".join(inspect.getsource(formula).split()) in code


def test_a_formula_tells_what_it_reads_and_who_reads_it(site):
    text = (site / "variables" / "acces_soins_part_variable.html").read_text()
    for target in (
        "../chiffres/aci.missions.acces_soins.html#aci.missions.acces_soins.part_variable",
        "acces_soins_montant.html",
        "acces_soins_part_fixe.html",
    ):
        assert f'href="{target}"' in text
    assert "tests/yaml/missions/acces_soins.yaml" in text


def test_the_change_of_3_september_2022(site):
    text = words((site / "changements" / "2022-09-03.html").read_text())
    assert "65 000 € → 70 000 € +5 000 € (+7,7 %) déduit" in text
    assert "Deux contrats réels de taille 3 (2025-2027)" in text
    assert "fonctionnement" not in text.split("18 chiffres")[1].lower()


def test_every_pair_of_dates_has_its_page(site):
    dates = sorted({date for leaf in LEAVES for date in leaf.dates})
    pages = [path.stem for path in (site / "changements").glob("2*.html")]
    assert len(pages) == len(dates) * (len(dates) - 1) / 2 + 1
    text = words((site / "changements" / "2019-08-25_2023-01-01.html").read_text())
    assert "40 000 € → 45 000 €" in text
    assert "43 992 €" in text


@pytest.mark.parametrize("name", [*reforms.SCENARIOS, *reforms.VARIANTES])
def test_every_reform_has_a_page_that_says_what_it_does(site, name):
    reform = reforms.trouver(name)
    text = words((site / "reformes" / f"{name}.html").read_text())
    assert " ".join(typeset(reform.titre).split()) in text
    assert " ".join(typeset(reform.source["title"]).split()) in text
    assert f"--reform {name}" in text
    assert re.search("Chiffres changés|Chiffres propres à la réforme|Règles changées", text)
    for datum in reform.donnees:
        assert datum in text


def test_every_convention_of_the_files_is_listed(site):
    text = words((site / "questions.html").read_text())
    stated = 0
    for path in sorted((DOSSIER / "parameters").rglob("*.yaml")):
        documentation = yaml.safe_load(path.read_text()).get("documentation") or ""
        for found in re.finditer(r"convention ?:[^.]*", documentation, re.IGNORECASE):
            stated += 1
            assert " ".join(typeset(" ".join(found[0].split())).split()) in text
    assert stated > 1
    for variable in SYSTEM.variables.values():
        if re.search(r"convention\s?:", variable.documentation or "", re.IGNORECASE):
            assert f'href="variables/{variable.name}.html"' in (site / "questions.html").read_text()


def test_every_value_that_no_text_gives_is_listed(site):
    text = words((site / "questions.html").read_text())
    for leaf in LEAVES:
        for date in leaf.dates:
            if leaf.statut(date) in ("deduit", "hypothese"):
                line = f"{typeset(leaf.label)} {long_day(date)} "
                assert " ".join(line.split()) in text


def test_every_topic_of_the_register_is_listed_and_linked(site):
    source = (site / "questions.html").read_text()
    for topic in unmodelled.topics():
        assert f'id="{topic.cle}"' in source
        assert " ".join(typeset(topic.consequence).split()) in words(source)
        for name in topic.concerne:
            if name in SYSTEM.variables:
                page = (site / "variables" / f"{name}.html").read_text()
                assert f'href="../questions.html#{topic.cle}"' in page


def test_the_booklet_holds_every_value_and_places_to_sign(site):
    source = (site / "cahier.html").read_text()
    boxes = len(re.findall('<td class="tick"(?: rowspan="[0-9]+")?>', source))
    values = sum(len(leaf.dates) for leaf in LEAVES)
    assert boxes > values  # one per value, and one per text
    groups = re.findall(r'id="cahier\.([a-z_.]+)"', source)
    assert len(groups) == source.count('class="signoff"') > 1


def test_the_parts_of_the_law_all_have_a_title():
    named = {
        formula_pages.part_of(variable).split(".")[0] for variable in SYSTEM.variables.values()
    }
    assert named == {part for part in formula_pages.titles() if "." not in part}


def test_the_help_of_every_command_is_there(site):
    text = words((site / "guides" / "commande.html").read_text())
    for command in ("simulate", "schedule", "template", "bareme", "diff", "check"):
        assert f"openfisca-cpts {command} [OPTIONS]" in text
    assert "Première année simulée." in text


def test_the_table_of_traceability_opens_in_a_french_spreadsheet(site):
    content = (site / "tracabilite.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfdocument;")
    lines = content.decode("utf-8-sig").splitlines()
    assert len(lines) > sum(len(leaf.dates) for leaf in LEAVES)
    (line,) = [line for line in lines if "aci.missions.prevention.part_variable;" in line][:1]
    assert ";0,5;/1;document_public;" in line


def test_a_document_that_was_read_is_not_the_act_of_law(site):
    page = words((site / "chiffres" / "aci.html").read_text())
    assert "Document lu : Assurance Maladie du Var" in page
    assert "(autorité ou organisme professionnel" in page
    assert "Texte de droit (lu en partie) :" in page
    assert "publié au Journal officiel" not in page


def test_the_timeline_tells_the_acts_of_each_day(site):
    page = words((site / "changements" / "frise.html").read_text())
    days = page.partition("Chaque jour où un chiffre commence")[2]
    day = days.partition("3 septembre 2022")[2]
    assert "Texte de droit (" in day.partition("1er janvier 2023")[0]
