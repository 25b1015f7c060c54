"""Rebuild the populations of communes that the package ships, in `openfisca_cpts/data/`.

Input: archives of the npm package @etalab/decoupage-administratif, fetched with
    for v in 0.3.0 0.7.0 1.1.1 2.0.0 2.3.1 3.1.1 4.0.0 4.1.0 5.2.0 5.3.0 6.0.0; do
        npm pack @etalab/decoupage-administratif@$v; done
Usage: python scripts/build_populations.py FOLDER_OF_ARCHIVES

Why two files a year: `communes.json` loses the inhabitants of new communes when its population
file is older than its geography (0.7.0 lacks 177 571 inhabitants of 0.3.0, for the same census of
2016); `epci.json` carries the figures of the DGCL by commune, which add up to the official total
once the four island communes outside any EPCI, and the collectivities overseas, are taken from
`communes.json`.
"""

from __future__ import annotations

import json
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars

DATA = Path(__file__).parents[1] / "openfisca_cpts" / "data"
GEOGRAPHY = "6.0.0"
NEWEST_FIRST = ("6.0.0", "5.3.0", "4.1.0", "3.1.1", "2.3.1", "1.1.1", "0.7.0")
PARTS = {"commune-deleguee": "commune déléguée", "commune-associee": "commune associée"}
CENSUSES = (2016, 2018, 2019, 2020, 2021, 2022, 2023)

Counts = Iterable[tuple[str, int | None]]


class Archives:
    """The files of each version.

    Args:
        folder: where the archives stand.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, version: str, name: str) -> list[dict[str, Any]]:
        """Read one file of one version."""
        path = self._folder / f"etalab-decoupage-administratif-{version}.tgz"
        with tarfile.open(path) as archive:
            file = archive.extractfile(f"package/data/{name}.json")
            assert file is not None
            return json.load(file)

    def communes(self, version: str) -> Counts:
        """Give the inhabitants by commune, as the list of communes has them."""
        return [
            (each["code"], each.get("population"))
            for each in self.load(version, "communes")
            if each["type"] in ("commune-actuelle", "arrondissement-municipal")
        ]

    def members(self, version: str, field: str = "populationMunicipale") -> Counts:
        """Give the inhabitants by commune, as the lists of the DGCL have them."""
        return [
            (member["code"], member.get(field))
            for epci in self.load(version, "epci")
            for member in epci["membres"]
        ]


class Geography:
    """The communes of today, and what became of the others.

    Args:
        archives: the files.
    """

    def __init__(self, archives: Archives) -> None:
        listed = archives.load(GEOGRAPHY, "communes")
        self.communes = {c["code"]: c for c in listed if c["type"] == "commune-actuelle"}
        self.arrondissements = {
            c["code"]: c for c in listed if c["type"] == "arrondissement-municipal"
        }
        self._parents: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for version in NEWEST_FIRST:
            for each in archives.load(version, "communes"):
                code, kind = each["code"], PARTS.get(each["type"])
                self.names.setdefault(code, each["nom"])
                if kind and code not in self.communes:
                    self._parents.setdefault(code, each["chefLieu"])
                    self.kinds.setdefault(code, kind)
                for old in each.get("anciensCodes") or []:
                    if old not in self.communes:
                        self._parents.setdefault(old, code)
        # An old name stands in the version in which the commune still had it.
        for each in archives.load("0.3.0", "communes"):
            self.names.setdefault(each["code"], each["nom"])

    def today(self, code: str) -> str | None:
        """Give the commune that holds a code today; none where nobody says."""
        seen: set[str] = set()
        while code not in self.communes and code not in self.arrondissements:
            if code in seen or code not in self._parents:
                return None
            seen.add(code)
            code = self._parents[code]
        return code

    def former(self) -> list[dict[str, Any]]:
        """Give the codes that are no commune any more, and the commune of each."""
        return [
            {
                "code": code,
                "nom": self.names.get(code),
                "nature": self.kinds.get(code, "ancienne commune"),
                "actuel": self.today(code),
            }
            for code in sorted(self._parents)
            if self.today(code) is not None
        ]


def populations(archives: Archives, geography: Geography) -> dict[str, dict[str, int]]:
    """Sum the inhabitants of each census by commune of today."""
    found: dict[str, dict[str, int]] = {}

    def add(name: str, counts: Counts) -> None:
        for code, inhabitants in counts:
            commune = geography.today(code)
            if inhabitants is None:
                continue
            if commune is None:
                print("unresolved", name, code, inhabitants, file=sys.stderr)
                continue
            own = found.setdefault(commune, {})
            own[name] = own.get(name, 0) + inhabitants

    def merged(of_epci: str, of_communes: str) -> Counts:
        members = list(archives.members(of_epci))
        known = {geography.today(code) for code, count in members if count is not None}
        others = archives.communes(of_communes)
        return members + [pair for pair in others if geography.today(pair[0]) not in known]

    add("pmun2016", archives.communes("0.3.0"))
    add("pmun2018", archives.members("1.1.1"))
    add("pmun2019", merged("2.0.0", "1.1.1"))
    add("pmun2020", merged("3.1.1", "2.3.1"))
    add("pmun2021", merged("4.0.0", "4.0.0"))
    add("pmun2022", merged("5.2.0", "4.1.0"))
    add("pmun2023", archives.communes("5.3.0"))
    return found


def main(folder: Path) -> None:
    """Write the three files."""
    archives = Archives(folder)
    geography = Geography(archives)
    counts = populations(archives, geography)
    epcis = archives.load(GEOGRAPHY, "epci")
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    columns = [f"pmun{census}" for census in CENSUSES]
    rows = []
    for code, each in sorted((geography.communes | geography.arrondissements).items()):
        own = counts.get(code, {})
        if "pmun2023" in own or "pmun2022" in own:
            row = {
                "code": code,
                "nom": each["nom"],
                "ville": each.get("commune") if code in geography.arrondissements else None,
                "departement": each.get("departement") or None,
                "region": each.get("region") or None,
                "epci": epci_of.get(code),
            }
            rows.append(row | {name: own.get(name) for name in columns})
    texts = dict.fromkeys(("code", "nom", "ville", "departement", "region", "epci"), polars.String)
    schema = texts | dict.fromkeys(columns, polars.Int32)
    DATA.mkdir(exist_ok=True)
    _write(polars.DataFrame(rows, schema), "communes")
    _write(polars.DataFrame(geography.former()), "anciens_codes")
    names = [{"siren": epci["code"], "nom": epci["nom"], "type": epci["type"]} for epci in epcis]
    _write(polars.DataFrame(names).sort("siren"), "epci")


def _write(frame: polars.DataFrame, name: str) -> None:
    path = DATA / f"{name}.parquet"
    frame.write_parquet(path, compression="zstd", compression_level=19, statistics=False)
    print(f"{path.name}: {frame.height} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
