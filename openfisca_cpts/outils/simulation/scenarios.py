"""What a user names, made into scenarios: the law in force, and each reform of it."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openfisca_core.parameters import Parameter
from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_cpts import CountryTaxBenefitSystem, reforms
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.outils.simulation.named_reforms import (
    PLUS,
    parts_of,
    path_of,
    read_file,
    reform_of,
)
from openfisca_cpts.reforms import Equilibre, composition
from openfisca_cpts.reforms.modifications import trouver
from openfisca_cpts.reforms.reforme import sans_coefficient

BASELINE = "droit_en_vigueur"
"""Name of the scenario of the law in force."""
BASELINE_TITLE = "Droit en vigueur"
SETTINGS = "reglages"
"""Name of the scenario of the settings of a command, and what they add to that of a reform."""


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
        computed = {rule.coefficient: reform for reform, rule in self.unbalanced()}
        for leaf in leaves:
            if leaf.name in computed:
                name = _name(computed[leaf.name])
                raise RequestError(
                    f"« {leaf.name} » ne se règle pas : il se calcule sur toutes les communautés. "
                    f"Pour le donner : --reform {name}=0,9 par exemple."
                )
        return leaves

    def unbalanced(self) -> list[tuple[type[Reform], Equilibre]]:
        """Give the reforms whose coefficient is still to be found, each with its rule."""
        rules = [(reform, rule_of(reform)) for reform in self.reforms]
        return [(reform, rule) for reform, rule in rules if rule is not None]

    def refuse_unbalanced(self) -> None:
        """Refuse what has no amounts outside a table of communities.

        Raises:
            RequestError: the coefficient of a reform is neither found nor given.
        """
        for reform, _ in self.unbalanced():
            raise RequestError(sans_coefficient(reform))

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

    def under(self, convention: type[Reform], law: TaxBenefitSystem) -> Scenario:
        """Apply the same reforms to the law, of which a convention is chosen otherwise.

        Args:
            convention: one of `reforms.VARIANTES`. Its figures come first; its formulas, where its
                rank puts them, so that it reaches what the reforms add.
            law: the law in force.

        Returns:
            The scenario, of the same name.

        Raises:
            RequestError: one of the reforms is refused there.
        """
        for reform in composition.ordonner([convention, *self.reforms]):
            law = _apply(reform, law)
        return dataclasses.replace(self, system=law)


def resolve(reformes: Any = (), settings: Sequence[str] = ()) -> list[Scenario]:
    """Make scenarios of what a user names.

    Args:
        reformes: one of the following, or for each scenario one of them: the name of a shipped
            reform, or the path of a file (.yaml, .yml, .json) or of a folder laid out as the
            shipped ones (`reforms.dossier`), or several of these joined by « + » and applied in
            the order of `reforms.composition`; a path; a table `{path: {date: value}}`; a table
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
    parts = [parts_of(item) for item in items]
    told = _told_apart(path for part in itertools.chain(*parts) if (path := path_of(part)))
    named = [
        _scenario(law, item, own, rank, told)
        for rank, (item, own) in enumerate(zip(items, parts, strict=True), start=1)
    ]
    if settings:
        named = _with_settings(named, settings) if named else [_settings_alone(law, settings)]
    (name, count), *_ = Counter(scenario.name for scenario in (law, *named)).most_common(1)
    if count > 1:
        raise RequestError(f"Deux scénarios portent le même nom, « {name} ».")
    return [law, *_titled_apart(named)]


def needed_inputs(scenarios: Iterable[Scenario]) -> dict[str, str]:
    """Give the inputs that reforms cannot do without, by their name, with who needs each."""
    return {
        name: f"la réforme « {_name(reform)} »"
        for scenario in scenarios
        for reform in scenario.reforms
        for name in getattr(reform, "donnees", ())
    }


def _scenario(
    law: Scenario, item: Any, parts: Sequence[Any], rank: int, told: Mapping[Path, str]
) -> Scenario:
    """Apply the reforms that one item names, in the order that they need."""
    formulas = {at: reform_of(part, rank) for at, part in enumerate(parts) if path_of(part) is None}
    _refuse_twice(item, formulas.values())
    scenario = law
    for reform in composition.ordonner(formulas.values()):
        if composition.rang(reform) is not composition.Rang.CHIFFRES:
            scenario = scenario.with_reform(reform)
    # A file may set the figures that another reform brings: it is read once they are there.
    files = {at: path for at, part in enumerate(parts) if (path := path_of(part)) is not None}
    read = {at: read_file(path, scenario.system, told[path]) for at, path in files.items()}
    named = [reform for _, reform in sorted((formulas | read).items())]
    _refuse_twice(item, named)
    figures = [reform for reform in named if composition.rang(reform) is composition.Rang.CHIFFRES]
    try:
        figures = composition.ordonner_chiffres(figures, scenario.system.parameters)
    except reforms.ReformeRefusee as error:
        raise RequestError(str(error)) from error
    for reform in figures:
        scenario = scenario.with_reform(reform)
    return dataclasses.replace(
        scenario,
        name=PLUS.join(map(_name, named)),
        title=f" {PLUS} ".join(map(_title, scenario.reforms)),
        files=tuple(files.values()),
    )


def _refuse_twice(item: Any, named: Iterable[type[Reform]]) -> None:
    for name, count in Counter(map(_name, named)).items():
        if count > 1:
            raise RequestError(f"« {item} » applique deux fois la réforme « {name} ».")


def _told_apart(paths: Iterable[Path]) -> dict[Path, str]:
    """Give the end of each path that tells it from the others of the same name."""
    whole = {path: path.resolve() for path in paths}
    told = {}
    for path, own in whole.items():
        others = [other for other in whole.values() if other != own]
        for size in range(1, len(own.parts)):
            end = own.parts[-size:]
            if all(other.parts[-size:] != end for other in others):
                break
        told[path] = "/".join(end)
    return told


def _titled_apart(scenarios: Sequence[Scenario]) -> Iterator[Scenario]:
    """Add its name to a title that several scenarios have."""
    counts = Counter(scenario.title for scenario in scenarios)
    for scenario in scenarios:
        shared = counts[scenario.title] > 1 or scenario.title == BASELINE_TITLE
        title = f"{scenario.title} ({scenario.name})" if shared else scenario.title
        yield dataclasses.replace(scenario, title=title)


def rule_of(reform: type[Reform]) -> Equilibre | None:
    """Give the rule of the coefficient of a reform, where one is still to be found."""
    return reform.a_equilibrer() if issubclass(reform, reforms.Reforme) else None


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
