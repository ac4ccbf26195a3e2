"""Options and arguments that several commands share, and what they open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError

if TYPE_CHECKING:
    import httpx

    from kg.store import Store

DEFAULT = Path("out")

Graph = Annotated[
    Path, typer.Option("--graph", "-g", envvar="KG_GRAPH", help="The folder that `kg build -o` has written.", show_default=True)
]
Language = Annotated[str, typer.Option("--language", "-l", help="Labels in `ar` (Arabic) or `en` (English).")]


def open_store(folder: Path, write: bool = False) -> Store:
    """The store of a graph's folder. Raises StoreError, saying what to do, where there is none."""
    from kg.store import Store

    return Store.open(folder / "store", read_only=not write)


def day(value: str | None, name: str) -> dt.date | None:
    """The day that the option `--name` gives; None where it is left out. Raises InputError."""
    from kg.tables import day_given

    return day_given(value, f"--{name}") if value else None


def note(text: str) -> None:
    """What a person should know beside the answer, on standard error."""
    typer.echo(f"kg: {text}", err=True)


def language(value: str) -> str:
    """`ar` or `en`. Raises InputError."""
    if value not in {"ar", "en"}:
        raise InputError(f"--language is ar or en, not {value!r}")
    return value


def auth(user: str, password: str, digest: bool) -> httpx.Auth | None:
    """How a user is told to another store; the password is asked for where it is left out. None without a user."""
    import httpx

    if not user:
        if password or digest:
            raise InputError("a password or --digest wants --user")
        return None
    password = password or typer.prompt(f"Password of {user}", hide_input=True, err=True)
    return httpx.DigestAuth(user, password) if digest else httpx.BasicAuth(user, password)
