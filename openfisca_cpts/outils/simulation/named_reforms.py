"""What a user names as a reform: a shipped one, a file, a folder, a table, a class."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openfisca_core.reforms import Reform
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_cpts import reforms
from openfisca_cpts.outils.simulation.columns import nearest
from openfisca_cpts.outils.simulation.faults import RequestError
from openfisca_cpts.reforms import dossier
from openfisca_cpts.reforms.reforme import DECLARATION, DONNE

PLUS = "+"
FILES = (".yaml", ".yml", ".json")


def parts_of(item: Any) -> list[Any]:
    """Cut a text at each « + », unless it is the path of a file that has one."""
    if not isinstance(item, str) or (item.lower().endswith(FILES) and Path(item).is_file()):
        return [item]
    parts = [part.strip() for part in item.split(PLUS)]
    if not all(parts):
        raise RequestError(f"« {item} » : un nom de réforme est attendu de chaque côté de « + ».")
    return parts


def path_of(part: Any) -> Path | None:
    """Give the path of a file, where a part is one."""
    if _folder(part) is not None:
        return None
    named = isinstance(part, str) and part.lower().endswith(FILES)
    return Path(part) if named or isinstance(part, Path) else None


def _folder(part: Any) -> Path | None:
    """Give the folder of a reform, where a part is one; a shipped name is never one."""
    if isinstance(part, str) and part in (*reforms.SCENARIOS, *reforms.VARIANTES):
        return None
    if isinstance(part, str | Path) and dossier.est_un_dossier(Path(part)):
        return Path(part)
    return None


def reform_of(part: Any, rank: int) -> type[Reform]:
    """Give a reform that does not stand in a file.

    Args:
        part: a name, a folder, a table or a class.
        rank: the rank of its scenario, which names a table that has no name.

    Returns:
        The reform.

    Raises:
        RequestError: it is none, or it is refused.
    """
    if (folder := _folder(part)) is not None:
        try:
            return dossier.lire_dossier(folder)
        except reforms.ReformeRefusee as error:
            raise RequestError(f"La réforme « {folder} » est refusée :\n{error}") from error
    if isinstance(part, str) and Path(part).is_dir() and part not in reforms.SCENARIOS:
        raise RequestError(f"Le dossier « {part} » n'a pas de fichier « {DECLARATION} ».")
    if isinstance(part, str):
        return _shipped(part)
    if isinstance(part, Mapping):
        try:
            if "parametres" in part:
                return reforms.declarer(dict(part))
            return reforms.depuis_json(f"reforme_{rank}", dict(part))
        except reforms.ReformeRefusee as error:
            raise RequestError(str(error)) from error
    if isinstance(part, type) and issubclass(part, Reform):
        return part
    raise RequestError(
        f"« {part} » n'est pas une réforme : attendu, le nom d'une réforme livrée, un fichier "
        ".yaml ou .json, un dossier avec « reforme.yaml », une table {chemin: {date: valeur}} ou "
        "une classe de réforme."
    )


def read_file(path: Path, system: TaxBenefitSystem, told: str) -> type[Reform]:
    """Read the reform of a file.

    Args:
        path: the file.
        system: the law that it changes, with the reforms that come before it.
        told: what tells the file from others of its name.

    Returns:
        The reform.

    Raises:
        RequestError: there is no such file, or what it holds is refused.
    """
    # The schema needs pydantic, which takes its time to load.
    from openfisca_cpts.outils.fichiers import reform_files

    if not path.is_file():
        raise RequestError(f"Le fichier de réforme « {path} » n'existe pas.")
    if path.suffix.lower() not in FILES:
        raise RequestError(f"« {path} » : attendu, un fichier de réforme {', '.join(FILES)}.")
    try:
        return reform_files.read(path, system.parameters, told)
    except reform_files.ReformFileError as error:
        raise RequestError(f"La réforme « {path} » est refusée :\n{error}") from error
    except OSError as error:
        raise RequestError(f"Le fichier « {path} » ne se lit pas ({error.strerror}).") from error


def _shipped(name: str) -> type[Reform]:
    known = (*reforms.SCENARIOS, *reforms.VARIANTES)
    plain, _, _ = name.partition(DONNE)
    if plain not in known:
        near = nearest(plain, known)
        advice = f" (la plus proche : « {near} »)" if near else ""
        raise RequestError(
            f"La réforme « {name} » n'existe pas{advice}. « openfisca-cpts reforms » les liste."
        )
    try:
        return reforms.trouver(name)
    except reforms.ReformeRefusee as error:
        raise RequestError(str(error)) from error
