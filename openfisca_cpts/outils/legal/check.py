"""The legal check of a package, used by the command and by pytest."""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.legal import code, reform_files, tree, variables
from openfisca_cpts.outils.legal.report import Report, Tally


def check(root: Path | None = None) -> Report:
    """Check that every figure of the law has its source, and stands in one place.

    Args:
        root: folder of the package, or of a copy: `parameters/`, `units.yaml`, `variables/` and
            the other Python files. Default: the installed package.

    Returns:
        The faults, and the coverage line by line. Where `units.yaml` is refused the check stops
        there: every other file would be refused for its unit.

    Raises:
        FileNotFoundError: the folder is not that of a package.
    """
    root = (root or DOSSIER).resolve()
    for name in (tree.FOLDER, tree.UNITS, variables.FOLDER):
        if not (root / name).exists():
            raise FileNotFoundError(root / name)
    tally = Tally()
    units, faults = tree.read_units(root, tally)
    if not faults:
        figures, faults = tree.check(root, units, tally)
        faults += variables.check(root, units, tally)
        faults += code.check(root, figures, tally)
        faults += reform_files.check(root, tally)
    return Report(sorted(faults), tally.coverage())
