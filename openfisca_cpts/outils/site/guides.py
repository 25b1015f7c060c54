"""The texts of the checkout that the site shows as they are: how to change the law, the guides."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from openfisca_cpts.outils.site.matter import Matter
from openfisca_cpts.outils.site.pages import Page, link
from openfisca_cpts.outils.site.typesetting import typeset_markdown

SECTION = "Guides"
GUIDE = "guide.md"
JOURNAL = "guides/journal.md"
READ_ME = "LISEZMOI.md"
CHANGES = "CHANGELOG.md"
DOCS = "docs"
FOR_DEVELOPERS = ("architecture.md",)
"""Documents in English, which no lawyer needs."""
TITLE = re.compile(r"^# (?P<title>.+)$", re.MULTILINE)
IMAGE = re.compile(r"!\[(?P<text>[^\]]+)\]\((?P<target>[^)\s:]+\.svg)\)")
LINK = re.compile(r"\[(?P<text>[^\]]+)\]\((?P<target>[^)\s]+)\)")
SHOWN = {READ_ME: GUIDE, CHANGES: JOURNAL}
"""Where the site shows a text of the checkout; a link to another one loses its address."""


def pages(matter: Matter) -> Iterator[Page]:
    """Make a page of each text."""
    title = "Lire et changer la loi"
    yield Page(GUIDE, title, (SECTION, title), _text(matter, READ_ME, GUIDE, title))
    for file in sorted((matter.root / DOCS).glob("*.md")):
        if file.name in FOR_DEVELOPERS:
            continue
        path = f"guides/{file.stem}.md"
        text = _text(matter, f"{DOCS}/{file.name}", path)
        found = TITLE.search(text)
        assert found is not None, f"{file} has no title"
        yield Page(path, found["title"], (SECTION, found["title"]), text)
    title = "Journal des changements"
    yield Page(JOURNAL, title, (SECTION, title), _text(matter, CHANGES, JOURNAL, title))


def _text(matter: Matter, name: str, path: str, title: str | None = None) -> str:
    to = link(path, built=False)

    def drawn(found: re.Match[str]) -> str:
        """Put the drawing itself in the page: the site asks nothing of another file."""
        content = (matter.root / name).with_name(found["target"]).read_bytes()
        data = base64.b64encode(content).decode()
        return f'<img alt="{found["text"]}" src="data:image/svg+xml;base64,{data}">'

    def shown(found: re.Match[str]) -> str:
        target = found["target"]
        if "://" in target or target.startswith("#"):
            return found[0]
        return f"[{found['text']}]({to(SHOWN[target])})" if target in SHOWN else found["text"]

    text = typeset_markdown(LINK.sub(shown, IMAGE.sub(drawn, matter.text(name))))
    return TITLE.sub(f"# {title}", text, count=1) if title else text
