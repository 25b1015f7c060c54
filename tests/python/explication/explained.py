"""What the tests of the explanations share: the example, the steps of a tree, sums by hand."""

import re
from pathlib import Path

EXAMPLE = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"


def walk(step):
    yield step
    for below in step.etapes:
        yield from walk(below)


NUMBER = r"(?:\d{1,3}(?:\u00a0\d{3})+|\d+)(?:,\d+)?"


def computed(text):
    """Compute an equality as a person would: from what is written, nothing else."""
    text = re.sub(r"\[[0-9.]+\]", "", text.removeprefix("= "))
    text = re.sub(rf"({NUMBER}) jours sur ({NUMBER})", r"(\1 / \2)", text)
    text = re.sub(NUMBER, lambda found: found[0].replace("\u00a0", "").replace(",", "."), text)
    text = text.replace("\u00a0€", "").replace("\u00a0%", " / 100").replace("\u2212", "-")
    text = re.sub(r"([0-9.]+) / 100", r"(\1 / 100)", text).replace("×", "*")
    assert re.fullmatch(r"[-+*/(). 0-9]+", text), text
    return eval(text)
