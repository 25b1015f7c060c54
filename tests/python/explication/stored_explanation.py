"""One explanation, kept as the page that a reader gets.

After a wanted change, `python tests/python/explication/stored_explanation.py` stores it again;
`git diff` then shows every sentence that moved.
"""

from __future__ import annotations

from pathlib import Path

from openfisca_cpts.outils.explication import explain, page

EXAMPLE = Path(__file__).parents[3] / "examples" / "cpts_fictives.csv"
STORED = Path(__file__).parents[1] / "regression" / "explain_versement_annuel.txt"
WIDTH = 100


def compute() -> str:
    """Explain a year with missions started inside an exercice, and rounded terms."""
    explanation = explain(EXAMPLE, "fictive-10", "versement_annuel", "2024")
    return "".join(f"{line.text}\n" for line in page(explanation, WIDTH))


if __name__ == "__main__":
    STORED.write_text(compute(), encoding="utf-8", newline="")
    print(STORED)
