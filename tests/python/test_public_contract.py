"""The public contract does not change by accident."""

import difflib
import json

import public_contract

from openfisca_cpts.legislation import missions


def test_the_contract_is_the_stored_one():
    stored = public_contract.STORED.read_text(encoding="utf-8").splitlines()
    current = json.dumps(public_contract.current(), ensure_ascii=False, indent=1).splitlines()
    difference = "\n".join(difflib.unified_diff(stored, current, "stored", "current", lineterm=""))
    assert not difference, (
        f"The public contract changed:\n{difference}\n"
        "Others rely on these names. If the change is wanted, say so in CHANGELOG.md, step the "
        "version (addition = minor, removal or rename = major), then run "
        "`python tests/python/public_contract.py`."
    )


def test_the_names_of_the_specification_are_there():
    contract = public_contract.current()
    for mission in [mission.cle for mission in missions() if mission.evaluees]:
        for part in ("montant", "part_fixe", "part_variable", "taux_atteinte", "retenue"):
            assert f"{mission}_{part}" in contract["variables"]
        assert f"aci.missions.{mission}.part_variable" in contract["parameters"]
    assert "crise_sanitaire_part_variable" not in contract["variables"]
    assert "crise_sanitaire_taux_atteinte" not in contract["variables"]
    assert "aci.missions.crise_sanitaire.part_variable" not in contract["parameters"]
    assert contract["variables"]["date_resiliation"]["default"] == "9999-12-31"
    assert len(contract["variables"]["region_ars"]["keys"]) == 18 + 1
    assert contract["entities"] == {
        "cpts": {"plural": "communautes", "roles": []},
        "region": {"plural": "regions", "roles": ["membres"]},
    }
