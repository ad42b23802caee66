"""How help looks: panels of options, flowing text, no word for types that the reader knows from the text.

Knows nothing of any command.
"""

from __future__ import annotations

import inspect
from typing import Any

from typer.core import TyperCommand, TyperGroup

INPUT, SELECTION, OUTPUT = "Input", "Selection", "Output"
ROWS, EXIT, MESSAGES = "Rows", "Exit code", "Messages"
"""Panels; the same option stands in the same one everywhere."""


def _plain(param: Any) -> Any:
    """The same parameter, shown by its name alone where it has no value or is a word of the line."""
    if getattr(param, "is_flag", False):
        param.metavar = ""
    elif param.param_type_name == "argument":
        vars(param)["display_type_rich"] = lambda ctx: None
    return param


def _flowing(text: str | None) -> str | None:
    """A help text in which only indented lines (examples) end where they do; others are filled anew."""
    if text is None:
        return None
    parts = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(part if "\n  " in part else " ".join(part.split("\n")) for part in parts)


class Command(TyperCommand):
    """A command whose help flows and shows no types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help = _flowing(self.help)

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, as `_plain` has them; that for help stands in the last panel."""
        params = [_plain(param) for param in super().get_params(ctx)]
        for param in params:
            if "--help" in param.opts:
                param.rich_help_panel = MESSAGES
        return params


class Group(TyperGroup):
    """A group of commands whose help flows and shows no types."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help = _flowing(self.help)

    def get_params(self, ctx: Any) -> list[Any]:
        """The parameters, as `_plain` has them."""
        return [_plain(param) for param in super().get_params(ctx)]
