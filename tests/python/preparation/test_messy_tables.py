"""Tables as people write them: each ends right, or is refused with the cell."""

import datetime

import pytest

DAY = datetime.date(2022, 3, 15)
TITLED = "Suivi des CPTS, état au 1er octobre;;\nARS;;\n;;\n"
RIGHT = {
    "titles as they are": ("id,population_2024\na,50000\n", [("a", 50_000)]),
    "a block of titles": (TITLED + "N° FINESS;Population 2024\na;50 000\n", [("a", 50_000)]),
    "semicolons and cp1252": ("Identifiant;Nom;Pop. 2024\na;Été;50000\n", [("a", 50_000)]),
    "inhabitants spelled out": ("id;Population 2024\na;95 000 hab.\n", [("a", 95_000)]),
    "no-break spaces": ("id;population_2024\na;95\u202f000\n", [("a", 95_000)]),
    "a unit in the title": ("id;Population (hab.) 2024\na;50000\n", [("a", 50_000)]),
    "capitals and accents": ("ID;POPULATION ENTIÉRE;Population  2024\na;;1\n", [("a", 1)]),
    "a total below": ("id;population_2024\na;50000\nTOTAL;50000\n", [("a", 50_000)]),
    "a total by its region": (
        "id;population_2024\na;50000\nb;1\nTotal région;50001\n",
        [("a", 50_000), ("b", 1)],
    ),
    "a note below": ("id;population_2024\na;50000\n\nSource : ARS;\n", [("a", 50_000)]),
    "blank rows between": ("id;population_2024\na;1000\n;\nb;2000\n", [("a", 1000), ("b", 2000)]),
    "titles told again": (
        "id;population_2024\na;1000\nid;population_2024\nb;2000\n",
        [("a", 1000), ("b", 2000)],
    ),
    "a blank column": ("id;;population_2024\na;;1000\n", [("a", 1000)]),
    "a column that nobody asks": ("id;Observations;population_2024\na;bien;1\n", [("a", 1)]),
    "an unknown column": ("id;zzz qqq;population_2024\na;5;1000\n", [("a", 1000)]),
    "a byte order mark": ("\ufeffid;population_2024\na;1000\n", [("a", 1000)]),
    "tabs": ("id\tpopulation_2024\na\t1000\n", [("a", 1000)]),
    "quotes and a line end in a cell": (
        'id;nom;population_2024\na;"CPTS\nde la Côte";1000\n',
        [("a", 1000)],
    ),
    "a wording nearly known": ("id;Populatoin municipale 2024\na;1000\n", [("a", 1000)]),
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_ends_right(prepared, name):
    content, expected = RIGHT[name]
    done = prepared(content, encoding="cp1252" if "cp1252" in name else "utf-8")
    if expected is not None:
        column = next(title for title in done.table.columns if title.startswith("population"))
        assert done.table.select("id", column).rows() == expected
        assert column == "population_2024"


NOT_EXACT = {
    "about": ("environ 120 000", "laissé de côté"),
    "about, short": ("env. 120000", "laissé de côté"),
    "a tilde": ("~120 000", "laissé de côté"),
    "more than": ("plus de 120 000", "laissé de côté"),
    "not communicated": ("n.c.", "non donné"),
    "NC": ("NC", "non donné"),
    "a dash": ("-", "non donné"),
    "thousands by a point": ("48.500", "refusé"),
    "below zero": ("-5", "refusé"),
    "words": ("beaucoup", "refusé"),
}


@pytest.mark.parametrize("name", NOT_EXACT)
def test_a_population_that_is_none_leaves_its_community_out(prepared, name):
    word, status = NOT_EXACT[name]
    done = prepared(f"id;nom;population_2024\na;Alpha;1000\nb;Bêta;{word}\n")
    assert done.table["id"].to_list() == ["a"]
    assert [entry.status for entry in done.entries if entry.place == "C3"] == [status]
    (out,) = [entry for entry in done.entries if entry.place == "ligne 3"]
    assert (out.value, out.status) == ("Bêta", "laissé de côté")


CELLS = {
    ("date_signature_contrat", "15 mars 2022"): DAY,
    ("date_signature_contrat", "15/03/2022"): DAY,
    ("date_signature_contrat", "2022-03-15"): DAY,
    ("date_signature_contrat", "1er mars 2022"): datetime.date(2022, 3, 1),
    ("date_signature_contrat", "8 août 2022"): datetime.date(2022, 8, 8),
    ("parcours_retenue", "X"): "oui",
    ("parcours_retenue", "✓"): "oui",
    ("parcours_retenue", "Non"): "non",
    ("parcours_taux_atteinte_2024", "80 %"): 0.8,
    ("parcours_taux_atteinte_2024", "0,8"): 0.8,
    ("region", "PACA"): "provence_alpes_cote_d_azur",
    ("region", "IDF"): "ile_de_france",
    ("region", "Bourgogne Franche Comté"): "bourgogne_franche_comte",
    ("taille_connue_2024", "3"): "taille_3",
}


@pytest.mark.parametrize(("column", "word"), CELLS)
def test_ways_of_writing_a_value(prepared, column, word):
    done = prepared(f"id;population_2024;{column}\na;1000;{word}\n")
    assert done.table[column].to_list() == [CELLS[column, word]]


REFUSED_CELLS = {
    "a month without a day": ("date_signature_contrat", "mars 2022"),
    "a year": ("date_signature_contrat", "2022"),
    "a day that is none": ("date_signature_contrat", "31 février 2022"),
    "a rate above one": ("parcours_taux_atteinte_2024", "80"),
    "a rate in words": ("parcours_taux_atteinte_2024", "bon"),
    "neither yes nor no": ("parcours_retenue", "peut-être"),
}


@pytest.mark.parametrize("name", REFUSED_CELLS)
def test_a_cell_that_cannot_be_is_empty_and_told_with_its_place(prepared, name):
    column, word = REFUSED_CELLS[name]
    done = prepared(f"id;population_2024;{column}\na;1000;{word}\n")
    assert done.table[column].to_list() == [None]
    (entry,) = [entry for entry in done.entries if entry.place == "C2"]
    assert (entry.value, entry.status, entry.community) == (word, "refusé", "a")
    assert entry.said.startswith("attendu")


WRONG = {
    "no titles": ("1;2\n3;4\n", "une ligne de titres connus"),
    "no identifier": ("Population 2024;SNP\n1000;oui\n", "une colonne qui identifie"),
    "no population": ("id;Date de signature\na;15/03/2022\n", "une colonne de population"),
    "two columns for one input": (
        "id;Population 2024;Habitants 2024\na;1000;1001\n",
        "une seule colonne pour « population_2024 » (l'autre : « Population 2024 »)",
    ),
    "a department in a column of regions": (
        "id;Région;population_2024\na;93;1000\nb;13;1000\n",
        "le département 13 est en région Provence-Alpes-Côte d'Azur",
    ),
    "one identifier twice": (
        "id;population_2024\na;1000\na;2000\n",
        "un identifiant par communauté (celui-ci est aussi ligne",
    ),
    "a row without an identifier": ("id;nom;population_2024\n;Alpha;1000\n", "un identifiant"),
    "a letter after the signature": (
        "id;population_2024;date_signature_contrat;date_lettre_intention\n"
        "a;1000;15/03/2022;16/03/2022\n",
        "date_lettre_intention",
    ),
    "nothing that reads": ("id;population_2024\na;n.c.\n", "qui se lit, d'au moins une"),
    "nothing below the titles": ("id;population_2024\n", "une communauté par ligne"),
    "an empty file": ("", "tableau vide"),
    "a quote that is not closed": ('id,population_2024\n"a,1\n', "des guillemets fermés"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_refused(refused, name):
    content, expected = WRONG[name]
    assert expected in refused(content)


def test_a_row_that_is_refused_is_that_of_the_file(refused):
    content = f"{TITLED}id;population_2024\na;1000\nTOTAL;1000\na;2000\n"
    said = refused(content)
    assert said.startswith("ligne 7, communauté « a »")
    assert "(celui-ci est aussi ligne 5)" in said
