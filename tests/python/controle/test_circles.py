"""Values that prove each other are found, and numbers that only look alike are not taken for it."""

import pytest

START = "2022-09-03"
PLAN, CRISIS = "aci/crise/montant", "aci/crise/part_crise"
NEITHER = "deux valeurs ne se prouvent pas l'une l'autre"


@pytest.fixture
def circles(small_law):
    """Check figures: path, value, references; give the faults of circles, by file."""

    def run(*figures):
        made = [
            (
                path,
                values if isinstance(values, dict) else {START: values},
                {
                    "statut": "hypothese",
                    "reference": references,
                    "unit": "/1" if values == 0.5 else "currency-EUR",
                },
            )
            for path, values, *references in figures
        ]
        found = small_law(*made)
        assert all(NEITHER in fault.message for fault in found), found
        return [(fault.file, fault.message) for fault in found]

    return run


@pytest.fixture
def plan(read_in):
    return (PLAN, 25000, read_in("presse", "« 62 500 euros » ; 62 500 − 37 500 = 25 000"))


@pytest.fixture
def crisis(read_in):
    return (CRISIS, 37500, read_in("presse", "« 62 500 euros » ; 62 500 − 25 000 = 37 500"))


def test_two_parts_of_a_sum_do_not_prove_each_other(circles, plan, crisis):
    (first, said), (second, again) = circles(plan, crisis)
    assert (first, second) == (f"parameters/{PLAN}.yaml", f"parameters/{CRISIS}.yaml")
    assert "part de 37\u00a0500 (aci.crise.part_crise, 2022-09-03)" in said
    assert "n'est connu que de 25\u00a0000" in said
    assert "part de 25\u00a0000 (aci.crise.montant, 2022-09-03)" in again


def test_the_half_and_what_it_halves_do_not_prove_each_other(circles, read_in):
    amount = ("aci/soins/montant", 70000, read_in("contrat_reel", "35 000 × 2 = 70 000"))
    share = ("aci/soins/part_variable", 0.5, read_in("contrat_reel", "35 000 / 70 000 = 0,5"))
    assert [file for file, _ in circles(amount, share)] == [
        "parameters/aci/soins/montant.yaml",
        "parameters/aci/soins/part_variable.yaml",
    ]


def test_a_computation_that_confirms_nothing_is_found_though_the_value_is_printed(circles, read_in):
    amount = ("aci/soins/montant", 70000, read_in("contrat_reel", "35 000 × 2 = 70 000"))
    half = [
        read_in("document", "« à parts égales »"),
        read_in("contrat_reel", "35 000 / 70 000 = 0,5"),
    ]
    ((file, said),) = circles(amount, ("aci/soins/part_variable", 0.5, *half))
    assert file == "parameters/aci/soins/part_variable.yaml"
    assert "part de 70\u00a0000 (aci.soins.montant, 2022-09-03)" in said


def test_a_longer_circle(circles, read_in):
    figures = [
        ("a/x", 11000, read_in("document", "12 000 − 1 000 = 11 000")),
        ("a/y", 12000, read_in("document", "13 000 − 1 000 = 12 000")),
        ("a/z", 13000, read_in("document", "11 000 + 2 000 = 13 000")),
    ]
    assert len(circles(*figures)) == len(figures)


@pytest.mark.parametrize("nature", ["texte", "document", "presse", "contrat_reel"])
def test_a_document_that_prints_one_of_them_breaks_the_circle(circles, read_in, plan, nature):
    printed = read_in(nature, "« 37 500 euros pour les plus petites »")
    assert circles(plan, (CRISIS, 37500, printed)) == []


def test_a_proposal_does_not_prove(circles, read_in, plan, crisis):
    printed = read_in("proposition", "« 37 500 euros pour les plus petites »")
    assert len(circles(plan, (*crisis, printed))) == 2


def test_another_computation_breaks_the_circle(circles, read_in, plan, crisis):
    other = read_in("presse", "« 52 500 euros » : 52 500 − 15 000 = 37 500")
    path, value, _ = crisis
    assert circles(plan, (path, value, other)) == []
    # The computation from the plan still confirms nothing.
    assert [file for file, _ in circles(plan, (*crisis, other))] == [f"parameters/{CRISIS}.yaml"]


def test_a_number_that_the_note_quotes_is_known_from_its_document(circles, read_in, crisis):
    quoting = read_in("presse", "« 62 500 » et « 37 500 » : 62 500 − 37 500 = 25 000")
    assert circles((PLAN, 25000, quoting), crisis) == []


def test_a_number_that_the_title_quotes_is_known_too(circles, read_in, crisis):
    note = "62 500 − 37 500 = 25 000"
    quoting = read_in("presse", note, title="Un journal, « 37 500 euros de crise »")
    assert circles((PLAN, 25000, quoting), crisis) == []


def test_a_number_worked_out_before_in_the_note_is_known_from_there(circles, read_in):
    note = "287 600 − 220 100 − 62 500 = 5 000 ; 40 000 + 5 000 = 45 000"
    total = ("aci/total", 45000, read_in("presse", note))
    rise = ("aci/hausse", 5000, read_in("presse", "45 000 − 40 000 = 5 000"))
    assert [file for file, _ in circles(total, rise)] == []


def test_the_same_number_in_another_folder_is_not_the_same_value(circles, read_in):
    share = ("aci/parcours/part", 0.5, read_in("contrat_reel", "45 000 / 90 000 = 0,5"))
    plan = ("aci/crise/plan", 45000, read_in("contrat_reel", "22 500 × 2 = 45 000"))
    assert circles(share, plan) == []


def test_the_same_size_is_meant_before_another(circles, read_in):
    def sizes(first):
        return {f"taille_{rank}": {START: first + rank} for rank in range(1, 5)}

    # 10 001 of `a` is worked out from 20 001 of `b`, and 20 002 of `b` from the 10 001 of nobody.
    a = ("f/a", sizes(10000), read_in("document", "20 001 − 10 000 = 10 001"),
         read_in("document", "« 10 002, 10 003, 10 004 »"))  # fmt: skip
    b = ("f/b", sizes(20000), read_in("document", "10 001 + 10 001 = 20 002"),
         read_in("document", "« 20 001, 20 003, 20 004 »"))  # fmt: skip
    assert circles(a, b) == []


def test_a_small_number_counts_things(circles, read_in):
    figures = [
        ("a/delai", 12, read_in("document", "18 − 6 = 12")),
        ("a/autre", 18, read_in("document", "12 + 6 = 18")),
    ]
    assert circles(*figures) == []
