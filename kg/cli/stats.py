"""kg stats: what a graph holds."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.wording import one_line

if TYPE_CHECKING:
    from kg.asking.lookup import Thing
    from kg.store import Store


def run(
    graph: options.Graph = options.DEFAULT,
    top: Annotated[int, typer.Option(min=0, help="How many of the entities that are named most to list.")] = 10,
    language: options.Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Everything as one JSON object.")] = False,
) -> None:
    """Count what the graph holds: articles, entities by type, edges by relation, claims by modality."""
    options.language(language)
    with options.open_store(graph) as store:
        found = _counted(store, language, top)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, counts in found.items():
        typer.echo(name)
        for what, number in counts.items():
            typer.echo(f"  {number:>9,}  {one_line(what)}")


def _counted(store: Store, language: str, top: int) -> dict[str, dict[str, int]]:
    from kg.asking import lookup

    things = list(lookup.entities(store))
    claims = list(lookup.claims(store))
    edges = Counter(edge.relation for edge in lookup.edges(store))
    outlets = Counter({claim.article: claim.outlet or "(none)" for claim in claims}.values())
    named = sorted(things, key=lambda t: (-t.mentions, t.iri))[:top]
    counts = lookup.counts(store)
    order = ("articles", "mentions", "entities", "claims", "edges", "quotations", "triples")
    return {
        "graph": {name: counts[name] for name in order},
        "entities by type": dict(Counter(thing.type for thing in things).most_common()),
        "edges by relation": dict(edges.most_common()),
        "claims by modality": dict(Counter(_manner(c.polarity, c.modality) for c in claims).most_common()),
        "articles with claims by outlet": dict(outlets.most_common()),
        "most mentions": dict(zip(_told_apart(named, language), (thing.mentions for thing in named), strict=True)),
    }


def _told_apart(things: list[Thing], language: str) -> list[str]:
    """What the things are called; those that share a name with another, with their keys."""
    names = [thing.named(language) for thing in things]
    count = Counter(names)
    return [name if count[name] == 1 else f"{name} ({thing.key})" for name, thing in zip(names, things, strict=True)]


def _manner(polarity: str, modality: str) -> str:
    return modality if polarity == "Positive" else f"{modality}, negated"
