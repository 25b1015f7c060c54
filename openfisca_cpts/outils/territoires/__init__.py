"""Territories: the communes of a community, their inhabitants, the size that these give."""
