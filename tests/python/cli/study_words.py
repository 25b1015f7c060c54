"""What the tests of `simulate` with reforms share: a table, its years, how an answer reads."""

# Three communities of 39 999, 79 999 and 100 000 inhabitants: sizes 1, 2 and 3.
TABLE = """id;nom;region;groupe;population;parcours_retenue;parcours_taux_atteinte
a;Alpha;93;nord;39999;oui;0,5
b;Bêta;93;sud;79999;oui;1
c;Gamma;11;sud;100000;;
"""
YEARS = ("--from", "2025", "--to", "2026")


def plain(text):
    """Give a text as it reads: spaces of any kind, and line ends, are one space."""
    return " ".join(text.split())


def lines_of(text):
    """Give the cells of each line of a table; thousands stand together."""
    return [line.replace("\u00a0", "").split() for line in text.splitlines()]
