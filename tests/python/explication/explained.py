"""What the tests of the explanations share: the example, the steps of a tree, printed numbers."""

from pathlib import Path

EXAMPLE = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"


def walk(step):
    yield step
    for below in step.etapes:
        yield from walk(below)


NUMBER = r"(?:\d{1,3}(?:\u00a0\d{3})+|\d+)(?:,\d+)?"
