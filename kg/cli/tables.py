"""Tables for people: in a terminal as wide as it is, elsewhere as wide as they need to be."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kg.wording import one_line

if TYPE_CHECKING:
    from rich.console import Console


def show(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table; columns of numbers stand to the right."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    lines = [tuple(row) for row in rows]
    grid = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for at, name in enumerate(columns):
        numbers = bool(lines) and all(_is_number(line[at]) for line in lines)
        grid.add_column(name, overflow="fold", justify="right" if numbers else "left")
    for line in lines:
        grid.add_row(*(Text(isolated(cell)) for cell in line))
    console().print(grid)


def _is_number(text: str) -> bool:
    return text == "" or text.replace(".", "", 1).removeprefix("-").isdecimal()


def isolated(text: str) -> str:
    """The text in one line, between left-to-right marks for a terminal that reorders lines: its columns then stay in place.

    Without them two Arabic cells side by side would be read as one right-to-left run and change places.
    """
    text = " ".join(one_line(text).split())
    return f"\u200e{text}\u200e" if sys.stdout.isatty() and not text.isascii() else text


def console() -> Console:
    """A console as wide as the terminal; unbounded where the output is no terminal, so that nothing is folded there."""
    from rich.console import Console

    return Console(highlight=False) if sys.stdout.isatty() else Console(width=10_000, highlight=False, no_color=True)
