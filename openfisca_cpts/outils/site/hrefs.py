"""Checks a built site: internal links lead somewhere, nothing comes from the network."""

from __future__ import annotations

import posixpath
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
}
"""Elements that make a browser load something, and the attribute that says what."""


class _Page(HTMLParser):
    """What a page links to, what it loads, and the anchors that it holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element says."""
        known = {key: value or "" for key, value in attrs}
        if "id" in known:
            self.anchors.append(known["id"])
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        elif tag == "link" and known.get("rel") not in ("canonical", "prev", "next"):
            self.loaded.append(known.get("href", ""))
        elif tag in LOADED and LOADED[tag] in known:
            self.loaded.append(known[LOADED[tag]])


def faults(folder: Path) -> list[str]:
    """Check every page of a built site.

    Args:
        folder: the built site.

    Returns:
        What is wrong, in French, each with its page.
    """
    pages = {
        path.relative_to(folder).as_posix(): _Page(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }
    found = []
    for name, page in pages.items():
        twice = sorted({anchor for anchor in page.anchors if page.anchors.count(anchor) > 1})
        found += [f"{name} : l'ancre « {anchor} » y est deux fois" for anchor in twice]
        for link in page.links + page.loaded:
            fault = _fault(folder, pages, name, link, link in page.loaded)
            if fault:
                found.append(f"{name} : {fault}")
    return found


def _fault(folder: Path, pages: dict[str, _Page], name: str, link: str, loaded: bool) -> str | None:
    parts = urllib.parse.urlsplit(link)
    if parts.scheme or parts.netloc:
        distant = loaded and parts.scheme != "data"
        return f"« {link} » se charge par le réseau" if distant else None
    target = name
    if parts.path:
        relative = urllib.parse.unquote(parts.path)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), relative))
        if not (folder / target).is_file():
            return f"« {link} » ne mène nulle part"
    anchor = urllib.parse.unquote(parts.fragment)
    if anchor and target in pages and anchor not in pages[target].anchors:
        return f"« {link} » : il n'y a pas d'ancre « {anchor} »"
    return None
