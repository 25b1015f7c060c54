"""The community to explain: one row of a table, or one community of a JSON situation."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openfisca_core.errors import SituationParsingError
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.outils.simulation.columns import ID, NAME, nearest, recognise
from openfisca_cpts.outils.simulation.communities import check_communities
from openfisca_cpts.outils.simulation.engine import build
from openfisca_cpts.outils.simulation.faults import RequestError, refused
from openfisca_cpts.outils.simulation.reading import read
from openfisca_cpts.outils.simulation.scenarios import Scenario, needed_inputs

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.simulations import Simulation

SITUATION = ".json"
COMMUNITIES = "communautes"
ALWAYS = DateUnit.ETERNITY.value


@dataclasses.dataclass(frozen=True)
class Subject:
    """One community, ready to be computed.

    Attributes:
        id: its identifier.
        nom: its name, where it is given.
        simulation: a traced simulation of it alone.
        origin: takes the name of an input and a period, and says in French which column of the
            table or which key of the situation holds its value; none where nothing gives it.
    """

    id: str
    nom: str | None
    simulation: Simulation
    origin: Callable[[str, Period], str | None]


def choose(
    source: Any,
    identifier: str | None,
    scenarios: Sequence[Scenario],
    year: int,
    keep: Sequence[str],
    sheet: str | None = None,
) -> Subject:
    """Read a file and take one community of it.

    Args:
        source: path of a CSV, XLSX or Parquet table, or of a JSON situation; or a frame.
        identifier: `id` of the community; may be left out where there is only one.
        scenarios: the law in force, then the scenario to compute with, where it is another.
        year: calendar year that will be asked for.
        keep: titles of other columns of a table, which are not read.
        sheet: name of the sheet of a workbook to read, where several could be meant.

    Returns:
        The community.

    Raises:
        RequestError: the file or the community is not there, or the situation is refused.
        TableError: a fault in the table; all of them are listed.
    """
    if isinstance(source, (str, Path)) and Path(source).suffix.lower() == SITUATION:
        if sheet is not None:
            raise RequestError(f"« --sheet {sheet} » : une situation n'a pas de feuilles.")
        return _of_situation(Path(source), identifier, scenarios[-1])
    return _of_table(source, identifier, scenarios, year, keep, sheet)


def _of_table(
    source: Any,
    identifier: str | None,
    scenarios: Sequence[Scenario],
    year: int,
    keep: Sequence[str],
    sheet: str | None = None,
) -> Subject:
    systems = [scenario.system for scenario in scenarios]
    table = read(source, sheet)
    communities = check_communities(table, systems, keep, needed_inputs(scenarios[-1:]))
    ids = communities.identities[ID].to_list()
    rank = ids.index(_identifier(ids, identifier))
    titles = recognise([column.title for column in table.columns], systems, keep).inputs

    def origin(name: str, period: Period) -> str | None:
        years = (None,) if period.unit == DateUnit.ETERNITY else (period.start.year, None)
        for key in years:
            column = titles.get((name, key))
            if column is not None and table.columns[column].given[rank]:
                return f"donnée du tableau, colonne « {table.columns[column].title} »"
        return None

    one = communities.take([rank])
    name = one.identities[NAME][0]
    simulation = build(scenarios[-1].system, one, [year], trace=True)
    return Subject(ids[rank], name, simulation, origin)


def _of_situation(path: Path, identifier: str | None, scenario: Scenario) -> Subject:
    communities = _communities(path)
    chosen = _identifier(list(communities), identifier)
    given: dict[str, Any] = communities[chosen]
    try:
        simulation = SimulationBuilder().build_from_entities(
            scenario.system, {COMMUNITIES: {chosen: given}}
        )
    except SituationParsingError as error:
        raise RequestError(f"La situation « {path} » est refusée : {refused(error)}") from error
    simulation.trace = True

    def origin(name: str, period: Period) -> str | None:
        by_period = given.get(name, {})
        for key in (str(period), str(period.start.year), ALWAYS):
            if isinstance(by_period, dict) and by_period.get(key) is not None:
                return f"donnée de la situation, « {name} », {key}"
        return None

    return Subject(chosen, None, simulation, origin)


def _communities(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise RequestError(f"Le fichier « {path} » n'existe pas.") from error
    except OSError as error:
        raise RequestError(f"Le fichier « {path} » ne se lit pas ({error.strerror}).") from error
    except ValueError as error:
        raise RequestError(f"« {path} » n'est pas une situation JSON ({error}).") from error
    communities = content.get(COMMUNITIES) if isinstance(content, dict) else None
    if not isinstance(communities, dict) or not communities:
        raise RequestError(
            f"« {path} » n'est pas une situation : attendu, une table « {COMMUNITIES} » d'au moins "
            "une communauté."
        )
    return communities


def _identifier(ids: Sequence[str], identifier: str | None) -> str:
    if identifier is None:
        if len(ids) != 1:
            example = f" (par exemple « {ids[0]} »)" if ids else ""
            raise RequestError(f"Il y a {len(ids)} communautés : choisir par --id{example}.")
        return ids[0]
    if identifier not in ids:
        near = nearest(identifier, ids)
        advice = f" (le plus proche : « {near} »)" if near else ""
        raise RequestError(f"Aucune communauté n'a l'identifiant « {identifier} »{advice}.")
    return identifier
