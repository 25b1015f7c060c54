"""The site as a reader meets it: in a browser, wide and narrow, served or opened from the disk."""

import pytest

KINDS = (
    "index.html",
    "bareme/2022-09-03.html",
    "chiffres/index.html",
    "chiffres/aci.missions.acces_soins.html",
    "chiffres/aci.missions.crise_sanitaire.html",
    "changements/index.html",
    "changements/frise.html",
    "changements/2022-09-03.html",
    "changements/2016-01-28_2026-01-01.html",
    "variables/index.html",
    "variables/versement_annuel.html",
    "variables/acces_soins_part_variable.html",
    "variables/calcul_partage.html",
    "reformes/index.html",
    "reformes/indexation.html",
    "reformes/france_sante.html",
    "tracabilite.html",
    "questions.html",
    "cahier.html",
    "guide.html",
    "guides/commande.html",
    "guides/web_api.html",
    "guides/journal.html",
)
FIGURE = "chiffres/aci.missions.acces_soins.html"
ANCHOR = "aci.missions.acces_soins.montant"


def search(page, typed):
    """Type something into the search, and give the first result."""
    if not page.locator(".md-search__form").is_visible():
        page.locator("label[for=__search].md-header__button").click()
    field = page.locator(".md-search__input")
    field.click()
    field.fill(typed)
    # The search looks when a key goes up: one key, one search, and no list that changes later.
    field.press("End")
    first = page.locator(".md-search-result__item").first
    first.wait_for()
    return first


@pytest.mark.parametrize("typed", ["65000", "65 000", "65\u00a0000", "65\u202f000 €"])
def test_which_text_gives_an_amount_since_when_and_how_sure(page, server, typed):
    page.goto(f"{server}/index.html")
    first = search(page, typed)
    link = first.locator(f'a[href*="{FIGURE}"][href*="{ANCHOR}"]').first
    assert link.is_visible()
    link.click()
    page.wait_for_url(f"**/{FIGURE}*")
    table = page.locator(f"h2[id='{ANCHOR}'] + .parameter")
    row = table.locator("tbody tr").first.inner_text().replace("\u00a0", " ")
    assert "Du 25 août 2019 au 2 septembre 2022" in row
    assert "65 000 €" in row
    assert "document public" in row
    source = table.locator(".sources").first.inner_text().replace("\u00a0", " ")
    assert "Assurance Maladie du Var, présentation des CPTS" in source
    assert "« 40 000 € 47 000 € 65 000 € 80 000 € »" in source


def test_what_changed_on_a_day(page, server):
    page.goto(f"{server}/index.html")
    search(page, "3 septembre 2022").locator("a").first.click()
    page.wait_for_url("**/changements/2022-09-03.html*")
    text = page.locator("table.changes").inner_text().replace("\u00a0", " ")
    assert "65 000 € → 70 000 €" in text
    assert "réponse aux crises sanitaires graves" in text


def test_words_are_found_without_their_accents(page, server):
    page.goto(f"{server}/guide.html")
    titles = search(page, "hypotheses").locator("h1").first.inner_text()
    assert titles == "Hypothèses et questions ouvertes"


def test_the_search_works_from_the_disk(page, site):
    page.goto(f"{site.as_uri()}/index.html")
    assert search(page, "65 000").locator(f'a[href*="{ANCHOR}"]').first.is_visible()


def test_no_page_is_wider_than_the_screen(page, server):
    wide = []
    for path in KINDS:
        page.goto(f"{server}/{path}")
        assert page.locator("h1").count() == 1
        wide += [path] * page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
    assert wide == []


def test_any_two_days_can_be_compared(page, server):
    address = f"{server}/changements/index.html"
    page.goto(address)
    page.fill("[name=first]", "2022-01-15")
    page.fill("[name=second]", "2022-08-31")
    page.click("form.compare button")
    assert page.locator(".compare__answer").inner_text() == "Rien n'a changé entre ces deux jours."
    page.fill("[name=first]", "2023-01-01")  # in either order
    page.fill("[name=second]", "2022-01-01")
    page.click("form.compare button")
    page.wait_for_url("**/changements/2022-01-01_2023-01-01.html")
    page.goto(address)
    page.fill("[name=first]", "1999-12-31")
    page.fill("[name=second]", "2020-06-01")
    page.click("form.compare button")
    page.wait_for_url("**/changements/avant_2019-08-25.html")


def test_the_table_of_traceability_is_filtered(page, server):
    page.goto(f"{server}/tracabilite.html")
    rows = page.locator("#trace tbody tr:visible")
    total = rows.count()
    page.fill("#filter", "acces_soins 65 000")
    assert 0 < rows.count() < total
    for row in rows.all():
        assert "65 000" in row.inner_text().replace("\u00a0", " ")
    page.fill("#filter", "prevention")
    assert rows.count() > 0
    page.fill("#filter", "zzz")
    assert rows.count() == 0
    assert page.locator("#filter-count").inner_text() == f"0 ligne sur {total}"


@pytest.mark.parametrize(("path", "least"), [(FIGURE, 5), ("cahier.html", 12)])
def test_a_printed_page_has_places_to_sign_and_no_menu(page, server, path, least):
    page.goto(f"{server}/{path}")
    assert page.locator(".signoff:visible").count() == 0
    page.emulate_media(media="print")
    blocks = page.locator(".signoff:visible")
    assert blocks.count() >= least
    for word in ("Nom", "Date", "Chiffre vérifié", "Texte vérifié", "Signature"):
        assert word in blocks.first.inner_text()
    for menu in (".md-header", ".md-sidebar--primary", ".md-footer"):
        assert not page.locator(menu).is_visible()
    assert page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF-")
