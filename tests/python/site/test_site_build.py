"""The same files give the same site, byte for byte, wherever and whenever it is built."""

import filecmp
import re
from pathlib import Path

from openfisca_cpts.outils.site.build import build

ROOT = Path(__file__).parents[3]


def _files(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_two_builds_are_the_same(site, tmp_path):
    again = tmp_path / "elsewhere" / "site"
    count = build(ROOT, again)
    names = _files(site)
    assert names == _files(again)
    _, different, unreadable = filecmp.cmpfiles(site, again, names, shallow=False)
    assert (different, unreadable) == ([], [])
    assert count == len([name for name in names if name.endswith(".html")])


def test_no_page_names_the_machine(site):
    for path in site.rglob("*.html"):
        text = path.read_text()
        assert str(ROOT) not in text
        assert not re.search(r"/(?:home|tmp|root)/", text), path


def test_the_site_is_not_tracked():
    assert "/site/" in (ROOT / ".gitignore").read_text().splitlines()
