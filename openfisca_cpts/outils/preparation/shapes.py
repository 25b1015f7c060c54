"""Files of JSON that tell the community of each commune, as one table of rows.

Three shapes: a table of communes (each under several keys: its code, its name, its plain name),
GeoJSON, and the JSON of ArcGIS. The names of the fields are not known in advance: the first of a
list of candidates that is there is taken, and told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openfisca_cpts.outils.preparation.raw_cells import Grid
from openfisca_cpts.outils.simulation.faults import Fault, RequestError, TableError
from openfisca_cpts.outils.spelling import plain

SHAPES = (".json", ".geojson")
MAP = "cptsMap"
CODE = re.compile(r"\d[0-9AB]\d{3}")
NAMES = (
    *("nom_cpts", "cpts", "lib_cpts", "nom", "libelle", "nom_struct", "raison_sociale"),
    *("denomination", "name"),
)
CODES = (
    *("code_insee", "insee", "insee_com", "code_commune", "codgeo", "cd_cmmn", "insee_val"),
    *("com", "depcom", "code"),
)
STATES = ("statut", "etat", "avancement", "etat_avancement", "stade", "niveau", "etape")
SIGNED = re.compile(
    r"\b(aci|signe|signee|signes|contrat|contractualise|contractualisee|adherente?)\b"
)
CUT = len("raison_soc")
"""Letters that a shapefile leaves of a name."""


def read_shape(path: Path) -> Grid:
    """Read one of the shapes as a table: the code of each commune, and its community.

    Args:
        path: the file.

    Returns:
        The rows, below a row of titles.

    Raises:
        RequestError: the file does not exist.
        TableError: it is no JSON, or of another shape; the fields that it has are named.
    """
    if not path.is_file():
        raise RequestError(f"Le fichier « {path} » n'existe pas.")
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise TableError([Fault("un fichier JSON", value="contenu illisible")]) from error
    if isinstance(content, Mapping) and isinstance(content.get("features"), list):
        return _of_features(content["features"])
    table = content.get(MAP, content) if isinstance(content, Mapping) else None
    if isinstance(table, Mapping) and table and all(isinstance(v, str) for v in table.values()):
        # Each commune stands under its code, its name and its plain name: codes alone count once.
        rows = {key: value for key, value in table.items() if CODE.fullmatch(key)}
        if not rows:
            raise TableError([Fault("des codes de commune de cinq caractères")])
        left = len(table) - len(rows)
        remark = f"{left} clés qui ne sont pas un code de commune, non lues"
        return _grid(rows.items(), [remark] if left else [])
    raise TableError(
        [Fault(f"« {MAP} » (commune → communauté), GeoJSON ou JSON d'ArcGIS", value="autre forme")]
    )


def _of_features(features: list[Any]) -> Grid:
    records = [
        each.get("properties") or each.get("attributes") or {}
        for each in features
        if isinstance(each, Mapping)
    ]
    fields = sorted({str(key) for record in records for key in record})
    code, name = _field(fields, CODES), _field(fields, NAMES)
    if code is None or name is None:
        what = "le code Insee des communes" if code is None else "le nom de la communauté"
        raise TableError([Fault(f"un champ pour {what}", value=f"champs : {', '.join(fields)}")])
    state = _field(fields, STATES)
    rows, unsigned = [], 0
    for record in records:
        said = plain(str(record.get(state) or "")) if state else "aci"
        if state and not SIGNED.search(said):
            unsigned += 1
            continue
        rows.append((_text(record.get(code)), _text(record.get(name))))
    remarks = [f"champs lus : « {code} » (commune), « {name} » (communauté)"]
    if state:
        remarks.append(f"champ d'état « {state} » : {unsigned} lignes sans contrat, non lues")
    return _grid(rows, remarks)


def _field(fields: Iterable[str], candidates: Iterable[str]) -> str | None:
    """Find a field by its name, whole or as a shapefile cuts it."""
    by_name = {plain(field, "_"): field for field in fields}
    for candidate in candidates:
        for name in (candidate, candidate[:CUT]):
            if name in by_name:
                return by_name[name]
    return None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _grid(rows: Iterable[tuple[str | None, str | None]], remarks: list[str]) -> Grid:
    return Grid.of_texts([("code insee", "cpts"), *rows], remarks)
