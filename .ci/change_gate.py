"""Requires a changelog entry and a version step when parameters, variables or entities change.

The base is a snapshot of the last release, which stands in the repository: a fresh or shallow clone
without tags compares with the same thing as any other. `--store` (or `make release`) writes it.
"""

from __future__ import annotations

import argparse
import enum
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from law_snapshot import snapshot

SNAPSHOT = Path(".ci") / "last_release.json"
PLAIN_VERSION = re.compile(r"\d+\.\d+\.\d+")
CHANGELOG_LINES = ("Periods concerned:", "Areas:", "Details:")
BREAKING = ("type", "period", "entity", "unit", "given")


class Step(enum.IntEnum):
    """The steps of a version, from the smallest."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


Change = tuple[Step, str]
Version = tuple[int, ...]


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Compare two snapshots.

    Args:
        before: the last release.
        after: the checkout.

    Returns:
        What changed, and the least step of the version that each change asks for.
    """
    found = [
        *_names("entity", before["entities"], after["entities"], Step.MAJOR),
        *_names("variable", before["variables"], after["variables"], None),
        *_names("parameter", before["parameters"], after["parameters"], None),
        *_names("reform", before["reforms"], after["reforms"], Step.PATCH),
        *_variable_changes(before, after),
        *_parameter_changes(before, after),
    ]
    for file in sorted({*before["shared"], *after["shared"]}):
        if before["shared"].get(file) != after["shared"].get(file):
            found.append((Step.PATCH, f"{file}: changed"))
    return found


def _names(
    kind: str, before: dict[str, Any], after: dict[str, Any], changed: Step | None
) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        if name not in after:
            yield Step.MAJOR, f"{kind} {name}: removed or renamed"
        elif name not in before:
            yield Step.MINOR, f"{kind} {name}: added"
        elif changed is not None and before[name] != after[name]:
            yield changed, f"{kind} {name}: changed"


def _variable_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for name in sorted(before["variables"].keys() & after["variables"].keys()):
        old, new = before["variables"][name], after["variables"][name]
        for key in BREAKING:
            if old[key] != new[key]:
                yield Step.MAJOR, f"variable {name}: {key} {old[key]} became {new[key]}"
        if set(old.get("keys", ())) - set(new.get("keys", ())):
            yield Step.MAJOR, f"variable {name}: a key was removed or renamed"
        elif old.get("keys") != new.get("keys"):
            yield Step.MINOR, f"variable {name}: keys changed"
        if old["default"] != new["default"]:
            yield Step.PATCH, f"variable {name}: default {old['default']} became {new['default']}"
        if before["formulas"].get(name) != after["formulas"].get(name):
            yield Step.PATCH, f"variable {name}: formula or text changed"


def _parameter_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for name in sorted(before["parameters"].keys() & after["parameters"].keys()):
        old, new = before["parameters"][name], after["parameters"][name]
        if before["units"][name] != after["units"][name]:
            yield Step.MAJOR, f"parameter {name}: the unit changed"
        if len(new) > len(old):
            yield Step.MINOR, f"parameter {name}: a date of value was added"
        elif new != old:
            yield Step.PATCH, f"parameter {name}: a value or a date changed"
        if before["texts"][name] != after["texts"][name]:
            yield Step.PATCH, f"parameter {name}: text, source or statut changed"


def parse(version: str) -> Version:
    """Read a plain version, such as `1.2.3`."""
    if not PLAIN_VERSION.fullmatch(version):
        raise SystemExit(f"The version « {version} » is not three plain numbers.")
    return tuple(int(part) for part in version.split("."))


def step(before: Version, after: Version) -> Step:
    """Give the step between two versions; none where the second is not above the first."""
    if after <= before:
        return Step.NONE
    if after[0] > before[0]:
        return Step.MAJOR
    return Step.MINOR if after[1] > before[1] else Step.PATCH


def faults(root: Path, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Say what a checkout lacks to land.

    Args:
        root: folder of the checkout, for its changelog and its tags.
        before: the snapshot of the last release.
        after: the snapshot of the checkout.

    Returns:
        The faults; none where the change may land.
    """
    old, new = parse(before["version"]), parse(after["version"])
    found = []
    tag = last_tag(root)
    if tag is not None and tag > old:
        released = ".".join(map(str, tag))
        found.append(f"{released} is tagged, and {SNAPSHOT} is of {before['version']}")
    if new < old:
        found.append(f"{after['version']} is below {before['version']}, the last release")
    changed = changes(before, after)
    needed = max((each for each, _ in changed), default=Step.NONE)
    made = step(old, new)
    if made < needed:
        reasons = "\n".join(f"  {each.name.lower()}: {text}" for each, text in changed)
        found.append(
            f"{before['version']} to {after['version']} is not a {needed.name.lower()} step, which "
            f"these changes since the last release ask for:\n{reasons}"
        )
    if made:
        found += _changelog_faults(root, after["version"])
    return found


def _changelog_faults(root: Path, version: str) -> list[str]:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    titles = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    if not titles or titles[0].strip() != version:
        first = titles[0] if titles else "nothing"
        return [f"the first entry of CHANGELOG.md is of {first}, and the version is {version}"]
    entry = re.split(r"^## .+$", text, flags=re.MULTILINE)[1]
    return [
        f"the entry {version} of CHANGELOG.md lacks « {line} »"
        for line in CHANGELOG_LINES
        if line not in entry
    ]


def last_tag(root: Path) -> Version | None:
    """Give the highest version that git knows as a tag; none without git or without tags."""
    try:
        said = subprocess.run(
            ["git", "-C", str(root), "tag", "--list"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return max((parse(tag) for tag in said.split() if PLAIN_VERSION.fullmatch(tag)), default=None)


def main() -> int:
    """Compare a checkout with its last release, or store it as the last release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    parser.add_argument("--store", action="store_true", help="store this version as released")
    words = parser.parse_args()
    stored = words.root / SNAPSHOT
    after = snapshot(words.root)
    before = json.loads(stored.read_text(encoding="utf-8")) if stored.is_file() else None
    if before is None and not words.store:
        print(f"{stored} is missing: store the last release with --store")
        return 1
    found = [] if before is None else faults(words.root, before, after)
    if words.store and before is not None and before["version"] == after["version"]:
        found.append(f"{after['version']} is already stored: step the version first")
    for fault in found:
        print(fault)
    if found:
        return 1
    if words.store:
        text = json.dumps(after, ensure_ascii=False, indent=1)
        stored.write_text(f"{text}\n", encoding="utf-8")
        print(f"Stored {stored}. Commit it, then tag: git tag {after['version']}")
        return 0
    assert before is not None  # without a snapshot, only --store goes this far
    count = len(changes(before, after))
    print(
        f"{before['version']} to {after['version']}: {count} changes since the last release, said."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
