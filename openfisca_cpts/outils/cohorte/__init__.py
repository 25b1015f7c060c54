"""Cohorts: a table of contracts made from published counts, where no list of communities exists."""
