"""The skeleton of a reform in a folder of one's own, with its test."""

from __future__ import annotations

from pathlib import Path

import jinja2

from openfisca_cpts.reforms.declarations import NOM

MODEL = Path(__file__).parent / "modele_de_reforme"
SUFFIX = ".jinja"


def skeleton(name: str) -> dict[Path, str]:
    """Write the files of a reform that is still to be written, and that runs as it is.

    Args:
        name: its name: lower case letters, digits and « _ ».

    Returns:
        The text of each file, by its place in the folder of the reform.

    Raises:
        ValueError: it is no name of a reform.
    """
    if not NOM.fullmatch(name):
        raise ValueError(f"« {name} » : lettres minuscules sans accent, chiffres et « _ ».")
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return {
        path.relative_to(MODEL).with_name(path.name.removesuffix(SUFFIX)): environment.from_string(
            path.read_text(encoding="utf-8")
        ).render(nom=name)
        for path in sorted(MODEL.rglob(f"*{SUFFIX}"))
    }
