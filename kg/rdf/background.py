"""What the reference data knows -> the graph `background`, which is never mixed into the articles' edges.

    triples(entities, offices, facts, iris) -> list[Triple]

takes plain rows, so that whoever reads the tables needs to know nothing of RDF:

    Known(id, type, label_ar, label_en, names, wikidata)      an entity: its labels and its Wikidata link
    Office(person, relation, of, portfolio, since, until)     a post with its dates, YYYY[-MM[-DD]], empty where not known
    (subject, relation, object)                               a standing fact: part_of, capital_of, member

All ids are those of the reference data (`russia`). A post becomes a kg:Fact, with the days between which it can have been
held, and the edge itself; a standing fact likewise, without dates.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Literal, URIRef

from kg.graph import Triple
from kg.iris import Iris, wikidata
from kg.model import EntityType
from kg.vocab import KG, RDF, RELATIONS, SKOS, XSD

# The office of a row of the reference data -> the relation that it states.
OFFICES = {
    "head_of_state": "head_of_state_of",
    "head_of_government": "head_of_government_of",
    "minister": "minister_of",
    "spokesperson": "spokesperson_of",
    "leader": "leader_of",
    "official": "official_of",
}


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the reference data."""

    id: str
    type: EntityType
    label_ar: str
    label_en: str = ""
    names: tuple[str, ...] = ()
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A post that a person held, by a row of the reference data."""

    person: str
    relation: str
    of: str
    portfolio: str = ""
    since: str = ""
    until: str = ""


def triples(
    entities: Iterable[Known],
    offices: Iterable[Office] = (),
    facts: Iterable[tuple[str, str, str]] = (),
    iris: Iris | None = None,
) -> list[Triple]:
    """The background graph, without duplicates, sorted by nothing but the order of the rows."""
    made = iris or Iris()
    out: list[Triple] = []
    for entity in entities:
        out += _entity(made, entity)
    for office in offices:
        out += _office(made, office)
    for subject, relation, object in facts:
        out += _fact(made, subject, relation, object)
    return list(dict.fromkeys(out))


def _entity(made: Iris, entity: Known) -> list[Triple]:
    node = made.entity(f"ref:{entity.id}")
    out: list[Triple] = [
        (node, RDF.type, KG[entity.type.value]),
        (node, SKOS.prefLabel, Literal(entity.label_ar, lang="ar")),
    ]
    if entity.label_en:
        out.append((node, SKOS.prefLabel, Literal(entity.label_en, lang="en")))
    out += [
        (node, SKOS.altLabel, Literal(name, lang="ar")) for name in entity.names if name != entity.label_ar
    ]
    if entity.wikidata:
        out.append((node, SKOS.exactMatch, wikidata(entity.wikidata)))
    return out


def _office(made: Iris, office: Office) -> list[Triple]:
    parts = (office.portfolio, office.since, office.until)
    out = _fact(made, office.person, office.relation, office.of, *parts)
    node = out[0][0]
    if office.portfolio:
        out.append((node, KG.portfolio, Literal(office.portfolio)))
    if office.since:
        out.append((node, KG.since, _day(office.since, last=False)))
    if office.until:
        out.append((node, KG.until, _day(office.until, last=True)))
    return out


def _fact(made: Iris, subject: str, relation: str, object: str, *parts: str) -> list[Triple]:
    known = RELATIONS[relation]
    one, other = made.entity(f"ref:{subject}"), made.entity(f"ref:{object}")
    if known.symmetric and other < one:
        one, other = other, one
    node: URIRef = made.fact(one, relation, other, *parts)
    return [
        (node, RDF.type, KG.Fact),
        (node, RDF.type, RDF.Statement),
        (node, RDF.subject, one),
        (node, RDF.predicate, known.iri),
        (node, RDF.object, other),
        (one, known.iri, other),
    ]


def _day(text: str, last: bool) -> Literal:
    """The first or the last day of `2012`, `2012-05` or `2012-05-07`.

    >>> str(_day("2012-02", last=True)), str(_day("2012", last=False))
    ('2012-02-29', '2012-01-01')
    """
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    day = day or (calendar.monthrange(year, month)[1] if last else 1)
    return Literal(f"{year:04}-{month:02}-{day:02}", datatype=XSD.date)
