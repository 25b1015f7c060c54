"""What a page is, where its links lead, and how its template is filled in."""

from __future__ import annotations

import dataclasses
import functools
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import yaml
from jinja2.ext import Extension

from openfisca_cpts.outils.loi import citation, words
from openfisca_cpts.outils.site import changes_page, typesetting
from openfisca_cpts.outils.typography import count, long_day, number, percent, signed

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
CELL = re.compile(r"(</(?:td|th|dt|dd)>|<br>)(?=\S)")
"""What ends a word on the screen: the search only sees the spaces."""


@dataclasses.dataclass(frozen=True)
class Page:
    """One page of the site.

    Attributes:
        path: where it stands, from the root of the site, ending in `.md`.
        title: its title.
        nav: titles of the sections it stands under, then its own in the navigation.
        text: Markdown; tables and blocks are HTML.
        description: one sentence, for the head of the page.
        searched: whether the search knows it.
        boost: how much the search prefers it to other pages.
        hide: parts of the screen it does without: `toc`, `navigation`.
    """

    path: str
    title: str
    nav: tuple[str, ...]
    text: str
    description: str = ""
    searched: bool = True
    boost: float = 1
    hide: tuple[str, ...] = ()

    def source(self) -> str:
        """Give the Markdown file."""
        search = {"boost": self.boost} if self.searched else {"exclude": True}
        head: dict[str, Any] = {"title": typesetting.typeset(self.title), "search": search}
        if self.description:
            head["description"] = self.description
        if self.hide:
            head["hide"] = list(self.hide)
        return f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{self.text.strip()}\n"


@dataclasses.dataclass(frozen=True)
class Attachment:
    """A file that the site serves as it is.

    Attributes:
        path: where it stands, from the root of the site.
        content: its bytes.
    """

    path: str
    content: bytes


def link(path: str, built: bool = True) -> Callable[[str], str]:
    """Make the links of one page.

    Args:
        path: where the page stands, from the root of the site.
        built: whether the links stand in HTML, which mkdocs leaves as it is; else in Markdown,
            where it checks and translates them.

    Returns:
        What turns an address from the root (`chiffres/aci.md#aci.fonctionnement`) into one that
        the page may hold.
    """

    def to(target: str) -> str:
        page, mark, anchor = target.partition("#")
        name, extension = posixpath.splitext(page)
        if built and extension == ".md":
            page = f"{name}.html"
        return posixpath.relpath(page, posixpath.dirname(path) or ".") + mark + anchor

    return to


def fill(template: str, path: str, **values: Any) -> str:
    """Fill in a template.

    Args:
        template: its name, without its ending.
        path: where the page stands, for its links.
        values: what the template names.

    Returns:
        The Markdown of the page.
    """
    text = (
        _environment()
        .get_template(f"{template}.md.jinja")
        .render(to=link(path), to_page=link(path, built=False), **values)
    )
    return CELL.sub(r"\1 ", text)


class _Typeset(Extension):
    """Sets the no-break spaces of the prose of the templates."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Set one template, before it is read."""
        return typesetting.typeset_markdown(source)


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[_Typeset],
    )
    environment.filters |= {
        "typo": typesetting.html,
        "titre": typesetting.heading,
        "paragraphes": typesetting.paragraphs,
        "jour": long_day,
        "statut": words.statut,
        "coupe": typesetting.breakable,
        "groupby_path": changes_page.by_path,
        "texts": changes_page.texts,
        "acts": changes_page.acts,
        "texte_de_droit": citation.texte,
        "nature": words.NATURES.__getitem__,
        "lecture": citation.read_as,
        "date_du_document": words.document_date,
        "groupe": number,
        "unite": functools.partial(words.unit_name, value=1),
    }
    environment.globals |= {
        "duree": typesetting.interval,
        "compte": count,
        "figure": words.figure,
        "percent": percent,
        "signe": signed,
    }
    return environment
