"""Says in French what typer says in English: help, and errors in the options.

typer translates a part of its own texts through constants; its errors are told apart here by
their class. Recent versions bring their own copy of click, older ones import it: both are reached
through the classes that typer itself exports.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import re
import sys
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from openfisca_cpts.outils.cli import BAD_INPUT
from openfisca_cpts.outils.cli.refusals import show_refusal

click_errors: Any = sys.modules[typer.BadParameter.__module__]

rich_utils.ARGUMENTS_PANEL_TITLE = "Arguments"
rich_utils.OPTIONS_PANEL_TITLE = "Options"
rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
rich_utils.DEFAULT_STRING = "[défaut : {}]"
rich_utils.REQUIRED_LONG_STRING = "[obligatoire]"

USAGE = "Utilisation : "
HELP = "Afficher cette aide et quitter."
COMPLETION = {
    "install_completion": "Installer pour ce shell la complétion des commandes (touche Tab).",
    "show_completion": "Montrer le texte qui la donne, pour le copier ou l'adapter.",
}
"""What typer says in English of its own options."""
RENAMED = {"--profondeur": "--depth", "--non-modelise": "--not-modelled"}
"""Options of 0.4 that have another name since: the old one is taken until the next version."""


def near(word: str, words: list[str]) -> str:
    """Name the nearest of some words, as the end of a sentence."""
    found = difflib.get_close_matches(word, words, n=1)
    return f" La plus proche : « {found[0]} »." if found else ""


class _French:
    """What a command and a group of commands say themselves."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # typer folds the first paragraph only, and would keep the line ends of the others.
        kwargs["help"] = re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(kwargs.get("help") or ""))
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that shows how a command is called."""
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=USAGE)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words after the command; an error knows its command, to name its options."""
        try:
            return super().parse_args(ctx, args)  # type: ignore[misc]
        except click_errors.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help_option(self, ctx: Any) -> Any:
        """Give the option `--help`."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = HELP
        return option

    def get_params(self, ctx: Any) -> list[Any]:
        """Give the parameters; the type of an option is shown by its metavar, which is French."""
        params: list[Any] = super().get_params(ctx)  # type: ignore[misc]
        for param in params:
            param.help = COMPLETION.get(param.name, getattr(param, "help", None))
            shown = param.metavar if param.param_type_name == "option" else None
            param.display_type_rich = lambda ctx, shown=shown: shown
        return params


class FrenchCommand(_French, TyperCommand):
    """A command whose help is in French, and whose refusals are."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words after the command, and refuse those that nothing takes."""
        ctx.allow_extra_args = True
        args = [_renamed(word) for word in args]
        extra = super().parse_args(ctx, args)
        if extra:
            raise click_errors.UsageError(f"Argument en trop : « {' '.join(extra)} ».", ctx)
        return extra

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it refuses is said, and ends it."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not show_refusal(error):
                raise
            raise typer.Exit(BAD_INPUT) from error


def _renamed(word: str) -> str:
    """Give the name that an option has now, and say so."""
    name, equal, value = word.partition("=")
    if name not in RENAMED:
        return word
    said = f"L'option « {name} » s'appelle « {RENAMED[name]} » ; l'ancien nom disparaîtra."
    typer.echo(said, err=True)
    return RENAMED[name] + equal + value


class Late(FrenchCommand):
    """A command that is known by its name and the first line of its help, until it is called."""

    def __init__(self, name: str, module: str, line: str) -> None:
        super().__init__(name, help=line)
        self._module = module

    def load(self) -> Any:
        """Give the command itself: the function of its module that has its name, or its group."""
        module = importlib.import_module(self._module)
        group = getattr(module, "application", None)
        if group is None:
            group = typer.Typer(add_completion=False, rich_markup_mode="rich")
            group.command(self.name, cls=FrenchCommand)(getattr(module, str(self.name)))
        command = typer.main.get_command(group)
        command.name = self.name
        return command


class FrenchGroup(_French, TyperGroup):
    """A group of commands whose help is in French."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command by its name."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            message = f"La commande « {args[0]} » n'existe pas."
            raise click_errors.UsageError(message + near(args[0], self.list_commands(ctx)), ctx)
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, Late) else command, rest


def explain(error: Exception) -> str | None:
    """Say in French what is wrong with the words a command was called with.

    Args:
        error: what the application raised.

    Returns:
        The message, with the usage line and where to find help; nothing if the error is not one
        of the options.
    """
    if not isinstance(error, click_errors.UsageError):
        return None
    ctx = error.ctx
    lines = [_message(error)]
    if ctx is not None:
        lines = [ctx.get_usage(), *lines, f"Aide : {ctx.command_path} --help"]
    return "\n".join(lines)


def _message(error: Any) -> str:
    params = error.ctx.command.get_params(error.ctx) if error.ctx else []
    if isinstance(error, click_errors.NoSuchOption):
        options = [name for param in params for name in param.opts if name.startswith("-")]
        return f"L'option « {error.option_name} » n'existe pas.{near(error.option_name, options)}"
    if isinstance(error, click_errors.BadOptionUsage):
        flags = [
            name for param in params if getattr(param, "is_flag", False) for name in param.opts
        ]
        takes = "ne prend pas de valeur" if error.option_name in flags else "attend une valeur"
        return f"L'option « {error.option_name} » {takes}."
    if isinstance(error, click_errors.MissingParameter):
        return f"Il manque {_named(error.param)}."
    if isinstance(error, click_errors.BadParameter):
        return f"Valeur refusée pour {_named(error.param)} : {error.message}"
    return str(error.message)


def _named(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"l'argument « {param.metavar or param.name} »"
    return f"l'option « {param.opts[0]} »"
