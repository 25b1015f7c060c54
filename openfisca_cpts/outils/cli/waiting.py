"""The progress bar of a long run, on a terminal only."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

PATIENCE = 1.0
"""Seconds after which a run is long."""


@contextlib.contextmanager
def waiting(console: Console, what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far a run is.

    Args:
        console: where; nothing is shown if it is not a terminal.
        what: what is being done.

    Yields:
        What to tell how many rows are done, of how many; none where nothing is shown.
    """
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
        task = bar.add_task(what, total=None, visible=False)
        start = time.monotonic()

        def tell(done: int, total: int) -> None:
            late = time.monotonic() - start > PATIENCE
            bar.update(task, completed=done, total=total, visible=late)

        yield tell
