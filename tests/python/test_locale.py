"""The command writes the same bytes whatever the encoding of the machine.

A French Windows without the UTF-8 mode of Python is cp1252; « C » is ASCII: what is opened without
naming its encoding is garbled under the first, and fails under the second.
"""

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from openfisca_cpts.outils.cli import application

CHECKOUT = Path(__file__).parents[2]
TABLE = str(CHECKOUT / "examples" / "cpts_fictives.csv")
YEARS = ("--from", "2025", "--to", "2026")
EXPLAIN = ["explain", TABLE, "--id", "fictive-02", "--variable", "acces_soins_montant"]
EXPLAIN += ["--period", "2025"]
COMMANDS = [
    ["template", "modele.xlsx"],
    ["simulate", TABLE, *YEARS, "--reform", "part_variable_60", "--output", "resultats.csv"],
    ["simulate", TABLE, *YEARS, "--output", "resultats.xlsx", "--report", "rapport.html"],
    ["schedule", TABLE, "--id", "fictive-02"],
    ["schedule", TABLE, "--id", "fictive-02", "--format", "csv"],
    ["schedule", TABLE, "--id", "absente"],
    ["bareme", "--date", "2024-01-01"],
    ["bareme", "--date", "2024-01-01", "--format", "csv"],
    ["diff", "2019-08-25", "2022-09-03"],
    EXPLAIN,
    ["reforms"],
    ["check"],
]
PROGRAM = """
import json, sys
from openfisca_cpts.outils.cli.application import run
for words in json.loads(sys.argv[1]):
    print("==", words[0], flush=True)
    print("==", run(words), flush=True)
"""
CP1252 = "fr_FR.CP1252"


def locale_folder(folder: Path) -> str:
    """Make the cp1252 locale, which no system installs, in a folder of its own."""
    if shutil.which("localedef") is None:
        if os.environ.get("CI"):
            pytest.fail("localedef and the charmaps are missing (Debian: package « locales »)")
        pytest.skip("no localedef")
    command = ["localedef", "-i", "fr_FR", "-f", "CP1252", str(folder / CP1252)]
    done = subprocess.run(command, capture_output=True, text=True)
    if not (folder / CP1252).is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"no cp1252 locale (Debian: package « locales »): {done.stderr}")
        pytest.skip("no charmap of cp1252")
    return str(folder)


def written(folder: Path, **environment: str) -> dict[str, bytes]:
    """Run the commands in a process of their own; give what they printed and wrote."""
    folder.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(COMMANDS)],
        cwd=folder,
        env={**kept, "PYTHONCOERCECLOCALE": "0", "COLUMNS": "120", **environment},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return {**files, "stdout": done.stdout, "stderr": done.stderr}


@pytest.fixture(scope="module")
def under_utf_8(tmp_path_factory):
    return written(tmp_path_factory.mktemp("utf_8") / "sorties", PYTHONUTF8="1")


def test_the_commands_say_what_they_should(under_utf_8):
    said = under_utf_8["stdout"].decode("utf-8")
    # One community is unknown; what the check says is not the point here.
    assert said.count("== 0") >= len(COMMANDS) - 2
    assert "« amélioration de l'accès aux soins »" in said
    assert {"modele.xlsx", "resultats.csv", "resultats.xlsx", "rapport.html"} < set(under_utf_8)


@pytest.mark.parametrize("locale", [CP1252, "C"])
def test_the_bytes_are_the_same_as_under_utf_8(tmp_path, under_utf_8, locale):
    environment = {"LC_ALL": locale, "PYTHONUTF8": "0"}
    if locale == CP1252 and os.name != "nt":
        environment["LOCPATH"] = locale_folder(tmp_path)
    found = written(tmp_path / "sorties", **environment)
    assert [name for name in under_utf_8 if found.get(name) != under_utf_8[name]] == []
    assert set(found) == set(under_utf_8)


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


def test_a_terminal_of_windows_shows_what_it_can(monkeypatch):
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    shown = io.BytesIO()
    monkeypatch.setattr("sys.stdout", Terminal(shown, encoding="cp1252", write_through=True))
    assert application.run(EXPLAIN) == 0
    print("→ ✓ ≈ é")
    assert sys.stdout.encoding == "cp1252"
    assert shown.getvalue().decode("cp1252").rstrip().endswith("? ? ? é")
