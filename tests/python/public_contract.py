"""The names that others rely on, as data. Run this file to store them after a wanted change."""

import json
from pathlib import Path

from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import Parameter

from openfisca_cpts import CountryTaxBenefitSystem

STORED = Path(__file__).with_name("public_contract.json")


def current() -> dict:
    """Give names, types, periods, entities, units, defaults and keys of the system."""
    system = CountryTaxBenefitSystem()
    return {
        "entities": {
            entity.key: {
                "plural": entity.plural,
                "roles": [role.plural for role in getattr(entity, "roles", ())],
            }
            for entity in system.entities
        },
        "variables": {
            name: describe(variable) for name, variable in sorted(system.variables.items())
        },
        "parameters": sorted(
            node.name for node in system.parameters.get_descendants() if isinstance(node, Parameter)
        ),
    }


def describe(variable) -> dict:
    default = variable.default_value
    description = {
        "type": variable.value_type.__name__,
        "period": str(variable.definition_period),
        "entity": variable.entity.key,
        "unit": variable.unit,
        "default": default.name if isinstance(default, Enum) else str(default),
        "given": variable.is_input_variable(),
    }
    if variable.value_type == Enum:
        description["keys"] = [key.name for key in variable.possible_values]
    return description


if __name__ == "__main__":
    STORED.write_text(json.dumps(current(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
