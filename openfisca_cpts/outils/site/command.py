"""The help of the command, made from the command itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from openfisca_cpts.outils.cli.messages import Late
from openfisca_cpts.outils.site.matter import Matter
from openfisca_cpts.outils.site.pages import Page, fill

PATH = "guides/commande.md"
SECTION = "Guides"
TITLE = "La commande, option par option"


@dataclasses.dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        name: the words to type.
        usage: how it is called.
        paragraphs: its help.
        params: name, meaning and default of each argument and option.
    """

    name: str
    usage: str
    paragraphs: list[str]
    params: list[tuple[str, str, str]]


def commands() -> list[Command]:
    """Read every command, those of a group after it."""
    import typer

    from openfisca_cpts.outils.cli.application import PROGRAM, application

    return list(_walk(typer.main.get_command(application), PROGRAM))


def _walk(command: Any, name: str, parent: Any = None) -> Iterator[Command]:
    context = command.context_class(command, info_name=name.split()[-1], parent=parent)
    help_text = " \b".join((command.help or "").split("\f")[:1])
    blocks = [" ".join(block.split()) for block in help_text.split("\n\n")]
    yield Command(
        name=name,
        usage=" ".join((name, *command.collect_usage_pieces(context))),
        paragraphs=[block for block in blocks if block],
        params=[_param(param) for param in command.get_params(context) if param.name != "help"],
    )
    for key, child in getattr(command, "commands", {}).items():
        called = child.load() if isinstance(child, Late) else child
        yield from _walk(called, f"{name} {key}", context)


def _param(param: Any) -> tuple[str, str, str]:
    if param.param_type_name == "argument":
        shown = param.metavar or param.name.upper()
    else:
        shown = ", ".join(param.opts)
        if not getattr(param, "is_flag", False):
            shown = f"{shown} {param.metavar or param.name.upper()}"
    value = param.default
    plain = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    default = "obligatoire" if param.required else str(value) if plain else ""
    return shown, param.help or "", default


def pages(matter: Matter) -> Iterator[Page]:
    """Make the page."""
    text = fill("command", PATH, commands=commands())
    yield Page(PATH, TITLE, (SECTION, TITLE), text)
