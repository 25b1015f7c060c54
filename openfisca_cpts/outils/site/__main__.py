"""Writes the site: `python -m openfisca_cpts.outils.site [folder]`, from a checkout."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from openfisca_cpts import DOSSIER
from openfisca_cpts.outils.cli import BAD_INPUT
from openfisca_cpts.outils.site.build import SiteRefusedError, build
from openfisca_cpts.outils.site.guides import CHANGES, READ_ME
from openfisca_cpts.outils.site.matter import TESTS

CHECKOUT = DOSSIER.parent
DEFAULT = "site"
EXTRA = "material"
PLACE = "index.html"
NEEDED = (TESTS, READ_ME, CHANGES)


def main(arguments: list[str]) -> int:
    """Build the site of the checkout, into `site/` or the folder that is named.

    Args:
        arguments: the words of the command: nothing, or one folder.

    Returns:
        The exit code: 0 done, 1 where a link of the site is broken, 2 where it cannot be built
        here; nothing is written then.
    """
    output = Path(arguments[0] if arguments else DEFAULT)
    reason = _reason(output)
    if reason:
        print(reason, file=sys.stderr)
        return BAD_INPUT
    try:
        count = build(CHECKOUT, output)
    except SiteRefusedError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} pages dans « {output} » : ouvrir « {output / PLACE} »")
    return 0


def _reason(output: Path) -> str | None:
    """Say why the site cannot be built, in French; none where it can."""
    if find_spec(EXTRA) is None:
        return 'Le site demande : pip install "openfisca-cpts[site]" (mkdocs-material absent).'
    if not all((CHECKOUT / name).exists() for name in NEEDED):
        return "Le site se construit depuis le dépôt, avec ses épreuves et ses textes."
    if output.exists() and not _replaceable(output):
        return f"« {output} » contient autre chose qu'un site : rien n'est effacé."
    return None


def _replaceable(output: Path) -> bool:
    """Whether what stands there is a site, or an empty folder."""
    if not output.is_dir():
        return False
    return (output / PLACE).is_file() or not any(output.iterdir())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
