"""The scale at a date, laid out as the published tables: a line per figure, a column per size."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy
from openfisca_core.parameters import Parameter, ParameterNode
from openfisca_core.periods import DateUnit, Instant, Period
from openfisca_core.simulations import SimulationBuilder

from openfisca_cpts.missions.declaration import declarees
from openfisca_cpts.outils.legal import words
from openfisca_cpts.outils.legal.bareme_model import Bareme, Chiffre, Colonne, Ligne, Section
from openfisca_cpts.outils.legal.caution import changed_rules
from openfisca_cpts.outils.legal.citation import sources
from openfisca_cpts.outils.legal.leaves import Leaf, in_order, leaves
from openfisca_cpts.outils.typography import day, number
from openfisca_cpts.reforms.baremes import montants
from openfisca_cpts.reforms.modifications import STATUT

if TYPE_CHECKING:
    from openfisca_core.simulations import Simulation
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

LAW = "Droit en vigueur"
SIZE = "taille"
PEOPLE = "inhabitant"
TOTALS = ("plafond_financement_hors_snp", "plafond_financement", "plafond_financement_courant")
CHECKED = "last_value_still_valid_on"


class DateRefusedError(ValueError):
    """A day on which there is no scale; the message is French."""


def bareme(
    system: TaxBenefitSystem,
    date: datetime.date | None = None,
    titre: str = LAW,
    law: TaxBenefitSystem | None = None,
) -> Bareme:
    """Give the scale in force on a day.

    Args:
        system: the law, or a reform of it.
        date: the day; that of the latest check of the law if none is given.
        titre: what the scale is called.
        law: the law that a reform changes, to say which rules it changes too.

    Returns:
        The scale. Amounts by size are the parameters; parts and totals are what the variables
        give for one community of each size, whose population the thresholds tell.

    Raises:
        DateRefusedError: the day is before the agreement.
    """
    date = date or last_check(system)
    starts = min(leaf.dates[0] for leaf in leaves(system.parameters.aci))
    if date < starts:
        raise DateRefusedError(
            f"Il n'y a pas de barème le {day(date)} : l'accord s'applique à partir du "
            f"{day(starts)}."
        )
    scale = _Scale(system, date)
    tables, singles = scale.read()
    totals = [scale.computed(name) for name in TOTALS]
    return Bareme(
        date=date,
        scenario=titre,
        colonnes=scale.columns,
        sections=[*tables, Section(titre="Totaux", lignes=totals)],
        autres=singles,
        remarques=[_people(scale.columns), *changed_rules(law or system, system)],
    )


def last_check(system: TaxBenefitSystem) -> datetime.date:
    """Give the latest day on which someone checked a figure of the law."""
    return max(
        datetime.date.fromisoformat(str(leaf.parameter.metadata[CHECKED]))
        for leaf in leaves(system.parameters)
        if CHECKED in leaf.parameter.metadata
    )


class _Scale:
    """One law on one day, and one community of each size to compute what it computes.

    Args:
        system: the law.
        date: the day.
    """

    def __init__(self, system: TaxBenefitSystem, date: datetime.date) -> None:
        self.system = system
        self.date = date
        self._window = Period((DateUnit.YEAR, Instant((date.year, date.month, date.day)), 1))
        self.columns = self._sizes()
        self._shares = {
            f"{mission.noeud}.{part.quotite}": mission
            for mission in declarees(system)
            for part in mission.parts
            if part.quotite is not None
        }
        smallest = [column.population_du_calcul for column in self.columns]
        self._simulation = self._simulate(numpy.array(smallest))

    def computed(self, name: str) -> Ligne:
        """Give the line of a yearly variable."""
        variable = self.system.get_variable(name)
        values = self._simulation.calculate(name, self._window).tolist()
        return Ligne(
            libelle=variable.label,
            description=variable.label,
            unite=variable.unit,
            variable=name,
            chiffres=[
                Chiffre(colonne=column.cle, valeur=value, texte=words.figure(value, variable.unit))
                for column, value in zip(self.columns, values, strict=True)
            ],
        )

    def read(self) -> tuple[list[Section], list[Section]]:
        """Lay out the tree: the tables by size, then the single figures, as the folders go."""
        tables: dict[str, list[Ligne]] = {}
        singles: dict[str, list[Ligne]] = {}
        amounts: dict[str, Ligne] = {}
        for part in _parts(self.system.parameters):
            for series in _files(part):
                known = [leaf for leaf in series if leaf.value(self.date) is not None]
                if not known:
                    continue
                table, section = known[0].table, part.description or part.name
                if table is not None:
                    line = self._table(table, known)
                    # What stands at the top of the agreement, functioning, is a section of its own.
                    section = section if "." in part.name else line.libelle
                    tables.setdefault(section, []).append(line)
                    amounts[table.name] = line
                elif known[0].path in self._shares:
                    tables[section] += self._split(amounts, known[0])
                else:
                    singles.setdefault(section, []).append(self._single(known[0]))
        return (
            [Section(titre=title, lignes=lines) for title, lines in tables.items()],
            [Section(titre=title, lignes=lines) for title, lines in singles.items()],
        )

    def _sizes(self) -> list[Colonne]:
        """Give the sizes, and the smallest population of each, found around the thresholds."""
        thresholds = {
            int(value)
            for leaf in leaves(self.system.parameters)
            if leaf.unit == PEOPLE and (value := leaf.value(self.date)) is not None
        }
        around = {threshold + step for threshold in thresholds for step in (-1, 0, 1)}
        populations = numpy.array(sorted(people for people in {1, *around} if people > 0))
        sizes = self._simulate(populations).calculate(SIZE, self._window).decode()
        found: dict[str, tuple[str, int]] = {}
        for people, size in zip(populations.tolist(), sizes, strict=True):
            found.setdefault(size.name, (size.value, people))
        smallest = [people for _, people in found.values()]
        return [
            Colonne(
                cle=key,
                libelle=label,
                population=_range(people, following, thresholds),
                population_du_calcul=people,
            )
            for (key, (label, people)), following in zip(
                found.items(), [*smallest[1:], None], strict=True
            )
        ]

    def _simulate(self, populations: numpy.ndarray) -> Simulation:
        builder = SimulationBuilder()
        simulation = builder.build_default_simulation(self.system, count=len(populations))
        simulation.set_input("population", str(self.date.year), populations)
        return simulation

    def _table(self, table: ParameterNode, series: list[Leaf]) -> Ligne:
        return Ligne(
            libelle=table.metadata.get("short_label") or table.description or table.name,
            description=table.description or table.name,
            unite=series[0].unit,
            chiffres=list(self._by_size(table, series)),
        )

    def _by_size(self, table: ParameterNode, series: list[Leaf]) -> Iterator[Chiffre]:
        """Give the figure of each size; where a reform computes another amount, that amount."""
        written = {leaf.key: self._figure(leaf, leaf.key) for leaf in series}
        paths = montants(self.system)
        name = next((name for name, path in paths.items() if path == table.name), "")
        computed = self.computed(name).chiffres if name else []
        amounts = {figure.colonne: figure for figure in computed}
        for column in self.columns:
            figure, amount = written.get(column.cle), amounts.get(column.cle)
            if figure is not None and (amount is None or amount.valeur == figure.valeur):
                yield figure
            elif amount is not None:
                yield amount.model_copy(update={"statut": STATUT})

    def _single(self, leaf: Leaf) -> Ligne:
        figures = [self._figure(leaf, None)]
        return Ligne(libelle=leaf.label, description=leaf.label, unite=leaf.unit, chiffres=figures)

    def _figure(self, leaf: Leaf, column: str | None) -> Chiffre:
        value = leaf.value(self.date)
        assert value is not None
        return Chiffre(
            colonne=column,
            valeur=value,
            texte=words.figure(value, leaf.unit),
            parametre=leaf.path,
            depuis=leaf.since(self.date),
            statut=leaf.statut(self.date),
            sources=sources(leaf, self.date),
        )

    def _split(self, amounts: dict[str, Ligne], share: Leaf) -> Iterator[Ligne]:
        """Give the parts of an amount: what the variables say, no surer than amount and share."""
        rate = share.value(self.date)
        assert rate is not None  # a figure that is not in force is left out
        mission = self._shares[share.path]
        (split,) = (part for part in mission.parts if part.quotite == share.key)
        amount = amounts[f"{mission.noeud}.{split.montant}"]
        statuts = {figure.colonne: figure.statut for figure in amount.chiffres}
        for part in mission.parts:
            if split.cle not in (part.cle, part.reste):
                continue
            line = self.computed(f"{mission.cle}_{part.cle}")
            shown = words.share(rate if part is split else 1 - rate)
            label = f"dont {part.nom} ({shown})"
            known = {
                "parametre": share.path,
                "depuis": share.since(self.date),
                "sources": sources(share, self.date),
            }
            figures = [
                figure.model_copy(
                    update=known
                    | {
                        "statut": words.weakest(
                            (share.statut(self.date), statuts.get(figure.colonne))
                        )
                    }
                )
                for figure in line.chiffres
            ]
            yield line.model_copy(update={"libelle": label, "retrait": True, "chiffres": figures})


def _range(first: int, following: int | None, thresholds: set[int]) -> str:
    """Say which populations a size takes, as the texts do: bounds are thresholds where they can."""
    if following is None:
        return f"{number(first)} et plus" if first in thresholds else f"plus de {number(first - 1)}"
    if first == 1:
        return f"moins de {number(following)}"
    return f"de {number(first)} à {number(following - 1)}"


def _parts(tree: ParameterNode) -> Iterator[ParameterNode]:
    """Give the folders that hold files, in the order of the law: a mission, the thresholds…"""
    if any(isinstance(child, Parameter) or _is_table(child) for child in tree.children.values()):
        yield tree
    for child in in_order(tree):
        if isinstance(child, ParameterNode) and not _is_table(child):
            yield from _parts(child)


def _is_table(node: ParameterNode | Parameter) -> bool:
    return isinstance(node, ParameterNode) and any(leaf.table is node for leaf in leaves(node))


def _files(part: ParameterNode) -> Iterator[list[Leaf]]:
    """Give the series of each file of a folder, those of the folders inside left out."""
    for child in in_order(part):
        if isinstance(child, Parameter):
            yield [Leaf(child)]
        elif _is_table(child):
            yield list(leaves(child))


def _people(columns: list[Colonne]) -> str:
    people = ", ".join(number(column.population_du_calcul) for column in columns)
    return (
        "Parts et totaux calculés pour une communauté de chaque taille, à sa plus petite "
        f"population ({people} habitants)."
    )
