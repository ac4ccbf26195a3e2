"""Happenings and named events: what sentences tell of place, topic, status, host and participants, and how claims meet."""

from __future__ import annotations

import dataclasses
import datetime as dt
from functools import cache

import pytest
from rdflib import Literal, URIRef

from kg.arabic import fold
from kg.graph import article_graph, to_graph, triples
from kg.iris import Iris
from kg.model import Claim, Granularity, Modality, Occasion, Polarity, Span, Statements, Status, Time
from kg.qualifiers.circumstances import Circumstances
from kg.rdf import happenings
from kg.reference import shipped
from kg.relations import RuleExtractor
from kg.rules import shipped_rules
from kg.storage.validate import check
from kg.store import Store
from kg.texts import stored
from kg.vocab import KG, RDF, SEM
from tests.fixtures import RUN, SETTINGS, corpus, extraction
from tests.passages import ANALYSES, Passage, Read, analyses, passages
from tests.test_attribution import _names

PASSAGES = passages("happenings")
IRIS = Iris()


@cache
def statements(id: str) -> Statements:
    """What the whole extractor reads from a passage."""
    article, doc = next(pair for pair in stored.load(ANALYSES) if pair[0].id == id)
    return RuleExtractor(shipped_rules(), shipped()).extract(article, doc, analyses()[id].entities)


def _is(read: Read, key: str, wanted: str) -> bool:
    """The entity bears the name, or both are nothing."""
    if not key or not wanted:
        return key == wanted
    return any(f" {fold(wanted)} " in f" {name} " for name in _names(read, key))


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "circumstances" in p.wanted], ids=lambda p: p.id)
def test_place_and_topic(passage: Passage) -> None:
    read = analyses()[passage.article.id]
    circumstances = Circumstances(read.reading)
    for word, place, topic, about in passage.wanted["circumstances"]:
        i = read.token(word)
        host = read.frames.noun(i).host if read.reading.pos(i) != "VERB" else None
        assert _is(read, circumstances.place(i, host), place), word
        found = circumstances.topic(i)
        assert found.text == topic and found.text in passage.article.text
        assert len(found.about) == len(about)
        assert all(_is(read, key, name) for key, name in zip(found.about, about, strict=True))


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "put" in p.wanted], ids=lambda p: p.id)
def test_how_a_headline_is_put_follows_the_text(passage: Passage) -> None:
    claims = statements(passage.article.id).claims
    for relation, modality in passage.wanted["put"]:
        headed = [c for c in claims if c.relation == relation and c.evidence.end <= len(passage.article.title)]
        assert headed and {c.modality for c in headed} == {Modality(modality)}


@pytest.mark.parametrize("passage", [p for p in PASSAGES if "occasions" in p.wanted], ids=lambda p: p.id)
def test_named_events(passage: Passage) -> None:
    read = analyses()[passage.article.id]
    found = statements(passage.article.id).occasions
    assert len(found) == len(passage.wanted["occasions"])
    for occasion, wanted in zip(found, passage.wanted["occasions"], strict=True):
        assert _is(read, occasion.event, wanted["event"])
        assert (occasion.status or "") == wanted["status"]
        assert _is(read, occasion.host, wanted["host"])
        assert _is(read, occasion.place, wanted["place"])
        assert [str(day) for day in ((occasion.time.first, occasion.time.last) if occasion.time else ())] == wanted["days"]
        assert len(occasion.participants) == len(wanted["participants"])
        assert all(_is(read, key, name) for key, name in zip(occasion.participants, wanted["participants"], strict=True))


def test_the_extractor_puts_place_and_topic_on_claims() -> None:
    claims = statements("happenings:met_to_discuss").claims
    met = [c for c in claims if c.relation == "met_with"]
    assert met and all(c.topic == "الملف النووي الإيراني" and c.place == "ref:moscow" for c in met)
    assert all(not c.place and not c.topic for c in claims if c.relation == "minister_of")


# -- claims that meet ----------------------------------------------------------------------------------------------------


def _claim(sentence: int, time: Time | None = None, relation: str = "met_with", **more: object) -> Claim:
    return Claim("a", "ref:putin", relation, "ref:erdogan", "r", 0.9, Span(sentence, sentence + 1), time=time, **more)  # type: ignore[arg-type]


def _days(first: str, last: str = "") -> Time:
    one, other = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
    return Time(one, other, Granularity.DAY if one == other else Granularity.RANGE)


def test_a_sentence_without_a_day_meets_the_one_that_has_it() -> None:
    headline, lead, vague = _claim(0), _claim(1, _days("2021-08-21")), _claim(2, _days("2021-08-01", "2021-08-31"))
    found = happenings.days([headline, lead, vague])
    assert set(found.values()) == {dt.date(2021, 8, 21)} and len(found) == 3


def test_two_days_are_two_happenings_and_leave_the_rest_alone() -> None:
    one, other, bare = _claim(0, _days("2021-08-21")), _claim(1, _days("2021-06-16")), _claim(2)
    assert happenings.days([one, other, bare]) == {one: dt.date(2021, 8, 21), other: dt.date(2021, 6, 16)}


def test_what_is_planned_or_denied_does_not_take_the_day_of_what_happened() -> None:
    told = _claim(0, _days("2021-08-21"))
    planned, denied = _claim(1, modality=Modality.PLANNED), _claim(2, polarity=Polarity.NEGATIVE)
    assert happenings.days([told, planned, denied]) == {told: dt.date(2021, 8, 21)}
    later = _claim(3, _days("2021-09-09"), modality=Modality.PLANNED)
    assert happenings.days([_claim(0), later]) == {later: dt.date(2021, 9, 9)}


def test_another_month_is_another_happening() -> None:
    told, before = _claim(0, _days("2021-08-21")), _claim(1, _days("2021-06-01", "2021-06-30"))
    assert happenings.days([told, before]) == {told: dt.date(2021, 8, 21)}


def test_standing_facts_are_no_happenings() -> None:
    assert happenings.days([_claim(0, _days("2021-08-21"), relation="leader_of")]) == {}


def _graph(id: str, **more: object):  # type: ignore[no-untyped-def]
    e = extraction(id)
    claims = tuple(dataclasses.replace(c, **more) if c.relation == "spoke_with" else c for c in e.claims)  # type: ignore[arg-type]
    return to_graph(triples(dataclasses.replace(e, claims=claims), RUN))


def test_place_and_topic_stand_on_the_claim_and_its_happening() -> None:
    g = _graph("call-1", place="ref:turkey", topic="التطورات في أفغانستان", about=("ref:russia",))
    (claim,) = (c for c in g.subjects(KG.topic) if (c, RDF.type, KG.Claim) in g)
    event = g.value(claim, KG.happening)
    for node in (claim, event):
        assert g.value(node, KG.place) == IRIS.entity("ref:turkey")
        assert g.value(node, KG.topic) == Literal("التطورات في أفغانستان", lang="ar")
        assert g.value(node, KG.about) == IRIS.entity("ref:russia")
    assert (event, RDF.type, SEM.Event) in g


def test_claims_of_several_articles_meet_and_their_independent_sources_are_counted() -> None:
    """Three articles tell of one call; two of them print one agency's text."""
    with corpus() as store:
        rows = store.query(
            """SELECT ?event (COUNT(DISTINCT ?claim) AS ?claims) (COUNT(DISTINCT ?article) AS ?articles)
                      (COUNT(DISTINCT ?source) AS ?sources)
               WHERE { ?claim kg:happening ?event ; kg:article ?article ; kg:source ?source . ?event kg:relation kg:spoke_with }
               GROUP BY ?event ORDER BY DESC(?claims)"""
        ).rows
    assert [int(str(cell)) for cell in rows[0][1:]] == [3, 3, 2]


# -- named events in the graph ---------------------------------------------------------------------------------------------


def _occasion(status: Status = Status.HELD) -> Occasion:
    return Occasion(
        "ref:geneva_summit", status, "ref:russia", "ref:geneva", _days("2021-06-16"), ("ref:putin", "ref:biden")
    )


def test_a_named_event_has_what_the_article_tells_of_it() -> None:
    e = extraction("summit")
    keys = {entity.key for entity in e.entities}
    host = "ref:russia" if "ref:russia" in keys else ""
    place = "ref:geneva" if "ref:geneva" in keys else ""
    told = dataclasses.replace(_occasion(), host=host, place=place)
    g = to_graph(triples(dataclasses.replace(e, occasions=(told,)), RUN))
    event = IRIS.entity("ref:geneva_summit")
    assert set(g.objects(event, KG.participant)) == {IRIS.entity("ref:putin"), IRIS.entity("ref:biden")}
    assert g.value(event, KG.status) == KG.Held
    assert str(g.value(g.value(event, KG.time), KG.firstDay)) == "2021-06-16"
    assert [str(o) for o in g.objects(event, KG.place)] == [str(IRIS.entity(place))] * bool(place)
    assert [str(o) for o in g.objects(event, KG.host)] == [str(IRIS.entity(host))] * bool(host)


def test_an_event_conforms_and_each_article_keeps_its_own_status() -> None:
    e = extraction("summit")
    graphs = []
    for n, status in enumerate((Status.SCHEDULED, Status.HELD)):
        article = dataclasses.replace(e.article, id=f"summit-{n}")
        told = dataclasses.replace(_occasion(status), host="", place="")
        claims = tuple(dataclasses.replace(c, article=article.id) for c in e.claims)
        graphs.append(article_graph(dataclasses.replace(e, article=article, claims=claims, occasions=(told,)), RUN, SETTINGS))
    assert [fault for graph in graphs for fault in check(graph.triples)] == []
    with Store.open(None, SETTINGS.iris) as store:
        store.put(graphs)
        event = IRIS.entity("ref:geneva_summit")
        said = {(q.graph_name.value.rpartition("/")[2], q.object.value) for q in store.pattern(event, URIRef(KG.status))}
    assert said == {("summit-0", str(KG.Scheduled)), ("summit-1", str(KG.Held))}


def test_an_article_that_tells_nothing_of_an_event_states_nothing() -> None:
    bare = Occasion("ref:geneva_summit")
    assert list(happenings.event(bare, IRIS.entity, IRIS.time)) == []
