"""What a user names, made into scenarios: the law in force, and each reform of it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openfisca_core.parameters import Parameter
from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_cpts import CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.simulation.columns import nearest
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.reforms.modifications import trouver

BASELINE = "droit_en_vigueur"
"""Name of the scenario of the law in force."""
BASELINE_TITLE = "Droit en vigueur"
SETTINGS = "reglages"
"""Name of the scenario of the settings of a command, and what they add to that of a reform."""
PLUS = "+"
FILES = (".yaml", ".yml", ".json")


@dataclasses.dataclass(frozen=True)
class Scenario:
    """The law, or the law with reforms.

    Attributes:
        name: its key in the column `scenario` of a result.
        title: one line of French.
        system: the law it stands for.
        reforms: the classes that were applied to the law in force, in their order.
        files: the files that some of them were read from.
    """

    name: str
    title: str
    system: TaxBenefitSystem
    reforms: tuple[type[Reform], ...] = ()
    files: tuple[Path, ...] = ()

    def figures(self, path: str) -> list[Parameter]:
        """Find the figures that a path names, to change them.

        Args:
            path: dotted path, where `*` stands for any one segment.

        Returns:
            The parameters.

        Raises:
            RequestError: there is none; or one is a coefficient, which the whole table gives and
                would take the place of what is chosen.
        """
        leaves, faults = trouver(self.system.parameters, path)
        if faults:
            raise RequestError("\n".join(map(str, faults)))
        rules = [getattr(reform, "equilibre", None) for reform in self.reforms]
        computed = {rule.coefficient for rule in rules if rule is not None}
        for leaf in leaves:
            if leaf.name in computed:
                raise RequestError(
                    f"« {leaf.name} » ne se règle pas : il se calcule sur toutes les communautés."
                )
        return leaves

    def with_reform(self, reform: type[Reform], name: str = "", title: str = "") -> Scenario:
        """Apply one more reform.

        Args:
            reform: the class.
            name: name of the new scenario; the same if none is given.
            title: its title; the same if none is given.

        Returns:
            The new scenario.

        Raises:
            RequestError: the reform is refused.
        """
        return dataclasses.replace(
            self,
            name=name or self.name,
            title=title or self.title,
            system=_apply(reform, self.system),
            reforms=(*self.reforms, reform),
        )

    def on(self, system: TaxBenefitSystem) -> Scenario:
        """Apply the same reforms to another law.

        Args:
            system: the law.

        Returns:
            The scenario, of the same name.

        Raises:
            RequestError: one of its reforms is refused there.
        """
        for reform in self.reforms:
            system = _apply(reform, system)
        return dataclasses.replace(self, system=system)


def resolve(reformes: Any = (), settings: Sequence[str] = ()) -> list[Scenario]:
    """Make scenarios of what a user names.

    Args:
        reformes: one of the following, or for each scenario one of them: the name of a shipped
            reform, or the path of a file (.yaml, .yml, .json), or several of these joined by
            « + » and applied in their order; a path; a table `{path: {date: value}}`; a table
            with the keys of a declaration; a class of reform.
        settings: `path=value@date`, as `reforms.reglages` takes them. Alone, they are a scenario;
            with reforms, they change each of them that has the path.

    Returns:
        The law in force, then the scenarios in their order.

    Raises:
        RequestError: a reform or a setting that is unknown or refused; two scenarios of one name.
    """
    law = Scenario(BASELINE, BASELINE_TITLE, CountryTaxBenefitSystem())
    # One alone may be given as it is: a text, or a table, must not be read letter by letter.
    items = [reformes] if isinstance(reformes, (str, Path, Mapping, type)) else list(reformes)
    named = [_scenario(law, item, rank) for rank, item in enumerate(items, start=1)]
    if settings:
        named = _with_settings(named, settings) if named else [_settings_alone(law, settings)]
    (name, count), *_ = Counter(scenario.name for scenario in (law, *named)).most_common(1)
    if count > 1:
        raise RequestError(f"Deux scénarios portent le même nom, « {name} ».")
    return [law, *named]


def needed_inputs(scenarios: Iterable[Scenario]) -> dict[str, str]:
    """Give the inputs that reforms cannot do without, by their name, with who needs each."""
    return {
        name: f"la réforme « {_name(reform)} »"
        for scenario in scenarios
        for reform in scenario.reforms
        for name in getattr(reform, "donnees", ())
    }


def _scenario(law: Scenario, item: Any, rank: int) -> Scenario:
    """Apply one after the other the reforms that one item names."""
    scenario = law
    for part in _parts(item):
        reform, file = _reform(part, rank, scenario.system)
        first = not scenario.reforms
        if any(_name(reform) == _name(other) for other in scenario.reforms):
            raise RequestError(f"« {item} » applique deux fois la réforme « {_name(reform)} ».")
        scenario = scenario.with_reform(
            reform,
            _name(reform) if first else f"{scenario.name}{PLUS}{_name(reform)}",
            _title(reform) if first else f"{scenario.title} {PLUS} {_title(reform)}",
        )
        if file is not None:
            scenario = dataclasses.replace(scenario, files=(*scenario.files, file))
    return scenario


def _parts(item: Any) -> list[Any]:
    """Cut a text at each « + », unless it is the path of a file that has one."""
    if not isinstance(item, str) or (item.lower().endswith(FILES) and Path(item).is_file()):
        return [item]
    parts = [part.strip() for part in item.split(PLUS)]
    if not all(parts):
        raise RequestError(f"« {item} » : un nom de réforme est attendu de chaque côté de « + ».")
    return parts


def _reform(part: Any, rank: int, system: TaxBenefitSystem) -> tuple[type[Reform], Path | None]:
    """Give one reform, and the file that it was read from."""
    if isinstance(part, Path) or (isinstance(part, str) and part.lower().endswith(FILES)):
        return _read(Path(part), system), Path(part)
    if isinstance(part, str):
        return _shipped(part), None
    if isinstance(part, Mapping):
        try:
            if "parametres" in part:
                return reforms.declarer(dict(part)), None
            return reforms.depuis_json(f"reforme_{rank}", dict(part)), None
        except reforms.ReformeRefusee as error:
            raise RequestError(str(error)) from error
    if isinstance(part, type) and issubclass(part, Reform):
        return part, None
    raise RequestError(
        f"« {part} » n'est pas une réforme : attendu, le nom d'une réforme livrée, un fichier "
        ".yaml ou .json, une table {chemin: {date: valeur}} ou une classe de réforme."
    )


def _read(path: Path, system: TaxBenefitSystem) -> type[Reform]:
    # The schema needs pydantic, which takes its time to load.
    from openfisca_cpts.outils.legal import reform_files

    if not path.is_file():
        raise RequestError(f"Le fichier de réforme « {path} » n'existe pas.")
    if path.suffix.lower() not in FILES:
        raise RequestError(f"« {path} » : attendu, un fichier de réforme {', '.join(FILES)}.")
    try:
        return reform_files.read(path, system.parameters)
    except reform_files.ReformFileError as error:
        raise RequestError(f"La réforme « {path} » est refusée :\n{error}") from error
    except OSError as error:
        raise RequestError(f"Le fichier « {path} » ne se lit pas ({error.strerror}).") from error


def _shipped(name: str) -> type[Reform]:
    known = (*reforms.SCENARIOS, *reforms.VARIANTES)
    if name not in known:
        near = nearest(name, known)
        advice = f" (la plus proche : « {near} »)" if near else ""
        raise RequestError(
            f"La réforme « {name} » n'existe pas{advice}. « openfisca-cpts reforms » les liste."
        )
    return reforms.trouver(name)


def _with_settings(scenarios: list[Scenario], settings: Sequence[str]) -> list[Scenario]:
    """Apply settings to each scenario that has their path."""
    reached: list[list[str]] = [[] for _ in scenarios]
    lost = []
    for path in _settings(settings).parametres:
        found = [trouver(scenario.system.parameters, path) for scenario in scenarios]
        for scenario, texts, (leaves, _) in zip(scenarios, reached, found, strict=True):
            if leaves and scenario.figures(path):
                texts += [text for text in settings if text.partition("=")[0] == path]
        if not any(leaves for leaves, _ in found):
            lost += [f"  {fault}" for fault in found[0][1]]
    if lost:
        raise RequestError("\n".join(["Des réglages ne s'appliquent à aucun scénario :", *lost]))
    return [
        scenario.with_reform(
            _settings(texts),
            f"{scenario.name}{PLUS}{SETTINGS}",
            f"{scenario.title} {PLUS} réglages {', '.join(texts)}",
        )
        if texts
        else scenario
        for scenario, texts in zip(scenarios, reached, strict=True)
    ]


def _settings_alone(law: Scenario, settings: Sequence[str]) -> Scenario:
    return law.with_reform(_settings(settings), SETTINGS, f"Réglages {', '.join(settings)}")


def _settings(settings: Sequence[str]) -> type[reforms.Reforme]:
    try:
        return reforms.reglages(settings)
    except reforms.ReformeRefusee as error:
        raise RequestError(str(error)) from error


def _apply(reform: type[Reform], system: TaxBenefitSystem) -> TaxBenefitSystem:
    try:
        return reform(system)
    except reforms.ReformeRefusee as error:
        raise RequestError(str(error)) from error


def _name(reform: type[Reform]) -> str:
    return getattr(reform, "nom", "") or reform.__name__


def _title(reform: type[Reform]) -> str:
    return getattr(reform, "titre", "") or _name(reform)
