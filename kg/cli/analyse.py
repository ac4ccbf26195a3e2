"""kg analyse: who is central, who belongs together, what links them; and the measures as triples of the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options, tables
from kg.errors import InputError
from kg.wording import counted

if TYPE_CHECKING:
    from kg.asking.analyse import Tie, Wanted
    from kg.store import Store

app = typer.Typer(help="Measure the network of actors: centrality, communities, chains, bridges.", no_args_is_help=True)

Kinds = Annotated[str, typer.Option(help="Kinds of relations, comma between: contact, agreement, words, force, standing.")]
Types = Annotated[str, typer.Option(help="Types of actors, comma between.")]
Since = Annotated[str | None, typer.Option(help="The first day, as 2021, 2021-08 or 2021-08-23.")]
Until = Annotated[str | None, typer.Option(help="The last day.")]
TYPES, KINDS = "Person,Organization,ArmedGroup,Country", "contact,agreement"


@app.command()
def centrality(
    graph: options.Graph = options.DEFAULT,
    by: Annotated[str, typer.Option(help="The periods: all, year, quarter or month.")] = "all",
    since: Since = None,
    until: Until = None,
    kinds: Kinds = KINDS,
    types: Types = TYPES,
    top: Annotated[int, typer.Option(min=1, help="How many actors of a period to show.")] = 20,
    language: options.Language = "ar",
    write: Annotated[bool, typer.Option(help="State the measures in the graph, in place of earlier ones.")] = True,
) -> None:
    """Show the most central actors of each period, and state all measures in the graph `analysis`."""
    from kg.asking import analyse

    spoken = options.language(language)
    with options.open_store(graph, write=write) as store:
        ties = _ties(store, _wanted(kinds, types, since, until))
        found = analyse.by_period(ties, by)
        rows = []
        for period in dict.fromkeys(m.period for m in found):
            of_period = [m for m in found if m.period == period][:top]
            rows += [
                (str(period.first), str(period.last), _name(store, m.actor, spoken), f"{m.pagerank:.4f}", f"{m.betweenness:.4f}",
                 str(m.degree), str(m.claims), str(m.community)) for m in of_period
            ]  # fmt: skip
        if write:
            store.state("analysis", analyse.triples(found, store.iris))
    tables.show(("since", "until", "actor", "pagerank", "betweenness", "degree", "claims", "community"), rows)
    if write:
        typer.echo(f"{counted(len(found), 'measurement')} in the graph now; ask `kg query most_central`", err=True)


@app.command()
def communities(
    graph: options.Graph = options.DEFAULT,
    since: Since = None,
    until: Until = None,
    kinds: Kinds = KINDS,
    types: Types = TYPES,
    language: options.Language = "ar",
) -> None:
    """Show who belongs together: each community with its members, the most central first."""
    from kg.asking import analyse

    spoken = options.language(language)
    with options.open_store(graph) as store:
        found = analyse.measured(_ties(store, _wanted(kinds, types, since, until)))
        groups: dict[int, list[str]] = {}
        for m in found:
            groups.setdefault(m.community, []).append(_name(store, m.actor, spoken))
    comma = "، " if spoken == "ar" else ", "
    tables.show(("community", "size", "members"), ((str(n), str(len(g)), comma.join(g)) for n, g in sorted(groups.items())))


@app.command()
def path(
    one: Annotated[str, typer.Argument(help="Where the chain begins.")],
    other: Annotated[str, typer.Argument(help="Where it ends.")],
    graph: options.Graph = options.DEFAULT,
    since: Since = None,
    until: Until = None,
    kinds: Kinds = KINDS,
    types: Types = TYPES,
    language: options.Language = "ar",
) -> None:
    """Show a shortest chain between two actors, with an article for each step."""
    from kg.asking import analyse, lookup

    spoken = options.language(language)
    with options.open_store(graph) as store:
        ends = [str(lookup.one(store, name, options.note).thing.iri) for name in (one, other)]
        if ends[0] == ends[1]:
            raise InputError(f"{one} and {other} are one actor, {_name(store, ends[0], spoken)}; name two")
        steps = analyse.path(_ties(store, _wanted(kinds, types, since, until)), *ends)
        at, rows = ends[0], []
        for tie in steps:
            to = tie.other if tie.one == at else tie.one
            rows.append((_name(store, at, spoken), tie.relation, _name(store, to, spoken), str(tie.day or ""), tie.article))
            at = to
    tables.show(("from", "relation", "to", "last", "article"), rows)


@app.command()
def bridges(
    graph: options.Graph = options.DEFAULT,
    since: Since = None,
    until: Until = None,
    kinds: Kinds = KINDS,
    types: Types = TYPES,
    language: options.Language = "ar",
) -> None:
    """Show the ties without which the network falls apart, and how many actors each links."""
    from kg.asking import analyse

    spoken = options.language(language)
    with options.open_store(graph) as store:
        found = analyse.bridges(_ties(store, _wanted(kinds, types, since, until)))
        rows = [(_name(store, b.one, spoken), _name(store, b.other, spoken), str(b.cut), str(b.rest)) for b in found]
    tables.show(("one", "other", "cuts_off", "from"), rows)


def _wanted(kinds: str, types: str, since: str | None, until: str | None) -> Wanted:
    from kg.asking.analyse import Wanted

    split = [tuple(word.strip() for word in text.split(",") if word.strip()) for text in (types, kinds)]
    return Wanted(split[0], split[1], options.day(since, "since"), options.day(until, "until"))


def _ties(store: Store, wanted: Wanted) -> list[Tie]:
    from kg.asking import analyse

    found = analyse.ties(store, wanted)
    if not found:
        raise InputError("there is no such tie in the graph: choose other --kinds or --types, or a longer time")
    return found


def _name(store: Store, iri: str, language: str) -> str:
    from rdflib import URIRef

    from kg import query

    return query.label_of(store, URIRef(iri), language)
