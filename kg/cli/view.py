"""kg view: a graph, or a part of it, as one page for the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.errors import InputError
from kg.wording import counted

if TYPE_CHECKING:
    from kg.page.network import Network
    from kg.store import Store


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

    from kg import view
    from kg.page import layout, network, selection

    wanted = selection.Selection(
        top=top,
        relation=tuple(relation or ()),
        since=options.day(since, "since"),
        until=options.day(until, "until"),
        community=community,
        depth=depth,
    )
    spoken = options.language(language)
    with options.open_store(graph) as store:
        whole = layout.measure(network.read(store))
        wanted = replace(wanted, entity=tuple(_key(store, whole, name) for name in entity or ()))
        if community and not community.isdecimal():
            wanted = replace(wanted, community=_key(store, whole, community))
    part, left_out = selection.select(whole, wanted)
    settings = view.Options(language=spoken, left_out=left_out or None)
    if title:
        settings = replace(settings, title_ar=title, title_en=title)
    path = view.write(out or graph / "view.html", part, settings)
    entities = left_out.of_nodes - left_out.nodes
    shown = f"{counted(entities, 'entity', 'entities')}, {counted(len(part.edges), 'pair')}, {counted(len(part.claims), 'claim')}"
    typer.echo(f"wrote {path}: {shown}; open it in a browser")
    if left_out:
        typer.echo(left_out.line())


def _key(store: Store, whole: Network, name: str) -> str:
    """The key of the entity that a name means, found as every other command finds it. Raises KgError."""
    from kg.asking import lookup

    thing = lookup.one(store, name, options.note).thing
    if all(node.id != thing.key for node in whole.nodes):
        raise InputError(f"{name!r} is {thing.label} ({thing.key}), of which no article says anything that could be drawn")
    return thing.key
