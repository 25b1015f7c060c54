"""The scale at a date, laid out as the published tables: a line per figure, a column per size."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from openfisca_core.parameters import Parameter, ParameterNode

from openfisca_cpts.missions.declaration import declarees, montants_de_la_loi
from openfisca_cpts.outils.loi import words
from openfisca_cpts.outils.loi.bareme_columns import TOTALS, Columns, sides
from openfisca_cpts.outils.loi.bareme_model import Bareme, Chiffre, Colonne, Ligne, Section
from openfisca_cpts.outils.loi.caution import changed_rules, rule_makers
from openfisca_cpts.outils.loi.citation import sources, textes
from openfisca_cpts.outils.loi.leaves import Leaf, in_order, leaves
from openfisca_cpts.outils.typography import day, number
from openfisca_cpts.reforms.modifications import STATUT

if TYPE_CHECKING:
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

LAW = "Droit en vigueur"
CHECKED = "last_value_still_valid_on"


class DateRefusedError(ValueError):
    """A day on which there is no scale; the message is French."""


def bareme(
    system: TaxBenefitSystem,
    date: datetime.date | None = None,
    titre: str = LAW,
    law: TaxBenefitSystem | None = None,
    populations: Sequence[int] = (),
) -> Bareme:
    """Give the scale in force on a day.

    Args:
        system: the law, or a reform of it.
        date: the day; the latest for which a source shows a figure in force if none is given.
        titre: what the scale is called.
        law: the law that a reform changes, to say which rules it changes too.
        populations: inhabitants of each column, instead of a column per size.

    Returns:
        The scale. Amounts by size are the parameters; parts and totals are what the variables
        give for one community of each size, whose population the thresholds tell. Where a reform
        makes amounts depend on the population inside a size, each column is one population: those
        that were given, or those on both sides of each threshold.

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
    scale = _Scale(system, date, populations)
    tables, singles = scale.read()
    totals = [scale.computed(name) for name in TOTALS]
    return Bareme(
        date=date,
        scenario=titre,
        colonnes=scale.columns,
        sections=[*tables, Section(titre="Totaux", lignes=totals)],
        autres=singles,
        remarques=[
            *_people(scale.columns, scale.varies, bool(populations)),
            *changed_rules(law or system, system),
            *_other_inputs(law or system, system, date),
        ],
    )


def last_check(system: TaxBenefitSystem) -> datetime.date:
    """Give the latest day for which a source shows a figure of the law in force."""
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
        populations: inhabitants of each column; one column per size if none are given.
    """

    def __init__(
        self, system: TaxBenefitSystem, date: datetime.date, populations: Sequence[int]
    ) -> None:
        self.system = system
        self.date = date
        columns = Columns(system, date)
        self.columns = columns.by_size()
        self.varies = columns.varies(self.columns)
        if populations or self.varies:
            self.columns = columns.by_population(populations or sides(self.columns))
        self._window = columns.window
        self._shares = {
            f"{mission.noeud}.{part.quotite}": mission
            for mission in declarees(system)
            for part in mission.parts
            if part.quotite is not None
        }
        self._simulation = columns.simulation(
            [column.population_du_calcul for column in self.columns]
        )

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
        paths = montants_de_la_loi(self.system)
        name = next((name for name, path in paths.items() if path == table.name), "")
        computed = self.computed(name).chiffres if name else []
        amounts = {figure.colonne: figure for figure in computed}
        for column in self.columns:
            figure, amount = written.get(column.taille), amounts.get(column.cle)
            same = amount is None or (amount.valeur == figure.valeur if figure else False)
            # An amount that moves with the population is not the law's, even where it meets it.
            if figure is not None and same and not self._is_moved(name):
                yield figure.model_copy(update={"colonne": column.cle})
            elif amount is not None:
                yield amount.model_copy(update={"statut": STATUT})

    def _is_moved(self, name: str) -> bool:
        return self.varies and bool(name and rule_makers(self.system, name, self._window))

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
            textes=textes(leaf.acts(self.date)),
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
                "textes": textes(share.acts(self.date)),
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


def _people(columns: list[Colonne], varies: bool, chosen: bool) -> Iterator[str]:
    """Say for whom the scale is computed."""
    people = ", ".join(number(column.population_du_calcul) for column in columns)
    if varies:
        yield (
            "Sous cette réforme, les montants dépendent de la population à l'intérieur d'une "
            "taille : une colonne ne vaut que pour la population de son titre"
            + ("." if chosen else ", de part et d'autre de chaque seuil (--population en choisit).")
        )
    elif chosen:
        yield f"Une colonne par population demandée ({people} habitants)."
    else:
        yield (
            "Parts et totaux calculés pour une communauté de chaque taille, à sa plus petite "
            f"population ({people} habitants)."
        )


def _other_inputs(
    law: TaxBenefitSystem, system: TaxBenefitSystem, date: datetime.date
) -> Iterator[str]:
    """Say what else than the size a reform makes the amounts depend on: nothing of it is given."""
    if law is system:
        return
    read = Columns(system, date).inputs([1]) - Columns(law, date).inputs([1])
    labels = [f"{system.get_variable(name).label} ({name})" for name in sorted(read)]
    if labels:
        yield (
            "Sous cette réforme, les montants dépendent aussi de : "
            f"{' ; '.join(labels)}. Les colonnes sont calculées sans rien en donner."
        )
