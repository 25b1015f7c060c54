"""Reads a page as its reader does: every step, and every equality, from the text alone.

Nothing of the package is used here but the text: numbers are parsed back, combined exactly, and
rounded as an accountant rounds.
"""

import dataclasses
import datetime
import re
from fractions import Fraction

from explained import NUMBER

SPACE = "\u00a0"
TITLE = re.compile(r"^ *(?P<place>\d+(?:\.\d+)*)  (?P<said>\S.*)$")
ROW = re.compile(rf"^ *(?P<sign>[+−])? +(?P<amount>{NUMBER}){SPACE}€  (?P<said>\S.*)$")
PRODUCT = re.compile(r"^(?:\[[\d.]+\] )?(?P<equality>[=≈] .*?€)\s: ")
EQUALITY = re.compile(r"^ *(?P<sign>[=≈]) +(?P<said>\S.*)$")
AMOUNT = re.compile(rf"^[-−]?{NUMBER}(?:{SPACE}(?:€|%)|{SPACE}habitants?)?$")
REFERRED = re.compile(r"^(?P<label>[^\d].*) \[(?P<place>[\d.]+)\]$")
FIGURE = re.compile(rf"^(?P<amount>[-−]?{NUMBER}{SPACE}\S+)\s: ")
LATER = re.compile(rf"^(\d\d)/(\d\d)/(\d{{4}}) \+ (\d+){SPACE}(mois|ans?)$")


@dataclasses.dataclass
class Step:
    """A step as it is printed: its place, what its title says, its value, the lines below it."""

    place: str
    title: str
    value: str
    marks: str
    lines: list


def steps(lines):
    """The steps of a page whose paragraphs stand each on one line, and what comes after them."""
    found, after = [], []
    for rank, line in enumerate(lines):
        if line in ("Textes", "Sources des chiffres"):
            after = lines[rank:]
            break
        title = TITLE.match(line) if rank else re.match("(?P<place>)(?P<said>.*)", line)
        if title and not ROW.match(line):
            said, _, value = title["said"].rpartition(f"{SPACE}: ")
            value, _, marks = value.partition(" (")
            found.append(Step(title["place"], said, value, marks.rstrip(")"), []))
        elif found:
            found[-1].lines.append(line)
    return found, after


def articles(after):
    """The texts listed at the end of a page, by their letter."""
    end = after.index("Sources des chiffres") if "Sources des chiffres" in after else len(after)
    return dict(re.split(r" +", line, maxsplit=1) for line in after[1:end] if line)


def worth(text):
    """What an arithmetic text is worth, exactly; none for another text."""
    text = re.sub(r" \[[\d.]+\]", "", text)
    text = re.sub(rf"({NUMBER}) jours sur ({NUMBER})", r"(\1 ÷ \2)", text)
    text = re.sub(rf"{NUMBER}{SPACE}%", lambda found: f"({found[0][:-2]} ÷ 100)", text)
    text = re.sub(rf"{SPACE}(?:€|habitants?)", "", text)
    text = re.sub(NUMBER, lambda found: f"Fraction('{plain(found[0])}')", text)
    python = text.replace("÷", "/").replace("×", "*").replace("−", "-")
    if re.search(r"[^-+*/() Fraction'.\d]", python):
        return None
    return eval(python, {"Fraction": Fraction})


def plain(number):
    return number.replace(SPACE, "").replace(",", ".")


def rounded(value, like):
    """Round as a printed value is: cents, four decimals of a percentage, or not at all."""
    if not like.endswith(("€", "%")):
        return value
    scale = 100 if like.endswith("€") else 1_000_000
    whole = int(abs(value) * scale + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, scale)


def faults(lines):
    """Each equality of a page whose sign is not the one that its printed numbers give.

    Returns:
        The faults, and how many equalities were computed by kind.
    """
    found, counts = [], {"sum": 0, "column": 0, "product": 0, "same": 0, "later": 0}
    printed, _ = steps(lines)
    values = {step.place: step.value for step in printed}

    def check(kind, step, sign, computed, shown):
        counts[kind] += 1
        right = "=" if rounded(computed, shown) == worth(shown) else "≈"
        if sign != right:
            found.append((step.title, shown, sign, float(computed)))

    for step in printed:
        column = []
        for line in step.lines:
            row, equality = ROW.match(line), EQUALITY.match(line)
            if row:
                column.append(worth(row["amount"]) * (-1 if row["sign"] == "−" else 1))
                product = PRODUCT.match(row["said"])
                if product:
                    sign, _, said = product["equality"].partition(" ")
                    check("product", step, sign, worth(said), f"{row['amount']}{SPACE}€")
                elif "×" in row["said"]:
                    found.append((step.title, line, "", "a product without a sign"))
                continue
            if not equality:
                continue
            sign, said = equality["sign"], equality["said"]
            if column:
                assert said == step.value, (said, step.value)
                check("column", step, sign, sum(column), step.value)
                column = []
            elif worth(said) is not None:
                check("sum", step, sign, worth(said), step.value)
            elif referred := REFERRED.match(said):
                check("same", step, sign, worth(values[referred["place"]]), step.value)
            elif figure := FIGURE.match(said):
                check("same", step, sign, worth(figure["amount"]), step.value)
            elif later := LATER.match(said):
                counts["later"] += 1
                if sign != "=" or add(*later.groups()) != step.value:
                    found.append((step.title, step.value, sign, said))
            else:
                assert re.match(r"[^\W\d]", said), said
                assert "×" not in said
    return found, counts


def add(day, month, year, count, unit):
    months = int(year) * 12 + int(month) - 1 + int(count) * (1 if unit == "mois" else 12)
    first = datetime.date(months // 12, months % 12 + 1, 1)
    last = (first + datetime.timedelta(31)).replace(day=1) - datetime.timedelta(1)
    return f"{min(int(day), last.day):02}/{first:%m/%Y}"
