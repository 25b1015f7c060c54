"""Explanation of one value: the steps of its computation, as French sentences that add up."""

from openfisca_cpts.outils.explication.explain import explain
from openfisca_cpts.outils.explication.model import Explication
from openfisca_cpts.outils.explication.printed_page import page

__all__ = ["Explication", "explain", "page"]
