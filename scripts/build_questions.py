"""Make `docs/questions.md`: the questions of an analyst, answered by running the commands.

Usage: `python scripts/build_questions.py`, from the root of the project. What the commands write
goes to a folder that is removed.
"""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
LIST, PAGE = ROOT / "docs" / "questions.yaml", ROOT / "docs" / "questions.md"
WIDTH = "100"
HEAD = """# Questions, et les commandes qui y répondent

Cette page est faite par `scripts/build_questions.py`, qui exécute chaque commande et en montre le
début ; un test la refait. Les commandes se lancent depuis la racine du projet ; ce qu'elles
écrivent va dans `sorties/`.
"""
CUT = "…"


def page() -> str:
    """Run every command and write the page."""
    parts = [HEAD]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")
        questions = yaml.safe_load(LIST.read_text(encoding="utf-8"))
        for rank, asked in enumerate(questions, start=1):
            parts.append(f"## {rank}. {asked['question']}\n\n{asked['reponse']}\n")
            for each in asked["commandes"]:
                shown = cut(run(each["commande"], folder), each)
                parts.append(f"```console\n$ {each['commande']}\n{shown}\n```\n")
    return "\n".join(parts)


def run(command: str, folder: Path) -> str:
    """Run a command in a folder, and give what it shows."""
    program, *words = shlex.split(command)
    beside = Path(sys.executable).with_name(program)
    done = subprocess.run(
        [beside, *words],
        cwd=folder,
        env=os.environ | {"COLUMNS": WIDTH, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command}: {done.returncode}\n{done.stderr}")
    return done.stdout


def cut(shown: str, asked: dict) -> str:
    """Keep the lines that a reader is shown: from some words on, no more than some."""
    lines = [line.rstrip() for line in shown.splitlines()]
    if "apres" in asked:
        plain = [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
        first = next((rank for rank, line in enumerate(plain) if asked["apres"] in line), None)
        if first is None:
            raise SystemExit(f"« {asked['apres']} » : {asked['commande']}\n{shown}")
        lines = [CUT, *lines[first:]]
    most = asked.get("lignes", len(lines))
    return "\n".join([*lines[:most], *([CUT] if len(lines) > most else [])])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
