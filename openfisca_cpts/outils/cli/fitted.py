"""A table that fits the terminal without cutting a word or a number."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

GAP = "  "
"""What stands between two columns: the padding of one, and the edge of the box."""
PARTS = re.compile(r"[^ _-]+(?:[_-]+(?=[^ ]))?|[_-]+| +")
"""Where a text may go on to the next line: after a space, a hyphen or an underscore."""


@dataclasses.dataclass(frozen=True)
class Fitted:
    """A table whose columns of words are as narrow as the terminal asks, and no narrower.

    Attributes:
        headings: titles of the columns.
        rows: the cells of each row.
        numbers: ranks of the columns of numbers, which stand to the right and keep their width.
        bold: ranks of the rows that stand out.
        last: ranks of the rows that a line follows.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    bold: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Table]:
        """Lay the table out for the width of a terminal."""
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
        frame = len(GAP) * (len(self.headings) - 1)
        widths = self._widths(options.max_width - frame)
        for rank, (heading, width) in enumerate(zip(self.headings, widths, strict=True)):
            table.add_column(
                folded(heading, width),
                justify="right" if rank in self.numbers else "left",
                width=width,
                no_wrap=True,
            )
        for rank, row in enumerate(self.rows):
            cells = (Text(folded(cell, width)) for cell, width in zip(row, widths, strict=True))
            style = "bold" if rank in self.bold else None
            table.add_row(*cells, style=style, end_section=rank in self.last)
        # A narrower table would cut numbers: it is wider than the terminal, which folds its lines.
        table.width = sum(widths) + frame
        yield table

    def fits(self, width: int) -> bool:
        """Say whether a terminal is wide enough for it."""
        frame = len(GAP) * (len(self.headings) - 1)
        return sum(self._widths(width - frame)) + frame <= width

    def _widths(self, room: int) -> list[int]:
        columns = list(zip(self.headings, *self.rows, strict=True))
        full = [max(map(len, column)) for column in columns]
        least = [
            max((len(part) for cell in column for part in parts(cell)), default=0)
            if rank not in self.numbers
            else max([*map(len, column[1:]), *(len(part) for part in parts(column[0]))])
            for rank, column in enumerate(columns)
        ]
        left = room - sum(least)
        widths = list(least)
        for rank in self.numbers:
            more = max(0, min(full[rank] - least[rank], left))
            left -= more
            widths[rank] += more
        # What is left goes, one by one, to the words that take most lines.
        for _ in range(max(0, left)):
            lines = [whole / max(width, 1) for whole, width in zip(full, widths, strict=True)]
            rank = lines.index(max(lines))
            if widths[rank] >= full[rank]:
                break
            widths[rank] += 1
        return widths


def parts(text: str) -> list[str]:
    """Cut a text where it may go on to the next line; no-break spaces are no such place."""
    return PARTS.findall(text)


def folded(text: str, width: int) -> str:
    """Write a text on lines of some width.

    Args:
        text: the text, on one line.
        width: the width, in characters; a longer word stands alone on its line.

    Returns:
        The lines.
    """
    lines = [""]
    for part in parts(text):
        if len(lines[-1]) + len(part.rstrip(" ")) > width and lines[-1]:
            lines[-1] = lines[-1].rstrip(" ")
            lines.append("")
        lines[-1] += part if lines[-1] or part.strip(" ") else ""
    return "\n".join(line.rstrip(" ") for line in lines)
