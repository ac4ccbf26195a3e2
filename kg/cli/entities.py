"""kg entities: what the graph takes for one thing, and what people decide about that."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.errors import InputError
from kg.wording import counted, one_line

if TYPE_CHECKING:
    from kg.asking.lookup import Thing
    from kg.store import Store
    from kg.upkeep.decisions import Decision
    from kg.upkeep.proposals import Evidence, Proposal

app = typer.Typer(help="List, show, merge and split entities; review proposed merges.", no_args_is_help=True)

_Name = Annotated[str, typer.Argument(help="A name in any spelling, or a key as `show` prints it.", show_default=False)]
_Note = Annotated[str, typer.Option(help="Why, for the file of decisions.")]
_AGAIN = "honoured by the next `kg build` of the articles that name them"


@app.command("list")
def list_(
    graph: options.Graph = options.DEFAULT,
    kind: Annotated[str, typer.Option("--type", "-t", help="Only of a type: Person, Country, Organization, …")] = "",
    unknown: Annotated[bool, typer.Option("--unknown", help="Only those that the reference data does not know.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="The most to list.")] = 50,
    language: options.Language = "en",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an entity.")] = False,
) -> None:
    """List entities, those named most first."""
    from kg.asking import lookup
    from kg.cli.tables import show
    from kg.model import EntityType

    options.language(language)
    if kind and kind not in {t.value for t in EntityType}:
        raise InputError(f"--type is one of {', '.join(t.value for t in EntityType)}, not {kind!r}")
    with options.open_store(graph) as store:
        things = [t for t in lookup.entities(store) if kind in {"", t.type} and not (unknown and t.key.startswith("ref:"))]
    things.sort(key=lambda t: (-t.mentions, t.key))
    if as_json:
        for thing in things[:limit]:
            typer.echo(json.dumps(_values(thing), ensure_ascii=False))
        return
    rows = [(t.named(language), t.arabic, t.type, str(t.mentions), str(t.articles), t.key) for t in things[:limit]]
    show(("name", "Arabic", "type", "mentions", "articles", "key"), rows)
    if len(things) > limit:
        typer.echo(f"… {len(things) - limit} more; --limit shows them", err=True)


@app.command("show")
def show_(name: _Name, graph: options.Graph = options.DEFAULT, limit: Annotated[int, typer.Option(min=1)] = 5) -> None:
    """Show one entity: its names, key, and where articles name it."""
    from kg.upkeep import proposals

    with options.open_store(graph) as store:
        thing = _one(store, name)
        typer.echo(f"{thing.named('en')} — {thing.type}\n  key       {thing.key}")
        if thing.latin:
            typer.echo("  the Latin name is a transliteration")
        typer.echo(f"  names     {'، '.join(dict.fromkeys((thing.arabic, *thing.names)))}")
        if thing.wikidata:
            typer.echo(f"  Wikidata  {thing.wikidata}")
        typer.echo(f"  named     {counted(thing.mentions, 'time')} in {counted(thing.articles, 'article')}")
        for place in proposals.evidence(store, thing, limit):
            typer.echo(_place(place))


@app.command()
def review(
    graph: options.Graph = options.DEFAULT,
    limit: Annotated[int, typer.Option(min=1, help="The most proposals to show.")] = 20,
    ask: Annotated[bool, typer.Option("--ask/--list", help="Ask about each one (on a terminal), or only list them.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a proposal.")] = False,
) -> None:
    """Go through merges that are proposed: y they are one, n they are two, s later, q stop."""
    from kg.upkeep import proposals

    decided = _read(graph)
    with options.open_store(graph) as store:
        from kg.asking import lookup

        found = proposals.propose(lookup.entities(store), decided)
        for proposal in found[:limit]:
            if as_json:
                typer.echo(json.dumps(_proposal(store, proposal), ensure_ascii=False))
                continue
            _print(store, proposal)
            if ask and sys.stdin.isatty() and not _answer(graph, proposal):
                return
    if not as_json:
        typer.echo(f"{len(found)} proposals" + (f", {limit} shown" if len(found) > limit else ""), err=True)


@app.command()
def merge(one: _Name, other: _Name, graph: options.Graph = options.DEFAULT, note: _Note = "") -> None:
    """Decide that two entities are one; the first is kept, or the one that the reference data knows."""
    a, b = _keys(graph, one, other)
    _decide(graph, "same", a, b, note)
    typer.echo(f"{b} is {a}: {_AGAIN}")


@app.command("keep-apart")
def keep_apart(one: _Name, other: _Name, graph: options.Graph = options.DEFAULT, note: _Note = "") -> None:
    """Decide that two entities are two, so that they are not proposed again."""
    a, b = _keys(graph, one, other)
    _decide(graph, "different", a, b, note)
    typer.echo(f"{a} and {b} stay two")


@app.command()
def split(
    name: _Name,
    article: Annotated[str, typer.Argument(help="The id of the article, as `show` prints it.", show_default=False)],
    graph: options.Graph = options.DEFAULT,
    note: _Note = "",
) -> None:
    """Decide that what one article calls so is somebody else of the name."""
    with options.open_store(graph) as store:
        key = _one(store, name).key
        if article not in store.known():
            raise InputError(f"no article has the id {article!r}; `kg entities show {name!r}` lists ids")
    _decide(graph, "split", key, article, note)
    typer.echo(f"{key} in {article} is an entity of its own: {_AGAIN}")


@app.command()
def decisions(graph: options.Graph = options.DEFAULT) -> None:
    """List the decisions taken so far."""
    from kg.cli.tables import show

    show(("decision", "one", "other", "note"), [(d.decision, d.one, d.other, d.note) for d in _read(graph)])


@app.command()
def undo(
    one: Annotated[str, typer.Argument(help="A key, as `kg entities decisions` prints it.", show_default=False)],
    other: Annotated[str, typer.Argument(help="The other key, or of a split the article.", show_default=False)],
    graph: options.Graph = options.DEFAULT,
) -> None:
    """Take a decision back."""
    from kg.upkeep import decisions as made

    before = _read(graph)
    after = made.undo(before, one, other)
    if len(after) == len(before):
        raise InputError(f"there is no decision about {one} and {other}; `kg entities decisions` lists them")
    made.write(graph / made.FILE, after)
    typer.echo(f"undone: {_AGAIN}")


@app.command()
def score(
    gold: Annotated[list[Path], typer.Option("--gold", help="A folder with entities.tsv (and mentions.tsv); may be repeated.", show_default=False)],
    graph: options.Graph = options.DEFAULT,
    listed: Annotated[bool, typer.Option("--list", help="Name what was missed and what was linked wrongly.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as JSON.")] = False,
) -> None:
    """Measure names and entities against gold: names found, links, clusters."""
    from kg.measure import entity_report

    with options.open_store(graph) as store:
        report = entity_report.measure(store, gold)
    if as_json:
        typer.echo(json.dumps(report.values(), ensure_ascii=False, indent=1))
        return
    for line in [*(report.faults() if listed else []), *report.lines()]:
        typer.echo(line)


def _one(store: Store, name: str) -> Thing:
    from kg.asking import lookup

    return lookup.one(store, name, options.note).thing


def _keys(graph: Path, one: str, other: str) -> tuple[str, str]:
    with options.open_store(graph) as store:
        a, b = _one(store, one), _one(store, other)
    if a.key == b.key:
        raise InputError(f"{one!r} and {other!r} are one entity already: {a.key}")
    return (b.key, a.key) if b.key.startswith("ref:") and not a.key.startswith("ref:") else (a.key, b.key)


def _read(graph: Path) -> tuple[Decision, ...]:
    from kg.upkeep import decisions as made

    return made.read(graph / made.FILE)


def _decide(graph: Path, decision: str, one: str, other: str, note: str) -> None:
    from kg.upkeep import decisions as made

    new = made.Decision.model_validate({"decision": decision, "one": one, "other": other, "note": note})
    made.write(graph / made.FILE, made.decide(_read(graph), new))


def _print(store: Store, proposal: Proposal) -> None:
    from kg.upkeep import proposals

    typer.echo(f"{proposal.score:.0f}  {proposal.why}")
    for thing in (proposal.keep, proposal.other):
        typer.echo(f"  {thing.arabic} ({thing.named('en')}), {thing.type}, {counted(thing.mentions, 'mention')} — {thing.key}")
        for place in proposals.evidence(store, thing):
            typer.echo(_place(place))


def _answer(graph: Path, proposal: Proposal) -> bool:
    """Asks about a proposal and writes the answer down; False to stop."""
    answer = str(typer.prompt("one? [y/n/s/q]", default="s")).strip().lower()[:1]
    if answer in {"y", "n"}:
        _decide(graph, "same" if answer == "y" else "different", proposal.keep.key, proposal.other.key, "reviewed")
    return answer != "q"


def _place(place: Evidence) -> str:
    return "    " + one_line(f"{place.article}: … {place.before} «{place.text}» {place.after} …")


def _proposal(store: Store, proposal: Proposal) -> dict[str, object]:
    from dataclasses import asdict

    from kg.upkeep import proposals

    return {
        "score": round(proposal.score, 1),
        "why": proposal.why,
        "entities": [
            {**_values(t), "evidence": [asdict(e) for e in proposals.evidence(store, t)]} for t in (proposal.keep, proposal.other)
        ],
    }


def _values(thing: Thing) -> dict[str, object]:
    return {
        "key": thing.key, "type": thing.type, "arabic": thing.arabic, "english": thing.english or thing.latin,
        "transliterated": bool(thing.latin), "names": list(thing.names), "mentions": thing.mentions, "articles": thing.articles,
    }  # fmt: skip
