"""`openfisca-cpts territory`: what it shows, writes and refuses."""

import json
from pathlib import Path

import polars

EXAMPLE = Path(__file__).parents[3] / "examples" / "france_epci.csv"


def plain(text):
    return " ".join(text.split())


def test_inhabitants_size_and_thresholds(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    answer = command("territory", "--communes", "25056,25388", "--year", "2024")
    assert answer.code == 0, answer.err
    said = plain(answer.out)
    assert "25056 Besançon 25 119 198" in said
    assert "Population municipale de 2024 : 144 771 habitants (recensement de 2021, en" in said
    assert "Taille 3." in said
    assert "Seuil de la taille 4, 175 000 : 30 229 habitants au-dessous (17,3 %)." in said
    assert max(map(len, answer.out.splitlines())) <= 80


def test_a_census_that_is_not_known_is_told(command):
    said = plain(command("territory", "--communes", "25056", "--year", "2020").out)
    assert "(recensement de 2016 : celui de 2017, en vigueur en 2020, n'est pas connu)" in said


def test_a_list_in_a_file_and_json(command, tmp_path):
    path = tmp_path / "liste.txt"
    path.write_text("\ufeff25056\n\n1001\n", encoding="utf-8")
    answer = command("territory", "--file", path, "--year", "2024", "--format", "json")
    found = json.loads(answer.out)
    assert found["population"] == 119_198 + 832
    assert found["recensement"] == 2021
    assert [each["code"] for each in found["communes"]] == ["25056", "01001"]
    assert "lu comme 01001" in found["remarques"][0]


def test_what_cannot_be_is_refused(command, tmp_path):
    for words, said in (
        (("--communes", "99999,Saint-Denis", "--year", "2024"), "« Saint-Denis » : 4 communes"),
        (("--communes", "25056"), "Donner l'année"),
        (("--year", "2024"), "Donner des communes"),
        (("--communes", "25056", "--year", "1800"), "L'année 1800 est demandée"),
        (("--file", tmp_path, "--year", "2024"), "ne se lit pas"),
        (("--every-epci",), "Donner le tableau à écrire"),
        (("--every-epci", "--communes", "1", "--output", tmp_path / "f.csv"), "toute la France"),
        (("--every-epci", "--output", tmp_path / "f.pdf"), "attendu, un fichier .csv"),
        (("--communes", "25056", "--year", "2024", "--output", "f.csv"), "--every-epci"),
    ):
        answer = command("territory", *words)
        assert (answer.code, answer.out) == (2, ""), words
        assert said in plain(answer.err), words
    assert not list(tmp_path.iterdir())


def test_all_of_france_is_one_command_and_the_example_is_what_it_writes(command, tmp_path):
    path = tmp_path / "france.csv"
    answer = command("territory", "--every-epci", "--output", path)
    assert answer.code == 0, answer.err
    assert "le découpage est une hypothèse" in plain(answer.out)
    assert path.read_bytes() == EXAMPLE.read_bytes()
    out = command("simulate", path, "--from", "2026", "--to", "2026", "--by", "region").out
    said = plain(out)
    for title in (
        "plafond d'une année ordinaire",
        "plafond avec crise",
        "financement en année pleine",
    ):
        assert f"Totaux détaillés : {title}" in said
    whole = [line.split() for line in out.replace("\u00a0", "").splitlines() if "ensemble" in line]
    everyone = polars.read_csv(EXAMPLE)["population_2026"].sum()
    assert [line[:4] for line in whole] == [["2026", "ensemble", "1255", str(everyone)]] * 3
    ordinary, with_crisis, _ = (float(line[4].replace(",", ".")) for line in whole)
    assert ordinary < with_crisis
