"""What a sweep is asked for, and what tells it from any other."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import polars

from openfisca_cpts.outils.balayage.dials import Dial
from openfisca_cpts.outils.simulation.frames import is_pandas
from openfisca_cpts.outils.simulation.named_reforms import parts_of
from openfisca_cpts.outils.simulation.record import CODE


@dataclasses.dataclass(frozen=True)
class Request:
    """What a sweep is asked for, as every process that works on it needs it.

    Attributes:
        table: path of a file, or a frame.
        years: calendar years.
        dials: what is turned.
        reforms: reforms that it is turned in, as `scenarios.resolve` takes them; one scenario.
        settings: figures that are set before.
        keep: titles of other columns of the table, which are not read.
        default_rate: rate of achievement where the table gives none.
        sheet: name of the sheet of a workbook.
    """

    table: Any
    years: tuple[int, ...]
    dials: tuple[Dial, ...]
    reforms: tuple[Any, ...] = ()
    settings: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    default_rate: float | str | None = None
    sheet: str | None = None

    @functools.cached_property
    def mark(self) -> str:
        """What tells this sweep from any other: the same words over the same bytes."""
        names = [each.name for each in dataclasses.fields(self) if each.name != "table"]
        told = {name: getattr(self, name) for name in names}
        digest = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode())
        for content in _contents((self.table, *self.reforms)):
            digest.update(content)
        return digest.hexdigest()


def _contents(items: Iterable[Any]) -> Iterator[bytes]:
    """Give what files, folders and frames hold: a sweep of other bytes is another sweep."""
    for item in items:
        if is_pandas(item):
            yield item.to_csv().encode()
        elif isinstance(item, polars.DataFrame):
            yield item.serialize()
        cut = isinstance(item, str) and not Path(item).is_file()
        for part in parts_of(item) if cut else [item]:
            path = Path(part) if isinstance(part, str | Path) else None
            if path is not None and path.is_file():
                yield path.read_bytes()
            elif path is not None and path.is_dir():
                for file in sorted(path.rglob("*.*")):
                    if file.suffix in CODE:
                        yield file.read_bytes()
