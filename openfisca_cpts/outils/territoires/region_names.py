"""The regions of the health agencies, by name and by INSEE code, as the law lists them."""

from __future__ import annotations

import functools
import re

from openfisca_cpts import CountryTaxBenefitSystem

INSEE = re.compile(r"(?P<name>.*) \(code INSEE (?P<code>[0-9]{2})\)")
"""How the label of a region gives its name and its code."""


@functools.cache
def names_by_code() -> dict[str, str]:
    """Give the name of each region that has an agency, by its INSEE code."""
    regions = CountryTaxBenefitSystem().variables["region_ars"].possible_values
    found = (INSEE.fullmatch(region.value) for region in regions)
    return {region["code"]: region["name"] for region in found if region is not None}
