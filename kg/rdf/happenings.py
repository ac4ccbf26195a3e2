"""Claims and occasions of one article -> what the graph says of happenings and named events.

    days(claims)       claim -> the day of the happening that it is about, for claims that have one
    happening(…)       the triples of a happening: relation, participants, day, place, topic
    event(…)           the triples of a named event: status, host, place, time, participants

A happening is one relation between the same participants on the same day, whatever sentences and articles tell of it: its IRI is
made of these. A sentence that gives no day tells of the happening that another sentence of the article dates, where there is
only one; a headline and its first sentence meet so.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.model import Claim, Occasion, Time
from kg.vocab import KG, PLOVER, RDF, RELATIONS, SEM

Triple = tuple[URIRef, URIRef, Node]


def days(claims: Iterable[Claim]) -> dict[Claim, dt.date]:
    """The day of each claim's happening; none for standing facts, and none where no day can be told."""
    events = [claim for claim in claims if RELATIONS[claim.relation].kind != "standing"]
    found = {claim: claim.time.first for claim in events if claim.time and claim.time.first == claim.time.last}
    dated: defaultdict[tuple[str, str, str], set[dt.date]] = defaultdict(set)
    for claim, day in found.items():
        if claim.asserted:
            dated[_pair(claim)].add(day)
    for claim in events:
        near = dated.get(_pair(claim), set())
        if claim not in found and claim.asserted and len(near) == 1:
            (day,) = near
            if claim.time is None or claim.time.first <= day <= claim.time.last:
                found[claim] = day
    return found


def _pair(claim: Claim) -> tuple[str, str, str]:
    return claim.relation, claim.subject, claim.object


@dataclass(frozen=True, slots=True)
class Told:
    """One claim of a happening as the writer of the graph has it: nodes instead of keys."""

    claim: URIRef
    relation: str
    subject: URIRef
    object: URIRef
    place: URIRef | None
    topic: str
    about: tuple[URIRef, ...]


def happening(event: URIRef, told: Told, time: URIRef) -> Iterator[Triple]:
    """What one claim says of its happening; `time` is the node of its day."""
    relation = RELATIONS[told.relation]
    yield from (
        (told.claim, KG.happening, event),
        (event, RDF.type, KG.Happening),
        (event, RDF.type, SEM.Event),
        (event, KG.relation, relation.iri),
        (event, KG.participant, told.subject),
        (event, KG.participant, told.object),
        (event, KG.time, time),
    )
    if relation.plover:
        yield event, SEM.eventType, PLOVER[relation.plover]
    if not relation.symmetric:
        yield event, KG.initiator, told.subject
        yield event, KG.recipient, told.object
    yield from circumstances(event, told)


def circumstances(node: URIRef, told: Told) -> Iterator[Triple]:
    """Place and topic, of a claim or of its happening."""
    if told.place:
        yield node, KG.place, told.place
    if told.topic:
        yield node, KG.topic, Literal(told.topic, lang="ar")
    for entity in told.about:
        yield node, KG.about, entity


def event(occasion: Occasion, node: Callable[[str], URIRef], time: Callable[[Time], URIRef]) -> Iterator[Triple]:
    """What an article tells of a named event; `node` and `time` give the nodes of an entity's key and of a time."""
    it = node(occasion.event)
    if occasion.status:
        yield it, KG.status, KG[occasion.status.value]
    if occasion.host:
        yield it, KG.host, node(occasion.host)
    if occasion.place:
        yield it, KG.place, node(occasion.place)
    if occasion.time:
        yield it, KG.time, time(occasion.time)
    for participant in occasion.participants:
        yield it, KG.participant, node(participant)


def nodes(claim: Claim, iri: URIRef, node: Callable[[str], URIRef]) -> Told:
    """A claim with the nodes of its entities."""
    place = node(claim.place) if claim.place else None
    about = tuple(node(key) for key in claim.about)
    return Told(iri, claim.relation, node(claim.subject), node(claim.object), place, claim.topic, about)


Days = Mapping[Claim, dt.date]
