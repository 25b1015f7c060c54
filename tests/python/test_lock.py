"""`requirements.lock`: the versions with which a run record gives the same bytes elsewhere."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def pinned():
    """Give the versions of each package: several where they depend on the version of Python."""
    found = {}
    for line in LOCK.splitlines():
        each = Requirement(line)
        (bound,) = each.specifier
        assert bound.operator == "==", line
        found.setdefault(canonicalize_name(each.name), []).append(bound.version)
    return found


def test_every_dependency_of_the_command_is_pinned_within_its_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = pinned()
    for text in (*project["dependencies"], *project["optional-dependencies"]["outils"]):
        each = Requirement(text)
        versions = locked.get(canonicalize_name(each.name), [])
        assert versions, f"{each.name} is not pinned: make lock"
        assert all(version in each.specifier for version in versions), text


def test_it_names_no_registry_and_no_place_of_a_machine():
    assert not re.search(r"://|file:|--index|^/|^-", LOCK, re.MULTILINE)
