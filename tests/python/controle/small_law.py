"""A law of a few figures, written as files, to plant faults of its sources."""

import shutil

import yaml

from openfisca_cpts import DOSSIER

ACT = {
    "titre": "Accord du 20 juin 2019",
    "nature": "accord",
    "signature": "2019-06-20",
    "publication": "2019-08-24",
    "effet": "2019-08-25",
    "objet": "Finance les communautés.",
    "href": "https://example.org/accord",
    "lu": "rien",
    "non_lu": "Le texte entier.",
}
DATED = ("reference", "statut", "texte")


def write(root, figures, acts=None):
    """Write the files.

    Args:
        root: an empty folder.
        figures: for each its path, its values by date (or by size then by date), and its metadata,
            where what is not written by date holds for all dates.
        acts: acts of the register besides `ACT`, by key.
    """
    shutil.copy(DOSSIER / "units.yaml", root / "units.yaml")
    _dump(root / "textes.yaml", {"accord": ACT} | (acts or {}))
    folder = root / "parameters"
    folder.mkdir(exist_ok=True)
    for path, values, metadata in figures:
        file = folder / f"{path}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        _dump(file, _figure(values, metadata))
    for each in [folder, *folder.rglob("*")]:
        if each.is_dir():
            order = sorted(child.stem for child in each.iterdir() if child.stem != "index")
            metadata = {"short_label": "Un dossier", "order": order}
            text = {"description": "Un dossier", "documentation": "Des chiffres."}
            _dump(each / "index.yaml", text | {"metadata": metadata})


def _figure(values, metadata):
    sized = isinstance(next(iter(values.values())), dict)
    sizes = values if sized else {"": values}
    dates = sorted({date for series in sizes.values() for date in series})
    own = {"short_label": "Court", "unit": "currency-EUR", **metadata}
    own |= {
        key: dict.fromkeys(dates, own[key])
        for key in DATED
        if key in own and not isinstance(own[key], dict)
    }
    text = {
        "description": "Un chiffre",
        "documentation": "Ce qu'il est.",
        "metadata": {"last_value_still_valid_on": "2026-04-15", **own},
    }
    series = {
        size: {"values": {date: {"value": value} for date, value in dated.items()}}
        for size, dated in sizes.items()
    }
    if not sized:
        return text | series[""]
    return text | {size: {"description": size, **one} for size, one in series.items()}


class _Plain(yaml.SafeDumper):
    """Writes each thing in full: the files of the law have no aliases."""

    def ignore_aliases(self, data):
        return True


def _dump(file, content):
    file.write_text(yaml.dump(content, Dumper=_Plain, allow_unicode=True), "utf-8")
