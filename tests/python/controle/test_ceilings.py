"""No statut is above what its references allow."""
# ruff: noqa: E501 (a table of cases is read across)

import pytest

START = "2019-08-25"
PRINTED = "« 51 000 € par an »"
WORKED_OUT = "« 34 000 € » : 34 000 × 1,5 = 51 000"
ORDER = ("officiel", "document_public", "presse", "deduit", "hypothese")


@pytest.fixture
def faults(small_law):
    """Check one figure of 51 000 euros from the agreement on: its statut, its references."""

    def run(statut, *references, start=START):
        found = small_law(
            ("montant", {start: 51000}, {"statut": statut, "reference": list(references)})
        )
        return [fault.message for fault in found]

    return run


ALLOWED = {
    "the official text": ("texte", PRINTED, {}, "officiel"),
    "a document": ("document", PRINTED, {}, "document_public"),
    "a real contract": ("contrat_reel", PRINTED, {}, "document_public"),
    "the press": ("presse", PRINTED, {}, "presse"),
    "a proposal": ("proposition", PRINTED, {}, "hypothese"),
    "a computation in the official text": ("texte", WORKED_OUT, {}, "deduit"),
    "a subtraction": ("document", "125 000 − 74 000 = 51 000", {}, "deduit"),
    "a monthly amount by the year": ("texte", "« 4 250 € par mois » : 4 250 × 12 = 51 000", {}, "officiel"),
    "a monthly amount that is not quoted": ("texte", "4 250 × 12 = 51 000", {}, "deduit"),
    "twice a quoted amount": ("texte", "« 25 500 € » : 25 500 × 2 = 51 000", {}, "deduit"),
    "a computation on a proposal": ("proposition", WORKED_OUT, {}, "hypothese"),
    "a computation beside the printed figure": ("document", f"{PRINTED} ; 25 500 × 2 = 51 000", {}, "document_public"),
    "a younger document": ("document", PRINTED, {"document_date": "2023-11-30"}, "deduit"),
    "a younger year": ("document", PRINTED, {"document_date": "2020"}, "deduit"),
    "a younger month": ("document", PRINTED, {"document_date": "2019-09"}, "deduit"),
    "the year of the value": ("document", PRINTED, {"document_date": "2019"}, "document_public"),
    "the day of the value": ("document", PRINTED, {"document_date": START}, "document_public"),
    "an older document": ("presse", PRINTED, {"document_date": "2019-06-21"}, "presse"),
    "a younger document that states the day": ("document", PRINTED, {"document_date": "2023", "date_effet": "« depuis le 25 août 2019 »"}, "document_public"),
    "an analogy in the note": ("document", f"{PRINTED}, par analogie", {}, "hypothese"),
    "an extension in the title": ("document", PRINTED, {"title": "Le chiffre d'ailleurs, étendu ici"}, "hypothese"),
    "the same word in a quotation": ("document", "« 51 000 € pour un territoire étendu »", {}, "document_public"),
}  # fmt: skip


@pytest.mark.parametrize("case", ALLOWED)
def test_the_surest_statut_is_that_of_the_weakest_step(faults, read_in, case):
    nature, note, keys, allowed = ALLOWED[case]
    reference = read_in(nature, note, **keys)
    for statut in ORDER:
        # A figure that is not the result of a computation is never deduced: a fault of its own.
        found = [message for message in faults(statut, reference) if "plus sûr" in message]
        if ORDER.index(statut) >= ORDER.index(allowed):
            assert found == []
        else:
            (message,) = found
            assert f"le statut « {statut} » est plus sûr que ses références" in message
            assert f"« {allowed} » au plus, car " in message


def test_the_best_reference_decides(faults, read_in):
    press, document = read_in("presse", PRINTED), read_in("document", PRINTED)
    assert faults("document_public", press, document) == []


def test_a_reference_that_does_not_show_the_figure_does_not_count(faults, read_in):
    text, press = read_in("texte", "« un montant annuel »"), read_in("presse", PRINTED)
    (message,) = faults("officiel", text, press)
    assert "« presse » au plus, car « Une page » est de nature « presse »" in message


def test_a_reference_of_another_size_does_not_count(small_law, read_in):
    sizes = {f"taille_{rank}": {START: 51000} for rank in range(1, 5)}
    references = [read_in("presse", PRINTED), read_in("document", "Taille 2 : 51 000 €")]
    statut = {"statut": "document_public", "reference": references}
    found = small_law(("montant", sizes, statut))
    assert [fault.path for fault in found] == [
        f"taille_{rank}.values.{START}" for rank in (1, 3, 4)
    ]


def test_a_computation_is_no_surer_than_what_it_starts_from(small_law, read_in):
    def run(statut):
        return small_law(
            (
                "mission/plan",
                {START: 34000},
                {"statut": statut, "reference": [read_in("proposition", "« 34 000 € »")]},
            ),
            (
                "mission/crise",
                {START: 51000},
                {"statut": "deduit", "reference": [read_in("document", "34 000 × 1,5 = 51 000")]},
            ),
        )

    (fault,) = run("hypothese")
    assert fault.file == "parameters/mission/crise.yaml"
    assert "« hypothese » au plus, car le calcul « 34 000 × 1,5 = 51 000 » part de" in fault.message
    assert "(mission.plan, 2019-08-25)" in fault.message


def test_a_computation_from_a_quoted_number_does_not_rest_on_another_value(small_law, read_in):
    plan = {"statut": "hypothese", "reference": [read_in("proposition", "« 34 000 € »")]}
    crisis = {"statut": "deduit", "reference": [read_in("document", WORKED_OUT)]}
    assert small_law(("a/plan", {START: 34000}, plan), ("a/crise", {START: 51000}, crisis)) == []


SHAPES = {
    "no nature": ({"nature": None}, "la clé est obligatoire, elle manque"),
    "an unknown nature": ({"nature": "document_public"}, "la nature « document_public » est inconnue ; le plus proche est « document »"),
    "a day that does not exist": ({"document_date": "2019-02-30"}, "« 2019-02-30 » n'existe pas dans le calendrier"),
    "a month that does not exist": ({"document_date": "2019-13"}, "« 2019-13 » n'existe pas dans le calendrier"),
    "a French date": ({"document_date": "30/11/2023"}, "« 30/11/2023 » n'est pas une date AAAA, AAAA-MM ou AAAA-MM-JJ"),
    "a year without quotes": ({"document_date": 2023}, "« 2023 » n'est pas un texte : le mettre entre guillemets"),
    "words that are not quoted": ({"date_effet": "depuis le 25 août 2019"}, "date_effet ne cite pas le document entre « »"),
    "words that state another day": ({"date_effet": "« le 3 septembre 2022 »"}, "date_effet ne dit pas le 25\u00a0août\u00a02019 ; il dit le 3\u00a0septembre\u00a02022"),
    "words without a day": ({"date_effet": "« dès la signature »"}, "date_effet ne dit pas le 25\u00a0août\u00a02019"),
    "an unknown key": ({"document_dates": "2019"}, "la clé « document_dates » est inconnue ; le plus proche est « document_date »"),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_reference_of_a_wrong_shape_is_refused(faults, read_in, shape):
    keys, message = SHAPES[shape]
    reference = read_in("presse", PRINTED) | keys
    (said,) = faults(
        "presse", {key: value for key, value in reference.items() if value is not None}
    )
    assert message in said
