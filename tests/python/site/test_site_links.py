"""No link of the site leads nowhere, and nothing is loaded from the network."""

import pytest

from openfisca_cpts.outils.site import build, hrefs
from openfisca_cpts.outils.site.pages import Attachment, Page

GOOD = '<h1 id="a">A</h1><a href="other.html#b">b</a><a href="https://example.org/">far</a>'


def test_the_site_holds_together(site):
    assert hrefs.faults(site) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ('<a href="nowhere.html">x</a>', "« nowhere.html » ne mène nulle part"),
        ('<a href="other.html#c">x</a>', "il n'y a pas d'ancre « c »"),
        ('<a href="#c">x</a>', "il n'y a pas d'ancre « c »"),
        ('<p id="a"></p>', "l'ancre « a » y est deux fois"),
        ('<script src="https://example.org/x.js"></script>', "se charge par le réseau"),
        ('<link rel="stylesheet" href="//example.org/x.css">', "se charge par le réseau"),
        ('<img src="http://example.org/x.png">', "se charge par le réseau"),
    ],
)
def test_a_planted_fault_is_found(tmp_path, planted, said):
    (tmp_path / "other.html").write_text('<p id="b"></p>')
    (tmp_path / "index.html").write_text(GOOD)
    assert hrefs.faults(tmp_path) == []
    (tmp_path / "index.html").write_text(GOOD + planted)
    (fault,) = hrefs.faults(tmp_path)
    assert fault.startswith("index.html : ")
    assert said in fault


@pytest.fixture
def small(monkeypatch):
    """A site of one page, whose text is given."""

    class _Matter:
        version = "0"

    def made(text):
        page = Page("index.md", "Titre", ("Titre",), text)
        monkeypatch.setattr(build, "read", lambda root: _Matter())
        monkeypatch.setattr(build, "items", lambda matter: [page, Attachment("x.csv", b"x")])

    return made


@pytest.mark.parametrize(
    ("text", "said"),
    [("[x](nowhere.md)", "nowhere.md"), ('<a href="nowhere.html">x</a>', "ne mène nulle part")],
    ids=["in Markdown", "in HTML"],
)
def test_a_broken_site_leaves_the_old_one(tmp_path, small, text, said):
    old = tmp_path / "site"
    old.mkdir()
    (old / "index.html").write_text("old")
    small(f"# Titre\n\n{text}")
    with pytest.raises(build.SiteRefusedError, match=said):
        build.build(tmp_path, old)
    assert (old / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_new_site_replaces_the_old_one_whole(tmp_path, small):
    old = tmp_path / "site"
    old.mkdir()
    (old / "stale.html").write_text("old")
    small("# Titre\n\n[x](x.csv)")
    assert build.build(tmp_path, old) == 1
    assert (old / "index.html").is_file()
    assert not (old / "stale.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
