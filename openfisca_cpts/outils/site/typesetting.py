"""How the texts of the files are set on a page: no-break spaces, days in words, paragraphs."""

from __future__ import annotations

import datetime
import inspect
import re

from markupsafe import Markup, escape

from openfisca_cpts.outils.typography import SPACE, long_day

THOUSANDS = re.compile(r"(?<![\d/.,-])\d{1,3}(?: \d{3})+(?!\d)")
BEFORE = re.compile(r" (?=[:;!?»€%])")
AFTER = re.compile(r"(?<=«) ")
UNTOUCHED = re.compile(
    r"(```.*?```|`[^`\n]*`|{{.*?}}|{%.*?%}|{#.*?#}|<[^>]*>|\]\([^)]*\))", re.DOTALL
)
STEP = 2
"""A text cut by one group holds the prose at every other rank."""
MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


def typeset(text: str) -> str:
    """Set the no-break spaces of a French text: in numbers, before signs, inside « »."""
    text = THOUSANDS.sub(lambda found: found[0].replace(" ", SPACE), text)
    return AFTER.sub(SPACE, BEFORE.sub(SPACE, text))


def typeset_markdown(source: str) -> str:
    """Set the no-break spaces of the prose of a page or of a template.

    Code, tags, the targets of links and what a template computes are left as they are.
    """
    pieces = UNTOUCHED.split(source)
    pieces[::STEP] = [typeset(piece) for piece in pieces[::STEP]]
    return "".join(pieces)


def breakable(name: str) -> Markup:
    """Let a long name of the law be cut after a dot or an underscore."""
    return Markup(re.sub(r"(\.|_(?=[a-z]))", r"\1<wbr>", str(escape(name))))


def paragraphs(text: str | None) -> Markup:
    """Set a documentation as paragraphs; its line ends are those of its file."""
    blocks = re.split(r"\n\s*\n", inspect.cleandoc(text or ""))
    return Markup("\n").join(
        Markup("<p>{}</p>").format(typeset(" ".join(block.split()))) for block in blocks if block
    )


def heading(text: str) -> Markup:
    """Set a text as the heading of a Markdown page: none of its characters is a mark."""
    return Markup(MARKDOWN.sub(r"\\\1", typeset(text)))


def interval(start: datetime.date, end: datetime.date | None) -> str:
    """Say how long a value holds: « depuis le … », « du … au … »."""
    if end is None:
        return f"depuis le {long_day(start)}"
    return f"du {long_day(start)} au {long_day(end)}"


def html(text: str) -> Markup:
    """Set a line of text: typography, and no mark of HTML left."""
    return escape(typeset(text))
