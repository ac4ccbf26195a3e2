"""kg view: a graph, or a part of it, as one page for the browser."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.tables import last_day


def run(
    graph: options.Graph = options.DEFAULT,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The HTML file to write; without it view.html beside the graph.", show_default=False)] = None,
    entity: Annotated[list[str] | None, typer.Option("--entity", "-e", help="Only what surrounds this entity, by any of its names; may be repeated.", show_default=False)] = None,
    depth: Annotated[int, typer.Option(help="How many steps around each --entity.")] = 1,
    relation: Annotated[list[str] | None, typer.Option("--relation", "-r", help="Only this relation (`spoke_with`); may be repeated.", show_default=False)] = None,
    since: Annotated[str | None, typer.Option(help="Only claims from this day on: 2021, 2021-08 or 2021-08-23.", show_default=False)] = None,
    until: Annotated[str | None, typer.Option(help="Only claims up to this day; a year or a month counts to its end.", show_default=False)] = None,
    top: Annotated[int | None, typer.Option(help="Only the most important entities, this many.", show_default=False)] = None,
    community: Annotated[str, typer.Option(help="Only one community: its number, or the name of a member.", show_default=False)] = "",
    language: options.Language = "ar",
    title: Annotated[str, typer.Option(help="A heading of your own.", show_default=False)] = "",
) -> None:
    """Draw a graph, or the part that is asked for, as one HTML page that needs no network."""
    from dataclasses import replace

    from kg import layout, network, selection, view

    wanted = selection.Selection(
        top=top,
        entity=tuple(entity or ()),
        relation=tuple(relation or ()),
        since=options.day(since, "since"),
        until=_last(until),
        community=community,
        depth=depth,
    )
    spoken = options.language(language)
    with options.open_store(graph) as store:
        whole = layout.measure(network.read(store))
    part, left_out = selection.select(whole, wanted)
    settings = view.Options(language=spoken, left_out=left_out or None)
    if title:
        settings = replace(settings, title_ar=title, title_en=title)
    path = view.write(out or graph / "view.html", part, settings)
    entities = left_out.of_nodes - left_out.nodes
    shown = f"{entities:,} entities, {len(part.edges):,} pairs, {len(part.claims):,} claims"
    typer.echo(f"wrote {path}: {shown}; open it in a browser")
    if left_out:
        typer.echo(left_out.line())


def _last(value: str | None) -> dt.date | None:
    """The last day of what `--until` names."""
    first = options.day(value, "until")
    return last_day(value) if first and value else None
