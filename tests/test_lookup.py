"""Names as people write them, the evidence behind an edge, things and edges as they are."""

from __future__ import annotations

import pytest

from kg.asking import lookup
from kg.errors import QueryError
from kg.model import EntityType
from kg.rdf import background
from kg.store import Store
from tests.fixtures import corpus, key


@pytest.fixture(scope="module")
def store() -> Store:
    return corpus()


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("بوتين", "putin"),
        ("فلاديمير بوتين", "putin"),
        ("VLADIMIR PUTIN", "putin"),
        ("putin", "putin"),
        ("Putin", "putin"),
        ("المانيا", "germany"),
        ("منظمه معاهده الامن الجماعى", "csto"),
        ("الجماعي", "csto"),
        ("nato", "nato"),
        ("Q159", "russia"),
        ("ref:russia", "russia"),
        ("الدرويش", "person:سالم الدرويش"),
        ("person:سالم الدرويش", "person:سالم الدرويش"),
        ("قمة جنيف", "geneva_summit"),
        ("جنيف", "geneva"),
        ("الرئيس بوتين", "putin"),
        ("President Vladimir Putin", "putin"),
        ("المستشارة أنغيلا ميركل", "merkel"),
    ],
)
def test_names_as_people_write_them(store: Store, name: str, id: str) -> None:
    assert lookup.one(store, name).thing.key == key(id)


def test_a_near_miss_is_offered_not_taken(store: Store) -> None:
    with pytest.raises(QueryError, match="رجب طيب أردوغان"):
        lookup.one(store, "أردوجان")
    with pytest.raises(QueryError, match="no entity"):
        lookup.one(store, "كذا وكذا")


@pytest.mark.parametrize(
    ("name", "told"),
    [("بوتين", ""), ("putin", ""), ("الرئيس بوتين", ""), ("رجب طيب أردوغن", "taken for: رجب طيب أردوغان (ref:erdogan)")],
)
def test_a_name_that_nobody_bears_is_told_when_it_is_taken(store: Store, name: str, told: str) -> None:
    heard: list[str] = []
    lookup.one(store, name, heard.append)
    assert heard == ([f"{name!r} {told}"] if told else [])


def test_a_name_of_several_is_told(store: Store) -> None:
    first, second = (lookup.Thing(store.iris.entity(f"person:{n}"), f"person:{n}", "Person", f"زيد {n}") for n in "١٢")
    both = [lookup.Found(first, 92.0), lookup.Found(second, 92.0)]
    assert lookup.understood("زيد", both) == "'زيد' taken for: زيد ١ (person:١); as well: زيد ٢"
    assert not lookup.understood("زيد", [both[0], lookup.Found(second, 91.0)])


@pytest.mark.parametrize(
    ("text", "name"),
    [("spoke with", "spoke_with"), ("kg:met_with", "met_with"), ("withdrew", "withdrew_from")],
)
def test_relations_as_people_write_them(text: str, name: str) -> None:
    assert lookup.relation(text) == name


def test_an_unknown_relation_gets_its_neighbours() -> None:
    with pytest.raises(QueryError, match="visited"):
        lookup.relation("visitted")


def test_why_gives_sentences_with_article_day_and_outlet(store: Store) -> None:
    told = lookup.why(store, "أردوغان", "spoke with", "بوتين")
    assert [t.article for t in told] == ["call-1", "call-2", "call-3"]
    assert all("أردوغان" in t.sentence and str(t.first) == "2021-08-21" for t in told)
    assert {t.outlet for t in told} == {"صحيفة الميناء", "موقع الجسر", "بوابة النهر"}


def test_why_shows_the_edge_first_and_claims_with_their_speaker(store: Store) -> None:
    told = lookup.why(store, "روسيا", "attacked", "خاركيف")
    assert [(t.modality, t.said_by and store.iris.key(t.said_by)) for t in told] == [
        ("Denied", "ref:russia"),
        ("Reported", "ref:ukraine"),
    ] or {t.modality for t in told} == {"Denied", "Reported"}
    everything = lookup.why(store, "روسيا")
    assert [t.makes_edge for t in everything] == sorted((t.makes_edge for t in everything), reverse=True)


def test_why_turns_the_sides_when_needed(store: Store) -> None:
    assert lookup.why(store, "روسيا", "accused", "أوكرانيا")[0].subject == store.iris.entity("ref:ukraine")


def test_claims_of_a_symmetric_relation_are_found_from_both_sides(store: Store) -> None:
    putin, biden = store.iris.entity("ref:putin"), store.iris.entity("ref:biden")
    one = [t.claim for t in lookup.claims(store, putin, "met_with", biden)]
    assert one == [t.claim for t in lookup.claims(store, biden, "met_with", putin)]
    assert len(one) == 2


def test_entities_and_edges(store: Store) -> None:
    things = {t.key: t for t in lookup.entities(store)}
    assert len(things) == 30
    putin = things["ref:putin"]
    assert (putin.arabic, putin.english, putin.type, putin.wikidata) == (
        "فلاديمير بوتين",
        "Vladimir Putin",
        "Person",
        "Q7747",
    )
    assert putin.articles == 5 and putin.mentions >= 6
    assert things["person:سالم الدرويش"].named("en") == "Salim al-Darwish"
    edges = {
        (store.iris.key(e.subject), e.relation, store.iris.key(e.object)): e for e in lookup.edges(store)
    }
    call = edges["ref:erdogan", "spoke_with", "ref:putin"]
    assert (call.claims, call.articles, call.outlets, call.confidence) == (3, 3, 3, 0.9)
    assert str(call.first) == str(call.last) == "2021-08-21"
    assert lookup.counts(store)["edges"] == len(edges) == 33


def test_the_background_is_found_but_makes_no_edges() -> None:
    store = corpus()
    known = [
        background.Known("oslo", EntityType.PLACE, "أوسلو", "Oslo"),
        background.Known("norway", EntityType.COUNTRY, "النرويج", "Norway"),
    ]
    office = background.Office("putin", "head_of_state_of", "russia", since="2012-05-07")
    before = list(lookup.edges(store))
    store.state("background", background.triples(known, [office], [("oslo", "capital_of", "norway")]))
    assert lookup.one(store, "اوسلو").thing.english == "Oslo"
    assert list(lookup.edges(store)) == before
