"""The charts of a report as files of their own, for a note."""

import re
from pathlib import Path

from openfisca_cpts.outils.cli.application import run

FICTIONAL = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
YEARS = ("--from", "2025", "--to", "2026", "--reform", "part_variable_60")
PNG = b"\x89PNG\r\n"


def draw(folder, *words):
    return run(["simulate", str(FICTIONAL), *YEARS, *words, "--charts", str(folder)])


def test_every_chart_is_a_drawing_with_its_title_its_legend_and_french_numbers(tmp_path, capsys):
    folder = tmp_path / "graphiques"
    report = tmp_path / "r.html"
    assert draw(folder, "--report", str(report)) == 0
    drawings = sorted(folder.glob("*.svg"))
    page = report.read_text(encoding="utf-8")
    assert len(drawings) == page.count('data-graphique="')
    assert [file.stem for file in drawings] == [file.stem for file in sorted(folder.glob("*.png"))]
    assert f"Écrit : {2 * len(drawings)}" in capsys.readouterr().out
    first = drawings[0].read_text(encoding="utf-8")
    assert "total par année" in first
    for title in ("Droit en vigueur", "Part variable des missions portée"):
        assert title in first
    assert re.search(r">[0-9,]+\s?(k|M)€<", first)
    assert not re.search(r"https?://(?!www\.w3\.org)", first)
    assert all(file.read_bytes().startswith(PNG) for file in folder.glob("*.png"))


def test_the_same_study_gives_the_same_drawings(tmp_path):
    for name in ("a", "b"):
        assert draw(tmp_path / name) == 0
    for file in (tmp_path / "a").iterdir():
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_a_folder_that_cannot_be_is_refused_and_nothing_is_written(tmp_path, capsys):
    wrong = tmp_path / "fichier"
    wrong.write_text("", encoding="utf-8")
    assert draw(wrong) == 2
    assert "n'est pas un dossier" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [wrong]
