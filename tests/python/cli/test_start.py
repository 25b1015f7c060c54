"""How the command starts: what it loads, how it is asked for help, what a pipe does to it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from openfisca_cpts.outils.cli.application import COMMANDS, PROGRAM, application
from openfisca_cpts.outils.cli.messages import RENAMED

# ruff: noqa: E501 (tables of cases are read across)

ROOT = Path(__file__).parents[3]
HEAVY = {"openfisca_core", "numpy", "polars", "altair", "xlsxwriter", "fastexcel"}
EXPLAINED = (
    *("explain", str(ROOT / "examples/cpts_fictives.csv"), "--id", "fictive-02"),
    *("--variable", "versement_annuel", "--period", "2024"),
)
START = "from openfisca_cpts.outils.cli.application import run; import sys; run(sys.argv[1:])"


def loaded(*words):
    """Give the libraries that a fresh process has loaded once the command is done."""
    code = f"{START}; print(*sys.modules, file=sys.stderr)"
    call = [sys.executable, "-c", code, *words]
    done = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, check=True)
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("words", [("--help",), ("template", "--help"), ()])
def test_a_help_page_waits_for_no_library(words):
    assert not HEAVY & loaded(*words)


def test_a_page_of_the_law_waits_for_no_table():
    assert not {"polars", "altair", "xlsxwriter", "fastexcel"} & loaded("bareme")


def test_the_first_line_of_each_command_is_its_own():
    program = typer.main.get_command(application)
    for name, late in program.commands.items():
        command = late.load()
        assert (command.help or "").split("\n\n")[0].strip() == COMMANDS[name]
        assert command.name == name


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_has_a_short_name(name, command):
    words = [] if name is None else [name]
    assert command(*words, "-h").out == command(*words, "--help").out


@pytest.mark.parametrize(
    "words",
    [("bareme", "--sources"), ("schedule", "examples/cpts_fictives.csv", "--id", "fictive-02")],
)
def test_who_stops_reading_is_no_error(words):
    call = [sys.executable, "-c", START.replace("run(", "sys.exit(run(") + ")", *words]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment
    ) as process:
        process.stdout.close()
        complaint = process.stderr.read()
    assert (process.returncode, complaint) == (0, b"")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("openfisca-cpts sim", {"simulate"}),
        ("openfisca-cpts bareme --reform part_variable_", {"part_variable_60", "part_variable_par_etapes"}),
        ("openfisca-cpts explain --de", {"--depth"}),
    ],
)  # fmt: skip
def test_the_shell_completes(typed, expected):
    environment = {
        **os.environ,
        "_OPENFISCA_CPTS_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split()) - 1),
    }
    call = [sys.executable, "-c", START, PROGRAM]
    done = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, env=environment)
    assert set(done.stdout.split()) == expected


@pytest.mark.parametrize(
    ("old", "words"),
    [
        ("--non-modelise", ("check", "--non-modelise")),
        ("--profondeur", (*EXPLAINED, "--profondeur", "1")),
        ("--profondeur", (*EXPLAINED, "--profondeur=1")),
    ],
)
def test_an_old_name_is_taken_with_a_note(old, words, command):
    done = command(*words)
    new = [word.replace(old, RENAMED[old]) for word in words]
    assert (done.code, done.out) == (0, command(*new).out)
    assert (
        done.err == f"L'option « {old} » s'appelle « {RENAMED[old]} » ; l'ancien nom disparaîtra.\n"
    )
