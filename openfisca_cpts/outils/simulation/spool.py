"""Results on their way to a file: on disk, in the order that a reader expects them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars

from openfisca_cpts.outils.simulation.faults import RequestError


class Spool:
    """A temporary folder with one file per scenario, year and batch of communities.

    Batches come community by community, a result is read year by year: the files of a year stand
    between the two, and no more than one batch is in memory.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="openfisca-cpts-")
        self._count = 0

    def write(
        self, scenario: str, years: Sequence[int], frames: Iterable[polars.DataFrame]
    ) -> polars.LazyFrame:
        """Write the results of one scenario.

        Args:
            scenario: its name.
            years: the years of the frames.
            frames: what `apply_law` yields: for each batch, one frame per year.

        Returns:
            The rows, in the order of the years then of the communities, after a column
            `scenario`. They are read from the disk each time.

        Raises:
            RequestError: the disk is full.
        """
        files: dict[int, list[Path]] = {year: [] for year in years}
        for rank, frame in enumerate(frames):
            path = Path(self._folder.name) / f"{self._count:09}.parquet"
            self._count += 1
            try:
                frame.write_parquet(path)
            except (OSError, polars.exceptions.PolarsError) as error:
                raise RequestError(
                    f"Les résultats ne tiennent pas dans le dossier temporaire « {path.parent} » "
                    f"({error}) ; la variable d'environnement TMPDIR en choisit un autre."
                ) from error
            files[years[rank % len(years)]].append(path)
        paths = [path for year in years for path in files[year]]
        return polars.scan_parquet(paths).select(
            polars.lit(scenario).alias("scenario"), polars.all()
        )

    def close(self) -> None:
        """Remove the folder; what was read from it cannot be read any more."""
        self._folder.cleanup()
