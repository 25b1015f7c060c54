"""Everything the command prints by itself is French, and options that are wrong give code 2."""

import re
import sys
from importlib.metadata import entry_points, version

import pytest
import typer

from openfisca_cpts.outils import cli
from openfisca_cpts.outils.cli import application

ENGLISH = re.compile(
    r"(?<!--)\b(?:usage|show|this|message|exit|missing|argument '|no such|invalid|error|try|"
    r"required|default|commands?:?|text|integer|path|help\.)\b(?!')",
    re.IGNORECASE,
)
"""Words of typer and rich; `--help` and « Arguments » are not among them."""


def assert_french(printed):
    assert not ENGLISH.findall(printed), printed


@pytest.mark.parametrize("words", [["--help"], ["simulate", "--help"], ["check", "--help"], []])
def test_the_help_is_in_french(command, words):
    answer = command(*words)
    assert answer.code == (0 if words else 2)
    assert "Utilisation : openfisca-cpts" in answer.out
    assert "Afficher cette aide et quitter." in answer.out
    assert answer.err == ""
    assert_french(answer.out)


def test_the_help_names_every_command_and_option(command):
    start = command("--help").out
    assert all(words in start for words in ("Commandes", "simulate", "check", "--version"))
    assert "shell" not in start.replace("pour ce shell", "")
    simulate = command("simulate", "--help").out
    for words in ("FICHIER", "--from", "--to", "ANNÉE", "--output", "--keep", "--variables"):
        assert words in simulate
    assert simulate.count("[obligatoire]") == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["simulate"], "Il manque l'argument « FICHIER »."),
        (["simulate", "t.csv"], "Il manque l'option « --from »."),
        (["simulate", "t.csv", "--from", "2024"], "Il manque l'option « --to »."),
        (["simulate", "t.csv", "--from"], "L'option « --from » attend une valeur."),
        (
            ["simulate", "--frm", "1"],
            "L'option « --frm » n'existe pas. La plus proche : « --from ».",
        ),
        (["simulate", "-z"], "L'option « -z » n'existe pas."),
        (["simulate", "t.csv", "b", "--from", "2024", "--to", "2024"], "Argument en trop : « b »."),
        (
            ["simulate", "t.csv", "--from", "deux", "--to", "2024"],
            "Valeur refusée pour l'option « --from » : « deux » n'est pas une année",
        ),
        (["simulat"], "La commande « simulat » n'existe pas. La plus proche : « simulate »."),
        (["zzz"], "La commande « zzz » n'existe pas."),
        (["--versio"], "L'option « --versio » n'existe pas. La plus proche : « --version »."),
        (["--version=2"], "L'option « --version » ne prend pas de valeur."),
    ],
)
def test_wrong_words_are_refused_in_french(command, words, said):
    answer = command(*words)
    assert answer.code == 2
    assert said in answer.err
    assert "Utilisation : openfisca-cpts" in answer.err
    assert "--help" in answer.err
    assert answer.out == ""
    assert_french(answer.err)


def test_the_installed_command_is_this_one(monkeypatch, capsys):
    (script,) = entry_points(group="console_scripts", name="openfisca-cpts")
    monkeypatch.setattr(sys, "argv", ["openfisca-cpts", "simulate"])
    assert script.load()() == 2
    assert "FICHIER" in capsys.readouterr().err


def test_the_version_names_the_package_and_the_core(command):
    answer = command("--version")
    assert answer.code == 0
    assert answer.out == (
        f"openfisca-cpts {version('openfisca-cpts')} (openfisca-core {version('openfisca-core')})\n"
    )


@pytest.mark.parametrize("absent", cli.EXTRA)
def test_without_the_extra_one_line_says_what_to_install(absent, monkeypatch, capsys):
    for module in list(sys.modules):
        if module.startswith(("openfisca_cpts.outils.", f"{absent}.")):
            monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, absent, None)
    assert cli.main() == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert 'pip install "openfisca-cpts[outils]"' in printed.err


def test_another_missing_module_is_not_taken_for_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "openfisca_cpts.outils.classeur.template", None)
    monkeypatch.setattr(sys, "argv", ["openfisca-cpts", "template", "absent/cpts.xlsx"])
    with pytest.raises(ModuleNotFoundError):
        cli.main()


def test_an_interruption_is_said_in_french(command, monkeypatch):
    def interrupted(*_, **__):
        raise typer.Abort

    monkeypatch.setattr(application, "application", interrupted)
    answer = command()
    assert (answer.code, answer.out, answer.err) == (1, "", "Interrompu.\n")


def test_another_error_is_not_taken_for_a_wrong_option(command, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(application, "application", broken)
    with pytest.raises(ZeroDivisionError):
        command()
