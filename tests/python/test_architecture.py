"""`docs/architecture.md` holds: every room is on its map, and no import goes through a wall."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "openfisca_cpts"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
TOOLS = "outils"
FOLDERS = "parameters|variables|missions|reforms|outils|scripts|tests"
PLACES = re.findall(rf"`((?:{FOLDERS})/[\w./]+)`", PAGE)
LEFT_OUT = {TOOLS, "situation_examples", "__pycache__", f"{TOOLS}.__pycache__"}


def table(title):
    """Give the rows of the table of a section: its first cell, and the code words of the others."""
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w.]+)` \|(.*)\|$", section, re.MULTILINE)
    return {name: set(re.findall(r"`([\w.]+)`", rest)) for name, rest in rows}


def room_of(words):
    """Give the room of a module or of a name, from the words of its path after the package."""
    if len(words) > 1 and words[0] == TOOLS and (PACKAGE / TOOLS / words[1]).is_dir():
        return f"{TOOLS}.{words[1]}"
    return words[0] if words and (PACKAGE / words[0]).is_dir() and words[0] != TOOLS else None


def imports():
    """Give each import from one room to another: the file, the room, the room it reads."""
    for file in sorted(PACKAGE.rglob("*.py")):
        here = room_of(file.relative_to(PACKAGE).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGE.name):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names if alias.name.startswith(PACKAGE.name)]
            else:
                continue
            for name in names:
                there = room_of(name.split(".")[1:])
                if here is not None and there not in (None, here, *LEFT_OUT):
                    yield str(file.relative_to(ROOT)), here, there


def rooms():
    top = {each.name for each in PACKAGE.iterdir() if each.is_dir() and any(each.rglob("*.*"))}
    tools = {f"{TOOLS}.{each.name}" for each in (PACKAGE / TOOLS).iterdir() if each.is_dir()}
    return (top | tools) - LEFT_OUT


def test_every_room_is_on_the_map():
    assert set(table("The map")) == rooms()


def test_no_import_goes_through_a_wall():
    doors = table("The doors")
    walls = [
        f"{file}: {here} reads {there}"
        for file, here, there in imports()
        if there not in doors.get(here, ())
    ]
    assert walls == []


def test_every_door_is_used():
    used = {(here, there) for _, here, there in imports()}
    said = {(here, there) for here, theres in table("The doors").items() for there in theres}
    assert said <= used


def test_no_two_files_of_the_tools_have_one_name():
    names = [
        file.name
        for file in (PACKAGE / TOOLS).rglob("*.py")
        if file.name != "__init__.py" and file.parent.name != "cli"
    ]
    assert len(names) == len(set(names)), sorted({n for n in names if names.count(n) > 1})


@pytest.mark.parametrize("place", PLACES)
def test_every_place_that_is_named_exists(place):
    assert (ROOT / place).exists() or (PACKAGE / place).exists()
