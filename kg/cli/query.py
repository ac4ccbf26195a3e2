"""kg query: a shipped query, a file or SPARQL from standard input -> a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options, tables
from kg.errors import InputError
from kg.wording import counted

if TYPE_CHECKING:
    from kg.query import Query, Table
    from kg.store import Store

FORMATS = ("table", "csv", "tsv", "json", "xml")


def run(
    name: Annotated[
        str, typer.Argument(help="A shipped query (see --list), a .rq file, or - for standard input.", show_default=False)
    ] = "",
    param: Annotated[list[str] | None, typer.Option("--param", "-p", help="A parameter, as person=بوتين; may be repeated.")] = None,
    graph: options.Graph = options.DEFAULT,
    format: Annotated[str, typer.Option("--format", "-f", help="table, csv, tsv, json or xml.")] = "table",
    language: options.Language = "ar",
    limit: Annotated[int, typer.Option(help="The most rows.", min=1)] = 10_000,
    timeout: Annotated[float, typer.Option(help="The most seconds.", min=0.001)] = 30.0,
    iris: Annotated[bool, typer.Option("--iris", help="Show IRIs, not names, in tables and CSV.")] = False,
    allow: Annotated[list[str] | None, typer.Option(help="Let the query reach outside the store: SERVICE or FROM.")] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the shipped queries by theme.")] = False,
    endpoint: Annotated[str, typer.Option(help="Ask this SPARQL endpoint in place of the graph, with the same limits; names in parameters are looked up in --graph; without one, give IRIs.", show_default=False)] = "",
    user: Annotated[str, typer.Option("--user", "-u", envvar="KG_USER", help="The user's name at the endpoint.", show_default=False)] = "",
    password: Annotated[str, typer.Option(envvar="KG_PASSWORD", help="The password; better by the environment. Asked for when left out.", show_default=False)] = "",
    digest: Annotated[bool, typer.Option("--digest", help="Digest authentication (Virtuoso) and not Basic.")] = False,
    token: Annotated[str, typer.Option(envvar="KG_TOKEN", help="A bearer token, in place of a user.", show_default=False)] = "",
    show: Annotated[bool, typer.Option("--show", help="Print the query with its parameters bound, and stop.")] = False,
) -> None:
    """Ask the graph: a shipped query by its name, or your own SPARQL."""
    from kg import query
    from kg.asking import results

    spoken = options.language(language)
    if format not in FORMATS:
        raise InputError(f"--format is one of {', '.join(FORMATS)}, not {format!r}")
    if list_:
        _list(query.shipped(), spoken)
        return
    if not name:
        raise InputError("name a query, or see them all with `kg query --list`")
    asked = query.parse("standard input", sys.stdin.read()) if name == "-" else query.load(name)
    given = _given(param or [])
    with _store(graph, bool(endpoint)) as store:
        text = query.prepared(store, asked, given, options.note)
        if show:
            typer.echo(text, nl=not text.endswith("\n"))
            return
        limits = query.Limits(timeout, limit, frozenset(word.upper() for word in allow or []))
        if endpoint:
            from kg.storage import remote

            # Another store knows none of the project's prefixes.
            table = remote.ask(endpoint, query.prefixed(text), limits, options.auth(user, password, digest), token)
        else:
            table = query.run(store, text, limits)
        if format in {"table", "csv"} and not iris:
            table = query.named(store, table, spoken)
    if format == "table":
        _print(table)
    else:
        typer.echo(results.written(table, format), nl=False)
    if table.truncated:
        options.note(f"there {'is' if limit == 1 else 'are'} more than {counted(limit, 'row')}; raise --limit to see them")


def _store(folder: Path, elsewhere: bool) -> Store:
    """The graph's store; where an endpoint is asked and there is no graph here, an empty one: IRIs still do."""
    from kg.store import Store

    return Store.open() if elsewhere and not (folder / "store").is_dir() else options.open_store(folder)


def _given(words: list[str]) -> dict[str, str]:
    """`["person=بوتين"]` as a mapping."""
    given = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name or not value:
            raise InputError(f"--param wants name=value, not {word!r}")
        given[name.strip()] = value.strip()
    return given


def _list(queries: dict[str, Query], language: str) -> None:
    from rich.table import Table as Grid

    grid = Grid(box=None, show_header=False, pad_edge=False)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    theme = ""
    for name, one in sorted(queries.items(), key=lambda item: (item[1].theme, item[0])):
        if one.theme != theme:
            theme = one.theme
            grid.add_row(f"[bold]{theme}[/bold]", "")
        wanted = ", ".join(p.name + ("" if not p.optional and not p.default else "?") for p in one.parameters)
        grid.add_row(f"  {name}", tables.isolated((one.summary_ar if language == "ar" else one.summary) + (f" ({wanted})" if wanted else "")))
    tables.console().print(grid)


def _print(table: Table) -> None:
    tables.show(table.columns, (["" if cell is None else str(cell) for cell in row] for row in table.rows))
    typer.echo(counted(len(table.rows), "row"), err=True)
