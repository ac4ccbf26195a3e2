"""An article's graph: three layers, claims, happenings, and the direct edges that claims allow."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from rdflib import BNode, Graph, Literal, URIRef

from kg import iris
from kg.graph import Settings, article_graph, fingerprint, to_graph, triples
from kg.model import Article, Extraction, Modality, Polarity, Span
from kg.rdf.runs import build_triples, run_triples
from kg.texts import credits
from kg.vocab import DCTERMS, KG, OA, PLOVER, PROV, RDF, RDFS, RELATIONS, SDO, SEM, SKOS, TIME
from tests.fixtures import RUN, SETTINGS, extraction, extractions, key

MADE = SETTINGS.iris


def graph(id: str) -> Graph:
    return to_graph(triples(extraction(id), RUN))


def entity(short: str) -> URIRef:
    return MADE.entity(key(short))


def claims(g: Graph, relation: str) -> list[URIRef]:
    return [s for s in g.subjects(RDF.predicate, RELATIONS[relation].iri) if isinstance(s, URIRef)]


def test_an_article_has_its_metadata_and_its_text() -> None:
    g, node, article = graph("call-1"), MADE.article("call-1"), extraction("call-1").article
    assert (node, RDF.type, SDO.NewsArticle) in g
    assert g.value(node, KG.text) == Literal(article.text, lang="ar")
    assert str(g.value(node, KG.digest)) == article.digest
    assert str(g.value(node, SDO.datePublished)) == "2021-08-22"
    assert str(g.value(g.value(node, SDO.publisher), RDFS.label)) == "صحيفة الميناء"
    assert g.value(node, SDO.url) == URIRef(article.url)
    assert str(g.value(node, DCTERMS.identifier)) == "call-1"


@pytest.mark.parametrize("id", [e.article.id for e in extractions()])
def test_offsets_cut_out_what_mentions_quote(id: str) -> None:
    g, text = graph(id), extraction(id).article.text
    targets = list(g.objects(None, OA.hasTarget))
    assert len(targets) > 3
    for target in targets:
        found = {
            p: o for selector in g.objects(target, OA.hasSelector) for p, o in g.predicate_objects(selector)
        }
        start, end = int(found[OA.start]), int(found[OA.end])
        assert text[start:end] == str(found[OA.exact]) != ""
        assert text[:start].endswith(str(found[OA.prefix])) and text[end:].startswith(str(found[OA.suffix]))


@pytest.mark.parametrize("id", [e.article.id for e in extractions()])
def test_no_blank_nodes_and_no_duplicates(id: str) -> None:
    made = triples(extraction(id), RUN)
    assert len(made) == len(set(made))
    assert not [t for t in made if any(isinstance(x, BNode) for x in t)]


def test_an_entity_has_its_labels_and_mentions() -> None:
    g = graph("call-1")
    putin = entity("putin")
    assert (putin, RDF.type, KG.Person) in g
    assert {str(o) for o in g.objects(putin, RDFS.label)} == {"فلاديمير بوتين", "Vladimir Putin"}
    assert Literal("بوتين", lang="ar") in set(g.objects(putin, SKOS.altLabel))
    assert g.value(putin, SKOS.exactMatch) == iris.wikidata("Q7747")
    for mention in g.objects(putin, KG.mention):
        assert g.value(mention, OA.hasBody) == putin


def test_a_transliteration_is_no_english_name() -> None:
    g = graph("talks/№ 7")
    labels = {o.language: str(o) for o in g.objects(entity("person:سالم الدرويش"), RDFS.label)}
    assert labels == {"ar": "سالم الدرويش", "ar-latn": "Salim al-Darwish"}


def test_a_claim_says_all_that_is_known_of_it() -> None:
    g = graph("call-1")
    (claim,) = claims(g, "intervened_in")
    assert (claim, RDF.type, RDF.Statement) in g
    assert g.value(claim, RDF.subject) == entity("russia")
    assert g.value(claim, RDF.object) == entity("afghanistan")
    assert g.value(claim, KG.polarity) == KG.Negative
    assert g.value(claim, KG.modality) == KG.Asserted
    assert g.value(claim, KG.attributedTo) == entity("peskov")
    assert str(g.value(claim, KG.confidence)) == "0.9"
    assert str(g.value(claim, KG.rule)) == "intervened_in-01"
    assert g.value(claim, PROV.wasGeneratedBy) == MADE.run(RUN)
    sentence = g.value(claim, KG.evidence)
    assert (sentence, RDF.type, KG.Sentence) in g


def test_posts_carry_position_portfolio_and_former() -> None:
    g = graph("former")
    (claim,) = claims(g, "head_of_government_of")
    assert str(g.value(claim, KG.position)) == "المستشارة الألمانية السابقة"
    assert g.value(claim, KG.former).toPython() is True
    assert (entity("merkel"), KG.head_of_government_of, entity("germany")) in g  # a past post is asserted too
    (spokesman,) = claims(graph("call-1"), "spokesperson_of")
    assert str(graph("call-1").value(spokesman, KG.portfolio)) == "president"


def test_only_positive_asserted_claims_make_edges() -> None:
    for e in extractions():
        g = to_graph(triples(e, RUN))
        edges = {(s, p, o) for s, p, o in g if p in {r.iri for r in RELATIONS.values()}}
        sure = {
            frozenset((c.subject, c.relation, c.object))
            for c in e.claims
            if c.polarity is Polarity.POSITIVE and c.modality is Modality.ASSERTED and c.confidence >= 0.5
        }
        assert {frozenset((MADE.key(s), p.rpartition("#")[2], MADE.key(o))) for s, p, o in edges} == sure
        assert len(edges) == len(sure)


def test_the_threshold_is_a_setting() -> None:
    edge = (entity("biden"), KG.visited, entity("geneva"))  # confidence 0.4
    assert edge not in triples(extraction("summit"), RUN)
    assert edge in triples(extraction("summit"), RUN, Settings(threshold=0.3))


def test_a_symmetric_relation_is_stated_once_in_order() -> None:
    e = extraction("summit")
    turned = dataclasses.replace(
        e,
        claims=tuple(
            dataclasses.replace(
                c, subject=c.object, object=c.subject, subject_span=c.object_span, object_span=c.subject_span
            )
            if c.relation == "met_with"
            else c
            for c in e.claims
        ),
    )
    assert set(triples(e, RUN)) == set(triples(turned, RUN))
    assert (entity("biden"), KG.met_with, entity("putin")) in graph("summit")
    assert (entity("putin"), KG.met_with, entity("biden")) not in graph("summit")


def test_claims_of_one_happening_meet_across_articles() -> None:
    ones = [graph(id) for id in ("call-1", "call-2", "call-3")]
    events = [{g.value(c, KG.happening) for c in claims(g, "spoke_with")} for g in ones]
    assert events[0] == events[1] == events[2] and len(events[0]) == 1
    (event,) = events[0]
    g = ones[0]
    assert set(g.objects(event, KG.participant)) == {entity("putin"), entity("erdogan")}
    assert g.value(event, SEM.eventType) == PLOVER.CONSULT
    assert str(g.value(g.value(event, KG.time), KG.firstDay)) == "2021-08-21"


def test_standing_facts_and_vague_times_make_no_happening() -> None:
    g = graph("planned")
    with_event = {str(g.value(c, RDF.object)) for c in g.subjects(KG.happening)}
    assert with_event == {str(entity("putin"))}  # 16 June; not "in September"


def test_a_time_keeps_its_words_and_its_granularity() -> None:
    g = graph("planned")
    (time,) = (t for t in g.subjects(KG.granularity, KG.Month))
    assert (str(g.value(time, KG.firstDay)), str(g.value(time, KG.lastDay))) == ("2021-09-01", "2021-09-30")
    assert str(g.value(time, KG.words)) == "سبتمبر/أيلول"
    assert (time, RDF.type, TIME.Interval) in g
    assert str(g.value(g.value(time, TIME.hasEnd), TIME.inXSDDate)) == "2021-09-30"


def test_a_quotation_has_speaker_and_words() -> None:
    g = graph("summit")
    (quotation,) = g.subjects(RDF.type, SDO.Quotation)
    assert g.value(quotation, KG.speaker) == entity("biden")


def test_equal_readings_are_one_claim_the_surest() -> None:
    e = extraction("summit")
    again = dataclasses.replace(e.claims[0], rule="other-rule", confidence=0.95)
    g = to_graph(triples(dataclasses.replace(e, claims=(*e.claims, again)), RUN))
    (claim,) = claims(g, "met_with")
    assert str(g.value(claim, KG.rule)) == "other-rule"


def test_an_unlisted_entity_is_a_mistake() -> None:
    e = extraction("summit")
    with pytest.raises(ValueError, match="ref:biden"):
        triples(Extraction(e.article, (), (), e.claims), RUN)


def test_runs_are_named_by_content_and_hours_stand_apart() -> None:
    later = dataclasses.replace(RUN, started=dt.datetime(2027, 1, 1))
    assert run_triples(later) == run_triples(RUN)
    assert build_triples(later) != build_triples(RUN)
    assert build_triples(dataclasses.replace(RUN, started=None)) == []
    assert not [t for t in run_triples(RUN) if t[1] == PROV.startedAtTime]
    other = dataclasses.replace(RUN, models="other")
    assert MADE.run(other) != MADE.run(RUN)


def test_the_fingerprint_sees_more_than_the_text() -> None:
    article = extraction("summit").article
    assert fingerprint(article) != fingerprint(dataclasses.replace(article, source="x"))
    assert article_graph(extraction("summit"), RUN).iri == MADE.article_graph("summit")


@pytest.mark.parametrize(
    ("text", "author", "agency"),
    [
        ("موسكو (تاس) - أعلن", "", "تاس"),
        ("أعلن الوزير.\nالمصدر: وكالة رويترز", "", "رويترز"),
        ("أعلن الوزير لوكالة تاس أمس", "", ""),
        ("أعلن الوزير", "أ ف ب", "فرانس برس"),
    ],
)
def test_agencies(text: str, author: str, agency: str) -> None:
    assert credits.agency(Article("1", text, author=author)) == agency


def test_agencies_copies_share_wire_and_wording() -> None:
    two, three = graph("call-2"), graph("call-3")
    assert set(two.objects(None, KG.wire)) == set(three.objects(None, KG.wire)) != set()
    assert set(two.objects(None, KG.wording)) == set(three.objects(None, KG.wording))
    assert set(two.objects(None, KG.wording)) != set(graph("call-1").objects(None, KG.wording))


def test_the_span_of_a_time_is_a_mention() -> None:
    e = extraction("summit")
    time = dataclasses.replace(e.claims[0].time, span=Span(0, 5))  # type: ignore[type-var]
    g = to_graph(triples(dataclasses.replace(e, claims=(dataclasses.replace(e.claims[0], time=time),)), RUN))
    assert MADE.mention("summit", Span(0, 5)) in set(g.objects(None, KG.mention))
