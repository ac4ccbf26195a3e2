"""Reading the graph as things and not as triples: names, entities, edges, the evidence behind them.

    find(store, name) -> list[Found]           the entities that a person means by `name`, the likeliest first
    one(store, name) -> Found                  the likeliest; QueryError, with the nearest names, when there is none
    claims(store, …) -> Iterator[Told]         claims with article, sentence, date and speaker
    why(store, subject, relation, object)      the claims behind an edge, by names as people write them
    entities(store) -> Iterator[Thing]         every entity with its labels and how often it is named
    edges(store, …) -> Iterator[Edge]          every direct edge with the claims behind it counted

Names match as people write them: Arabic in any spelling (kg.arabic.fold), with or without the article, English in any
case, an id of the reference data, a Wikidata number, an IRI; then parts of names; then near misses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rdflib import Literal, URIRef

from kg import iris
from kg.arabic import fold
from kg.asking import matching
from kg.errors import QueryError
from kg.graph import TRANSLITERATED
from kg.store import Cell, Store
from kg.vocab import KG, RDF, RELATIONS, SKOS

Tell = Callable[[str], None]  # what a person should know of how a name was understood, in one line


def quiet(_: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: labels in Arabic and, where known, English (`latin` is a transliteration)."""

    iri: URIRef
    key: str
    type: str
    arabic: str = ""
    english: str = ""
    latin: str = ""
    names: tuple[str, ...] = ()
    wikidata: str = ""
    mentions: int = 0
    articles: int = 0

    @property
    def label(self) -> str:
        """The Arabic label, or else the English one, the transliteration, the key."""
        return self.arabic or self.english or self.latin or self.key

    def named(self, language: str) -> str:
        """The best label for a reader of `language`: ar or en."""
        return self.label if language == "ar" else self.english or self.latin or self.label


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that a name can mean; `score` of 100 is a name that it bears."""

    thing: Thing
    score: float


@dataclass(frozen=True, slots=True)
class Told:
    """One claim with all that stands around it. Entities and articles are IRIs; days are None where not known."""

    claim: URIRef
    subject: URIRef
    relation: str
    object: URIRef
    polarity: str
    modality: str
    confidence: float
    rule: str
    article: str
    sentence: str
    start: int
    end: int
    title: str = ""
    published: dt.date | None = None
    outlet: str = ""
    url: str = ""
    said_by: URIRef | None = None
    source_text: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    words: str = ""
    position: str = ""
    portfolio: str = ""
    former: bool = False

    @property
    def makes_edge(self) -> bool:
        """The claim is plainly asserted, so that it is stated as an edge as well."""
        return self.polarity == "Positive" and self.modality == "Asserted"

    @property
    def day(self) -> dt.date | None:
        """The day to sort it by: when it happened, else when it was published."""
        return self.first or self.published


@dataclass(frozen=True, slots=True)
class Edge:
    """One direct edge and how well it is borne out."""

    subject: URIRef
    relation: str
    object: URIRef
    claims: int
    articles: int
    outlets: int
    confidence: float
    first: dt.date | None
    last: dt.date | None


def entities(store: Store) -> Iterator[Thing]:
    """Every entity that an article names, by key."""
    subjects = {q.subject.value for q in store.pattern(graph=store.iris.graph("entities"))}
    for iri in sorted(subjects):
        found = thing(store, URIRef(iri))
        if found is not None:
            yield found


def named(store: Store, iri: URIRef, language: str) -> str:
    """What the entity of an IRI is called in a language (ar or en); its key where neither articles nor background know it."""
    found = thing(store, iri)
    return found.named(language) if found else store.iris.key(iri)


def thing(store: Store, iri: URIRef) -> Thing | None:
    """The entity of an IRI, from the articles or else from the background; None when neither knows it."""
    for name in ("entities", "background"):
        told: defaultdict[str, list[Cell]] = defaultdict(list)
        for quad in store.pattern(iri, graph=store.iris.graph(name)):
            told[quad.predicate.value].append(store.term(quad.object))
        if told:
            return _thing(store, iri, told)
    return None


def _thing(store: Store, iri: URIRef, told: defaultdict[str, list[Cell]]) -> Thing:
    labels = {o.language: str(o) for o in told[_PREF] if isinstance(o, Literal)}
    names = sorted({str(o) for o in told[_ALT]})
    types = sorted(str(o).rpartition("#")[2] for o in told[_TYPE] if str(o).startswith(iris.ONTOLOGY))
    graphs = [q.graph_name.value for q in store.pattern(iri, KG.mention)]
    return Thing(
        iri,
        store.iris.key(iri),
        types[0] if types else "Entity",
        labels.get("ar", ""),
        labels.get("en", ""),
        labels.get(TRANSLITERATED, ""),
        tuple(names),
        str(told[_MATCH][0]).rpartition("/")[2] if told[_MATCH] else "",
        len(graphs),
        len(set(graphs)),
    )


_PREF, _ALT, _MATCH, _TYPE = map(str, (SKOS.prefLabel, SKOS.altLabel, SKOS.exactMatch, RDF.type))


# -- names --------------------------------------------------------------------------------------------------------


def find(store: Store, name: str, limit: int = 10) -> list[Found]:
    """The entities that `name` can mean, the likeliest first; of equals the one that is named oftener."""
    known = _by_id(store, name.strip())
    if known is not None:
        return [Found(known, 100.0)]
    names = _names(store)
    scores: dict[str, float] = {}
    for text, score in matching.likely(names, name).items():
        for iri in names[text]:
            scores[iri] = max(scores.get(iri, 0.0), score)
    things = [(thing(store, URIRef(iri)), score) for iri, score in scores.items()]
    found = [Found(t, score) for t, score in things if t is not None]
    return sorted(found, key=lambda f: (-f.score, -f.thing.mentions, f.thing.iri))[:limit]


def one(store: Store, name: str, tell: Tell = quiet) -> Found:
    """The entity that `name` means; near misses are offered and not taken. Told when it could as well mean another."""
    found = find(store, name)
    if found and found[0].score >= matching.TAKEN:
        if told := understood(name, found):
            tell(told)
        return found[0]
    near = "، ".join(dict.fromkeys(f.thing.label for f in found[:3]))
    raise QueryError(f"no entity is called {name!r}" + (f"; the nearest are: {near}" if near else ""))


def understood(name: str, found: list[Found]) -> str:
    """How a name was understood, where the name alone does not say it: misspelt, or borne by several; else nothing."""
    first, *rest = found
    others = list(dict.fromkeys(f.thing.label for f in rest if f.score == first.score))
    if first.score > matching.MISSPELT and not others:
        return ""
    thing = first.thing
    also = f"; as well: {'، '.join(others[:3])}" + ("، …" if len(others) > 3 else "") if others else ""
    return f"{name!r} taken for: {thing.label} ({thing.key}){also}"


def relation(name: str) -> str:
    """A relation's name as people write it: `spoke_with`, `spoke with`, `kg:spoke_with`, `met`."""
    plain = name.strip().removeprefix("kg:").lower().replace(" ", "_").replace("-", "_")
    if plain in RELATIONS:
        return plain
    starts = [r for r in RELATIONS if r.startswith(plain + "_")] or [
        r for r in RELATIONS if r.startswith(plain)
    ]
    if len(starts) == 1:
        return starts[0]
    near = [r for r, _, _ in process.extract(plain, list(RELATIONS), limit=3)]
    raise QueryError(f"no relation is called {name!r}; the nearest are: {', '.join(starts[:3] or near)}")


def _by_id(store: Store, name: str) -> Thing | None:
    if re.fullmatch(r"Q[1-9]\d*", name):
        match = next(iter(store.pattern(None, URIRef(_MATCH), iris.wikidata(name))), None)
        return thing(store, URIRef(match.subject.value)) if match else None
    if iris.is_web(name):
        return thing(store, URIRef(name))
    if re.fullmatch(r"[a-z]+:.+", name):
        return thing(store, store.iris.entity(name))
    return thing(store, store.iris.entity(f"ref:{name}")) if re.fullmatch(r"[a-z0-9_]+", name) else None


def _names(store: Store) -> dict[str, set[str]]:
    """Folded name -> the IRIs that bear it."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for graph in ("entities", "background"):
        for link in (_PREF, _ALT):
            for quad in store.pattern(None, URIRef(link), None, store.iris.graph(graph)):
                names[fold(quad.object.value)].add(quad.subject.value)
    return names


# -- claims and edges ---------------------------------------------------------------------------------------------

_CLAIMS = """
SELECT * WHERE { GRAPH ?g {
  ?claim a kg:Claim ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ; kg:polarity ?polarity ;
    kg:modality ?modality ; kg:confidence ?confidence ; kg:rule ?rule ; kg:article ?article ; kg:evidence ?evidence .
  ?evidence oa:hasTarget ?target . ?target oa:hasSelector ?quote , ?place .
  ?quote oa:exact ?sentence . ?place oa:start ?start ; oa:end ?end .
  OPTIONAL { ?claim kg:attributedTo ?said_by } OPTIONAL { ?claim kg:sourceText ?source_text }
  OPTIONAL { ?claim kg:position ?position } OPTIONAL { ?claim kg:portfolio ?portfolio }
  OPTIONAL { ?claim kg:former ?former }
  OPTIONAL { ?claim kg:time ?time . ?time kg:firstDay ?first ; kg:lastDay ?last OPTIONAL { ?time kg:words ?words } }
  OPTIONAL { ?article schema:headline ?title } OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:url ?url } OPTIONAL { ?article schema:publisher ?publisher . ?publisher rdfs:label ?outlet }
} } ORDER BY ?published ?claim"""


def claims(
    store: Store, subject: URIRef | None = None, relation: str = "", object: URIRef | None = None
) -> Iterator[Told]:
    """The claims of the store, or those with this subject, relation and object; a symmetric relation both ways."""
    given = {"subject": subject, "relation": RELATIONS[relation].iri if relation else None, "object": object}
    orders = [given]
    if (subject or object) and (not relation or RELATIONS[relation].symmetric):
        orders.append({**given, "subject": object, "object": subject})
    seen: set[Cell] = set()
    for turned, bindings in enumerate(orders):
        rows = store.query(_CLAIMS, **bindings)
        for row in rows.rows:
            told = _told(store, dict(zip(rows.columns, row, strict=True)))
            if told.claim not in seen and (not turned or RELATIONS[told.relation].symmetric):
                seen.add(told.claim)
                yield told


def why(store: Store, subject: str, relation_name: str = "", object: str = "", tell: Tell = quiet) -> list[Told]:
    """The claims behind an edge, those that make it first, then by day. Raises QueryError for names that nobody bears."""
    who, whom = one(store, subject, tell).thing.iri, one(store, object, tell).thing.iri if object else None
    name = relation(relation_name) if relation_name else ""
    told = list(claims(store, who, name, whom))
    if not told and whom is not None:  # the other way round, for one who does not know which side acts
        told = list(claims(store, whom, name, who))
    elif whom is None:
        told += [t for t in claims(store, None, name, who) if t.claim not in {x.claim for x in told}]
    return sorted(told, key=lambda t: (not t.makes_edge, t.day or dt.date.min, t.article, t.start, t.claim))


def edges(store: Store) -> Iterator[Edge]:
    """Every direct edge that an article states, by subject; holds the claims of one subject at a time."""
    subjects = {q.subject.value for q in store.pattern(graph=store.iris.graph("entities"))}
    for iri in sorted(subjects):
        yield from _edges_of(store, URIRef(iri))


def edge_keys(store: Store, subject: URIRef) -> set[tuple[str, str]]:
    """(relation, object) of the direct edges that articles state of the subject."""
    head, found = store.iris.article_graphs, set()
    for quad in store.pattern(subject):
        name = quad.predicate.value.removeprefix(iris.ONTOLOGY)
        if name in RELATIONS and quad.graph_name.value.startswith(head):
            found.add((name, quad.object.value))
    return found


def _edges_of(store: Store, subject: URIRef) -> Iterator[Edge]:
    wanted = edge_keys(store, subject)
    if not wanted:
        return
    told: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
    rows = store.query(_CLAIMS, subject=subject)
    for row in rows.rows:
        claim = _told(store, dict(zip(rows.columns, row, strict=True)))
        if claim.makes_edge:
            told[claim.relation, str(claim.object)].append(claim)
    for name, object in sorted(wanted):
        yield _edge(subject, name, URIRef(object), told[name, object])


def _edge(subject: URIRef, name: str, object: URIRef, told: list[Told]) -> Edge:
    days = [day for t in told for day in (t.first or t.published, t.last or t.published) if day]
    return Edge(
        subject,
        name,
        object,
        len(told),
        len({t.article for t in told}),
        len({t.outlet for t in told if t.outlet}),
        max((t.confidence for t in told), default=0.0),
        min(days, default=None),
        max(days, default=None),
    )


def _told(store: Store, row: dict[str, Cell]) -> Told:
    def text(name: str) -> str:
        return "" if row.get(name) is None else str(row[name])

    return Told(
        URIRef(text("claim")), URIRef(text("subject")), text("relation").rpartition("#")[2], URIRef(text("object")),
        text("polarity").rpartition("#")[2], text("modality").rpartition("#")[2], float(text("confidence")),
        text("rule"), store.iris.article_id(text("article")), text("sentence"), int(text("start")), int(text("end")),
        text("title"), _day(text("published")), text("outlet"), text("url"),
        URIRef(text("said_by")) if text("said_by") else None, text("source_text"),
        _day(text("first")), _day(text("last")), text("words"), text("position"), text("portfolio"),
        text("former") == "true",
    )  # fmt: skip


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def counts(store: Store) -> Counter[str]:
    """How much there is: articles, entities, mentions, claims, edges, triples."""
    found: Counter[str] = Counter(triples=len(store), articles=len(store.known()))
    for name, kind in (("mentions", KG.Mention), ("claims", KG.Claim), ("quotations", KG.Quotation)):
        found[name] = sum(1 for _ in store.pattern(None, URIRef(_TYPE), kind))
    subjects = {q.subject.value for q in store.pattern(graph=store.iris.graph("entities"))}
    found["entities"] = len(subjects)
    found["edges"] = sum(len(edge_keys(store, URIRef(iri))) for iri in subjects)
    return found


_NOTES = """
SELECT ?side ?exact ?note WHERE { GRAPH ?g {
  VALUES ?side { kg:subjectMention kg:objectMention }
  ?claim ?side ?mention . ?mention kg:note ?note ; oa:hasTarget ?target .
  ?target oa:hasSelector ?quote . ?quote oa:exact ?exact .
} } ORDER BY DESC(?side) ?note"""


def notes(store: Store, claim: Told) -> list[tuple[URIRef, str, str]]:
    """How the words for a claim's two entities were resolved, where that is not plain from the words: the entity, the
    words, the note."""
    rows = store.query(_NOTES, claim=claim.claim).rows
    sides = {str(KG.subjectMention): claim.subject, str(KG.objectMention): claim.object}
    return list(dict.fromkeys((sides[str(side)], str(exact), str(note)) for side, exact, note in rows))
