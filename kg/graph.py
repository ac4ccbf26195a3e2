"""An article's extraction -> its named graph. The only module that knows the RDF model of articles.

    triples(extraction, run, settings) -> list[Triple]     the triples of the article's graph, in no order, none twice
    to_graph(triples) -> rdflib.Graph                      for those who want rdflib's interface

Three layers: the article with its text; mentions (Web Annotation, offsets into that text); entities, happenings and
claims. A claim of a symmetric relation is stated once, its subject being the entity whose IRI sorts first. A direct edge is
derived here, and only from a positive, asserted claim at or above `Settings.threshold`.

An entity's labels in an article's graph are what that article says; kg/store.py makes the graph `entities`, with one
preferred label a language, from all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg import iris
from kg.arabic import fold
from kg.iris import Iris
from kg.model import (
    Article,
    Claim,
    Entity,
    Extraction,
    Granularity,
    Mention,
    Modality,
    Polarity,
    Quotation,
    Run,
    Span,
    Time,
)  # fmt: skip
from kg.rdf import happenings
from kg.rdf.duplicates import distinct, identity
from kg.texts import credits
from kg.vocab import DCTERMS, KG, OA, PREFIXES, PROV, RDF, RDFS, RELATIONS, SDO, SKOS, TIME, XSD

Triple = tuple[URIRef, URIRef, Node]

CONTEXT = 32  # code points of text before and after a mention that its quote selector keeps
ENGLISH, TRANSLITERATED = "en", "ar-latn"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the graph can be told: the base of the data's IRIs and how sure a claim must be to become an edge."""

    iris: Iris = field(default_factory=Iris)
    threshold: float = 0.5


# A closed namespace looks each term up; the writer needs them a thousand times an article.
_TYPE, _LABEL = RDF.type, RDFS.label
_CLASS = {
    name: KG[name]
    for name in ("Person", "Country", "Organization", "ArmedGroup", "Place", "Event", "Agreement", "Topic")
}
_RELATION = {name: relation.iri for name, relation in RELATIONS.items()}
_POLARITY = {polarity: KG[polarity.value] for polarity in Polarity}
_MODALITY = {modality: KG[modality.value] for modality in Modality}
_GRANULARITY = {granularity: KG[granularity.value.capitalize()] for granularity in Granularity}
_MENTION, _SENTENCE, _PART_OF, _FOUND_BY = KG.Mention, KG.Sentence, KG.article, KG.foundBy
_ANNOTATION, _RESOURCE, _QUOTE, _POSITION = (
    OA.Annotation, OA.SpecificResource, OA.TextQuoteSelector, OA.TextPositionSelector,
)  # fmt: skip
_TARGET, _SOURCE, _SELECTOR, _BODY = OA.hasTarget, OA.hasSource, OA.hasSelector, OA.hasBody
_EXACT, _PREFIX, _SUFFIX, _START, _END = OA.exact, OA.prefix, OA.suffix, OA.start, OA.end


@lru_cache(maxsize=16384)
def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


@lru_cache(maxsize=16384)
def _date(day: str) -> Literal:
    return Literal(day, datatype=XSD.date)


@lru_cache(maxsize=1024)
def _decimal(number: float) -> Literal:
    return Literal(f"{number:.3f}".rstrip("0").ljust(3, "0"), datatype=XSD.decimal)


@lru_cache(maxsize=16384)
def _word(text: str) -> Literal:
    """The literal of what one claim after the other says: rules, extractors, origins."""
    return Literal(text)


def triples(extraction: Extraction, run: Run, settings: Settings | None = None) -> list[Triple]:
    """The named graph of one article, without duplicates, in the order in which it was made.

    Raises ValueError when a claim or a mention names an entity that `extraction.entities` lacks.
    """
    return _Writer(extraction, run, settings or Settings()).write()


def to_graph(triples: Iterable[Triple], iri: URIRef | None = None) -> Graph:
    """An rdflib graph of the triples with the project's prefixes bound."""
    graph = Graph(identifier=iri, bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for triple in triples:
        graph.add(triple)
    return graph


def fingerprint(article: Article) -> str:
    """The digest of all that is known of the article; while it and the run stay equal, its graph does."""
    published = str(article.published or "")
    return iris.digest(
        article.text, article.title, published, article.source, article.url, article.author, article.path
    )


class _Writer:
    """Writes one article; holds what all the parts of its graph share."""

    def __init__(self, extraction: Extraction, run: Run, settings: Settings) -> None:
        self.extraction = extraction
        self.source = extraction.article
        self.settings = settings
        self.iris = settings.iris
        self.article = self.iris.article(self.source.id)
        self.run = self.iris.run(run)
        self.entities = {entity.key: self.iris.entity(entity.key) for entity in extraction.entities}
        self.origin = self.article  # where its claims come from: the agency, else the outlet, else itself
        self.days: happenings.Days = {}
        self.written: set[URIRef] = set()
        self.spans: list[Triple] = []  # of annotations, each written once; the rest may come twice
        self.out: list[Triple] = []

    def write(self) -> list[Triple]:
        self._article()
        for entity in self.extraction.entities:
            self._entity(entity)
        for mention in self.extraction.mentions:
            self._mention(mention)
        for quotation in self.extraction.quotations:
            self._quotation(quotation)
        claims = distinct(map(self._canonical, self.extraction.claims))
        self.days = happenings.days(claims)
        for claim in claims:
            self._claim(claim)
        for occasion in self.extraction.occasions:
            self.out += happenings.event(occasion, self._node, self._time)
        return [*self.spans, *dict.fromkeys(self.out)]

    def _node(self, key: str) -> URIRef:
        try:
            return self.entities[key]
        except KeyError:
            raise ValueError(
                f"article {self.source.id!r}: {key!r} is used but is none of its entities"
            ) from None

    def _article(self) -> None:
        article, node, add = self.source, self.article, self.out.append
        add((node, _TYPE, KG.Article))
        add((node, _TYPE, SDO.NewsArticle))
        add((node, DCTERMS.identifier, Literal(article.id)))
        add((node, KG.text, Literal(article.text, lang=article.language)))
        add((node, KG.digest, Literal(article.digest)))
        add((node, KG.fingerprint, Literal(fingerprint(article))))
        add((node, SDO.inLanguage, Literal(article.language)))
        add((node, PROV.wasGeneratedBy, self.run))
        if article.title:
            add((node, SDO.headline, Literal(article.title, lang=article.language)))
        if article.published:
            add((node, SDO.datePublished, _date(str(article.published))))
        if article.author:
            add((node, SDO.author, Literal(article.author)))
        if article.url and iris.is_web(article.url):
            add((node, SDO.url, URIRef(article.url)))
        if article.path:
            add((node, DCTERMS.source, Literal(article.path)))
        self._outlets()

    def _outlets(self) -> None:
        agency = credits.agency(self.source)
        for name, link in ((self.source.source, SDO.publisher), (agency, KG.wire)):
            if name:
                outlet = self.origin = self.iris.outlet(name)
                self.out += [
                    (self.article, link, outlet),
                    (outlet, _TYPE, KG.Outlet),
                    (outlet, _TYPE, SDO.NewsMediaOrganization),
                    (outlet, _LABEL, Literal(name)),
                ]

    def _entity(self, entity: Entity) -> None:
        node, add = self._node(entity.key), self.out.append
        add((node, _TYPE, _CLASS[entity.type.value]))
        add((node, _LABEL, Literal(entity.label_ar, lang="ar")))
        if entity.label_en:
            add(
                (
                    node,
                    _LABEL,
                    Literal(entity.label_en, lang=TRANSLITERATED if entity.transliterated else ENGLISH),
                )
            )
        for name in entity.names:
            add((node, SKOS.altLabel, Literal(name, lang="ar")))
        if entity.wikidata:
            add((node, SKOS.exactMatch, iris.wikidata(entity.wikidata)))

    def _span(self, span: Span, kind: URIRef = _MENTION) -> URIRef:
        """The annotation of a span of the article, written once."""
        node = self.iris.mention(self.source.id, span)
        if node not in self.written:
            self.written.add(node)
            self._annotation(node, span)
        if kind is not _MENTION:
            self.out.append((node, _TYPE, kind))
        return node

    def _annotation(self, node: URIRef, span: Span) -> None:
        text, target = self.source.text, URIRef(f"{node}/target")
        quote, position = URIRef(f"{node}/quote"), URIRef(f"{node}/position")
        before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
        self.spans += (
            (node, _TYPE, _MENTION),
            (node, _TYPE, _ANNOTATION),
            (node, _PART_OF, self.article),
            (node, _TARGET, target),
            (target, _TYPE, _RESOURCE),
            (target, _SOURCE, self.article),
            (target, _SELECTOR, quote),
            (target, _SELECTOR, position),
            (quote, _TYPE, _QUOTE),
            (quote, _EXACT, Literal(text[span.start : span.end])),
            (quote, _PREFIX, Literal(before)),
            (quote, _SUFFIX, Literal(after)),
            (position, _TYPE, _POSITION),
            (position, _START, _integer(span.start)),
            (position, _END, _integer(span.end)),
        )

    def _mention(self, mention: Mention) -> None:
        node, entity = self._span(mention.span), self._node(mention.key)
        self.out += (
            (entity, KG.mention, node),
            (node, _BODY, entity),
            (node, _FOUND_BY, _word(mention.origin.value)),
        )
        if mention.note:
            self.out.append((node, KG.note, Literal(mention.note)))

    def _quotation(self, quotation: Quotation) -> None:
        node = self.iris.quotation(self.source.id, quotation.span)
        self.out += (
            (node, _TYPE, KG.Quotation),
            (node, _TYPE, SDO.Quotation),
            (node, _PART_OF, self.article),
            (node, KG.evidence, self._span(quotation.span)),
        )
        if quotation.speaker:
            self.out.append((node, KG.speaker, self._node(quotation.speaker)))

    def _claim(self, claim: Claim) -> None:
        node = self.iris.claim(*identity(claim))
        subject, relation, object_ = (
            self._node(claim.subject),
            _RELATION[claim.relation],
            self._node(claim.object),
        )
        self.out += (
            (node, _TYPE, KG.Claim),
            (node, _TYPE, RDF.Statement),
            (node, RDF.subject, subject),
            (node, RDF.predicate, relation),
            (node, RDF.object, object_),
            (node, KG.content, Literal(iris.content(subject, relation, object_))),
            (node, KG.polarity, _POLARITY[claim.polarity]),
            (node, KG.modality, _MODALITY[claim.modality]),
            (node, KG.confidence, _decimal(claim.confidence)),
            (node, KG.rule, _word(claim.rule)),
            (node, KG.extractor, _word(claim.extractor)),
            (node, _PART_OF, self.article),
            (node, KG.evidence, self._span(claim.evidence, _SENTENCE)),
            (node, KG.wording, Literal(iris.digest(fold(self.source.cut(claim.evidence))))),
            (node, PROV.wasGeneratedBy, self.run),
        )
        self._spans(node, claim)
        self._sort_by(node, claim)
        self._said(node, claim)
        self._when(node, claim)
        if self._asserts(claim):
            self.out.append((subject, relation, object_))

    def _asserts(self, claim: Claim) -> bool:
        return claim.asserted and claim.confidence >= self.settings.threshold

    def _canonical(self, claim: Claim) -> Claim:
        """A symmetric relation is stated once: its subject is the entity whose IRI sorts first."""
        if not RELATIONS[claim.relation].symmetric or self._node(claim.subject) <= self._node(claim.object):
            return claim
        return replace(
            claim, subject=claim.object, object=claim.subject,
            subject_span=claim.object_span, object_span=claim.subject_span,
        )  # fmt: skip

    def _spans(self, node: URIRef, claim: Claim) -> None:
        spans = (
            (KG.subjectMention, claim.subject_span),
            (KG.trigger, claim.trigger),
            (KG.objectMention, claim.object_span),
        )
        for link, span in spans:
            if span is not None:
                self.out.append((node, link, self._span(span)))

    def _sort_by(self, node: URIRef, claim: Claim) -> None:
        """What queries sort and count by, on the claim itself: its day and its independent source."""
        day = claim.time.first if claim.time else self.source.published
        if day:
            self.out.append((node, KG.day, _date(str(day))))
        if claim.time:
            self.out.append((node, KG.firstDay, _date(str(claim.time.first))))
            self.out.append((node, KG.lastDay, _date(str(claim.time.last))))
        self.out.append((node, KG.source, self.origin))

    def _said(self, node: URIRef, claim: Claim) -> None:
        """Who says it, and which post it gives."""
        add = self.out.append
        if claim.attributed_to:
            add((node, KG.attributedTo, self._node(claim.attributed_to)))
        if claim.source_text:
            add((node, KG.sourceText, Literal(claim.source_text, lang="ar")))
        if claim.position:
            add((node, KG.position, Literal(claim.position, lang="ar")))
        if claim.portfolio:
            add((node, KG.portfolio, _word(claim.portfolio)))
        if claim.position or claim.former:
            add((node, KG.former, Literal("true" if claim.former else "false", datatype=XSD.boolean)))

    def _when(self, node: URIRef, claim: Claim) -> None:
        """The claim's time, place and topic, and, where its day is known, the happening in which claims of it meet."""
        told = happenings.nodes(claim, node, self._node)
        if claim.time:
            self.out.append((node, KG.time, self._time(claim.time)))
        self.out += happenings.circumstances(node, told)
        if day := self.days.get(claim):
            event = self.iris.happening(claim.relation, told.subject, told.object, day)
            self.out += happenings.happening(event, told, self._time(Time(day, day, Granularity.DAY)))

    def _time(self, time: Time) -> URIRef:
        node = self.iris.time(time)
        begin, end = self.iris.day(time.first), self.iris.day(time.last)
        first, last = _date(str(time.first)), _date(str(time.last))
        self.out += (
            (node, _TYPE, KG.Time),
            (node, _TYPE, TIME.Interval),
            (node, KG.firstDay, first),
            (node, KG.lastDay, last),
            (node, KG.granularity, _GRANULARITY[time.granularity]),
            (node, TIME.hasBeginning, begin),
            (node, TIME.hasEnd, end),
            (begin, _TYPE, TIME.Instant),
            (begin, TIME.inXSDDate, first),
            (end, _TYPE, TIME.Instant),
            (end, TIME.inXSDDate, last),
        )
        if time.text:
            self.out.append((node, KG.words, Literal(time.text, lang="ar")))
        if time.span is not None:
            self.out.append((node, KG.mention, self._span(time.span)))
        return node


@dataclass(frozen=True, slots=True)
class ArticleGraph:
    """The named graph of one article, ready for a store."""

    id: str
    iri: URIRef
    triples: list[Triple]


def article_graph(extraction: Extraction, run: Run, settings: Settings | None = None) -> ArticleGraph:
    """`triples` with the name of the graph that they belong in."""
    settings = settings or Settings()
    id = extraction.article.id
    return ArticleGraph(id, settings.iris.article_graph(id), triples(extraction, run, settings))
