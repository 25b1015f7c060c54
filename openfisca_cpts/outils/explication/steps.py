"""Makes the tree of steps from the trace: what counts, what is zero, what is said elsewhere."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from openfisca_cpts.outils.explication import equation, in_words
from openfisca_cpts.outils.explication.measure import Key
from openfisca_cpts.outils.explication.model import Calcul, Chiffre, Etape, Nul
from openfisca_cpts.outils.explication.rules import rule
from openfisca_cpts.outils.explication.sorting import Read, Sorter
from openfisca_cpts.outils.loi import words as legal_words
from openfisca_cpts.outils.loi.citation import sources, textes
from openfisca_cpts.outils.loi.leaves import find
from openfisca_cpts.outils.simulation.rests_on import STATUTS, Trace

if TYPE_CHECKING:
    from openfisca_core.periods import Period
    from openfisca_core.simulations import Simulation
    from openfisca_core.tracers import TraceNode

Origin = Callable[[str, "Period"], str | None]
"""Takes the name of an input and a period; gives the column that holds its value, if one does."""


class Tree:
    """The steps of one traced simulation of one community.

    Args:
        simulation: the simulation, once everything has been asked.
        origin: where each input comes from.
        depth: levels of steps below the first; all of them if none is given.
    """

    def __init__(self, simulation: Simulation, origin: Origin, depth: int | None = None) -> None:
        self._system = simulation.tax_benefit_system
        self._trace = Trace(simulation)
        self._sorter = Sorter(simulation, self._trace)
        self._origin = origin
        self._depth = depth
        self._shown: dict[Key, str] = {}

    def root(self, name: str, period: Period) -> Etape:
        """Give the first step, with those below.

        Args:
            name: name of the variable that was asked for.
            period: its period.

        Returns:
            The step.
        """
        self._shown = {}
        return self._step(self._trace.node(name, period), "", None, None)

    def _step(
        self,
        node: TraceNode,
        number: str,
        day: datetime.date | None,
        above: TraceNode | None,
    ) -> Etape:
        node = self._trace.node(node.name, node.period)
        variable = self._sorter.variable(node)
        value = in_words.value(variable, node)
        fields = {
            "numero": number,
            "variable": node.name,
            "periode": str(node.period),
            "libelle": self._label(node, day, above),
            "valeur": value,
            "texte": in_words.text(variable, value),
            **rule(self._system, variable, node.period),
        }
        if variable.is_input_variable():
            origin = self._origin(node.name, node.period)
            fields["regle"] = None
            return Etape(**fields, nature=self._nature(node), origine=origin)
        statuts = self._trace.statuts(node.name, node.period)
        fields |= {
            "nature": "calcul",
            "statut": max(statuts, key=STATUTS.index) if statuts else None,
        }
        if legal_words.is_share(variable.unit or "") and value == 1:
            # A whole share reduces nothing: why it is whole would be read a dozen times a page.
            return Etape(**fields | {"numero": ""})
        if self._sorter.key(node) in self._shown:
            return Etape(**fields | {"numero": ""}, renvoi=self._shown[self._sorter.key(node)])
        self._shown[self._sorter.key(node)] = number
        return self._explained(node, fields, number, day)

    def _explained(
        self, node: TraceNode, fields: dict, number: str, day: datetime.date | None
    ) -> Etape:
        read = self._sorter.read(node)
        figures = [self._figure(path, on) for path, on in dict.fromkeys(self._trace.own(node))]
        below = [*read.facts, *(child for child, _ in read.amounts)]
        cut = self._depth is not None and self._level(number) >= self._depth
        steps: list[Etape] = []
        numbers: dict[Key, str] = {}
        rank = 0
        for child in sorted(below, key=lambda child: not self._sorter.is_input(child)):
            known = self._shown.get(self._sorter.key(child))
            if self._sorter.variable(child).is_input_variable():
                step = self._step(child, "", self._sorter.day(node, child, day), node)
            elif cut and known is None:
                continue
            else:
                own = f"{number}.{rank + 1}".lstrip(".")
                step = self._step(child, own, self._sorter.day(node, child, day), node)
                rank += bool(step.numero)
            numbers[self._sorter.key(child)] = step.numero or step.renvoi or ""
            steps.append(step)
        return Etape(
            **fields,
            calcul=self._calculation(node, read, figures, numbers),
            chiffres=figures,
            nuls=[self._nothing(child, node) for child in read.zeros],
            sans_effet=[
                self._with_value(child, node, self._sorter.day(node, child, day))
                for child in read.idle
            ],
            coupe=cut
            and any(not self._sorter.variable(child).is_input_variable() for child in below),
            etapes=steps,
        )

    def _calculation(
        self,
        node: TraceNode,
        read: Read,
        figures: Sequence[Chiffre],
        numbers: dict[Key, str],
    ) -> Calcul | None:
        variable = self._sorter.variable(node)
        value = in_words.value(variable, node)
        days = [
            (self._label(child, None, node), known)
            for child in read.facts
            if isinstance(
                known := in_words.value(self._sorter.variable(child), child), datetime.date
            )
        ]
        if isinstance(value, datetime.date):
            return equation.of_days(value, days, figures)
        if variable.value_type not in (int, float) or not value:
            return None
        amounts = []
        for child, coefficient in read.amounts:
            of_child = self._sorter.variable(child)
            known = in_words.value(of_child, child)
            amounts.append(
                equation.Amount(
                    step=numbers.get(self._sorter.key(child), ""),
                    label=self._label(child, None, node),
                    value=float(child.value[0]),
                    text=in_words.text(of_child, known),
                    coefficient=coefficient,
                )
            )
        only_days = [known for _, known in days]
        shown = in_words.text(variable, value)
        if legal_words.is_share(variable.unit or ""):
            return equation.of_share(float(value), shown, only_days)
        rates = self._rates(read)
        return equation.of_amounts(float(value), shown, amounts, figures, rates, only_days)

    def _rates(self, read: Read) -> list[equation.Factor]:
        """Give the shares that were read; one that days make is written in days, to be exact."""
        factors = []
        for child in read.facts:
            if legal_words.is_share(self._sorter.variable(child).unit or ""):
                share = float(child.value[0])
                days = [
                    known
                    for other in self._trace.node(child.name, child.period).children
                    if isinstance(
                        known := in_words.value(self._sorter.variable(other), other),
                        datetime.date,
                    )
                ]
                factors.append(equation.of_duration(share, days) or equation.of_rate(share))
        return factors

    def _figure(self, path: str, on: str) -> Chiffre:
        leaf = find(self._system.parameters, path)
        day = datetime.date.fromisoformat(on)
        value, since = leaf.value(day), leaf.since(day)
        assert value is not None
        assert since is not None
        return Chiffre(
            parametre=path,
            libelle=leaf.label if leaf.table is None else leaf.table.description or leaf.label,
            taille=leaf.column,
            valeur=value,
            texte=legal_words.figure(value, leaf.unit),
            depuis=since,
            statut=leaf.statut(day),
            sources=sources(leaf, day),
            textes=textes(leaf.acts(day)),
        )

    def _label(self, node: TraceNode, day: datetime.date | None, above: TraceNode | None) -> str:
        """Name a step; its period is left out where it is that of the step above."""
        variable = self._sorter.variable(node)
        same = day is None and above is not None and node.period == above.period
        # A day is that of an event, whichever the month in which it was asked for.
        event = above is not None and variable.value_type is datetime.date
        known = (same or event) and not self._sorter.is_input(node)
        return in_words.dated(variable, node.period, None if event else day, known)

    def _nothing(self, node: TraceNode, above: TraceNode) -> Nul:
        label = self._label(node, None, above)
        nature = self._nature(node)
        return Nul(variable=node.name, periode=str(node.period), libelle=label, nature=nature)

    def _nature(self, node: TraceNode) -> Literal["donnee", "defaut", "calcul"]:
        if not self._sorter.is_input(node):
            return "calcul"
        return "defaut" if self._origin(node.name, node.period) is None else "donnee"

    def _with_value(self, node: TraceNode, above: TraceNode, day: datetime.date | None) -> str:
        variable = self._sorter.variable(node)
        shown = in_words.text(variable, in_words.value(variable, node))
        return f"{self._label(node, day, above)} ({shown})"

    @staticmethod
    def _level(number: str) -> int:
        return len(number.split(".")) if number else 0
