"""The points of a sweep that are done, on disk: a run that is stopped goes on where it was."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import IO, Any

from openfisca_cpts.outils.simulation.faults import RequestError

SUFFIX = ".en-cours"
"""What the name of the file ends with, beside the result."""


def path_beside(output: Path) -> Path:
    """Give the place of the points of a result: `b.parquet` → `b.parquet.en-cours`."""
    return output.with_name(output.name + SUFFIX)


class Kept:
    """A file of JSON lines: the mark of the sweep, then the rows of each point.

    To be used in a `with` block to add points.

    Args:
        path: the file; nothing is kept if none is given.
        mark: what tells the sweep from any other: the points of another one are not taken.
    """

    def __init__(self, path: Path | None, mark: str) -> None:
        self._path, self._mark = path, mark
        self._file: IO[str] | None = None

    def read(self) -> dict[int, list[dict[str, Any]]]:
        """Give the points that are done, by their rank; a line that was cut is left out."""
        if self._path is None or not self._path.is_file():
            return {}
        first, *lines = self._path.read_text(encoding="utf-8").split("\n")
        if first != json.dumps({"balayage": self._mark}):
            return {}
        done: dict[int, list[dict[str, Any]]] = {}
        for line in lines:
            with contextlib.suppress(json.JSONDecodeError):
                rank, rows = json.loads(line)
                done[rank] = rows
        return done

    def add(self, found: dict[int, list[dict[str, Any]]]) -> None:
        """Keep the rows of some points."""
        if self._file is not None:
            for rank, rows in found.items():
                self._file.write(json.dumps([rank, rows]) + "\n")
            self._file.flush()

    def remove(self) -> None:
        """Remove the file, once the result is whole."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def __enter__(self) -> Kept:
        if self._path is not None:
            done = self.read()
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("w", encoding="utf-8")
            except OSError as error:
                raise RequestError(
                    f"« {self._path} » ne s'écrit pas ({error.strerror})."
                ) from error
            self._file.write(json.dumps({"balayage": self._mark}) + "\n")
            self.add(done)
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
