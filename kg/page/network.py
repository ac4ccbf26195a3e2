"""The graph of a store as frozen values for pages and tables: who stands in which relation to whom, and why.

    read(store) -> Network          everything that articles claim, in a few SPARQL queries
    find(network, name) -> Node     the entity that a person means by a name in any spelling

An edge gathers all claims of two entities. A claim is `stated` when the graph has it as a direct edge; every other
claim (negated, planned, denied, unsure ...) is kept beside the edges and never counts as one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rdflib import Graph as RdfGraph
from rdflib import Literal

from kg import files, iris
from kg.arabic import fold
from kg.asking import matching
from kg.errors import InputError
from kg.iris import Iris
from kg.model import EntityType, Modality, Polarity, Span
from kg.store import Cell, Store
from kg.vocab import KG, PREFIXES, RDFS, RELATIONS


@dataclass(frozen=True, slots=True)
class Label:
    """A relation as readers see it; `kind` is standing, contact, agreement, words or force."""

    name: str
    ar: str
    en: str
    kind: str
    symmetric: bool


@dataclass(frozen=True, slots=True)
class Post:
    """An office that a claim gives to a person: its words, the relation, the entity it is of."""

    title: str
    relation: str
    of: str
    former: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One entity. `id` is its canonical key, `importance` lies in 0 to 1, `community` counts from 1 (0: none); `posts`
    come in the order of how often they are said."""

    id: str
    iri: str
    type: EntityType
    ar: str
    en: str = ""
    transliterated: bool = False
    names: tuple[str, ...] = ()
    wikidata: str = ""
    posts: tuple[Post, ...] = ()
    importance: float = 0.0
    community: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """What a reader needs to know of an article; `wire` is the agency whose text it prints."""

    id: str
    title: str = ""
    published: dt.date | None = None
    outlet: str = ""
    wire: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words that a claim rests on; the spans count code points of `text`."""

    text: str
    subject: Span | None = None
    trigger: Span | None = None
    object: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation as one sentence of one article states it.

    `date` is the day of what is told where that is known, else the day of publication; `source` tells
    independent sources apart: an agency's text counts once, however many outlets print it.
    """

    id: str
    subject: str
    relation: str
    object: str
    article: str
    sentence: Sentence
    stated: bool = True
    confidence: float = 1.0
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    date: dt.date | None = None
    time: str = ""
    attributed: str = ""
    source_text: str = ""
    position: str = ""
    former: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """All claims of two entities, whichever way they run; `a` sorts before `b`."""

    a: str
    b: str
    claims: tuple[str, ...]
    stated: int


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by falling importance, edges in the order of their ends, claims by date."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    claims: tuple[Claim, ...] = ()
    articles: tuple[Article, ...] = ()
    relations: tuple[Label, ...] = ()

    def node(self, id: str) -> Node:
        """The node of that id; KeyError when there is none."""
        return next(node for node in self.nodes if node.id == id)


_PREFIX = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

_CLAIMS = """
SELECT ?claim ?s ?p ?o ?article ?evidence ?polarity ?modality ?confidence ?wording ?subject ?trigger ?object
       ?who ?words ?position ?former ?first ?last ?time (EXISTS { GRAPH ?h { ?s ?p ?o } } AS ?stated)
WHERE { GRAPH ?g {
  ?claim a kg:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
    kg:article ?article ; kg:evidence ?evidence ; kg:polarity ?polarity ; kg:modality ?modality ; kg:confidence ?confidence ; kg:wording ?wording .
  OPTIONAL { ?claim kg:subjectMention ?subject }
  OPTIONAL { ?claim kg:trigger ?trigger }
  OPTIONAL { ?claim kg:objectMention ?object }
  OPTIONAL { ?claim kg:attributedTo ?who }
  OPTIONAL { ?claim kg:sourceText ?words }
  OPTIONAL { ?claim kg:position ?position }
  OPTIONAL { ?claim kg:former ?former }
  OPTIONAL { ?claim kg:time ?t . ?t kg:firstDay ?first ; kg:lastDay ?last . OPTIONAL { ?t kg:words ?time } }
} }
"""
_SPANS = """
SELECT DISTINCT ?span ?start ?end ?exact WHERE { GRAPH ?g {
  ?claim a kg:Claim ; kg:evidence|kg:subjectMention|kg:trigger|kg:objectMention ?span .
  ?span oa:hasTarget ?target . ?target oa:hasSelector ?position , ?quote .
  ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact .
} }
"""
_ARTICLES = """
SELECT ?article ?id ?title ?published ?outlet ?wire ?url WHERE { GRAPH ?g {
  ?article a kg:Article ; dcterms:identifier ?id .
  OPTIONAL { ?article schema:headline ?title }
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:publisher ?p . ?p rdfs:label ?outlet }
  OPTIONAL { ?article kg:wire ?w . ?w rdfs:label ?wire }
  OPTIONAL { ?article schema:url ?url }
} }
"""
_ENTITIES = """
SELECT ?entity ?p ?value WHERE { GRAPH ?entities {
  ?entity ?p ?value VALUES ?p { rdf:type skos:prefLabel skos:altLabel skos:exactMatch }
} }
"""

Row = Mapping[str, Cell]


def _rows(store: Store, sparql: str, **bindings: Cell) -> Iterable[Row]:
    answer = store.query(_PREFIX + sparql, **bindings)
    return (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)


def read(store: Store) -> Network:
    """All claims of the store with their entities and articles; kg.page.layout.measure adds the importance."""
    articles = {str(row["article"]): _article(row) for row in _rows(store, _ARTICLES)}
    spans = {str(row["span"]): _span(row) for row in _rows(store, _SPANS)}
    rows = list(_rows(store, _CLAIMS))
    sources = independent(rows, articles)
    claims = [_claim(row, spans, articles, sources, store.iris) for row in rows]
    claims.sort(key=lambda c: (c.date or dt.date.min, c.article, c.sentence.text, c.id))
    nodes = _nodes(store, claims)
    return gather(nodes, claims, articles.values())


def gather(nodes: Iterable[Node], claims: Iterable[Claim], articles: Iterable[Article]) -> Network:
    """A network of these parts: claims gathered into edges, articles that no claim needs left out."""
    kept = tuple(claims)
    used, names = {c.article for c in kept}, {c.relation for c in kept}
    return Network(
        tuple(sorted(nodes, key=lambda n: (-n.importance, n.id))),
        edges(kept),
        kept,
        tuple(sorted((a for a in articles if a.id in used), key=lambda a: a.id)),
        tuple(label for name, label in labels().items() if name in names),
    )


def edges(claims: Iterable[Claim]) -> tuple[Edge, ...]:
    """One edge for each two entities that a claim joins."""
    pairs: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        pairs[min(claim.subject, claim.object), max(claim.subject, claim.object)].append(claim)
    return tuple(
        Edge(a, b, tuple(c.id for c in found), sum(c.stated for c in found))
        for (a, b), found in sorted(pairs.items())
    )


@cache
def labels() -> Mapping[str, Label]:
    """Every relation of the inventory with its names in the ontology."""
    text = (files.ontology() / "kg.ttl").read_text(encoding="utf-8")
    graph = RdfGraph().parse(data=iris.localised(text), format="turtle")
    return {
        name: Label(name, *_both(graph, name), relation.kind, relation.symmetric)
        for name, relation in RELATIONS.items()
    }


def _both(graph: RdfGraph, name: str) -> tuple[str, str]:
    said = {o.language: str(o) for o in graph.objects(KG[name], RDFS.label) if isinstance(o, Literal)}
    plain = name.replace("_", " ")
    return said.get("ar", plain), said.get("en", plain)


def _article(row: Row) -> Article:
    return Article(
        str(row["id"]), _text(row["title"]), _day(row["published"]), _text(row["outlet"]), _text(row["wire"]),
        _text(row["url"]),
    )  # fmt: skip


def _span(row: Row) -> tuple[Span, str]:
    return Span(int(_text(row["start"])), int(_text(row["end"]))), _text(row["exact"])


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _day(cell: Cell) -> dt.date | None:
    """The day of an xsd:date; None for one that Python's calendar does not hold."""
    try:
        return dt.date.fromisoformat(str(cell)[:10]) if cell is not None else None
    except ValueError:
        return None


def independent(rows: Iterable[Row], articles: Mapping[str, Article]) -> dict[str, str]:
    """Claim -> the source it counts as: agency, else outlet, else article; equal wording is one source."""
    own: dict[str, str] = {}
    wording: dict[str, str] = {}
    for row in rows:
        article = articles[str(row["article"])]
        claim, words = str(row["claim"]), str(row["wording"])
        own[claim] = article.wire or article.outlet or article.id
        wording[words] = min(wording.get(words, own[claim]), own[claim])
        own[claim] += "\0" + words
    return {claim: wording[both.partition("\0")[2]] for claim, both in own.items()}


def _claim(
    row: Row,
    spans: Mapping[str, tuple[Span, str]],
    articles: Mapping[str, Article],
    sources: Mapping[str, str],
    names: Iris,
) -> Claim:
    article, id = articles[str(row["article"])], str(row["claim"])
    polarity, modality = Polarity(_local(row["polarity"])), Modality(_local(row["modality"]))
    happened = _day(row["first"])
    plain = polarity is Polarity.POSITIVE and modality is Modality.ASSERTED
    return Claim(
        id.rpartition("/")[2],
        names.key(str(row["s"])),
        _local(row["p"]),
        names.key(str(row["o"])),
        article.id,
        _sentence(row, spans),
        plain and str(row["stated"]) == "true",
        round(float(_text(row["confidence"])), 3),
        polarity,
        modality,
        happened if happened and happened == _day(row["last"]) else article.published or happened,
        _text(row["time"]),
        names.key(_text(row["who"])),
        _text(row["words"]),
        _text(row["position"]),
        _text(row["former"]) == "true",
        sources[id],
    )


def _local(cell: Cell) -> str:
    return str(cell).rpartition("#")[2].rpartition("/")[2]


def _sentence(row: Row, spans: Mapping[str, tuple[Span, str]]) -> Sentence:
    whole, text = spans[str(row["evidence"])]
    parts = (_within(spans.get(str(row[name])), whole) for name in ("subject", "trigger", "object"))
    return Sentence(text, *parts)


def _within(found: tuple[Span, str] | None, whole: Span) -> Span | None:
    """A span of the article as a span of the sentence; None when it lies outside."""
    if found is None or found[0] not in whole:
        return None
    return Span(found[0].start - whole.start, found[0].end - whole.start)


def _nodes(store: Store, claims: Iterable[Claim]) -> list[Node]:
    """The entities that a claim names, as its subject, its object or who says it."""
    posts: defaultdict[str, Counter[Post]] = defaultdict(Counter)
    wanted: set[str] = set()
    for claim in claims:
        wanted |= {claim.subject, claim.object, claim.attributed} - {""}
        if claim.position and claim.stated:
            posts[claim.subject][Post(claim.position, claim.relation, claim.object, claim.former)] += 1
    values: defaultdict[str, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(store, _ENTITIES, entities=store.iris.graph("entities")):
        values[str(row["entity"])][_local(row["p"])].append(row["value"])
    return [
        _node(store.iris, key, values[str(store.iris.entity(key))], tuple(post for post, _ in posts[key].most_common()))
        for key in sorted(wanted)
    ]


def _node(names: Iris, key: str, values: Mapping[str, list[Cell]], posts: tuple[Post, ...]) -> Node:
    types = sorted({_local(t) for t in values.get("type", ())} & {t.value for t in EntityType})
    spoken = {o.language: str(o) for o in values.get("prefLabel", ()) if isinstance(o, Literal)}
    spellings = sorted({str(o) for o in values.get("altLabel", ())})
    arabic = spoken.get("ar") or next(iter(spellings), key.partition(":")[2])
    english = spoken.get("en", "")
    return Node(
        key,
        str(names.entity(key)),
        EntityType(types[0]) if types else EntityType.TOPIC,
        arabic,
        english or spoken.get("ar-latn", spoken.get("ar-Latn", "")),
        not english,
        tuple(spellings),
        next((_local(o) for o in values.get("exactMatch", ()) if str(o).startswith(iris.WIKIDATA)), ""),
        posts,
    )


def spellings(node: Node) -> set[str]:
    """The folded names of a node."""
    return {folded for name in (node.ar, node.en, *node.names) if (folded := fold(name))}


def find(network: Network, name: str) -> Node:
    """The entity that `name` means: its key, else by its names as kg.asking.matching has it; of equals the most important.

    Raises InputError with near names when there is none.
    """
    for node in network.nodes:
        if name in (node.id, node.iri, node.id.partition(":")[2]):
            return node
    bearers: defaultdict[str, list[Node]] = defaultdict(list)
    for node in network.nodes:
        for spelling in spellings(node):
            bearers[spelling].append(node)
    scores = matching.likely(bearers, name)
    taken = [(score, node.importance, node) for text, score in scores.items() if score >= matching.TAKEN for node in bearers[text]]
    if taken:
        return max(taken, key=lambda one: one[:2])[2]
    near = list(dict.fromkeys(node.ar for text in scores for node in bearers[text]))[:3]
    hint = f"; near it: {', '.join(near)}" if near else "; try another spelling, or leave the option out"
    raise InputError(f"no entity of the graph is called {name!r}{hint}")
