"""The run record: what a result was computed from, so that it can be computed again.

It holds neither a day nor the path of a folder: the same files, versions and options give the same
bytes wherever they are.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openfisca_core.reforms import Reform

from openfisca_cpts.outils.simulation.cost_ranges import stored
from openfisca_cpts.outils.simulation.hypotheses_words import as_record
from openfisca_cpts.outils.simulation.study_tables import MEASURES

if TYPE_CHECKING:
    from openfisca_cpts.outils.simulation.studies import Study

PROGRAM = "openfisca-cpts"
PACKAGES = (PROGRAM, "openfisca-core", "numpy", "polars")
SUFFIX = ".execution.json"
RANGES = "conventions"
"""Key of the ranges of the totals and of the costs, in a record."""
DECLARED = ("nom", "titre", "description", "auteur", "source", "parametres", "donnees")
CODE = (".py", ".yaml")

Option = str | int | float | bool | Path | Sequence[str]


def path_beside(output: Path) -> Path:
    """Give the place of the record of a file: `resultats.xlsx` → `resultats.execution.json`."""
    return output.with_suffix(SUFFIX)


def command_line(command: str, table: Path, options: Mapping[str, Option]) -> str:
    """Write a command as a terminal takes it, files without their folders.

    Args:
        command: name of the command.
        table: the table.
        options: value of each option by its name; a list repeats it, true stands alone.

    Returns:
        The line.
    """
    words = [PROGRAM, command, table.name]
    for name, value in options.items():
        if value is True:
            words.append(name)
        else:
            for item in [value] if isinstance(value, str | int | float | Path) else value:
                words += [name, _plain(item)]
    return shlex.join(words)


def record(
    study: Study, command: str, table: Path, options: Mapping[str, Option]
) -> dict[str, Any]:
    """Describe a run.

    Args:
        study: what it computed.
        command: name of the command.
        table: the table that it read.
        options: value of each option by its name.

    Returns:
        What `write` stores, the outputs apart.
    """
    return {
        "commande": command_line(command, table, options),
        "versions": {name: version(name) for name in PACKAGES}
        | {"python": platform.python_version()},
        "options": {name: _stored(value) for name, value in options.items()},
        "entree": {"fichier": table.name}
        | ({} if study.sheet is None else {"feuille": study.sheet})
        | {"sha256": sha256(table)},
        "annees": list(study.years),
        "hypotheses": as_record(study.hypotheses),
        "scenarios": [
            {
                "nom": scenario.name,
                "titre": scenario.title,
                "reformes": [
                    {"nom": _name(reform), "sha256": content_hash(reform)}
                    for reform in scenario.reforms
                ],
            }
            for scenario in study.scenarios
        ],
        **({} if study.ranges is None else {RANGES: stored(study.ranges, MEASURES)}),
    }


def with_outputs(described: Mapping[str, Any], outputs: Mapping[str, Path]) -> dict[str, Any]:
    """Add to a record the files that a run wrote.

    Args:
        described: what `record` gave.
        outputs: where each file stands, by its name.

    Returns:
        The whole record.
    """
    written = [{"fichier": name, "sha256": sha256(path)} for name, path in outputs.items()]
    return {**described, "sorties": written}


def as_json(described: Mapping[str, Any]) -> str:
    """Write a record for a reader, in the order of its fields."""
    return json.dumps(described, ensure_ascii=False, indent=len("  ")) + "\n"


def sha256(path: Path) -> str:
    """Give the fingerprint of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def content_hash(reform: type[Reform]) -> str:
    """Give the fingerprint of what a reform is: its declaration, and the files of its folder.

    Args:
        reform: the reform.

    Returns:
        The fingerprint of its canonical JSON; line ends and key order do not count.
    """
    declared = {key: getattr(reform, key, None) for key in DECLARED}
    folder = getattr(reform, "_dossier", None)
    files = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in (sorted(folder.rglob("*")) if folder else ())
        if path.suffix in CODE
    }
    content = {"declaration": declared, "fichiers": files}
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _name(reform: type[Reform]) -> str:
    return getattr(reform, "nom", "") or reform.__name__


def _stored(value: Option) -> Any:
    if isinstance(value, str | int | float | Path):
        return _plain(value) if isinstance(value, Path) else value
    return [_plain(item) for item in value]


def _plain(item: Any) -> str:
    """Write the value of an option; of a file, its name alone."""
    return item.name if isinstance(item, Path) else str(item)
