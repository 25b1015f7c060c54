"""Situations ready to send to the Web API; one of them illustrates its specification."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def lire(nom: str) -> dict[str, Any]:
    """Read one example.

    Args:
        nom: name of the file, without its extension.

    Returns:
        The situation, as `POST /calculate` takes it.
    """
    fichier = Path(__file__).with_name(f"{nom}.json")
    return json.loads(fichier.read_text(encoding="utf-8"))
