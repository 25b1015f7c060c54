"""Lines of French text, cut between words: rich would cut at a no-break space too."""

from __future__ import annotations

import re
import textwrap

from openfisca_cpts.outils.typography import SPACE

TOGETHER = re.compile(r"(?<=\d) (?=\d{3}\b)|(?<=«) | (?=[»:;?!%€])")
"""Spaces that a line is not cut at: inside a number, and beside what French holds to a word."""


def paragraph(text: str, width: int, indent: str = "", first: str | None = None) -> str:
    """Cut a text into lines.

    Args:
        text: one paragraph.
        width: columns of a line, the indent included; an address that is longer stays whole.
        indent: what the lines start with.
        first: what the first line starts with, where that is something else.

    Returns:
        The lines.
    """
    return textwrap.fill(
        TOGETHER.sub(SPACE, text),
        width=max(width, len(indent) + 1),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
