"""An explanation as a page of text: numbered steps, additions in columns, notes at the end."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from openfisca_cpts.outils.explication import printed
from openfisca_cpts.outils.explication.in_words import small
from openfisca_cpts.outils.explication.model import Calcul, Chiffre, Etape, Explication, Terme
from openfisca_cpts.outils.loi import words
from openfisca_cpts.outils.paragraph import paragraph
from openfisca_cpts.outils.typography import MINUS, day

TITLE, RULE, NORMAL = "bold", "dim", ""
STEP = "  "
FEW = 3
"""Terms of a sum that stay on one line, and zeros that are named: more of them are put in a
column, and counted."""
MISSION = re.compile("mission (« [^»]* »)")
LEGEND = (
    "Entre crochets, l'étape qui explique ; entre parenthèses, le statut du chiffre le moins sûr "
    "dont dépend un montant, puis les textes, listés à la fin."
)
CLOSE = (
    "« ≈ » : les nombres imprimés sont arrondis, et ne redonnent pas tout à fait le résultat ; "
    "« = » : ils le redonnent, au centime."
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclasses.dataclass(frozen=True)
class Line:
    """One or more lines of the page, and their style for a terminal."""

    text: str
    style: str = NORMAL


def page(explanation: Explication, width: int) -> list[Line]:
    """Lay an explanation out as a page.

    Args:
        explanation: the explanation.
        width: columns of a line.

    Returns:
        The lines.
    """
    return list(_Page(explanation, width).lines())


class _Page:
    def __init__(self, explanation: Explication, width: int) -> None:
        self._explanation = explanation
        self._width = width
        self._articles: list[str] = []
        self._sources: list[str] = []
        self._rules: set[str] = set()
        self._figures: dict[tuple[str, ...], str] = {}
        self._given: set[str] = set()
        self._cut = False
        self._about = False

    def lines(self) -> Iterator[Line]:
        explanation = self._explanation
        who = explanation.id if explanation.nom is None else f"{explanation.nom} ({explanation.id})"
        yield self._line(self._title(explanation.etape, ""), "", TITLE)
        yield self._line(f"{who} — {explanation.titre}", "")
        for remark in explanation.remarques:
            yield self._line(remark, "  ", first="• ")
        yield self._line(LEGEND, "", RULE)
        yield from self._body(explanation.etape, "", "")
        for step in explanation.etape.etapes:
            yield from self._step(step, "", explanation.etape.libelle)
        yield from self._notes()

    def _step(self, step: Etape, indent: str, above: str) -> Iterator[Line]:
        """Give a step and those below; what has no number is told by the step above."""
        if not step.numero:
            return
        if not indent:
            yield Line("")
        style = NORMAL if len(indent) > len(STEP) else TITLE
        hanging = indent + " " * (len(step.numero) + len(STEP))
        title = f"{step.numero}{STEP}{self._title(step, above)}"
        yield self._line(title, hanging, style, indent)
        inside = indent + STEP
        yield from self._body(step, inside + STEP, above)
        for below in step.etapes:
            yield from self._step(below, inside, f"{above} {step.libelle}")

    def _title(self, step: Etape, above: str) -> str:
        """Name a step: what it is, its value, how sure an amount is, the texts behind it."""
        said = [words.statut(step.statut)] if step.statut and step.texte.endswith("€") else []
        for article in step.articles:
            if article not in self._articles:
                self._articles.append(article)
            said.append(_letter(self._articles.index(article)))
        return f"{_within(step.libelle, above)} : {step.texte} ({', '.join(said)})"

    def _body(self, step: Etape, indent: str, above: str) -> Iterator[Line]:
        above = f"{above} {step.libelle}"
        figures = list(step.chiffres)
        if step.calcul is not None:
            alone = _only_figure(step)
            if alone is not None:
                figures.remove(alone)
                text = f"= {alone.texte} : {self._figure(alone)}"
                yield self._line(text, f"{indent}  ", first=indent)
            else:
                yield from self._calculation(step, step.calcul, indent, above)
        elif step.valeur and step.nature == "calcul" and step.texte.endswith("€"):
            yield self._line("Le calcul suit la règle, à partir de ce qui est lu :", indent)
        if step.nature == "donnee":
            yield self._line(f"C'est une {step.origine}.", indent)
        elif step.nature == "defaut":
            yield self._line("Rien de donné : c'est la valeur par défaut.", indent)
        zeros = _nothing(step, above)
        if zeros:
            yield self._line(zeros, indent)
        if step.sans_effet:
            idle = (small(_within(label, above)) for label in step.sans_effet)
            yield self._line(f"Lu, sans effet ici : {' ; '.join(idle)}.", indent)
        if step.regle and (step.reformes or step.regle not in self._rules):
            self._rules.add(step.regle)
            said = step.regle if step.reformes else f"Règle : {step.regle}{_but(step)}"
            yield self._line(said, indent, RULE)
        for text in self._read(figures, step.numero, above):
            yield self._line(f"• {text}", f"{indent}  ", first=indent)
        known = self._known(step, above)
        if len(known) > FEW:
            yield self._line("D'après :", indent)
            for text in known:
                yield self._line(text, f"{indent}  ", first=f"{indent}• ")
        elif known:
            yield self._line(f"D'après : {' ; '.join(known)}.", indent)
        self._cut = self._cut or step.coupe

    def _calculation(
        self, step: Etape, calculation: Calcul, indent: str, above: str
    ) -> Iterator[Line]:
        terms = calculation.termes
        if len(terms) > FEW:
            yield from self._column(step, terms, indent, above)
        elif len(terms) == 1 and terms[0].coefficient == 1 and not terms[0].facteur:
            # The amount would only be said again.
            place = f" [{terms[0].etape}]" if terms[0].etape else ""
            label = small(_within(terms[0].libelle, above))
            yield self._line(
                f"{self._sign(calculation)} {label}{place}", f"{indent}  ", first=indent
            )
        else:
            self._sign(calculation)
            yield self._line(calculation.texte, f"{indent}  ", first=indent)

    def _column(
        self, step: Etape, terms: Sequence[Terme], indent: str, above: str
    ) -> Iterator[Line]:
        """Put the terms of a sum one below the other, each to the cent, then their sum."""
        amounts = [words.money(abs(term.coefficient * term.valeur)) for term in terms]
        size = max(map(len, (*amounts, step.texte)))
        computed = Fraction()
        for rank, (term, amount) in enumerate(zip(terms, amounts, strict=True)):
            below = term.coefficient * term.valeur < 0
            computed += printed.number(amount) * (-1 if below else 1)
            sign = MINUS if below else ("+" if rank else " ")
            place = f"[{term.etape}] " if term.etape else ""
            product = f"{term.facteur} × {words.money(abs(term.valeur))} : " if term.facteur else ""
            opening = f"{indent}{sign} {amount:>{size}}{STEP}"
            label = (small if product else str)(_within(term.libelle, above))
            product = f"{self._sign(term)} {product}" if product else ""
            yield self._line(f"{place}{product}{label}", " " * len(opening), first=opening)
        mark = printed.sign(computed, step.texte)
        self._about = self._about or mark == printed.ABOUT
        yield Line(f"{indent}{mark} {step.texte:>{size}}")

    def _sign(self, equality: Calcul | Terme) -> str:
        """Give the sign of an equality, and keep in mind that one of them is only close."""
        self._about = self._about or equality.arrondi
        return printed.ABOUT if equality.arrondi else printed.EXACT

    def _read(self, figures: Sequence[Chiffre], number: str, above: str) -> Iterator[str]:
        """Give the figures that a step read; several of them together are told once."""
        same = self._figures.setdefault(tuple(map(str, figures)), number)
        if len(figures) > 1 and same != number:
            yield f"Mêmes chiffres qu'en {same}."
            return
        for figure in figures:
            label = _within(figure.libelle, above)
            yield f"{label} : {figure.texte}, {self._figure(figure)}"

    def _figure(self, figure: Chiffre) -> str:
        """Say where a figure stands, since when, and how sure it is."""
        table = "" if figure.taille is None else f"barème, {figure.taille}, "
        cited = [
            self._cited("source", [source.phrase for source in figure.sources]),
            self._cited("texte", [act.phrase for act in figure.textes], " de droit"),
        ]
        read = " ; ".join(filter(None, cited))
        sure = words.statut(figure.statut) + (f" — {read}" if read else "")
        return f"{table}en vigueur depuis le {day(figure.depuis)} ({sure})"

    def _cited(self, noun: str, phrases: Sequence[str], which: str = "") -> str:
        """Give the numbers under which the closing list tells some documents, or some acts."""
        numbers = ", ".join(str(self._number(phrase)) for phrase in phrases)
        return f"{noun}{'s' if len(phrases) > 1 else ''}{which} {numbers}" if numbers else ""

    def _number(self, source: str) -> int:
        if source not in self._sources:
            self._sources.append(source)
        return self._sources.index(source) + 1

    def _known(self, step: Etape, above: str) -> list[str]:
        """Say the given values and the steps explained elsewhere, those of the sum left out."""
        summed = {term.etape for term in step.calcul.termes} if step.calcul else set()
        said = [
            f"{small(zero.libelle)} : rien de donné"
            for zero in step.nuls
            if zero.nature == "defaut"
        ]
        for below in step.etapes:
            label = f"{small(_within(below.libelle, above))} : {below.texte}"
            if below.numero or (below.renvoi and below.renvoi in summed):
                continue
            if below.nature == "donnee":
                # The column is told once: the same value comes back in many steps.
                place = str(below.origine)
                if below.libelle in self._given:
                    place = place.partition(",")[0]
                self._given.add(below.libelle)
                said.append(f"{label} ({place})")
            elif below.nature == "defaut":
                said.append(f"{label} (rien de donné)")
            else:
                said.append(f"{label} [{below.renvoi}]" if below.renvoi else label)
        return said

    def _notes(self) -> Iterator[Line]:
        if self._about:
            yield Line("")
            yield self._line(CLOSE, "")
        if self._cut:
            yield Line("")
            yield self._line("Des étapes sont repliées : --depth plus grande les montre.", "")
        if self._articles:
            yield Line("")
            yield Line("Textes", TITLE)
            for rank, article in enumerate(self._articles):
                yield self._line(article, "    ", first=f"{_letter(rank):<4}")
        if self._sources:
            yield Line("")
            yield Line("Sources des chiffres et textes de droit", TITLE)
            for rank, source in enumerate(self._sources, start=1):
                yield self._line(source, "    ", first=f"{rank:<4}")

    def _line(self, text: str, indent: str, style: str = NORMAL, first: str | None = None) -> Line:
        return Line(paragraph(text, self._width, indent, first), style)


def _letter(rank: int) -> str:
    """Give the mark of a text: A to Z, then AA…"""
    rounds, place = divmod(rank, len(LETTERS))
    return LETTERS[place] * (rounds + 1)


def _within(label: str, above: str) -> str:
    """Leave out of a label the mission that the step above names already."""
    for mission in MISSION.findall(above):
        for link in (", mission ", " de la mission "):
            label = label.replace(f"{link}{mission}", "")
    return label


def _only_figure(step: Etape) -> Chiffre | None:
    """Give the figure of the law that a step is, where it is nothing else."""
    terms = step.calcul.termes if step.calcul else []
    if len(terms) != 1 or terms[0].etape or terms[0].facteur:
        return None
    return next((figure for figure in step.chiffres if figure.valeur == step.valeur), None)


def _but(step: Etape) -> str:
    """Warn that the rule of the law tells of something that a reform computes otherwise."""
    changed = [below for below in step.etapes if below.reformes]
    if not changed:
        return ""
    titles = " et ".join(f"« {title} »" for title in dict.fromkeys(changed[0].reformes))
    places = [
        f"[{place}]" if (place := below.numero or below.renvoi) else small(below.libelle)
        for below in changed
    ]
    return f" Sauf ce que change {titles} : {', '.join(places)}."


def _nothing(step: Etape, above: str) -> str:
    """Say what is zero: the other months, the other lines, or which."""
    zeros = [zero for zero in step.nuls if zero.nature != "defaut"]
    if not zeros:
        return ""
    if len({zero.variable for zero in zeros}) == 1 and len(zeros) > 1:
        return "Rien dans les autres mois." if step.calcul else "Rien dans aucun des mois."
    if len(zeros) > FEW:
        return f"Rien d'autre : les {len(zeros)} autres lignes sont à zéro."
    labels = " ; ".join(small(_within(zero.libelle, above)) for zero in zeros)
    return f"À zéro : {labels}."
