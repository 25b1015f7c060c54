"""`openfisca-cpts cohort`: what it writes and refuses."""

import re

import polars


def test_a_table_of_contracts_and_what_is_refused(command, tmp_path):
    output = tmp_path / "cohorte.csv"
    answer = command("cohort", "--output", output, "--rate", "60 %", "--seed", "2")
    assert answer.code == 0, answer.err
    assert polars.read_csv(output)["parcours_taux_atteinte"].unique().to_list() == [0.6]
    assert re.search(r"700.contrats, tirage 2", answer.out)
    for words, said in (
        ((), "Donner le tableau à écrire"),
        (("--output", output, "--rate", "2"), "« --rate 2 » : attendu, un nombre entre 0 et 1"),
        (("--output", tmp_path / "c.pdf"), "attendu, un fichier .csv"),
        (("--page", tmp_path / "p.md", "--snp", "0"), "elle n'en prend pas d'autres"),
    ):
        refusal = command("cohort", *words)
        assert refusal.code == 2, words
        assert said in " ".join(refusal.err.split()), refusal.err
