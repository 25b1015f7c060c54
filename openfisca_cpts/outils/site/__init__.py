"""The review site: static pages in French, made from parameters, variables, tests and reforms.

`python -m openfisca_cpts.outils.site` writes it; `build.build` is the door. One file per kind of
page; the words of a page stand in its template, and the figures and texts come from the files.
"""
