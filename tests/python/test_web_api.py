"""The Web API, over HTTP: `openfisca serve` boots, answers, and refuses with status 400."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from openfisca_cpts import situation_examples

EXAMPLES = sorted(p.stem for p in Path(situation_examples.__file__).parent.glob("*.json"))
PATIENCE = 60


@pytest.fixture(scope="module")
def api(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("api") / "log.txt"
    command = [
        str(Path(sys.executable).with_name("openfisca")),
        "serve",
        "--country-package",
        "openfisca_cpts",
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
    ]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(PATIENCE * 10):
            if server.poll() is not None:
                pytest.fail(f"the server stopped: {log.read_text()[-2000:]}")
            try:
                urllib.request.urlopen(f"{url}/entities", timeout=5).close()
                break
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.1)
        else:
            pytest.fail(f"the server did not answer: {log.read_text()[-2000:]}")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def get(url):
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
        return json.load(answer)


def post(url, body):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_totals_of_the_published_tables(api):
    communities = {
        f"taille {rank}": {
            "population": {"2020": population},
            "plafond_financement": {"2020": None, "2023": None},
            "plafond_financement_hors_snp": {"2020": None},
            "plafond_financement_courant": {"2023": None},
            "taille": {"2020": None},
            "motif_non_calculable": {"2020": None},
        }
        for rank, population in enumerate([39_999, 40_000, 175_000, 175_001], start=1)
    }
    status, answer = post(f"{api}/calculate", {"communautes": communities})
    assert status == 200
    results = answer["communautes"].values()
    assert [r["plafond_financement"]["2020"] for r in results] == [220000, 287000, 370000, 450000]
    assert [r["plafond_financement"]["2023"] for r in results] == [287500, 379500, 487500, 580000]
    assert [r["plafond_financement_hors_snp"]["2020"] for r in results] == [
        185000,
        242000,
        315000,
        380000,
    ]
    assert [r["plafond_financement_courant"]["2023"] for r in results] == [
        237500,
        309500,
        397500,
        480000,
    ]
    assert [r["taille"]["2020"] for r in results] == [
        "taille_1",
        "taille_2",
        "taille_3",
        "taille_4",
    ]


def test_missing_population_and_time_before_the_agreement(api):
    community = {
        "plafond_financement": {"2018": None, "2023": None},
        "motif_non_calculable": {"2018": None, "2023": None},
    }
    status, answer = post(f"{api}/calculate", {"communautes": {"a": community}})
    assert status == 200
    result = answer["communautes"]["a"]
    assert result["plafond_financement"] == {"2018": 0, "2023": 0}
    assert result["motif_non_calculable"] == {
        "2018": "hors_champ_temporel",
        "2023": "population_inconnue",
    }


@pytest.mark.parametrize(
    ("name", "period", "value"),
    [
        ("population", "2024", -1),
        ("population", "2024", "abc"),
        ("population", "2024", 1e12),
        ("population", "2024", float("nan")),
        ("population", "2024", 50000.7),
        ("population", "2024", True),
        ("population", "2024", [1]),
        ("population", "year:2021-09", 1),
        ("population", "2021-09", 1),
        ("parcours_taux_atteinte", "2024", 1.2),
        ("region_ars", "ETERNITY", "atlantide"),
        ("population_inconnue", "2024", 1),
        ("date_signature_contrat", "ETERNITY", "2021-02-31"),
        ("date_signature_contrat", "ETERNITY", "2018-01-01"),
        ("acces_soins_organisation_snp", "2024", "non"),
    ],
)
@pytest.mark.parametrize("route", ["calculate", "trace"])
def test_a_bad_value_is_status_400_with_one_readable_message(api, route, name, period, value):
    situation = {
        "communautes": {
            "750000001": {name: {period: value}, "plafond_financement": {"2024": None}},
        }
    }
    status, answer = post(f"{api}/{route}", situation)
    assert status == 400
    assert name in answer["communautes"]
    assert len(json.dumps(answer)) < 1000


def test_dates_in_disorder_are_status_400(api):
    community = {
        "date_lettre_intention": {"ETERNITY": "2021-06-01"},
        "date_signature_contrat": {"ETERNITY": "2021-05-31"},
        "financement_annuel": {"2024": None},
    }
    status, answer = post(f"{api}/calculate", {"communautes": {"a": community}})
    assert status == 400
    assert "date_lettre_intention (2021-06-01) est après" in answer["communautes"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("date_lettre_intention", "date_signature_contrat"),
        ("date_signature_contrat", "date_fin_convenue"),
        ("date_signature_contrat", "date_resiliation"),
    ],
)
@pytest.mark.parametrize(
    ("variable", "period"),
    [
        ("versement_total", "2023-06"),
        ("fonctionnement_avance", "2021-06"),
        ("parcours_part_variable_versee", "2030-01"),
        ("versement_amorcage", "2021-06"),
        ("versement_annuel", "2024"),
        ("etape", "2019-01"),
    ],
)
def test_payments_of_dates_in_disorder_are_status_400(api, first, second, variable, period):
    community = {
        "population": {"2021": 50_000},
        first: {"ETERNITY": "2021-06-01"},
        second: {"ETERNITY": "2021-05-31"},
        variable: {period: None},
    }
    status, answer = post(f"{api}/calculate", {"communautes": {"750000001": community}})
    assert status == 400
    assert f"« 750000001 » : {first} (2021-06-01) est après {second}" in answer["communautes"]


def test_payments_are_answered_month_by_month(api):
    community = {
        "population": {"2021": 50_000},
        "date_signature_contrat": {"ETERNITY": "2021-09-15"},
        "versement_total": {"2021-09": None, "2021-10": None, "2022-09": None, "2026-09": None},
        "versement_annuel": {"2022": None},
    }
    status, answer = post(f"{api}/calculate", {"communautes": {"a": community}})
    assert status == 200
    result = answer["communautes"]["a"]
    assert result["versement_total"] == {
        "2021-09": 60_000,
        "2021-10": 0,
        "2022-09": 45_000,
        "2026-09": 15_000,
    }
    assert result["versement_annuel"] == {"2022": 45_000}


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"familles": {}}', b'{"communautes": {}}'])
def test_a_bad_body_is_status_400(api, body):
    status, _ = post(f"{api}/calculate", body)
    assert status == 400


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_answered(api, name):
    situation = situation_examples.lire(name)
    status, answer = post(f"{api}/calculate", situation)
    assert status == 200
    assert "null" not in json.dumps(answer)
    assert post(f"{api}/trace", situation)[0] == 200


def test_there_are_three_examples():
    assert len(EXAMPLES) >= 3


def test_a_size_serves_reference_and_statut(api):
    parameter = get(f"{api}/parameter/aci/missions/parcours/montant/taille_1")
    assert parameter["values"] == {"2019-08-25": 50000, "2022-09-03": 50000}
    assert parameter["metadata"]["statut"]["2019-08-25"] == "document_public"
    assert "50 000 €" in parameter["metadata"]["reference"]["2019-08-25"][0]["note"]
    assert parameter["metadata"]["unit"] == "currency-EUR"


def test_the_specification_shows_an_example_and_links_point_to_the_repository(api):
    specification = get(f"{api}/spec")
    example = specification["components"]["schemas"]["SituationOutput"]["example"]
    assert "null" not in json.dumps(example)
    variable = get(f"{api}/variable/plafond_financement")
    assert variable["description"] == "Plafond annuel du financement"
    assert variable["source"].startswith("https://github.com/openfisca-cpts/openfisca-cpts/blob/")
    assert "openfisca_cpts/variables/financement.py#L" in variable["source"]
    assert get(f"{api}/entities").keys() == {"cpts", "region"}
