"""kg why: the sentences that an edge rests on."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options
from kg.errors import InputError
from kg.wording import one_line, printable_json

if TYPE_CHECKING:
    from rdflib import URIRef

    from kg.asking.lookup import Told
    from kg.store import Store


def run(
    subject: Annotated[str, typer.Argument(help="An entity, in Arabic or English, in any spelling.", show_default=False)],
    relation: Annotated[str, typer.Argument(help="A relation such as spoke_with; or the object.", show_default=False)] = "",
    object: Annotated[str, typer.Argument(help="The other entity.", show_default=False)] = "",
    graph: options.Graph = options.DEFAULT,
    language: options.Language = "en",
    edges_only: Annotated[bool, typer.Option("--edges-only", help="Leave out what is only planned, denied, asked for or doubtful.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="The most claims to show.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a claim.")] = False,
) -> None:
    """Show the sentences behind an edge, with article, date and source."""
    from kg.asking import lookup

    options.language(language)
    with options.open_store(graph) as store:
        relation, object = _relation_or_object(relation, object)
        told = [t for t in lookup.why(store, subject, relation, object, options.note) if t.makes_edge or not edges_only]
        if not told:
            raise InputError(f"no claim of {subject}{f' {relation}' if relation else ''}{f' {object}' if object else ''} in {graph}")
        for claim in told[:limit]:
            typer.echo(_json(store, claim) if as_json else _text(store, claim, language))
        if len(told) > limit:
            typer.echo(f"… and {len(told) - limit} more; --limit shows them", err=True)


def _relation_or_object(relation: str, object: str) -> tuple[str, str]:
    """The second word may be the object where the relation is left out: `kg why Putin Erdogan`."""
    from kg.asking import lookup
    from kg.errors import QueryError

    if not relation:
        return "", object
    try:
        return lookup.relation(relation), object
    except QueryError:
        if object:
            raise
        return "", relation


def _text(store: Store, claim: Told, language: str) -> str:
    """One claim for reading: what it says, how it is put, its sentence, and where that stands."""
    head = f"{_name(store, claim.subject, language)} — {claim.relation} — {_name(store, claim.object, language)}"
    lines = [head + _manner(claim), f"  «{' '.join(claim.sentence.split())}»", f"  {_where(claim)}"]
    said = _name(store, claim.said_by, language) if claim.said_by else claim.source_text
    when = _when(claim)
    facts = [f"said by {said}" if said else "", when, f"rule {claim.rule}, confidence {claim.confidence:.2f}"]
    lines.append("  " + "; ".join(fact for fact in facts if fact))
    lines += [f"  {note}" for note in _resolved(store, claim, language)]
    return "\n".join(map(_shown, lines)) + "\n"


def _shown(line: str) -> str:
    """A line as the terminal may have it: what an article's title or sentence holds cannot turn or break it."""
    body = line.lstrip(" ")
    return line[: len(line) - len(body)] + one_line(body)


def _name(store: Store, iri: URIRef, language: str) -> str:
    from kg.asking import lookup

    return lookup.named(store, iri, language)


def _manner(claim: Told) -> str:
    """How the claim is put, where it is not plainly asserted, and the post that it gives."""
    words = [claim.modality.lower()] if claim.modality != "Asserted" else []
    words += ["negated"] if claim.polarity != "Positive" else []
    words += ["former"] if claim.former else []
    post = f" [{claim.position}]" if claim.position else ""
    return post + (f" ({', '.join(words)}: no edge)" if words and not claim.makes_edge else f" ({', '.join(words)})" if words else "")


def _where(claim: Told) -> str:
    parts = [claim.outlet, str(claim.published or "no date"), claim.title or "", f"article {claim.article}", claim.url]
    return " | ".join(part for part in parts if part)


def _when(claim: Told) -> str:
    if not claim.first:
        return ""
    from kg.vocab import RELATIONS

    days = str(claim.first) if claim.first == claim.last else f"{claim.first} to {claim.last}"
    known = RELATIONS.get(claim.relation)  # what stands does not happen: it is known to hold on that day
    return f"{'as of' if known and known.kind == 'standing' else 'happened'} {days}" + (f" («{claim.words}»)" if claim.words else "")


def _resolved(store: Store, claim: Told, language: str) -> list[str]:
    """How words of the sentence that are no name of theirs were taken to mean the two entities."""
    from kg.asking import lookup

    notes = lookup.notes(store, claim)
    return [f"«{text}» is {_name(store, iri, language)}: {note}" for iri, text, note in notes]


def _json(store: Store, claim: Told) -> str:
    values = {name: str(value) if value is not None and not isinstance(value, str | int | float | bool) else value for name, value in asdict(claim).items()}
    values |= {
        "subject_label": _name(store, claim.subject, "en"),
        "object_label": _name(store, claim.object, "en"),
        "edge": claim.makes_edge,
    }
    return printable_json(json.dumps(values, ensure_ascii=False))
